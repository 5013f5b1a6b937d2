import { defineConfig } from 'vitest/config';

/** Each opens a browser. */
const WINDOWS = ['tests/{e2e,standin}/**/*.test.ts', 'tests/renderer/{window,wizard}.test.ts'];

const FULL = process.env.FULL !== undefined;

/**
 * Not on the main paths: each screen by itself, the wizard beyond its way through the demo, and the app while it is
 * edited. The long form has them.
 */
const ASIDE = ['tests/e2e/{screens,dev,installation,wizard}.test.ts', 'tests/renderer/{window,wizard}.test.ts'];

/** They start programs, or change what belongs to the process: its umask, its signals, its open sockets. */
const PROCESSES = ['tests/main/{cli,engine,hosts,probe}/**/*.test.ts', 'tests/package/**/*.test.ts'];

// Most of them wait for files, sockets and other programs. The long form tries forty times as much.
const PATIENCE = { maxWorkers: 3, testTimeout: FULL ? 90_000 : 20_000, hookTimeout: 30_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/{main,renderer}/**/*.test.ts'],
          exclude: [...WINDOWS, ...PROCESSES],
          // One process for many files: half of their time was the start of one for each.
          isolate: false,
          ...PATIENCE,
        },
      },
      { test: { name: 'processes', include: PROCESSES, ...PATIENCE } },
      {
        test: {
          name: 'window',
          include: WINDOWS,
          exclude: FULL ? [] : ASIDE,
          // The specs run the app as it is shipped.
          globalSetup: ['tests/e2e/build.ts'],
          maxWorkers: 3,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
