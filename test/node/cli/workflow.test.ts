// The workflow that `gdo init` writes, step by step as a runner takes it; its two checkouts and the build are this very tree. docs/decisions/0177.
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workflowText } from '../../../node/cli/templates/workflow.ts';
import { ensureInstallable } from './decide/built.ts';

const folder = mkdtempSync(join(tmpdir(), 'gdo-workflow-'));
const club = join(folder, 'club');
const root = fileURLToPath(new URL('../../..', import.meta.url));
const filled = { GDO_REPOSITORY: 'club/gdo', GDO_COMMIT: '0123456789abcdef0123456789abcdef01234567' };

/** The `run` of each step, in order; a step of several lines is a block below it. */
const steps: readonly string[] = workflowText
  .split(/^ {6}- /m)
  .filter((step) => step.startsWith('run: '))
  .map((step) => (step.startsWith('run: |\n') ? step.slice('run: |\n'.length).replaceAll(/^ {10}/gm, '') : (step.slice('run: '.length).split('\n')[0] ?? '')));

/** Runs steps as the site does, each in a shell of its own that ends at the first failure. @returns the last one that ran */
function play(chosen: readonly string[], settings: Readonly<Record<string, string>>): SpawnSyncReturns<string> {
  const runner = mkdtempSync(join(folder, 'runner-'));
  const paths = join(runner, 'paths');
  writeFileSync(paths, '');
  let last: SpawnSyncReturns<string> | undefined;
  for (const step of chosen) {
    const path = [...readFileSync(paths, 'utf8').split('\n').filter(Boolean), process.env['PATH'] ?? ''].join(':');
    const env = { PATH: path, HOME: folder, RUNNER_TEMP: runner, GITHUB_PATH: paths, ...settings };
    last = spawnSync('bash', ['-e', '-c', step], { cwd: club, encoding: 'utf8', env });
    if (last.status !== 0) break;
  }
  if (last === undefined) throw new Error('the workflow has no step');
  return last;
}

beforeAll(() => {
  ensureInstallable();
  mkdirSync(club);
  const init = spawnSync(process.execPath, [join(root, 'dist/gdo.js'), 'init', 'club', '--yes', '--force'], { cwd: folder, encoding: 'utf8' });
  if (init.status !== 0) throw new Error(init.stderr);
  symlinkSync(root, join(club, '.gdo-program'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('says what has to be filled in, and checks nothing before that', () => {
  for (const settings of [
    { GDO_REPOSITORY: '', GDO_COMMIT: '' },
    { ...filled, GDO_REPOSITORY: '' },
    { ...filled, GDO_COMMIT: 'main' },
  ])
    expect(play(steps, settings)).toMatchObject({
      status: 2,
      stdout: expect.stringMatching(/^::error file=\.github\/workflows\/gdo\.yml::Nothing was checked/),
    });
  expect(existsSync(join(club, '.github/workflows/gdo.yml'))).toBe(true);
});

it('takes the commit that is named, and no package by its name', () => {
  expect(steps).toContain('npm ci && node build.mjs');
  expect(workflowText).toContain('ref: ${{ env.GDO_COMMIT }}');
  expect(workflowText).not.toMatch(/npx|npm install|\bvars\.|secrets\./);
});

it('puts gdo on the path and passes on sound bylaws, and fails with an annotation on others', () => {
  const taken = steps.filter((step) => !step.startsWith('npm ci'));
  expect(play(taken, filled)).toMatchObject({ status: 0, stderr: expect.stringContaining('0 would change') });
  writeFileSync(join(club, 'bylaws/more.gdo'), 'gdo 1\n\nrole\n');
  expect(play(taken, filled)).toMatchObject({ status: 1, stdout: expect.stringMatching(/^::error file=bylaws\/more\.gdo,line=3/) });
});
