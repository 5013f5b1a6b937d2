import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemPlaces } from '../hosts/elevated/places.ts';
import { ByHand } from '../hosts/elevation/by-hand.ts';
import type { Program } from '../hosts/elevation/command.ts';
import { ElevatedWriter } from '../hosts/elevation/elevated-writer.ts';
import type { Elevator } from '../hosts/elevation/elevator.ts';
import { findPkexec, gatherFacts } from '../hosts/elevation/facts.ts';
import { installProblem } from '../hosts/elevation/install.ts';
import { Pkexec } from '../hosts/elevation/pkexec.ts';
import { helperProgram } from '../hosts/elevation/program.ts';
import { SudoPrompt } from '../hosts/elevation/sudo-prompt.ts';
import { chooseWay, type Way } from '../hosts/elevation/way.ts';
import { HostsFile } from '../hosts/hosts-file.ts';
import { stateFolder, systemHostsPath, writerPlaces } from '../paths.ts';
import type { Io, Output } from './io.ts';
import type { Options } from './options.ts';

const { platform } = process;

/** The hosts file that the options name, else the system's, with the way in which it is written. */
export function hostsFileFor(options: Options, io: Io, out: Output): HostsFile {
  const path = hostsPath(options, io);
  const way = wayTo(path, io);
  const state = stateFolder(platform, io.env);
  const isRoots = isSystemPath(path, io) && (way.way !== 'direct' || process.geteuid?.() === 0);
  const places = isRoots ? systemPlaces(platform).places : writerPlaces(path, state);
  if (way.by === 'this-user' || way.by === 'nobody') return new HostsFile(path, places);
  const program = helperProgram(platform);
  const tell =
    io.stdin.isTTY && !out.json ? (reason: string, command: string) => tellCommand(reason, command, out) : undefined;
  const byHand = new ByHand({ platform, program, reason: way.reason, tell, interrupted: io.interrupted });
  const elevated = new ElevatedWriter(path, join(state, 'plans'), elevatorFor(way, program, byHand), byHand);
  return new HostsFile(path, places, elevated);
}

/** How the hosts file that the options name can be written. */
export function hostsWay(options: Options, io: Io): Way {
  return wayTo(hostsPath(options, io), io);
}

/** What makes a write with more rights less safe than it could be, as sentences. */
export function writeProblems({ way, by }: Way): readonly string[] {
  const problem = way === 'direct' || by === 'nobody' ? undefined : installProblem(helperProgram(platform));
  return problem === undefined ? [] : [problem];
}

/** True for the file that this computer's resolver reads. */
export function isSystemFile(file: HostsFile, io: Io): boolean {
  return isSystemPath(file.path, io);
}

function hostsPath({ hostsFile }: Options, { env }: Io): string {
  return hostsFile === undefined ? systemHostsPath(platform, env) : resolve(hostsFile);
}

function wayTo(path: string, io: Io): Way {
  return chooseWay(gatherFacts(path, isHelpersFile(path), helperProgram(platform), io.env));
}

/** The helper believes no variable of where Windows is; elsewhere than in its usual place it cannot help. */
function isHelpersFile(path: string): boolean {
  const { hosts } = systemPlaces(platform);
  return platform === 'win32' ? path.toLowerCase() === hosts.toLowerCase() : path === hosts;
}

function isSystemPath(path: string, { env }: Io): boolean {
  return path === systemHostsPath(platform, env);
}

function elevatorFor({ by }: Way, program: Program, byHand: ByHand): Elevator {
  if (by === 'pkexec') return new Pkexec(findPkexec().path, program);
  if (by === 'hand') return byHand;
  const name = import.meta.url.endsWith('.ts') ? '../hosts/elevation/sudo-prompt-child.ts' : './sudo-prompt-child.js';
  return new SudoPrompt({ platform, program, child: fileURLToPath(new URL(name, import.meta.url)) });
}

function tellCommand(reason: string, command: string, out: Output): void {
  out.note(`${reason}\n\n  ${command}\n\nWaiting for it; Ctrl-C to leave it for later (it is good for an hour).`);
}
