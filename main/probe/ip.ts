import { BlockList, isIP, SocketAddress } from 'node:net';

/** An address as a number. */
export interface IpNumber {
  readonly family: 4 | 6;
  readonly value: bigint;
}

const BITS = { 4: 32, 6: 128 } as const;

/**
 * Strict: leading zeros, zone ids, blanks and IPv4 written inside IPv6 (`::ffff:10.0.0.1`) give `undefined`.
 */
export function parseIp(text: string): IpNumber | undefined {
  switch (isIP(text)) {
    case 4:
      return { family: 4, value: text.split('.').reduce((value, octet) => (value << 8n) | BigInt(octet), 0n) };
    case 6:
      return text.includes('%') ? undefined : parseIpv6(text);
    default:
      return undefined;
  }
}

function parseIpv6(text: string): IpNumber | undefined {
  const { address } = new SocketAddress({ address: text, family: 'ipv6' });
  if (address.includes('.')) return undefined;
  const [head = [], tail = []] = address.split('::').map(half => half.split(':').filter(group => group !== ''));
  const zeros = new Array<string>(8 - head.length - tail.length).fill('0');
  const value = [...head, ...zeros, ...tail].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
  return { family: 6, value };
}

/** The canonical spelling (RFC 5952). */
export function formatIp({ family, value }: IpNumber): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map(shift => (value >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  return new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address;
}

/** First and last address of the network that an address is in; `undefined` where it has no such prefix. */
export function networkOf({ family, value }: IpNumber, prefix: number): { first: bigint; last: bigint } | undefined {
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > BITS[family]) return undefined;
  const hosts = (1n << BigInt(BITS[family] - prefix)) - 1n;
  const last = value | hosts;
  return { first: last - hosts, last };
}

/** Whether an address is in the network of another one: `10.0.0.5` with prefix 24 and `10.0.0.70`. */
export function isInNetwork(network: { readonly address: string; readonly prefix: number }, address: string): boolean {
  const [base, other] = [parseIp(network.address), parseIp(address)];
  if (base === undefined || base.family !== other?.family) return false;
  const range = networkOf(base, network.prefix);
  return range !== undefined && range.first <= other.value && other.value <= range.last;
}

/** RFC 1918, RFC 6598 (which overlay networks use) and RFC 4193. */
const PRIVATE = new BlockList();
PRIVATE.addSubnet('10.0.0.0', 8);
PRIVATE.addSubnet('172.16.0.0', 12);
PRIVATE.addSubnet('192.168.0.0', 16);
PRIVATE.addSubnet('100.64.0.0', 10);
PRIVATE.addSubnet('fc00::', 7, 'ipv6');

/** False for public addresses, loopback, link-local and multicast, and for what is no address. */
export function isPrivate(address: string): boolean {
  const ip = parseIp(address);
  return ip !== undefined && PRIVATE.check(address, `ipv${ip.family}`);
}
