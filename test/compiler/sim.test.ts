// Trying a process out on a virtual clock: with numbers, with the fewest acts that carry it, at random, and as the history behind a finding.
import { describe, expect, it } from 'vitest';
import { checkBylaws, compileBylaws, playScenario, readWitness, simulate, simulateMany, witnessOf, witnessScenario } from '../../compiler/index.ts';
import type { SimPlan, SimResult } from '../../compiler/index.ts';
import { parseBylaws } from '../../language/index.ts';

const council = `gdo 1
organization "Test"
end
role councillor plural councillors
  held by 3 to 7 people
  first held by "ada", "ben", "chi", "dev"
  gained through election
  lost through resignation
end
area bylaws covers "bylaws/**"
process election
  started by any councillor
  step calling
    when 2 councillors endorse go to ballot
    after 14 days go to refused
  end
  vote ballot
    voters councillors
    open for 7 days
    quorum at least 3 councillors voting
    passes when more than 1/2 of votes cast are yes
    when passed go to seated
    otherwise go to refused
  end
  outcome seated
    grant councillor to the candidate
  end
end
process alone
  governs bylaws
  started by any councillor
  step notice
    after 7 days go to accepted
  end
end
`;

function compiled(text: string): ReturnType<typeof compileBylaws> {
  return compileBylaws([parseBylaws({ path: 'bylaws/a.gdo', text }).file]);
}

function play(plan: Partial<SimPlan>, name = 'election', text = council): SimResult {
  const { charter } = compiled(text);
  const process = charter?.processes.find((one) => one.name === name);
  if (charter === undefined || process === undefined) throw new Error('it does not compile');
  return simulate(charter, process, { days: 400, ...plan });
}

function story(result: SimResult): readonly string[] {
  return result.kind === 'played' ? result.played.story.map((line) => `${line.day} ${line.text}`) : [result.reason];
}

