import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';

/** How to make each system's resolver read the hosts file anew: absolute programs, of which some may not be there. */
const COMMANDS: Partial<Record<NodeJS.Platform, readonly (readonly [file: string, ...args: string[]])[]>> = {
  darwin: [
    ['/usr/bin/dscacheutil', '-flushcache'],
    ['/usr/bin/killall', '-HUP', 'mDNSResponder'],
  ],
  linux: [
    ['/usr/bin/resolvectl', 'flush-caches'],
    ['/usr/sbin/nscd', '--invalidate=hosts'],
  ],
  win32: [['C:\\Windows\\System32\\ipconfig.exe', '/flushdns']],
};

/** A cache that is not flushed forgets by itself; a hanging tool must not keep the user waiting. */
const PATIENCE_MS = 2_000;

/** Flushes the DNS caches, best effort: a tool that is missing, fails or hangs changes nothing of what was written. */
export async function flushDnsCache(platform: NodeJS.Platform): Promise<void> {
  const commands = (COMMANDS[platform] ?? []).filter(([file]) => existsSync(file));
  await Promise.all(commands.map(([file, ...args]) => run(file, args)));
}

function run(file: string, args: readonly string[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  execFile(file, args, { timeout: PATIENCE_MS, killSignal: 'SIGKILL', env: {} }, () => resolve());
  return promise;
}
