import { constants, type FileHandle, open } from 'node:fs/promises';

/** `uid` and `mode` are those of the file that was read, whatever its path points to afterwards. */
export type FileContent =
  | { readonly kind: 'read'; readonly bytes: Buffer; readonly uid: number; readonly mode: number }
  | { readonly kind: 'missing' }
  /** `reason` follows the path in a sentence: `is not a regular file`. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** The largest file that is read: kubeconfigs, certificates and tokens are far smaller. */
const MAX_BYTES = 1024 * 1024;

/**
 * Reads a small file whose path somebody else chose: a pipe, a device or a huge file is refused instead of waited for.
 */
export async function readRegularFile(path: string): Promise<FileContent> {
  try {
    // Without O_NONBLOCK, opening a pipe that nobody writes to never returns. Windows does not have it.
    await using handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    return await readHandle(handle);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const { code } = error;
    if (code === 'ENOENT') return { kind: 'missing' };
    if (code === 'EACCES' || code === 'EPERM') return unreadable('may not be read by this user');
    return unreadable(`cannot be read (${code})`);
  }
}

async function readHandle(handle: FileHandle): Promise<FileContent> {
  const found = await handle.stat();
  if (!found.isFile()) return unreadable('is not a regular file');
  if (found.size > MAX_BYTES) return unreadable('is larger than 1 MiB');
  return { kind: 'read', bytes: await handle.readFile(), uid: found.uid, mode: found.mode };
}

const unreadable = (reason: string): FileContent => ({ kind: 'unreadable', reason });
