// What the lines of a scenario mean on the real engine: heads, days of joining, refusals, roles, the reasons of a failure, and coverage.
import { describe, expect, it } from 'vitest';
import { coverageOf, framed, runScenarios, uncovered } from '../../compiler/index.ts';
import type { ScenarioResult } from '../../compiler/index.ts';
import type { Charter } from '../../engine/index.ts';
import { codesOf, compiled, findings, parsed } from './bylaws-text.ts';

const bylaws = `role guest plural guests
  held by anyone
end

role member plural members
  held by 1 to 40 people
  first held by "flo", "gil"
  gained through joining
  lost through resignation
end

process joining
  started by any person
  step waiting
    when 3 members endorse go to joined
    when any member objects go to ballot
    after 30 days go to refused
  end
  vote ballot
    voters members
    open for 7 days
    quorum at least 1/2 of members voting
    passes when more than 1/2 of votes cast are yes
    when passed go to joined
    otherwise go to refused
  end
  outcome joined
    grant member to the candidate
  end
end

process policy
  started by any member who joined at least 90 days ago
  step review
    when 2 other members approve go to accepted
    after 10 days go to refused
    after 30 days go to refused
  end
end

`;

function play(...scenarios: readonly (readonly string[])[]): { readonly charter: Charter; readonly results: readonly ScenarioResult[] } {
  const text = framed(`${bylaws}${scenarios.map((lines, index) => `scenario "it ${index}"\n  ${lines.join('\n  ')}\nend\n`).join('\n')}`);
  const { charter, diagnostics } = compiled(text);
  if (charter === undefined) throw new Error(diagnostics.map((found) => found.message).join('; '));
  return { charter, results: runScenarios([parsed(text)], charter) };
}

/** What one scenario says: `passed`, or the message of its failure. */
function said(...lines: readonly string[]): string {
  const [result] = play(lines).results;
  return result?.failure?.message ?? 'passed';
}

/** Who did what, in order, refused acts marked. */
function deeds(...lines: readonly string[]): readonly string[] {
  const [result] = play(lines).results;
  if (result?.passed !== true) throw new Error(result?.failure?.message);
  return result.trace.flatMap((line) => (line.verdict === 'ok' ? [line.text] : line.verdict === 'refused' ? [`${line.text} REFUSED`] : []));
}

