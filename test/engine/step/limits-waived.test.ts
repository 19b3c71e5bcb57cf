// Limits of cases at their bounds: in a row, per candidate, waived, of starters; what is said of whoever they keep out; and limits this engine does not know.
import { describe, expect, it } from 'vitest';
import { readCase, unsupported, type Charter } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ada', 'ben', 'chi', 'dev'];

const bylaws = (text: string): string => `gdo 1
organization "Limits"
end
attribute team certified by any clerk
role clerk plural clerks
  held by 1 to 3 people
end
role member plural members
  held by 1 to 99 people
end
role guide plural guides
  held by 0 to 9 people
  gained through p
end
${text}`;

const process = (lines: string): string =>
  `process p\n  started by any member\n${lines}  step wait\n    after 2 days go to done\n  end\n  outcome done\n    grant guide to the candidate\n  end\nend\n`;
const waiver =
  'process waiver\n  started by any member\n  about member\n  step wait\n    when any member approves go to waived\n    after 9 days go to refused\n  end\n  outcome waived accepts\nend\n';

const certify = (member: string, value: string): Note => ({ by: 'tia', kind: 'certify', body: { attribute: 'team', member, value } });

function organized(text: string, teams: Readonly<Record<string, string>> = {}): Organization {
  const org = found(bylaws(text), { member: people, clerk: ['tia'] });
  const notes = Object.entries(teams).map(([member, value]) => certify(member, value));
  if (notes.length > 0) expect(org.epoch(0, ...notes).verdicts).toEqual(notes.map(() => 'ok'));
  return org;
}

const said = (org: Organization, atMs: number, ...notes: readonly Note[]): readonly string[] =>
  org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : verdict.reason));

describe('a limit of cases that is waived (S114)', () => {
  const text = process('  limit 1 case per author per 30 days unless waived through waiver\n') + waiver;

  it('is waived for one case by one accepted case about the person, and counts again after it', () => {
    const org = organized(text);
    const { propose, act } = notesFor(org);
    expect(org.epoch(0, propose('ada', 'p'), propose('ada', 'p')).verdicts).toEqual(['ok', 'GDO1040']);
    expect(org.epoch(1, propose('ben', 'waiver', { subject: 'ada' }), propose('ben', 'waiver', { subject: 'chi' })).verdicts).toEqual(['ok', 'ok']);
    expect(org.epoch(2, propose('ada', 'p')).verdicts).toEqual(['GDO1040']);
    org.epoch(3, act('ben', 2, 'approve'));
    org.epoch(4);
    expect(org.view(2).outcome).toBe('waived');
    expect(org.epoch(5, propose('ada', 'p'), propose('ada', 'p')).verdicts).toEqual(['ok', 'GDO1040']);
    // Chi was waived too and has not needed it: the first case is no use of it.
    org.epoch(6, act('ben', 3, 'approve'));
    org.epoch(7);
    expect(org.epoch(8, propose('chi', 'p'), propose('chi', 'p'), propose('chi', 'p')).verdicts).toEqual(['ok', 'ok', 'GDO1040']);
  });

  it('stays for whoever is not waived', () => {
    const org = organized(text);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'p'), propose('ben', 'p'), propose('ben', 'waiver', { subject: 'ada' }));
    org.epoch(1, act('ben', 3, 'approve'));
    org.epoch(2);
    expect(org.epoch(3, propose('ben', 'p'), propose('ada', 'p')).verdicts).toEqual(['GDO1040', 'ok']);
  });
});

describe('a limit of cases in a row', () => {
  it('counts the last cases of one author, decided or not, until another one starts one', () => {
    const org = organized(process('  limit 2 cases per author in a row\n'));
    const { propose } = notesFor(org);
    expect(org.epoch(0, propose('ada', 'p')).verdicts).toEqual(['ok']);
    org.epoch(3 * day);
    expect(said(org, 4 * day, propose('ada', 'p'), propose('ada', 'p'))).toEqual(['ok', '`p` has its limit of 2 in a row for the author `ada`']);
    expect(org.epoch(5 * day, propose('ben', 'p'), propose('ada', 'p'), propose('ada', 'p'), propose('ada', 'p')).verdicts).toEqual([
      'ok',
      'ok',
      'ok',
      'GDO1040',
    ]);
  });
});

