// What the bylaws protect from amendments, and within which bounds (S59, S60): each amendment is proposed to the same organization, and refused or not.
import { describe, expect, it } from 'vitest';
import { compile, day, found, notesFor, type Organization } from './organization.ts';

const opening = 'gdo 1\norganization "Test"\nend\narea rules covers "bylaws/**"\narea work covers "work/**"\n';
const people: readonly string[] = ['ada', 'ben', 'chi', 'dev'];
const amending = (name: string): string =>
  `process ${name}\n  governs rules\n  started by any member\n  step talk\n    when 2 members approve go to accepted\n    after 9 days go to refused\n  end\nend\n`;

const charter = `role member plural members
  held by 2 to 9 people
  term 2 years
  gained through naming
  lost through resignation or expiry
end
role guest plural guests
  held by anyone
end
process naming
  started by any member
  step wait
    after 1 day go to named
  end
  outcome named
    grant member to the candidate
  end
end
${amending('amendment')}${amending('convention')}process motion
  started by any member
  meeting assembly
    called by any member within 10 days
    notice 1 day
    attended by members
    open for 2 hours
    quorum at least 1/2 of members present
    when quorate go to both
    otherwise go to refused
  end
  joint both
    vote ballot
      voters members
      open for 2 months
      quorum at least 2 members voting
      passes when more than 1/2 of votes cast are yes and turnout at least 1/4 of members
      tie fails
    end
    vote poll
      voters guests
      open for 40 days
      passes when at least 1/3 of votes cast are yes
      tie fails
    end
    when all pass go to confirmation
    otherwise go to refused
  end
  vote confirmation
    voters members
    open for 7 days
    quorum at least 3/4 of members voting
    passes when at least 2 members say yes
    tie fails
    when passed go to accepted
    otherwise go to refused
  end
end
`;

/** Words of the bylaws, and what stands there instead. */
type Changes = readonly (readonly [words: string, instead: string])[];

interface Amendments {
  /** What the engine says to the bylaws with these words replaced wherever they stand, proposed through `amendment` or another process. */
  readonly amended: (changes: Changes, process?: string) => string;
  readonly wait: (untilMs: number) => void;
}

function amendments(text: string): Amendments {
  const org: Organization = found(`${opening}${text}`, { member: people }, { people, content: [['bylaws/a', '100644:aa']] });
  let atMs = 0;
  return {
    wait: (untilMs) => {
      atMs = untilMs;
      org.epoch(atMs);
    },
    amended: (changes, process = 'amendment') => {
      let next = text;
      for (const [words, instead] of changes) {
        expect(next).toContain(words);
        next = next.replaceAll(words, instead);
      }
      const adopts = compile(`${opening}${next}`);
      const note = notesFor(org).proposeChange('ada', process, [{ path: 'bylaws/a', old: '100644:aa', new: '100644:bb' }], { adopts: adopts.hash });
      atMs += 1;
      const [verdict] = org.epoch(atMs, { ...note, adopts }).full;
      return verdict?.kind === 'ok' ? 'ok' : `${verdict?.code ?? ''} ${verdict?.reason ?? ''}`;
    },
  };
}

const bounds = `protect motion, member
  bounds member.held from 2 to 9
  bounds member.term from 1 year to 30 months
  bounds motion.assembly.quorum from 1/3 to 2/3
  bounds motion.assembly.open from 60 minutes to 1 day
  bounds motion.ballot.passes from 1/4 to 3/4
  bounds motion.ballot.open from 40 days to 1 year
  bounds motion.ballot.quorum from 1 to 4
  bounds motion.both.poll.open from 1 month to 12 months
  bounds motion.confirmation.open from 3 days to 2 weeks
  bounds motion.confirmation.quorum from 1/2 to 100%
  bounds motion.confirmation.passes from 2 to 3
end
`;

