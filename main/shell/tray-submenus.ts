import { menuWords, type Platform } from '../../preload/words/tray.ts';
import { MAX_LABEL, shownText } from './menu-text.ts';
import type { TrayRow } from './tray-row.ts';
import { MAX_ROWS, type TrayView } from './tray-view.ts';

/** The names, A to Z; one that is not in the file yet leads to the window. */
export function hostnames({ names, allLeftOut }: TrayView, platform: Platform): TrayRow {
  const words = menuWords(platform);
  const show = { do: 'show', screen: 'hostnames' } as const;
  const rows = names.rows.map(({ hostname, shown, isWritten }): TrayRow => {
    const tail = isWritten ? '' : ` (${words.notSynced})`;
    const action = isWritten ? ({ do: 'open-name', hostname } as const) : show;
    return { id: `name:${hostname}`, label: `${shownText(shown, MAX_LABEL - tail.length)}${tail}`, action };
  });
  const none: TrayRow = { id: 'no-names', label: allLeftOut ? words.allLeftOut : words.noHostnames, action: show };
  const more: TrayRow = { id: 'all-names', label: words.showAll(names.total), action: show };
  return { id: 'names', label: words.hostnames, type: 'submenu', rows: limited(rows, names.total, none, more) };
}

/** Services with the address that a click copies. */
export function services({ services }: TrayView, platform: Platform): TrayRow {
  const words = menuWords(platform);
  const show = { do: 'show', screen: 'load-balancer' } as const;
  const rows = services.rows.map(({ namespace, name, address }): TrayRow => {
    const tail = ` – ${address === '' ? words.noAddress : shownText(address, 39)}`;
    const action = address === '' ? show : ({ do: 'copy', text: address } as const);
    return { id: `service:${namespace}/${name}`, label: `${shownText(name, MAX_LABEL - tail.length)}${tail}`, action };
  });
  const none: TrayRow = { id: 'no-services', label: words.noServices, action: show };
  const more: TrayRow = { id: 'all-services', label: words.showAll(services.total), action: show };
  return { id: 'services', label: words.services, type: 'submenu', rows: limited(rows, services.total, none, more) };
}

/**
 * The contexts of the kubeconfig. A group of radio rows has one that is checked, else the system checks the first.
 */
export function contexts({ contexts, isDemo }: TrayView, platform: Platform): TrayRow {
  const words = menuWords(platform);
  const show = { do: 'show', screen: 'settings' } as const;
  const demo: TrayRow = {
    id: 'demo',
    label: words.demoCluster,
    type: 'radio',
    checked: true,
    action: { do: 'show', screen: 'overview' },
  };
  const hasChosen = contexts.rows.some(({ isChosen }) => isChosen);
  const rows = contexts.rows.map(
    ({ name, isChosen }): TrayRow => ({
      id: `context:${name}`,
      label: shownText(name, MAX_LABEL),
      ...(isDemo || hasChosen ? { type: 'radio', checked: isChosen } : {}),
      action: { do: 'choose-context', name },
    }),
  );
  const all = isDemo ? [demo, ...rows] : rows;
  const total = contexts.total + all.length - rows.length;
  const none: TrayRow = {
    id: 'no-contexts',
    label: words.chooseKubeconfig,
    action: { do: 'show', screen: 'overview' },
  };
  const more: TrayRow = { id: 'more-contexts', label: words.moreContexts(total - MAX_ROWS + 1), action: show };
  return { id: 'contexts', label: words.cluster, type: 'submenu', rows: limited(all, total, none, more) };
}

function limited(rows: readonly TrayRow[], total: number, none: TrayRow, more: TrayRow): readonly TrayRow[] {
  if (rows.length === 0) return [none];
  return total > MAX_ROWS ? [...rows.slice(0, MAX_ROWS - 1), more] : rows;
}
