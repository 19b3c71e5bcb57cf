// Votes that close early (S127): at the first ballot after which nothing that the others could do changes the result, and not one ballot before. The model
// here tries every completion of small votes by itself; large votes close by their corners, which may be later and is never wrong.
import { describe, expect, it } from 'vitest';
import { fc } from '../../seeded.ts';
import type { Json } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const named = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `p${String(index).padStart(3, '0')}`);

const bylaws = (lines: string, more = ''): string => `gdo 1
organization "Early"
end
role member plural members
  held by 1 to 500 people
end
role chair plural chairs
  held by 0 to 500 people
end
${more}process motion
  started by any member
  vote ballot
    voters members
    open for 7 days
    closes early when decided
${lines}
${lines.includes('as blocked') ? '    when blocked go to stopped\n' : ''}    when ${lines.includes('counted by') ? 'won' : 'passed'} go to accepted
    otherwise go to refused
  end
  outcome stopped refuses
end
`;

type Choice = 'yes' | 'no' | 'abstain';

/** What the bylaws of a rule say of these ballots, as a reader of them would count. `chairs` are who of the voters hold the second role. */
interface Rule {
  readonly lines: string;
  readonly result: (votes: { readonly yes: number; readonly no: number; readonly abstain: number; readonly all: number; readonly chairsNo: number }) => string;
}

const majority = (yes: number, no: number): string => (yes > no ? 'passed' : 'failed');
const rules: readonly Rule[] = [
  { lines: '    passes when more than 1/2 of votes cast are yes', result: ({ yes, no }) => majority(yes, no) },
  {
    lines: '    quorum at least 1/2 of members voting\n    passes when more than 1/2 of votes cast are yes',
    result: ({ yes, no, abstain, all }) => (2 * (yes + no + abstain) < all ? 'inquorate' : majority(yes, no)),
  },
  { lines: '    passes when at least 2/3 of all members are yes', result: ({ yes, all }) => (3 * yes >= 2 * all ? 'passed' : 'failed') },
  {
    lines: '    passes when more than 1/2 of votes cast are yes\n    tie fails',
    result: ({ yes, no, abstain }) => (yes + no + abstain > 0 && yes === no ? 'tied' : majority(yes, no)),
  },
  {
    lines: '    passes when the lead of yes over no is at least 2',
    result: ({ yes, no, abstain }) => (yes + no + abstain > 0 && yes - no >= 2 ? 'passed' : 'failed'),
  },
  {
    lines: '    passes when at least 1/2 of votes and abstentions are yes',
    result: ({ yes, no, abstain }) => (yes > 0 && yes >= no + abstain ? 'passed' : 'failed'),
  },
  {
    lines: '    passes as blocked when at least 1 chair says no\n    passes when more than 1/2 of votes cast are yes',
    result: ({ yes, no, chairsNo }) => (chairsNo > 0 ? 'blocked' : majority(yes, no)),
  },
];

/** True where every way in which the silent may still vote gives one result: `silent` of them are chairs or not. */
function isSettled(rule: Rule, ballots: readonly (readonly [isChair: boolean, choice: Choice])[], silent: readonly boolean[]): boolean {
  const results = new Set<string>();
  const all = ballots.length + silent.length;
  const tally = (list: readonly (readonly [boolean, Choice])[]): string =>
    rule.result({
      all,
      yes: list.filter(([, choice]) => choice === 'yes').length,
      no: list.filter(([, choice]) => choice === 'no').length,
      abstain: list.filter(([, choice]) => choice === 'abstain').length,
      chairsNo: list.filter(([isChair, choice]) => isChair && choice === 'no').length,
    });
  const complete = (place: number, list: readonly (readonly [boolean, Choice])[]): void => {
    const isChair = silent[place];
    if (isChair === undefined) {
      results.add(tally(list));
      return;
    }
    complete(place + 1, list);
    for (const choice of ['yes', 'no', 'abstain'] as const) complete(place + 1, [...list, [isChair, choice]]);
  };
  complete(0, ballots);
  return results.size === 1;
}

