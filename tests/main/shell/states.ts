import { fc } from '@fast-check/vitest';
import { DEFAULT_SETTINGS } from '../../../main/settings/defaults.ts';
import type { AppState, NameRow, NameState, Status } from '../../../preload/contract.ts';
import { NO_INSTALLER } from '../../renderer/installer-views.ts';

export const STATUSES: readonly Status[] = [
  'setup-needed',
  'connecting',
  'applying',
  'write-failed',
  'paused',
  'conflict',
  'pending',
  'unreachable',
  'offline',
  'stale',
  'ok',
];

export const PLATFORMS = ['darwin', 'win32', 'linux'] as const;

const SETTINGS: AppState['settings'] = {
  ...DEFAULT_SETTINGS,
  notify: { pending: true, failed: true, address: true, unreachable: true },
};

const CLUSTER: NonNullable<AppState['cluster']> = {
  name: 'homelab',
  domain: 'homelab.local',
  context: 'default',
  server: 'https://10.0.0.10:6443',
  version: 'v1.36.1+k3s1',
  nodes: { ready: 3, total: 3 },
  connection: 'live',
  kinds: [],
  demo: false,
};

/** The state of an app whose cluster is in sync. */
export function appState(change: Partial<AppState> = {}): AppState {
  return {
    status: 'ok',
    system: { platform: 'linux', version: '0.1.0', tray: 'yes', online: true, loginAwaits: false },
    setup: undefined,
    contexts: ['default', 'office'],
    cluster: CLUSTER,
    traefik: { state: 'ready', address: '10.0.0.70', service: 'kube-system/traefik', pool: 'default-pool' },
    services: [{ namespace: 'dns', name: 'pihole', addresses: ['10.0.0.71'] }],
    metallb: {
      state: 'ready',
      version: '0.15.3',
      managedBy: 'helm',
      ours: false,
      pools: [],
      announcers: [],
      problems: [],
    },
    installer: NO_INSTALLER,
    hosts: {
      path: '/etc/hosts',
      way: 'prompt',
      wayReason: '',
      asks: true,
      entries: 14,
      pending: { add: 0, update: 0, remove: 0 },
      changed: false,
      health: [],
      revision: 1,
    },
    lastWrite: undefined,
    consents: [],
    urls: [],
    activity: [],
    settings: SETTINGS,
    ...change,
  };
}

export function withCluster(change: Partial<typeof CLUSTER>, rest: Partial<AppState> = {}): AppState {
  return appState({ cluster: { ...CLUSTER, ...change }, ...rest });
}

export function withSettings(change: Partial<AppState['settings']>, rest: Partial<AppState> = {}): AppState {
  return appState({ settings: { ...SETTINGS, ...change }, ...rest });
}

/** So many changes wait. */
export function withPending(add: number, rest: Partial<AppState> = {}): AppState {
  const state = appState({ status: 'pending', ...rest });
  return { ...state, hosts: { ...state.hosts, pending: { add, update: 0, remove: 0 }, changed: add > 0 } };
}

export function nameRow(hostname: string, state: NameState = 'in-sync', address = '10.0.0.70'): NameRow {
  const origin = { kind: 'Ingress', namespace: 'default', name: hostname };
  return { id: `${hostname} ${address}`, hostname, shown: hostname, address, state, reason: '', origin };
}

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 90 }), fc.string({ minLength: 40, maxLength: 90 }));
const address = fc.oneof(fc.constant(''), fc.ipV4(), fc.ipV6(), text);

const nameRows = fc.array(
  fc.record({
    id: fc.uuid(),
    hostname: text,
    shown: text,
    address,
    state: fc.constantFrom<NameState>('in-sync', 'add', 'update', 'remove', 'stale', 'blocked', 'needs-consent'),
    reason: text,
    origin: fc.record({ kind: text, namespace: text, name: text }),
  }),
  { maxLength: 40 },
);

/** States and names as no cluster should make them. */
export const anyState: fc.Arbitrary<readonly [AppState, readonly NameRow[]]> = fc
  .record({
    status: fc.constantFrom(...STATUSES),
    pausedUntil: fc.option(fc.option(fc.nat()), { nil: undefined }),
    contexts: fc.array(text, { maxLength: 40 }),
    cluster: fc.option(fc.record({ name: text, domain: text, context: text, demo: fc.boolean(), seenAt: fc.nat() }), {
      nil: undefined,
    }),
    traefik: address,
    services: fc.array(fc.record({ namespace: text, name: text, addresses: fc.array(address, { maxLength: 2 }) }), {
      maxLength: 40,
    }),
    pending: fc.record({ add: fc.nat(20_000), update: fc.nat(20_000), remove: fc.nat(20_000) }),
    asks: fc.boolean(),
    names: nameRows,
  })
  .map(({ names, cluster, traefik, pending, asks, pausedUntil, ...rest }) => {
    const base = appState();
    const state: AppState = {
      ...base,
      ...rest,
      ...(pausedUntil !== undefined && { pausedUntil }),
      cluster: cluster === undefined ? undefined : { ...CLUSTER, ...cluster },
      traefik: { ...base.traefik, address: traefik },
      hosts: { ...base.hosts, pending, asks, changed: pending.add > 0 },
    };
    return [state, names] as const;
  });
