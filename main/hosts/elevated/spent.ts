import { join } from 'node:path';
import type { FileSystem } from '../file-system.ts';
import { errorCode } from '../read.ts';
import { LONGEST_MS } from './request.ts';

/**
 * Spends a nonce: true the first time, false ever after. A request expires within the hour, so that older marks may go.
 * Throws where the mark cannot be made: then nothing else may be done either.
 */
export function spend(folder: string, nonce: string, now: number, fs: FileSystem): boolean {
  fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
  for (const name of fs.readdirSync(folder)) {
    const mark = fs.lstatSync(join(folder, name), { throwIfNoEntry: false });
    if (mark !== undefined && now - mark.mtimeMs > 2 * LONGEST_MS) fs.rmSync(join(folder, name), { force: true });
  }
  try {
    fs.closeSync(fs.openSync(join(folder, nonce), 'wx', 0o600));
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}
