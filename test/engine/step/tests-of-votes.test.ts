// What the tests of a vote are taken of and how they compare: bases, exact shares, several results, turnout, leads, Condorcet winners.
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../engine/index.ts';
import { readCase } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Organization } from './organization.ts';

const people = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `p${String(index).padStart(2, '0')}`);

const bylaws = (stages: string, more = ''): string =>
  `gdo 1\norganization "Tests"\nend\nrole member plural members\n  held by 1 to 40 people\nend\nrole chair plural chairs\n  held by 0 to 9 people\nend\n${more}process motion\n  started by any member\n${stages}end\n`;

const results = '    when passed go to accepted\n    otherwise go to refused\n';

const vote = (lines: string, ends = results): string => `  vote ballot\n    voters members\n    open for 7 days\n${lines}${ends}  end\n`;

interface Cast {
  readonly count?: number;
  readonly chairs?: readonly string[];
  readonly choices: readonly Json[];
  readonly ends?: string;
  readonly more?: string;
}

/** The result of one vote: the first people cast these choices in order. */
function played(lines: string, { count = 6, chairs = [], choices, ends, more }: Cast): Organization {
  const org = found(bylaws(vote(lines, ends), more), { member: people(count), chair: chairs });
  const { propose, ballot } = notesFor(org);
  org.epoch(0, propose('p00', 'motion'));
  const cast = org.epoch(hour, ...choices.map((choice, place) => ballot(people(count)[place] ?? '', 1, choice)));
  expect(cast.verdicts).toEqual(choices.map(() => 'ok'));
  org.epoch(7 * day);
  return org;
}

const resultOf = (lines: string, cast: Cast): string | undefined => played(lines, cast).view(1).result;

/** So many ballots of one choice. */
const many = (count: number, choice: string): readonly string[] => Array.from({ length: count }, () => choice);

describe('what a share is taken of (S29)', () => {
  it.each([
    ['votes cast leave abstentions out', 'passes when more than 1/2 of votes cast are yes\n', [...many(2, 'yes'), 'no', ...many(3, 'abstain')], 'passed'],
    ['votes and abstentions have them', 'passes when at least 1/2 of votes and abstentions are yes\n', [...many(2, 'yes'), ...many(3, 'abstain')], 'failed'],
    [
      'a choice of one\u2019s own is a vote cast',
      'choices yes, no, later, abstain\npasses when more than 1/2 of votes cast are yes\n',
      [...many(2, 'yes'), ...many(2, 'later'), 'abstain'],
      'failed',
    ],
    ['all members have those who are silent', 'passes when at least 1/2 of all members are yes\n', many(2, 'yes'), 'failed'],
  ])('%s', (_, lines, choices, result) => {
    expect(resultOf(lines, { choices })).toBe(result);
  });

  it('those present are who attended the last meeting of the case', () => {
    const stages = `  meeting assembly\n    attended by members\n    open for 3 hours\n    when quorate go to ballot\n    otherwise go to refused\n  end\n${vote('passes when at least 2/3 of those present are yes\n')}`;
    const result = (yes: number): string | undefined => {
      const org = found(bylaws(stages), { member: people(6) });
      const { propose, act, ballot } = notesFor(org);
      org.epoch(0, propose('p00', 'motion'));
      org.epoch(hour, ...people(3).map((member) => act(member, 1, 'attend')));
      org.epoch(3 * hour);
      org.epoch(4 * hour, ...people(yes).map((member) => ballot(member, 1, 'yes')));
      org.epoch(8 * day);
      return org.view(1).result;
    };
    expect([result(1), result(2)]).toEqual(['failed', 'passed']);
  });

  it('weight cast is the weight behind the votes cast', () => {
    const more = 'collaborator scale kept by the chair\n  reports "stake"\nend\nmeasure stake counts stake by each member reported by scale end\n';
    const stages = '  vote ballot\n    voters members weighted by stake\n    open for 7 days\n    passes when more than 1/2 of weight cast are yes\n';
    const org = found(bylaws(`${stages}${results}  end\n`, more), { member: people(4), chair: ['p03'] });
    const report = (member: string, value: number) =>
      ({ by: 'p03', kind: 'fact', body: { type: 'report', subject: member, data: { collaborator: 'scale', report: 'stake', value: String(value) } } }) as const;
    expect(org.epoch(0, report('p00', 5), report('p01', 4), report('p02', 9)).verdicts).toEqual(['ok', 'ok', 'ok']);
    const { propose, ballot } = notesFor(org);
    org.epoch(hour, propose('p00', 'motion'));
    // Five of nine cast; the nine that abstain are no part of it.
    org.epoch(2 * hour, ballot('p00', 1, 'yes'), ballot('p01', 1, 'no'), ballot('p02', 1, 'abstain'));
    org.epoch(8 * day);
    expect(org.view(1).result).toBe('passed');
  });
});

