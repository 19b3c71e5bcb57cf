// Boundaries of language.md, each played on engine and reference: the last instant, exactly enough, nobody at all. The first instant is 2027-01-31T10:00Z.
import { describe, it } from 'vitest';
import { found } from './differential/found.ts';
import { contentRoot } from './interpreter/content.ts';

const organization = (lines = ''): string => `gdo 1
organization "O"
${lines}end
`;

/** Three people in a role, and a chair. */
const people = (lines = ''): string => `role member plural members
  held by anyone
  first held by "ada", "ben", "chi"
  gained through motion
  lost through resignation
${lines}end
role chair plural chairs
  held by 1 person
  first held by "dev"
  gained through motion
  lost through resignation
end
`;

const motion = (stages: string, lines = ''): string => `process motion
  started by any person
${lines}${stages}end
`;

/** A vote for a day, with its tests. */
const ballot = (tests: string): string => `  vote motion-first
    voters members
    open for 1 day
${tests}    when passed go to accepted
    otherwise go to refused
  end
`;

const majority = '    passes when more than 1/2 of votes cast are yes\n';
const says = (minutes: number | string, person: string, choice: string): string =>
  `  +${minutes} min ${person} ballot case 1 {"stage":1,"choice":"${choice}"}\n`;
const opens = 'stream:\n  +0 min ada propose {"process":"motion"}\n';
const accepted = 'case 1 motion: ended accepted accepted';
const refused = 'case 1 motion: ended refused refused';

describe('the last instant', () => {
  it('S4, S18: a ballot at the closing instant is late, one a millisecond before it counts', () => {
    const text = organization() + people() + motion(ballot(majority));
    found(`${text}${opens}${says(1439.99999, 'ada', 'yes')}${says(1440, 'ben', 'no')}`, { each: ['ok', 'ok', 'GDO1051'], state: [accepted] });
  });

  it('S2: a month ends with the month where a day is missing, and a year of a leap day on the 28th', () => {
    const step = (name: string, duration: string, target: string): string =>
      `  step motion-${name}\n    when 3 members approve go to accepted\n    after ${duration} go to ${target}\n  end\n`;
    const text = organization() + people() + motion(step('first', '13 months', 'motion-second') + step('second', '1 year', 'refused'));
    const act = (minutes: number, person: string, stage: number): string => `  +${minutes} min ${person} act case 1 {"stage":${stage},"verb":"approve"}\n`;
    // 2028-02-29T10:00Z and 2029-02-28T10:00Z.
    const [leap, after] = [394 * 1440, (394 + 365) * 1440];
    found(text + opens + act(leap - 1, 'ada', 1) + act(leap, 'ben', 1) + act(leap, 'ben', 2) + act(after - 1, 'ada', 2) + act(after, 'chi', 2), {
      each: ['ok', 'ok', 'GDO1051', 'ok', 'ok', 'GDO1051'],
      state: [refused],
    });
  });

  it('S2, S5: a day is 24 hours where clocks are put forward, since a time zone is for display', () => {
    const text = organization('  time zone "Europe/Berlin"\n') + people() + motion(ballot(majority));
    // From 2027-03-27T10:00Z on.
    const start = 55 * 1440;
    found(`${text}stream:\n  +${start} min ada propose {"process":"motion"}\n${says(start + 1439, 'ada', 'yes')}${says(start + 1440, 'ben', 'no')}`, {
      each: ['ok', 'ok', 'GDO1051'],
      state: [accepted],
    });
  });

  it('S5, S107: with `day ends` a window of days ends at a midnight, and one of hours does not', () => {
    const days = organization('  day ends "UTC-12"\n') + people() + motion(ballot(majority));
    // A day from 10:00Z, to the next midnight at UTC-12, which is 12:00Z.
    found(`${days}${opens}${says(1559, 'ada', 'yes')}${says(1560, 'ben', 'no')}`, { each: ['ok', 'ok', 'GDO1051'], state: [accepted] });
    const hours = days.replace('open for 1 day', 'open for 24 hours');
    found(`${hours}${opens}${says(1439, 'ada', 'yes')}${says(1440, 'ben', 'no')}`, { each: ['ok', 'ok', 'GDO1051'], state: [accepted] });
  });

  it('S7, S10, S14: whoever was on the roster votes after their term has ended, and what they cast before it counts', () => {
    const text = (
      organization() +
      people('  term 1 day\n') +
      motion(ballot(majority.replace('passes', 'quorum at least 2 members voting\n    passes')))
    ).replace('lost through resignation\n  term', 'lost through resignation or expiry\n  term');
    const late = text.replace('open for 1 day', 'open for 2 days');
    found(`${late}${opens}${says(60, 'ada', 'yes')}${says(1500, 'ben', 'yes')}`, { each: ['ok', 'ok', 'ok'], state: [accepted] });
  });
});

