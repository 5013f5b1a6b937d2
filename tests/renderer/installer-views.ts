import type {
  AddressesView,
  CheckRow,
  InstallerView,
  InstallStep,
  InstallWish,
  PlanView,
} from '../../preload/installer.ts';

export const NO_INSTALLER: InstallerView = {
  phase: 'idle',
  isUnfinished: false,
  canBeKept: false,
  checks: [],
  checking: false,
  suggestion: undefined,
  steps: [],
  log: [],
  remarks: [],
  address: '',
};

const READY: readonly CheckRow[] = [
  { id: 'reachable', state: 'ready', title: 'The cluster answers', detail: 'K3s v1.36.1 at 192.168.1.10:6443.' },
  {
    id: 'rights',
    state: 'ready',
    title: 'Rights in the cluster',
    detail: 'This user may do all that the installation needs.',
  },
  { id: 'engine', state: 'ready', title: 'What installs MetalLB', detail: 'K3s installs it, from a HelmChart object.' },
  { id: 'service-lb', state: 'ready', title: 'ServiceLB of K3s', detail: 'It is off on every server.' },
  { id: 'metallb', state: 'ready', title: 'MetalLB', detail: 'None is there yet.' },
  { id: 'traefik', state: 'ready', title: 'Traefik', detail: 'kube-system/traefik waits for an address.' },
];

const ATTENTION: CheckRow = {
  id: 'pull',
  state: 'attention',
  title: 'Chart and images',
  detail: 'The nodes have to fetch quay.io/metallb/controller. Other images cannot be fetched there: node-2.',
  fix: { text: 'See whether the nodes have a way to the internet, and a DNS server.', lines: [] },
};

const BLOCKED: CheckRow = {
  id: 'service-lb',
  state: 'blocked',
  title: 'ServiceLB of K3s',
  detail: 'It is on on node-1: it and MetalLB would fight over the addresses.',
  fix: {
    text: 'On node-1, add this to K3s’ configuration and start K3s again.',
    lines: ["echo 'disable: servicelb' | sudo tee -a /etc/rancher/k3s/config.yaml", 'sudo systemctl restart k3s'],
  },
};

function withRow(row: CheckRow): readonly CheckRow[] {
  const known = READY.some(({ id }) => id === row.id);
  return known ? READY.map(each => (each.id === row.id ? row : each)) : [...READY, row];
}

export const CHECKS = {
  ready: READY,
  attention: withRow(ATTENTION),
  blocked: withRow(BLOCKED).map(row =>
    row.id === 'traefik' ? { ...row, state: 'checking' as const, detail: '' } : row,
  ),
} as const;

/** The same where somebody gives Traefik an address. */
export const ANSWERED: readonly CheckRow[] = READY.map(row =>
  row.id === 'traefik' ? { ...row, detail: 'kube-system/traefik has 192.168.1.240.' } : row,
);

export const SUGGESTION: AddressesView = {
  text: '192.168.1.240-192.168.1.250',
  count: 11,
  notes: [],
  problems: [],
  warnings: [],
  pin: '',
};

/** What the fake says of what is typed. */
export function advise(text: string): AddressesView {
  if (text === SUGGESTION.text) return SUGGESTION;
  if (/^192\.168\.1\.\d+$/.test(text))
    return {
      text: `${text}/32`,
      count: 1,
      notes: [`${text} is written as ${text}/32.`],
      problems: [],
      warnings: ['Only Traefik gets an address; there is none for another Service.'],
      pin: '',
    };
  return { text, count: 0, notes: [], problems: [`“${text}” is no address or range.`], warnings: [], pin: '' };
}

const POOL = `apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata:
  name: default-pool
  namespace: metallb-system
spec:
  addresses:
    - 192.168.1.240-192.168.1.250`;

export function planFor(wish: InstallWish): PlanView {
  return {
    version: '0.15.3',
    source: 'https://metallb.github.io/metallb',
    engine: 'helmchart',
    sentences: [
      'K3s installs MetalLB 0.15.3 into the namespace metallb-system.',
      `MetalLB may give ${wish.addresses}, and its nodes answer for them.`,
      'Traefik gets the first of them, and it is tried from this computer.',
    ],
    objects: [
      {
        action: 'create',
        kind: 'HelmChart',
        namespace: 'kube-system',
        name: 'metallb',
        summary: 'K3s installs the chart of it, without FRR.',
        yaml: 'apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata:\n  name: metallb\n  namespace: kube-system',
      },
      {
        action: 'create',
        kind: 'IPAddressPool',
        namespace: 'metallb-system',
        name: 'default-pool',
        summary: 'The addresses that MetalLB may give.',
        yaml: POOL,
      },
      {
        action: 'change',
        kind: 'HelmChartConfig',
        namespace: 'kube-system',
        name: 'traefik',
        summary: 'Asks for the address that Traefik is to keep.',
        yaml: 'apiVersion: helm.cattle.io/v1\nkind: HelmChartConfig',
      },
    ],
    unchanged: [
      'Your Services, Ingresses and IngressRoutes stay as they are.',
      'This computer’s hosts file is written later, and only when you say so.',
      'Nothing is changed on the nodes themselves.',
    ],
    wish,
  };
}

