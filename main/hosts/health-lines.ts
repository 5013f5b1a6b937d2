import { canonicalAddress } from '../desired/address-policy.ts';
import type { HostsText } from './block.ts';
import { foreignNames } from './foreign.ts';

/** Something about the hosts file that its owner should know: what it is, and one way out; both are sentences. */
export interface Finding {
  readonly kind:
    | 'writable-by-others'
    | 'read-only'
    | 'locked'
    | 'made-by-wsl'
    | 'made-by-cloud-init'
    | 'large'
    | 'switchhosts'
    | 'other-address'
    | 'same-address'
    | 'more-names';
  readonly message: string;
  readonly hint: string;
}

/** More names than these are only counted. */
const MAX_NAMES = 5;
const MAX_QUOTE = 60;
const SWITCHHOSTS_START = /^[ \t]*# --- SWITCHHOSTS_CONTENT_START ---[ \t]*$/m;
const SWITCHHOSTS_END = /^[ \t]*# --- SWITCHHOSTS_CONTENT_END ---[ \t]*$/m;

/** What the lines outside the block do to the block. */
export function healthOfLines(hosts: HostsText): readonly Finding[] {
  return [...switchHosts(hosts), ...takenNames(hosts)];
}

/** Its newer versions keep what stands below their end marker; the older ones have none and own all that follows. */
function switchHosts({ head, block, tail }: HostsText): readonly Finding[] {
  const start = SWITCHHOSTS_START.exec(head);
  const isInside = block !== undefined && start !== null && !SWITCHHOSTS_END.test(head.slice(start.index));
  if (isInside) {
    return [
      {
        kind: 'switchhosts',
        message: 'The block stands among the lines of SwitchHosts, which takes it out when it writes the next time.',
        hint: 'Run "cluster-hosts clean", then sync: the block comes back above those lines.',
      },
    ];
  }
  if (start === null && !SWITCHHOSTS_START.test(tail)) return [];
  return [
    {
      kind: 'switchhosts',
      message: 'SwitchHosts writes this file, too; set to overwrite, it takes out every line that is not its own.',
      hint: 'Leave its write mode at append.',
    },
  ];
}

/** Names of the block that were put on other lines later. The next sync takes ours out; here that is told before. */
function takenNames({ head, block, tail }: HostsText): readonly Finding[] {
  const ours = new Map<string, string[]>();
  for (const { entries } of block?.sections.values() ?? []) {
    for (const { hostname, address } of entries) ours.set(hostname, [...(ours.get(hostname) ?? []), address]);
  }
  if (ours.size === 0) return [];
  const domains = new Set([...ours.keys()].map(hostname => hostname.split('.').slice(-2).join('.')));
  const foreign = foreignNames(linesOn(domains, head), linesOn(domains, tail));
  const taken = [...ours].filter(([hostname]) => foreign.has(hostname));
  const told = taken
    .slice(0, MAX_NAMES)
    .map(([hostname, addresses]) => takenName(hostname, addresses, foreign.get(hostname) ?? ''));
  return taken.length > MAX_NAMES ? [...told, moreNames(taken.length - MAX_NAMES)] : told;
}

/** Lines that may hold a name of these domains: taking apart every line of a block list takes ten times as long. */
function linesOn(domains: ReadonlySet<string>, text: string): string {
  // A dot is any character here, which lets through more lines than need be, but none too few.
  const pattern = new RegExp([...domains].join('|'), 'i');
  return text
    .split('\n')
    .filter(line => pattern.test(line))
    .join('\n');
}

function takenName(hostname: string, addresses: readonly string[], line: string): Finding {
  const [address = ''] = line.split(' ', 1);
  const quote = line.length > MAX_QUOTE ? `${line.slice(0, MAX_QUOTE)}...` : line;
  const hint = 'Take that line out; otherwise sync takes ours out.';
  return addresses.includes(canonicalAddress(address) ?? '')
    ? { kind: 'same-address', message: `${hostname} is in the block and on another line: "${quote}".`, hint }
    : { kind: 'other-address', message: `${hostname} has another address outside the block: "${quote}".`, hint };
}

function moreNames(count: number): Finding {
  return {
    kind: 'more-names',
    message: `Of the names in the block, ${count} more ${count === 1 ? 'is' : 'are'} also on lines outside it.`,
    hint: 'Take those lines out; otherwise sync takes ours out.',
  };
}
