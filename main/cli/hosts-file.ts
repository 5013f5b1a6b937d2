import { resolve } from 'node:path';
import { isSystemPath, openHostsFile, wayTo } from '../hosts/elevation/open-hosts-file.ts';
import type { Way } from '../hosts/elevation/way.ts';
import type { HostsFile } from '../hosts/hosts-file.ts';
import { systemHostsPath } from '../paths.ts';
import type { Io, Output } from './io.ts';
import type { Options } from './options.ts';

/** The hosts file that the options name, else the system's, with the way in which it is written. */
export function hostsFileFor(options: Options, io: Io, out: Output): HostsFile {
  const { env, interrupted } = io;
  const tell = (reason: string, command: string) =>
    out.note(`${reason}\n\n  ${command}\n\nWaiting for it; Ctrl-C to leave it for later (it is good for an hour).`);
  const path = hostsPath(options, io);
  return openHostsFile({ path, env, interrupted, tell: io.stdin.isTTY && !out.json ? tell : undefined });
}

/** How the hosts file that the options name can be written. */
export function hostsWay(options: Options, io: Io): Way {
  return wayTo(hostsPath(options, io), io.env);
}

/** True for the file that this computer's resolver reads. */
export function isSystemFile(file: HostsFile, { env }: Io): boolean {
  return isSystemPath(file.path, env);
}

function hostsPath({ hostsFile }: Options, { env }: Io): string {
  return hostsFile === undefined ? systemHostsPath(process.platform, env) : resolve(hostsFile);
}
