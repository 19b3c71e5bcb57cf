// Ways round a protection that are none: sunset clauses, names that are words of a Charter, missing bounds, second calls, months as years (S59, S60, S101).
import { describe, expect, it } from 'vitest';
import { charterDiff, unsupported } from '../../../engine/index.ts';
import { amendment } from './amending.ts';
import { compile, found, notesFor, type Organization } from './organization.ts';

const bylaws = (text: string): string => `gdo 1
organization "Test"
end
area rules covers "bylaws/**"
role member plural members
  held by 1 to 99 people
end
${amendment}${text}role guest plural guests
  held by 0 to 9 people
end
`;

const motion = (vote = '', name = 'motion'): string => `process ${name}
  started by any member
  vote ballot
    voters members
    open for 7 days
    quorum at least 1/2 of members voting
${vote}    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`;
const clerk = (held: string, term = ''): string => `role clerk plural clerks\n  held by ${held}\n${term}  gained through motion\nend\n`;

function founded(text: string): Organization {
  expect(unsupported(compile(bylaws(text)).charter)).toEqual([]);
  return found(bylaws(text), { member: ['ada', 'ben', 'chi'] }, { content: [['bylaws/a', '100644:aa']] });
}

/** What the engine says to an amendment that puts other bylaws in the place of these. */
function said(before: string, after: string): string {
  const org = founded(before);
  const next = compile(bylaws(after));
  const change = [{ path: 'bylaws/a', old: '100644:aa', new: '100644:bb' }];
  const note = notesFor(org).proposeChange('ada', 'amendment', change, { adopts: next.hash });
  const [verdict] = org.epoch(0, { ...note, adopts: next }).full;
  return verdict === undefined || verdict.kind === 'ok' ? 'ok' : `${verdict.code} ${verdict.reason}`;
}
/** The same with a protection on both sides. */
const guarded = (protection: string, before: string, after: string): string => said(`${before}${protection}`, `${after}${protection}`);

describe('a sunset clause (S60)', () => {
  const never = 'protect motion\n  never changed\nend\n';
  const lapsing = (what: string, days = 1): string => `protect ${what}\n  lapses after ${days} days\nend\n`;

  it('is a change of the declaration it ends, which is protected from it', () => {
    expect(said(`${motion()}${never}`, `${motion()}${never}${lapsing('motion')}`)).toBe('GDO2004 `motion` may never be changed');
    expect(said(`${motion()}${never}`, `${motion()}${motion('', 'other')}${never}${lapsing('motion, other')}`)).toBe('GDO2004 `motion` may never be changed');
    const through = 'protect motion.ballot\n  changed through motion\nend\n';
    expect(said(`${motion()}${through}`, `${motion()}${through}${lapsing('motion')}`)).toBe('GDO2004 `motion.ballot` is changed through `motion` only');
  });

  it('may come earlier for nothing that is protected', () => {
    const both = (days: number): string => `${motion()}${never}${lapsing('motion', days)}`;
    expect(said(both(99), both(1))).toBe('GDO2004 `motion` may never be changed');
    expect(said(both(99), both(99))).toBe('ok');
  });

  it('may be written for what nothing protects, and for a part of it, which does not go alone', () => {
    expect(said(`${motion()}${motion('', 'other')}${never}`, `${motion()}${motion('', 'other')}${never}${lapsing('other')}`)).toBe('ok');
    expect(said(`${motion()}${never}`, `${motion()}${never}${lapsing('motion.ballot')}`)).toBe('ok');
  });
});

describe('a protected declaration with the name `order`', () => {
  it('is protected like any other, and changes of it are told under its name', () => {
    const before = motion('', 'order');
    const after = before.replace('open for 7 days', 'open for 8 days');
    expect(guarded('protect order\n  never changed\nend\n', before, after)).toBe('GDO2004 `order` may never be changed');
    const paths = charterDiff(compile(bylaws(before)).charter, compile(bylaws(after)).charter).map(({ path }) => path.join('.'));
    expect(paths).toEqual(['order.ballot.open.count']);
  });

  it('is not what an order of rights is', () => {
    const right = (name: string): string => `right ${name}\n  covers "${name}"\n  held by members\nend\n`;
    const changes = charterDiff(compile(bylaws(right('one') + right('two'))).charter, compile(bylaws(right('two') + right('one'))).charter);
    expect(changes.map(({ path }) => path.join('.'))).toEqual(['right.order']);
  });
});

