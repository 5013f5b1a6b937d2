import type { ReactNode } from 'react';
import type { Screen } from '../../../preload/contract.ts';
import { useScreen } from '../../use-screen.ts';
import { words } from '../../words.ts';
import { Icon, type IconShape } from '../Icon.tsx';
import styles from './Sidebar.module.css';

/** One section; `mark` is a number at its end. */
export function NavItem({ screen, icon, mark }: { screen: Screen; icon: IconShape; mark?: ReactNode }) {
  const place = useScreen();
  const label = words.common.screens[screen];
  return (
    <li>
      <button
        type="button"
        className={styles.item}
        aria-current={place.screen === screen ? 'page' : undefined}
        title={label}
        onClick={() => place.go(screen)}
      >
        <Icon of={icon} />
        <span className={styles.word}>{label}</span>
        {mark}
      </button>
    </li>
  );
}