describe('heads in a scenario', () => {
  it('are the people named, then first holders where none are, then made-up ones', () => {
    expect(deeds('given 4 members', 'on day 0 dee starts joining', 'on day 1 3 members endorse')).toEqual([
      'dee starts joining',
      'flo: endorse',
      'gil: endorse',
      'member-1: endorse',
    ]);
    expect(deeds('given members are ana', 'given 2 members', 'on day 0 dee starts joining', 'on day 1 2 members endorse').slice(1)).toEqual([
      'ana: endorse',
      'member-1: endorse',
    ]);
    expect(deeds('given 1 member', 'on day 0 dee starts joining', 'on day 1 1 member objects').slice(1)).toEqual(['flo: object']);
  });

  it('keep a made-up person under its name when a line uses it', () => {
    expect(said('given members are ana', 'given 3 members', 'on day 0 dee starts joining', 'on day 1 member-2 objects', 'expect ballot')).toBe('passed');
    expect(said('given members are member-2', 'given 2 members', 'on day 0 dee starts joining', 'on day 1 2 members endorse', 'expect waiting')).toBe('passed');
  });

  it('are everybody in the ledger for an open role, and for people', () => {
    const lines = ['given members are ana, bo', 'given 10 guests', 'on day 0 dee starts joining'];
    // Five keepers, two members, the one who starts, and two made-up ones; none of them but the members may endorse.
    expect(said(...lines, 'on day 1 10 people endorse', 'expect joining is waiting')).toBe('passed');
    expect(said(...lines, 'on day 1 10 guests endorse', 'expect joining is waiting')).toBe('passed');
    expect(said(...lines, 'on day 1 11 people endorse', 'expect joining is waiting')).toBe(
      'This line asks for 11, and of the 10 who hold `person` only 10 have not done so (`endorse`) in this stage yet',
    );
  });

  it('act once for each verb in each stage of a case', () => {
    const lines = ['given members are ana', 'given 9 members', 'on day 0 dee starts joining', 'on day 1 ana objects', 'on day 2 5 members vote yes'];
    expect(deeds(...lines, 'on day 3 3 members vote no', 'after 7 days', 'expect joined').slice(2)).toEqual([
      ...[1, 2, 3, 4, 5].map((number) => `member-${number} votes yes`),
      ...[6, 7, 8].map((number) => `member-${number} votes no`),
    ]);
    expect(said(...lines, 'on day 3 5 members vote no')).toBe(
      'This line asks for 5, and of the 9 who hold `member` only 4 have not done so (`vote`) in this stage yet',
    );
  });

  it('come from people whom no line names, and others from people without an act in the case', () => {
    const lines = ['given members are ana, bo, cy', 'given 5 members', 'on day 0 ana starts joining about dee'];
    expect(deeds(...lines, 'on day 1 2 members endorse', 'on day 2 cy objects', 'on day 3 other members vote yes').slice(1)).toEqual([
      'bo: endorse',
      'member-1: endorse',
      'cy: object',
      'member-2 votes yes',
    ]);
    expect(said(...lines, 'on day 1 5 other members endorse')).toBe(
      'This line asks for 5, and of the 5 who hold `member` only 4 have done nothing in this case yet',
    );
  });

  it('cannot be fewer than the people named, nor more than a scenario holds', () => {
    expect(said('given members are ana, bo, cy', 'given 2 members', 'on day 0 dee starts joining')).toBe(
      'This line counts 2 in `member`, and the scenario names 3: ana, bo, cy',
    );
    expect(said('given 60001 members', 'on day 0 dee starts joining')).toBe('A scenario holds at most 60000 people');
    expect(said('given 999999999999 members', 'on day 0 dee starts joining')).toBe('A scenario holds at most 60000 people');
  });

  it('may be none on the first day, but nobody acts as none', () => {
    expect(said('given 0 members', 'on day 0 flo starts joining', 'expect flo does not hold member')).toBe('passed');
    expect(said('on day 0 dee starts joining', 'on day 1 0 members endorse')).toBe('This line means nobody: it counts 0');
  });

  it('may start cases', () => {
    expect(deeds('given 3 members joined 2026-01-01', 'on day 0 1 member starts policy', 'on day 1 2 other members approve', 'expect accepted')).toEqual([
      'flo starts policy',
      'gil: approve',
      'member-1: approve',
    ]);
  });
});

describe('the day people joined', () => {
  it('decides what rules ask of it, for one person, for a role and for heads', () => {
    expect(said('given members are ana', 'on 2027-06-01 ana starts policy', 'expect refusal GDO1040')).toBe('passed');
    expect(said('given members are ana', 'given ana joined 2027-03-04', 'on 2027-06-01 ana starts policy', 'expect refusal GDO1040')).toBe('passed');
    expect(said('given members are ana', 'given ana joined 2027-03-03', 'on 2027-06-01 ana starts policy', 'expect review')).toBe('passed');
    expect(said('given member joined 2027-03-03', 'on 2027-06-01 flo starts policy', 'expect review')).toBe('passed');
    expect(said('given 5 members joined 2027-03-03', 'on 2027-06-01 member-3 starts policy', 'expect review')).toBe('passed');
  });

  it('is not after the first day', () => {
    expect(said('given ana joined 2027-06-02', 'on 2027-06-01 ana starts policy')).toBe(
      'Nobody can have joined on 2027-06-02: the scenario begins on 2027-06-01',
    );
  });
});

