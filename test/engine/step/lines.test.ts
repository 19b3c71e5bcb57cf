// The lines of a vote: each quorum and each test as the bylaws say it, what there is, what it needs, and whether that is enough (S28-S33, S124-S126, S130).
import { describe, expect, it } from 'vitest';
import { redecide, type Json } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note } from './organization.ts';

const people: readonly string[] = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'];

const bylaws = (
  lines: string,
  { voters = 'members', more = '', before = '' }: { readonly voters?: string; readonly more?: string; readonly before?: string },
): string => `gdo 1
organization "Lines"
end
role member plural members
  held by 1 to 8 people
end
role chair plural chairs
  held by 0 to 3 people
end
${more}process motion
  started by any member
${before}  vote ballot
    voters ${voters}
    open for 7 days
${lines}    when ${lines.includes('counted by') ? 'won' : 'passed'} go to accepted
    otherwise go to refused
  end
end
`;

type Line = readonly [requirement: string, have: string, need: string, met: boolean];

interface Setting {
  readonly choices: readonly Json[];
  readonly chairs?: readonly string[];
  readonly stakes?: readonly number[];
  readonly attending?: number;
}

const scale = 'collaborator scale kept by any chair\n  reports "stake"\nend\nmeasure stake counts stake by each member reported by scale end\n';
const assembly = '  meeting assembly\n    attended by members\n    open for 3 hours\n    when quorate go to ballot\n    otherwise go to refused\n  end\n';

/** The result of a vote and its lines, as everybody can work them out again after it. */
function linesOf(
  text: string,
  { choices, chairs = ['p0'], stakes, attending }: Setting,
): { readonly result: string | undefined; readonly lines: readonly Line[] } {
  const org = found(
    bylaws(text, {
      ...(stakes === undefined ? {} : { voters: 'members weighted by stake', more: scale }),
      ...(attending === undefined ? {} : { before: assembly }),
    }),
    { member: people, chair: chairs },
  );
  const { propose, act, ballot } = notesFor(org);
  const report = (member: string, value: number): Note => ({
    by: 'p0',
    kind: 'fact',
    body: { type: 'report', subject: member, data: { collaborator: 'scale', report: 'stake', value: String(value) } },
  });
  org.epoch(0, ...(stakes ?? []).map((stake, index) => report(people[index] ?? '', stake)));
  org.epoch(0, propose('p0', 'motion'));
  org.epoch(1, ...people.slice(0, attending ?? 0).map((by) => act(by, 1, 'attend')));
  org.epoch(3 * hour);
  const { entry } = org.view(1);
  expect(org.epoch(4 * hour, ...choices.map((choice, index) => ballot(people[index] ?? '', 1, choice))).verdicts).toEqual(choices.map(() => 'ok'));
  org.epoch(8 * day);
  const again = redecide(org.state(), org.view(1).id, { stage: 'ballot', entry, closedMs: 8 * day });
  expect(again?.result).toBe(org.view(1).result);
  return { result: again?.result, lines: (again?.lines ?? []).map(({ requirement, have, need, met }): Line => [requirement, have, need, met]) };
}

const majority = '    passes when more than 1/2 of votes cast are yes\n';
const three: Setting = { choices: ['yes', 'yes', 'no', 'abstain'] };

