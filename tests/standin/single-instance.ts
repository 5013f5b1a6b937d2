import { existsSync, type FSWatcher, mkdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codec } from './structured-clone.ts';

/** What an app that was started a second time tells the first. */
export interface SecondInstance {
  readonly argv: readonly string[];
  readonly folder: string;
  readonly data: unknown;
}

/** One process per folder: its number stands in a file, and those that come later leave it a note. */
export class SingleInstance {
  #folder: string | undefined;
  #watcher: FSWatcher | undefined;

  get held(): boolean {
    return this.#folder !== undefined;
  }

  /** Takes the lock, or leaves a note for the one who has it. */
  take(folder: string, data: unknown, onSecond: (second: SecondInstance) => void): boolean {
    if (this.held) return true;
    mkdirSync(folder, { recursive: true });
    if (!own(join(folder, 'owner'))) {
      leaveNote(folder, { argv: process.argv, folder: process.cwd(), data });
      return false;
    }
    this.#folder = folder;
    this.#watcher = watch(folder, (_, name) => {
      const note = name?.endsWith('.note') ? join(folder, name) : '';
      if (note === '' || !existsSync(note)) return;
      const text = readFileSync(note, 'utf8');
      rmSync(note, { force: true });
      onSecond(codec.decode(text) as SecondInstance);
    });
    this.#watcher.unref();
    return true;
  }

  release(): void {
    this.#watcher?.close();
    if (this.#folder !== undefined) rmSync(join(this.#folder, 'owner'), { force: true });
    this.#folder = undefined;
  }
}

function own(file: string): boolean {
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return true;
    } catch {
      const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
      if (owner !== 0 && isRunning(owner)) return false;
      rmSync(file, { force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function leaveNote(folder: string, second: SecondInstance): void {
  const draft = join(folder, `${process.pid}.draft`);
  writeFileSync(draft, codec.encode(second));
  renameSync(draft, join(folder, `${process.pid}.note`));
}