describe('a protected declaration with the name `property`, `rights` or `properties`', () => {
  it.each(['property', 'rights', 'properties'])('is not what a belief or an order of rights is: `%s`', (name) => {
    const right = (one: string): string => `right ${one}\n  covers "${one}"\n  held by members\nend\n`;
    const belief = (amount: number): string => `forbid "no such merge"\n  any merge in rules with fewer than ${amount} approving members\nend\n`;
    const protection = `protect ${name}\n  never changed\nend\n`;
    const before = `${motion('', name)}${right('one')}${right('two')}${belief(1)}`;
    expect(guarded(protection, before, `${motion('', name)}${right('two')}${right('one')}${belief(1)}`)).toBe('ok');
    expect(guarded(protection, before, before.replace(belief(1), belief(2)))).toBe('ok');
    expect(guarded(protection, before, before.replace('open for 7 days', 'open for 8 days'))).toBe(`GDO2004 \`${name}\` may never be changed`);
  });
});

describe('bounds of a number of holders (S60)', () => {
  const bounds = 'protect clerk\n  bounds clerk.held from 1 to 9\nend\n';
  const changed = (held: string): string => guarded(bounds, `${motion()}${clerk('1 to 5 people')}`, `${motion()}${clerk(held)}`);

  it('hold for both ends, and a role without an upper end is outside of them', () => {
    expect([changed('2 to 9 people'), changed('1 person')]).toEqual(['ok', 'ok']);
    const outside = 'GDO2004 `clerk.held` would leave its bounds';
    expect([changed('at least 1 person'), changed('0 to 5 people'), changed('1 to 10 people')]).toEqual([outside, outside, outside]);
  });
});

describe('a protected quorum (S101)', () => {
  const never = 'protect motion.ballot.quorum\n  never changed\nend\n';
  const bounds = 'protect motion.ballot\n  bounds motion.ballot.quorum from 1/3 to 2/3\nend\n';
  const outside = 'GDO2004 `motion.ballot.quorum` would leave its bounds';
  const none = '    second call after 1 day without quorum\n';
  const some = (share: string): string => `    second call after 1 day quorum at least ${share} of members voting\n`;

  it('is not got round by a second call without one', () => {
    expect(guarded(never, motion(), motion(none))).toBe('GDO2004 `motion.ballot.quorum` may never be changed');
    expect([none, some('1/10'), some('2/5')].map((call) => guarded(bounds, motion(), motion(call)))).toEqual([outside, outside, 'ok']);
  });

  it('lets a second call be that was there before', () => {
    const other = (call: string): string => motion(call).replace('quorum at least 1/2', 'quorum at least 2/3');
    expect(guarded(bounds, motion(none), other(none))).toBe('ok');
    expect(guarded(bounds, motion(none), other(some('1/10')))).toBe(outside);
    expect(guarded(bounds, motion(none), motion())).toBe('ok');
  });

  it('is not got round by a second call, or a quorum, of other people, for as little or of other choices', () => {
    const guests = '    second call after 1 day quorum at least 1/2 of guests voting\n';
    const few = '    second call after 1 day quorum at most 1/2 of members voting\n';
    const saying = '    second call after 1 day quorum at least 1/2 of members saying yes\n';
    expect([guests, few, saying].map((call) => guarded(bounds, motion(), motion(call)))).toEqual([outside, outside, outside]);
    const own = 'quorum at least 1/2 of members voting';
    const changed = (before: string, after: string): string => guarded(bounds, motion(guests).replace(own, before), motion(guests).replace(own, after));
    // What the second call asked before is known of it alone.
    expect([changed(own, 'quorum at least 1/2 of guests voting'), changed(own, 'quorum at least 2/3 of members voting')]).toEqual([outside, 'ok']);
    const both = (which: string): string => `quorum at least the ${which} of 1/2 of members and 1/2 of guests voting`;
    expect([changed(both('larger'), both('smaller')), changed(both('larger'), own), changed(own, both('larger'))]).toEqual([outside, outside, outside]);
    expect(changed(`${own}\n    quorum at least 2/5 of guests voting`, own)).toBe(outside);
  });
});