describe('a vote that closes early', () => {
  it.each(rules.map((rule) => [rule.lines.trim().replaceAll(/\n\s*/g, '; '), rule] as const))(
    'closes with the ballot that settles it and with none before: %s',
    (_, rule) => {
      fc.assert(
        fc.property(
          fc.array(fc.constantFrom<Choice>('yes', 'no', 'abstain'), { minLength: 1, maxLength: 5 }),
          fc.nat({ max: 2 }),
          fc.nat({ max: 2 }),
          (choices, chairs, silent) => {
            const people = named(choices.length + silent);
            const org = found(bylaws(rule.lines), { member: people, chair: people.slice(0, chairs) });
            const { propose, ballot } = notesFor(org);
            org.epoch(0, propose(people[0] ?? '', 'motion'));
            const given = choices.map((choice, index): readonly [boolean, Choice] => [index < chairs, choice]);
            const settledAfter = Array.from({ length: choices.length + 1 }, (__, count) =>
              isSettled(
                rule,
                given.slice(0, count),
                people.slice(count).map((___, index) => count + index < chairs),
              ),
            );
            for (const [index, choice] of choices.entries()) {
              const isOver = settledAfter.slice(0, index + 1).includes(true);
              expect([index, ...org.epoch((index + 1) * hour, ballot(people[index] ?? '', 1, choice)).verdicts]).toEqual([index, isOver ? 'GDO1051' : 'ok']);
              expect([index, org.view(1).status === 'open']).toEqual([index, !isOver && settledAfter[index + 1] !== true]);
            }
          },
        ),
        { numRuns: 15 },
      );
    },
  );
});

describe('a large vote that closes early', () => {
  /** After how many ballots of one choice a vote of so many is over, if it is. */
  const overAfter = (count: number, lines: string, choices: readonly string[], counts: readonly number[]): readonly boolean[] => {
    const people = named(count);
    const org = found(bylaws(lines), { member: people, chair: people.slice(0, 3) });
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('p000', 'motion'));
    let cast = 0;
    return counts.map((until, index) => {
      const notes: Note[] = [];
      for (; cast < until; cast += 1) notes.push(ballot(people[cast] ?? '', 1, choices[cast % choices.length] ?? 'yes'));
      org.epoch((index + 1) * hour, ...notes);
      return org.view(1).status !== 'open';
    });
  };

  it('is over when its requirements cannot change any more, whatever all the rest do', () => {
    expect(overAfter(120, '    passes when at least 1/3 of all members are yes', ['yes'], [39, 40])).toEqual([false, true]);
    expect(overAfter(120, '    passes when at least 2/3 of all members are yes', ['no'], [40, 41])).toEqual([false, true]);
    expect(overAfter(120, '    passes when more than 1/2 of votes cast are yes', ['yes'], [60, 61])).toEqual([false, true]);
  });

  it('stays open while the rest can still bring as many no as yes, where that is a tie', () => {
    const lines = '    passes when at least 1/3 of all members are yes\n    tie fails';
    expect(overAfter(120, lines, ['yes'], [40, 59, 60, 61])).toEqual([false, false, false, true]);
    expect(overAfter(120, `    passes when at least 11/12 of all members are yes\n    tie fails`, ['no'], [59, 60, 61])).toEqual([false, false, true]);
    // Pairs of yes and no: the gap is nothing until nobody is left.
    expect(overAfter(120, '    passes when at least 11/12 of all members are yes\n    tie fails', ['yes', 'no'], [119, 120])).toEqual([false, true]);
  });

  it('is over for several marks as soon as all of them cannot change it, and never where a ballot has too many ways', () => {
    const marked = '    choices a, b, c\n    marks at most 2\n    passes when at least 1/3 of all members are a';
    expect(overAfter(120, marked, ['a'], [39, 40])).toEqual([false, true]);
    const many = '    choices a, b, c, d, e, f\n    marks at most 6\n    passes when at least 1/3 of all members are a';
    expect(overAfter(12, many, ['a'], [4, 12])).toEqual([false, false]);
    expect(overAfter(12, many.replace(', f', ''), ['a'], [3, 4])).toEqual([false, true]);
  });

  it('counts what a test asks of a role apart from the rest', () => {
    const lines = '    passes as blocked when at least 2 chairs say no\n    passes when at least 1/3 of all members are yes';
    // Three chairs vote first: two who say yes leave one who may say no, which is not enough.
    expect(overAfter(120, lines, ['yes'], [1, 2, 40])).toEqual([false, false, true]);
    // Two who say no block it. The corners of a large vote do not see that the other line matters no more; in a small one every completion is tried.
    expect(overAfter(120, lines, ['no'], [1, 2])).toEqual([false, false]);
    expect(overAfter(9, lines, ['no'], [1, 2])).toEqual([false, true]);
  });
});

