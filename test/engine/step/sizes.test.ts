// What numbers in bylaws are taken of: bounds of two shares, exact numbers, roots, empty seats, the weight of who is left, what one delegate may take.
import { describe, expect, it } from 'vitest';
import { foldEpoch, engine1, readCase, type Json } from '../../../engine/index.ts';
import { day, deviceOfPerson, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const named = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `p${String(index).padStart(2, '0')}`);

const frame = (process: string, more = ''): string => `gdo 1
organization "Sizes"
end
role member plural members
  held by 1 to 40 people
end
role chair plural chairs
  held by 0 to 9 people
end
${more}process motion
  started by any member
${process}end
`;

const vote = (lines: string, voters = 'members'): string =>
  `  vote ballot\n    voters ${voters}\n    open for 7 days\n${lines}    when passed go to accepted\n    otherwise go to refused\n  end\n`;

interface Cast {
  readonly members?: number;
  readonly chairs?: readonly string[];
  readonly choices: readonly Json[];
  readonly voters?: string;
  readonly more?: string;
  readonly before?: readonly Note[];
  readonly during?: (org: Organization) => readonly Note[];
}

/** The result of one vote whose first members cast these choices. */
function resultOf(lines: string, { members = 6, chairs = [], choices, voters = 'members', more = '', before = [], during }: Cast): string | undefined {
  const people = named(members);
  const org = found(frame(vote(lines, voters), more), { member: people, chair: chairs });
  const { propose, ballot } = notesFor(org);
  if (before.length > 0) expect(org.epoch(0, ...before).full.filter(({ kind }) => kind !== 'ok')).toEqual([]);
  org.epoch(0, propose('p00', 'motion'));
  if (during !== undefined) {
    org.epoch(1, ...during(org));
    org.epoch(2);
  }
  expect(org.epoch(hour, ...choices.map((choice, place) => ballot(people[place] ?? '', 1, choice))).verdicts).toEqual(choices.map(() => 'ok'));
  org.epoch(7 * day);
  return org.view(1).result;
}

const many = (count: number, choice: string): readonly string[] => Array.from({ length: count }, () => choice);
const majority = '    passes when more than 1/2 of votes cast are yes\n';
/** The smallest number of yes that gives a quorum, from none to all members. */
const quorumOf = (bound: string, members: number, cast: Partial<Cast> = {}): readonly number[] =>
  Array.from({ length: members + 1 }, (_, count) => count).filter(
    (count) => resultOf(`    quorum ${bound} voting\n${majority}`, { ...cast, members, choices: many(count, 'yes') }) !== 'inquorate',
  );
const upTo = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a bound (S31, S32)', () => {
  it.each([
    ['at least the larger of 1/2 of members and 2 members', 6, upTo(3, 6)],
    ['at least the larger of 1/2 of members and 2 members', 3, upTo(2, 3)],
    ['at least the smaller of 1/2 of members and 2 members', 6, upTo(2, 6)],
    ['at least the smaller of 1/2 of members and 2 members', 3, upTo(2, 3)],
    ['more than the larger of 1/2 of members and 2 members', 6, upTo(4, 6)],
    ['more than the smaller of 1/2 of members and 2 members', 6, upTo(3, 6)],
    ['at most the larger of 1/2 of members and 2 members', 6, upTo(0, 3)],
    ['at most the smaller of 1/2 of members and 2 members', 6, upTo(0, 2)],
    ['fewer than the larger of 1/2 of members and 2 members', 6, upTo(0, 2)],
    ['exactly the larger of 1/2 of members and 2 members', 6, [3]],
    ['exactly the smaller of 1/2 of members and 2 members', 6, [2]],
    ['exactly 2 members', 4, [2]],
    ['exactly 1/2 of members', 4, [2]],
    ['exactly 1/2 of members', 5, []],
    ['at least the square root of members', 9, upTo(3, 9)],
    ['more than the square root of members', 9, upTo(4, 9)],
    ['at least 2 of the square root of members', 9, upTo(6, 9)],
    ['at least 1/2 of the square root of members', 9, upTo(2, 9)],
    ['at least all but 2 members', 6, upTo(4, 6)],
    ['at least 0 members', 3, upTo(0, 3)],
  ])('%s, of %i members', (bound, members, quorate) => {
    expect(quorumOf(bound, members)).toEqual(quorate);
  });
});