describe('an expected refusal', () => {
  it('is about every act of the last line', () => {
    const lines = ['given 3 members', 'on day 0 dee starts joining'];
    expect(said(...lines, 'on day 1 dee endorses', 'expect refusal', 'expect refusal GDO1040')).toBe('passed');
    expect(said(...lines, 'on day 1 dee, flo endorse', 'expect refusal')).toBe('Expected a refusal, and the rules took "flo: endorse"');
    expect(said(...lines, 'on day 1 dee endorses', 'expect refusal GDO1051')).toMatch(
      /^Expected a refusal with GDO1051, and "dee: endorse" was refused with GDO1040: to endorse here is for .*`dee` is not among them$/,
    );
    expect(said(...lines, 'on day 1 3 members endorse', 'on day 2 flo endorses', 'expect refusal GDO1051', 'expect joined')).toBe('passed');
    expect(said('given 3 members', 'on day 0 dee starts policy', 'expect refusal GDO1040', 'expect policy is refused')).toBe('passed');
    expect(said('expect refusal')).toBe('Expected a refusal, and nobody did anything before this line');
  });

  it('names a code that a refusal can have', () => {
    const scenario = (code: string): string => framed(`${bylaws}scenario "it"\n  on day 0 dee starts joining\n  expect refusal ${code}\nend\n`);
    expect(codesOf(scenario('GDO1051')).filter((code) => code === 'GDO101')).toEqual([]);
    expect(findings(scenario('GDO1054x')).filter((line) => line.startsWith('GDO101'))).toHaveLength(1);
    expect(findings(scenario('GDO301')).filter((line) => line.startsWith('GDO101'))).toHaveLength(1);
  });
});

describe('an expected role', () => {
  it('is looked at when the line comes', () => {
    const lines = ['given 3 members', 'on day 0 dee starts joining', 'expect dee does not hold member', 'on day 1 3 members endorse'];
    expect(said(...lines, 'expect dee holds member', 'expect dee holds guest')).toBe('passed');
    expect(said(...lines, 'on day 2 dee resigns member', 'expect dee does not hold member')).toBe('passed');
    expect(said(...lines, 'expect dee does not hold member')).toBe(
      '`dee` holds `member`; the case of `joining` ended as `joined`; decided in `waiting` by `3 members endorse` (has 3 (flo, gil, member-1), needs 3); not reached: `any member objects` (has 0, needs 1)',
    );
    expect(said('given 3 members', 'on day 0 dee starts joining', 'on day 1 flo endorses', 'expect dee holds member')).toBe(
      '`dee` does not hold `member`; the case of `joining` is in `waiting`, due 2027-01-31T00:00Z; still needed: `3 members endorse` (has 1 (flo), needs 3); `any member objects` (has 0, needs 1)',
    );
    expect(said('on day 0 dee starts joining', 'expect bo holds member')).toBe('Nobody in this scenario is called `bo`');
  });
});

describe('a failure', () => {
  it('says which line of the bylaws decided, what it counted, and what the others lacked', () => {
    const lines = ['given 9 members', 'on day 0 dee starts joining'];
    expect(said(...lines, 'on day 1 2 members endorse', 'after 30 days', 'expect joined')).toBe(
      'Expected `joined`, and the case of `joining` ended as `refused`; decided in `waiting` by `after 30 days`; not reached: `3 members endorse` (has 2 (flo, gil), needs 3); `any member objects` (has 0, needs 1)',
    );
    expect(said(...lines, 'on day 1 1 member objects', 'expect joined')).toMatch(
      /^Expected `joined`, and the case of `joining` is in `ballot`, due .*; decided in `waiting` by `any member objects` \(has 1 \(flo\), needs 1\); not reached: `3 members endorse` \(has 0, needs 3\); still needed: /,
    );
    expect(said(...lines, 'on day 1 1 member objects', 'on day 2 5 members vote yes', 'after 7 days', 'expect refused')).toMatch(
      /^Expected `refused`, and the case of `joining` ended as `joined` \(passed\); decided in `ballot` by `passed` \(has .*\)$/,
    );
  });
});

