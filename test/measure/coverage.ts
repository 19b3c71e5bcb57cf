// Branches of the files that decide, under the tests that judge them: runs vitest, which prints the table and fails below the threshold of vitest.config.ts.
import { spawnSync } from 'node:child_process';
import { decidingGroups } from './deciding.ts';

/** Engine against reference on charters and streams by chance: it meets what nobody wrote a test for. */
const byChance = 'test/reference/differential.test.ts';

/** Runs the tests of all groups once. Counts by chance are fewer than in `npm test`: a branch is met by the first of them or by none. @returns the exit code */
export function runCoverage(): number {
  const tests = [...new Set(decidingGroups.flatMap((group) => group.tests)), byChance];
  const run = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--coverage', ...tests], {
    stdio: 'inherit',
    env: { ...process.env, GDO_TRIALS: '200' },
  });
  return run.status ?? 1;
}
