import { describe, inject } from 'vitest';

/** A `describe` that is skipped, and says why, where there can be no cluster. */
export function describeCluster(name: string, tests: () => void): void {
  const missing = inject('missing');
  const title = missing === '' ? name : `${name} (skipped: ${missing})`;
  describe.skipIf(missing !== '')(title, tests);
}
