// Ties of votes to their end: chains of rules, deciders who say nothing or leave the question open, lots; in a vote alone and in a joint (S37, S38, S124).
import { describe, expect, it } from 'vitest';
import { fromHex, lotOrder, lotSeed, readCase, stateRoot, type Json } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee'];

const bylaws = (stages: string): string => `gdo 1
organization "Ties"
end
role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by 0 to 2 people
end
process motion
  started by any member
${stages}end
`;

const ends = '    when passed go to accepted\n    when elected go to accepted\n    when won go to accepted\n    otherwise go to refused\n';
const plain = (tie: string): string =>
  `  vote ballot\n    voters members\n    open for 7 days\n    passes when more than 1/2 of votes cast are yes\n    tie ${tie}\n${ends}  end\n`;
const counted = (tie: string, more = ''): string =>
  `  vote ballot\n    voters members\n    choices red, blue, green\n${more}    counted by approval\n    open for 7 days\n    tie ${tie}\n${ends}  end\n`;

/** A vote that is closed at day 7 with these ballots, two against two or as given. */
function closed(stages: string, chairs: readonly string[], ballots: readonly Json[] = ['yes', 'yes', 'no', 'no']): Organization {
  const org = found(bylaws(stages), { member: people, chair: chairs });
  const { propose, ballot } = notesFor(org);
  org.epoch(0, propose('ana', 'motion'));
  const { verdicts } = org.epoch(hour, ...ballots.map((choice, index) => ballot(people[index] ?? '', 1, choice)));
  expect(verdicts).toEqual(ballots.map(() => 'ok'));
  org.epoch(7 * day);
  return org;
}

const declare = (org: Organization, by: string, ...about: readonly string[]): ReturnType<ReturnType<typeof notesFor>['act']> =>
  notesFor(org).act(by, 1, 'declare', { about: about.length === 1 ? (about[0] ?? '') : about });
const winners = (org: Organization): readonly string[] | undefined => readCase(org.state(), org.view(1).id)?.winners;
const level: readonly Json[] = [['red'], ['red'], ['blue'], ['blue']];

describe('the decider of a tie (S37)', () => {
  it('says passed or failed within the time of the vote, a week at most', () => {
    for (const [said, outcome] of [
      ['passed', 'accepted'],
      ['failed', 'refused'],
    ] as const) {
      const org = closed(plain('decided by any chair then lot'), ['cy']);
      expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 14 * day });
      expect(org.epoch(8 * day, declare(org, 'bo', said)).verdicts).toEqual(['GDO1040']);
      expect(org.epoch(8 * day, notesFor(org).act('cy', 1, 'approve')).verdicts).toEqual(['GDO1050']);
      expect(org.epoch(8 * day, declare(org, 'cy', 'perhaps')).verdicts).toEqual(['GDO1052']);
      expect(org.epoch(8 * day, declare(org, 'cy', said)).verdicts).toEqual(['ok']);
      expect(org.view(1).outcome).toBe(outcome);
    }
  });

  it('has that time from the close, however late a checkpoint comes after it', () => {
    const org = found(bylaws(plain('decided by any chair then fails')), { member: people, chair: ['cy'] });
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    org.epoch(hour, ballot('bo', 1, 'yes'), ballot('dee', 1, 'no'));
    org.epoch(9 * day);
    expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 14 * day });
  });

  it('is passed over where nobody is one: the next rule follows at once', () => {
    expect(closed(plain('decided by any chair then fails'), []).view(1).outcome).toBe('refused');
    const lot = closed(plain('decided by any chair then lot'), []);
    expect(lot.view(1).status).toBe('open');
    lot.epoch(7 * day + hour);
    expect(lot.view(1).status).not.toBe('open');
  });

  it('who says nothing in time is followed by the next rule, and that by the one after it', () => {
    const org = closed(plain('decided by any chair then decided by any member then fails'), ['cy']);
    org.epoch(14 * day - 1);
    expect(org.view(1).status).toBe('open');
    org.epoch(14 * day);
    // Whoever is concerned as the author decides nothing here.
    expect(org.view(1)).toMatchObject({ status: 'open', acts: [{ verb: 'declare', people: ['bo', 'cy', 'dee'] }] });
    expect(org.epoch(14 * day, declare(org, 'ana', 'passed'), declare(org, 'dee', 'passed')).verdicts).toEqual(['GDO1040', 'ok']);
    expect(org.view(1).outcome).toBe('accepted');
  });

  it('orders options of a counted vote, the best first, and only options of it', () => {
    const org = closed(counted('decided by any chair then fails'), ['cy'], level);
    expect(org.view(1)).toMatchObject({ status: 'open' });
    expect(org.epoch(8 * day, declare(org, 'cy', 'black')).verdicts).toEqual(['GDO1052']);
    expect(org.epoch(8 * day, declare(org, 'cy', 'blue', 'red')).verdicts).toEqual(['ok']);
    expect([org.view(1).outcome, winners(org)]).toEqual(['accepted', ['blue']]);
  });

  it.each([
    ['fails', 'refused'],
    ['decided by any member then fails', 'open'],
  ])('whose order leaves the question open has decided nothing: the rule after it follows: %s', (next, status) => {
    const org = closed(counted(`decided by any chair then ${next}`), ['cy'], level);
    expect(org.epoch(8 * day, declare(org, 'cy', 'green')).verdicts).toEqual(['ok']);
    expect(org.view(1).status).toBe(status);
    if (status !== 'open') return;
    expect(org.epoch(9 * day, declare(org, 'dee', 'red', 'blue')).verdicts).toEqual(['ok']);
    expect(winners(org)).toEqual(['red']);
  });
});

