import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Place, Running } from '../rooms/place.ts';

/** Polls until `condition` gives something true, and gives that; an error counts as "not yet". */
export async function waitFor<T>(what: string, condition: () => Promise<T> | T, timeoutMs = 30_000): Promise<T> {
  const until = performance.now() + timeoutMs;
  let last = '';
  while (performance.now() < until) {
    try {
      const value = await condition();
      if (value) return value;
    } catch (error) {
      if (error instanceof ProgramEnded) throw error;
      last = ` (${error instanceof Error ? error.message : String(error)})`;
    }
    await delay(25);
  }
  throw new Error(`Not so after ${timeoutMs / 1000} s: ${what}${last}`);
}

/** A program that must be running is not: waiting on would be in vain. */
class ProgramEnded extends Error {}

/** A server that can be stopped and started again; everything it prints goes to one log. */
export class Program {
  readonly name: string;
  private readonly place: Place;
  private readonly log: string;
  private readonly argv: readonly string[];
  private readonly env: Readonly<Record<string, string>>;
  private running: Running | undefined;

  constructor(place: Place, folder: string, name: string, argv: readonly string[], env: Record<string, string> = {}) {
    this.name = name;
    this.place = place;
    this.log = place.outside(`${folder}/log/${name}.log`);
    this.argv = argv;
    this.env = env;
  }

  get alive(): boolean {
    return this.running?.alive ?? false;
  }

  start(): void {
    if (this.alive) return;
    const log = openSync(this.log, 'a');
    this.running = this.place.spawn(this.argv, { stdio: ['ignore', log, log], env: this.env });
    closeSync(log);
  }

  /** As if its power were cut. */
  async stop(): Promise<void> {
    await this.running?.kill();
  }

  /** Stops it in its tracks (SIGSTOP: connections stay open, nothing answers) or lets it go on (SIGCONT). */
  async signal(signal: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    await this.running?.signal(signal);
  }

  /** Waits until it answers; the error tells the end of its log. */
  async answers(check: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
    try {
      await waitFor(`${this.name} answers`, () => (this.alive ? check() : this.ended()), timeoutMs);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${reason}\nThe end of its log:\n${await this.tail()}`, { cause: error });
    }
  }

  private async ended(): Promise<never> {
    throw new ProgramEnded(`${this.name} ended with ${await this.running?.ended}.`);
  }

  private async tail(): Promise<string> {
    const text = await readFile(this.log, 'utf8').catch(() => '');
    return text.trimEnd().split('\n').slice(-15).join('\n');
  }
}
