import { AppError } from '../errors.ts';
import type { ConfigFile } from './kubeconfig-entries.ts';

/**
 * Throws an {@link AppError} where root (`uid` 0) would do something on the word of a kubeconfig that others can
 * change. `deed` is what it would do: `running the program x`.
 */
export function refuseForRoot(file: ConfigFile, uid: number | undefined, deed: string): void {
  if (uid !== 0 || (file.uid === 0 && (file.mode & 0o022) === 0)) return;
  throw new AppError(
    'kubeconfig',
    `As root, ${deed} is refused: ${file.path} can be changed by others.`,
    'Run this without sudo, or use a kubeconfig that belongs to root and that only root can write.',
  );
}