describe('a step that asks for numbers of people', () => {
  const acting = (line: string, approving: number, objecting = 0, chairs: readonly string[] = []): string | undefined => {
    const people = named(6);
    const org = found(frame(`  step talk\n    ${line}\n    after 3 days go to refused\n  end\n`), { member: people, chair: chairs });
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('p00', 'motion'));
    org.epoch(hour, ...people.slice(0, approving).map((by) => act(by, 1, 'approve')), ...people.slice(6 - objecting).map((by) => act(by, 1, 'object')));
    org.epoch(3 * day);
    return org.view(1).outcome;
  };

  it.each([
    ['when at least the larger of 1/2 of members and 2 members approve go to accepted', 3],
    ['when at least the smaller of 1/2 of members and 2 members approve go to accepted', 2],
    ['when exactly 2 members approve go to accepted', 2],
    ['when more than 1/3 of members approve go to accepted', 3],
    ['when all but 2 members approve go to accepted', 4],
    ['when all members approve go to accepted', 6],
    ['when at least the square root of members approve go to accepted', 3],
    // The author is no other member.
    ['when 2 other members approve go to accepted', 3],
    ['when at least the larger of 1/2 of other members and 2 members approve go to accepted', 3],
  ])('%s: %i of six', (line, needed) => {
    expect([acting(line, needed - 1), acting(line, needed)]).toEqual(['refused', 'accepted']);
  });

  it.each([
    ['when at most 1 members object within 1 day go to accepted', [true, true, false, false]],
    ['when fewer than 1/3 of members object within 1 day go to accepted', [true, true, false, false]],
    ['when at most 1/3 of members object within 1 day go to accepted', [true, true, true, false]],
    ['when at most the larger of 1 member and 1/3 of members object within 1 day go to accepted', [true, true, true, false]],
    ['when at most the smaller of 1 member and 1/3 of members object within 1 day go to accepted', [true, true, false, false]],
  ])('%s', (line, passes) => {
    expect(upTo(0, 3).map((count) => acting(line, 0, count) === 'accepted')).toEqual(passes);
  });

  it('is never met by a share of nobody (S33)', () => {
    expect(acting('when 1/2 of chairs approve go to accepted', 6)).toBe('refused');
    expect(acting('when 1/2 of chairs approve go to accepted', 1, 0, ['p00', 'p01'])).toBe('accepted');
  });
});

