import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/main/**/*.test.ts', 'tests/*.test.ts'],
    testTimeout: 20_000,
  },
});
