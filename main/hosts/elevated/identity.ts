import { spawnSync } from 'node:child_process';
import { lstatSync } from 'node:fs';

type Env = Readonly<Record<string, string | undefined>>;

/** True where this process may write what only administrators may. */
export function isAdministrator(platform: NodeJS.Platform): boolean {
  if (platform !== 'win32') return process.geteuid?.() === 0;
  // Node.js cannot ask for the elevation of its own process; this tool answers administrators only.
  const { status } = spawnSync('C:\\Windows\\System32\\fltmc.exe', [], { stdio: 'ignore', timeout: 5_000, env: {} });
  return status === 0;
}

/**
 * The user who asks, as pkexec and sudo tell; on macOS whoever sits at the screen. `undefined` where nobody says, as in
 * root's own shell: then the digest of the plan has to do.
 */
export function askerOf(platform: NodeJS.Platform, env: Env): number | undefined {
  const told = env.PKEXEC_UID ?? env.SUDO_UID ?? '';
  if (/^[0-9]{1,10}$/.test(told)) return Number(told);
  return platform === 'darwin' ? lstatSync('/dev/console', { throwIfNoEntry: false })?.uid : undefined;
}
