import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Where desktops on Linux look for what starts with the session. */
export function autostartFile(env: Env, home: string = homedir()): string {
  const xdg = env.XDG_CONFIG_HOME ?? '';
  return join(isAbsolute(xdg) ? xdg : join(home, '.config'), 'autostart', 'cluster-hosts.desktop');
}

/** Writes the entry that starts this program without its window, or takes it away. */
export function writeAutostart(isOn: boolean, file: string, program: string): void {
  if (!isOn) return rmSync(file, { force: true });
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  writeFileSync(file, autostartEntry(program), { mode: 0o600 });
}

/** An AppImage's name holds its version. Only the program is changed: a desktop may have switched the entry off, or taken it away. */
export function repairAutostart(file: string, program: string): void {
  if (!existsSync(file)) return;
  const entry = readFileSync(file, 'utf8');
  const repaired = entry.replace(/^Exec=.*$/m, () => execLine(program));
  if (repaired !== entry) writeFileSync(file, repaired, { mode: 0o600 });
}

/** An AppImage is another file than the program that runs from inside it. */
export function startedProgram(execPath: string, { APPIMAGE, APPDIR }: Env): string {
  return APPIMAGE && APPDIR && execPath.startsWith(`${APPDIR}/`) ? APPIMAGE : execPath;
}

export function autostartEntry(program: string): string {
  return `[Desktop Entry]
Type=Application
Name=Cluster Hosts
Comment=Keeps the hosts file in step with a Kubernetes cluster
${execLine(program)}
Icon=cluster-hosts
Terminal=false
X-GNOME-Autostart-enabled=true
`;
}

function execLine(program: string): string {
  return `Exec=${quoteExec(program)} --hidden`;
}

/** By the Desktop Entry Specification: quoted for Exec, then its backslashes escaped as in any value. */
function quoteExec(program: string): string {
  const quoted = program.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  return `"${quoted}"`.replaceAll('\\', '\\\\');
}