describe('bounds of what passes (S60)', () => {
  const bounds = 'protect motion.ballot\n  bounds motion.ballot.passes from 1/2 to 2/3\n  bounds motion.ballot.quorum from 1/3 to 2/3\nend\n';
  const own = 'passes when more than 1/2 of votes cast are yes';
  const changed = (passes: string): string => guarded(bounds, motion(), motion().replace(own, passes));
  const outside = 'GDO2004 `motion.ballot.passes` would leave its bounds';

  it('hold for its amounts', () => {
    expect(changed('passes when at least 2/3 of votes cast are yes')).toBe('ok');
    expect(changed('passes when more than 1/2 of votes cast are yes and at least 3/5 of votes cast are yes')).toBe('ok');
    expect(changed('passes when at least 1/3 of votes cast are yes')).toBe(outside);
    expect(changed('passes when more than 1/2 of votes cast are yes\n    passes when at least 3 members say yes')).toBe(outside);
  });

  it.each([
    'passes when at most 1/2 of votes cast are yes',
    'passes when at least 2/3 of votes cast are no',
    'passes when at least 2/3 of votes and abstentions are yes',
    'passes when at least 2/3 of all guests are yes',
    `${own}\n    passes when no member says no`,
    `${own}\n    passes when the lead of yes over no is at least 0`,
    `${own} and all members say yes`,
    'passes when at least 1/2 of all members are yes',
    'passes when at least 1/2 of those present are yes',
  ])('are not got round by `%s`', (passes) => {
    expect(changed(passes)).toBe(outside);
  });

  it('let a test without an amount be that was there before', () => {
    const both = (share: string): string => motion().replace(own, `passes when more than ${share} of votes cast are yes and no member says no`);
    expect(guarded(bounds, both('1/2'), both('3/5'))).toBe('ok');
    // Without it a line asks less than it did, and beside it passes what it kept back.
    expect(guarded(bounds, both('1/2'), motion())).toBe(outside);
    expect(guarded(bounds, both('1/2'), both('1/2').replace('passes', `${own}\n    passes`))).toBe(outside);
  });

  it('hold for a quorum in the same way', () => {
    const quorum = (line: string): string => guarded(bounds, motion(), motion().replace('quorum at least 1/2 of members voting', line));
    expect(quorum('quorum at least 2/5 of members voting')).toBe('ok');
    expect(quorum('quorum at least 2/5 of members saying yes')).toBe('GDO2004 `motion.ballot.quorum` would leave its bounds');
  });
});

describe('bounds of a time (S60, docs/decisions/0060)', () => {
  it('know that twelve months are a year', () => {
    const changed = (bound: string, term: string): string =>
      guarded(
        `protect clerk\n  bounds clerk.term ${bound}\nend\n`,
        `${motion()}${clerk('1 to 5 people', '  term 100 days\n')}`,
        `${motion()}${clerk('1 to 5 people', `  term ${term}\n`)}`,
      );
    const outside = 'GDO2004 `clerk.term` would leave its bounds';
    expect(['12 months', '1 year', '13 months', '24 months'].map((term) => changed('from 90 days to 397 days', term))).toEqual(['ok', 'ok', 'ok', outside]);
    expect(['12 months', '11 months', '1 year'].map((term) => changed('from 365 days to 900 days', term))).toEqual(['ok', outside, 'ok']);
  });
});