describe('exactly enough', () => {
  it.each([
    ['at least 2', accepted],
    ['more than 2', refused],
  ])('S30, S31: a quorum of %s members, with two who vote, one by an abstention', (bound, end) => {
    const text = organization() + people() + motion(ballot(`    quorum ${bound} members voting\n${majority}`));
    found(`${text}${opens}${says(1, 'ada', 'yes')}${says(2, 'ben', 'abstain')}`, { state: [end] });
  });

  it.each([
    ['at least 1/3 of all members are yes', ['ada'], accepted],
    ['more than 1/3 of all members are yes', ['ada'], refused],
    ['at least 33.3% of all members are yes', ['ada'], accepted],
    ['at least 33.34% of all members are yes', ['ada'], refused],
    ['at least 66.67% of all members are yes', ['ada', 'ben'], refused],
    ['more than 66.66% of all members are yes', ['ada', 'ben'], accepted],
    ['at least 2/3 of all members are yes', ['ada', 'ben'], accepted],
  ])('S31: %s, of three by %s', (test, voters, end) => {
    const text = organization() + people() + motion(ballot(`    passes when ${test}\n`));
    found(`${text}${opens}${voters.map((person, place) => says(1 + place, person, 'yes')).join('')}`, { state: [end] });
  });

  it.each([
    ['no rule for ties', '', refused],
    ['a tie that fails', '    tie fails\n', refused],
    ['a tie that the chair decides', '    tie decided by the chair then fails\n', accepted],
  ])('S124: one yes and one no, with %s', (_, tie, end) => {
    const text = organization() + people() + motion(ballot(majority + tie));
    const declares = '  +1441 min dev act case 1 {"stage":1,"verb":"declare","about":"passed"}\n';
    found(`${text}${opens}${says(1, 'ada', 'yes')}${says(2, 'ben', 'no')}${end === accepted ? declares : ''}`, { state: [end] });
  });

  it('S64: thirds are lost from whole points, rounded down each time', () => {
    const text = `${organization()}points merit
  earned 4 by the author for motion.accepted
  decay 1/3 every 1 day rounded down
end
${people()}${motion('  step motion-first\n    when any member approves go to accepted\n    after 1 day go to refused\n  end\n')}process other
  started by any member who have at least 1 merit
  step other-first
    after 1 hour go to refused
  end
end
`;
    const approves = '  +0 min ada act case 1 {"stage":1,"verb":"approve"}\n';
    const proposes = (minutes: number): string => `  +${minutes} min ada propose {"process":"other"}\n`;
    // Of four points two are left after a day, one after two days, none after three.
    found(`${text}${opens}${approves}${proposes(3 * 1440 - 1)}${proposes(3 * 1440)}`, { each: ['ok', 'ok', 'ok', 'GDO1040'], state: ['ada has 0 merit'] });
  });

  it('S62: an amount is more than nothing, a limit may be reached, and ends a window after the payment', () => {
    const text = `${organization()}account purse in EUR with 2 decimals
  kept by the chair
  limit 50 EUR per 1 day
end
${people()}${motion(
      '  step motion-first\n    when any member approves go to paid\n    after 9 days go to refused\n  end\n  outcome paid\n    pay the amount from purse\n  end\n',
      '  spends from purse up to 60 EUR\n',
    )}`;
    const asks = (minutes: number, amount: string): string => `  +${minutes} min ada propose {"process":"motion","amount":"${amount}"}\n`;
    const approves = (minutes: number, subject: number): string => `  +${minutes} min ben act case ${subject} {"stage":1,"verb":"approve"}\n`;
    const stream = asks(0, '0') + asks(0, '-100') + asks(0, '6001') + asks(1, '5000') + asks(1, '1') + asks(1, '1');
    const first = `${text}stream:\n${stream}${approves(10, 1)}${approves(11, 2)}`;
    found(first, { last: 'ok', state: ['purse paid 5000 holds 0'] });
    found(`${first}${approves(1450, 3)}`, { last: 'ok', state: ['purse paid 5001 holds 0'] });
  });
});

