import { DEFAULT_SETTINGS } from '../../main/settings/defaults.ts';
import type { AppState, HostsView, NameRow, NameState, Origin, Settings, Snapshot } from '../../preload/contract.ts';
import { ANSWERED, CHECKS, NO_INSTALLER, phases, SUGGESTION } from './installer-views.ts';

/** Sunday, 10:42 in UTC: the moment at which all these states are. */
export const NOW = Date.UTC(2026, 10, 22, 10, 42);

const MINUTE_MS = 60_000;

const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  cluster: 'homelab',
  suffix: 'lab',
  allowedDomains: ['lab'],
  names: [{ hostname: 'nas.lab', address: '192.168.1.20' }],
  excluded: ['backup.lab'],
  automatic: true,
  toldAboutTray: true,
  wizardSeen: true,
};

const HOSTS: HostsView = {
  path: '/etc/hosts',
  way: 'direct',
  wayReason: 'You may write this file.',
  asks: false,
  entries: 14,
  pending: { add: 0, update: 0, remove: 0 },
  changed: false,
  health: [],
  writtenAt: NOW - 120 * MINUTE_MS,
  revision: 1,
};

const STATE: AppState = {
  status: 'ok',
  system: { platform: 'linux', version: '0.1.0', tray: 'yes', online: true, loginAwaits: false },
  setup: undefined,
  contexts: ['homelab', 'office', 'turing'],
  cluster: {
    name: 'homelab',
    domain: 'homelab.lab',
    context: 'homelab',
    server: 'https://192.168.1.10:6443',
    version: 'v1.36.1+k3s1',
    nodes: { ready: 3, total: 3 },
    connection: 'live',
    seenAt: NOW - 12_000,
    kinds: [],
    demo: false,
  },
  traefik: { state: 'ready', address: '192.168.1.240', service: 'kube-system/traefik', pool: 'default' },
  services: [
    { namespace: 'kube-system', name: 'traefik', addresses: ['192.168.1.240'] },
    { namespace: 'dns', name: 'pihole', addresses: ['192.168.1.241'] },
    { namespace: 'media', name: 'jellyfin-dlna', addresses: ['192.168.1.242', 'fd00:1::242'] },
  ],
  metallb: {
    state: 'ready',
    version: '0.15.3',
    managedBy: 'helmchart',
    ours: false,
    pools: [{ name: 'default', ranges: ['192.168.1.240-192.168.1.250'], used: 3, total: 11 }],
    announcers: [{ service: 'kube-system/traefik', node: 'node-2' }],
    problems: [],
  },
  installer: NO_INSTALLER,
  hosts: HOSTS,
  lastWrite: undefined,
  consents: [],
  urls: [
    {
      url: 'http://homelab.lab/longhorn',
      origin: { kind: 'Ingress', namespace: 'longhorn-system', name: 'longhorn-frontend' },
    },
  ],
  activity: [
    { id: 4, at: NOW - 120 * MINUTE_MS, tone: 'ok', text: 'Added immich.lab.' },
    { id: 3, at: NOW - 121 * MINUTE_MS, tone: 'info', text: 'Ingress photos/immich asks for immich.lab.' },
    { id: 2, at: NOW - 26 * 60 * MINUTE_MS, tone: 'warn', text: 'The cluster did not answer for 3 minutes.' },
    { id: 1, at: NOW - 27 * 60 * MINUTE_MS, tone: 'error', text: 'The hosts file was not changed: you said no.' },
  ],
  settings: SETTINGS,
};

function row(
  hostname: string,
  kind: string,
  owner: string,
  rest: Partial<NameRow> & { state?: NameState } = {},
): NameRow {
  const [namespace = '', name = ''] = owner.split('/');
  const origin: Origin = { kind, namespace, name };
  return {
    id: `${hostname} ${kind} ${owner}`,
    hostname,
    shown: hostname,
    address: '192.168.1.240',
    state: 'in-sync',
    reason: '',
    origin,
    ...rest,
  };
}

const NAMES: readonly NameRow[] = [
  row('argocd.lab', 'IngressRoute', 'argocd/argocd-server'),
  row('books.lab', 'Ingress', 'media/calibre'),
  row('git.lab', 'Ingress', 'forgejo/forgejo'),
  row('grafana.lab', 'IngressRoute', 'monitoring/grafana'),
  row('home.lab', 'Ingress', 'homeassistant/home-assistant'),
  row('homelab', 'Service', 'kube-system/traefik'),
  row('homelab.lab', 'Service', 'kube-system/traefik'),
  row('jellyfin.lab', 'IngressRoute', 'media/jellyfin'),
  row('jellyfin-dlna.homelab.lab', 'Service', 'media/jellyfin-dlna', { address: '192.168.1.242' }),
  row('nas.lab', 'Manual', '', { address: '192.168.1.20' }),
  row('paperless.lab', 'Ingress', 'docs/paperless'),
  row('photos.lab', 'HTTPRoute', 'photos/immich'),
  row('vault.lab', 'IngressRouteTCP', 'vault/vault'),
  row('wiki.lab', 'Ingress', 'docs/wiki'),
  row('backup.lab', 'Ingress', 'backup/kopia', { state: 'excluded', reason: 'You left it out.' }),
  row('*.apps.lab', 'Ingress', 'apps/any', {
    state: 'skipped',
    address: '',
    reason: 'A hosts file cannot say “every name under”.',
  }),
];

