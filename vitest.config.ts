// How the tests run: two workers at most, because the machines that matter have two cores. The limits catch what hangs, not what is slow.
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';
import { decidingFiles } from './test/measure/deciding.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** What these try has no state of its own and no world around it: their files share the modules of a worker, which every other file loads anew. */
const pure = ['language', 'compiler', 'engine', 'reference', 'stdlib', 'rules'].map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  // As the build writes it in: what is signed names the version, so the story has one end whoever plays it.
  define: { GDO_VERSION: JSON.stringify(version) },
  test: {
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      { extends: true, test: { name: 'world', include: ['test/**/*.test.ts'], exclude: pure } },
    ],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    globalSetup: ['test/run-folder.ts'],
    sequence: { sequencer: LongestFirst },
    // `npm run coverage`: of the files that decide, whose figure is kept (docs/decisions/0142).
    coverage: { include: [...decidingFiles], reporter: ['text'], reportOnFailure: true, thresholds: { branches: 95 } },
    reporters: process.env['GDO_REPORT'] === undefined ? ['default'] : ['default', ['json', { outputFile: process.env['GDO_REPORT'] }]],
  },
});
