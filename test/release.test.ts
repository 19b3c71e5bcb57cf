// The tag of a release as an operator checks it: by real keys and real git (T39).
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeFolder, temporaryFolder } from './node/ledger/small-ledger.ts';
import { writeTestKey } from './nodes/running.ts';

const script = fileURLToPath(new URL('../release.mjs', import.meta.url));
const folder = temporaryFolder();
const file = (name: string): string => join(folder, name);
afterAll(() => removeFolder(folder));

function git(...words: readonly string[]): string {
  return execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...words], { cwd: folder, encoding: 'utf8' });
}

function release(...words: readonly string[]): { readonly status: number | null; readonly text: string } {
  const environment = { ...process.env, GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@example.org' };
  const ended = spawnSync(process.execPath, [script, ...words], { cwd: folder, encoding: 'utf8', env: environment });
  return { status: ended.status, text: ended.stdout + ended.stderr };
}

beforeAll(() => {
  git('init', '-q', '--initial-branch=main');
  git('commit', '-q', '--allow-empty', '-m', 'First');
  for (const name of ['ada', 'eve']) writeTestKey(file(name), name);
  writeFileSync(file('signers'), `ada@example.org ${readFileSync(file('ada.pub'), 'utf8')}`);
  writeFileSync(file('gdo.tgz'), 'the package');
  writeFileSync(file('other.tgz'), 'the package, changed');
});

const verify = (tag: string, archive = 'gdo.tgz'): ReturnType<typeof release> => release('verify', tag, archive, '--signers', file('signers'));

it('T39: a signed tag names the bytes of one package, and holds for these only', () => {
  expect(release('sign', 'v1.0.0', 'gdo.tgz', '--key', file('ada'))).toMatchObject({ status: 0 });
  expect(verify('v1.0.0')).toMatchObject({ status: 0, text: expect.stringContaining('is its package') });
  expect(verify('v1.0.0', 'other.tgz')).toMatchObject({ status: 1, text: expect.stringContaining('is not the package that v1.0.0 names') });
});

it('T39: a tag by a stranger, without a signature, of another name, or whose text was changed does not hold', () => {
  expect(release('sign', 'v1.0.1', 'gdo.tgz', '--key', file('eve'))).toMatchObject({ status: 0 });
  expect(verify('v1.0.1')).toMatchObject({ status: 1, text: expect.stringContaining('is not signed by anybody') });
  git('tag', '-a', '-m', git('for-each-ref', '--format=%(contents)', 'refs/tags/v1.0.0'), 'v1.0.2');
  expect(verify('v1.0.2').status).toBe(1);
  git('update-ref', 'refs/tags/v1.0.3', 'refs/tags/v1.0.0');
  expect(verify('v1.0.3')).toMatchObject({ status: 1, text: expect.stringContaining('another name') });
  const text = git('cat-file', 'tag', 'v1.0.0').replace('gdo 1.0.0', 'gdo 1.0.9');
  const changed = execFileSync('git', ['hash-object', '-t', 'tag', '-w', '--stdin'], { cwd: folder, input: text, encoding: 'utf8' }).trim();
  git('update-ref', 'refs/tags/v1.0.0', changed);
  expect(verify('v1.0.0').status).toBe(1);
  expect(verify('v9.9.9').status).toBe(1);
});

it('Called without what it needs it says how, and makes no tag', () => {
  for (const words of [
    [],
    ['sign', 'v2.0.0', 'gdo.tgz'],
    ['sign', '--force', 'gdo.tgz', '--key', 'ada'],
    ['verify', 'v2.0.0', 'gdo.tgz'],
    ['burn', 'v2.0.0', 'gdo.tgz'],
  ])
    expect(release(...words), words.join(' ')).toMatchObject({ status: 2, text: expect.stringContaining('usage') });
  expect(release('--help').status).toBe(0);
  expect(git('tag', '-l', 'v2*')).toBe('');
});
