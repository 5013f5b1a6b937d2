import { quote } from '../quote.ts';
import { WRAPPER } from './program.ts';

/** How a hosts file can be written, and why so, as a sentence. `nobody`: not by this program, whoever is asked. */
export interface Way {
  readonly way: 'direct' | 'prompt' | 'manual';
  readonly by: 'this-user' | 'pkexec' | 'sudo-prompt' | 'hand' | 'nobody';
  readonly reason: string;
}

/** What decides how a hosts file is written. */
export interface Facts {
  readonly platform: NodeJS.Platform;
  /** The file may be written as things are. */
  readonly writable: boolean;
  /** It is the file that this computer's resolver reads; for others nobody is asked for rights. */
  readonly system: boolean;
  /** What shuts this program in, where something does. */
  readonly packaging: 'AppImage' | 'Flatpak' | 'Snap' | undefined;
  /** A desktop session, where a dialog can be shown. */
  readonly session: boolean;
  readonly pkexec: 'ready' | 'not-setuid' | 'absent';
  readonly kdesudo: boolean;
  /** The file that is to be started with more rights. */
  readonly starts: string;
  /** A path on the elevated command line that a shell on the way could take for something else. */
  readonly oddPath: string | undefined;
}

/** Decides how a hosts file is written. */
export function chooseWay(facts: Facts): Way {
  if (facts.writable) return { way: 'direct', by: 'this-user', reason: 'This user may write it.' };
  if (!facts.system) {
    return {
      way: 'manual',
      by: 'nobody',
      reason: 'This user may not write it, and it is not this computer’s own file.',
    };
  }
  if (facts.packaging !== undefined)
    return byHand(`a program in ${withArticle(facts.packaging)} cannot be started with more rights`);
  if (!facts.session) return byHand('there is no desktop session in which somebody could be asked');
  switch (facts.platform) {
    case 'linux':
      return onLinux(facts);
    case 'win32':
      return bySudoPrompt(facts, 'Windows Command Processor');
    default:
      return bySudoPrompt(facts, 'Cluster Hosts');
  }
}

function onLinux(facts: Facts): Way {
  const { pkexec, kdesudo, starts } = facts;
  // polkit's dialog names what it starts; only the wrapper has words of its own there.
  const named = starts === WRAPPER ? 'the helper of Cluster Hosts' : quote(starts);
  if (pkexec === 'ready') return { way: 'prompt', by: 'pkexec', reason: asks(named) };
  if (kdesudo) return bySudoPrompt(facts, '/bin/bash');
  return byHand(pkexec === 'absent' ? 'pkexec is not installed' : 'pkexec is not setuid root here');
}

/** It goes through shells; pkexec needs none. */
function bySudoPrompt({ oddPath }: Facts, named: string): Way {
  if (oddPath !== undefined) return byHand(`the path ${quote(oddPath)} has unusual characters`);
  return { way: 'prompt', by: 'sudo-prompt', reason: asks(named) };
}

/** A careful user wants to know what the system's dialog will say. */
function asks(named: string): string {
  return `Your system asks for an administrator’s password; its dialog names ${named}.`;
}

function byHand(why: string): Way {
  return { way: 'manual', by: 'hand', reason: `You start the last step in a terminal: ${why}.` };
}

function withArticle(packaging: string): string {
  return `${packaging.startsWith('A') ? 'an' : 'a'} ${packaging}`;
}
