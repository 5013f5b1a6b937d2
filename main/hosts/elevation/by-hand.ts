import { copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LONGEST_MS } from '../elevated/request.ts';
import { commandForHand, type Program } from './command.ts';
import type { Answer, Elevator } from './elevator.ts';
import type { StagedPlan } from './stage.ts';

/** To whom the command is told, and how long it is worth waiting for what comes of it. */
export interface ByHandOptions {
  readonly platform: NodeJS.Platform;
  readonly program: Program;
  /** The AppImage that the program is in. */
  readonly appImage?: string | undefined;
  /** Why nobody is asked by a dialog, as a sentence. */
  readonly reason: string;
  /** Shows the command to somebody who may run it now; `undefined` where nobody is there. */
  readonly tell: ((reason: string, command: string) => void) | undefined;
  readonly interrupted: AbortSignal;
}

const LOOK_MS = 250;

/** The user runs the helper: the one way that needs nothing of this computer but its own terminal. */
export class ByHand implements Elevator {
  readonly #options: ByHandOptions;

  constructor(options: ByHandOptions) {
    this.#options = options;
  }

  async run({ token, path }: StagedPlan, isDone: () => boolean, reason = this.#options.reason): Promise<Answer> {
    const { platform, appImage, tell, interrupted } = this.#options;
    const program =
      appImage === undefined ? this.#options.program : programIn(appImage, this.#options.program, dirname(path));
    const command = commandForHand([...program, token], platform);
    tell?.(reason, command);
    const until = performance.now() + LONGEST_MS;
    while (tell !== undefined && !isDone() && !interrupted.aborted && performance.now() < until) {
      await delay(LOOK_MS, undefined, { signal: interrupted }).catch(() => undefined);
    }
    return { answer: 'left-to-hand', reason, command };
  }
}

/** Root may not look into the mount of an AppImage, but may start it: on a copy of the helper, beside the plan. */
function programIn(appImage: string, program: Program, folder: string): Program {
  const copy = join(folder, 'helper.cjs');
  copyFileSync(program.at(-1) ?? '', copy);
  return ['/usr/bin/env', 'ELECTRON_RUN_AS_NODE=1', appImage, copy];
}