describe('coverage', () => {
  it('counts the stages cases stood in and the ways they took, over all scenarios', () => {
    const lines = ['given 9 members', 'on day 0 dee starts joining'];
    const { charter, results } = play(
      [...lines, 'on day 1 3 members endorse', 'expect joined'],
      [...lines, 'on day 1 1 member objects', 'after 7 days', 'expect refused'],
      [...lines, 'expect waiting'],
    );
    const coverage = coverageOf(charter, results);
    const joining = coverage.find((one) => one.process === 'joining');
    expect(joining?.stages).toEqual([
      { stage: 'waiting', times: 3 },
      { stage: 'ballot', times: 1 },
      { stage: 'joined', times: 1 },
      { stage: 'refused', times: 1 },
    ]);
    expect(joining?.ways).toEqual([
      { from: 'waiting', to: 'joined', rule: '3 members endorse', times: 1 },
      { from: 'waiting', to: 'ballot', rule: 'any member objects', times: 1 },
      { from: 'waiting', to: 'refused', rule: 'after 30 days', times: 0 },
      { from: 'ballot', to: 'joined', rule: 'passed', times: 0 },
      { from: 'ballot', to: 'refused', rule: 'otherwise', times: 1 },
    ]);
    expect(uncovered(coverage.filter((one) => one.process === 'joining' || one.process === 'policy'))).toEqual([
      '`joining`, from `waiting` to `refused`: after 30 days',
      '`joining`, from `ballot` to `joined`: passed',
      '`policy` as a whole',
    ]);
  });

  it('tells lines apart that lead to the same stage', () => {
    const { charter, results } = play(['given 3 members joined 2026-01-01', 'on day 0 1 member starts policy', 'after 10 days', 'expect refused']);
    expect(
      coverageOf(charter, results)
        .find((one) => one.process === 'policy')
        ?.ways.map((way) => way.times),
    ).toEqual([0, 1, 0]);
  });
});

describe('points on a ballot in a scenario', () => {
  const scored = (...lines: readonly string[]): string => {
    const text = framed(`process painting
  started by any keeper
  vote ballot
    voters keepers
    choices red, green
    counted by score from 0 to 5 with unscored lowest
    open for 7 days
    quorum at least 2 keepers voting
    tie fails
    when won go to accepted
    otherwise go to refused
  end
end

scenario "points"
  ${lines.join('\n  ')}
end
`);
    const { charter } = compiled(text);
    if (charter === undefined) throw new Error('does not compile');
    const [result] = runScenarios([parsed(text)], charter);
    return result?.failure?.message ?? 'passed';
  };
  const lines = ['on day 0 ada starts painting', 'on day 1 ada votes red 5, green 4', 'on day 1 ben votes green 3 "a reason"'];

  it('are given option by option, and decide', () => {
    expect(scored(...lines, 'after 7 days', 'expect winner is green')).toBe('passed');
    expect(scored(...lines, 'after 7 days', 'expect winner is red')).not.toBe('passed');
  });

  it('are refused outside the range', () => {
    expect(scored('on day 0 ada starts painting', 'on day 1 ada votes red 6', 'expect refusal GDO1052')).toBe('passed');
  });
});