describe('a vote that asks a role', () => {
  const over = (lines: string, roles: { readonly member: readonly string[]; readonly chair: readonly string[] }, ...choices: readonly Json[]): boolean => {
    const clerks = 'role clerk plural clerks\n  held by 0 to 9 people\nend\n';
    const org = found(bylaws(lines, clerks), { ...roles, clerk: ['p002'] });
    org.epoch(0, notesFor(org).propose('p000', 'motion'));
    org.epoch(hour, ...choices.map((choice, index) => notesFor(org).ballot(roles.member[index] ?? '', 1, choice)));
    return org.view(1).status !== 'open';
  };
  const blocks = (least: string): string => `    passes as blocked when at least ${least} no\n    passes when more than 1/2 of votes cast are yes`;

  it('is open while those of the role can decide it, wherever they stand among the voters', () => {
    const three = named(3);
    expect(over(blocks('1 chair says'), { member: three, chair: ['p002'] }, 'yes', 'yes')).toBe(false);
    expect(over(blocks('1 chair says'), { member: three, chair: ['p000'] }, 'yes', 'yes')).toBe(true);
    expect(over(blocks('2 chairs say'), { member: named(5), chair: ['p000', 'p003'] }, 'yes', 'yes', 'yes')).toBe(true);
    expect(over(blocks('2 chairs say'), { member: named(5), chair: ['p003', 'p004'] }, 'yes', 'yes', 'yes')).toBe(false);
  });

  it('tells those of one role from those of another', () => {
    const both = '    passes as blocked when at least 1 chair says no and at least 1 clerk says no\n    passes when more than 1/2 of votes cast are yes';
    expect(over(both, { member: named(4), chair: ['p001'] }, 'yes', 'no', 'yes')).toBe(false);
    expect(over(both, { member: ['p000', 'p003', 'p004', 'p001', 'p002'], chair: ['p001'] }, 'yes', 'yes', 'yes')).toBe(false);
  });

  it('tells a ballot of two choices from one whose name is both', () => {
    const lines = '    choices a, b, ab\n    marks at most 2\n    passes when at least 2 members say ab';
    expect(over(lines, { member: named(4), chair: [] }, ['a', 'b'], ['ab'], ['ab'])).toBe(true);
    expect(over(lines, { member: named(4), chair: [] }, ['ab'], ['a', 'b'], ['a', 'b'])).toBe(false);
  });
});

