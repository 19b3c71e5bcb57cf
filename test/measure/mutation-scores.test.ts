import { expect, it } from 'vitest';
import type { ReportedFile } from './mutation-scores.ts';
import { scoreOf, scoresText } from './mutation-scores.ts';

const place = (line: number): ReportedFile['mutants'][number]['location'] => ({ start: { line, column: 1 }, end: { line, column: 2 } });
const report = (...statuses: readonly string[]): ReportedFile => ({
  source: statuses.map((_, line) => `${line}`).join('\n'),
  mutants: statuses.map((status, at) => ({ replacement: 'x', status, location: place(at + 1) })),
});
const asked = { digest: 'd', judges: 'j', share: 1 };
const shown = (score: ReturnType<typeof scoreOf>): string | undefined =>
  scoresText({ 'engine/cast.ts': score }, () => true)
    .split('\n')
    .find((line) => line.startsWith('| engine/cast.ts'));

it('counts what no test runs among what nobody notices, also where no test runs anything', () => {
  expect(scoreOf(asked, report('Killed', 'NoCoverage'))).toMatchObject({ mutants: 2, noticed: 1 });
  expect(scoreOf(asked, report('NoCoverage', 'NoCoverage'))).toMatchObject({ mutants: 2, noticed: 0 });
});

it('tells a run that was cut off from one that judged all it was asked for, and from a sample', () => {
  const whole = scoreOf(asked, report('Killed', 'Survived', 'Timeout', 'CompileError'));
  expect(whole).toMatchObject({ mutants: 3, noticed: 2, survivors: [{ line: 2, was: '1', becomes: 'x' }] });
  expect(shown(whole)).toBe('| engine/cast.ts | 3 | 2 | 1 | 0 | 0 | 66.7 % | 66.7 % |');
  const cut = scoreOf({ ...asked, isCut: true }, report('Killed', 'RuntimeError', 'RuntimeError'));
  expect(cut).toMatchObject({ mutants: 1, noticed: 1, outOf: 3, isCut: true });
  expect(shown(cut)).toBe('| engine/cast.ts (cut off, of 3) | 1 | 1 | 0 | 0 | 0 | 100.0 % | 100.0 % |');
  const sample = scoreOf({ ...asked, share: 0.5 }, report('Killed', 'RuntimeError'));
  expect(sample).toMatchObject({ mutants: 1, outOf: 2, share: 0.5 });
  expect(sample.isCut).toBeUndefined();
  expect(shown(sample)).toContain('(of 2)');
  expect(scoreOf({ ...asked, isCut: true }, report('Killed')).isCut, 'the time ran out after the last one').toBeUndefined();
});