describe('limits beside those of an account and a role', () => {
  it('S62: a limit in a process counts what cases of that process paid, by payee', () => {
    const spends = '  spends from purse up to 60 EUR\n  limit 50 EUR per recipient per 1 day\n';
    const stages =
      '  step motion-first\n    when any member approves go to paid\n    after 9 days go to refused\n  end\n  outcome paid\n    pay the amount from purse\n  end\n';
    const asks = (recipient: string): string => `  +0 min ada propose {"process":"motion","amount":"30","recipient":"${recipient}"}\n`;
    const approves = (subject: number): string => `  +1 min ben act case ${subject} {"stage":1,"verb":"approve"}\n`;
    const text = `${organization()}account purse in EUR\n  kept by the chair\nend\n${people()}${motion(stages, spends)}`;
    const stream = asks('shop') + asks('shop') + asks('ben') + approves(1) + approves(2) + approves(3);
    found(`${text}stream:\n${stream}`, { last: 'ok', state: ['purse paid 60 holds 0', 'case 2 motion: ended paid accepted'] });
  });

  it.each([
    [2, accepted],
    [3, refused],
  ])('S47, S115: a draw of %i people skips whoever breaks its limit', (count, end) => {
    const draw = `  draw motion-first
    picks ${count} members
    limit 1 members per employer
    when drawn go to accepted
    otherwise go to refused
  end
`;
    const certifies = ['ada', 'ben'].map((member) => `  +0 min ada certify {"attribute":"employer","member":"${member}","value":"Acme"}\n`).join('');
    const text = `${organization()}attribute employer certified by any member\n${people()}${motion(draw)}`;
    found(`${text}stream:\n${certifies}  +1 min ada propose {"process":"motion"}`, { last: 'ok', state: [end] });
  });
});

describe('nobody at all', () => {
  it('S33: a vote that nobody can vote in does not pass, whatever its tests say', () => {
    const auditors = 'role auditor plural auditors\n  held by 0 to 3 people\n  gained through motion\nend\n';
    const text = organization() + auditors + people() + motion(ballot('    passes when no auditors say no\n').replace('voters members', 'voters auditors'));
    found(`${text}${opens}${says(1, 'ada', 'yes')}`, { each: ['ok', 'GDO1057'], state: [refused] });
  });

  it('S42, S126: where everybody is recused, all who are left have said nothing', () => {
    const recusal = '    recusal for employer decided by the chair leaves the roster\n';
    const text = `${organization()}attribute employer certified by any member\n${people()}${motion(ballot(`${recusal}    passes when all members say yes\n`))}`;
    const certifies = ['ada', 'ben', 'chi'].map((member) => `  +0 min ada certify {"attribute":"employer","member":"${member}","value":"Acme"}\n`).join('');
    found(`${text}stream:\n${certifies}  +1 min ada propose {"process":"motion"}\n${says(2, 'ben', 'yes')}`, {
      each: ['ok', 'ok', 'ok', 'ok', 'GDO1057'],
      state: [refused],
    });
  });
});

describe('those who vote for others', () => {
  const delegates = (from: string, to: string): string => `  +0 min ${from} delegate {"delegation":"proxy","to":"${to}"}\n`;
  const text = (depth: number): string =>
    `${organization()}delegation proxy by members\n  depth ${depth}\n  override by voting\nend\n${people()}${motion(ballot(`    quorum at least 3 members voting\n${majority}`))}`;

  it.each([
    [1, refused],
    [2, accepted],
  ])('S41: a chain of two counts with depth %i', (depth, end) => {
    found(`${text(depth)}stream:\n${delegates('ada', 'ben')}${delegates('ben', 'chi')}  +1 min ada propose {"process":"motion"}\n${says(2, 'chi', 'yes')}`, {
      state: [end],
    });
  });

  it('S41: those who delegate to each other have not voted', () => {
    found(`${text(3)}stream:\n${delegates('ada', 'ben')}${delegates('ben', 'ada')}  +1 min ada propose {"process":"motion"}\n${says(2, 'chi', 'yes')}`, {
      state: [refused],
    });
  });

  it('S7, S10, S41: a delegate who leaves after voting has voted, also for others, and who leaves after delegating has delegated', () => {
    const given = `${text(1)}stream:\n${delegates('ada', 'chi')}${delegates('ben', 'chi')}  +1 min ada propose {"process":"motion"}\n${says(2, 'chi', 'yes')}`;
    found(`${given}  +3 min chi resign {"role":"member"}`, { last: 'ok', state: [accepted] });
    found(`${given}  +3 min ada resign {"role":"member"}`, { last: 'ok', state: [accepted] });
    const before = given.replace('  +1 min ada propose', '  +0 min ada resign {"role":"member"}\n  +1 min ben propose');
    found(before.trimEnd(), { last: 'ok', state: [refused] });
  });
});

