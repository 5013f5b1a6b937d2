import { Button } from '../../components/Button.tsx';
import { words } from '../../words.ts';
import { useWayOut, type Wizard } from './use-wizard.ts';

/** Other load balancers work, too: MetalLB is never asked for again. */
export function SkipButton({ wizard }: { wizard: Wizard }) {
  const { finish } = useWayOut(wizard);
  return <Button onClick={finish}>{words.wizard.skip}</Button>;
}
