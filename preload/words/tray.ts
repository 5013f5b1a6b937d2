import type { AppState, Status } from '../contract.ts';

/** The words of the tray, the notifications and the native dialogs. */
export type Platform = AppState['system']['platform'];

/** What is done to MetalLB and takes minutes. */
export type MetallbWork = 'installing' | 'rolling-back' | 'removing';

const SENTENCE = {
  setUp: 'Set up Cluster Hosts…',
  setUpMetallb: 'Set up MetalLB…',
  syncHosts: 'Sync hosts',
  review: (changes: number) => `Review ${countOf(changes, 'change')}…`,
  open: (domain: string) => `Open ${domain}`,
  hostnames: 'Hostnames',
  noHostnames: 'No hostnames yet',
  allLeftOut: 'No hostname goes into the hosts file',
  notSynced: 'not synced',
  services: 'Services',
  noServices: 'No services with an address yet',
  noAddress: 'no address yet',
  showAll: (total: number) => `Show all ${total}…`,
  cluster: 'Cluster',
  demoCluster: 'Demo cluster',
  chooseKubeconfig: 'Choose a kubeconfig…',
  moreContexts: (more: number) => `${more} more…`,
  checkNow: 'Check now',
  pause: 'Pause syncing',
  forOneHour: 'For 1 hour',
  untilTomorrow: 'Until tomorrow',
  untilResumed: 'Until I resume',
  resume: 'Resume syncing',
  show: 'Open Cluster Hosts',
  settings: 'Settings…',
  about: 'About Cluster Hosts',
  hide: 'Hide Cluster Hosts',
  quit: 'Quit Cluster Hosts',
};

type MenuWords = typeof SENTENCE;

const TITLE: MenuWords = {
  ...SENTENCE,
  setUp: 'Set Up Cluster Hosts…',
  setUpMetallb: 'Set Up MetalLB…',
  syncHosts: 'Sync Hosts',
  review: changes => `Review ${changes} ${changes === 1 ? 'Change' : 'Changes'}…`,
  noHostnames: 'No Hostnames Yet',
  noServices: 'No Services with an Address Yet',
  showAll: total => `Show All ${total}…`,
  demoCluster: 'Demo Cluster',
  chooseKubeconfig: 'Choose a Kubeconfig…',
  moreContexts: more => `${more} More…`,
  checkNow: 'Check Now',
  pause: 'Pause Syncing',
  forOneHour: 'For 1 Hour',
  untilTomorrow: 'Until Tomorrow',
  untilResumed: 'Until I Resume',
  resume: 'Resume Syncing',
};

/** Menus are in title case on macOS, and in sentence case elsewhere. */
export function menuWords(platform: Platform): MenuWords {
  return platform === 'darwin' ? TITLE : SENTENCE;
}

/** The status in a few words, for the first row of the menu and the tooltip. */
export function statusWords(status: Exclude<Status, 'setup-needed'>, changes: number): string {
  switch (status) {
    case 'connecting':
      return 'Connecting';
    case 'applying':
      return 'Writing the hosts file';
    case 'write-failed':
      return 'Sync failed';
    case 'paused':
      return 'Paused';
    case 'conflict':
      return 'Conflict';
    case 'pending':
      return changes === 0 ? 'Changes pending' : `${countOf(changes, 'change')} pending`;
    case 'unreachable':
      return 'Cluster not reachable';
    case 'offline':
      return 'No network';
    case 'stale':
      return 'No word from the cluster';
    case 'ok':
      return 'In sync';
  }
}

export const TRAY = {
  product: 'Cluster Hosts',
  setupNeeded: 'Not set up yet',
  hostnames: (entries: number) => countOf(entries, 'hostname'),
  lastSeen: (time: string) => `Last seen ${time}`,
  work: {
    installing: 'Installing MetalLB',
    'rolling-back': 'Rolling back MetalLB',
    removing: 'Removing MetalLB',
  } satisfies Readonly<Record<MetallbWork, string>>,
} as const;

export const NOTICE = {
  pendingTitle: (changes: number) => `${countOf(changes, 'change')} to sync`,
  pendingBody: (cluster: string) => `${cluster} has changed. Your hosts file is not changed yet.`,
  failedTitle: 'The hosts file was not changed',
  addressTitle: 'Traefik has a new address',
  addressBody: (cluster: string, from: string, to: string) => `${cluster}: ${from} is now ${to}.`,
  installedTitle: 'MetalLB is installed',
  installedBody: (cluster: string, address: string) =>
    address === '' ? `${cluster} gives its Services addresses now.` : `${cluster}: Traefik answers at ${address}.`,
  rolledBackTitle: 'MetalLB is rolled back',
  rolledBackBody: (cluster: string) => `What was made in ${cluster} is gone again.`,
  removedTitle: 'MetalLB is removed',
  removedBody: (cluster: string) => `${cluster} has no addresses of it any more. Your hosts file is not changed yet.`,
  notInstalledTitle: 'MetalLB is not installed yet',
  notRemovedTitle: 'MetalLB is not removed yet',
  halfDoneBody: (cluster: string) => `Something went wrong in ${cluster}. What was done before is still there.`,
  unreachableTitle: (cluster: string) => `${cluster} cannot be reached`,
  unreachableBody: 'Your hosts file stays as it is. Cluster Hosts keeps trying.',
  testTitle: 'Notifications work',
  testBody: 'This is how Cluster Hosts tells you about changes.',
  review: 'Review',
} as const;

/** The first time that the window is closed, and where the desktop shows no tray. */
export const CLOSING = {
  title: 'Still running',
  body: (place: string) => `Cluster Hosts keeps your hosts file in sync from the ${place}.`,
  place: (platform: Platform) => (platform === 'darwin' ? 'menu bar' : 'tray'),
  question: 'Keep Cluster Hosts running in the background?',
  noTray: 'Your desktop shows no tray. To return here, open Cluster Hosts again from the app menu.',
  maybeTray: 'Your desktop may show no tray. To return here, open Cluster Hosts again from the app menu.',
  keep: 'Keep running',
  quit: 'Quit',
  cancel: 'Cancel',
} as const;

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
