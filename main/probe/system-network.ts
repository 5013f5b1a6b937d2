import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { promisify } from 'node:util';
import { gatewaysInProcRoute, gatewaysInRouteGet, gatewaysInRoutePrint } from './gateways.ts';
import { isPrivate } from './ip.ts';
import { isAnswered, sourceTowards } from './knock.ts';
import { type Neighbours, neighboursInBsdArp, neighboursInProcArp, neighboursInWindowsArp } from './neighbours.ts';
import { MOST_TRIED, type Network } from './network.ts';
import { ownAddresses } from './own-addresses.ts';

const PROGRAM_MS = 2_000;

/**
 * The network that this computer is in. Only private addresses are ever tried. Where the system tells nothing (another
 * platform, a program that is missing), gateways and hardware addresses are unknown; ARP is IPv4 only.
 */
export function openNetwork(platform: NodeJS.Platform): Network {
  return {
    surroundings: async () => ({ own: ownAddresses(networkInterfaces()), gateways: await readGateways(platform) }),
    async occupied(addresses, signal) {
      const tried = addresses.filter(isPrivate).slice(0, MOST_TRIED);
      const answered = await Promise.all(tried.map(address => isAnswered(address, signal)));
      signal.throwIfAborted();
      const neighbours = await readNeighbours(platform);
      const found = new Map<string, 'answers' | 'known'>();
      for (const [index, address] of tried.entries()) {
        if (answered[index]) found.set(address, 'answers');
        else if (neighbours.has(address)) found.set(address, 'known');
      }
      return found;
    },
    hardwareAddress: async address => (await readNeighbours(platform)).get(address) ?? '',
    async wayTo(address) {
      const source = await sourceTowards(address);
      return ownAddresses(networkInterfaces()).find(own => own.address === source);
    },
  };
}

async function readGateways(platform: NodeJS.Platform): Promise<readonly string[]> {
  switch (platform) {
    case 'linux':
      return gatewaysInProcRoute(await read('/proc/net/route'));
    case 'darwin':
      return gatewaysInRouteGet(await run('/sbin/route', ['-n', 'get', 'default']));
    case 'win32':
      return gatewaysInRoutePrint(await run('C:\\Windows\\System32\\ROUTE.EXE', ['print', '-4']));
    default:
      return [];
  }
}

async function readNeighbours(platform: NodeJS.Platform): Promise<Neighbours> {
  switch (platform) {
    case 'linux':
      return neighboursInProcArp(await read('/proc/net/arp'));
    case 'darwin':
      return neighboursInBsdArp(await run('/usr/sbin/arp', ['-an']));
    case 'win32':
      return neighboursInWindowsArp(await run('C:\\Windows\\System32\\ARP.EXE', ['-a']));
    default:
      return new Map();
  }
}

/** `''` where it cannot be read, as in a sandbox without /proc/net. */
async function read(path: string): Promise<string> {
  return await readFile(path, 'latin1').catch(() => '');
}

/** `''` where it fails: macOS' route does without a default route. */
async function run(program: string, args: readonly string[]): Promise<string> {
  const options = { timeout: PROGRAM_MS, windowsHide: true, encoding: 'latin1' } as const;
  return await promisify(execFile)(program, args, options).then(
    ({ stdout }) => stdout,
    () => '',
  );
}
