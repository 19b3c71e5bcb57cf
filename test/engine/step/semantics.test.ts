// Single rules of engine 1, each on bylaws as small as they can be.
import { fc } from '../../seeded.ts';
import { describe, expect, it } from 'vitest';
import { holdersOf, unsupported } from '../../../engine/index.ts';
import { compile, day, deviceOfPerson, found, hour, notesFor, type Organization } from './organization.ts';

const opening = 'gdo 1\norganization "Test"\nend\narea work covers "work/**"\n';
const members = 'role member plural members\n  held by anyone\n  gained through joining\n  lost through resignation\nend\n';
const joining =
  'process joining\n  started by any person\n  step wait\n    when 2 members endorse go to joined\n    after 30 days go to refused\n  end\n  outcome joined\n    grant member to the candidate\n  end\nend\n';

const people = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `p${String(index).padStart(2, '0')}`);

/** A process `p` with the stages given, in an organization of `count` members. */
function withStages(stages: string, count: number, more = '', head = '  started by any member\n'): Organization {
  return found(
    `${opening}${members}${more}${joining}process p\n${head}${stages}end\n`,
    { member: people(count) },
    { people: [...people(count), 'zoe'], content: [['work/a', '100644:aa']] },
  );
}

const vote = (lines: string): string =>
  `  vote ballot\n    voters members\n    open for 7 days\n${lines}    when passed go to accepted\n    otherwise go to refused\n  end\n`;

function resultOf(lines: string, count: number, choices: readonly string[]): string | undefined {
  const org = withStages(vote(lines), count);
  const { propose, ballot } = notesFor(org);
  org.epoch(0, propose('p00', 'p'));
  const cast = org.epoch(hour, ...choices.map((choice, index) => ballot(people(count)[index] ?? '', 1, choice)));
  expect(cast.verdicts.every((verdict) => verdict === 'ok')).toBe(true);
  org.epoch(7 * day);
  expect(org.view(1).status).not.toBe('open');
  return org.view(1).result;
}

describe('counting', () => {
  const half = 'passes when more than 1/2 of votes cast are yes\n';
  it.each([
    ['exactly half is not more than half', half, ['yes', 'no'], 'failed'],
    ['abstentions are no votes cast', half, ['yes', 'abstain', 'abstain'], 'passed'],
    ['abstentions count in votes and abstentions', 'passes when more than 1/2 of votes and abstentions are yes\n', ['yes', 'abstain'], 'failed'],
    ['exactly half is at least half', 'passes when at least 1/2 of votes cast are yes\n', ['yes', 'no'], 'passed'],
    ['two of three meet two thirds', 'passes when at least 2/3 of votes cast are yes\n', ['yes', 'yes', 'no'], 'passed'],
    ['a vote with no ballot never passes', 'passes when no member says no\n', [], 'failed'],
    ['only abstentions meet no share', 'passes when at least 1/2 of votes cast are yes\n', ['abstain'], 'failed'],
    ['one ballot short of a quorum is inquorate', `quorum at least 1/2 of members voting\n${half}`, ['yes', 'yes'], 'inquorate'],
    ['a quorum is met at its boundary', `quorum at least 1/2 of members voting\n${half}`, ['yes', 'yes', 'abstain'], 'passed'],
    ['with a tie rule equal yes and no is a tie', `${half}tie fails\n`, ['yes', 'no'], 'failed'],
    ['one veto is enough for it', 'passes when more than 1/2 of votes cast are yes and no member says no\n', ['yes', 'yes', 'no'], 'failed'],
    ['shares of all count those who are silent', 'passes when at least 1/2 of all members are yes\n', ['yes', 'yes'], 'failed'],
    [
      'the square root of nine is three',
      'quorum at least 1/1 of the square root of members voting\npasses when more than 1/2 of votes cast are yes\n',
      ['yes', 'yes'],
      'inquorate',
    ],
  ])('%s', (_, lines, choices, result) => {
    const count = lines.includes('square') ? 9 : 6;
    expect(resultOf(lines, count, choices)).toBe(result);
  });
});

