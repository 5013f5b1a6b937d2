import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/main/**/*.test.ts', 'tests/*.test.ts'],
    testTimeout: process.env.FULL === undefined ? 20_000 : 120_000,
  },
});
