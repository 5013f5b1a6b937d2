import { realpath, stat } from 'node:fs/promises';
import { dirname, normalize } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';

/**
 * Milliseconds: a burst of changes is told once, `settle` after its first; every `check` the files are compared anyway.
 * `settle` must be more than the 50 for which chokidar passes over changes that follow another one.
 */
export interface WatchTiming {
  readonly settle: number;
  readonly check: number;
}

/** `stop` ends everything; after it `onChange` is not called any more. */
export interface FileWatch {
  stop(): Promise<void>;
}

/**
 * Calls `onChange` when one of the files is not what it was: written, replaced, linked elsewhere, gone, or there at
 * last. Read them after this has resolved, so that nothing falls between. It watches their folders, because a watch on
 * a file ends with that file; and because a system's notices can cease without a word, it also looks from time to
 * time.
 */
export async function watchFiles(
  files: readonly string[],
  onChange: () => void,
  timing: WatchTiming = { settle: 200, check: 60_000 },
): Promise<FileWatch> {
  const wanted = await foldersOf(files);
  const watcher = await watchFolders(wanted);
  let before = await fingerprint(files);
  let settling: NodeJS.Timeout | undefined;
  let stopped = false;
  const compare = async () => {
    settling = undefined;
    const [now, folders] = await Promise.all([fingerprint(files), foldersOf(files)]);
    if (stopped || now === before) return;
    before = now;
    for (const folder of folders) wanted.add(folder);
    watcher.add([...folders]);
    onChange();
  };
  const look = () => {
    settling ??= setTimeout(compare, timing.settle);
  };
  watcher.on('all', look);
  const timer = setInterval(look, timing.check);
  return {
    async stop() {
      stopped = true;
      clearTimeout(settling);
      clearInterval(timer);
      await watcher.close();
    },
  };
}

/**
 * What lies in the `wanted` folders, whose number may grow; one that is not there yet is found through those above it.
 */
async function watchFolders(wanted: ReadonlySet<string>): Promise<FSWatcher> {
  const watcher = watch([...wanted], {
    // Not the recursive one: a kubeconfig may lie in the home folder.
    backend: 'native',
    ignored: (path, stats) => stats?.isDirectory() === true && !wanted.has(normalize(path)),
    followSymlinks: false,
    ignoreInitial: true,
    // Events are only hints here, so there is no sense in waiting for what becomes of a file.
    atomic: false,
  });
  // Too many watches, say. What remains is to look from time to time.
  watcher.on('error', () => {});
  await new Promise<void>(resolve => watcher.once('ready', resolve));
  return watcher;
}

/** The folders in which something happens when a file changes: its own, and that of the file a link leads to. */
async function foldersOf(files: readonly string[]): Promise<Set<string>> {
  const targets = await Promise.all(files.map(file => realpath(file).catch(() => file)));
  return new Set([...files, ...targets].map(file => dirname(file)));
}

/** Differs when what a path leads to differs, or may be read by others. */
async function fingerprint(files: readonly string[]): Promise<string> {
  const prints = files.map(async file => {
    const found = await stat(file, { bigint: true }).catch(() => undefined);
    return found === undefined ? '' : [found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join(':');
  });
  return (await Promise.all(prints)).join(' ');
}
