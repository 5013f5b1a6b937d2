import { isIPv4 } from 'node:net';

/** A run of IPv4 addresses as numbers, both ends included. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
}

/**
 * MetalLB's grammar of `spec.addresses`: `10.0.0.70-10.0.0.80`, blanks around the ends allowed, or a CIDR whose host
 * bits do not count. `undefined` for all else: also for a bare address, which MetalLB refuses, and for IPv6.
 */
export function parseAddressRange(text: string): AddressRange | undefined {
  if (text.includes('-')) {
    const [, start = '', end = ''] = /^([^-]*)-(.*)$/.exec(text) ?? [];
    const [first, last] = [addressNumber(start.trim()), addressNumber(end.trim())];
    return first !== undefined && last !== undefined && first <= last ? { first, last } : undefined;
  }
  const [, net = '', bits = ''] = /^([^/]*)\/(\d{1,2})$/.exec(text) ?? [];
  const address = addressNumber(net);
  if (address === undefined || Number(bits) > 32) return undefined;
  const size = 2 ** (32 - Number(bits));
  const first = address - (address % size);
  return { first, last: first + size - 1 };
}

/** How many addresses a range has. */
export function sizeOf({ first, last }: AddressRange): number {
  return last - first + 1;
}

/** Whether a range has an address. */
export function contains({ first, last }: AddressRange, address: string): boolean {
  const number = addressNumber(address);
  return number !== undefined && number >= first && number <= last;
}

/** The addresses of a range, ascending, made as they are asked for: a /8 costs nothing. */
export function* addressesIn({ first, last }: AddressRange): Generator<string> {
  for (let number = first; number <= last; number++) yield formatAddress(number);
}

function addressNumber(address: string): number | undefined {
  return isIPv4(address) ? address.split('.').reduce((number, octet) => number * 256 + Number(octet), 0) : undefined;
}

/** A range in as few CIDRs as it takes, ascending; each is a range itself. */
export function cidrsOf({ first, last }: AddressRange): (AddressRange & { readonly bits: number })[] {
  const cidrs = [];
  for (let start = first; start <= last; ) {
    let bits = 32;
    while (bits > 0 && start % 2 ** (33 - bits) === 0 && start + 2 ** (33 - bits) - 1 <= last) bits -= 1;
    const end = start + 2 ** (32 - bits) - 1;
    cidrs.push({ first: start, last: end, bits });
    start = end + 1;
  }
  return cidrs;
}

/** The dotted form of an address of a range. */
export function formatAddress(number: number): string {
  return [24, 16, 8, 0].map(shift => (number >>> shift) & 255).join('.');
}