describe('`bounds` (S60)', () => {
  const { amended } = amendments(`${charter}${bounds}`);
  const rows: readonly (readonly [path: string, words: string, inside: readonly string[], outside: readonly string[]])[] = [
    [
      'member.term',
      'term 2 years',
      ['term 1 year', 'term 12 months', 'term 30 months'],
      ['term 31 months', 'term 3 years', 'term 11 months', 'term 2 weeks', ''],
    ],
    ['member.held', '2 to 9 people', ['3 to 8 people', '2 to 2 people', '9 to 9 people'], ['1 to 9 people', '2 to 10 people', 'at most 9 people']],
    ['motion.assembly.open', 'open for 2 hours', ['open for 1 hour', 'open for 1440 minutes'], ['open for 59 minutes', 'open for 25 hours', 'open for 1 week']],
    [
      'motion.assembly.quorum',
      '1/2 of members present',
      ['1/3 of members present', '66% of members present'],
      [
        'the larger of 1/2 of members and 2/3 of guests present',
        '1/2 of guests present',
        '1/4 of members present',
        '3/4 of members present',
        '2 members present',
        'the larger of 1/2 of members and 3/4 of guests present',
        'the square root of members present',
        '1/2 of the square root of members present',
      ],
    ],
    // A month is 28 to 31 days, a year 365 or 366: what may be outside in some calendar is outside.
    [
      'motion.ballot.open',
      'open for 2 months',
      ['open for 40 days', 'open for 365 days', 'open for 1 year', 'open for 12 months'],
      ['open for 1 month', 'open for 39 days', 'open for 366 days', 'open for 13 months', 'open for 2 years'],
    ],
    [
      'motion.ballot.quorum',
      'at least 2 members voting',
      ['at least 4 members voting', 'at least 1 member voting'],
      ['at least 5 members voting', 'at least 100% of members voting', 'at least the larger of 2 members and 1/2 of members voting'],
    ],
    [
      'motion.ballot.passes',
      'more than 1/2 of votes cast are yes and turnout at least 1/4 of members',
      [
        'at least 3/4 of votes cast are yes and turnout at least 1/3 of members',
        'turnout at least 3/4 of members and more than 1/4 of votes cast are yes',
        'more than 1/2 of votes cast are yes and turnout at least 1/4 of members\n      passes when at least 2/3 of votes cast are yes and turnout at least 1/2 of members',
      ],
      [
        'more than 1/2 of all members are yes',
        'more than 1/2 of those present are yes and turnout at least 1/4 of members',
        // A line that asks less than any line before: it passes whatever the votes say, or however few there are.
        'at least 3/4 of votes cast are yes',
        'turnout at least 1/2 of members',
        'more than 1/2 of votes cast are yes and turnout at least 1/4 of members\n      passes when turnout at least 1/2 of members',
        'more than 1/2 of votes cast are yes and turnout at least 3/4 of guests',
        'more than 1/5 of votes cast are yes',
        'more than 1/2 of votes cast are yes and turnout at least 1/5 of members',
        'more than 1/2 of votes cast are yes and turnout at least 2 members',
        'at least 2 members say yes',
        'all members say yes',
        'the lead of yes over no is at least 1',
      ],
    ],
    [
      'motion.both.poll.open',
      'open for 40 days',
      ['open for 31 days', 'open for 5 weeks', 'open for 1 month', 'open for 1 year'],
      ['open for 30 days', 'open for 2 years', 'open for 53 weeks'],
    ],
    [
      'motion.confirmation.open',
      'open for 7 days',
      ['open for 3 days', 'open for 14 days', 'open for 2 weeks', 'open for 72 hours'],
      ['open for 71 hours', 'open for 15 days', 'open for 1 month', 'open for 1 year'],
    ],
    [
      'motion.confirmation.quorum',
      'quorum at least 3/4 of members voting',
      ['quorum at least 1/2 of members voting', 'quorum at least 100% of members voting', 'quorum at least all members voting'],
      ['quorum at least 1/3 of members voting', 'quorum at least 1 member voting', 'quorum at least all but 1 member voting', ''],
    ],
    [
      'motion.confirmation.passes',
      'at least 2 members say yes',
      ['at least 3 members say yes'],
      ['at least 1 member says yes', 'at least 4 members say yes', 'at least 1/2 of all members are yes', 'no member says no'],
    ],
  ];

  it.each(rows)('of `%s` take what is certainly inside, refuse what may be outside, cannot be compared or is gone', (path, words, inside, outside) => {
    for (const instead of inside) expect([instead, amended([[words, instead]])]).toEqual([instead, 'ok']);
    for (const instead of outside) expect([instead, amended([[words, instead]])]).toEqual([instead, `GDO2004 \`${path}\` would leave its bounds`]);
  });

  it('refuse that the thing with the value goes, gets another name or becomes another', () => {
    const left = (path: string): string => `GDO2004 \`${path}\` would leave its bounds`;
    const vote = charter.slice(charter.indexOf('  vote confirmation'), charter.lastIndexOf('end\n'));
    const step = '  step confirmation\n    when 2 members approve go to accepted\n    after 9 days go to refused\n  end\n';
    const without = (thing: string): readonly [string, string] => [bounds, bounds.replaceAll(new RegExp(`  bounds ${thing}.*\n`, 'g'), '')];
    expect(amended([[vote, step]])).toBe(left('motion.confirmation.open'));
    expect(amended([[vote, ''], ['go to confirmation', 'go to accepted'], without('motion.confirmation')])).toBe(left('motion.confirmation.open'));
    expect(amended([['confirmation', 'approval']])).toBe(left('motion.confirmation.open'));
    expect(amended([['motion', 'movement']])).toBe(left('motion.assembly.quorum'));
    expect(amended([['member', 'fellow']])).toBe(left('member.held'));
    expect(amended([['poll', 'survey']])).toBe(left('motion.both.poll.open'));
    expect(amended([['held by 2 to 9 people\n  term 2 years\n  gained through naming\n  lost through resignation or expiry', 'held by anyone']])).toBe(
      left('member.held'),
    );
    const meeting = charter.slice(charter.indexOf('  meeting assembly'), charter.indexOf('  joint both'));
    expect(amended([[meeting, '  step assembly\n    after 1 day go to both\n  end\n']])).toBe(left('motion.assembly.quorum'));
    const joint = charter.slice(charter.indexOf('  joint both'), charter.indexOf('  vote confirmation'));
    const ballot = '  step ballot\n    after 1 day go to confirmation\n  end\n';
    expect(amended([[joint, ballot], ['go to both', 'go to ballot'], without('motion.both')])).toBe(left('motion.ballot.passes'));
  });

  it('guard nothing but their values: whatever else there is changes, the bounds too', () => {
    expect(amended([['tie fails\n    when passed', 'tie lot\n    when passed']])).toBe('ok');
    expect(amended([['from 3 days to 2 weeks', 'from 1 day to 2 weeks']])).toBe('ok');
    // Those in force hold, whatever the new ones say.
    const shorter = [['open for 7 days', 'open for 2 days'] as const];
    expect(amended([['from 3 days to 2 weeks', 'from 1 day to 2 weeks'], ...shorter])).toBe('GDO2004 `motion.confirmation.open` would leave its bounds');
    expect(amended([[bounds, ''], ...shorter])).toBe('GDO2004 `motion.confirmation.open` would leave its bounds');
  });
});