describe('a play', () => {
  it('carries the case with the fewest acts where no numbers are given, and says how close it was', () => {
    const result = play({});
    expect(result).toMatchObject({ kind: 'played', margin: 'It fails if one more stays away.', played: { outcome: 'seated', accepted: true, days: 8 } });
    expect(story(result)).toEqual([
      '0 ada proposes a case of `election`',
      '0 `calling` opens, until day 14',
      '0 It goes on to `ballot` if this happens: 2 more councillors must endorse (ada, ben, chi, dev can).',
      '0 If nobody does anything more, it is refused on day 14.',
      '1 ada: endorse',
      '1 ben: endorse',
      '1 `ballot` opens, until day 8',
      '1 It is accepted as `seated` if this happens: 3 more councillors must vote, and it works even if 1 of them does not say yes (ada, ben, chi, dev can).',
      '1 If nobody does anything more, it is refused on day 8, because the quorum is not reached.',
      '2 ada votes yes',
      '2 ben votes yes',
      '2 chi votes yes',
      '8 `election` reached `seated` (passed)',
      '8 met: quorum at least 3 councillors voting (3, needed at least 3 councillors)',
      '8 met: more than 1/2 of votes cast are yes (3 of 3, needed more than 1/2 of 3)',
      '8 accepted: `seated`',
    ]);
  });

  it('of a process that only the calendar starts begins on its day', () => {
    const yearly = council.replace('process election\n  started by any councillor', 'process election\n  starts every 1 year from 2026-09-01');
    const result = play({}, 'election', yearly);
    expect(story(result).slice(0, 2)).toEqual(['0 the calendar starts a case of `election`', '0 `calling` opens, until day 14']);
    expect(result).toMatchObject({ played: { outcome: 'seated', accepted: true, days: 8 } });
  });

  it('of a process that only a vacancy starts is none, and says why', () => {
    const vacancy = council.replace('process election\n  started by any councillor', 'process election\n  starts when any councillor is vacant');
    expect(play({}, 'election', vacancy)).toMatchObject({ kind: 'impossible', reason: expect.stringContaining('the rules alone start `election`') });
  });

  it('follows the numbers it is given, and says which requirement was not met', () => {
    const result = play({ yes: 2, no: 2 });
    expect(result).toMatchObject({ played: { outcome: 'refused', accepted: false } });
    expect(story(result)).toContain('8 not met: more than 1/2 of votes cast are yes (2 of 4, needed more than 1/2 of 4)');
    expect(play({ yes: 2, no: 1 })).toMatchObject({ margin: 'It fails if one more stays away.', played: { accepted: true } });
    expect(play({ yes: 4 })).toMatchObject({ margin: 'It would pass too if one more stayed away.' });
    expect(play({ absent: 2 })).toMatchObject({ played: { accepted: false } });
  });

  it('ends after so many days, decided or not', () => {
    const result = play({ days: 5 });
    expect(result).toMatchObject({ played: { days: 5 } });
    expect(story(result).at(-1)).toBe('5 still open at `ballot`');
  });

  it('ends where it goes round, and says after which result a stage opens', () => {
    const round = council.replace('    otherwise go to refused\n  end\n  outcome seated', '    otherwise go to calling\n  end\n  outcome seated');
    const told = story(play({ yes: 2, no: 2 }, 'election', round));
    expect(told).toContain('8 `calling` opens after `ballot` (failed), until day 22');
    expect(told.slice(-2)).toEqual([
      '96 `calling` has opened 12 times before and everybody would do the same again, so the play ends here',
      '96 still open at `calling`',
    ]);
  });

  it('has nobody hold back who says yes, and says no result of a step', () => {
    const objected = council
      .replace('    after 14 days go to refused\n', '    when 2 councillors object go to refused\n    after 14 days go to refused\n')
      .replace('    when passed go to seated\n', '    when passed go to last\n')
      .replace(
        '  outcome seated\n',
        '  step last\n    when 4 councillors endorse go to seated\n    when 3 councillors object go to refused\n    after 9 days go to refused\n  end\n  outcome seated\n',
      );
    const told = story(play({ yes: 3, no: 2 }, 'election', objected));
    expect(told.flatMap((line) => /^1 \w+: (endorse|object)/.exec(line)?.[0] ?? [])).toEqual([
      '1 ada: endorse',
      '1 ben: endorse',
      '1 chi: object',
      '1 dev: object',
    ]);
    expect(told).toContain('17 `election` reached `refused`');
  });

  it('goes on to the stage that is nearest to acceptance', () => {
    const back = council.replace(
      '    when 2 councillors endorse go to ballot\n',
      '    when 1 councillor endorses go to talk\n    after 14 days go to refused\n  end\n  step talk\n    when any councillor returns go to calling\n    when 2 councillors endorse go to ballot\n',
    );
    expect(play({}, 'election', back)).toMatchObject({ played: { outcome: 'seated' } });
  });

  it('has nobody take back their own case who says no', () => {
    const withdrawn = council.replace('    after 14 days go to refused\n', '    when the author withdraws go to refused\n    after 14 days go to refused\n');
    expect(play({ yes: 3, no: 1 }, 'election', withdrawn)).toMatchObject({ played: { outcome: 'seated' } });
  });

  it('is the same every time', () => {
    expect(story(play({ yes: 3 }))).toEqual(story(play({ yes: 3 })));
  });

  it('plays the processes of every kind of stage to an end', () => {
    const text = `gdo 1
organization "Test"
end
role member plural members
  held by anyone
end
role chair plural chairs
  held by 1 to 2 people
  gained through assembly
end
process assembly
  started by any member
  step calling
    nominations of member
    after 3 days go to gathering
  end
  meeting gathering
    called by any member
    notice 7 days
    attended by member
    open for 4 hours
    quorum at least 2 members present
    when quorate go to ballot
    otherwise go to refused
  end
  vote ballot
    voters members present
    choices the candidates
    counted by approval
    elects 1 chair
    open for 2 days
    tie lot
    when elected go to seated
    otherwise go to refused
  end
  outcome seated
    grant chair to the winners
  end
end
`;
    const { charter } = compiled(text);
    expect(charter).toBeDefined();
    const result = play({ roll: 6 }, 'assembly', text);
    expect(story(result).at(-1)).toBe('12 accepted: `seated`');
  });
});

describe('a process that spends', () => {
  const spending = (clauses: string): string => `gdo 1
organization "Test"
end
area bylaws covers "bylaws/**"
role member plural members
  held by 3 to 9 people
  first held by "ada", "ben", "chi", "dev"
  lost through resignation
end
account till in EUR with 2 decimals
  kept by any member
  limit 500.00 EUR per 30 days
end
process small
  started by any member
  spends from till up to 20.00 EUR
  step signing
    when 1 other member approves go to paid
    after 14 days go to refused
  end
  outcome paid
    pay the amount from till
  end
end
process repair
${clauses}
  spends from till up to 400.00 EUR
  step signing
    when 2 other members approve go to paid
    after 14 days go to refused
  end
  outcome paid
    pay the amount from till
  end
end
`;

  it('is played with the largest amount it decides about', () => {
    const told = story(play({}, 'repair', spending('  started by any member')));
    expect(told[0]).toBe('0 ada proposes a case of `repair`');
    expect(told.at(-1)).toBe('1 accepted: `paid`');
  });

  it('asks for no more than the account gives at once', () => {
    const limited = spending('  started by any member').replace('  kept by', '  limit 30 EUR per recipient per 30 days\n  kept by');
    expect(limited).toContain('per recipient');
    expect(story(play({}, 'repair', limited))[0]).toBe('0 ada proposes a case of `repair`');
  });

  it('that nobody can start says why of somebody whom it names', () => {
    const told = story(play({}, 'repair', spending('  started by any member within 14 days of small.paid')));
    expect(told[0]).toMatch(/^0 ada proposes a case of `repair`: refused, the process `repair` starts /);
  });
});