describe('empty seats (S130)', () => {
  const seats = (line: string, choices: readonly Json[], voters = 'members', chairs: readonly string[] = []): string | undefined => {
    const text = frame(vote(line, voters)).replace('held by 1 to 40 people', 'held by 1 to 5 people').replace('held by 0 to 9 people', 'held by 0 to 3 people');
    const org = found(text, { member: named(3), chair: chairs });
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('p00', 'motion'));
    org.epoch(hour, ...choices.map((choice, place) => ballot([...named(3), ...chairs][place] ?? '', 1, choice)));
    org.epoch(7 * day);
    return org.view(1).result;
  };

  it.each([
    ['as no count against every share', 'no', `${majority}`, ['yes', 'yes'], 'failed'],
    ['as no leave three yes above two', 'no', `${majority}`, ['yes', 'yes', 'yes'], 'passed'],
    ['as yes help', 'yes', '    passes when at least 3 members say yes\n', ['yes'], 'passed'],
    ['as abstain are no votes cast', 'abstain', `${majority}`, ['yes'], 'passed'],
    ['as abstain are abstentions', 'abstain', '    passes when at least 1/2 of votes and abstentions are yes\n', ['yes'], 'failed'],
    ['as no say no', 'no', '    passes when no member says no\n', ['yes'], 'failed'],
    ['as abstain say nothing of no', 'abstain', '    passes when no member says no\n', ['yes'], 'passed'],
    ['as no say nothing for all members', 'no', '    passes when all members say yes\n', ['yes', 'yes', 'yes'], 'passed'],
    ['as yes do not make up for a member', 'yes', '    passes when all members say yes\n', ['yes', 'yes'], 'failed'],
    ['are no voters of a quorum', 'no', `    quorum at least 4 members voting\n${majority}`, ['yes', 'yes', 'yes'], 'inquorate'],
    ['as yes lead', 'yes', '    passes when the lead of yes over no is at least 2\n', ['abstain'], 'passed'],
  ])('counted %s', (_, as, line, choices, result) => {
    expect(seats(`    vacancies count as ${as}\n${line}`, choices)).toBe(result);
  });

  it('are those of the role a test asks for, where several vote', () => {
    const line = (role: string, count: number): string => `    vacancies count as yes\n    passes when at least ${count} ${role} say yes\n`;
    // Two member seats and one chair seat are empty.
    const chairs = ['yan', 'zoe'];
    expect([2, 3].map((count) => seats(line('members', count), ['abstain'], 'members, chairs', chairs))).toEqual(['passed', 'failed']);
    expect([1, 2].map((count) => seats(line('chairs', count), ['abstain'], 'members, chairs', chairs))).toEqual(['passed', 'failed']);
    expect([1, 2].map((count) => seats(line('chairs', count), ['abstain'], 'chairs, members', chairs))).toEqual(['passed', 'failed']);
    // A role that does not vote has no empty seats here.
    expect(seats(line('chairs', 1), ['abstain'], 'members', chairs)).toBe('failed');
  });
});

describe('weight', () => {
  const scale = 'collaborator scale kept by any chair\n  reports "stake"\nend\nmeasure stake counts stake by each member reported by scale end\n';
  const report = (member: string, value: number): Note => ({
    by: 'p00',
    kind: 'fact',
    body: { type: 'report', subject: member, data: { collaborator: 'scale', report: 'stake', value: String(value) } },
  });
  const weighed = (lines: string, stakes: readonly number[], choices: readonly Json[], during?: Cast['during']): string | undefined =>
    resultOf(lines, {
      members: stakes.length,
      chairs: ['p00', 'p01'],
      choices,
      voters: 'members weighted by stake',
      more: scale,
      before: stakes.map((stake, index) => report(named(stakes.length)[index] ?? '', stake)),
      ...(during === undefined ? {} : { during }),
    });

  it('of who leaves the roster leaves the whole (S42)', () => {
    const lines =
      '    quorum at least 1/2 of weight voting\n    passes when more than 1/2 of weight cast are yes\n    recusal decided by any chair leaves the roster\n';
    const recuse = (org: Organization): readonly Note[] => [
      notesFor(org).act('p00', 1, 'recuse', { about: 'p02' }),
      notesFor(org).act('p01', 1, 'recuse', { about: 'p02' }),
    ];
    expect(weighed(lines, [5, 1, 6], ['yes'])).toBe('inquorate');
    expect(weighed(lines, [5, 1, 6], ['yes'], recuse)).toBe('passed');
    const absent = lines.replace('leaves the roster', 'counts as absent');
    expect(weighed(absent, [5, 1, 6], ['yes'], recuse)).toBe('inquorate');
  });

  it('is led by weight, and tied in weight', () => {
    expect(weighed('    passes when the lead of yes over no is at least 2\n', [5, 3], ['yes', 'no'])).toBe('passed');
    expect(weighed('    passes when the lead of yes over no is at least 3\n', [5, 3], ['yes', 'no'])).toBe('failed');
    const tie = '    passes when at least 1/2 of weight cast are yes\n    tie fails\n';
    expect(weighed(tie, [4, 3, 1], ['yes', 'no', 'no'])).toBe('failed');
    expect(weighed(tie, [5, 3, 1], ['yes', 'no', 'no'])).toBe('passed');
    expect(weighed('    passes when at least 1/2 of weight cast are yes\n', [4, 3, 1], ['yes', 'no', 'no'])).toBe('passed');
  });

  it('has an empty seat as one more, in weight as in people (S130)', () => {
    const lines = (needed: number): string => `    vacancies count as no\n    passes when at least ${needed} weight say no\n`;
    // Two members of forty seats have weights of five and three; thirty-eight seats are empty.
    expect([weighed(lines(43), [3, 5], ['yes', 'no']), weighed(lines(44), [3, 5], ['yes', 'no'])]).toEqual(['passed', 'failed']);
  });

  it('has a quorum of two shares of it', () => {
    const lines = (bound: string): string =>
      `    quorum at least the ${bound} of 1/2 of weight and 1/4 of weight voting\n    passes when more than 1/2 of weight cast are yes\n`;
    expect([weighed(lines('larger'), [4, 1, 6], ['yes']), weighed(lines('smaller'), [4, 1, 6], ['yes'])]).toEqual(['inquorate', 'passed']);
  });
});