describe('a weighted vote that closes early', () => {
  const weighted = `collaborator scale kept by any chair
  reports "stake"
end
measure stake counts stake by each member reported by scale end
`;
  const played = (lines: string, stakes: readonly number[], choices: readonly Choice[]): { readonly org: Organization; readonly open: readonly boolean[] } => {
    const people = named(stakes.length);
    const text = bylaws(lines, weighted).replace('voters members', 'voters members weighted by stake');
    const org = found(text, { member: people, chair: ['p000'] });
    const { propose, ballot } = notesFor(org);
    const report = (member: string, value: number): Note => ({
      by: 'p000',
      kind: 'fact',
      body: { type: 'report', subject: member, data: { collaborator: 'scale', report: 'stake', value: String(value) } },
    });
    org.epoch(0, ...stakes.map((stake, index) => report(people[index] ?? '', stake)));
    org.epoch(1, propose('p000', 'motion'));
    const open = choices.map((choice, index) => {
      org.epoch((index + 1) * hour, ballot(people[index] ?? '', 1, choice));
      return org.view(1).status === 'open';
    });
    return { org, open };
  };
  const half = '    passes when more than 1/2 of weight cast are yes';

  it('weighs what is left, person by person', () => {
    expect(played(half, [4, 2, 5], ['yes', 'yes']).open).toEqual([true, false]);
    expect(played(half, [6, 3, 2], ['yes']).open).toEqual([false]);
    expect(played(half, [2, 3, 6], ['no', 'no']).open).toEqual([true, true]);
  });

  it('is open while what is left can make it even, where that is a tie', () => {
    expect(played(`${half}\n    tie fails`, [5, 3, 2], ['no']).open).toEqual([true]);
    expect(played(half, [5, 3, 2], ['no']).open).toEqual([false]);
    expect(played(`${half}\n    tie fails`, [6, 3, 2], ['yes']).open).toEqual([false]);
  });

  it('is over for a large body by its corners, in weight', () => {
    const stakes = [1_000, ...Array.from({ length: 60 }, (_, index) => index + 1)];
    const few = played(`${half}\n    tie fails`, stakes.slice(0, 40), ['yes']);
    expect(few.open).toEqual([false]);
    // 60 others have 1,830 together.
    expect(played(`${half}\n    tie fails`, stakes, ['yes']).open).toEqual([true]);
    expect(played(half, [1_831, ...stakes.slice(1)], ['yes']).open).toEqual([false]);
    expect(played(`${half}\n    tie fails`, [1_830, ...stakes.slice(1)], ['yes']).open).toEqual([true]);
    expect(played(`${half}\n    tie fails`, [1_831, ...stakes.slice(1)], ['yes']).open).toEqual([false]);
  });
});

describe('a vote stays open to its time', () => {
  const open = (lines: string, ballots: readonly string[], more = '', notes: (org: Organization) => readonly Note[] = () => []): boolean => {
    const people = named(4);
    const org = found(bylaws(lines, more), { member: people, chair: ['p003'] });
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('p000', 'motion'));
    org.epoch(1, ...notes(org));
    org.epoch(hour, ...ballots.map((choice, index) => ballot(people[index] ?? '', 1, choice)));
    expect(org.view(1).dueMs ?? 7 * day).toBe(7 * day);
    return org.view(1).status === 'open';
  };
  const half = '    passes when more than 1/2 of votes cast are yes';

  it('while a recusal is asked for, though its ballots settle it', () => {
    const recusal = `${half}\n    recusal decided by any chair counts as absent`;
    const ask = (org: Organization): readonly Note[] => [notesFor(org).act('p001', 1, 'recuse', { about: 'p002' })];
    expect(open(recusal, ['yes', 'yes', 'yes'])).toBe(false);
    expect(open(recusal, ['yes', 'yes', 'yes'], '', ask)).toBe(true);
  });

  it('where its result would extend it', () => {
    const extended = `${half}\n    extends by 2 days when passed at most 1 times`;
    expect(open(extended, ['yes', 'yes', 'yes'])).toBe(true);
    expect(open(extended, ['no', 'no', 'no'])).toBe(false);
  });

  it('where a delegate may be given so much only, until everybody has voted', () => {
    const limit = 'delegation proxy by members\n  for motion\n  limit 1/2 of weight per delegate\nend\n';
    expect(open(half, ['yes', 'yes', 'yes'], limit)).toBe(true);
    expect(open(half, ['yes', 'yes', 'yes', 'yes'], limit)).toBe(false);
    expect(open(half, ['yes', 'yes', 'yes'], limit.replace('  limit 1/2 of weight per delegate\n', ''))).toBe(false);
  });

  it('where a method counts it, until everybody has voted', () => {
    const counted = '    choices red, blue\n    counted by approval\n    tie fails';
    expect(open(counted, ['red', 'red', 'red'])).toBe(true);
    expect(open(counted, ['red', 'red', 'red', 'blue'])).toBe(false);
  });
});
