import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { carryOut, type World } from '../elevated/carry-out.ts';
import type { Answer, Elevator } from './elevator.ts';
import type { StagedPlan } from './stage.ts';

/** How often the answer is looked for, in ms. */
const LOOK_MS = 20;

/**
 * Stands for the system's question in tests of the whole app: a file says what the user answers (`yes`, `no`; until it
 * does, the question is open). What a yes does is the helper's own code, in this process and on a file of the test's.
 */
export class FakeElevator implements Elevator {
  readonly #answers: string;
  readonly #world: World;

  constructor(answers: string, world: World) {
    this.#answers = answers;
    this.#world = world;
  }

  async run({ token }: StagedPlan): Promise<Answer> {
    for (;;) {
      const answer = readFileSync(this.#answers, 'utf8').trim();
      if (answer === 'yes') return { answer: 'result', result: await carryOut(token, this.#world) };
      if (answer === 'no') return { answer: 'declined' };
      await sleep(LOOK_MS);
    }
  }
}