describe('a play of what people keep to themselves for a while', () => {
  const members =
    'gdo 1\norganization "Test"\nend\nrole member plural members\n  held by 5 people\n  first held by "ana", "bo", "cy", "dee", "eve"\n  gained through motion\n  lost through resignation\nend\n';
  const motion = (stages: string, more = ''): string => `${members}${more}process motion\n  started by any member\n${stages}end\n`;
  const results = '    when passed go to accepted\n    otherwise go to refused\n  end\n';

  it('seals ballots and opens them after the close', () => {
    const vote = `  vote ballot\n    voters members\n    ballots sealed until the close revealed within 2 days\n    open for 7 days\n    quorum at least 3 members voting\n    passes when more than 1/2 of votes cast are yes\n${results}`;
    const told = story(play({ yes: 3, no: 1 }, 'motion', motion(vote)));
    expect(told).toContain('1 ana votes yes');
    expect(told.filter((line) => line.startsWith('7 '))).toEqual([
      '7 ana opens the ballot yes',
      '7 bo opens the ballot yes',
      '7 cy opens the ballot yes',
      '7 dee opens the ballot no',
    ]);
    expect(told.at(-1)).toBe('9 accepted: `accepted`');
    expect(story(play({}, 'motion', motion(vote))).at(-1)).toBe('9 accepted: `accepted`');
  });

  it('commits and reveals the seed of a draw, and says no result of the step after it', () => {
    const draw =
      '  draw panel\n    picks 2 members except the author\n    seed committed by at least 2 members within 2 days\n    when drawn go to hearing\n    otherwise go to refused\n  end\n  step hearing\n    when 2 panel approve go to accepted\n    after 9 days go to refused\n  end\n';
    const result = play({}, 'motion', motion(draw));
    expect(story(result)).toContain('0 ana: reveal');
    expect(result).toMatchObject({
      played: {
        outcome: 'accepted',
        moves: [
          { from: 'panel', result: 'drawn' },
          { from: 'hearing', to: 'accepted' },
        ],
      },
    });
    expect(result.kind === 'played' && result.played.moves.at(-1)?.result).toBe(undefined);
  });

  it('weighs everybody alike where a collaborator would have to report the weights, and says so', () => {
    const stake = 'measure stake\n  counts stake by each member\n  reported by oracle\nend\ncollaborator oracle kept by any member\n  reports "stake"\nend\n';
    const vote = `  vote ballot\n    voters members weighted by stake\n    open for 7 days\n    quorum at least 2/5 of weight voting\n    passes when more than 1/2 of weight cast are yes\n${results}`;
    const told = story(play({}, 'motion', motion(vote, stake)));
    expect(told[0]).toBe('0 a play has no reports: everybody begins with 1 `stake`');
    expect(told.at(-1)).toBe('7 accepted: `accepted`');
  });
});

describe('many plays at random', () => {
  it('are counted by how they end, the same for one seed', () => {
    const { charter } = compiled(council);
    const [process] = charter?.processes ?? [];
    if (charter === undefined || process === undefined) throw new Error('it does not compile');
    const counts = simulateMany(charter, process, { days: 400, plays: 25, seed: 7 });
    if ('reason' in counts) throw new Error(counts.reason);
    expect(counts.ends.reduce((sum, row) => sum + row.count, 0)).toBe(25);
    expect(counts.ends.map((row) => row.end).toSorted()).toEqual(['refused', 'seated']);
    expect(simulateMany(charter, process, { days: 400, plays: 25, seed: 7 })).toEqual(counts);
    expect(simulateMany(charter, process, { days: 400, plays: 25, seed: 8 })).not.toEqual(counts);
  });
});

describe('the history behind a finding', () => {
  it('GDO401: one person starts, nobody acts, and the bylaws are changed', () => {
    const all = compiled(council);
    expect(checkBylaws(all).map((found) => found.code)).toContain('GDO401');
    const witness = witnessOf(all, 'GDO401');
    if (witness === undefined || all.charter === undefined) throw new Error('there is no history');
    const result = playScenario(witnessScenario(witness), all.charter);
    expect(result.trace.map((line) => line.text)).toEqual(['ally-1 starts alone', 'alone: notice', 'alone: accepted']);
    expect(witnessOf(all, 'GDO301')).toBeUndefined();
  });

  it('is read from JSON as it was written, and refused where it is something else', () => {
    const witness = witnessOf(compiled(council), 'GDO401');
    expect(readWitness(JSON.parse(JSON.stringify(witness)))).toEqual(witness);
    for (const bad of [
      null,
      [],
      { title: 'x' },
      { title: 'x', given: [], events: [{ kind: 'act', day: -1, people: ['a'], verb: 'start' }] },
      { title: 'x', given: [{}], events: [] },
    ])
      expect(readWitness(JSON.parse(JSON.stringify({ bad })).bad ?? {})).toBeUndefined();
  });
});