const LEFT_OUT: readonly NameRow[] = NAMES.filter(({ state }) => state === 'excluded' || state === 'skipped');

const PENDING_NAMES: readonly NameRow[] = [
  ...NAMES,
  row('immich.lab', 'Ingress', 'photos/immich', { state: 'add' }),
  row('pihole.lab', 'Service', 'dns/pihole', { state: 'update', address: '192.168.1.241', from: '192.168.1.53' }),
  row('old-wiki.lab', 'Ingress', 'docs/old-wiki', { state: 'remove', reason: 'Its Ingress is gone.' }),
];

const PENDING: Partial<HostsView> = {
  way: 'prompt',
  wayReason: 'Only an administrator may write this file.',
  asks: true,
  changed: true,
  pending: { add: 1, update: 1, remove: 1 },
};

type Change = Partial<Omit<AppState, 'cluster' | 'hosts'>> & {
  readonly cluster?: Partial<NonNullable<AppState['cluster']>>;
  readonly hosts?: Partial<HostsView>;
};

function snapshot({ cluster, hosts, ...change }: Change, names: readonly NameRow[] = NAMES): Snapshot {
  const known = STATE.cluster === undefined ? undefined : { ...STATE.cluster, ...cluster };
  return { state: { ...STATE, cluster: known, hosts: { ...HOSTS, ...hosts }, ...change }, names };
}

const NOTHING: Partial<AppState> = {
  cluster: undefined,
  traefik: { state: 'absent', address: '', service: '', pool: '' },
  services: [],
  urls: [],
  metallb: { state: 'unknown', version: '', managedBy: '', ours: false, pools: [], announcers: [], problems: [] },
};

function setUp(setup: NonNullable<AppState['setup']>): Snapshot {
  const { state } = snapshot({ status: 'setup-needed', hosts: { entries: 0 } }, []);
  return { state: { ...state, ...NOTHING, setup }, names: [] };
}

/** A K3s whose Traefik waits for an address. */
function bare(change: Change): Snapshot {
  return snapshot(
    {
      traefik: { state: 'no-address', address: '', service: 'kube-system/traefik', pool: '' },
      services: [{ namespace: 'kube-system', name: 'traefik', addresses: [] }],
      metallb: { state: 'absent', version: '', managedBy: '', ours: false, pools: [], announcers: [], problems: [] },
      hosts: { entries: 0 },
      urls: [],
      ...change,
    },
    [
      row('grafana.lab', 'Ingress', 'monitoring/grafana', {
        state: 'skipped',
        address: '',
        reason: 'It has no address yet.',
      }),
    ],
  );
}

const FIRST_RUN: Settings = { ...SETTINGS, wizardSeen: false };

/** What the wizard shows, by the step or the phase that it is at. */
function wizards(): Readonly<Record<string, Snapshot>> {
  const { installed, removing, removed, ...unfinished } = phases(NOW);
  const installer = { ...NO_INSTALLER, suggestion: SUGGESTION };
  const ours = { ...STATE.metallb, ours: true };
  return {
    'wizard-kubeconfig': first(setUp({ need: 'kubeconfig' })),
    'wizard-connect': bare({ settings: FIRST_RUN }),
    'wizard-mac': bare({
      settings: { ...FIRST_RUN, suffix: 'local' },
      system: { ...STATE.system, platform: 'darwin' },
    }),
    'wizard-blocked': bare({ installer: { ...installer, checks: CHECKS.blocked } }),
    'wizard-attention': bare({ installer: { ...installer, checks: CHECKS.attention } }),
    'wizard-ready': bare({ installer: { ...installer, checks: CHECKS.ready } }),
    'wizard-answers': snapshot({ installer: { ...installer, checks: ANSWERED }, metallb: ABSENT }),
    ...Object.fromEntries(
      Object.entries(unfinished).map(([phase, view]) => [`wizard-${phase}`, bare({ installer: view })]),
    ),
    'wizard-installed': snapshot(
      {
        status: 'pending',
        hosts: { ...PENDING, entries: 0, pending: { add: 2, update: 0, remove: 0 } },
        installer: installed,
      },
      [
        row('homelab', 'Service', 'kube-system/traefik', { state: 'add' }),
        row('homelab.lab', 'Service', 'kube-system/traefik', { state: 'add' }),
      ],
    ),
    'wizard-unfinished': bare({ installer: { ...NO_INSTALLER, isUnfinished: true } }),
    ours: snapshot({ metallb: ours, installer }),
    unfinished: bare({
      metallb: { ...ours, state: 'degraded', pools: [], announcers: [], problems: ['There is no address pool.'] },
      installer: { ...NO_INSTALLER, isUnfinished: true },
    }),
    removing: snapshot({ metallb: ours, installer: removing }),
    'removal-failed': snapshot({
      metallb: ours,
      installer: {
        ...removing,
        phase: 'failed',
        steps: removing.steps.map(step =>
          step.state === 'running'
            ? { ...step, state: 'failed', hint: 'See what MetalLB’s controller says, then try again.', endedAt: NOW }
            : step,
        ),
      },
    }),
    removed: snapshot({ metallb: ABSENT, installer: removed }),
  };
}

