// What `gdo check --fix` and `--fix --unsafe` change: only as shown, only where somebody says so, and never who decides, how many or by when (cli.md, check.md 6).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkBylaws, framed, lintRules, samplePath } from '../../../compiler/index.ts';
import { applyFixes } from '../../../node/cli/apply-fixes.ts';
import { compiled } from '../../compiler/bylaws-text.ts';
import { makeBench } from './virtual-world.ts';

const frame = `${framed('').trimEnd()}\n`;
const scenario = (...names: readonly string[]): string => `
scenario "Five are enough"
  given keepers are ada, benjamin, chi, dev, eve
  on day 0 ada start amendment
${names.map((name) => `  on day 1 ${name} votes yes\n`).join('')}  after 14 days
end
`;
// The second spelling is one slip away from somebody who is there, and may be somebody else.
const slipped = `${frame}${scenario('benjamin', 'benjmain')}`;
const meant = `${frame}${scenario('benjamin', 'benjamin')}`;

function read(directory: string): string {
  return readFileSync(join(directory, 'bylaws/rules.gdo'), 'utf8');
}

describe('gdo check --fix --unsafe', () => {
  it('leaves to people what --fix alone does not know', async () => {
    const bench = makeBench({ 'bylaws/rules.gdo': slipped });
    const { exit } = await bench.run('check', '--fix');
    expect([exit, read(bench.directory)]).toEqual([1, slipped]);
  });

  it('shows the lines, and without a terminal wants --yes before it writes (GDO5004)', async () => {
    const bench = makeBench({ 'bylaws/rules.gdo': slipped });
    const { exit, stderr } = await bench.run('check', '--fix', '--unsafe');
    expect([exit, read(bench.directory)]).toEqual([2, slipped]);
    expect(stderr).toContain('  -   on day 1 benjmain votes yes\n  +   on day 1 benjamin votes yes\n');
    expect(stderr).toContain('GDO5004');
  });

  it('writes what it showed, and says that the rules are the same', async () => {
    const bench = makeBench({ 'bylaws/rules.gdo': slipped });
    const { exit, stderr } = await bench.run('check', '--fix', '--unsafe', '--yes');
    expect([exit, read(bench.directory)]).toEqual([0, meant]);
    expect(stderr).toContain('  +   on day 1 benjamin votes yes\n');
    expect(stderr).toMatch(/1 problem changed as shown\.(?: The rules are the same\.)?\n/);
  });

  it('is nothing without --fix (GDO5002)', async () => {
    const { exit, stderr } = await makeBench({ 'bylaws/rules.gdo': slipped }).run('check', '--unsafe');
    expect([exit, stderr.includes('GDO5002')]).toEqual([2, true]);
  });
});

describe('a fix', () => {
  it('lays a text out as gdo fmt does, with --deep, and says that the rules are the same (GDO904)', async () => {
    const bench = makeBench({ 'bylaws/rules.gdo': frame.replace('    voters keepers', '    voters   keepers') });
    const { stderr } = await bench.run('check', '--fix', '--deep');
    expect(read(bench.directory)).toBe(frame);
    expect(stderr).toContain('1 problem fixed. The rules are the same.');
  });

  it('of any rule leaves bylaws that could be read with the rules they had', () => {
    const tried = lintRules.flatMap(({ bad, code, given }) => {
      const path = samplePath(bad);
      const before = compiled(framed(bad), undefined, path);
      const findings = [...before.diagnostics, ...checkBylaws(before, given)];
      const { texts } = applyFixes(findings, new Map([[path, framed(bad)]]), ['safe', 'unsafe']);
      return [...texts.values()].map((text) => ({ code, before: before.charter, after: compiled(text, undefined, path).charter }));
    });
    expect(tried.length).toBeGreaterThan(1);
    for (const { code, before, after } of tried) expect([code, after]).toEqual([code, before]);
  });
});