const TITLES = {
  chart: 'MetalLB’s chart',
  kinds: 'MetalLB’s kinds of objects',
  pods: 'Controller and speakers',
  webhook: 'MetalLB’s check of addresses',
  pool: 'The pool of addresses',
  advertisement: 'Nodes answer for them',
  pin: 'Traefik’s own address',
  address: 'Traefik gets its address',
  answer: 'The address answers from here',
} as const;

type Id = keyof typeof TITLES;

/** As many are done; the next is in `state`, since half a minute before `now`. */
function stepsUntil(done: number, now: number, state: InstallStep['state'], rest: Partial<InstallStep>) {
  return (Object.keys(TITLES) as Id[]).map((id, index): InstallStep => {
    const row = { id, title: TITLES[id], message: '', hint: '' };
    const startedAt = now - 30_000 - (done - index) * 4_000;
    if (index < done) return { ...row, state: 'done', startedAt, endedAt: startedAt + 4_000 };
    if (index > done) return { ...row, state: 'waiting' };
    const ended = state === 'failed' ? { endedAt: now } : {};
    return { ...row, state, ...(state !== 'waiting' && { startedAt: now - 30_000 }), ...ended, ...rest };
  });
}

const LOG = [
  'kube-system/helm-install-metallb: Pulling image "rancher/klipper-helm:v0.9.8"',
  'kube-system/helm-install-metallb: Release "metallb" does not exist. Installing it now.',
  'metallb-system/metallb-controller: Created pod: metallb-controller-5f9bb77dcf-x2x7q',
];

const WISH: InstallWish = { addresses: SUGGESTION.text, pin: '' };

/** Every phase of an installation and a removal, as they stand at `now`. */
export function phases(now: number) {
  const base: InstallerView = { ...NO_INSTALLER, checks: CHECKS.ready, suggestion: SUGGESTION, wish: WISH, log: LOG };
  const running = { message: '1 of 3 speakers is ready.' };
  const refused = {
    message: 'ImagePullBackOff: quay.io/metallb/speaker:v0.15.3 cannot be fetched.',
    hint: 'See whether the nodes have a way to the internet, then try again.',
  };
  const gone = (id: InstallStep['id'], title: string, from: number, to: number): InstallStep => ({
    ...{ id, title, state: 'done', message: '', hint: '', startedAt: now - from, endedAt: now - to },
  });
  const removing: readonly InstallStep[] = [
    gone('pin', 'Traefik’s own address', 9_500, 9_000),
    gone('advertisement', 'Advertisements', 9_000, 8_000),
    gone('pool', 'Address pools', 8_000, 6_000),
    {
      ...{ id: 'statuses', title: 'Addresses are given back', state: 'running', hint: '' },
      ...{ message: 'MetalLB still has to take back 192.168.1.240.', startedAt: now - 6_000 },
    },
    { id: 'release', title: 'MetalLB’s chart', state: 'waiting', message: '', hint: '' },
    { id: 'namespace', title: 'Namespace metallb-system', state: 'waiting', message: '', hint: '' },
  ];
  const over = (state: InstallStep['state']) =>
    removing.map(step => ({ ...step, state, message: '', startedAt: now - 6_000, endedAt: now - 4_000 }));
  return {
    installing: { ...base, phase: 'installing', steps: stepsUntil(2, now, 'running', running) },
    cancelling: { ...base, phase: 'cancelling', steps: stepsUntil(2, now, 'running', running) },
    failed: { ...base, phase: 'failed', steps: stepsUntil(2, now, 'failed', refused) },
    stopped: { ...base, phase: 'stopped', steps: stepsUntil(4, now, 'waiting', {}) },
    'rolling-back': {
      ...base,
      phase: 'rolling-back',
      steps: removing.map(step => (step.state === 'running' ? { ...step, state: 'undoing' as const } : step)),
    },
    'rolled-back': { ...base, phase: 'rolled-back', steps: over('undone') },
    installed: {
      ...base,
      phase: 'installed',
      address: '192.168.1.240',
      steps: stepsUntil(9, now, 'done', {}),
    },
    removing: { ...base, phase: 'removing', isRemoval: true, steps: removing },
    removed: {
      ...base,
      phase: 'removed',
      isRemoval: true,
      steps: over('done'),
      remarks: ['K3s’ ServiceLB is still off. To have it again, take “disable: servicelb” out and start K3s again.'],
    },
  } as const satisfies Readonly<Record<string, InstallerView>>;
}
