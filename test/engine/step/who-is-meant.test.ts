// Whom the words of bylaws mean: people a case names, holders an effect names, several ways to start; and acts that come where nothing waits for them.
import { describe, expect, it } from 'vitest';
import { holdersOf, readCase } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee'];

const bylaws = (process: string): string => `gdo 1
organization "Meant"
end
role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by 0 to 5 people
  gained through motion
  lost through motion
end
role deputy plural deputies
  held by 0 to 5 people
  gained through motion
end
process motion
${process}end
`;

const organized = (process: string, roles: Readonly<Record<string, readonly string[]>> = {}): Organization =>
  found(bylaws(process), { member: people, ...roles }, { people: [...people, 'zoe'] });
const step = (lines: string): string => `  step talk\n${lines}  end\n`;
const waits = '    after 9 days go to refused\n';
const grants = '  outcome done\n    grant chair to the candidate\n  end\n';

describe('people whom a case names', () => {
  /** Who may do what the line asks for, of everybody here: one case each. */
  const mayAct = (line: string, start: string, body: Note['body'], others: readonly Note['by'][] = []): readonly string[] =>
    [...people, 'zoe'].filter((by) => {
      const org = organized(`${start}${step(`    ${line} go to done\n${waits}`)}${grants}`);
      const { propose, act } = notesFor(org);
      org.epoch(0, propose('ana', 'motion', body));
      for (const other of others) expect(org.epoch(1, act(other, 1, 'start', { stage: 1 })).verdicts).toEqual(['ok']);
      org.epoch(2);
      const stage = org.view(1).entry;
      org.epoch(hour, act(by, 1, 'approve', { stage }));
      return org.view(1).outcome === 'done';
    });

  it.each<readonly [line: string, start: string, body: Note['body'], who: readonly string[], others: readonly string[]]>([
    ['when the author approves', '  started by any member\n', {}, ['ana'], []],
    ['when the starters approve', '  started by 2 members\n', {}, ['ana', 'bo'], ['bo']],
    ['when the candidate approves', '  started by any member\n', { candidate: 'cy' }, ['cy'], []],
    ['when the candidate approves', '  started by any member\n', {}, ['ana'], []],
    ['when the subject approves', '  started by any member\n  about member\n', { subject: 'dee' }, ['dee'], []],
    ['when any person approves', '  started by any member\n', {}, [...people, 'zoe'], []],
    ['when any other member approves', '  started by any member\n', {}, ['bo', 'cy', 'dee'], []],
    ['when at least the larger of 1/9 of other members and 1 other member approve', '  started by any member\n', {}, ['bo', 'cy', 'dee'], []],
  ])('%s, where it is %s', (line, start, body, who, others) => {
    expect(mayAct(line, start, body, others)).toEqual(who);
  });

  it('are the raisers of its open concerns', () => {
    const org = organized(
      `  started by any member\n${step(`    concerns by any member resolved by any member\n    when the raiser approves go to done\n${waits}`)}${grants}`,
    );
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    expect(org.epoch(1, act('bo', 1, 'raise'), act('cy', 1, 'raise'), act('zoe', 1, 'raise')).verdicts).toEqual(['ok', 'ok', 'GDO1040']);
    expect(org.epoch(2, act('dee', 1, 'resolve', { about: 'c1' })).verdicts).toEqual(['ok']);
    org.epoch(3, act('bo', 1, 'approve'));
    expect(org.view(1).status).toBe('open');
    org.epoch(4, act('cy', 1, 'approve'));
    expect(org.view(1).outcome).toBe('done');
  });
});

describe('people whom an effect names', () => {
  const after = (effects: string, roles: Readonly<Record<string, readonly string[]>>): readonly (readonly string[])[] => {
    const org = organized(`  started by any member\n${step(`    when any member approves go to done\n${waits}`)}  outcome done\n${effects}  end\n`, roles);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ana', 'motion', effects.includes('candidate') ? { candidate: 'cy' } : {}));
    org.epoch(hour, act('bo', 1, 'approve'));
    expect(org.view(1).outcome).toBe('done');
    return ['chair', 'deputy'].map((role) => holdersOf(org.state(), org.charter, role));
  };

  it('are all who hold a role, or who the case is for', () => {
    expect(after('    grant deputy to the chair\n', { chair: ['bo', 'dee'] })).toEqual([
      ['bo', 'dee'],
      ['bo', 'dee'],
    ]);
    expect(after('    remove chair from the chair\n', { chair: ['bo', 'dee'], deputy: ['ana'] })).toEqual([[], ['ana']]);
    expect(after('    remove chair from the deputy\n', { chair: ['bo', 'dee'], deputy: ['dee'] })).toEqual([['bo'], ['dee']]);
    expect(after('    grant deputy to the candidate\n', { chair: ['bo'] })).toEqual([['bo'], ['cy']]);
  });
});

