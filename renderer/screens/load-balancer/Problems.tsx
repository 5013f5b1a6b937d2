import { Banner } from '../../components/Banner.tsx';

/** What is wrong, each a sentence of its own. */
export function Problems({ problems }: { problems: readonly string[] }) {
  return problems.map(problem => <Banner key={problem} tone="warn" title={problem} />);
}
