import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const QUIET_MS = 5_000;

/**
 * A large first list and a stream of changes leave much garbage, which V8 keeps for as long as nothing more is asked of
 * it: for hours, in a program that mostly waits. It is collected once after each time of work, when nobody waits.
 */
export class MemoryRelease {
  #timer: NodeJS.Timeout | undefined;

  /** There was work; what it left is collected when there has been none for some seconds. */
  afterWork(): void {
    this.#timer ??= setTimeout(collect, QUIET_MS).unref();
    this.#timer.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

function collect(): void {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  if (typeof gc === 'function') gc({ type: 'major', flavor: 'last-resort' });
}