describe('a limit of what one delegate is given', () => {
  const gives = (from: string): string => `  +0 min ${from} delegate {"delegation":"proxy","to":"chi"}\n`;
  const proxy = (...limits: readonly string[]): string =>
    `delegation proxy by members\n  override by voting\n${limits.map((limit) => `  limit ${limit} per delegate\n`).join('')}end\n`;
  const given = `stream:\n${gives('ada')}${gives('ben')}`;
  const end = (isEnough: boolean): string => (isEnough ? accepted : refused);

  it.each([
    ['2 members', 3, true],
    ['1 members', 3, false],
    ['1 members', 2, true],
    // Of three members two thirds are two, and a half is one and a half, of which one is left.
    ['2/3 of members', 3, true],
    ['1/2 of members', 3, false],
    ['1/2 of weight', 3, false],
    ['1/2 of weight', 2, true],
    ['1/4 of weight', 2, false],
  ])('S41, decision 0053: with `limit %s per delegate` are %i ballots counted: %s', (limit, many, isEnough) => {
    const text = organization() + proxy(limit) + people() + motion(ballot(`    quorum at least ${many} members voting\n${majority}`));
    found(`${text}${given}  +1 min ada propose {"process":"motion"}\n${says(2, 'chi', 'yes')}`, { last: 'ok', state: [end(isEnough)] });
  });

  it.each([
    [['1/2 of weight'], '7 weight', true],
    [['1/2 of weight'], '8 weight', false],
    // Whoever is counted in part is a person like any other; whose weight is all over the limit has not voted.
    [['1/2 of weight'], '3 members', true],
    [['1/3 of weight'], '6 weight', true],
    [['1/3 of weight'], '3 members', false],
    [['1/3 of weight'], '7 weight', false],
    [['1/2 of weight', '1/3 of weight'], '7 weight', false],
    [['2 weight'], '5 weight', true],
    [['2 weight'], '6 weight', false],
  ])('S41, decision 0053: of ballots that weigh 3 each and limits %j is %s counted: %s', (limits, quorum, isEnough) => {
    const clock = 'collaborator clock kept by the chair\n  reports "hours"\nend\nmeasure work counts hours by each person reported by clock\nend\n';
    const reports = ['ada', 'ben', 'chi']
      .map((one) => `  +0 min dev fact {"type":"report","subject":"${one}","data":{"collaborator":"clock","report":"hours","value":"3"}}\n`)
      .join('');
    const vote = ballot(`    quorum at least ${quorum} voting\n${majority}`).replace('voters members', 'voters members weighted by work');
    found(
      `${organization()}${clock}${proxy(...limits)}${people()}${motion(vote)}${given}${reports}  +1 min ada propose {"process":"motion"}\n${says(2, 'chi', 'yes')}`,
      { last: 'ok', state: [end(isEnough)] },
    );
  });

  it('S127, decision 0053: a vote that closes early waits for everybody where a limit counts parts of a weight', () => {
    const vote = ballot(majority).replace('    when passed', '    closes early when decided\n    when passed');
    const cast = `stream:\n  +1 min ada propose {"process":"motion"}\n${says(2, 'ada', 'yes')}${says(3, 'ben', 'yes')}`;
    // Only who speaks after it tells whether the vote is over.
    const text = (limits: readonly string[]): string => `${organization()}${proxy(...limits)}${people()}${motion(vote)}${cast}${says(4, 'chi', 'no')}`;
    found(text([]), { last: 'GDO1051', state: [accepted] });
    found(text(['1/2 of weight']), { last: 'ok', state: [accepted] });
  });
});