describe('a test of a vote reads', () => {
  it.each<readonly [test: string, setting: Setting, line: Line]>([
    ['more than 1/2 of votes cast are yes', three, ['more than 1/2 of votes cast are yes', '2 of 3', 'more than 1/2 of 3', true]],
    ['more than 2/3 of votes cast are yes', three, ['more than 2/3 of votes cast are yes', '2 of 3', 'more than 2/3 of 3', false]],
    ['at least 50% of votes and abstentions are yes', three, ['at least 1/2 of votes and abstentions are yes', '2 of 4', 'at least 1/2 of 4', true]],
    ['at least 1/2 of all members are yes or no', three, ['at least 1/2 of all members are yes or no', '3 of 6', 'at least 1/2 of 6', true]],
    ['at most 1/3 of all chairs are yes', three, ['at most 1/3 of all chairs are yes', '2 of 1', 'at most 1/3 of 1', false]],
    ['at least 1/2 of all seats are yes', three, ['at least 1/2 of all seats are yes', '2 of 8', 'at least 1/2 of 8', false]],
    ['at least 2 of votes cast are yes', three, ['at least 2 of votes cast are yes', '2 of 3', '2', true]],
    ['at least 3 of votes cast are yes', three, ['at least 3 of votes cast are yes', '2 of 3', '3', false]],
    ['fewer than 2 of votes cast are no', three, ['fewer than 2 of votes cast are no', '1 of 3', '2', true]],
    ['exactly 1 of votes and abstentions are abstain', three, ['exactly 1 of votes and abstentions are abstain', '1 of 4', '1', true]],
    ['at least 2 members say yes', three, ['at least 2 members say yes', '2', '2', true]],
    ['at least 1 person says yes', three, ['at least 1 person says yes', '2', '1', true]],
    ['at least 1 member says no', three, ['at least 1 member says no', '1', '1', true]],
    ['at least 1/2 members say yes', three, ['at least 1/2 of members say yes', '2', '1/2', false]],
    ['at least 1/3 members say yes', three, ['at least 1/3 of members say yes', '2', '1/3', true]],
    ['at least 1 chair says no or abstain', three, ['at least 1 chair says no or abstain', '0', '1', false]],
    ['no chair says no', three, ['no chair says no', '0', '0', true]],
    ['no member says no', three, ['no member says no', '1', '0', false]],
    ['all chairs say yes', three, ['all chairs say yes', '1', '1', true]],
    ['all members say yes or no', three, ['all members say yes or no', '3', '6', false]],
    ['all chairs say yes', { ...three, chairs: [] }, ['all chairs say yes', '0', '0', false]],
    ['turnout at least 1/2 of members', three, ['turnout is at least 1/2 of members', '4', '1/2 of members', true]],
    ['turnout more than 4 members', three, ['turnout is more than 4 members', '4', '4 members', false]],
    [
      'turnout at least the larger of 1/2 of members and 5 members',
      three,
      ['turnout is at least the larger of 1/2 of members and 5 members', '4', 'the larger of 1/2 of members and 5 members', false],
    ],
    ['turnout at least all but 2 members', three, ['turnout is at least all but 2 of members', '4', 'all but 2 of members', true]],
    ['the lead of yes over no is at least 1', three, ['the lead of yes over no is at least 1', '1', '1', true]],
    ['the lead of no over yes is at least 0', three, ['the lead of no over yes is at least 0', '-1', '0', false]],
  ])('%s', (test, setting, line) => {
    const { result, lines } = linesOf(`    passes when ${test}\n`, setting);
    expect(lines).toEqual([line]);
    expect(result).toBe(line[3] ? 'passed' : 'failed');
  });

  it.each<readonly [test: string, line: Line]>([
    ['more than 1/2 of weight cast are yes', ['more than 1/2 of weight cast are yes', '9 of 12', 'more than 1/2 of 12', true]],
    ['more than 1/2 of votes cast are yes', ['more than 1/2 of votes cast are yes', '2 of 3', 'more than 1/2 of 3', true]],
    ['at least 9 weight say yes', ['at least 9 weight say yes', '9', '9', true]],
    ['at least 10 weight say yes', ['at least 10 weight say yes', '9', '10', false]],
    ['turnout at least 1/2 of weight', ['turnout is at least 1/2 of weight', 'a weight of 112', '1/2 of weight', true]],
    ['turnout at least 1/2 of members', ['turnout is at least 1/2 of members', '4', '1/2 of members', true]],
    [
      'turnout at least the smaller of 1/1 of weight and 5 members',
      ['turnout is at least the smaller of 1/1 of weight and 5 members', 'a weight of 112', 'the smaller of 1/1 of weight and 5 members', false],
    ],
    [
      'turnout at least the larger of 5 members and 1/2 of weight',
      ['turnout is at least the larger of 5 members and 1/2 of weight', 'a weight of 112', 'the larger of 5 members and 1/2 of weight', false],
    ],
    ['the lead of yes over no is at least 6', ['the lead of yes over no is at least 6', '6', '6', true]],
    ['the lead of yes over no is more than 6', ['the lead of yes over no is more than 6', '6', '6', false]],
  ])('in a weighted vote: %s', (test, line) => {
    // Five and four say yes, three no, a hundred abstain and one stays away.
    expect(linesOf(`    passes when ${test}\n`, { ...three, stakes: [5, 4, 3, 100, 1, 0] }).lines).toEqual([line]);
  });

  it('those present, of the meeting before it', () => {
    const { lines } = linesOf('    passes when more than 1/3 of those present are yes\n', { ...three, attending: 5 });
    expect(lines).toEqual([['more than 1/3 of those present are yes', '2 of 5', 'more than 1/3 of 5', true]]);
  });
});

