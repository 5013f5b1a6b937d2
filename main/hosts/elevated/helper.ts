import { hostname } from 'node:os';
import process from 'node:process';
import { nodeFileSystem } from '../file-system.ts';
import { carryOut, type Result } from './carry-out.ts';
import { flushDnsCache } from './dns-cache.ts';
import { askerOf, isAdministrator } from './identity.ts';
import { systemPlaces } from './places.ts';
import { parseToken } from './request.ts';

/*
 * The one program of this product that runs with administrator rights, for the time of one write. It takes one argument,
 * the token of a request, and says on one line of stdout what came of it: the request's nonce, then JSON.
 */

const EXIT: Readonly<Record<Result['outcome'], number>> = {
  done: 0,
  'no-change': 0,
  declined: 77,
  refused: 65,
  failed: 74,
  'changed-meanwhile': 75,
  'not-permitted': 77,
};

const NOT_ADMINISTRATOR: Result = {
  outcome: 'not-permitted',
  message: 'This helper writes the hosts file for Cluster Hosts; it does nothing without administrator rights.',
  hint: 'Let Cluster Hosts start it.',
};

async function main(args: readonly string[]): Promise<number> {
  const asker = askerOf(process.platform, process.env);
  // Nothing that comes after may depend on who asked: not a path to look for programs, not an option of Node.js.
  for (const name of Object.keys(process.env)) delete process.env[name];
  process.umask(0o022);
  const [token, ...more] = args;
  const nonce = token === undefined ? undefined : parseToken(token)?.nonce;
  if (token === undefined || nonce === undefined || more.length > 0) {
    process.stderr.write('Usage: this helper takes one request of Cluster Hosts.\n');
    return 64;
  }
  const result = isAdministrator(process.platform) ? await work(token, asker) : NOT_ADMINISTRATOR;
  process.stdout.write(`${nonce} ${JSON.stringify(result)}\n`);
  return EXIT[result.outcome];
}

async function work(token: string, asker: number | undefined): Promise<Result> {
  try {
    const world = { ...systemPlaces(process.platform), computer: hostname(), asker, fs: nodeFileSystem, now: Date.now };
    const result = await carryOut(token, world);
    if (result.outcome === 'done') await flushDnsCache(process.platform);
    return result;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { outcome: 'failed', message: `The helper failed (${message}).`, hint: 'Nothing was written. Sync again.' };
  }
}

process.chdir(process.platform === 'win32' ? 'C:\\' : '/');
void main(process.argv.slice(2)).then(code => {
  process.exitCode = code;
});
