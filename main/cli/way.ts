import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import type { HostsFile } from '../hosts/hosts-file.ts';

/** How a hosts file is written: `direct` by this user, `manual` by somebody with more rights. */
export type Way = 'direct' | 'manual';

export function wayOf({ path }: HostsFile): Way {
  return mayWrite(path) || mayWrite(dirname(path)) ? 'direct' : 'manual';
}

export function describeWay(way: Way): string {
  return way === 'direct' ? 'which this user may write' : 'which this user may not write';
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