describe('`changed through` and `never changed` (S59)', () => {
  const guarded = 'protect motion.ballot, member.term "What we agreed on"\n  changed through convention\n  bounds member.term from 1 year to 3 years\nend\n';
  const eternal = 'protect naming, motion.confirmation.quorum\n  never changed\nend\n';
  const { amended } = amendments(`${charter}${guarded}${eternal}`);
  const both = 'the protection of `motion.ballot`, `member.term`';

  it.each<readonly [title: string, change: Changes, what: string, convention: string]>([
    ['a clause of it changes', [['open for 2 months', 'open for 3 months']], '`motion.ballot`', 'ok'],
    ['a clause of it goes', [['      quorum at least 2 members voting\n', '']], '`motion.ballot`', 'ok'],
    ['a clause is added to it', [['open for 2 months', 'open for 2 months\n      hold for 2 days']], '`motion.ballot`', 'ok'],
    [
      'it gets another name',
      [
        ['vote ballot', 'vote decision'],
        ['motion.ballot', 'motion.decision'],
      ],
      '`motion.ballot`',
      'ok',
    ],
    ['its process gets another name', [['motion', 'movement']], '`motion.ballot`', 'GDO2004 `motion.confirmation.quorum` may never be changed'],
    ['its role gets another name', [['member', 'fellow']], '`motion.ballot`', 'GDO2004 `member.term` would leave its bounds'],
    ['its joint gets another name', [['both', 'pair']], '`motion.ballot`', 'ok'],
    ['its term is another', [['term 2 years', 'term 3 years']], '`member.term`', 'ok'],
    [
      'its term goes',
      [
        ['  term 2 years\n', ''],
        [' or expiry', ''],
      ],
      '`member.term`',
      'GDO2004 `member.term` would leave its bounds',
    ],
    ['its protection goes', [[guarded, '']], both, 'ok'],
    ['its protection says another process', [['changed through convention', 'changed through amendment']], both, 'ok'],
    ['its protection forgets a part', [['protect motion.ballot, member.term', 'protect motion.ballot']], both, 'ok'],
    ['its protection has other bounds', [['to 3 years', 'to 4 years']], both, 'ok'],
    ['its protection is to lapse', [['to 3 years\n', 'to 3 years\n  lapses after 1 day\n']], both, 'ok'],
    [
      'several things change, one of them it',
      [
        ['for 7 days', 'for 8 days'],
        ['9 days', '10 days'],
        ['for 2 months', 'for 1 month'],
      ],
      '`motion.ballot`',
      'ok',
    ],
  ])('is refused through any other process where %s', (_, change, what, convention) => {
    expect(amended(change)).toBe(`GDO2004 ${what} is changed through \`convention\` only`);
    expect(amended(change, 'convention')).toBe(convention);
  });

  it.each<readonly [title: string, change: Changes, what: string]>([
    ['a step of it changes', [['after 1 day go', 'after 2 days go']], '`naming`'],
    ['it gets another name', [['naming', 'admission']], '`naming`'],
    ['an effect is added to it', [['grant member to the candidate', 'grant member to the candidate\n    start motion']], '`naming`'],
    ['its quorum is another', [['3/4 of members voting', '1/2 of members voting']], '`motion.confirmation.quorum`'],
    [
      'its quorum goes with its vote',
      [
        ['confirmation', 'approval'],
        [', motion.approval.quorum', ''],
      ],
      '`motion.confirmation.quorum`',
    ],
    ['its protection goes', [[eternal, '']], 'the protection of `naming`, `motion.confirmation.quorum`'],
  ])('is refused through every process where %s and may never', (_, change, what) => {
    for (const process of ['amendment', 'convention']) expect(amended(change, process)).toBe(`GDO2004 ${what} may never be changed`);
  });

  it('leaves everything else to everybody, also titles, the order of declarations and a protection more', () => {
    const guests = 'role guest plural guests\n  held by anyone\nend\n';
    const titles = [
      ['vote ballot', 'vote ballot "How we vote"'],
      ['"What we agreed on"', '"What we all agreed on"'],
      ['process naming', 'process naming "Naming"'],
    ] as const;
    const change: Changes = [
      ['open for 7 days', 'open for 8 days'],
      ['at least 1/3', 'at least 2/3'],
      [guarded, ''],
      [eternal, `${eternal}${guarded}protect guest\n  never changed\nend\n`],
      [guests, ''],
      ['process naming', `${guests}process naming`],
      ...titles,
    ];
    expect(amended(change)).toBe('ok');
  });
});