describe('the time of a decider (S37)', () => {
  it.each([
    ['that of the vote where it is shorter than a week', 3, 6],
    ['a week where the vote was open for longer', 10, 17],
  ])('is %s', (_, open, until) => {
    const org = found(bylaws(plain('decided by any chair then fails').replace('7 days', `${open} days`)), { member: people, chair: ['cy'] });
    org.epoch(0, notesFor(org).propose('ana', 'motion'));
    org.epoch(hour, notesFor(org).ballot('ana', 1, 'yes'), notesFor(org).ballot('bo', 1, 'no'));
    org.epoch(open * day);
    expect([org.view(1).status, org.view(1).dueMs]).toEqual(['open', until * day]);
  });

  it('is never over before it has begun: a checkpoint long after the close leaves the next instant', () => {
    const org = found(bylaws(plain('decided by any chair then fails')), { member: people, chair: ['cy'] });
    org.epoch(0, notesFor(org).propose('ana', 'motion'));
    org.epoch(hour, notesFor(org).ballot('ana', 1, 'yes'), notesFor(org).ballot('bo', 1, 'no'));
    org.epoch(30 * day);
    expect([org.view(1).status, org.view(1).dueMs]).toEqual(['open', 30 * day + 1]);
  });
});

describe('a tie rule', () => {
  it('has nothing to do where one more says yes, or one more says no', () => {
    expect(closed(plain('fails'), [], ['yes', 'yes', 'no', 'abstain']).view(1).outcome).toBe('accepted');
    expect(closed(plain('decided by any chair then lot'), ['cy'], ['yes', 'no', 'no', 'abstain']).view(1).outcome).toBe('refused');
    expect(closed(plain('decided by any chair then lot'), ['cy'], ['yes', 'no', 'abstain', 'abstain']).view(1).status).toBe('open');
  });
});

describe('a lot (S38)', () => {
  /** How often a tied vote passes by lot, over cases that differ in their ids only. */
  const passes = (cases: number): number => {
    const org = found(bylaws(plain('lot')), { member: people, chair: [] });
    const { propose, ballot } = notesFor(org);
    org.epoch(0, ...Array.from({ length: cases }, () => propose('ana', 'motion')));
    for (let number = 1; number <= cases; number += 1)
      org.epoch(number, ballot('ana', number, 'yes'), ballot('bo', number, 'yes'), ballot('cy', number, 'no'), ballot('dee', number, 'no'));
    org.epoch(7 * day);
    org.epoch(8 * day);
    return Array.from({ length: cases }, (_, index) => org.view(index + 1).outcome).filter((outcome) => outcome === 'accepted').length;
  };

  it('passes some votes and fails others', () => {
    const passed = passes(24);
    expect(passed).toBeGreaterThan(4);
    expect(passed).toBeLessThan(20);
  });

  it('gives a counted vote one of the tied, never another', () => {
    const org = closed(counted('lot'), [], level);
    expect(org.view(1).status).toBe('open');
    // ledger.md section 11: anybody can work the seed out from the checkpoint before.
    const seed = lotSeed(fromHex(stateRoot(org.state())) ?? new Uint8Array(), org.view(1).id, '1');
    const [first = 0] = lotOrder(seed, ['red', 'blue'], [0, 1]);
    org.epoch(8 * day);
    expect(org.view(1).outcome).toBe('accepted');
    expect(winners(org)).toEqual([['red', 'blue'][first]]);
  });
});

