import type { AppState, NameRow, Status } from '../../preload/contract.ts';
import type { MetallbWork } from '../../preload/words/tray.ts';

/** As many rows as a submenu has at most. */
export const MAX_ROWS = 20;

interface TrayName {
  readonly hostname: string;
  readonly shown: string;
  /** It is in the hosts file, so that it opens. */
  readonly isWritten: boolean;
}

interface TrayService {
  readonly namespace: string;
  readonly name: string;
  readonly address: string;
}

/** The first of many, and how many there are. */
interface First<T> {
  readonly total: number;
  readonly rows: readonly T[];
}

/** What the tray shows of all that is known. */
export interface TrayView {
  readonly status: Status;
  /** What is being done to MetalLB, which takes minutes. */
  readonly work: MetallbWork | undefined;
  /** What the user calls the cluster; `''` before there is one. */
  readonly cluster: string;
  readonly domain: string;
  readonly seenAt: number | undefined;
  readonly entries: number;
  readonly changes: number;
  /** Something would be written, and a password is asked for it. */
  readonly willAsk: boolean;
  readonly isPaused: boolean;
  readonly traefik: string;
  /** Traefik has no address, and there is no MetalLB yet that would have to give it one. */
  readonly lacksAddress: boolean;
  readonly names: First<TrayName>;
  /** There are no names because each was left out. */
  readonly allLeftOut: boolean;
  readonly services: First<TrayService>;
  readonly contexts: First<{ readonly name: string; readonly isChosen: boolean }>;
  readonly isDemo: boolean;
}

export function trayView(state: AppState, names: readonly NameRow[]): TrayView {
  const { cluster, hosts, settings } = state;
  const { add, update, remove } = hosts.pending;
  return {
    status: state.status,
    work: workOf(state),
    cluster: cluster?.name ?? '',
    domain: cluster?.domain ?? `${settings.cluster || 'turing-cluster'}.${settings.suffix || 'local'}`,
    seenAt: cluster?.seenAt,
    entries: hosts.entries,
    changes: add + update + remove,
    willAsk: hosts.changed && hosts.asks,
    isPaused: state.pausedUntil !== undefined,
    traefik: state.traefik.address,
    lacksAddress: lacksAddress(state),
    names: first(namesOf(names)),
    allLeftOut: hosts.allLeftOut ?? false,
    services: first(servicesOf(state)),
    contexts: contextsOf(state),
    isDemo: cluster?.demo ?? false,
  };
}

function workOf({ installer: { phase } }: AppState): MetallbWork | undefined {
  switch (phase) {
    case 'installing':
    case 'cancelling':
      return 'installing';
    case 'rolling-back':
    case 'removing':
      return phase;
    default:
      return undefined;
  }
}

function lacksAddress({ cluster, traefik, metallb }: AppState): boolean {
  return cluster?.connection === 'live' && traefik.state === 'no-address' && metallb.state === 'absent';
}

function first<T>(rows: readonly T[]): First<T> {
  return { total: rows.length, rows: rows.slice(0, MAX_ROWS) };
}

/** One row per name, though it may have an address of each family; what goes or may not be written is left out. */
function namesOf(rows: readonly NameRow[]): TrayName[] {
  const names = new Map<string, TrayName>();
  for (const { hostname, shown, state } of rows) {
    const isWritten = state === 'in-sync' || state === 'stale' || state === 'update';
    if (isWritten || (state === 'add' && !names.has(hostname))) names.set(hostname, { hostname, shown, isWritten });
  }
  return [...names.values()].sort((a, b) => compare(a.hostname, b.hostname));
}

function servicesOf({ services }: AppState): TrayService[] {
  return services
    .map(({ namespace, name, addresses }) => ({ namespace, name, address: addresses[0] ?? '' }))
    .sort((a, b) => compare(a.name, b.name) || compare(a.namespace, b.namespace));
}

/** The chosen one is always among them, even where the last row says how many more there are. */
function contextsOf({ contexts, cluster, settings }: AppState): TrayView['contexts'] {
  const chosen = cluster?.demo ? undefined : (cluster?.context ?? settings.context);
  const all = [...new Set(chosen ? [chosen, ...contexts] : contexts)];
  const rows = all.slice(0, all.length > MAX_ROWS ? MAX_ROWS - 1 : MAX_ROWS).sort(compare);
  return { total: all.length, rows: rows.map(name => ({ name, isChosen: name === chosen })) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