describe('a tie of yes and no', () => {
  const tied = (rule: string): Organization => {
    const org = withStages(vote(`passes when more than 1/2 of votes cast are yes\ntie ${rule}\n`), 4);
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('p00', 'p'));
    org.epoch(hour, ballot('p01', 1, 'yes'), ballot('p02', 1, 'no'));
    org.epoch(7 * day);
    return org;
  };

  it('waits for the lot of the next checkpoint (S38)', () => {
    const org = tied('lot');
    expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 7 * day });
    org.epoch(7 * day + 1);
    expect(['accepted', 'refused']).toContain(org.view(1).outcome);
  });

  it('is decided by who is named, for seven days at most, and by nobody who is a party (S37)', () => {
    const org = tied('decided by any member then fails');
    const { act } = notesFor(org);
    expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 14 * day });
    const said = org.epoch(8 * day, act('p00', 1, 'declare', { about: 'passed' }), act('p03', 1, 'declare', { about: 'passed' }));
    expect(said.verdicts).toEqual(['GDO1040', 'ok']);
    expect(org.view(1)).toMatchObject({ status: 'accepted', result: 'passed' });
  });

  it('goes to the next rule at once when every decider is a party (S37)', () => {
    expect(tied('decided by the author then fails').view(1)).toMatchObject({ status: 'refused', result: 'failed' });
  });
});

describe('voters', () => {
  const simple = vote('passes when more than 1/2 of votes cast are yes\n');

  it('keep a ballot cast before they resign, and whoever joins later has none (S7, S10)', () => {
    const org = withStages(simple, 3);
    const { propose, ballot, act } = notesFor(org);
    org.epoch(0, propose('p00', 'p'), propose('zoe', 'joining'));
    org.epoch(hour, ballot('p01', 1, 'yes'), act('p00', 2, 'endorse'), act('p02', 2, 'endorse'));
    expect(holdersOf(org.state(), org.charter, 'member')).toContain('zoe');
    org.epoch(2 * hour, { by: 'p01', kind: 'resign', body: { role: 'member' } });
    expect(org.epoch(3 * hour, ballot('zoe', 1, 'no')).verdicts).toEqual(['GDO1057']);
    expect(org.view(1).tallies).toEqual([
      {
        vote: 'ballot',
        counts: [
          ['yes', 1],
          ['no', 0],
          ['abstain', 0],
        ],
        voters: 3,
        voted: 1,
      },
    ]);
  });

  it('count once with two keys, the later ballot standing where ballots may change', () => {
    const org = withStages(vote('ballots may change\npasses when more than 1/2 of votes cast are yes\n'), 3);
    const { propose, ballot } = notesFor(org);
    const device = deviceOfPerson('second key');
    org.epoch(0, propose('p00', 'p'));
    expect(org.epoch(hour, { ...ballot('p01', 1, 'yes'), device }).verdicts).toEqual(['GDO1040']);
    expect(org.view(1).tallies[0]?.voted).toBe(0);
    org.epoch(2 * hour, ballot('p01', 1, 'yes'), ballot('p01', 1, 'no'));
    expect(org.view(1).tallies[0]?.counts).toEqual([
      ['yes', 0],
      ['no', 1],
      ['abstain', 0],
    ]);
  });

  it('have one final ballot where ballots are final, and only choices that exist (S34)', () => {
    const org = withStages(vote('ballots final\npasses when more than 1/2 of votes cast are yes\n'), 3);
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('p00', 'p'));
    expect(org.epoch(hour, ballot('p01', 1, 'maybe'), ballot('p01', 1, 'yes'), ballot('p01', 1, 'no')).verdicts).toEqual(['GDO1052', 'ok', 'GDO1052']);
  });

  it('cannot vote with a revoked key (S10)', () => {
    const org = withStages(simple, 3);
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('p00', 'p'));
    const revoke = { by: 'p01', kind: 'key.revoke', body: { device: deviceOfPerson('p01'), reason: 'lost' } } as const;
    expect(org.epoch(hour, revoke, ballot('p01', 1, 'yes')).verdicts).toEqual(['ok', 'GDO1042']);
  });
});

