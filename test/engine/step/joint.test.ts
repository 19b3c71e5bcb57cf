// Votes of a joint that do not end when they close: a second call of one of them, and ties that a lot or a decider breaks.
import { describe, expect, it } from 'vitest';
import { outlookSentences, readCase, redecide } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee'];

const bylaws = (houses: string, which = 'all'): string => `gdo 1
organization "Two houses"
end
role member plural members
  held by 1 to 9 people
  lost through resignation
end
role guard plural guards
  held by 1 to 5 people
end
process motion
  started by any member
  joint both
${houses}    when ${which} pass go to accepted
    otherwise go to refused
  end
end
`;

const house = (name: string, voters: string, more: string): string =>
  `    vote ${name}\n      voters ${voters}\n      open for 7 days\n      ballots final\n${more}      passes when more than 1/2 of votes cast are yes\n    end\n`;

const quorum = '      quorum at least 3 members voting\n      second call after 2 days quorum at least 2 members voting\n';

function opened(text: string): Organization {
  const org = found(text, { member: people, guard: ['eve', 'fay'] });
  org.epoch(0, notesFor(org).propose('ana', 'motion'));
  return org;
}

/** Casts the same ballot for several people in one vote of the joint. */
function cast(org: Organization, atMs: number, vote: string, choice: string, ...by: readonly string[]): readonly string[] {
  const { ballot } = notesFor(org);
  const entry = org.view(1).acts.find((act) => act.verb === 'vote' && act.by === vote)?.entry ?? 0;
  return org.epoch(atMs, ...by.map((member) => ballot(member, 1, choice, { stage: entry }))).verdicts;
}

const sentences = (org: Organization): readonly string[] => outlookSentences(org.state(), org.view(1).id, (atMs) => `on day ${atMs / day}`);

describe('a second call of one vote of a joint (S48, S101)', () => {
  const text = bylaws(house('people', 'members', quorum) + house('keepers', 'guards', ''));

  it('opens that vote alone once more, from nothing and with its own quorum, while the other keeps its result', () => {
    const org = opened(text);
    expect(cast(org, day, 'guard', 'yes', 'eve', 'fay')).toEqual(['ok', 'ok']);
    expect(cast(org, day, 'member', 'yes', 'ana', 'bo')).toEqual(['ok', 'ok']);
    org.epoch(7 * day);
    expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 9 * day });
    expect(org.view(1).acts).toEqual([]);
    expect(sentences(org)).toContain('`people` had no quorum and is called once more.');
    org.epoch(9 * day);
    expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 16 * day });
    expect(org.view(1).acts).toMatchObject([{ verb: 'vote', by: 'member', done: [] }]);
    expect(cast(org, 10 * day, 'member', 'yes', 'ana', 'bo')).toEqual(['ok', 'ok']);
    org.epoch(16 * day);
    expect(org.view(1).outcome).toBe('accepted');
  });

  it('is the last: a quorum that fails again fails the joint', () => {
    const org = opened(text);
    cast(org, day, 'guard', 'yes', 'eve');
    org.epoch(7 * day);
    org.epoch(9 * day);
    cast(org, 10 * day, 'member', 'yes', 'ana');
    org.epoch(16 * day);
    expect(org.view(1)).toMatchObject({ status: 'refused' });
  });

  it('takes no ballot between the calls, and none for the instance that is over', () => {
    const org = opened(text);
    const first = org.view(1).acts[0]?.entry ?? 0;
    cast(org, day, 'guard', 'yes', 'eve');
    org.epoch(7 * day);
    const { ballot } = notesFor(org);
    expect(org.epoch(8 * day, ballot('ana', 1, 'yes', { stage: first })).verdicts).toEqual(['GDO1052']);
    org.epoch(9 * day);
    expect(org.epoch(10 * day, ballot('ana', 1, 'yes', { stage: first })).verdicts).toEqual(['GDO1051']);
  });

  it('freezes the roster of that vote anew (S11)', () => {
    const org = opened(text);
    cast(org, day, 'guard', 'yes', 'eve');
    org.epoch(8 * day, { by: 'dee', kind: 'resign', body: { role: 'member' } });
    org.epoch(9 * day);
    expect(org.view(1).acts).toMatchObject([{ people: ['ana', 'bo', 'cy'] }]);
  });

  it('lowers no quorum of the other vote, which is still in its first call', () => {
    const calls = '      quorum at least 2 guards voting\n      second call after 2 days quorum at least 1 guard voting\n';
    const org = opened(bylaws(house('people', 'members', quorum) + house('keepers', 'guards', calls).replace('open for 7 days', 'open for 10 days')));
    cast(org, day, 'guard', 'yes', 'eve');
    org.epoch(7 * day);
    org.epoch(9 * day);
    expect(cast(org, 9 * day + hour, 'member', 'yes', 'ana', 'bo')).toEqual(['ok', 'ok']);
    const { notices } = org.epoch(10 * day);
    expect(notices.map(({ reason }) => reason)).toEqual(['`keepers` had no quorum and is called a second time']);
    org.epoch(12 * day);
    cast(org, 13 * day, 'guard', 'yes', 'eve');
    org.epoch(16 * day);
    expect(org.view(1).status).toBe('open');
    org.epoch(22 * day);
    expect(org.view(1).outcome).toBe('accepted');
  });

  it('is not waited for where the other vote has settled the joint', () => {
    const org = opened(text);
    cast(org, day, 'guard', 'no', 'eve', 'fay');
    org.epoch(7 * day);
    expect(org.view(1)).toMatchObject({ status: 'refused' });
  });
});