describe('limits of a draw', () => {
  const certified = (who: string, attribute: string, value: string): string =>
    `  +0 min dev certify {"attribute":"${attribute}","member":"${who}","value":"${value}"}\n`;
  const draw = (limits: readonly string[]): string =>
    motion(
      `  draw motion-first\n    picks 2 members\n${limits.map((limit) => `    limit ${limit}\n`).join('')}    when drawn go to accepted\n    otherwise go to refused\n  end\n`,
    );
  const attributes = 'attribute team certified by the chair\nattribute site certified by the chair\n';

  it.each([
    ['ada', 'chi'],
    ['chi', 'ada'],
  ])('S115: %s is skipped for one limit and takes no place of another, so %s is drawn', (skipped, other) => {
    // `ben` is the first by this lot.
    const groups = [
      ['ben', 'red', 'north'],
      [skipped, 'blue', 'north'],
      [other, 'blue', 'south'],
    ] as const;
    const records = groups.map(([who, team, site]) => certified(who, 'team', team) + certified(who, 'site', site)).join('');
    found(
      `${organization()}${attributes}${people()}${draw(['1 members per team', '1 members per site'])}stream:\n${records}  +1 min ada propose {"process":"motion"}`,
      { last: 'ok', state: [accepted] },
    );
  });

  it('S115, decision 0057: a share is of those who are picked, counted down, and leaves one', () => {
    const red = ['ada', 'ben', 'chi'].map((one) => certified(one, 'team', 'red')).join('');
    const text = (share: string): string =>
      `${organization()}${attributes}${people()}${draw([`${share} of members per team`])}stream:\n${red}  +1 min ada propose {"process":"motion"}`;
    found(text('1/3'), { last: 'ok', state: [refused] });
    found(text('1'), { last: 'ok', state: [refused] });
    found(text('1/1'), { last: 'ok', state: [accepted] });
  });
});

describe('one of two', () => {
  it('S109, S137: of two cases that grant one seat at one instant the first fills it', () => {
    const seat = people().replace('  first held by "dev"\n', '');
    const grants = '  step motion-first\n    after 1 hour go to seated\n  end\n  outcome seated\n    grant chair to the candidate\n  end\n';
    found(
      `${organization()}${seat}${motion(grants)}stream:
  +0 min ada propose {"process":"motion","candidate":"ben"}
  +0 min ben propose {"process":"motion","candidate":"chi"}
  +61 min ada propose {"process":"motion","candidate":"ada"}`,
      { last: 'ok', state: ['case 1 motion: ended seated accepted', 'case 2 motion: ended seated accepted', 'chair: ben since 1801393200000 until ever'] },
    );
  });

  it('0020: whom a proposal names twice is one candidate, and needs no ballot for one seat', () => {
    const ballot =
      '  vote ballot\n    voters members\n    choices the candidates\n    counted by approval\n    elects 1 chair\n    open for 2 days\n    tie fails\n';
    const leads = '    when uncontested go to seated\n    otherwise go to refused\n  end\n  outcome seated\n    grant chair to the winners\n  end\n';
    found(
      `${organization()}${people().replace('  first held by "dev"\n', '')}${motion(`${ballot}${leads}`)}stream:
  +0 min ada propose {"process":"motion","candidate":["ben","ben"],"subject":["chi","chi"]}`,
      { last: 'ok', state: ['case 1 motion: ended seated accepted'] },
    );
  });

  it('S57, S58: an amendment that takes out the process that passes it is accepted, and nobody starts that process again', () => {
    const repair = `process repair
  governs rules
  started by any member
  step repair-first
    when any member approves go to accepted
    after 5 days go to refused
  end
end
`;
    const text = `${organization()}area rules covers "bylaws/**"\n${people()}${motion('  step motion-first\n    after 1 hour go to refused\n  end\n')}${repair}`;
    const paths = ['bylaws/rules.gdo', 'dapps/robot.json', 'work/a', 'work/b'];
    const candidate = contentRoot(new Map(paths.map((path, place) => [path, place === 0 ? '100644:01' : '100644:00'])));
    const zeros = '0'.repeat(64);
    const dapp = { engine: zeros, image: 'x', manifest: zeros, name: 'gdo-check', platform: 'x' };
    const attested = JSON.stringify({ candidate, dapp, output: zeros, reads: candidate, verdict: 'accept' });
    // The fifth of the changes that the generator knows takes this process out.
    found(
      `${text}stream:
  +0 min ada propose {"process":"repair"} bylaws/rules.gdo 100644:00>100644:01 adopts 4
  +1 min ben propose {"process":"repair"} bylaws/rules.gdo 100644:00>100644:02 adopts 2
  +2 min ben act case 1 {"stage":1,"verb":"approve"}
  +2 min ada attest case 1 ${attested}
  +3 min ada propose {"process":"repair"} bylaws/rules.gdo 100644:01>100644:02 adopts 2
  +4 min chi act case 2 {"stage":1,"verb":"approve"}`,
      { each: ['ok', 'ok', 'ok', 'ok', 'GDO1052', 'ok'], state: ['case 1 merge merged', 'case 2 merge stale'] },
    );
  });
});