const ABSENT: AppState['metallb'] = {
  state: 'absent',
  version: '',
  managedBy: '',
  ours: false,
  pools: [],
  announcers: [],
  problems: [],
};

function first({ state, names }: Snapshot): Snapshot {
  return { state: { ...state, settings: FIRST_RUN }, names };
}

function many(): readonly NameRow[] {
  return Array.from({ length: 10_000 }, (_, index) =>
    row(`app-${String(index).padStart(5, '0')}.lab`, 'Ingress', `team-${index % 40}/app-${index}`),
  );
}

const MARKUP = '<img src=x onerror=alert(1)>';
/** Turns round what comes after it, where it is let. */
const OVERRIDE = '\u202e';
/** As long as a label may be. */
const LONG = 'a-very-long-label-that-does-not-end-until-it-is-sixty-three-far';

function hostile(): Snapshot {
  const name = `${LONG}.${LONG}.${LONG}.lab`;
  return snapshot(
    {
      contexts: [MARKUP, `${OVERRIDE}nimda`, 'x'.repeat(240)],
      cluster: { name: `${MARKUP} & ${'cluster'.repeat(12)}`, context: MARKUP, domain: `${'d'.repeat(60)}.lab` },
      services: [
        { namespace: MARKUP, name: `${OVERRIDE}kcatta`, addresses: ['192.168.1.9'] },
        { namespace: 'n'.repeat(63), name: 's'.repeat(63), addresses: ['fd00:1111:2222:3333:4444:5555:6666:7777'] },
      ],
      urls: [
        { url: `http://homelab.lab/${'%2e'.repeat(60)}`, origin: { kind: 'Ingress', namespace: 'n', name: MARKUP } },
      ],
      consents: [{ domain: `${LONG}.example`, names: 3 }],
      activity: [{ id: 1, at: NOW, tone: 'warn', text: `${MARKUP} ${OVERRIDE}txet ${'x'.repeat(300)}` }],
    },
    [
      row(name, 'Ingress', `${'n'.repeat(63)}/${'o'.repeat(63)}`),
      row(`${MARKUP}.lab`, 'Ingress', `media/${MARKUP}`, { state: 'skipped', address: '', reason: MARKUP }),
      row('rtl.lab', 'Ingress', 'media/rtl', { shown: `${OVERRIDE}bal.elgoog`, state: 'blocked', reason: OVERRIDE }),
      row('xn--mnchen-3ya.lab', 'Ingress', 'media/münchen', { shown: 'münchen.lab' }),
      row('v6.lab', 'Service', 'net/v6', { address: 'fd00:1111:2222:3333:4444:5555:6666:7777' }),
    ],
  );
}

/** What is set up, changed or removed: shown by the wizard, or under Load balancer. */
export const WIZARDS = wizards();

