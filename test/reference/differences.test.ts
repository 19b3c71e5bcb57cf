// What the differential run once found engine and reference to differ in, or the papers to leave open, each as the smallest case.
import { describe, expect, it } from 'vitest';
import { found } from './differential/found.ts';
import { foundingOf } from './differential/pair.ts';
import { playEvent, tableFor, passUntil } from './differential/run.ts';
import type { Table } from './differential/run.ts';
import type { Answer, Signed } from './differential/stream.ts';

const hour = 3_600_000;

/** What somebody does: hours after the first instant, who, what, in which case. */
type Deed = readonly [hours: number, person: string, kind: Signed['kind'], subject: number | undefined, body: Signed['body']];

const proposes = (hours: number, person: string, more: Signed['body'] = {}): Deed => [hours, person, 'propose', undefined, { process: 'motion', ...more }];
const acts = (hours: number, person: string, verb: string, stage = 1): Deed => [hours, person, 'act', 1, { stage, verb }];
const votes = (hours: number, person: string, choice: string, stage = 1): Deed => [hours, person, 'ballot', 1, { stage, choice }];

const head = `gdo 1
organization "O"
end
`;
const member = `role member plural members
  held by anyone
  first held by "ada", "ben", "chi"
  gained through motion
  lost through resignation
end
`;

const early = (lines: string): string => `${member}process motion
  started by any member
  vote ballot
    voters members
    open for 3 days
${lines}
    when passed go to accepted
    otherwise go to refused
  end
end
`;

const assembly = `${member}role chair
  held by 1 person
  first held by "eve"
  gained through motion
  lost through resignation
end
process motion
  started by any member
  meeting assembly
    attended by members certified by the chair
    open for 2 hours
    quorum at least 1 member present
    when quorate go to accepted
    otherwise go to refused
  end
end
`;

interface Told {
  readonly table: Table;
  readonly verdicts: readonly Answer[];
}

/** Tells a story to both; `hours` more pass at the end. The first difference, if there is one, is answered too. */
function told(text: string, deeds: readonly Deed[], hours: number, organization = ''): Told & { readonly differs: string | undefined } {
  const founding = foundingOf(head.replace('end\n', `${organization}end\n`) + text);
  if (founding === undefined) throw new Error('these bylaws do not compile, or are not run yet');
  const table = tableFor(founding);
  const verdicts: Answer[] = [];
  for (const [after, person, kind, subject, body] of deeds) {
    const about = subject === undefined ? {} : { case: subject };
    const difference = playEvent(table, { atMs: founding.startMs + after * hour, person, kind, ...about, body }, verdicts);
    if (difference !== undefined) return { table, verdicts, differs: `engine: ${difference.engine}; reference: ${difference.reference}` };
  }
  const late = passUntil(table, founding.startMs + hours * hour);
  return { table, verdicts, differs: late === undefined ? undefined : `${late.engine}; ${late.reference}` };
}