describe('a tie in one vote of a joint (S37, S38, S124)', () => {
  const half = (tie: string): string => house('people', 'members', `      tie ${tie}\n`) + house('keepers', 'guards', '');
  const tied = (text: string): Organization => {
    const org = opened(text);
    cast(org, day, 'guard', 'yes', 'eve', 'fay');
    cast(org, day, 'member', 'yes', 'ana', 'bo');
    cast(org, day, 'member', 'no', 'cy', 'dee');
    org.epoch(7 * day);
    return org;
  };

  it('waits for its decider, who says whether that vote passed', () => {
    const org = tied(bylaws(half('decided by any guard then fails')));
    expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 14 * day });
    const [act] = org.view(1).acts;
    expect(act).toMatchObject({ verb: 'declare', by: 'any guard', people: ['eve', 'fay'] });
    expect(sentences(org)).toContain('`people` ended in a tie, which waits to be decided.');
    const { act: declare } = notesFor(org);
    const at = { stage: act?.entry ?? 0 };
    expect(
      org.epoch(8 * day, declare('bo', 1, 'declare', { about: 'passed', ...at }), declare('eve', 1, 'declare', { about: 'maybe', ...at })).verdicts,
    ).toEqual(['GDO1040', 'GDO1052']);
    expect(org.epoch(8 * day + hour, declare('eve', 1, 'declare', { about: 'passed', ...at })).verdicts).toEqual(['ok']);
    expect(org.view(1).outcome).toBe('accepted');
  });

  it('fails where the decider says nothing in time', () => {
    const org = tied(bylaws(half('decided by any guard then fails')));
    org.epoch(14 * day);
    expect(org.view(1)).toMatchObject({ status: 'refused' });
  });

  it('is broken by lot with the next checkpoint, the same way on a replay', () => {
    const play = (): string => {
      const org = tied(bylaws(half('lot')));
      expect(org.view(1).status).toBe('open');
      org.epoch(7 * day + hour);
      return org.view(1).status;
    };
    expect(['accepted', 'refused']).toContain(play());
    expect(play()).toBe(play());
  });

  it('goes on to the next rule where nobody may decide: the author is no decider of their own case', () => {
    const org = found(bylaws(half('decided by the guard then fails')).replace('started by any member', 'started by any guard'), {
      member: people,
      guard: ['eve'],
    });
    org.epoch(0, notesFor(org).propose('eve', 'motion'));
    cast(org, day, 'guard', 'yes', 'eve');
    cast(org, day, 'member', 'yes', 'ana');
    cast(org, day, 'member', 'no', 'bo');
    org.epoch(7 * day);
    expect(org.view(1)).toMatchObject({ status: 'refused' });
  });
});

