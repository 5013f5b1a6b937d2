import { dirname } from 'node:path';
import { errorCode } from './read.ts';
import type { WriteOutcome } from './write.ts';

/** What came of a write that threw; `state` says how the file is now, as a sentence. */
export function explainFailure(path: string, error: unknown, state: string, platform: NodeJS.Platform): WriteOutcome {
  const inUse = platform === 'win32' ? explainInUse : () => undefined;
  return explainFolder(path, error, state) ?? inUse(path, error, state) ?? explain(path, error, state);
}

/** Where it is not the hosts file that may not be written, but what is needed beside it. */
function explainFolder(path: string, error: unknown, state: string): WriteOutcome | undefined {
  const isForbidden = ['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error));
  const { path: where, syscall } = error as NodeJS.ErrnoException;
  if (!isForbidden || where === undefined || dirname(where) === dirname(path)) return undefined;
  const folder = syscall === 'mkdir' ? where : dirname(where);
  return notPermitted(
    `Cluster Hosts may not write in ${folder}, where it keeps what it needs for a write. ${state}`,
    'Give this user the right to do so.',
  );
}

function explain(path: string, error: unknown, state: string): WriteOutcome {
  const code = errorCode(error);
  const detail = error instanceof Error ? error.message : String(error);
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      if (process.geteuid?.() === 0)
        return notPermitted(`${path} may not be written, not even by root. ${state}`, LOCKED);
      return notPermitted(`This user may not write ${path}. ${state}`, 'Run the command with the rights to write it.');
    case 'EROFS':
      return notPermitted(
        `${path} is on a read-only file system. ${state}`,
        'Add the names where this system makes the file, or name another one with --hosts-file.',
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return failed(`There is no space left to write ${path}. ${state}`, 'Make room on the disk, then try again.');
    default:
      return failed(`${path} could not be written (${detail}). ${state}`, 'Try again; if it stays so, check the disk.');
  }
}

const LOCKED = 'See cluster-hosts status: it tells what locks the file, where that can be told.';

/** Windows says EBUSY of a file that is in use; the others are either that, or a file that this user may not write. */
function explainInUse(path: string, error: unknown, state: string): WriteOutcome | undefined {
  const hint = 'Close what has it open, or have the antivirus leave this file alone; then try again.';
  switch (errorCode(error)) {
    case 'EBUSY':
      return failed(`${path} is in use by another program (an antivirus?). ${state}`, hint);
    case 'EACCES':
    case 'EPERM':
      return notPermitted(
        `This user may not write ${path}, or it is in use by another program (an antivirus?). ${state}`,
        `Run the command as an administrator. ${hint}`,
      );
    default:
      return undefined;
  }
}

function notPermitted(message: string, hint: string): WriteOutcome {
  return { outcome: 'not-permitted', message, hint };
}

export function failed(message: string, hint: string): WriteOutcome {
  return { outcome: 'failed', message, hint };
}
