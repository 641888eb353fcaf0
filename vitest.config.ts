import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/hulp/diensten.ts'],
    reporters: ['default', './test/hulp/slotregel.ts'],
    // Every test file has its own database; two files at a time is what two cores carry.
    maxWorkers: 2,
    // Modules and compiled schemas are loaded once per worker: no test file changes what it did not make itself.
    isolate: false,
    setupFiles: ['test/hulp/schoon.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
