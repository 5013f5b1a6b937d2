import { accessSync, constants } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import type { Program } from './command.ts';

/**
 * A sentence where this user may change what will be run with more rights, with the way out: then every program of this
 * user can. Nothing for root, who may anyway.
 */
export function installProblem(program: Program): string | undefined {
  if (process.geteuid?.() === 0) return undefined;
  const paths = program.filter(word => isAbsolute(word)).flatMap(path => [path, dirname(path)]);
  const open = paths.find(isWritable);
  if (open === undefined) return undefined;
  return `This user may change ${open}, which is run with administrator rights for a write. An install that only the administrator can change is safer.`;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