describe('several marks on one ballot', () => {
  const marked = (test: string, ...choices: readonly Json[]): Line | undefined =>
    linesOf(`    choices red, blue, abstain\n    marks at most 2\n    passes when ${test}\n`, { choices }).lines[0];

  it('are one ballot, and a vote cast beside an abstention', () => {
    const line = ['at least 2/3 of votes cast are red', '2 of 3', 'at least 2/3 of 3', true];
    expect(marked('at least 2/3 of votes cast are red', ['red', 'abstain'], ['blue', 'red'], ['blue'], ['abstain'])).toEqual(line);
  });

  it('say each of their choices', () => {
    expect(marked('at least 2 members say red', ['red', 'blue'], ['red'], ['blue'])).toEqual(['at least 2 members say red', '2', '2', true]);
    expect(marked('at least 3 members say red or blue', ['red', 'blue'], ['red'], ['blue'])?.[1]).toBe('3');
    expect(marked('no member says blue', ['red', 'blue'])?.[3]).toBe(false);
  });
});

describe('a quorum over the default (S44)', () => {
  it('has the ballots for something else, abstentions left out', () => {
    const over = (least: number): Line | undefined =>
      linesOf(`    choices yes, no, later, abstain\n    default no\n    quorum at least ${least} members over default\n${majority}`, {
        choices: ['yes', 'yes', 'later', 'no', 'abstain'],
      }).lines[0];
    expect(over(3)).toEqual(['quorum at least 3 members over default', '3', 'at least 3 members', true]);
    expect(over(4)?.slice(1)).toEqual(['3', 'at least 4 members', false]);
    // A ballot with several marks is for something else as soon as one of them is.
    const marked = `    choices yes, no, abstain\n    marks at most 2\n    default no\n    quorum at least 2 members over default\n${majority}`;
    expect(
      linesOf(marked, {
        choices: [
          ['yes', 'no'],
          ['abstain', 'yes'],
          ['no', 'abstain'],
        ],
      }).lines[0]?.slice(1),
    ).toEqual(['2', 'at least 2 members', true]);
  });
});

describe('a test of whom a count elects', () => {
  const counted = (test: string, ...choices: readonly Json[]): { readonly result: string | undefined; readonly lines: readonly Line[] } =>
    linesOf(`    choices red, blue\n    counted by approval\n    tie fails\n    passes when ${test}\n`, { choices });

  it('names the winner, and asks for those who chose it', () => {
    expect(counted('at least 2/3 of votes cast are the winner', ['red'], ['red'], ['blue'])).toEqual({
      result: 'won',
      lines: [['at least 2/3 of votes cast are red', '2 of 3', 'at least 2/3 of 3', true]],
    });
    expect(counted('at least 3/4 of votes cast are the winner', ['red'], ['red'], ['blue'])).toEqual({
      result: 'failed',
      lines: [['at least 3/4 of votes cast are red', '2 of 3', 'at least 3/4 of 3', false]],
    });
  });

  it('speaks of `the winner` where there is none, and nobody chose that', () => {
    expect(counted('at least 1/2 of votes and abstentions are the winner', 'abstain', 'abstain').lines).toEqual([
      ['at least 1/2 of votes and abstentions are the winner', '0 of 2', 'at least 1/2 of 2', false],
    ]);
  });
});

describe('a second call (S101)', () => {
  /** The result of the second call in which these vote. */
  const called = (how: string, choices: readonly Json[]): string | undefined => {
    const org = found(bylaws(`    quorum at least 4 members voting\n    second call after 1 day ${how}\n${majority}`, {}), { member: people, chair: [] });
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('p0', 'motion'));
    org.epoch(hour, ballot('p0', 1, 'yes'));
    org.epoch(7 * day);
    expect(org.view(1).status).toBe('open');
    org.epoch(8 * day);
    expect(org.epoch(8 * day + hour, ...choices.map((choice, index) => ballot(people[index] ?? '', 1, choice))).verdicts).toEqual(choices.map(() => 'ok'));
    org.epoch(15 * day);
    return org.view(1).result;
  };

  it('has its own quorum, or none, and begins from nothing', () => {
    expect(
      [1, 2].map((count) =>
        called(
          'quorum at least 2 members voting',
          people.slice(0, count).map(() => 'yes'),
        ),
      ),
    ).toEqual(['inquorate', 'passed']);
    expect(called('without quorum', ['yes'])).toBe('passed');
    expect(called('without quorum', [])).toBe('failed');
  });
});