describe('what has lapsed (S60)', () => {
  const emergency = (open: string): string =>
    `process emergency\n  started by any member\n  vote ballot\n    voters members\n    open for ${open}\n    passes when more than 1/2 of votes cast are yes\n    tie fails\n    when passed go to accepted\n    otherwise go to refused\n  end\nend\n`;
  const sunset = 'protect emergency\n  lapses after 10 days\nend\n';
  const dropped = (protection: string): Changes => [
    [emergency('2 days'), ''],
    [sunset, ''],
    [protection, ''],
  ];

  it('is guarded by nobody any more', () => {
    const alone = 'protect emergency.ballot\n  never changed\n  bounds emergency.ballot.open from 1 day to 3 days\nend\n';
    const { amended, wait } = amendments(`${charter}${emergency('2 days')}${sunset}${alone}`);
    const longer: Changes = [[emergency('2 days'), emergency('4 days')]];
    expect([amended(dropped(alone)), amended(longer)]).toEqual(Array(2).fill('GDO2004 `emergency.ballot` may never be changed'));
    wait(10 * day);
    expect([amended(dropped(alone)), amended(longer)]).toEqual(['ok', 'ok']);
  });

  it('leaves what is protected beside it as it was', () => {
    const shared = 'protect emergency, motion.ballot\n  never changed\nend\n';
    const { amended, wait } = amendments(`${charter}${emergency('2 days')}${sunset}${shared}`);
    wait(10 * day);
    expect(amended([[emergency('2 days'), emergency('4 days')]])).toBe('ok');
    expect(amended([['open for 2 months', 'open for 3 months']])).toBe('GDO2004 `motion.ballot` may never be changed');
    expect(amended(dropped(shared))).toBe('GDO2004 the protection of `emergency`, `motion.ballot` may never be changed');
  });
});

