import type { NameRow } from '../../../preload/contract.ts';
import { Button } from '../../components/Button.tsx';
import { FirstIngress } from '../../components/FirstIngress.tsx';
import { Section } from '../../components/Section.tsx';
import { isWanted } from '../../names.ts';
import { useAppState, useNames } from '../../use-app-state.ts';
import { useScreen } from '../../use-screen.ts';
import { words } from '../../words.ts';
import styles from './FirstNames.module.css';

const SHOWN = 6;

/** The first few names; while nothing is known of the cluster, nothing is said about them. */
export function FirstNames() {
  const { go } = useScreen();
  const all = useNames();
  const names = all.filter(isWanted);
  const isLive = useAppState(state => state.cluster?.connection === 'live');
  const text = words.overview.names;
  if (all.length === 0) return isLive ? <FirstIngress /> : null;
  if (names.length === 0) return null;
  return (
    <Section
      title={text.title}
      count={names.length}
      action={
        <Button variant="quiet" onClick={() => go('hostnames')}>
          {text.all}
        </Button>
      }
    >
      <Table names={names.slice(0, SHOWN)} />
    </Section>
  );
}

function Table({ names }: { names: readonly NameRow[] }) {
  const { title, columns } = words.overview.names;
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label={title}>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{columns.name}</th>
            <th scope="col">{columns.address}</th>
            <th scope="col">{columns.from}</th>
          </tr>
        </thead>
        <tbody>
          {names.map(name => (
            <Name key={name.id} name={name} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Name({ name: { shown, address, origin } }: { name: NameRow }) {
  return (
    <tr>
      <td className={styles.name} title={shown}>
        <bdi>{shown}</bdi>
      </td>
      <td className={styles.address}>
        <bdi>{address}</bdi>
      </td>
      <td className={styles.from}>
        <bdi>{words.overview.names.from(origin)}</bdi>
      </td>
    </tr>
  );
}