describe('engine and papers agree on what once differed', () => {
  it('S127: a vote that is decided when it opens closes at its opening', () => {
    const { differs, table } = told(
      `${member}role councillor plural councillors
  held by 1 to 3 people
  gained through motion
end
process motion
  started by any member
  vote ballot
    voters councillors
    open for 2 days
    passes when more than 1/2 of votes cast are yes
    closes early when decided
    when passed go to accepted
    otherwise go to refused
  end
end
`,
      [proposes(1, 'ada')],
      1,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state()).toContain('case 1 motion: ended refused refused');
  });

  it('S127: each vote of a joint that is decided when it opens closes then, and the joint with it where that settles it', () => {
    const { differs, table } = told(
      `${member}role councillor plural councillors
  held by 1 to 3 people
  gained through motion
end
process motion
  started by any member
  joint both
    vote council
      voters councillors
      open for 2 days
      passes when more than 1/2 of votes cast are yes
      closes early when decided
    end
    vote ballot
      voters members
      open for 2 days
      passes when more than 1/2 of votes cast are yes
    end
    when all pass go to accepted
    otherwise go to refused
  end
end
`,
      [proposes(1, 'ada')],
      1,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state()).toContain('case 1 motion: ended refused refused');
  });

  it('S100 and decision 0020: the author who is the candidate by default is suspended', () => {
    const { differs, verdicts } = told(
      `${member}process motion
  started by any member
  while open suspend member of the candidate
  vote ballot
    voters members
    open for 2 days
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
      [proposes(1, 'ada'), votes(2, 'ada', 'yes')],
      72,
    );
    expect(differs).toBeUndefined();
    expect(verdicts[1]).toMatchObject({ ok: false, codes: ['GDO1057'] });
  });

  it('S14: whoever is re-elected at the instant the term ends holds the role from then on', () => {
    const { differs, table } = told(
      `${member}role auditor plural auditors
  held by 1 to 3 people
  first held by "ada"
  term 6 days
  gained through motion
  lost through resignation or expiry
end
process motion
  started by any member
  step review
    after 3 days go to done
  end
  outcome done
    grant auditor to the candidate
  end
end
`,
      [proposes(72, 'ada')],
      145,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state().filter((line) => line.startsWith('auditor: ada since'))).toHaveLength(1);
  });

  it('S32: a whole number of a square root is that many square roots', () => {
    const { differs, table } = told(
      `${member}process motion
  started by any member
  vote ballot
    voters members
    open for 2 days
    quorum at least 2 of the square root of members voting
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
      [proposes(1, 'ada'), votes(2, 'ada', 'yes'), votes(2, 'ben', 'yes')],
      72,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state()).toContain('case 1 motion: ended refused refused');
  });

  it('S46: present is who attended and was certified, not who was certified alone', () => {
    const { differs, table } = told(
      assembly,
      [proposes(1, 'ada'), [2, 'eve', 'act', 1, { stage: 1, verb: 'attend', about: 'ben' }], acts(2, 'ada', 'attend')],
      72,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state()).toContain('case 1 motion: ended refused refused');
  });

  it('S46: whoever attended and was certified is present', () => {
    const { differs, table } = told(
      assembly,
      [proposes(1, 'ada'), acts(2, 'ben', 'attend'), [2, 'eve', 'act', 1, { stage: 1, verb: 'attend', about: 'ben' }], acts(2, 'chi', 'attend')],
      72,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state()).toContain('case 1 entry 1 result quorate winners  present ben by ada concerns 0');
  });

  it('S121: where nobody is nominated in a step for it, nobody stands, not the candidate of the proposal either', () => {
    const { differs, table } = told(
      `${member}process motion
  started by any member
  step nominating
    nominations of members
    after 1 day go to ballot
  end
  vote ballot
    voters members
    choices the candidates
    counted by approval
    elects 1 member
    open for 2 days
    tie lot
    when elected go to accepted
    otherwise go to refused
  end
end
`,
      [proposes(1, 'ada', { candidate: 'eve' })],
      72,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state()).toContain('case 1 entry 2 result empty winners  present  by ada concerns 0');
  });

  it('S130: empty seats that count as no are part of what people of that role say', () => {
    const { differs, table } = told(
      `${member}role councillor plural councillors
  held by 2 to 4 people
  first held by "ada", "ben"
  gained through motion
  lost through resignation
end
process motion
  started by any member
  vote ballot
    voters councillors
    vacancies count as no
    open for 2 days
    passes as blocked when at least 2 councillors say no
    passes when more than 1/2 of votes cast are yes
    when blocked go to accepted
    when passed go to accepted
    otherwise go to refused
  end
end
`,
      [proposes(1, 'ada'), votes(2, 'ada', 'yes')],
      72,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state().some((line) => line.includes('result blocked'))).toBe(true);
  });

  it('S130: an empty seat is one of its own role, in a test about another role it says nothing', () => {
    const { differs, table } = told(
      `${member}role councillor plural councillors
  held by 2 to 4 people
  first held by "ada", "ben"
  gained through motion
  lost through resignation
end
role auditor plural auditors
  held by 1 to 2 people
  first held by "chi"
  gained through motion
  lost through resignation
end
process motion
  started by any member
  vote ballot
    voters councillors, auditors
    vacancies count as no
    open for 2 days
    passes as blocked when at least 2 auditors say no
    passes as halted when at least 3 electorate say no
    passes when more than 1/2 of votes cast are yes
    when blocked go to accepted
    when halted go to accepted
    when passed go to accepted
    otherwise go to refused
  end
end
`,
      [proposes(1, 'ada'), votes(2, 'ada', 'yes')],
      72,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state().some((line) => line.includes('result halted'))).toBe(true);
  });

  it('S37: after an early close the decider has the open time from that close on', () => {
    const { differs, table } = told(
      early(`    passes when more than 1/2 of votes cast are yes
    closes early when decided
    tie decided by any member then fails`),
      [proposes(1, 'ada'), votes(2, 'ada', 'abstain'), votes(2, 'ben', 'yes'), votes(2, 'chi', 'no')],
      74,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state()).toContain('case 1 motion: ended refused refused');
  });

  it('S134: `though concerned` lets a decider whom `except` took off the roster decide', () => {
    const { differs, verdicts, table } = told(
      `${member}process motion
  started by any member
  vote ballot
    voters members except the subject
    open for 2 days
    passes when more than 1/2 of votes cast are yes
    tie decided by any member though concerned
    when passed go to accepted
    otherwise go to refused
  end
end
`,
      [
        proposes(1, 'ada', { subject: 'chi' }),
        votes(2, 'ada', 'yes'),
        votes(2, 'ben', 'no'),
        [50, 'chi', 'act', 1, { stage: 1, verb: 'declare', about: 'passed' }],
      ],
      72,
    );
    expect(differs).toBeUndefined();
    expect(verdicts[3]?.ok).toBe(true);
    expect(table.engine.state()).toContain('case 1 motion: ended accepted accepted');
  });

  it('S101: after an early close the second call comes its time after that close', () => {
    const { differs, verdicts } = told(
      early(`    second call after 1 day without quorum
    quorum at least 3 members saying yes
    passes when more than 1/2 of votes cast are yes
    closes early when decided`),
      [proposes(1, 'ada'), votes(2, 'ada', 'no'), votes(27, 'ada', 'yes', 2)],
      200,
    );
    expect(differs).toBeUndefined();
    expect(verdicts.map(({ ok }) => ok)).toEqual([true, true, true]);
  });

  it('GDO1051: a ballot between the two calls of a meeting comes late', () => {
    const { differs, verdicts } = told(
      `${member}process motion
  started by any member
  meeting assembly
    called by any member within 1 hour
    attended by members
    open for 4 days
    second call after 1 month without quorum
    quorum at least 1 member present
    when quorate go to accepted
    otherwise go to refused
  end
end
`,
      [proposes(1, 'ada'), votes(72, 'ada', 'yes')],
      73,
    );
    expect(differs).toBeUndefined();
    expect(verdicts[1]).toMatchObject({ ok: false, codes: ['GDO1051'] });
  });

  it('decision 0050: a measure of at least one counts nothing as one, also without a most', () => {
    const { differs, verdicts } = told(
      `measure work counts accepted-cases by each member
  at least 1
end
${member}process motion
  started by any member who have fewer than 1 work
  step review
    after 5 days go to refused
  end
end
`,
      [proposes(1, 'ada')],
      2,
    );
    expect(differs).toBeUndefined();
    expect(verdicts[0]).toMatchObject({ ok: false, codes: ['GDO1040'] });
  });

  it('S40 and decision 0054: before a ballot passes a test nothing swings, not when a quorum is reached either', () => {
    const { differs, table } = told(
      `${member}process motion
  started by any member
  vote ballot
    voters members
    open for 2 days
    extends by 1 day when swung in the last 1 day at most 1 times
    quorum at least 2 members voting
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
      [proposes(1, 'ada'), votes(2, 'ada', 'no'), votes(40, 'ben', 'no')],
      49,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state()).toContain('case 1 motion: ended refused refused');
  });

  it('S112: an act of a declared action is counted outside of a case too', () => {
    const { differs, verdicts } = told(
      `action publish by any member
measure work
  counts publish by each person
end
${member}process motion
  started by any member who have at least 1 work
  step review
    after 5 days go to refused
  end
end
`,
      [[1, 'ada', 'perform', undefined, { verb: 'publish' }], proposes(2, 'ada')],
      3,
    );
    expect(differs).toBeUndefined();
    expect(verdicts[1]?.ok).toBe(true);
  });

  it('decision 0087: what a role is open to is asked when it is granted, so a certificate of this morning counts', () => {
    const { differs, table } = told(
      `certificate badge plural badges
  issued by any member
end
${member}role auditor plural auditors
  held by 1 to 3 people
  open to members who hold badge
  gained through motion
  lost through resignation
end
process motion
  started by any member
  step review
    after 5 days go to done
  end
  outcome done
    grant auditor to the candidate
  end
end
`,
      [proposes(1, 'ada'), [2, 'ben', 'issue', undefined, { certificate: 'badge', member: 'ada' }]],
      122,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state().some((line) => line.startsWith('auditor: ada'))).toBe(true);
  });

  it('S137: a step that nobody could take while a body was empty is no reason against its first member', () => {
    const { differs, table } = told(
      `${member}role auditor plural auditors
  held by 1 to 3 people
  gained through motion
  lost through resignation
end
process motion
  started by any member
  step review
    when at least 2 of the square root of auditors approve go to done
    after 5 days go to done
  end
  outcome done
    grant auditor to the candidate
  end
end
`,
      [proposes(1, 'ada')],
      122,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state().some((line) => line.startsWith('auditor: ada'))).toBe(true);
  });

  it('S41: a sealed ballot of somebody who has delegated is refused as any other', () => {
    const { differs, verdicts } = told(
      `delegation proxy by members
end
${member}process motion
  started by any member
  vote ballot
    voters members
    ballots sealed until the close revealed within 1 day
    open for 2 days
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
      [[1, 'ada', 'delegate', undefined, { delegation: 'proxy', to: 'ben' }], proposes(1, 'ben'), votes(2, 'ada', 'a'.repeat(64))],
      72,
    );
    expect(differs).toBeUndefined();
    expect(verdicts[2]).toMatchObject({ ok: false, codes: ['GDO1057'] });
  });

  it('decision 0061: what the rules start does not start where `about` means nobody', () => {
    const { differs, table } = told(
      `${member}role chair plural chairs
  held by 1 person
  gained through motion
  lost through resignation
end
process motion
  started by any member
  step review
    after 5 days go to refused
  end
end
process watch
  starts when the chair is vacant
  about chair
  step waiting
    after 3 days go to refused
  end
end
`,
      [proposes(1, 'ada')],
      24,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state().some((line) => line.includes('watch'))).toBe(false);
  });

  it('decision 0137: a case that names nobody starts nothing where `about` means nobody', () => {
    const { differs, table } = told(
      `${member}role auditor plural auditors
  held by 1 to 3 people
  gained through motion
  lost through resignation
end
process motion
  started by any member
  step review
    after 1 day go to done
  end
  outcome done
    start watch
  end
end
process watch
  starts when fewer than 9 people hold member
  about auditor
  step review
    after 3 days go to accepted
  end
end
`,
      [proposes(1, 'ada')],
      30,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state().filter((line) => line.includes('watch'))).toEqual([]);
  });

  it('S5: with `day ends` silence of some days ends a role at the end of a day', () => {
    const { differs, table } = told(
      `${member.replace('lost through resignation', 'lost through resignation or 3 days without activity')}process motion
  started by any member
  step review
    after 1 day go to accepted
  end
end
`,
      [proposes(30, 'ben')],
      30 + 3 * 24,
      '  day ends "UTC+0"\n',
    );
    expect(differs).toBeUndefined();
    // Ada and Chi fell silent at ten in the morning of the first day, Ben on the second.
    expect(table.engine.state().filter((line) => line.startsWith('member: '))).toEqual([expect.stringContaining('member: ben')]);
  });

  const report = (when: string): string => `${member}role chair plural chairs
  held by 1 person
  first held by "eve"
  gained through motion
  lost through resignation
end
action publish by any member
process motion
  started by any member
  step review
    when 2 members publish go to accepted
    after 5 days go to refused
  end
end
duty report
  owed by any member
  ${when}
  done when 2 members publish
  otherwise remove chair from the chair
end
`;
  const chairs = ({ table }: Told): readonly string[] => table.engine.state().filter((line) => line.startsWith('chair: '));
  const publishes = (hours: number, person: string): Deed => [hours, person, 'perform', undefined, { verb: 'publish' }];

  it('S65: a duty of two people is not done by one of them, and not by one of them twice', () => {
    const text = report('every 2 days from 2027-02-02');
    const alone = told(text, [publishes(40, 'ada'), publishes(41, 'ada')], 90);
    expect([alone.differs, chairs(alone)]).toEqual([undefined, []]);
    const both = told(text, [publishes(40, 'ada'), publishes(41, 'ben')], 90);
    expect([both.differs, chairs(both).length]).toEqual([undefined, 1]);
  });

  it('decision 0056: an act in a case does the duty that follows from that case, and of no other', () => {
    const text = report('within 2 days of motion.review');
    const inCase = (hours: number, person: string, subject: number): Deed => [hours, person, 'act', subject, { stage: 1, verb: 'publish' }];
    const cases: readonly Deed[] = [proposes(1, 'ada'), proposes(30, 'ben')];
    const other = told(text, [...cases, inCase(31, 'ada', 2), inCase(31, 'ben', 2), inCase(32, 'chi', 2)], 52);
    expect([other.differs, chairs(other)]).toEqual([undefined, []]);
    const own = told(text, [...cases, inCase(31, 'ada', 1), inCase(31, 'ben', 1)], 52);
    expect([own.differs, chairs(own).length]).toEqual([undefined, 1]);
  });

  it('S113 and S129: a sealed ballot that is never opened is a vote missed', () => {
    const { differs, table } = told(
      `${member.replace('lost through resignation', 'lost through resignation or 1 missed votes in a row')}process motion
  started by any member
  vote ballot
    voters members
    ballots sealed until the close revealed within 1 hour
    open for 2 days
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
      [proposes(1, 'ada'), votes(2, 'ada', 'a'.repeat(64))],
      72,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state().filter((line) => line.startsWith('member: '))).toEqual([]);
  });

  it('S5: with `day ends` a certificate and the time before a remedy end at the end of a day', () => {
    const { differs, table } = told(
      `${member}attribute employer certified by any other member
certificate badge plural badges
  issued by any member
  lasts 2 days
end
role auditor plural auditors
  held by 1 to 4 people
  first held by "ada", "ben", "chi"
  gained through motion
  limit 1/2 of auditors per employer otherwise after 2 days the newest leaves
end
process motion
  started by any member
  step review
    after 1 day go to accepted
  end
end
`,
      [
        [1, 'ada', 'issue', undefined, { certificate: 'badge', member: 'dev' }],
        [1, 'ada', 'certify', undefined, { attribute: 'employer', member: 'ben', value: 'Bolt' }],
        [1, 'ada', 'certify', undefined, { attribute: 'employer', member: 'chi', value: 'Bolt' }],
      ],
      60,
      '  day ends "UTC+0"\n',
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state().filter((line) => /^(auditor|badge): /.test(line))).toHaveLength(4);
    passUntil(table, table.nowMs + 24 * hour);
    expect(table.engine.state().filter((line) => /^(auditor|badge): /.test(line))).toHaveLength(2);
    expect(table.engine.state()).toEqual(table.reference.state());
  });

  it('GDO1050: a ballot before the first stage is called early', () => {
    const { differs, verdicts } = told(
      `${member}process motion
  started by 2 members
  vote ballot
    voters members
    open for 2 days
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
      [proposes(1, 'ada'), votes(2, 'ada', 'yes')],
      72,
    );
    expect(differs).toBeUndefined();
    expect(verdicts[1]).toMatchObject({ ok: false, codes: ['GDO1050'] });
  });
});