describe('shares (S31)', () => {
  it('are compared exactly: nothing is rounded to meet them or to miss them', () => {
    const choices = [...many(2, 'yes'), 'no'];
    expect(resultOf('passes when at least 66.666666% of votes cast are yes\n', { choices })).toBe('passed');
    expect(resultOf('passes when at least 66.666667% of votes cast are yes\n', { choices })).toBe('failed');
    expect(resultOf('passes when at least 2/3 of votes cast are yes\n', { choices })).toBe('passed');
    expect(resultOf('passes when more than 2/3 of votes cast are yes\n', { choices })).toBe('failed');
    expect(resultOf('passes when at least 666666/999999 of votes cast are yes\n', { choices })).toBe('passed');
  });

  it('need the whole person that lies above a fraction of people', () => {
    const third = 'quorum at least 1/3 of members voting\npasses when at least 1 member says yes\n';
    // A third of seven is two and a third: two are too few, three are enough.
    expect(resultOf(third, { count: 7, choices: many(2, 'yes') })).toBe('inquorate');
    expect(resultOf(third, { count: 7, choices: many(3, 'yes') })).toBe('passed');
  });
});

describe('several `passes` lines (S125)', () => {
  const lines =
    'passes as blocked when at least 1 chair says no\npasses as swift when at least 5 members say yes\npasses when more than 1/2 of votes cast are yes\n';
  const ends = '    when blocked go to talk\n    when swift go to accepted\n    when passed go to accepted\n    otherwise go to refused\n';
  const talk = '  step talk\n    after 30 days go to refused\n  end\n';
  const result = (choices: readonly string[], chairs: readonly string[] = []): string | undefined => {
    const org = found(bylaws(`${vote(`quorum at least 2 members voting\n${lines}`, ends)}${talk}`), { member: people(6), chair: chairs });
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('p00', 'motion'));
    org.epoch(hour, ...choices.map((choice, place) => ballot(people(6)[place] ?? '', 1, choice)));
    org.epoch(7 * day);
    return readCase(org.state(), org.view(1).id)?.result;
  };

  it('are tried in the order of the text, and the first whose tests all hold gives the result', () => {
    expect(result([...many(5, 'yes'), 'no'], ['p05'])).toBe('blocked');
    expect(result([...many(5, 'yes'), 'no'])).toBe('swift');
    expect(result([...many(3, 'yes'), 'no'])).toBe('passed');
  });

  it('are none of them tried before the quorums hold, and `failed` is what is left', () => {
    expect(result(['no'], ['p00'])).toBe('inquorate');
    expect(result(['no', 'yes'])).toBe('failed');
  });

  it('are all counted in a joint, where only `passed` is a pass', () => {
    const inner = (name: string, row: string): string => `    vote ${name}\n      voters members\n      open for 7 days\n      ${row}\n    end\n`;
    const joint = (row: string): string =>
      `  joint both\n${inner('first', 'passes when at least 1 member says yes')}${inner('second', row)}    when all pass go to accepted\n    otherwise go to refused\n  end\n`;
    const outcome = (row: string): string | undefined => {
      const org = found(bylaws(joint(row)), { member: people(3) });
      const { propose, ballot } = notesFor(org);
      org.epoch(0, propose('p00', 'motion'));
      const entries = org.view(1).acts.map((act) => act.entry);
      org.epoch(hour, ...entries.map((stage) => ballot('p01', 1, 'yes', { stage })));
      org.epoch(7 * day);
      return org.view(1).outcome;
    };
    expect(outcome('passes as well when at least 1 member says yes')).toBe('refused');
    expect(outcome('passes when at least 1 member says yes')).toBe('accepted');
  });
});

