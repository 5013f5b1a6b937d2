import type { TestProject } from 'vitest/node';
import { whatIsMissing } from './programs/needs.ts';
import { programs } from './programs/programs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Why there can be no cluster here; empty where there can. */
    readonly missing: string;
  }
}

/** Before any test: looks whether this machine can have a cluster, and builds its programs if it can. */
export default async function setup(project: TestProject): Promise<void> {
  const missing = (await whatIsMissing()) ?? '';
  project.provide('missing', missing);
  if (missing === '') await programs();
  else process.stderr.write(`cluster: the tests with a real cluster are skipped: ${missing}.\n`);
}
