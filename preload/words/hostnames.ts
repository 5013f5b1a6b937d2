import { assertNever } from '../../main/errors.ts';
import type { NameRow, NameState, Origin } from '../contract.ts';
import { count, decimal } from './format.ts';

function state(of: NameState): string {
  switch (of) {
    case 'in-sync':
      return 'Synced';
    case 'add':
      return 'To add';
    case 'update':
      return 'To change';
    case 'remove':
      return 'To remove';
    case 'stale':
      return 'Kept';
    case 'blocked':
      return 'Conflict';
    case 'needs-consent':
      return 'Needs your yes';
    case 'skipped':
      return 'Not possible';
    case 'excluded':
      return 'Left out';
    default:
      return assertNever(of);
  }
}

/** What its state means for the user, in one sentence. */
function consequence(row: NameRow): string {
  switch (row.state) {
    case 'in-sync':
      return 'This name opens the address on this computer.';
    case 'add':
      return 'It is written with the next sync.';
    case 'update':
      return `The file still says ${row.from ?? ''}. The next sync changes it.`;
    case 'remove':
      return 'Nothing in the cluster asks for it any more. The next sync takes it out.';
    case 'stale':
      return 'The cluster does not say an address at the moment. The last one stays until it does.';
    case 'blocked':
      return 'Somebody else has this name. It keeps opening what it opens now, and Cluster Hosts leaves it alone.';
    case 'needs-consent':
      return 'It is under a domain that you have not allowed, so it is not written.';
    case 'skipped':
      return 'A hosts file cannot or must not hold it.';
    case 'excluded':
      return 'You left it out, so it is not written.';
    default:
      return assertNever(row.state);
  }
}

/** `wanted` of all names are in the hosts file, or would be with the next sync. */
function title(wanted: number, all: number): string {
  if (all === 0) return 'No hostnames yet';
  return wanted === 0 ? 'No hostname goes into the hosts file' : count(wanted, 'hostname', 'hostnames');
}

/** Of the names and the panel beside them. */
export const hostnames = {
  title,
  detail: 'What routes and Services ask for, and what you typed yourself.',
  add: 'Add a name…',
  search: 'Search hostnames',
  filter: {
    label: 'Show',
    all: 'All',
    synced: 'Synced',
    unsynced: 'Not synced',
    conflicts: 'Conflicts',
    consent: 'Needs your yes',
    counted: (label: string, n: number) => `${label} ${decimal(n)}`,
  },
  table: 'Hostnames',
  columns: { name: 'Name', address: 'Address', from: 'From', state: 'State' },
  found: (n: number) => count(n, 'hostname found', 'hostnames found'),
  noAddress: 'none',
  origin: ({ kind, namespace, name }: Origin) =>
    kind === 'Manual' ? 'Typed by you' : `${kind} ${namespace === '' ? name : `${namespace}/${name}`}`,
  state,
  consequence,
  selection: {
    all: 'Select all that are shown',
    one: (name: string) => `Select ${name}`,
    count: (n: number) => `${decimal(n)} selected`,
    clear: 'Clear selection',
    exclude: (n: number) => `Leave out ${decimal(n)}`,
    include: (n: number) => `Include ${decimal(n)}`,
    leftOut: (n: number) => `Left out ${count(n, 'name', 'names')}.`,
    included: (n: number) => `Included ${count(n, 'name', 'names')}.`,
  },
  empty: {
    noMatch: 'No hostname fits',
    noMatchText: 'Change the search or the filter.',
    clear: 'Show all',
  },
  panel: {
    label: (name: string) => `About ${name}`,
    close: 'Close',
    written: 'Written as',
    address: 'Address',
    was: 'In the file now',
    why: 'Why',
    source: 'Comes from',
    reportedBy: (n: number) => `Reported by ${count(n, 'object', 'objects')}`,
    annotations: 'Annotations',
    also: 'Also asked for by',
    copyName: 'Copy the name',
    copyAddress: 'Copy the address',
    open: 'Open',
    exclude: 'Leave out',
    include: 'Include again',
    allow: (domain: string) => `Allow ${domain}`,
    allowHint: (domain: string) =>
      `Every name under ${domain} that the cluster asks for may then be written, now and later.`,
    remove: 'Delete this name',
  },
  dialog: {
    title: 'Add a name',
    text: 'It goes into the hosts file with the others. A name that you type comes before one of the cluster.',
    name: 'Name',
    nameHint: 'For example nas.home.arpa',
    address: 'Address',
    addressHint: 'An address of your network, such as 192.168.1.20',
    badName: 'That is no host name: use letters, digits, hyphens and dots.',
    badAddress: 'That is no IP address.',
    taken: 'You typed this name already.',
    add: 'Add',
  },
  urls: {
    title: 'Without a host of their own',
    text: 'Routes that only have a path open under the name of the cluster.',
    copy: (url: string) => `Copy ${url}`,
    open: (url: string) => `Open ${url}`,
  },
};
