// Ctrl-C and SIGTERM in the middle of commands that write much: the process ends by the signal, and nothing half-written stays. What nobody could clear up is swept later.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepObjects } from '../../../node/git/leftovers.ts';
import { removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';
import { ensureInstallable } from './decide/built.ts';

const program = fileURLToPath(new URL('../../../bin/gdo.cjs', import.meta.url));
const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
beforeAll(() => {
  ensureInstallable();
  writeFileSync(join(folder, 'large'), randomBytes(40_000_000));
  execFileSync('git', ['init', '-q', '--bare', join(folder, 'from.git')]);
  expect(spawnSync(process.execPath, [program, 'store', 'put', join(folder, 'large')], { cwd: join(folder, 'from.git') }).status).toBe(0);
});

/** What lies in a repository that a command was in the middle of. */
function halves(repository: string): readonly string[] {
  const folders = ['.', 'objects', 'objects/pack', 'gdo', 'gdo/trails'].map((name) => join(repository, name)).filter((path) => existsSync(path));
  return folders.flatMap((path) => readdirSync(path)).filter((name) => /tmp_|gdo-[a-z]+-|draft/.test(name));
}

/** Runs a command, and sends a signal as soon as something half-written is there. @returns how it ended */
function stopped(repository: string, signal: NodeJS.Signals, words: readonly string[]): Promise<NodeJS.Signals | number | null> {
  execFileSync('git', ['init', '-q', '--bare', repository]);
  const child = spawn(process.execPath, [program, ...words], { cwd: repository, stdio: 'ignore' });
  const timer = setInterval(() => {
    if (halves(repository).length > 0) child.kill(signal);
  }, 5);
  return new Promise((resolve) => {
    child.on('exit', (code, ended) => {
      clearInterval(timer);
      resolve(ended ?? code);
    });
  });
}

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', (signal) => {
  it('while a content is put leaves nothing of it', async () => {
    const repository = join(folder, `put-${signal}.git`);
    expect(await stopped(repository, signal, ['store', 'put', join(folder, 'large')])).toBe(signal);
    expect(halves(repository)).toEqual([]);
  });

  it('while a content is fetched leaves nothing of it', async () => {
    const repository = join(folder, `fetch-${signal}.git`);
    const list = execFileSync('git', ['for-each-ref', '--format=%(refname:lstrip=3)'], { cwd: join(folder, 'from.git'), encoding: 'utf8' });
    expect(await stopped(repository, signal, ['store', 'fetch', list.trim(), '--peer', join(folder, 'from.git')])).toBe(signal);
    expect(halves(repository)).toEqual([]);
  });
});

it('what kill -9 leaves of bodies, images and trials is swept an hour later, and not while somebody writes into it', () => {
  const repository = join(folder, 'killed.git');
  execFileSync('git', ['init', '-q', '--bare', repository]);
  const hourAgo = new Date(Date.now() - 3_700_000);
  const words = ['arrival', 'image', 'spool', 'doctor'];
  for (const word of words) {
    for (const age of ['old', 'busy']) {
      const place = join(repository, `gdo-${word}-${age}`);
      mkdirSync(place);
      const file = join(place, 'inner');
      writeFileSync(file, 'x');
      if (age === 'old') utimesSync(file, hourAgo, hourAgo);
      utimesSync(place, hourAgo, hourAgo);
    }
  }
  expect(sweepObjects(repository)).toBe(words.length);
  expect(halves(repository).toSorted()).toEqual(words.map((word) => `gdo-${word}-busy`).toSorted());
  rmSync(repository, { recursive: true });
});