describe('engine and papers agree on what was unclear', () => {
  it('S117 and decision 0052: a withdrawal names the verb, and what it takes back counts no more', () => {
    const { differs, table } = told(
      `${member}process motion
  started by any member
  step review
    when 2 members endorse go to accepted
    after 5 days go to refused
  end
end
`,
      [proposes(1, 'ada'), acts(2, 'ada', 'endorse'), [3, 'ada', 'act', 1, { stage: 1, verb: 'withdraw', about: 'endorse' }], acts(4, 'ben', 'endorse')],
      72,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state()).toContain('case 1 motion: in review');
  });

  it('S117 and decision 0052: a verb is taken back a second time too', () => {
    const withdraws = (hours: number, person: string): Deed => [hours, person, 'act', 1, { stage: 1, verb: 'withdraw', about: 'object' }];
    const { differs, table } = told(
      `${member}process motion
  started by any member
  step review
    when 2 members object go to accepted
    after 5 days go to refused
  end
end
`,
      [proposes(1, 'ada'), withdraws(2, 'ada'), acts(3, 'ada', 'object'), withdraws(4, 'ada'), acts(5, 'ben', 'object')],
      72,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state()).toContain('case 1 motion: in review');
  });

  const nominating = `${member}process motion
  started by any member
  step nominating
    nominations of members supported by 1 member
    after 1 day go to ballot
  end
  vote ballot
    voters members
    choices the candidates
    counted by approval
    elects 1 member
    open for 2 days
    tie lot
    when elected go to accepted
    when uncontested go to accepted
    otherwise go to refused
  end
end
`;

  it('S121 and decision 0052: whoever withdraws their candidacy takes back their support of it as well', () => {
    const { differs, table } = told(
      nominating,
      [
        proposes(1, 'ada'),
        acts(2, 'chi', 'nominate'),
        [3, 'chi', 'act', 1, { stage: 1, verb: 'endorse', about: 'chi' }],
        [4, 'chi', 'act', 1, { stage: 1, verb: 'withdraw', about: 'chi' }],
        acts(5, 'chi', 'nominate'),
      ],
      72,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state().some((line) => line.includes('result empty'))).toBe(true);
  });

  it('S121 and decision 0052: that others nominated somebody outlasts their withdrawal', () => {
    const { differs, table } = told(
      nominating,
      [
        proposes(1, 'ada'),
        [2, 'chi', 'act', 1, { stage: 1, verb: 'nominate', about: 'ben' }],
        [3, 'ben', 'act', 1, { stage: 1, verb: 'withdraw', about: 'ben' }],
        [4, 'ada', 'act', 1, { stage: 1, verb: 'endorse', about: 'ben' }],
        acts(5, 'ben', 'accept'),
      ],
      72,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state().some((line) => line.includes('result uncontested winners ben'))).toBe(true);
  });

  it('S14: whoever is re-elected before the end of the term has a full term from then on', () => {
    const { differs, table } = told(
      `${member}role auditor plural auditors
  held by 1 to 3 people
  first held by "ada"
  term 6 days
  gained through motion
  lost through resignation or expiry
end
process motion
  started by any member
  step review
    when any member approves go to done
    after 5 days go to refused
  end
  outcome done
    grant auditor to the candidate
  end
end
`,
      [proposes(72, 'ada'), acts(96, 'ben', 'approve')],
      97,
    );
    expect(differs).toBeUndefined();
    expect(table.engine.state()).toContain(`auditor: ada since ${Date.UTC(2027, 0, 31, 10)} until ${Date.UTC(2027, 1, 10, 10)}`);
  });

  it('S108: an option that has won is nobody, so it is granted nothing', () => {
    found(
      `gdo 1
organization "O"
end
role member plural members
  first held by "ada", "ben"
  gained through concur
end
process concur
  started by any member
  step concur-first
    after 1 minute go to concur-second
  end
  joint concur-second
    vote concur-second-0
      voters members
      open for 3 days
      passes when more than 1/2 of votes cast are yes
    end
    vote concur-second-1
      voters members
      choices the options
      default none
      counted by borda with unranked not compared, equal ranks allowed
      open for 3 days
      tie fails
    end
    when any pass go to refused
    otherwise go to concur-done
  end
  outcome concur-done
    grant member to the winners
  end
end
stream:
  +0 min ada propose {"process":"concur"}
  +60 min ben ballot case 1 {"stage":4,"choice":["proposal","none"]}
  +5000 min ada propose {"process":"concur"}`,
      { each: ['ok', 'ok', 'ok'], state: ['case 1 concur: ended concur-done accepted'] },
    );
  });
});
