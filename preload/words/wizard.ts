import { assertNever } from '../../main/errors.ts';
import type { CheckRow, InstallerView, InstallStep, PlanView } from '../installer.ts';
import { count, decimal } from './format.ts';

interface Told {
  readonly title: string;
  readonly detail: string;
}

const connect = {
  connected: (cluster: string) => `Connected to ${cluster}`,
  connecting: (cluster: string) => `Connecting to ${cluster}`,
  unreachable: (cluster: string) => `Can’t reach ${cluster}`,
  detail: 'It is only read. What would be changed in it is shown first, and waits for your yes.',
  demoDetail: 'A simulated home cluster with a hosts file of its own. Nothing on this computer is changed.',
  facts: 'The cluster',
  server: 'Server',
  demo: 'Demo',
  naming: 'What to call it',
  name: 'Cluster name',
  nameHint: 'One word, as you would say it.',
  suffix: 'Ending of its names',
  recommended: (suffix: string) => `${suffix} (recommended)`,
  opens: (domain: string) => `https://${domain} then opens Traefik, and other names of the cluster can be under it.`,
  empty: 'Give it a name first.',
  wait: 'You can go on as soon as it answers.',
};

function rowState(state: CheckRow['state']): string {
  switch (state) {
    case 'checking':
      return 'Checking';
    case 'ready':
      return 'Ready';
    case 'attention':
      return 'Needs attention';
    case 'blocked':
      return 'Blocked';
    default:
      return assertNever(state);
  }
}

/** What the rows come to, in a sentence. */
function summary(blocked: number, attention: number): string {
  if (blocked > 0) return `${count(blocked, 'thing has', 'things have')} to be mended before MetalLB can be installed.`;
  if (attention > 0)
    return `${count(attention, 'thing needs', 'things need')} your attention; you can go on all the same.`;
  return 'Everything is ready.';
}

const check = {
  title: (cluster: string) => `Checking ${cluster}`,
  untouched: 'Nothing is changed yet.',
  rowState,
  summary,
  list: 'What was looked at',
  answers: (address: string) => `Traefik has the address ${address}`,
  answersText: 'So MetalLB is not needed for it, and the hosts file is all that is left to do.',
  oursText: 'MetalLB is installed, and the hosts file is all that is left to do.',
  showFix: 'Show how to fix',
  hideFix: 'Hide how to fix',
  fixOf: (title: string) => `How to fix: ${title}`,
  copyFix: 'Copy the lines',
  again: 'Check again',
  setUp: 'Set up MetalLB all the same',
  whileBlocked: 'Mend what is blocked, then check again',
  whileChecking: 'Still checking',
};

const addresses = {
  title: 'Which addresses may MetalLB give?',
  changeTitle: 'Change the addresses of MetalLB',
  detail:
    'A few free ones of your own network. Traefik gets one, and so does every other Service of type LoadBalancer.',
  label: 'Addresses',
  hint: 'A range such as 10.0.0.70-10.0.0.80, or a network such as 10.0.0.64/28. Separate several by commas.',
  count: (n: number) => `${count(n, 'address', 'addresses')}.`,
  checking: 'Checking these addresses',
  suggesting: 'Looking for free addresses',
  mend: 'Mend the addresses first',
  empty: 'Type some addresses first',
  notes: 'How they are written',
  dhcp: 'Keep them out of the range that your router gives out by itself (DHCP).',
  pin: 'Give Traefik an address of its own',
  pinHint: 'It then keeps this one, even where it is made anew. Otherwise it gets the first free one.',
  pinLabel: 'Traefik’s address',
};

const ENGINES: Readonly<Record<PlanView['engine'], string>> = {
  helmchart: 'K3s installs it, from a HelmChart object',
  helm: 'The helm program of this computer installs it',
};

const review = {
  title: 'What will be done',
  detail: 'Nothing has been changed until here.',
  facts: 'What is installed',
  metallb: 'MetalLB',
  version: (version: string) => `Version ${version}`,
  source: 'From',
  engine: 'How',
  engineOf: (engine: PlanView['engine']) => ENGINES[engine],
  sentences: 'Step by step',
  objects: 'What will change in the cluster',
  noObjects: 'Nothing: all of it is there already.',
  action: { create: 'New', change: 'Change' },
  unchanged: 'What will not change',
  install: 'Install MetalLB',
  change: 'Change addresses',
};

