import type { Settings } from '../../preload/contract.ts';
import type { SettingsFile } from '../settings/settings-file.ts';

/** The settings as a file that more than one program may change. */
export interface SettingsStore {
  readonly settings: Settings;
  /** Throws an AppError where a value may not be. */
  change(change: Partial<Settings>): Promise<void>;
  onChange(listener: (before: Settings) => void): () => void;
}

/** The settings file as the engine wants it: always there, and telling of every change, whoever made it. */
export async function openSettings(
  file: SettingsFile,
  tell: (problem: string) => void,
  check: (settings: Settings) => void,
): Promise<SettingsStore> {
  let { settings, problems } = await file.load();
  const listeners = new Set<(before: Settings) => void>();
  const set = (next: Settings) => {
    const before = settings;
    settings = next;
    if (before !== next) for (const listener of listeners) listener(before);
  };
  for (const problem of problems) tell(problem);
  await file.watch(read => {
    for (const problem of read.problems) tell(problem);
    set(read.settings);
  });
  return {
    get settings() {
      return settings;
    },
    change: async change => set(await file.change(change, check)),
    onChange: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
