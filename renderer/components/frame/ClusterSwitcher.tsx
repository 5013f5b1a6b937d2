import { Menu } from '@base-ui/react/menu';
import clsx from 'clsx';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { ClusterView } from '../../../preload/contract.ts';
import { useAct } from '../../use-act.ts';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { Glyph } from '../Glyph.tsx';
import { Icon } from '../Icon.tsx';
import popup from '../Popup.module.css';
import styles from './ClusterSwitcher.module.css';

/** Which cluster this is, and the way to another one. */
export function ClusterSwitcher() {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className={clsx(styles.trigger)}>
        <span className={styles.tile}>
          <Glyph size={18} />
        </span>
        <Current />
        <span className={styles.icon}>
          <Icon of={ChevronsUpDown} size={14} />
        </span>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className={clsx(popup.positioner)} sideOffset={4} align="start">
          <Menu.Popup className={clsx(popup.popup)}>
            <Contexts />
            <DemoItem />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Current() {
  const cluster = useAppState(state => state.cluster);
  return (
    <span className={styles.text}>
      <span className={styles.name} title={cluster?.name}>
        <bdi>{cluster?.name ?? words.common.cluster.none}</bdi>
      </span>
      <span className={clsx(styles.line, cluster?.demo && styles.demo)}>{lineOf(cluster)}</span>
    </span>
  );
}

function lineOf(cluster: ClusterView | undefined): string {
  const text = words.common.cluster;
  if (cluster === undefined) return text.choose;
  if (cluster.demo) return text.demo(cluster.nodes.total);
  return text.line(cluster.version, cluster.nodes.total, cluster.context);
}

function Contexts() {
  const act = useAct();
  const contexts = useAppState(state => state.contexts);
  const cluster = useAppState(state => state.cluster);
  if (contexts.length === 0) return null;
  return (
    <Menu.Group>
      <Menu.GroupLabel className={clsx(popup.heading)}>{words.common.cluster.contexts}</Menu.GroupLabel>
      <Menu.RadioGroup
        value={cluster?.demo ? '' : (cluster?.context ?? '')}
        onValueChange={context => void act('chooseContext', String(context))}
      >
        {contexts.map(context => (
          <Menu.RadioItem key={context} value={context} closeOnClick={true} className={clsx(popup.item)}>
            <span className={popup.mark}>
              <Menu.RadioItemIndicator>
                <Icon of={Check} size={14} />
              </Menu.RadioItemIndicator>
            </span>
            <bdi>{context}</bdi>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Separator className={clsx(popup.line)} />
    </Menu.Group>
  );
}

function DemoItem() {
  const act = useAct();
  const isDemo = useAppState(state => state.cluster?.demo ?? false);
  return (
    <Menu.Item className={clsx(popup.item)} onClick={() => void act(isDemo ? 'leaveDemo' : 'startDemo')}>
      <span className={popup.mark} />
      {isDemo ? words.common.cluster.leaveDemo : words.common.cluster.startDemo}
    </Menu.Item>
  );
}
