import { defineConfig } from 'vitest/config';

/** Each opens a browser. */
const WINDOWS = ['tests/{e2e,standin}/**/*.test.ts', 'tests/renderer/{window,wizard}.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/{main,renderer,package}/**/*.test.ts', 'tests/*.test.ts'],
          exclude: WINDOWS,
          // Most of them wait for files, sockets and other programs.
          maxWorkers: 3,
          // The long form tries forty times as much.
          testTimeout: process.env.FULL === undefined ? 20_000 : 90_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'window',
          include: WINDOWS,
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
