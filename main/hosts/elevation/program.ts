import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Program } from './command.ts';

/** Root's own, from a deb or rpm package: polkit's dialog then names this product. See build/linux/. */
export const WRAPPER = '/usr/lib/cluster-hosts/write-hosts';

/**
 * How the helper is started: this very Node.js, or Electron as Node.js, on the one file of the helper. In a checkout that
 * is a source file, in what is shipped the file beside this program.
 */
export function helperProgram(platform: NodeJS.Platform): Program {
  if (platform === 'linux' && existsSync(WRAPPER)) return [WRAPPER];
  const helper = helperFile();
  // pkexec and sudo drop all variables, so that this one has to be on the command line. sudo-prompt's Windows has no env.
  const asNode = process.versions.electron !== undefined && platform !== 'win32';
  return asNode ? ['/usr/bin/env', 'ELECTRON_RUN_AS_NODE=1', process.execPath, helper] : [process.execPath, helper];
}

/** A packaged app's is outside its archive, so that Node.js alone can read it. */
function helperFile(): string {
  const { resourcesPath } = process as { readonly resourcesPath?: string };
  const packaged = join(resourcesPath ?? '', 'helper.cjs');
  if (resourcesPath !== undefined && existsSync(packaged)) return packaged;
  const name = import.meta.url.endsWith('.ts') ? '../elevated/helper.ts' : './helper.cjs';
  return fileURLToPath(new URL(name, import.meta.url));
}
