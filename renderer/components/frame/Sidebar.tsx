import clsx from 'clsx';
import { Activity, FileText, Globe, House, Network, Settings } from 'lucide-react';
import { isWanted, pendingOf } from '../../names.ts';
import { useAppState, useNames } from '../../use-app-state.ts';
import { useScreen } from '../../use-screen.ts';
import { words } from '../../words.ts';
import { ClusterSwitcher } from './ClusterSwitcher.tsx';
import { NavItem } from './NavItem.tsx';
import styles from './Sidebar.module.css';
import { SyncLine } from './SyncLine.tsx';

/** The sections; in a narrow window a bar of icons at the top. */
export function Sidebar() {
  const platform = useAppState(({ system }) => system.platform);
  return (
    <nav className={styles.sidebar} data-platform={platform} aria-label={words.common.sections}>
      <ClusterSwitcher />
      <ul className={styles.list}>
        <NavItem screen="overview" icon={House} />
        <NavItem screen="hostnames" icon={Globe} mark={<Names />} />
        <NavItem screen="hosts-file" icon={FileText} mark={<Pending />} />
        <NavItem screen="load-balancer" icon={Network} />
        <NavItem screen="activity" icon={Activity} />
      </ul>
      <ul className={clsx(styles.list, styles.end)}>
        <NavItem screen="settings" icon={Settings} />
      </ul>
      <SyncLine />
    </nav>
  );
}

function Names() {
  const names = useNames();
  const { screen } = useScreen();
  const wanted = names.filter(isWanted).length;
  if (wanted === 0) return null;
  return (
    <span className={clsx(styles.number, screen === 'hostnames' && styles.onActive)}>
      {words.common.decimal(wanted)}
    </span>
  );
}

function Pending() {
  const pending = useAppState(state => pendingOf(state.hosts));
  if (pending === 0) return null;
  return (
    <span className={styles.badge}>
      <span aria-hidden={true}>{words.common.decimal(pending)}</span>
      <span className="visually-hidden">{words.common.pendingBadge(pending)}</span>
    </span>
  );
}