describe('a quorum of a vote reads', () => {
  it.each<readonly [quorum: string, setting: Setting, line: Line]>([
    ['at least 1/2 of members voting', three, ['quorum at least 1/2 of members voting', '4', 'at least 1/2 of members', true]],
    ['more than 4 members voting', three, ['quorum more than 4 members voting', '4', 'more than 4 members', false]],
    ['at least 2 members saying no or abstain', three, ['quorum at least 2 members saying no or abstain', '2', 'at least 2 members', true]],
    ['at least 2 members saying no', three, ['quorum at least 2 members saying no', '1', 'at least 2 members', false]],
    [
      'at least the square root of members voting',
      three,
      ['quorum at least 1/1 of the square root of members voting', '4', 'at least 1/1 of the square root of members', true],
    ],
    ['at least 2 chairs voting', three, ['quorum at least 2 chairs voting', '4', 'at least 2 chairs', true]],
    ['at least 5 members present', { ...three, attending: 5 }, ['quorum at least 5 members present', '5', 'at least 5 members', true]],
    ['at least 5 members present', { ...three, attending: 4 }, ['quorum at least 5 members present', '4', 'at least 5 members', false]],
    [
      'at least 1/2 of weight voting',
      { ...three, stakes: [1, 1, 1, 1, 3, 2] },
      ['quorum at least 1/2 of weight voting', 'a weight of 4', 'at least 1/2 of weight', false],
    ],
  ])('%s', (quorum, setting, line) => {
    const { result, lines } = linesOf(`    quorum ${quorum}\n${majority}`, setting);
    expect(lines[0]).toEqual(line);
    expect(lines).toHaveLength(2);
    expect(result).toBe(line[3] ? 'passed' : 'inquorate');
  });

  it('all of them, in the order of the text, before the tests', () => {
    const { result, lines } = linesOf(
      `    quorum at least 1 member voting\n    quorum at least 6 members voting\n    passes as late when at least 9 members say no\n${majority}`.replace(
        'passes as late',
        'passes',
      ),
      three,
    );
    expect(lines.map(([requirement, , , met]) => [requirement, met])).toEqual([
      ['quorum at least 1 member voting', true],
      ['quorum at least 6 members voting', false],
      ['at least 9 members say no', false],
      ['more than 1/2 of votes cast are yes', true],
    ]);
    expect(result).toBe('inquorate');
  });

  it('and nobody who votes is no decision, whatever a test says of no votes', () => {
    expect(linesOf('    passes when at most 1 member says no\n', { choices: [] }).result).toBe('failed');
    expect(linesOf('    passes when at most 1 member says no\n', { choices: ['abstain'] }).result).toBe('passed');
    expect(linesOf('    passes when at most 1 member says no\n    tie fails\n', { choices: [] }).result).toBe('failed');
  });
});

describe('empty seats in the lines (S130)', () => {
  const chairs = ['p0', 'p1'];

  it.each<readonly [as: string, test: string, line: Line]>([
    ['no', 'more than 1/2 of votes cast are yes', ['more than 1/2 of votes cast are yes', '2 of 5', 'more than 1/2 of 5', false]],
    ['abstain', 'more than 1/2 of votes cast are yes', ['more than 1/2 of votes cast are yes', '2 of 3', 'more than 1/2 of 3', true]],
    ['abstain', 'at least 1/3 of votes and abstentions are yes', ['at least 1/3 of votes and abstentions are yes', '2 of 6', 'at least 1/3 of 6', true]],
    ['no', 'at least 1/2 of all members are no', ['at least 1/2 of all members are no', '3 of 6', 'at least 1/2 of 6', true]],
    ['no', 'at least 3 members say no', ['at least 3 members say no', '3', '3', true]],
    ['no', 'at least 1 chair says no', ['at least 1 chair says no', '0', '1', false]],
    ['no', 'no member says no', ['no member says no', '3', '0', false]],
    ['no', 'the lead of no over yes is at least 1', ['the lead of no over yes is at least 1', '1', '1', true]],
    ['yes', 'all members say yes', ['all members say yes', '2', '6', false]],
    ['no', 'turnout at least 5 members', ['turnout is at least 5 members', '4', '5 members', false]],
  ])('counted as %s: %s', (as, test, line) => {
    // Two of eight seats are empty.
    expect(linesOf(`    vacancies count as ${as}\n    passes when ${test}\n`, { ...three, chairs }).lines).toEqual([line]);
  });
});