describe('a tie in a vote of a joint', () => {
  const joint = (tie: string, which = 'all', other = tie): string => `  joint both
    vote colour
      voters members
      choices red, blue, green
      counted by approval
      open for 7 days
      tie ${tie}
    end
    vote people
      voters members
      open for 7 days
      passes when more than 1/2 of votes cast are yes
      tie ${other}
    end
    when ${which} pass go to accepted
    otherwise go to refused
  end
`;

  /** Closes a joint in which the second vote is tied. */
  const both = (tie: string, chairs: readonly string[], which = 'all', other = tie): Organization => {
    const org = found(bylaws(joint(tie, which, other)), { member: people, chair: chairs });
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    const entries = org.view(1).acts.map(({ entry }) => entry ?? 0);
    const cast = (vote: number, choices: readonly Json[]): ReturnType<typeof ballot>[] =>
      choices.map((choice, index) => ballot(people[index] ?? '', 1, choice, { stage: entries[vote] ?? 0 }));
    const given = [...cast(0, level), ...cast(1, ['yes', 'yes', 'no', 'no'])];
    expect(org.epoch(hour, ...given).verdicts).toEqual(given.map(() => 'ok'));
    org.epoch(7 * day);
    return org;
  };

  it('that nobody may decide goes on to the next rule, as does one whose decider is silent', () => {
    expect(both('decided by any chair then fails', []).view(1).outcome).toBe('refused');
    const silent = both('decided by any chair then fails', ['cy']);
    expect(silent.view(1)).toMatchObject({ status: 'open', dueMs: 14 * day });
    silent.epoch(14 * day);
    expect(silent.view(1).outcome).toBe('refused');
  });

  it('that an order leaves open goes on to the next rule', () => {
    const org = both('decided by any chair then lot', ['cy']);
    const stages = org.view(1).acts.map(({ entry }) => entry ?? 0);
    expect(stages).toHaveLength(2);
    const { act } = notesFor(org);
    expect(org.epoch(8 * day, act('cy', 1, 'declare', { about: 'green', stage: stages[0] ?? 0 })).verdicts).toEqual(['ok']);
    expect(org.view(1).status).toBe('open');
    expect(org.epoch(9 * day, act('cy', 1, 'declare', { about: 'failed', stage: stages[1] ?? 0 })).verdicts).toEqual(['ok']);
    org.epoch(10 * day);
    expect(org.view(1).outcome).toBe('refused');
  });

  it('goes to the next one who may decide it where the first rule names nobody', () => {
    const org = both('decided by any chair then decided by any member though concerned then fails', []);
    expect(org.view(1).acts.map(({ verb, by }) => `${verb} ${by}`)).toEqual(['declare any member', 'declare any member']);
  });

  it('has failed where no rule breaks it', () => {
    const text = bylaws(joint('fails', 'any', 'decided by any chair then fails')).replace('      tie fails\n', '');
    const org = found(text, { member: people, chair: ['cy'] });
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    const [colour = 0, other = 0] = org.view(1).acts.map(({ entry }) => entry ?? 0);
    const given = (stage: number, choices: readonly Json[]): ReturnType<typeof ballot>[] =>
      choices.map((choice, index) => ballot(people[index] ?? '', 1, choice, { stage }));
    org.epoch(hour, ...given(colour, level), ...given(other, ['yes', 'yes', 'no', 'no']));
    org.epoch(7 * day);
    expect(readCase(org.state(), org.view(1).id)?.votes.map(({ result, waits }) => [result, waits])).toEqual([
      ['failed', undefined],
      [undefined, 'tie'],
    ]);
  });

  it('says to people what it waits for', () => {
    const said = (tie: string): readonly unknown[] => {
      const org = found(bylaws(joint(tie)), { member: people, chair: ['cy'] });
      const { propose, ballot } = notesFor(org);
      org.epoch(0, propose('ana', 'motion'));
      const entry = org.view(1).acts[1]?.entry ?? 0;
      org.epoch(hour, ...people.map((member, index) => ballot(member, 1, index < 2 ? 'yes' : 'no', { stage: entry })));
      return org.epoch(7 * day).notices.map(({ kind, result, reason }) => [kind, result, reason]);
    };
    expect(said('lot')).toContainEqual(['waiting', 'tied', 'the tie in `people` is broken by lot at the next checkpoint']);
    expect(said('decided by any chair then fails')).toContainEqual(['waiting', 'tied', 'the tie in `people` waits to be decided']);
  });

  it('is settled for the vote that it is about, by an order or by lot, and its result is kept', () => {
    const results = (org: Organization): readonly unknown[] | undefined => readCase(org.state(), org.view(1).id)?.votes.map(({ result }) => result);
    const decided = both('decided by any chair then fails', ['cy'], 'any');
    const [colour = 0] = decided.view(1).acts.map(({ entry }) => entry ?? 0);
    decided.epoch(8 * day, notesFor(decided).act('cy', 1, 'declare', { about: ['blue', 'red'], stage: colour }));
    // `won` is no pass in a joint (S125), and the other vote still waits.
    expect([decided.view(1).status, results(decided)]).toEqual(['open', ['won', undefined]]);
    const drawn = both('lot', ['cy'], 'any', 'decided by any chair then fails');
    drawn.epoch(8 * day);
    expect([drawn.view(1).status, results(drawn)]).toEqual(['open', ['won', undefined]]);
  });

  it('is broken by lot vote by vote, and the joint ends once both are', () => {
    const org = both('lot', []);
    expect(org.view(1).status).toBe('open');
    org.epoch(8 * day);
    expect(['accepted', 'refused']).toContain(org.view(1).outcome);
  });
});
