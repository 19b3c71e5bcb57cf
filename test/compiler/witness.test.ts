// Histories behind findings: each one is played on the real engine, where nothing in it may be refused and what it promises has to come about.
import { describe, expect, it } from 'vitest';
import { framed, lintRules, playScenario, samplePath, witnessOf, witnessScenario } from '../../compiler/index.ts';
import type { ScenarioResult, Witness } from '../../compiler/index.ts';
import { compiled } from './bylaws-text.ts';

function played(fragment: string, code: string): { readonly witness: Witness; readonly result: ScenarioResult } {
  const result = compiled(framed(fragment), undefined, samplePath(fragment));
  const witness = witnessOf(result, code);
  if (witness === undefined || result.charter === undefined) throw new Error(`${code} has no history`);
  return { witness, result: playScenario(witnessScenario(witness), result.charter) };
}

const endsOf = (result: ScenarioResult): readonly string[] => result.moves.flatMap((move) => (move.ends ? [`${move.process} ${move.to}`] : []));

describe.each(lintRules.flatMap((rule) => (rule.witness === undefined ? [] : [[rule.name, rule] as const])))('the history of %s', (_name, rule) => {
  it(`is one that the engine plays to its end without refusing anything (${rule.code})`, () => {
    const { result } = played(rule.bad, rule.code);
    expect(result.failure).toBeUndefined();
    expect(result.trace.filter((line) => line.verdict === 'refused').map((line) => `${line.text}: ${line.reason}`)).toEqual([]);
  });
});

describe('what histories show', () => {
  const bad = (code: string): string => lintRules.find((rule) => rule.code === code)?.bad ?? '';

  it.each([
    ['GDO207', 'reform done'],
    ['GDO308', 'policy accepted'],
    ['GDO313', 'reform done'],
    ['GDO401', 'amendment accepted'],
    ['GDO405', 'keeping kept'],
    ['GDO406', 'policy accepted'],
    ['GDO407', 'amendment done'],
    ['GDO409', 'amendment done'],
    ['GDO704', 'expense paid'],
  ])('%s: %s', (code, end) => {
    expect(endsOf(played(bad(code), code).result).at(-1)).toBe(end);
  });

  it('GDO407: ballots are given to one person, who then changes the bylaws alone (S41)', () => {
    const { result } = played(
      `delegation proxy by keeper
  for amendment
  depth 1
  revocable until the opening
end
`,
      'GDO407',
    );
    expect(result.trace.filter((line) => line.verdict === 'refused')).toEqual([]);
    expect(result.trace.filter((line) => line.text.includes('votes yes'))).toHaveLength(1);
    expect(endsOf(result)).toEqual(['amendment done']);
  });

  it.each(['GDO402', 'GDO419'])('%s: everybody leaves who has to, and those who stay are as many as the finding says', (code) => {
    const { witness, result } = played(bad(code), code);
    expect(result.trace.filter((line) => line.text.includes('resigns'))).toHaveLength(witness.events.length);
  });
});
