import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { Button } from '../Button.tsx';
import { Dialog } from '../Dialog.tsx';
import styles from './ShortcutList.module.css';

/** Every shortcut; one of a single key only where these are on. */
export function ShortcutList({ open, onClose }: { open: boolean; onClose: () => void }) {
  const isMac = useAppState(state => state.system.platform === 'darwin');
  const hasSingleKeys = useAppState(state => state.settings.singleKeys);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={words.common.shortcuts.title}
      actions={<Button onClick={onClose}>{words.common.close}</Button>}
    >
      <dl className={styles.list}>
        {shortcuts(isMac, hasSingleKeys).map(({ keys, does }) => (
          <div key={does} className={styles.row}>
            <dt>{does}</dt>
            <dd>
              {keys.map(key => (
                <kbd key={key} className={styles.key}>
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

function shortcuts(
  isMac: boolean,
  hasSingleKeys: boolean,
): readonly { readonly keys: readonly string[]; readonly does: string }[] {
  const { shortcuts: text, screens } = words.common;
  const command = isMac ? text.keys.command : text.keys.control;
  const sections = ['overview', 'hostnames', 'hosts-file', 'load-balancer', 'activity'] as const;
  return [
    ...sections.map((section, index) => ({ keys: [command, String(index + 1)], does: screens[section] })),
    { keys: [command, ','], does: screens.settings },
    { keys: [command, 'R'], does: text.check },
    { keys: [command, text.keys.enter], does: text.sync },
    { keys: hasSingleKeys ? ['/'] : [command, 'F'], does: text.search },
    { keys: ['F6'], does: text.regions },
    { keys: hasSingleKeys ? ['?'] : [command, '/'], does: text.list },
  ];
}
