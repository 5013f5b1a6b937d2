import type { Laptop } from '../rooms/laptop.ts';
import { outcomeOf, Watching } from './product.ts';

/** Runs something while the product watches and writes; a failure tells what the product said. */
export async function whileWatching(laptop: Laptop, body: () => Promise<void>): Promise<void> {
  const watching = new Watching(laptop);
  try {
    await body();
    const code = await watching.interrupt();
    if (code !== 0) throw new Error(`sync --watch ended with ${code} when interrupted.`);
  } catch (error) {
    await watching.kill();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${reason}\nWhat sync --watch said:\n${watching}`, { cause: error });
  }
}

/** Takes the product's block out again, so that the next spec starts with the first bytes. */
export async function clean(laptop: Laptop): Promise<void> {
  const { outcome, message } = await outcomeOf(laptop, 'clean', '--yes');
  if (outcome !== 'done') throw new Error(`clean said ${outcome}: ${message}`);
}
