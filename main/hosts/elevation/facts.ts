import { accessSync, closeSync, constants, existsSync, lstatSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { errorCode } from '../read.ts';
import { arePlain, type Program } from './command.ts';
import type { Facts } from './way.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** NixOS keeps what is setuid in a folder of its own. */
const PKEXECS = ['/usr/bin/pkexec', '/run/wrappers/bin/pkexec'];

/** The pkexec of this computer, if it has one that can give rights. */
export function findPkexec(): { readonly state: Facts['pkexec']; readonly path: string } {
  const found = PKEXECS.flatMap(path => {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    return stats === undefined ? [] : [{ path, isSetuid: stats.uid === 0 && (stats.mode & 0o4000) !== 0 }];
  });
  const ready = found.find(({ isSetuid }) => isSetuid);
  if (ready !== undefined) return { state: 'ready', path: ready.path };
  return { state: found.length > 0 ? 'not-setuid' : 'absent', path: '' };
}

/** Looks around for what decides how a hosts file is written; `system` says that it is this computer's own. */
export function gatherFacts(path: string, system: boolean, program: Program, env: Env): Facts {
  const { platform } = process;
  return {
    platform,
    writable: isWritable(path, platform),
    system,
    packaging: packagingOf(program, env),
    session: hasSession(platform, env),
    pkexec: findPkexec().state,
    kdesudo: existsSync('/usr/bin/kdesudo'),
    starts: program[0],
    oddPath: [...program, tmpdir()].find(word => !arePlain([word], platform)),
  };
}

/** A terminal of an editor that is an AppImage or a Snap has its variables, too: what counts is where this program is. */
export function packagingOf(program: Program, { APPIMAGE, APPDIR, FLATPAK_ID, SNAP }: Env): Facts['packaging'] {
  const isIn = (folder: string | undefined) => Boolean(folder) && program.some(word => word.startsWith(`${folder}/`));
  if (APPIMAGE && isIn(APPDIR)) return 'AppImage';
  if (FLATPAK_ID) return 'Flatpak';
  return isIn(SNAP) ? 'Snap' : undefined;
}

/** Where a dialog can be shown: Windows and macOS have a screen, but not for whoever came by ssh. */
export function hasSession(platform: NodeJS.Platform, env: Env): boolean {
  return platform === 'linux' ? Boolean(env.DISPLAY || env.WAYLAND_DISPLAY) : !env.SSH_CONNECTION;
}

/**
 * A file that is not there is made, if its folder lets us. On Windows only opening a file tells: the question that is
 * asked elsewhere looks at no access list there. One that another program has open is written later.
 */
export function isWritable(path: string, platform: NodeJS.Platform): boolean {
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) accessSync(dirname(path), constants.W_OK);
    else if (platform === 'win32') closeSync(openSync(path, 'r+'));
    else accessSync(path, constants.W_OK);
    return true;
  } catch (error) {
    return errorCode(error) === 'EBUSY';
  }
}
