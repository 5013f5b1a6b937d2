import { resolve } from 'node:path';
import { HostsFile } from '../hosts/hosts-file.ts';
import { stateFolder, systemHostsPath, writerPlaces } from '../paths.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';

/** The hosts file that the options name, else the system's. */
export function hostsFileFor(options: Options, io: Io): HostsFile {
  const path = options.hostsFile === undefined ? systemHostsPath(process.platform, io.env) : resolve(options.hostsFile);
  return new HostsFile(path, writerPlaces(path, stateFolder(process.platform, io.env)));
}

/** True for the file that this computer's resolver reads. */
export function isSystemFile(file: HostsFile, io: Io): boolean {
  return file.path === systemHostsPath(process.platform, io.env);
}