describe('the votes of a joint, each by its own end (S48)', () => {
  const vote = (name: string, days: number, more = ''): string => house(name, 'members', more).replace('7 days', `${days} days`);
  const entryOf = (org: Organization, name: string): number => record(org)?.votes.find((one) => one.name === name)?.entry ?? 0;
  const record = (org: Organization): ReturnType<typeof readCase> => readCase(org.state(), org.view(1).id);
  const results = (org: Organization): readonly unknown[] => (record(org)?.votes ?? []).map((one) => [one.name, one.result, one.waits]);
  const say = (org: Organization, atMs: number, name: string, choice: string, ...by: readonly string[]): readonly string[] =>
    org.epoch(atMs, ...by.map((member) => notesFor(org).ballot(member, 1, choice, { stage: entryOf(org, name) }))).verdicts;

  it('are told from one another: the third of three alone can fail it', () => {
    const org = opened(bylaws(vote('one', 7) + vote('two', 7) + vote('three', 7)));
    for (const [name, choice] of [
      ['one', 'yes'],
      ['two', 'yes'],
      ['three', 'no'],
    ] as const)
      expect(say(org, day, name, choice, 'ana', 'bo')).toEqual(['ok', 'ok']);
    org.epoch(7 * day);
    expect(org.view(1).outcome).toBe('refused');
  });

  it('has failed where it is tied and no rule breaks the tie, and the others go on', () => {
    const org = opened(bylaws(vote('one', 7) + vote('two', 9), 'any'));
    say(org, day, 'one', 'yes', 'ana');
    say(org, day, 'one', 'no', 'bo');
    org.epoch(7 * day);
    expect(results(org)).toEqual([
      ['one', 'failed', undefined],
      ['two', undefined, undefined],
    ]);
    expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 9 * day });
  });

  it('keeps a result that was decided for it, while the others are open', () => {
    const org = opened(bylaws(vote('one', 7, '      tie decided by any guard then fails\n') + vote('two', 12), 'any'));
    say(org, day, 'one', 'yes', 'ana');
    say(org, day, 'one', 'no', 'bo');
    org.epoch(7 * day);
    const declared = notesFor(org).act('eve', 1, 'declare', { about: 'failed', stage: entryOf(org, 'one') });
    expect(org.epoch(8 * day, declared).verdicts).toEqual(['ok']);
    expect(say(org, 9 * day, 'two', 'no', 'ana')).toEqual(['ok']);
    expect(results(org)).toEqual([
      ['one', 'failed', undefined],
      ['two', undefined, undefined],
    ]);
  });

  it('draws a lot for the one that is tied, and for none that is open', () => {
    const cases = Array.from({ length: 12 }, (_, index) => index + 1);
    const org = found(bylaws(vote('one', 7, '      tie lot\n') + vote('two', 9, '      tie lot\n')), { member: people, guard: ['eve'] });
    const { propose, ballot } = notesFor(org);
    org.epoch(0, ...cases.map(() => propose('ana', 'motion')));
    const votesOf = (number: number): NonNullable<ReturnType<typeof readCase>>['votes'] => readCase(org.state(), org.view(number).id)?.votes ?? [];
    const first = (number: number): number => votesOf(number)[0]?.entry ?? 0;
    org.epoch(
      day,
      ...cases.flatMap((number) => (['yes', 'no'] as const).map((choice) => ballot(choice === 'yes' ? 'ana' : 'bo', number, choice, { stage: first(number) }))),
    );
    org.epoch(7 * day);
    expect(cases.map((number) => votesOf(number).map(({ waits }) => waits))).toEqual(cases.map(() => ['lot', undefined]));
    org.epoch(8 * day);
    const ends = cases.map((number) => {
      const [one, two] = votesOf(number);
      return org.view(number).status === 'open' ? `${one?.result} ${two?.result}` : org.view(number).outcome;
    });
    // Cases that differ in their ids only: some pass by lot, and some fail.
    expect(new Set(ends)).toEqual(new Set(['passed undefined', 'refused']));
  });

  it('is called a second time where it had no quorum and a line says so, and only then', () => {
    const called = '      quorum at least 3 members voting\n      second call after 2 days quorum at least 2 members voting\n';
    const met = opened(bylaws(vote('one', 7, called) + vote('two', 7)));
    for (const name of ['one', 'two']) say(met, day, name, 'yes', 'ana', 'bo', 'cy');
    met.epoch(7 * day);
    expect(met.view(1).outcome).toBe('accepted');
    const never = opened(bylaws(vote('one', 7, '      quorum at least 3 members voting\n') + vote('two', 7)));
    for (const name of ['one', 'two']) say(never, day, name, 'yes', 'ana', 'bo');
    never.epoch(7 * day);
    expect(never.view(1).outcome).toBe('refused');
    const again = opened(bylaws(vote('one', 7, called) + vote('two', 7)));
    for (const name of ['one', 'two']) say(again, day, name, 'yes', 'ana', 'bo');
    expect(again.epoch(7 * day).notices.map(({ kind, result, reason }) => [kind, result, reason])).toContainEqual([
      'waiting',
      'inquorate',
      '`one` had no quorum and is called a second time',
    ]);
    expect(results(again)).toEqual([
      ['one', undefined, 'call'],
      ['two', 'passed', undefined],
    ]);
  });

  it('goes on for longer by a line of its own (S128)', () => {
    const org = opened(bylaws(vote('one', 7, '      extends by 2 days when failed at most 1 times\n') + vote('two', 7), 'any'));
    say(org, day, 'one', 'no', 'ana');
    say(org, day, 'two', 'no', 'ana');
    org.epoch(7 * day);
    expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 9 * day });
    expect(say(org, 8 * day, 'one', 'yes', 'bo', 'cy')).toEqual(['ok', 'ok']);
    org.epoch(9 * day);
    expect(org.view(1).outcome).toBe('accepted');
  });

  it('closes early by a line of its own (S127)', () => {
    const org = opened(bylaws(vote('one', 7, '      closes early when decided\n') + vote('two', 7)));
    say(org, day, 'one', 'yes', 'ana', 'bo', 'cy');
    expect(results(org)).toEqual([
      ['one', 'passed', undefined],
      ['two', undefined, undefined],
    ]);
  });

  it('is empty from its opening on where there is nobody to vote on, and settles the joint where it can (S48, S132)', () => {
    const election =
      '    vote one\n      voters members\n      choices the candidates\n      counted by approval\n      elects 1 guards\n      open for 7 days\n    end\n';
    const all = opened(bylaws(election + vote('two', 9)));
    all.epoch(0);
    expect(all.view(1).outcome).toBe('refused');
    const any = opened(bylaws(election + vote('two', 9), 'any'));
    any.epoch(0);
    expect(results(any)).toEqual([
      ['one', 'empty', undefined],
      ['two', undefined, undefined],
    ]);
    expect(any.view(1)).toMatchObject({ status: 'open', dueMs: 9 * day });
  });

  it('elects whom its count names, whatever the joint comes to (S108)', () => {
    const election = (name: string, days: number): string =>
      `    vote ${name}\n      voters members\n      choices the candidates\n      counted by approval\n      elects 1 guards\n      quorum at least 1 members voting\n      open for ${days} days\n      tie fails\n    end\n`;
    const begun = (votes: string): Organization => {
      const org = found(bylaws(votes, 'any'), { member: people, guard: ['eve'] });
      org.epoch(0, notesFor(org).propose('ana', 'motion', { candidate: 'cy' }));
      return org;
    };
    const winners = (org: Organization): unknown => readCase(org.state(), org.view(1).id)?.winners;
    const org = begun(election('one', 7) + vote('two', 9));
    expect(say(org, day, 'one', 'cy', 'ana')).toEqual(['ok']);
    expect(winners(org)).toEqual([]);
    org.epoch(7 * day);
    expect(winners(org)).toEqual(['cy']);
    org.epoch(9 * day);
    expect(winners(org)).toEqual(['cy']);
    // The last vote that was counted says who won, and here nobody did.
    const later = begun(election('one', 7) + election('two', 9));
    say(later, day, 'one', 'cy', 'ana');
    later.epoch(9 * day);
    expect(winners(later)).toEqual([]);
  });
});

