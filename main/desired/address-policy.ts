import { BlockList, isIP, SocketAddress } from 'node:net';

/** What an address is good for in a hosts file. `never` may not be written whatever the user allows. */
export type AddressClass = 'private' | 'public' | 'never';

/** An address in its one canonical spelling, or why it may not be written. */
export type AddressVerdict =
  | { readonly ok: true; readonly address: string }
  | {
      readonly ok: false;
      readonly reason: 'bad-address' | 'denied-address' | 'public-address';
      readonly message: string;
    };

/**
 * This network, loopback, link-local, protocol assignments, multicast, reserved and broadcast (IANA's special-purpose
 * registries); in IPv6 the two ways to write IPv4 inside a global address.
 */
const NEVER = {
  4: blockList(4, ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '192.0.0.0/24', '224.0.0.0/4', '240.0.0.0/4']),
  6: blockList(6, ['2001::/32', '2002::/16']),
};

/** RFC 1918, RFC 6598 (carrier-grade NAT, which overlay networks use) and RFC 4193 (unique local). */
const PRIVATE = {
  4: blockList(4, ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10']),
  6: blockList(6, ['fc00::/7']),
};

/** In IPv6 all that IANA has opened for global addresses; the rest has another meaning, or none yet. */
const PUBLIC = { 4: blockList(4, ['0.0.0.0/0']), 6: blockList(6, ['2000::/3']) };

/**
 * The canonical spelling of an IPv4 or IPv6 address; `undefined` for anything else: leading zeros, zone ids, ports,
 * brackets, blanks.
 */
export function canonicalAddress(text: string): string | undefined {
  switch (isIP(text)) {
    case 4:
      return text;
    case 6:
      return text.includes('%') ? undefined : new SocketAddress({ address: text, family: 'ipv6' }).address;
    default:
      return undefined;
  }
}

/** 4 or 6, of an address that `canonicalAddress` gave. */
export function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}

/** By number, not by text: 10.0.0.9 before 10.0.0.10, and IPv4 before IPv6. For addresses that `canonicalAddress` gave. */
export function compareAddresses(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  const at = left.findIndex((number, index) => number !== right[index]);
  return familyOf(a) - familyOf(b) || (left[at] ?? 0) - (right[at] ?? 0);
}

function numbersOf(address: string): readonly number[] {
  if (familyOf(address) === 4) return address.split('.').map(Number);
  const [head = [], tail = []] = address
    .split('::')
    .map(part => (part === '' ? [] : part.split(':').map(group => Number.parseInt(group, 16))));
  return [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

/** The class of an address that `canonicalAddress` gave. */
export function classifyAddress(address: string): AddressClass {
  const family = familyOf(address);
  const isIn = (lists: Readonly<Record<4 | 6, BlockList>>) => lists[family].check(address, `ipv${family}`);
  if (isIn(NEVER)) return 'never';
  if (isIn(PRIVATE)) return 'private';
  return isIn(PUBLIC) ? 'public' : 'never';
}

/** Parses and judges an address from the cluster or the user. */
export function judgeAddress(text: string, allowPublic: boolean): AddressVerdict {
  const address = canonicalAddress(text);
  if (address === undefined) {
    return { ok: false, reason: 'bad-address', message: 'It has a target that is not an IP address.' };
  }
  switch (classifyAddress(address)) {
    case 'never':
      return {
        ok: false,
        reason: 'denied-address',
        message: `${address} is a loopback, link-local, multicast or reserved address.`,
      };
    case 'public':
      if (!allowPublic) {
        return { ok: false, reason: 'public-address', message: `${address} is a public address.` };
      }
      return { ok: true, address };
    case 'private':
      return { ok: true, address };
  }
}

/** One list per family: a BlockList with `::ffff:0:0/96` in it matches every IPv4 address. */
function blockList(family: 4 | 6, subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [net = '', prefix] = subnet.split('/');
    list.addSubnet(net, Number(prefix), `ipv${family}`);
  }
  return list;
}