describe('whom a limit counts for', () => {
  it('is the candidate, who is the author where nobody else is named', () => {
    const org = organized(process('  limit 1 case per candidate per 30 days\n'));
    const { propose } = notesFor(org);
    expect(said(org, 0, propose('ada', 'p'), propose('ada', 'p'), propose('ben', 'p'))).toEqual(['ok', '`p` has its limit of 1 for the candidate `ada`', 'ok']);
  });

  it('is everybody of one value of an attribute, and each of the rest alone', () => {
    const org = organized(process('  limit 1 case per team per 30 days\n'), { ada: 'Red', ben: 'Red' });
    const { propose } = notesFor(org);
    expect(said(org, 1, propose('ada', 'p'), propose('ben', 'p'), propose('chi', 'p'), propose('dev', 'p'), propose('chi', 'p'))).toEqual([
      'ok',
      '`p` has its limit of 1 for the team `Red`',
      'ok',
      'ok',
      expect.stringContaining('`p` has its limit of 1 for the team '),
    ]);
  });

  it('is nobody in particular where it names nobody', () => {
    const org = organized(process('  limit 1 case per 30 days\n'));
    const { propose } = notesFor(org);
    expect(said(org, 0, propose('ada', 'p'), propose('ben', 'p'))).toEqual(['ok', '`p` has its limit of 1']);
  });

  it('is both of two at once: the same author about the same person', () => {
    const org = organized(process('  about member\n  limit 1 case per author per subject per 30 days\n'));
    const { propose } = notesFor(org);
    const by = (author: string, subject: string): Note => propose(author, 'p', { subject });
    expect(said(org, 0, by('ada', 'ben'), by('ada', 'chi'), by('dev', 'ben'), by('ada', 'ben'))).toEqual([
      'ok',
      'ok',
      'ok',
      '`p` has its limit of 1 for the author `ada` and subject `ben`',
    ]);
  });

  it('ends with the window, to the millisecond', () => {
    const org = organized(process('  limit 1 case per author per 30 days\n'));
    const { propose } = notesFor(org);
    expect(org.epoch(hour, propose('ada', 'p')).verdicts).toEqual(['ok']);
    expect(org.epoch(hour + 30 * day - 1, propose('ada', 'p')).verdicts).toEqual(['GDO1040']);
    expect(org.epoch(hour + 30 * day, propose('ada', 'p')).verdicts).toEqual(['ok']);
  });
});

describe('starters of one group (S115)', () => {
  const started = (limit: string, teams: Readonly<Record<string, string>>, ...by: readonly string[]): string => {
    const org = organized(process(limit).replace('started by any member', 'started by 3 members'), teams);
    const { propose, act } = notesFor(org);
    org.epoch(1, propose('ada', 'p', { candidate: 'dev' }));
    for (const [index, member] of by.entries()) org.epoch(2 + index, act(member, 1, 'start', { stage: 1 }));
    return readCase(org.state(), org.view(1).id)?.phase ?? '';
  };

  it('count so many only, and the candidate is one of them where it says so', () => {
    const red = { ada: 'Red', ben: 'Red', dev: 'Red' };
    const limit = '  limit 2 starters per team\n';
    expect(started(limit, red, 'ben')).toBe('starting');
    expect(started(limit, red, 'ben', 'chi')).toBe('open');
    expect(started(limit, red, 'ben', 'dev')).toBe('starting');
    expect(started('  limit 2 starters per team including the candidate\n', red, 'ben', 'chi')).toBe('starting');
    expect(started('  limit 3 starters per team including the candidate\n', red, 'ben', 'chi')).toBe('open');
    expect(started(limit, {}, 'ben', 'dev')).toBe('open');
  });
});

