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

  const refusals = (result: ScenarioResult): readonly string[] => result.trace.filter((line) => line.verdict === 'refused').map((line) => line.text);

  it.each(['', '  day ends "UTC-12"\n'])('GDO407: a meeting is called for a moment, and whoever certifies says who was there', (dayEnds) => {
    const { result } = played(
      `organization "Example"
${dayEnds}end

role member plural members
  held by anyone
  first held by "ada", "ben", "chi", "dev", "eve", "fay", "gil", "hal", "ivy"
  gained through joining
  lost through resignation
end

role secretary
  held by 1 person
  first held by "ada"
  gained through keeping
  lost through resignation
end

process joining
  started by any member
  step review
    when 1 other member approves go to joined
    after 30 days go to refused
  end
  outcome joined
    grant member to the candidate
  end
end

process amendment
  governs bylaws
  started by 3 members
  meeting assembly
    called by the secretary within 30 days
    notice 14 days
    attended by members certified by the secretary
    open for 4 hours
    quorum at least 1/3 of members present
    when quorate go to ballot
    otherwise go to refused
  end
  vote ballot
    voters members present
    open for 4 hours
    quorum at least 1/3 of members voting
    passes when at least 3/4 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
      'GDO407',
    );
    expect([refusals(result), endsOf(result).at(-1)]).toEqual([[], 'amendment accepted']);
  });

  it('GDO407: allies are there as long as the vote asks, also where they only remove others', () => {
    const text = `role member plural members
  held by anyone
  first held by "ada", "ben", "chi", "dev", "eve", "fay", "gil", "hal", "ivy"
  gained through keeping
  lost through resignation or ban
end

process ban
  started by any member
  about members
  step review
    when 1 other member approves go to gone
    after 30 days go to refused
  end
  outcome gone
    remove member from the subject
  end
end

process amendment
  governs bylaws
  started by any member
  vote ballot
    voters members who joined at least 30 days ago
    open for 7 days
    quorum at least 2/3 of members voting
    passes when at least 2/3 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`;
    const { result } = played(text, 'GDO407');
    expect([refusals(result), endsOf(result).at(-1)]).toEqual([[], 'amendment accepted']);
  });

  it('GDO308: whom a case is about holds the office that it is about, and a roll brings forward as many as start it', () => {
    const text = `gdo 1
organization "Example"
end
area bylaws covers "bylaws/**"

role keeper plural keepers
  held by 5 to 9 people
  first held by "ada", "ben", "chi", "dev", "eve"
  gained through keeping
  lost through resignation
  while short only keeping, amendment
end

process amendment
  governs bylaws
  started by any keeper
  step review
    when 4 other keepers approve go to accepted
    after 30 days go to refused
  end
end

role member plural members
  held by anyone
  gained through joining
  lost through resignation or 1 year without activity
end

role steward plural stewards
  held by 3 to 12 people
  first held by "ada", "ben", "chi"
  gained through joining
  lost through resignation or recall
  while short only joining
end

process joining
  started by any person
  step review
    when 2 keepers approve go to joined
    after 30 days go to refused
  end
  outcome joined
    grant member to the candidate
    grant steward to the candidate
  end
end

process keeping
  started by any keeper
  step review
    when 3 other keepers approve go to kept
    after 30 days go to refused
  end
  outcome kept
    grant keeper to the candidate
  end
end

process recall
  started by at least 50 members
  about stewards
  vote ballot
    voters keepers
    open for 14 days
    quorum at least 1/2 of keepers voting
    passes when more than 1/2 of votes cast are yes
    when passed go to out
    otherwise go to refused
  end
  outcome out
    remove steward from the subject
  end
end
`;
    const { result } = played(text, 'GDO308');
    expect([refusals(result), endsOf(result).at(-1)]).toEqual([[], 'recall out']);
  });

  it.each(['GDO402', 'GDO419'])('%s: everybody leaves who has to, and those who stay are as many as the finding says', (code) => {
    const { witness, result } = played(bad(code), code);
    expect(result.trace.filter((line) => line.text.includes('resigns'))).toHaveLength(witness.events.length);
  });
});
