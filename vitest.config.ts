// How the tests run: two workers at most, because the machines that matter have two cores. The limits catch what hangs, not what is slow.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    reporters: process.env['GDO_REPORT'] === undefined ? ['default'] : ['default', ['json', { outputFile: process.env['GDO_REPORT'] }]],
  },
});