describe('what engine 1 does not run is named, construct by construct (GDO035)', () => {
  const base = compile(
    bylaws(
      `points karma\n  earned 1 by any member for p.accepted\nend\naccount purse in EUR with 2 decimals\n  kept by any member\nend\ndelegation proxy by members\n  for p\nend\nright shed\n  covers "shed"\n  held by members\nend\n${process('')}`,
    ),
  ).charter;
  const [first] = base.processes;
  type Limit = Charter['processes'][number]['limits'][number];
  const limit = (what: Partial<Limit>): Limit => ({ amount: { kind: 'count', value: 1 }, counted: 'moons', per: [], ...what });
  const strange = limit({});
  const withStage = (change: (stage: Charter['processes'][number]['stages'][number]) => Charter['processes'][number]['stages'][number]): Charter => ({
    ...base,
    processes: base.processes.map((one) => ({ ...one, stages: one.stages.map(change) })),
  });

  it.each<readonly [construct: string, charter: Charter]>([
    ['limit in role member', { ...base, roles: base.roles.map((role) => (role.name === 'member' ? { ...role, limits: [strange] } : role)) }],
    ['limit in points karma', { ...base, points: base.points.map((one) => ({ ...one, limits: [strange] })) }],
    ['limit in delegation proxy', { ...base, delegations: base.delegations.map((one) => ({ ...one, limits: [strange] })) }],
    ['limit in account purse', { ...base, accounts: base.accounts.map((one) => ({ ...one, limits: [strange] })) }],
    ['limit in right shed', { ...base, rights: base.rights.map((one) => ({ ...one, limits: [strange] })) }],
    ['limit', { ...base, processes: base.processes.map((one) => ({ ...one, limits: [strange, strange] })) }],
    ['limit', withStage((stage) => (stage.kind === 'step' ? { ...stage, limits: [strange] } : stage))],
    [
      'explode',
      withStage((stage) => {
        // What a later version may know: no effect of this one has that name.
        const effects: Charter['processes'][number]['stages'] = JSON.parse(
          `[{"kind":"outcome","name":"${stage.name}","accepts":true,"effects":[{"kind":"explode"}]}]`,
        );
        return effects[0] ?? stage;
      }),
    ],
  ])('%s', (construct, charter) => {
    expect([...new Set(unsupported(charter).map((one) => one.construct))]).toEqual([construct]);
    expect(unsupported(base)).toEqual([]);
  });

  const perTeam: Limit['per'] = [{ kind: 'each', name: 'team' }];

  it.each<readonly [what: string, limits: Limit, isRun: boolean]>([
    ['so many supporters of each team', limit({ counted: 'supporters', per: perTeam }), true],
    ['of everybody together', limit({ counted: 'supporters' }), false],
    ['of something that is no attribute', limit({ counted: 'supporters', per: [{ kind: 'each', name: 'moon' }] }), false],
    ['in a time', limit({ counted: 'supporters', per: [{ kind: 'window', duration: { count: 1, unit: 'day' } }] }), false],
    ['a share of them', limit({ counted: 'supporters', per: perTeam, amount: { kind: 'share', numerator: 1, denominator: 2 } }), false],
    ['in a row', limit({ counted: 'supporters', per: perTeam, inARow: true }), false],
    ['unless waived', limit({ counted: 'supporters', per: perTeam, waivedThrough: 'p' }), false],
    ['of members', limit({ counted: 'member', per: perTeam }), false],
  ])('a limit in a step: %s', (_, limits, isRun) => {
    const charter = withStage((stage) => (stage.kind === 'step' ? { ...stage, limits: [limits] } : stage));
    expect(unsupported(charter)).toEqual(isRun ? [] : [{ process: 'p', construct: 'limit' }]);
  });

  it.each<readonly [what: string, more: string, isRun: boolean]>([
    ['plainly', '', true],
    ['unless waived', ' unless waived through p', false],
    ['with a remedy', ' otherwise the newest leaves', false],
    ['in a row', ' in a row', false],
  ])('a limit in a vote and in a draw: %s', (_, more, isRun) => {
    const vote = `  vote ballot\n    voters members\n    choices the candidates\n    counted by approval\n    elects 2 guides\n    limit 1 winners per team${more}\n    open for 3 days\n    tie lot\n    when elected go to accepted\n    otherwise go to refused\n  end\n`;
    const draw = `  draw panel\n    picks 2 members\n    limit 1 members per team${more}\n    when drawn go to accepted\n    otherwise go to refused\n  end\n`;
    for (const stage of [vote, draw])
      expect(unsupported(compile(bylaws(`process p\n  started by any member\n${stage}end\n`)).charter)).toEqual(
        isRun ? [] : [{ process: 'p', construct: 'limit' }],
      );
  });

  it('a roster that nothing declares, and each construct once', () => {
    const charter: Charter = {
      ...base,
      processes:
        first === undefined
          ? []
          : [
              {
                ...first,
                starts: first.starts.map((start) => JSON.parse(JSON.stringify(start).replaceAll('"member"', '"ghost"'))),
                limits: [strange, strange],
              },
            ],
    };
    expect(unsupported(charter)).toEqual([
      { process: 'p', construct: 'limit' },
      { process: 'p', construct: 'the roster ghost' },
    ]);
  });
});
