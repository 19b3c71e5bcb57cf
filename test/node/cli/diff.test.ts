// `gdo diff` on folders and git revisions: sentences for people, a list for comments, one document for machines, and exit codes.
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { framed } from '../../../compiler/index.ts';
import { makeBench } from './virtual-world.ts';
import type { Bench } from './virtual-world.ts';

const old = framed('');
const easier = old
  .replace('at least 3/4 of votes cast', 'at least 1/2 of votes cast')
  .replace(
    'are yes\n    when passed go to done\n    otherwise go to refused\n  end\n  outcome done\n    accept',
    'are yes\n    tie fails\n    when passed go to done\n    otherwise go to refused\n  end\n  outcome done\n    accept',
  );
const titled = old.replace('process keeping\n', 'process keeping "A <b>title</b> by @somebody, see http://example.org"\n');

function git(bench: Bench, ...words: readonly string[]): void {
  const own = ['-c', 'user.name=ana', '-c', 'user.email=ana@example.org', '-c', 'init.defaultBranch=main'];
  execFileSync('git', [...own, ...words], {
    cwd: bench.directory,
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    stdio: 'ignore',
  });
}

/** A repository whose second commit has other bylaws than the first, and whose files are the third text. */
function repository(second: string, files: string): Bench {
  const bench = makeBench({ 'bylaws/a.gdo': old });
  git(bench, 'init', '-q');
  git(bench, 'add', '.');
  git(bench, 'commit', '-q', '-m', 'One');
  bench.write('bylaws/a.gdo', second);
  git(bench, 'commit', '-q', '--allow-empty', '-am', 'Two');
  bench.write('bylaws/a.gdo', files);
  return bench;
}

it('compares two revisions in sentences', async () => {
  const { exit, stdout } = await repository(easier, easier).run('diff', 'HEAD~1..HEAD');
  expect(exit).toBe(0);
  expect(stdout).toContain(`Easier  amendment: ballot, passes
  - It passes when at least three quarters of the votes cast, abstentions left out, are yes.
  + It passes when at least half of the votes cast, abstentions left out, are yes.
`);
});

it('compares a revision with the files here, and two folders, and says where nothing changes', async () => {
  const bench = repository(old, easier);
  expect((await bench.run('diff', 'main')).stdout).toContain('Easier  amendment: ballot, passes');
  expect((await bench.run('diff', 'main..')).stdout).toContain('Easier  amendment: ballot, passes');
  expect((await bench.run('diff', 'main~1..main')).stdout).toBe('Nothing changes: both sides mean the same.\n');
  const folders = makeBench({ 'one..more/a.gdo': old, 'two/a.gdo': easier });
  expect((await folders.run('diff', 'one..more..two')).stdout).toContain('Easier  amendment: ballot, passes');
  expect((await folders.run('diff', 'one..more', 'two')).stdout).toContain('Easier  amendment: ballot, passes');
});

it('fails on what `--fail-on` names, and on nothing else', async () => {
  const bench = makeBench({ 'a/a.gdo': old, 'b/a.gdo': easier, 'c/a.gdo': titled });
  expect((await bench.run('diff', 'a..b', '--fail-on', 'easier')).exit).toBe(1);
  expect((await bench.run('diff', 'b..a', '--fail-on', 'easier')).exit).toBe(0);
  expect((await bench.run('diff', 'a..c', '--fail-on', 'power')).exit).toBe(0);
  expect((await bench.run('diff', 'a..c', '--fail-on', 'wording')).exit).toBe(2);
});

it('is one document for machines', async () => {
  const bench = makeBench({ 'a/a.gdo': old, 'b/a.gdo': easier });
  const report = JSON.parse((await bench.run('diff', 'a..b', '--json')).stdout);
  expect(report).toMatchObject({ schema: 'gdo-diff/1', before: { name: 'a' }, after: { name: 'b' } });
  expect(report.changes[0]).toMatchObject({ kind: 'easier', path: ['amendment', 'ballot', 'passes'] });
  expect(report.before.hash).not.toBe(report.after.hash);
});

it('escapes in Markdown what a title could smuggle into a comment', async () => {
  const bench = makeBench({ 'a/a.gdo': old, 'c/a.gdo': titled });
  const { stdout } = await bench.run('diff', 'a..c', '--format', 'markdown');
  expect(stdout).toMatch(/^- \*\*Wording:\*\* keeping: title/m);
  expect(stdout).not.toMatch(/<b>|@somebody|http:\/\//);
});

it('says with a code what cannot be compared', async () => {
  const bench = makeBench({ 'a/a.gdo': old, 'b/a.gdo': 'gdo 1\nrole x\n', 'empty/readme.txt': '' });
  expect(await bench.run('diff')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5003') });
  expect(await bench.run('diff', 'a..b')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO2013') });
  expect(await bench.run('diff', 'a..nowhere')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5003') });
  expect(await bench.run('diff', 'a..empty')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5012') });
  expect(await bench.run('diff', 'a..../..')).toMatchObject({ exit: 2, stderr: expect.stringMatching(/GDO50(?:03|14)/) });
  expect(await bench.run('diff', 'a..a', '--retally')).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5020') });
});
