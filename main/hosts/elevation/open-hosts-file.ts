import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostsPathOf, stateFolder, systemHostsPath, writerPlaces } from '../../paths.ts';
import { isAdministrator } from '../elevated/identity.ts';
import { systemPlaces } from '../elevated/places.ts';
import { HostsFile } from '../hosts-file.ts';
import type { WriterPlaces } from '../write.ts';
import { ByHand } from './by-hand.ts';
import type { Program } from './command.ts';
import { ElevatedWriter } from './elevated-writer.ts';
import type { Elevator } from './elevator.ts';
import { findPkexec, gatherFacts, packagingOf } from './facts.ts';
import { installProblem } from './install.ts';
import { Pkexec } from './pkexec.ts';
import { helperProgram } from './program.ts';
import { SudoPrompt } from './sudo-prompt.ts';
import { chooseWay, type Way } from './way.ts';

const { platform } = process;

type Env = Readonly<Record<string, string | undefined>>;

export interface OpenOptions {
  readonly path: string;
  readonly env: Env;
  /** Tells the user the command of the last step, where it waits for it to be run; without, it is only answered. */
  readonly tell?: ((reason: string, command: string) => void) | undefined;
  /** Ends the wait for a command that was told. */
  readonly interrupted: AbortSignal;
}

/** A hosts file, with the way in which it is written. */
export function openHostsFile({ path: given, env, tell, interrupted }: OpenOptions): HostsFile {
  const path = hostsPathOf(given, platform, env);
  const way = wayTo(path, env);
  const state = stateFolder(platform, env);
  const places = placesFor(path, way, env);
  if (way.by === 'this-user' || way.by === 'nobody') return new HostsFile(path, places);
  const program = helperProgram(platform);
  const appImage = packagingOf(program, env) === 'AppImage' ? env.APPIMAGE : undefined;
  const byHand = new ByHand({ platform, program, appImage, reason: way.reason, tell, interrupted });
  const elevated = new ElevatedWriter(path, join(state, 'plans'), elevatorFor(way, program, byHand), byHand);
  return new HostsFile(path, places, elevated);
}

/** How the hosts file of a path can be written. */
export function wayTo(given: string, env: Env): Way {
  const path = hostsPathOf(given, platform, env);
  return chooseWay(gatherFacts(path, isHelpersFile(path), helperProgram(platform), env));
}

/** Where a file's backups, journal and lock are: the helper's, for whoever writes with the same rights. */
export function placesFor(
  path: string,
  { way }: Pick<Way, 'way'>,
  env: Env,
  on = { platform, isAdministrator: () => isAdministrator(platform) },
): WriterPlaces {
  const isRoots = path === systemHostsPath(on.platform, env) && (way !== 'direct' || on.isAdministrator());
  return isRoots ? systemPlaces(on.platform).places : writerPlaces(path, stateFolder(on.platform, env));
}

/** What makes a write with more rights less safe than it could be, as sentences. */
export function writeProblems({ way, by }: Way): readonly string[] {
  const problem = way === 'direct' || by === 'nobody' ? undefined : installProblem(helperProgram(platform));
  return problem === undefined ? [] : [problem];
}

/** True for the file that this computer's resolver reads. */
export function isSystemPath(path: string, env: Env): boolean {
  return hostsPathOf(path, platform, env) === systemHostsPath(platform, env);
}

/** The helper believes no variable of where Windows is; elsewhere than in its usual place it cannot help. */
function isHelpersFile(path: string): boolean {
  const { hosts } = systemPlaces(platform);
  return platform === 'win32' ? path.toLowerCase() === hosts.toLowerCase() : path === hosts;
}

function elevatorFor({ by }: Way, program: Program, byHand: ByHand): Elevator {
  if (by === 'pkexec') return new Pkexec(findPkexec().path, program);
  if (by === 'hand') return byHand;
  const name = import.meta.url.endsWith('.ts') ? './sudo-prompt-child.ts' : './sudo-prompt-child.js';
  return new SudoPrompt({ platform, program, child: fileURLToPath(new URL(name, import.meta.url)) });
}
