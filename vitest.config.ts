// How the tests run: two workers at most, because the machines that matter have two cores.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    reporters: process.env['GDO_REPORT'] === undefined ? ['default'] : ['default', ['json', { outputFile: process.env['GDO_REPORT'] }]],
  },
});
