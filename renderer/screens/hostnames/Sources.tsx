import type { NameRow } from '../../../preload/contract.ts';
import { words } from '../../words.ts';
import { Fact } from './Fact.tsx';
import styles from './NamePanel.module.css';
import { useNameSources } from './use-name-sources.ts';

/** The objects that ask for this name with this result, and what in their annotations counts for names. */
export function Sources({ row }: { row: NameRow }) {
  const sources = useNameSources(row);
  const text = words.hostnames.panel;
  const annotations = sources.flatMap(source => source.annotations);
  return (
    <>
      <Fact term={sources.length === 1 ? text.source : text.reportedBy(sources.length)}>
        {sources.map(({ origin }) => (
          <span key={words.hostnames.origin(origin)} className={styles.other}>
            {words.hostnames.origin(origin)}
          </span>
        ))}
      </Fact>
      {annotations.length > 0 && (
        <Fact term={text.annotations}>
          {annotations.map(({ name, value }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two objects may have the same one.
            <span key={index} className={styles.annotation}>
              <span>{name}</span>
              <bdi>{value}</bdi>
            </span>
          ))}
        </Fact>
      )}
    </>
  );
}
