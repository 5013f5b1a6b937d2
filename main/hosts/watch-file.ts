import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { HostsFile } from './hosts-file.ts';

/** fs.watch is known to fall silent; this often the file is looked at whatever it says. */
const LOOK_MS = 60_000;

/**
 * Calls back when somebody else changed the file. Watches the folder: a file that is replaced is another file. Gives
 * the function that ends it.
 */
export function watchHostsFile(file: HostsFile, onChange: () => void): () => void {
  const look = () => {
    if (file.hasChanged()) onChange();
  };
  const name = basename(file.path);
  // A folder that cannot be watched is still looked at now and then.
  const watcher = tryWatch(dirname(file.path), changed => {
    if (changed === null || changed === name) look();
  });
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    watcher?.close();
  };
}

function tryWatch(folder: string, onEvent: (name: string | null) => void) {
  try {
    const watcher = watch(folder, { persistent: false }, (_, name) => onEvent(name));
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