describe('a stage that is decided again (S101)', () => {
  const lines = `  vote ballot
    voters members
    open for 7 days
    quorum at least 3 members voting
    second call after 2 days without quorum
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
`;

  it('is judged in the call in which it was decided', () => {
    const text = bylaws(house('people', 'members', '')).replace(/ {2}joint both[^]*end\nend\n$/, `${lines}end\n`);
    const org = found(text, { member: people, guard: ['eve'] });
    org.epoch(0, notesFor(org).propose('ana', 'motion'));
    org.epoch(7 * day);
    org.epoch(9 * day);
    cast(org, 10 * day, 'member', 'yes', 'ana');
    org.epoch(16 * day);
    expect(org.view(1).outcome).toBe('accepted');
    const again = (entry: number, closedMs: number) => redecide(org.state(), org.view(1).id, { stage: 'ballot', entry, closedMs });
    expect(again(1, 7 * day)).toMatchObject({ result: 'inquorate' });
    expect(again(2, 16 * day)).toMatchObject({ result: 'passed', leads: ['accepted'] });
  });

  it('is judged with the last call of each vote of a joint', () => {
    const org = opened(bylaws(house('people', 'members', quorum) + house('keepers', 'guards', '')));
    cast(org, day, 'guard', 'yes', 'eve', 'fay');
    org.epoch(7 * day);
    org.epoch(9 * day);
    cast(org, 10 * day, 'member', 'yes', 'ana', 'bo');
    org.epoch(16 * day);
    expect(readCase(org.state(), org.view(1).id)?.secondCalls).toEqual([['people', 4, 1]]);
    const again = redecide(org.state(), org.view(1).id, { stage: 'both', entry: 1, closedMs: 16 * day });
    expect(again?.lines.map((line) => [line.requirement, line.have, line.met])).toEqual([
      ['quorum at least 2 members voting', '2', true],
      ['more than 1/2 of votes cast are yes', '2 of 2', true],
      ['more than 1/2 of votes cast are yes', '2 of 2', true],
    ]);
  });
});
