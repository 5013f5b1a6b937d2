import { BlockList, isIP } from 'node:net';
import { AppError } from '../errors.ts';

/** The Darwin of macOS 15, which brought the permission. */
const FIRST_DARWIN = 24;

/** Networks that macOS calls local when a computer is in them: not those of overlays (100.64.0.0/10). */
const LOCAL = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const subnet of ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16']) add(subnet, 'ipv4');
for (const subnet of ['fc00::/7', 'fe80::/10']) add(subnet, 'ipv6');

/**
 * A failure as it was, unless macOS may have caused it: since version 15, it drops what a program without permission
 * sends into the local network, and all that the program sees is EHOSTUNREACH. `release` is that of the kernel.
 */
export function explainLocalNetwork(failure: AppError, platform: NodeJS.Platform, release: string): AppError {
  if (platform !== 'darwin' || Number.parseInt(release, 10) < FIRST_DARWIN) return failure;
  const address = unreachableAddress(failure.cause, 0);
  if (address === undefined || !isLocal(address)) return failure;
  return new AppError(
    'unreachable',
    `There is no way from here to ${address}: macOS may be keeping this program out of the local network.`,
    'Allow Cluster Hosts in System Settings › Privacy & Security › Local Network, then try again. If it is allowed there, check your network.',
    { cause: failure.cause },
  );
}

/** Where an error says that there is no way; several addresses may have been tried. */
function unreachableAddress(error: unknown, depth: number): string | undefined {
  if (!(error instanceof Error) || depth > 5) return undefined;
  if (Reflect.get(error, 'code') === 'EHOSTUNREACH') {
    const address = Reflect.get(error, 'address');
    if (typeof address === 'string') return address;
  }
  const inner = [error.cause, ...(error instanceof AggregateError ? error.errors : [])];
  return inner.map(each => unreachableAddress(each, depth + 1)).find(address => address !== undefined);
}

function isLocal(address: string): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return isIP(address) !== 0 && LOCAL[family].check(address.replace(/%.*$/, ''), family);
}

function add(subnet: string, family: 'ipv4' | 'ipv6'): void {
  const [net = '', prefix] = subnet.split('/');
  LOCAL[family].addSubnet(net, Number(prefix), family);
}
