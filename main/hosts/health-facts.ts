import { execFile } from 'node:child_process';
import { access, lstat, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { errorCode } from './read.ts';

/** What the system says of a hosts file. What cannot be had is `undefined`, and speaks for nothing. */
export interface HealthFacts {
  readonly platform: NodeJS.Platform;
  /** It is the file that this computer's resolver reads. */
  readonly isSystem: boolean;
  readonly stats:
    | { readonly mode: number; readonly uid: number; readonly gid: number; readonly size: number }
    | undefined;
  /** The line that `lsattr -d` (Linux) or `ls -ldnO` (macOS) has for it. */
  readonly attributes: string | undefined;
  /** Linux: the kernel's own words on its version. */
  readonly kernel: string | undefined;
  /** `''` where there is no such file. */
  readonly wslConf: string | undefined;
  readonly hasCloudInit: boolean;
}

/** Where the facts are found. */
export interface FactSources {
  readonly platform: NodeJS.Platform;
  readonly lsattr: string;
  readonly ls: string;
  readonly kernel: string;
  readonly wslConf: string;
  readonly cloudConfig: string;
  /** How long lsattr or ls may take. */
  readonly timeoutMs: number;
}

/** Of this computer. Absolute paths: whoever may change PATH shall not choose what runs here. */
export const SYSTEM_SOURCES: FactSources = {
  platform: process.platform,
  lsattr: '/usr/bin/lsattr',
  ls: '/bin/ls',
  kernel: '/proc/version',
  wslConf: '/etc/wsl.conf',
  cloudConfig: '/etc/cloud/cloud.cfg',
  timeoutMs: 500,
};

/** Gathers the facts, all at the same time. Never rejects. */
export async function gatherFacts(path: string, isSystem: boolean, sources: FactSources): Promise<HealthFacts> {
  const isLinux = isSystem && sources.platform === 'linux';
  const [stats, attributes, kernel, wslConf, hasCloudInit] = await Promise.all([
    lstat(path).catch(() => undefined),
    isSystem ? attributesOf(path, sources) : undefined,
    isLinux ? textOf(sources.kernel) : undefined,
    isLinux ? textOf(sources.wslConf) : undefined,
    isLinux && exists(sources.cloudConfig),
  ]);
  return {
    ...{ platform: sources.platform, isSystem, attributes, kernel, wslConf, hasCloudInit },
    // A link's mode is nobody's permission to write.
    stats: stats?.isFile() ? stats : undefined,
  };
}

async function attributesOf(
  path: string,
  { platform, lsattr, ls, timeoutMs }: FactSources,
): Promise<string | undefined> {
  const options = { env: { LC_ALL: 'C' }, timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 } as const;
  try {
    if (platform === 'linux') return (await run(lsattr, ['-d', '--', path], options)).stdout;
    if (platform === 'darwin') return (await run(ls, ['-ldnO', '--', path], options)).stdout;
  } catch {
    // Not installed, too slow, or a file system without attributes.
  }
  return undefined;
}

const run = promisify(execFile);

function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(error => (errorCode(error) === 'ENOENT' ? '' : undefined));
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