describe('steps', () => {
  it('are left at once when distinct people have done what is asked; later acts of that epoch are late (S6, S19)', () => {
    const org = withStages('  step s\n    when 2 members endorse go to accepted\n    after 9 days go to refused\n  end\n', 4);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('p00', 'p'));
    expect(org.epoch(hour, act('p01', 1, 'endorse'), act('p01', 1, 'endorse')).verdicts).toEqual(['ok', 'ok']);
    expect(org.view(1).status).toBe('open');
    expect(org.epoch(2 * hour, act('p02', 1, 'endorse'), act('p03', 1, 'endorse')).verdicts).toEqual(['ok', 'GDO1051']);
    expect(org.view(1).status).toBe('accepted');
  });

  it('count a person for one of two acts joined by `and` only (S19)', () => {
    const chairs = 'role chair plural chairs\n  held by 1 to 3 people\n  gained through joining\nend\n';
    const stages = '  step s\n    when any chair endorses and any member endorses go to accepted\n    after 9 days go to refused\n  end\n';
    const org = found(`${opening}${members}${chairs}${joining}process p\n  started by any member\n${stages}end\n`, { member: people(3), chair: ['p01'] });
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('p00', 'p'));
    org.epoch(hour, act('p01', 1, 'endorse'));
    expect(org.view(1).status).toBe('open');
    org.epoch(2 * hour, act('p02', 1, 'endorse'));
    expect(org.view(1).status).toBe('accepted');
  });

  it('fire `unless` at its instant and `otherwise` as soon as the objection is there (S21)', () => {
    const stages = '  step s\n    unless 2 members object within 7 days go to accepted\n    otherwise go to refused\n  end\n';
    const org = withStages(stages, 4);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('p00', 'p'), propose('p01', 'p'));
    org.epoch(hour, act('p01', 1, 'object'), act('p02', 1, 'object'), act('p01', 2, 'object'));
    expect([org.view(1).status, org.view(2).status]).toEqual(['refused', 'open']);
    org.epoch(7 * day);
    expect(org.view(2).status).toBe('accepted');
  });

  it('take an objection back by withdrawing it (S117)', () => {
    const stages = '  step s\n    unless 2 members object within 7 days go to accepted\n    otherwise go to refused\n  end\n';
    const org = withStages(stages, 4);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('p00', 'p'));
    org.epoch(hour, act('p01', 1, 'object'));
    org.epoch(2 * hour, act('p01', 1, 'withdraw', { about: 'object' }));
    org.epoch(3 * hour, act('p02', 1, 'object'));
    org.epoch(7 * day);
    expect(org.view(1).status).toBe('accepted');
  });

  it('wait for open concerns, and name who resolves them (S24)', () => {
    const stages =
      '  step s\n    concerns by any member resolved by the raiser or the author\n    after 2 days without concerns go to accepted\n    after 9 days go to refused\n  end\n';
    const org = withStages(stages, 4);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('p00', 'p'));
    org.epoch(hour, act('p01', 1, 'raise', { text: 'too loud' }));
    org.epoch(2 * day);
    expect(org.view(1).status).toBe('open');
    expect(org.epoch(3 * day, act('p02', 1, 'resolve')).verdicts).toEqual(['GDO1040']);
    org.epoch(3 * day + 1, act('p00', 1, 'resolve', { about: 'c1' }));
    expect(org.view(1).status).toBe('accepted');
  });

  it('hear a concern only with its reason where the line asks for one (S24)', () => {
    const stages =
      '  step s\n    concerns by the author resolved by the raiser\n    concerns by any member with reasons resolved by the raiser\n    when 2 members endorse without concerns go to accepted\n    after 9 days go to refused\n  end\n';
    const org = withStages(stages, 4);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('p00', 'p'));
    expect(org.epoch(1, act('p01', 1, 'raise'), act('p01', 1, 'raise', { text: ' ' })).verdicts).toEqual(['GDO1052', 'GDO1052']);
    expect(org.epoch(2, act('p00', 1, 'raise'), act('p01', 1, 'raise', { text: 'too loud' })).verdicts).toEqual(['ok', 'ok']);
    org.epoch(3, act('p00', 1, 'resolve', { about: 'c1' }), act('p02', 1, 'endorse'), act('p03', 1, 'endorse'));
    expect(org.view(1).status).toBe('open');
    org.epoch(4, act('p01', 1, 'resolve', { about: 'c2' }));
    expect(org.view(1).status).toBe('accepted');
  });

  it('hold back what was met before their shortest time (S116)', () => {
    const stages = '  step s\n    lasts at least 3 days\n    when 1 member endorses go to accepted\n    after 9 days go to refused\n  end\n';
    const org = withStages(stages, 4);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('p00', 'p'));
    org.epoch(hour, act('p01', 1, 'endorse'));
    expect(org.view(1).dueMs).toBe(3 * day);
    org.epoch(3 * day - 1);
    expect(org.view(1).status).toBe('open');
    org.epoch(3 * day);
    expect(org.view(1).status).toBe('accepted');
  });

  it('do not let a starter be `other` (S108)', () => {
    const org = withStages('  step s\n    when 1 other member endorses go to accepted\n    after 9 days go to refused\n  end\n', 4);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('p00', 'p'));
    expect(org.epoch(hour, act('p00', 1, 'endorse'), act('p00', 1, 'dance')).verdicts).toEqual(['GDO1040', 'GDO1052']);
  });

  it('have names such as `constructor`', () => {
    const org = withStages(
      '  step constructor\n    when 1 member endorses go to valueOf\n    after 9 days go to refused\n  end\n  step valueOf\n    when 1 member approves go to accepted\n    after 9 days go to refused\n  end\n',
      4,
    );
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('p00', 'p'));
    org.epoch(1, act('p01', 1, 'endorse'));
    org.epoch(2, act('p01', 1, 'approve'));
    expect(org.view(1).status).toBe('accepted');
  });
});