/** Every state that the window can be in, by its name in the preview's address. */
export const STATES: Readonly<Record<string, Snapshot>> = {
  ok: snapshot({}),
  pending: snapshot({ status: 'pending', hosts: PENDING, settings: { ...SETTINGS, automatic: false } }, PENDING_NAMES),
  conflict: snapshot({ status: 'conflict' }, [
    ...NAMES,
    row('router.lab', 'Ingress', 'net/router', {
      state: 'blocked',
      reason: '192.168.1.1 router.lab in line 9 of the hosts file is not ours.',
    }),
    row('wiki.lab', 'IngressRoute', 'team/wiki', {
      state: 'blocked',
      reason: 'Ingress docs/wiki has this name already.',
    }),
  ]),
  consent: snapshot(
    {
      consents: [
        { domain: 'home.lan', names: 2 },
        { domain: 'example.org', names: 1 },
      ],
    },
    [
      ...NAMES,
      row('cam.home.lan', 'Ingress', 'cam/frigate', { state: 'needs-consent', domain: 'home.lan' }),
      row('tv.home.lan', 'Ingress', 'media/tv', { state: 'needs-consent', domain: 'home.lan' }),
      row('www.example.org', 'Ingress', 'web/www', { state: 'needs-consent', domain: 'example.org' }),
    ],
  ),
  unreachable: snapshot({
    status: 'unreachable',
    cluster: {
      connection: 'unreachable',
      seenAt: NOW - 35 * MINUTE_MS,
      failure: {
        code: 'unreachable',
        message: 'https://192.168.1.10:6443 does not answer.',
        hint: 'See whether the cluster is on and this computer is in its network.',
      },
    },
  }),
  offline: snapshot({
    status: 'offline',
    system: { platform: 'linux', version: '0.1.0', tray: 'yes', online: false, loginAwaits: false },
    cluster: { connection: 'unreachable', seenAt: NOW - 35 * MINUTE_MS },
  }),
  stale: snapshot({ status: 'stale', cluster: { seenAt: NOW - 7 * MINUTE_MS } }),
  'no-address': bare({}),
  empty: snapshot({ hosts: { entries: 0 }, urls: [], services: [] }, []),
  'left-out': snapshot({ hosts: { entries: 0, allLeftOut: true }, urls: [] }, LEFT_OUT),
  'setup-kubeconfig': setUp({ need: 'kubeconfig' }),
  'setup-address': setUp({ need: 'address', context: 'default', server: 'https://127.0.0.1:6443' }),
  'setup-program': setUp({
    need: 'program',
    context: 'work',
    file: '/home/user/.kube/config',
    command: ['kubelogin', 'get-token', '--oidc-issuer-url=https://login.example.org'],
    env: ['AWS_PROFILE'],
    path: '/usr/local/bin/kubelogin',
    digest: 'sha256:0123',
    declined: false,
  }),
  'write-failed': snapshot(
    {
      status: 'write-failed',
      hosts: PENDING,
      lastWrite: {
        outcome: 'failed',
        message: 'There is no room left on the disk.',
        hint: 'Make some room and try again.',
        remarks: [],
      },
    },
    PENDING_NAMES,
  ),
  declined: snapshot(
    {
      status: 'pending',
      hosts: PENDING,
      lastWrite: {
        outcome: 'declined',
        message: 'You said no to the system’s question.',
        hint: 'Nothing was changed. Sync again when you like.',
        remarks: [],
      },
    },
    PENDING_NAMES,
  ),
  written: snapshot({
    lastWrite: {
      outcome: 'done',
      message: '',
      hint: '',
      remarks: ['vault.lab resolves to 10.0.0.9 and not as written.'],
    },
  }),
  paused: snapshot({ status: 'paused', pausedUntil: NOW + 60 * MINUTE_MS, hosts: PENDING }, PENDING_NAMES),
  applying: snapshot({ status: 'applying', hosts: PENDING }, PENDING_NAMES),
  connecting: snapshot(
    {
      status: 'connecting',
      cluster: { connection: 'connecting', version: '', nodes: { ready: 0, total: 0 } },
      traefik: { state: 'absent', address: '', service: '', pool: '' },
      services: [],
      urls: [],
    },
    [],
  ),
  demo: snapshot({
    cluster: { demo: true, name: 'turing-cluster', context: 'demo', server: 'https://127.0.0.1:40123' },
    hosts: { path: '/home/user/.cache/cluster-hosts/demo/hosts' },
  }),
  partial: snapshot({
    cluster: {
      kinds: [{ kind: 'IngressRoute', state: 'forbidden', message: 'You may not list them. Ask for the right to.' }],
    },
  }),
  damaged: snapshot({
    status: 'write-failed',
    hosts: {
      refusal: {
        code: 'damaged',
        message: 'The end mark of our section is missing.',
        hint: 'Put a backup back, or take the section out by hand.',
      },
    },
  }),
  'no-tray': snapshot({
    system: { platform: 'linux', version: '0.1.0', tray: 'no', online: true, loginAwaits: false },
  }),
  many: snapshot({ hosts: { entries: 10_000 } }, many()),
  hostile: hostile(),
  held: snapshot(
    {
      status: 'pending',
      hosts: {
        ...PENDING,
        pending: { add: 0, update: 0, remove: 11 },
        held: '11 of 14 names would go at once. They stay until you say that this is right.',
      },
    },
    NAMES.map(name => ({ ...name, state: name.state === 'in-sync' ? 'remove' : name.state })),
  ),
  ...WIZARDS,
};
