import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/cluster/**/*.test.ts'],
    globalSetup: ['tests/cluster/setup.ts'],
    // Each file has a cluster of its own, and two at once would only measure each other.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // The names of skipped tests say why, and annotations say how long things took.
    reporters: ['verbose'],
  },
});
