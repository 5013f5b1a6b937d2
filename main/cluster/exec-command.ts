import { createHash } from 'node:crypto';
import { access, constants, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { User } from './kubeconfig-entries.ts';

/** The computer that a plugin runs on. */
export interface CommandHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

/**
 * The absolute path of the program that a plugin's command means, or `undefined` if there is none. Relative folders on
 * the PATH are passed over, and on Windows batch files: those cannot be started without a shell.
 */
export async function resolveCommand(command: string, { env, platform }: CommandHost): Promise<string | undefined> {
  const windows = platform === 'win32';
  const folders = (env.PATH ?? env.Path ?? '').split(windows ? ';' : ':').filter(isAbsolute);
  const paths = isAbsolute(command) ? [command] : folders.map(folder => join(folder, command));
  for (const path of paths.flatMap(found => (windows ? [found, `${found}.exe`, `${found}.com`] : [found]))) {
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

/**
 * What a user's consent to run a plugin covers: this user entry of this kubeconfig, with this program. Any change makes
 * another digest (SHA-256, hex).
 */
export function consentDigest({ file, ...entry }: User, program: string): string {
  return createHash('sha256')
    .update(JSON.stringify([file.path, entry, program]))
    .digest('hex');
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