describe('meetings', () => {
  const meeting =
    '  meeting assembly\n    called by any member within 10 days\n    notice 2 days\n    attended by members\n    open for 3 hours\n    quorum at least 2 members present\n    second call after 1 day without quorum\n    when quorate go to accepted\n    otherwise go to refused\n  end\n';

  it('are called with notice, attended while they are open, and judged at their end (S46)', () => {
    const org = withStages(meeting, 4);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('p00', 'p'));
    expect(org.epoch(hour, act('p01', 1, 'call', { at: day })).verdicts).toEqual(['GDO1052']);
    expect(org.epoch(2 * hour, act('p01', 1, 'call', { at: 3 * day })).verdicts).toEqual(['ok']);
    expect(org.epoch(3 * day - 1, act('p01', 1, 'attend')).verdicts).toEqual(['GDO1050']);
    expect(org.epoch(3 * day, act('p01', 1, 'attend'), act('p02', 1, 'attend'), act('zoe', 1, 'attend')).verdicts).toEqual(['ok', 'ok', 'GDO1040']);
    org.epoch(3 * day + 3 * hour);
    expect(org.view(1)).toMatchObject({ status: 'accepted', result: 'quorate' });
  });

  it('meet a second time without quorum when the first had none (S101)', () => {
    const org = withStages(meeting, 4);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('p00', 'p'));
    org.epoch(hour, act('p01', 1, 'call'));
    org.epoch(2 * day + hour, act('p01', 1, 'attend'));
    org.epoch(2 * day + 4 * hour);
    expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 3 * day + 4 * hour });
    org.epoch(3 * day + 4 * hour);
    expect(org.view(1)).toMatchObject({ entry: 2, dueMs: 3 * day + 7 * hour });
    org.epoch(3 * day + 7 * hour);
    expect(org.view(1)).toMatchObject({ status: 'accepted' });
  });

  it('that nobody calls in time end without quorum', () => {
    const org = withStages(meeting.replace('    second call after 1 day without quorum\n', ''), 4);
    org.epoch(0, notesFor(org).propose('p00', 'p'));
    org.epoch(10 * day);
    expect(org.view(1).status).toBe('refused');
  });
});