describe('several ways to start a case', () => {
  const start = '  started by 3 members\n  started by 2 chairs\n';
  const began = (by: readonly string[], roles: Readonly<Record<string, readonly string[]>>): string | undefined => {
    const org = organized(`${start}${step(waits)}`, roles);
    const { propose, act } = notesFor(org);
    const [author = '', ...others] = by;
    if (org.epoch(0, propose(author, 'motion')).verdicts[0] !== 'ok') return undefined;
    for (const [index, other] of others.entries()) org.epoch(index + 1, act(other, 1, 'start', { stage: 1 }));
    return readCase(org.state(), org.view(1).id)?.phase;
  };

  it('are each filled by their own people, who count for every line that names them', () => {
    const roles = { chair: ['cy', 'dee', 'eva'] };
    expect(began(['ana', 'bo'], roles)).toBe('starting');
    expect(began(['ana', 'bo', 'cy'], roles)).toBe('open');
    expect(began(['eva', 'cy'], roles)).toBe('open');
    expect(began(['eva', 'ana'], roles)).toBe('starting');
    expect(began(['zoe'], roles)).toBeUndefined();
    // One chair alone never makes two.
    expect(began(['ana', 'bo', 'cy'], { chair: ['cy'] })).toBe('open');
  });

  it('lapse after their time, and an act of another stage is too early', () => {
    const org = organized(`${start}${step(waits)}`, { chair: ['cy', 'dee'] });
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    expect(org.epoch(1, act('bo', 1, 'start', { stage: 2 }), act('bo', 1, 'approve', { stage: 1 }), act('ana', 1, 'start', { stage: 1 })).verdicts).toEqual([
      'GDO1050',
      'GDO1050',
      'GDO1052',
    ]);
    const { dueMs } = org.view(1);
    org.epoch((dueMs ?? 0) - 1);
    expect(org.view(1).status).toBe('open');
    expect(org.epoch(dueMs ?? 0, act('bo', 1, 'start', { stage: 1 })).verdicts).toEqual(['GDO1051']);
    expect(org.view(1).status).not.toBe('open');
  });
});

describe('acts where nothing waits for them', () => {
  it('are refused with the reason', () => {
    const org = organized(`  started by any member\n${step(`    when any member approves go to done\n${waits}`)}${grants}`);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    const said = (atMs: number, ...notes: readonly Note[]): readonly string[] =>
      org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : `${verdict.code} ${verdict.reason}`));
    expect(said(1, { ...act('bo', 1, 'approve'), case: 'f'.repeat(64) }, act('bo', 1, 'approve', { stage: 7 }))).toEqual([
      'GDO1052 there is no such case',
      'GDO1050 the stage is not open yet',
    ]);
    expect(said(2, act('bo', 1, 'approve'))).toEqual(['ok']);
    expect(said(3, act('bo', 1, 'approve'))).toEqual(['GDO1051 the case is decided: `done`']);
  });

  it('in a step that no time ends, wait for one another', () => {
    const org = organized(`  started by any member\n${step('    when 2 members approve go to done\n    when any member objects go to refused\n')}${grants}`);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    expect(org.epoch(hour, act('bo', 1, 'approve')).verdicts).toEqual(['ok']);
    expect([org.view(1).dueMs, org.due()]).toEqual([undefined, undefined]);
    org.epoch(900 * day, act('cy', 1, 'approve'));
    expect(org.view(1).outcome).toBe('done');
  });
});

describe('a vote in a joint (S128)', () => {
  it('is open for longer where its result says so, while the other keeps its own', () => {
    const house = (name: string, more: string): string =>
      `    vote ${name}\n      voters members\n      open for 2 days\n      ballots may change\n${more}      passes when more than 1/2 of votes cast are yes\n    end\n`;
    const org = organized(
      `  started by any member\n  joint both\n${house('one', '      extends by 3 days when passed at most 1 times\n')}${house('two', '')}    when all pass go to done\n    otherwise go to refused\n  end\n${grants}`,
    );
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    const stages = org.view(1).acts.map(({ entry }) => entry ?? 0);
    org.epoch(hour, ...stages.map((stage) => ballot('bo', 1, 'yes', { stage })));
    org.epoch(2 * day);
    expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 5 * day });
    expect(org.epoch(3 * day, ballot('cy', 1, 'no', { stage: stages[0] ?? 0 }), ballot('cy', 1, 'no', { stage: stages[1] ?? 0 })).verdicts).toEqual([
      'ok',
      'GDO1052',
    ]);
    org.epoch(5 * day);
    expect(org.view(1).outcome).toBe('refused');
  });
});
