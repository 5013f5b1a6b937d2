import { count, decimal, list } from './format.ts';

/** Of no screen of its own: the frame of the window, and what its parts say. */
export const common = {
  appName: 'Cluster Hosts',
  windowTitle: (screen: string) => `${screen} - Cluster Hosts`,
  skipToContent: 'Skip to content',
  sections: 'Sections',
  screens: {
    overview: 'Overview',
    hostnames: 'Hostnames',
    'hosts-file': 'Hosts file',
    'load-balancer': 'Load balancer',
    activity: 'Activity',
    settings: 'Settings',
    setup: 'Setup',
  },
  pendingBadge: (n: number) => `${decimal(n)} pending`,
  decimal,
  list,
  close: 'Close',
  cancel: 'Cancel',
  dismiss: 'Dismiss',
  copied: 'Copied',
  tryAgain: 'Try again',
  checkNow: 'Check now',
  checkAsked: 'Checking the cluster.',
  syncHosts: 'Sync hosts',
  resume: 'Resume',
  loading: 'Loading',
  added: 'added',
  removed: 'removed',
  linesLeftOut: 'unchanged lines left out',
  usedOf: (used: number, total: number) => `${decimal(used)} of ${decimal(total)} used`,
  noAnswer: {
    message: 'The app did not answer its window.',
    hint: 'Close the window and open it again.',
  },
  cluster: {
    choose: 'Choose a cluster',
    contexts: 'Contexts of your kubeconfig',
    none: 'No cluster',
    demo: (nodes: number) => `Demo · ${count(nodes, 'node', 'nodes')}`,
    startDemo: 'Try the demo',
    leaveDemo: 'Leave the demo',
    line: (version: string, nodes: number, context: string) =>
      [version === '' ? context : product(version), nodes === 0 ? '' : count(nodes, 'node', 'nodes')]
        .filter(part => part !== '')
        .join(' · '),
  },
  firstIngress: {
    title: 'The first name',
    text: 'An Ingress or IngressRoute with a host is all it takes. For a Service called hello:',
    command: (domain: string) => `kubectl create ingress hello --rule="hello.${domain}/*=hello:80"`,
    copy: 'Copy the command',
  },
  noTray: {
    title: 'Your desktop has no tray',
    text: 'Open Cluster Hosts again from the app menu to return here.',
    unsure: 'Your desktop may have no tray',
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    check: 'Check now',
    sync: 'Sync hosts',
    search: 'Search hostnames',
    regions: 'Move between sidebar and content',
    list: 'Show this list',
    keys: { command: '⌘', control: 'Ctrl', enter: 'Enter' },
  },
};

/** `v1.36.1+k3s1` for people: "K3s v1.36". */
function product(version: string): string {
  const short = /^v?(\d+\.\d+)/.exec(version)?.[1];
  const name = /\+(k3s|rke2|k0s)/.exec(version)?.[1];
  if (short === undefined) return version;
  return `${name === 'k3s' ? 'K3s' : name === 'rke2' ? 'RKE2' : name === 'k0s' ? 'k0s' : 'Kubernetes'} v${short}`;
}