describe('a joint', () => {
  const guards = 'role guard plural guards\n  held by 1 to 3 people\n  gained through joining\nend\n';
  const both = (name: string, voters: string): string =>
    `    vote ${name}\n      voters ${voters}\n      open for 7 days\n      closes early when decided\n      passes when more than 1/2 of votes cast are yes\n    end\n`;
  const stages = `  joint both\n${both('people', 'members')}${both('keepers', 'guards')}    when all pass go to accepted\n    otherwise go to refused\n  end\n`;
  const joined = (): Organization =>
    found(`${opening}${members}${guards}${joining}process p\n  started by any member\n${stages}end\n`, { member: people(3), guard: ['p00'] });

  it('ends as soon as one body has refused (S48)', () => {
    const org = joined();
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('p00', 'p'));
    const keepers = { stage: org.view(1).acts[1]?.entry ?? 0 };
    expect(org.epoch(hour, ballot('p01', 1, 'yes', keepers), ballot('p00', 1, 'no', keepers)).verdicts).toEqual(['GDO1057', 'ok']);
    expect(org.view(1).status).toBe('refused');
  });

  it('passes when both bodies have passed', () => {
    const org = joined();
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('p00', 'p'));
    const [first, second] = org.view(1).acts.map((act) => ({ stage: act.entry }));
    org.epoch(hour, ballot('p00', 1, 'yes', second), ballot('p00', 1, 'yes', first), ballot('p01', 1, 'yes', first));
    expect(org.view(1).status).toBe('accepted');
  });
});

describe('roles and keys', () => {
  it('keep out people the process does not allow, and changes made against other bylaws', () => {
    const org = withStages('  outcome fine accepts\n', 2);
    const { propose } = notesFor(org);
    expect(org.epoch(0, propose('zoe', 'p'), propose('p00', 'nothing'), propose('p00', 'p', { bylaws: '0'.repeat(64) })).verdicts).toEqual([
      'GDO1040',
      'GDO1052',
      'GDO1053',
    ]);
  });

  it('end with the resignation at once: a later proposal of that epoch is refused', () => {
    const org = withStages('  outcome fine accepts\n', 3);
    const { propose } = notesFor(org);
    const resign = { by: 'p00', kind: 'resign', body: { role: 'member' } } as const;
    expect(org.epoch(hour, resign, propose('p00', 'p')).verdicts).toEqual(['ok', 'GDO1040']);
  });

  it('expire with the term and with long inactivity', () => {
    const chair = 'role chair plural chairs\n  held by 1 to 3 people\n  term 10 days\n  gained through joining\n  lost through expiry\nend\n';
    const guard = 'role guard plural guards\n  held by 1 to 3 people\n  gained through joining\n  lost through 5 days without activity\nend\n';
    const org = found(`${opening}${members}${chair}${guard}${joining}process p\n  started by any member\n  outcome fine accepts\nend\n`, {
      member: people(3),
      chair: ['p00'],
      guard: ['p01', 'p02'],
    });
    const { propose } = notesFor(org);
    org.epoch(4 * day, propose('p01', 'p'));
    expect(org.due()).toBe(5 * day);
    org.epoch(5 * day);
    expect(holdersOf(org.state(), org.charter, 'guard')).toEqual(['p01']);
    expect(org.due()).toBe(9 * day);
    org.epoch(10 * day);
    expect([holdersOf(org.state(), org.charter, 'guard'), holdersOf(org.state(), org.charter, 'chair')]).toEqual([[], []]);
  });
});

describe('the order of arrival', () => {
  it('changes no verdict and no state (GDO311)', () => {
    const run = (order: readonly number[]): string => {
      const org = withStages(vote('passes when more than 1/2 of votes cast are yes\n'), 5);
      const { propose, ballot } = notesFor(org);
      org.epoch(0, propose('p00', 'p'));
      const ballots = people(5).map((name, index) => ({ ...ballot(name, 1, index % 2 === 0 ? 'yes' : 'no'), knows: [] }));
      org.epoch(hour, ...order.flatMap((index) => ballots[index] ?? []));
      org.epoch(7 * day);
      return JSON.stringify(org.view(1));
    };
    const first = run([0, 1, 2, 3, 4]);
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), (order) => run(order) === first),
      { numRuns: 20 },
    );
  });
});

describe('what is not run', () => {
  it('is said before adoption', () => {
    const text = `${opening}${members}${joining}process p\n  started by any member\n  limit 1/2 cases per author\n  step s\n    after 2 days go to accepted\n  end\nend\n`;
    expect(unsupported(compile(text).charter)).toEqual([{ process: 'p', construct: 'limit' }]);
  });
});