describe('what one delegate may take of a weight (S41)', () => {
  it('is a part of it where the whole is too much', () => {
    const more = `collaborator scale kept by any chair
  reports "stake"
end
measure stake counts stake by each member reported by scale end
delegation proxy by members
  for motion
  limit 4 weight per delegate
end
`;
    const stakes = [2, 3, 3, 9];
    const report = (member: string, value: number): Note => ({
      by: 'p00',
      kind: 'fact',
      body: { type: 'report', subject: member, data: { collaborator: 'scale', report: 'stake', value: String(value) } },
    });
    const give = (by: string): Note => ({ by, kind: 'delegate', body: { delegation: 'proxy', to: 'p00' } });
    const counted = (needed: number): string | undefined =>
      resultOf(`    passes when at least ${needed} weight say yes\n`, {
        members: 4,
        chairs: ['p00'],
        choices: ['yes'],
        voters: 'members weighted by stake',
        more,
        before: [...stakes.map((stake, index) => report(named(4)[index] ?? '', stake)), give('p01'), give('p02'), give('p03')],
      });
    // Two of one's own, three of the first, one of the second and nothing of the third.
    expect([counted(6), counted(7)]).toEqual(['passed', 'failed']);
  });
});

describe('what one delegate may take (S41)', () => {
  const give = (by: string, to: string): Note => ({ by, kind: 'delegate', body: { delegation: 'proxy', to } });
  const delegation = (...limits: readonly string[]): string =>
    `delegation proxy by members\n  for motion\n${limits.map((limit) => `  limit ${limit} per delegate\n`).join('')}end\n`;
  const all = ['p01', 'p02', 'p03', 'p04'].map((by) => give(by, 'p00'));
  const counted = (more: string, least: number): string | undefined =>
    resultOf(`    passes when at least ${least} members say yes\n`, { members: 6, choices: ['yes'], more, before: all });

  it.each([
    [[], 5],
    [['2 weight'], 3],
    [['1 weight', '3 weight'], 2],
    [['3 weight', '1 weight'], 2],
    [['1/2 of weight'], 4],
    [['1/4 of weight'], 2],
    [['1/2 of weight', '1 weight'], 2],
  ])('with limits %j their ballot counts for %i', (limits, people) => {
    expect([counted(delegation(...limits), people), counted(delegation(...limits), people + 1)]).toEqual(['passed', 'failed']);
  });

  it('is refused for a delegation that the bylaws do not know', () => {
    const org = found(frame(vote(majority), delegation()), { member: named(3) });
    expect(org.epoch(0, { by: 'p00', kind: 'delegate', body: { delegation: 'other', to: 'p01' } }).verdicts).toEqual(['GDO1052']);
  });
});