describe('tests of a vote (S126)', () => {
  it.each([
    ['turnout counts abstentions', 'passes when at least 1 member says yes and turnout at least 1/2 of members\n', ['yes', ...many(2, 'abstain')], 'passed'],
    ['turnout misses one person', 'passes when at least 1 member says yes and turnout at least 1/2 of members\n', ['yes', 'abstain'], 'failed'],
    ['a lead is the difference', 'passes when the lead of yes over no is at least 2\n', [...many(3, 'yes'), 'no'], 'passed'],
    ['a lead one short', 'passes when the lead of yes over no is at least 2\n', [...many(2, 'yes'), 'no'], 'failed'],
    ['a lead of nothing', 'passes when the lead of yes over no is exactly 0\n', ['yes', 'no'], 'passed'],
    ['two choices add up', 'choices yes, no, maybe, abstain\npasses when at least 2/3 of votes cast are yes or maybe\n', ['yes', 'maybe', 'no'], 'passed'],
    ['all say is everybody on the roster', 'passes when all members say yes\n', many(5, 'yes'), 'failed'],
    ['all say with everybody', 'passes when all members say yes\n', many(6, 'yes'), 'passed'],
    [
      'a quorum of those who say so',
      'quorum at least 1/2 of members saying yes or no\npasses when at least 1 member says yes\n',
      ['yes', 'no', 'abstain'],
      'inquorate',
    ],
    [
      'a quorum of those who say so, met',
      'quorum at least 1/2 of members saying yes or no\npasses when at least 1 member says yes\n',
      ['yes', 'no', 'no'],
      'passed',
    ],
  ])('%s', (_, lines, choices, result) => {
    expect(resultOf(lines, { choices })).toBe(result);
  });

  it('`all R say X` is not met by a role that nobody holds', () => {
    const lines = 'passes when all chairs say yes and at least 1 member says yes\n';
    expect(resultOf(lines, { choices: many(2, 'yes') })).toBe('failed');
    expect(resultOf(lines, { choices: many(2, 'yes'), chairs: ['p01'] })).toBe('passed');
  });
});

describe('`counted by condorcet` (S133)', () => {
  const lines = (more = ''): string => `choices red, green, blue\ncounted by condorcet with unranked last, equal ranks allowed\n${more}tie fails\n`;
  const ends = '    when won go to accepted\n    otherwise go to refused\n';
  const winners = (choices: readonly Json[], more?: string, count = 6): readonly string[] | undefined => {
    const org = played(lines(more), { choices, ends, count });
    return org.view(1).result === 'won' ? readCase(org.state(), org.view(1).id)?.winners : undefined;
  };

  it('is won by the option that more ballots prefer to each other one', () => {
    // Blue is first on two ballots only and beats both others.
    expect(
      winners([
        ['red', 'blue', 'green'],
        ['red', 'blue', 'green'],
        ['green', 'blue', 'red'],
        ['blue', 'green', 'red'],
        ['blue', 'red', 'green'],
      ]),
    ).toEqual(['blue']);
  });

  it('fails where there is none', () => {
    expect(
      winners([
        ['red', 'green', 'blue'],
        ['green', 'blue', 'red'],
        ['blue', 'red', 'green'],
      ]),
    ).toBeUndefined();
  });

  it('needs so many in every pair where it must beat the others by them', () => {
    const beats = 'beats others by more than 1/2 of members\n';
    // Of seven members four are more than half; three of four ballots are not.
    expect(winners([['red'], ['red'], ['red'], ['green']], beats, 7)).toBeUndefined();
    expect(winners([['red'], ['red'], ['red'], ['red'], ['green']], beats, 7)).toEqual(['red']);
  });
});

describe('`are the winner` (S126, docs/decisions/0109)', () => {
  const lines = 'choices red, green, blue\ncounted by plurality with equal ranks refused\npasses when at least 2/3 of votes cast are the winner\ntie fails\n';
  const ends = '    when won go to accepted\n    otherwise go to refused\n';
  const ended = (choices: readonly Json[]): readonly [string | undefined, readonly string[] | undefined] => {
    const org = played(lines, { choices, ends });
    return [org.view(1).result, readCase(org.state(), org.view(1).id)?.winners];
  };

  it('asks for that share of whatever option leads', () => {
    expect(ended(['red', 'red', 'green'])).toEqual(['won', ['red']]);
    expect(ended(['blue', 'blue', 'blue', 'blue', 'green', 'abstain'])).toEqual(['won', ['blue']]);
    expect(ended(['red', 'red', 'red', 'green', 'green', 'blue'])).toEqual(['failed', []]);
  });

  it('is a tie before it is a share, where two lead', () => {
    expect(ended(['red', 'green'])).toEqual(['failed', []]);
    const lot = played(lines.replace('tie fails', 'tie decided by any chair then fails'), { choices: ['red', 'red', 'green', 'green'], ends, chairs: ['p05'] });
    expect(lot.view(1)).toMatchObject({ status: 'open' });
  });
});