describe('a vote of a joint', () => {
  const vote = (name: string, open: string): string =>
    `    vote ${name}\n      voters members\n      open for ${open}\n      passes when more than 1/2 of votes cast are yes\n      tie fails\n    end\n`;
  const joint = (name: string, votes: string, next: string): string =>
    `  joint ${name}\n${votes}    when all pass go to ${next}\n    otherwise go to refused\n  end\n`;
  const [first, second] = [joint('first', vote('one', '7 days'), 'second'), joint('second', vote('two', '7 days') + vote('three', '7 days'), 'accepted')];
  const guards = 'protect motion.three.passes\n  never changed\nend\nprotect motion.two\n  bounds motion.two.open from 3 days to 14 days\nend\n';
  const process = `process motion\n  started by any member\n${first}${second}end\n`;
  const { amended } = amendments(`${charter.slice(0, charter.indexOf('process motion'))}${process}${guards}`);

  it('is named without its joint, whichever that is, and its values are found where it stands then (S59, S60)', () => {
    const three = '`motion.three.passes` may never be changed';
    expect(amended([[vote('three', '7 days'), vote('three', '7 days').replace('more than 1/2', 'at least 1/2')]])).toBe(`GDO2004 ${three}`);
    expect(amended([[vote('three', '7 days'), vote('three', '8 days')]])).toBe('ok');
    expect(amended([[vote('one', '7 days'), vote('one', '20 days')]])).toBe('ok');
    expect(amended([[vote('two', '7 days'), vote('two', '20 days')]])).toBe('GDO2004 `motion.two.open` would leave its bounds');
    const moved = (open: string): string =>
      amended([
        [vote('two', '7 days'), ''],
        [first, joint('first', vote('one', '7 days') + vote('two', open), 'second')],
      ]);
    expect([moved('14 days'), moved('15 days')]).toEqual(['ok', 'GDO2004 `motion.two.open` would leave its bounds']);
    // A vote that goes to another joint is another declaration.
    expect(
      amended([
        [vote('three', '7 days'), ''],
        [first, joint('first', vote('one', '7 days') + vote('three', '7 days'), 'second')],
      ]),
    ).toBe(`GDO2004 ${three}`);
  });
});