describe('a ballot', () => {
  const strike = (sealed: string): string =>
    `role docker plural dockers\n  held by 3 people\n  first held by "ada", "ben", "chi"\n  gained through strike\n  lost through resignation\nend\nprocess strike\n  started by any docker\n  vote ballot\n    voters dockers\n    choices strike, work\n    open for 7 days\n${sealed}    passes as called when at least 2/3 of votes cast are strike\n    when called go to down\n    otherwise go to refused\n  end\n  outcome down\n    grant docker to the candidate\n  end\nend\n`;
  const played = (sealed: string, ...lines: readonly string[]): ScenarioResult | undefined => {
    const text = framed(
      `${strike(sealed)}scenario "it"\n  on day 0 ada starts strike about ada\n  on day 1 ada, ben vote strike\n  ${lines.join('\n  ')}\n  expect strike is down\nend\n`,
    );
    const { charter } = compiled(text);
    return charter === undefined ? undefined : runScenarios([parsed(text)], charter)[0];
  };

  it('may say a choice that is called like its process', () => {
    expect(played('', 'on day 1 chi votes work', 'after 7 days')).toMatchObject({ passed: true });
  });

  it('that is sealed is told as what it says', () => {
    const result = played('    ballots sealed until the close revealed within 2 days\n', 'on day 7 ada, ben reveal', 'after 3 days');
    expect(result).toMatchObject({ passed: true });
    expect(result?.trace.map((line) => line.text)).toContain('ada votes strike, sealed');
  });
});

describe('a line without a case', () => {
  it('says why what should have been one was not started', () => {
    expect(said('on day 0 gil start policy', 'on day 1 flo approve')).toMatch(
      /^There is no case this line could be about: the start of `policy` was refused, because the process `policy` is started by any member who joined at least 90 days ago, and `gil` is not$/,
    );
    expect(said('on day 0 ada start removal', 'on day 1 ben vote yes')).toMatch(
      /the process `removal` needs a subject; say about whom: {2}on day 1 ana starts \.\.\. about bo$/,
    );
    expect(said('on day 1 flo report "arrears"')).toMatch(/^Say what is reported of whom: /);
  });
});

describe('what a line tells', () => {
  it('names whom a case and an act are about', () => {
    const texts = (...lines: readonly string[]): readonly string[] => play(lines).results[0]?.trace.map(({ text }) => text) ?? [];
    expect(texts('on day 0 ada start removal about ben', 'on day 1 ada, chi vote yes')[0]).toBe('ada starts removal about ben');
    expect(texts('on day 0 hal start joining')[0]).toBe('hal starts joining');
  });
});

describe('a meeting', () => {
  const assembly = `process policy
  started by any keeper
  meeting assembly
    called by any keeper within 30 days
    notice 7 days
    attended by keepers
    open for 3 hours
    quorum at least 1/2 of keepers present
    when quorate go to accepted
    otherwise go to refused
  end
end
`;
  const told = (...lines: readonly string[]): readonly string[] => {
    const text = framed(`${assembly}\nscenario "it"\n  ${lines.join('\n  ')}\nend\n`);
    const { charter } = compiled(text);
    if (charter === undefined) throw new Error('it does not compile');
    const [result] = runScenarios([parsed(text)], charter);
    return [...(result?.trace.map((line) => line.text) ?? []), result?.failure?.message ?? 'passed'];
  };

  it('begins as soon as its notice allows, or when its call says', () => {
    expect(told('on day 0 ada start policy', 'on day 1 ada call')).toContain('ada: call, it begins 2027-01-09T00:00Z');
    const late = told(
      'on day 0 ada start policy',
      'on day 1 ada call "2027-01-20T19:00Z"',
      'on 2027-01-20 at 19:30 ada, ben, chi attend',
      'after 4 hours',
      'expect policy is accepted',
    );
    expect([late[2], late.at(-1)]).toEqual(['ada: call, it begins 2027-01-20T19:00Z', 'passed']);
  });

  it('does not begin at a moment that is none, nor before its notice is over', () => {
    expect(told('on day 0 ada start policy', 'on day 1 ada call "2027-02-30T19:00Z"').at(-1)).toMatch(/^There is no moment `2027-02-30T19:00Z`; /);
    expect(told('on day 0 ada start policy', 'on day 1 ada call "2027-01-03T19:00Z"', 'expect refusal').at(-1)).toBe('passed');
  });
});
