import { count } from './format.ts';

const general = {
  title: 'General',
  startAtLogin: 'Start at login',
  startAtLoginHint: 'Starts without a window.',
  loginAwaits: 'Waits for you: allow Cluster Hosts in System Settings, under General, Login Items.',
  onClose: 'When the window is closed',
  keepRunning: 'Keep running',
  quit: 'Quit',
  onCloseHint: 'Names stay in the hosts file either way.',
  theme: 'Theme',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  trayIcon: 'Tray icon',
  trayIconHint: 'A panel does not tell whether it is dark.',
  singleKeys: 'Single-key shortcuts',
  singleKeysHint: '/ searches hostnames, ? lists all shortcuts.',
  trayIcons: { automatic: 'Automatic', light: 'Light', dark: 'Dark' },
};

const cluster = {
  title: 'Cluster',
  kubeconfigs: 'Kubeconfig',
  asKubectl: 'As kubectl finds it: KUBECONFIG, else ~/.kube/config',
  choose: 'Choose file…',
  theseFiles: 'Of these files; without any, as kubectl finds it',
  leaveOut: (file: string) => `Stop using ${file}`,
  context: 'Context',
  contextHint: 'Other contexts are never contacted.',
  currentContext: 'The current one of the kubeconfig',
  name: 'Cluster name',
  nameHint: 'What you call it, in one word. Empty: after the context.',
  suffix: 'Ending of its names',
  suffixHint: (domain: string) => `The cluster’s own names are ${domain} and those under it.`,
  localOnMac:
    'On macOS, looking up names that end in .local may take seconds, and other devices may answer for them. home.arpa or lan is better.',
  ending: (suffix: string) => `.${suffix}`,
  namespaces: 'Namespaces',
  namespacesHint: 'Only these are watched, where there are any here. Separate them by commas.',
  namespacesExample: 'All',
  programs: (n: number) => count(n, 'program may be run to log in', 'programs may be run to log in'),
  programsHint: 'You said yes to it. Without that you are asked again.',
  forgetPrograms: 'Ask again',
  demo: 'This is the demo. These settings count for your own cluster.',
};

const hosts = {
  title: 'Hosts file',
  automatic: 'Sync by itself',
  automaticHint: 'Writes what is pending without being told to.',
  automaticOff: 'Not possible here: each write needs somebody to say yes. Changes wait until you sync them.',
  allowPublic: 'Allow public addresses',
  allowPublicHint: 'Without it, names only point at addresses of private networks.',
  allowed: 'Allowed domains',
  allowedText: 'Beside the cluster’s own names, only those at or under these are written.',
  noAllowed: 'None: only the cluster’s own names',
  disallow: (domain: string) => `Stop allowing ${domain}`,
  excluded: 'Left out',
  excludedText: 'Names that the cluster asks for and you do not want.',
  noExcluded: 'None',
  include: (name: string) => `Include ${name} again`,
  typed: 'Names typed by you',
  typedText: 'They are written beside those of the cluster. Add one under Hostnames.',
  removeName: (name: string) => `Remove ${name}`,
  removeAll: 'Remove all entries',
  removeAllText: (n: number, path: string) =>
    n === 0
      ? `${path} has no entries of this cluster.`
      : `${path} has ${count(n, 'entry', 'entries')} of this cluster.`,
  removeAllAction: 'Remove all entries…',
  removeAllTitle: 'Remove all entries of Cluster Hosts?',
  removeAllQuestion:
    'The hosts file becomes as if Cluster Hosts had never written to it, for every cluster. Syncing is paused, so nothing comes back until you resume it.',
  removeAllConfirm: 'Remove them',
};

const notifications = {
  title: 'Notifications',
  pending: 'Changes wait for you',
  failed: 'A sync failed',
  address: 'Traefik’s address changed',
  unreachable: 'The cluster does not answer for five minutes',
  testTitle: 'Do they arrive?',
  test: 'Send a test notification',
  testText: 'The first one may make your system ask whether they are allowed.',
  tested: 'Sent. Where none shows up, allow notifications of Cluster Hosts in your system’s settings.',
};

const about = {
  title: 'About',
  version: (version: string) => `Version ${version}`,
  text: 'Keeps this computer’s hosts file in step with the Services of a Kubernetes cluster.',
};

/** Of the settings; each takes effect at once. */
export const settings = {
  page: 'Settings',
  save: 'Save',
  detail: 'Each takes effect at once.',
  general,
  cluster,
  hosts,
  notifications,
  about,
};