function installHead(phase: InstallerView['phase'], address: string): Told {
  switch (phase) {
    case 'installing':
      return {
        title: 'Installing MetalLB',
        detail: 'It goes on when you close this window, and is shown again when you come back.',
      };
    case 'cancelling':
      return {
        title: 'Stopping after this step',
        detail: 'What was done so far stays in the cluster, until you go on or roll it back.',
      };
    case 'failed':
      return { title: 'MetalLB is not installed yet', detail: 'What was done before is still in the cluster.' };
    case 'stopped':
      return { title: 'Stopped before the end', detail: 'What was done so far is still in the cluster.' };
    case 'rolling-back':
      return { title: 'Rolling back', detail: 'Only what this installation made or changed is taken back.' };
    case 'rolled-back':
      return { title: 'Rolled back', detail: 'What was made is gone from the cluster again.' };
    case 'installed':
      return address === ''
        ? { title: 'MetalLB is installed', detail: 'It gives Services their addresses.' }
        : {
            title: `Traefik answers at ${address}`,
            detail: 'MetalLB is installed, and this computer has reached Traefik.',
          };
    case 'removing':
      return { title: 'Removing MetalLB', detail: 'It goes on when you close this window.' };
    case 'removed':
      return { title: 'MetalLB is removed', detail: 'Names stay in your hosts file until you sync it.' };
    case 'idle':
      return { title: 'Nothing is being installed', detail: '' };
    default:
      return assertNever(phase);
  }
}

function stepState(state: InstallStep['state']): string {
  switch (state) {
    case 'waiting':
      return 'Not yet';
    case 'running':
      return 'Running';
    case 'done':
      return 'Done';
    case 'failed':
      return 'Failed';
    case 'undoing':
      return 'Being undone';
    case 'undone':
      return 'Undone';
    default:
      return assertNever(state);
  }
}

/** Of a time in ms: "12 s", "1 min 5 s". */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds < 60 ? `${seconds} s` : `${decimal(Math.floor(seconds / 60))} min ${seconds % 60} s`;
}

const install = {
  head: installHead,
  unfinished: {
    title: 'An installation was not finished',
    detail:
      'It was cut off, or it goes on from another computer or a terminal. What was done so far is in the cluster: choose the addresses again to go on, or roll it back.',
  },
  removalFailed: { title: 'MetalLB is not removed yet', detail: 'Parts of MetalLB are still in the cluster.' },
  steps: 'Steps',
  stepState,
  elapsed,
  /** What a screen reader hears when a step is over. */
  told: (title: string, state: InstallStep['state']) => `${title}: ${stepState(state)}`,
  log: (lines: number) => `Log (${count(lines, 'line', 'lines')})`,
  copyLog: 'Copy log',
  cancel: 'Cancel',
  cancelNote: 'Cancel stops after the step under way',
  rollBack: 'Roll back',
  keep: 'Keep it as it is',
  retry: 'Try again',
  goOn: 'Go on',
  startAgain: 'Start again',
  chooseAgain: 'Choose addresses again',
  remarks: 'What is left to know',
};

const hosts = {
  title: 'Write the names into your hosts file',
  pending: (n: number, path: string) => `${count(n, 'change waits', 'changes wait')} to be written to ${path}.`,
  inStep: 'Your hosts file is in step',
  inStepDetail: (n: number, path: string) =>
    n === 0 ? `${path} has no names of this cluster yet.` : `${path} has ${count(n, 'name', 'names')} of this cluster.`,
  waiting: 'Waiting for the names of the cluster',
  waitingDetail: 'What there is to write shows up as soon as the cluster has told its names.',
  untouched: 'Your own lines stay as they are.',
  more: (n: number) => `and ${decimal(n)} more`,
  consents: (n: number) => `${count(n, 'domain waits', 'domains wait')} for your yes`,
  consentsText: (domains: string) =>
    `Names under ${domains} are not the cluster’s own. They are written once you allow them, under Hostnames.`,
  sync: 'Sync hosts',
  notNow: 'Not now',
};

const done = {
  title: (cluster: string) => `${cluster} is set up`,
  detail: (isAutomatic: boolean) =>
    isAutomatic
      ? 'From now on Cluster Hosts keeps your hosts file in step with it.'
      : 'From now on Cluster Hosts watches it. What changes waits until you sync the hosts file.',
  waiting: (n: number) =>
    `${count(n, 'change still waits', 'changes still wait')} to be written: sync the hosts file to open names.`,
  next: 'What is next',
  open: 'Open',
  openText: 'A page that says 404 comes from Traefik: everything up to it works.',
  overview: 'Open Overview',
};

/** Of the wizard, from no cluster to an address that answers. */
export const wizard = {
  steps: 'Steps of the setup',
  names: {
    connect: 'Connect',
    check: 'Check',
    addresses: 'Choose addresses',
    review: 'Review',
    install: 'Install',
    hosts: 'Hosts file',
    done: 'Done',
  },
  stepDone: 'done',
  stepSkipped: 'skipped',
  stepOf: (step: number, steps: number) => `Step ${step} of ${steps}`,
  withNote: (step: string, note: string) => `${step} · ${note}`,
  leave: 'Leave for now',
  back: 'Back',
  skip: 'Skip MetalLB',
  next: 'Continue',
  connect,
  check,
  addresses,
  review,
  install,
  hosts,
  done,
};
