import { copyFile, mkdir, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Settings } from '../../preload/contract.ts';
import { type FileWatch, type WatchTiming, watchFiles } from '../cluster/kubeconfig-watch.ts';
import { readRegularFile } from '../cluster/regular-file.ts';
import { AppError } from '../errors.ts';
import { DEFAULT_SETTINGS } from './defaults.ts';
import type { ReadSettings } from './settings.ts';

interface Known extends ReadSettings {
  /** Changes whenever the file does. */
  readonly stamp: string;
  /** Why the file must not be written over. */
  readonly refusal?: AppError;
}

/** The settings on disk. Window and command line may both have one open: each looks again before it changes anything. */
export class SettingsFile {
  readonly path: string;
  #known: Known | undefined;
  /** What whoever watches knows. */
  #told: Settings = DEFAULT_SETTINGS;
  #last: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.path = path;
  }

  /**
   * The settings of this moment, the defaults where there are none. A file that is no JSON stays as it is until
   * the next change. Does not throw; what could not be used is told in `problems`.
   */
  async load(): Promise<ReadSettings> {
    const { settings, problems } = await this.#inTurn(() => this.#look());
    return { settings, problems };
  }

  /**
   * Changes some of the settings, and saves them if that makes a difference. `check` may throw for settings that do not
   * go together; whatever throws, nothing is changed. Throws an {@link AppError}.
   */
  change(change: unknown, check: (settings: Settings) => void = () => {}): Promise<Settings> {
    return this.#inTurn(async () => {
      const known = await this.#look();
      if (known.refusal !== undefined) throw known.refusal;
      const { changeSettings } = await import('./settings.ts');
      const settings = changeSettings(known.settings, change);
      if (settings === known.settings) return settings;
      check(settings);
      await save(this.path, settings, known.problems.length > 0);
      this.#known = undefined;
      this.#told = settings;
      return settings;
    });
  }

  /** Calls `onChange` when somebody else changed the settings. */
  async watch(onChange: (read: ReadSettings) => void, timing?: WatchTiming): Promise<FileWatch> {
    let stopped = false;
    const tell = async () => {
      const read = await this.load();
      if (stopped || isDeepStrictEqual(read.settings, this.#told)) return;
      this.#told = read.settings;
      onChange(read);
    };
    const watch = await watchFiles([this.path], tell, timing);
    this.#told = (await this.load()).settings;
    return {
      stop: () => {
        stopped = true;
        return watch.stop();
      },
    };
  }

  async #look(): Promise<Known> {
    const stamp = await stampOf(this.path);
    if (this.#known?.stamp !== stamp) this.#known = { stamp, ...(await read(this.path)) };
    return this.#known;
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(task, task);
    this.#last = turn;
    return turn;
  }
}

async function stampOf(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found === undefined ? '' : [found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join(':');
}

async function read(path: string): Promise<Omit<Known, 'stamp'>> {
  const content = await readRegularFile(path);
  if (content.kind === 'missing') return { settings: DEFAULT_SETTINGS, problems: [] };
  if (content.kind === 'unreadable') {
    const message = `The settings are not used: ${path} ${content.reason}.`;
    const refusal = new AppError('settings', message, 'Correct the file or its permissions, or move it away.');
    return { settings: DEFAULT_SETTINGS, problems: [message], refusal };
  }
  const document = parseJson(content.bytes);
  if (document === undefined) return { settings: DEFAULT_SETTINGS, problems: [damaged(path)] };
  // Only here: most calls of the command line have no settings, and the schema takes longer to load than they to run.
  const { parseSettings } = await import('./settings.ts');
  return parseSettings(document);
}

/** `undefined` for what is no JSON object. */
function parseJson(bytes: Buffer): object | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString().replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** It may also be one that another program is writing: only a change of ours touches it. */
function damaged(path: string): string {
  const kept = `Before the next change it is kept as ${basename(path)}.bak.`;
  return `The settings in ${path} are damaged, so the default ones are used. ${kept}`;
}

/** `keepOld`: something in the file is not understood, and would be lost. */
async function save(path: string, settings: Settings, keepOld: boolean): Promise<void> {
  const [{ default: writeFileAtomic }, { printSettings }] = await Promise.all([
    import('write-file-atomic'),
    import('./settings.ts'),
  ]);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    if (keepOld) await copyFile(path, `${path}.bak`).catch(ignoreMissing);
    await writeFileAtomic(path, printSettings(settings), { mode: 0o600 });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
    const message = `The settings could not be saved: ${path} cannot be written${code}.`;
    throw new AppError('settings', message, 'Check the permissions of its folder, and that the disk is not full.', {
      cause,
    });
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