describe('the reserve of a full epoch (ledger.md section 9)', () => {
  it('is for processes that take power away, proposals and acts alike', () => {
    const removing = `  step ask
    when any other member approves go to removed
    after 3 days go to refused
  end
  outcome removed
    remove chair from the candidate
  end
`;
    const text = `${frame(removing).replace('process motion', 'process removal')}process motion\n  started by any member\n${vote(majority)}end\n`.replace(
      'held by 0 to 9 people\n',
      'held by 0 to 9 people\n  lost through removal\n',
    );
    const org = found(text, { member: named(12), chair: ['p11'] });
    const { propose } = notesFor(org);
    org.epoch(0, propose('p10', 'motion'), propose('p10', 'removal', { candidate: 'p11' }));
    const note = (by: string, kind: Note['kind'], body: Readonly<Record<string, Json>>, id?: string): Note => ({
      by,
      kind,
      body,
      ...(id === undefined ? {} : { case: id }),
    });
    const [motion, removal] = [org.view(1).id, org.view(2).id];
    const ordinary = named(8).map((by) => note(by, 'propose', { process: 'motion', stage: 0 }));
    const waits = (last: Note): readonly number[] => waiting(org, [...ordinary.slice(0, 7), last]);
    // Of eight batches one is reserved: a seventh ordinary one waits, one that takes power away does not.
    expect(waits(note('p08', 'propose', { process: 'motion' }))).toEqual([7]);
    expect(waits(note('p08', 'ballot', { stage: 1, choice: 'yes' }, motion))).toEqual([7]);
    expect(waits(note('p08', 'act', { stage: 1, verb: 'approve' }, '0'.repeat(64)))).toEqual([7]);
    expect(waits(note('p08', 'propose', { process: 'nothing' }))).toEqual([7]);
    expect(waits(note('p08', 'propose', { process: 'removal', candidate: 'p11' }))).toEqual([]);
    expect(waits(note('p08', 'act', { stage: 1, verb: 'approve' }, removal))).toEqual([]);
    expect(waits(note('p08', 'resign', { role: 'member' }))).toEqual([]);
  });

  /** Which of these batches, in order of arrival, wait where an epoch takes eight. */
  function waiting(org: Organization, notes: readonly Note[]): readonly number[] {
    const zeros = '0'.repeat(64);
    const batches = notes.map((one, index) => {
      const id = String(index + 1).repeat(64);
      const device = deviceOfPerson(one.by);
      const event = {
        id,
        org: zeros,
        actor: one.by,
        device,
        seq: 1,
        kind: one.kind,
        body: one.body,
        tsMs: 0,
        ...(one.case === undefined ? {} : { case: one.case }),
      };
      return { id, device, actor: one.by, seq: 1, count: 1, prev: zeros, deps: [], base: zeros, events: [event], changes: [], charters: [] };
    });
    const result = foldEpoch({
      state: org.state(),
      batches,
      receivedMs: (id) => hour + Number(id[0]),
      timeMs: 2 * hour,
      height: 99,
      previousCheckpoint: zeros,
      windowBatches: 8,
      rules: engine1,
    });
    return result.waiting.map((id) => Number(id[0]) - 1);
  }
});

describe('who a stage asks', () => {
  it('may be who was elected before (S46)', () => {
    const stages = `  step nominating
    nominations of members
    after 1 day go to ballot
  end
  vote ballot
    voters members
    choices the candidates
    counted by approval
    elects 1 chair
    open for 1 day
    tie fails
    when elected go to taking
    when uncontested go to taking
    otherwise go to refused
  end
  step taking
    when the winners accept go to seated
    after 1 day go to refused
  end
  outcome seated
    grant chair to the winners
  end
`;
    const org = found(frame(stages).replace('held by 0 to 9 people', 'held by 0 to 9 people\n  gained through motion'), { member: named(4) });
    const { propose, act, ballot } = notesFor(org);
    org.epoch(0, propose('p00', 'motion'));
    org.epoch(hour, act('p01', 1, 'nominate', { about: 'p01' }), act('p02', 1, 'nominate', { about: 'p02' }));
    org.epoch(day);
    expect(org.epoch(day + hour, ...named(4).map((by) => ballot(by, 1, ['p02']))).verdicts).toEqual(['ok', 'ok', 'ok', 'ok']);
    org.epoch(2 * day);
    expect(readCase(org.state(), org.view(1).id)).toMatchObject({ stage: 'taking', winners: ['p02'] });
    expect(org.epoch(2 * day + hour, act('p01', 1, 'accept'), act('p02', 1, 'accept')).verdicts).toEqual(['GDO1040', 'ok']);
    expect(org.view(1).outcome).toBe('seated');
  });
});
