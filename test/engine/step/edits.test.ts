// Content that a proposal or an edit brings: what is wrong with it, what an edit replaces and what it leaves, and acts that are taken back (S50, S57, S117).
import { describe, expect, it } from 'vitest';
import { currentOf, openRequirements, unsupported } from '../../../engine/index.ts';
import type { ChangeEntry, JsonObject } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const merging = (name: string, more = ''): string =>
  `process ${name}\n  governs rules, work\n  started by any member\n${more}  step talk\n    when 2 members approve go to accepted\n    after 9 days go to refused\n  end\nend\n`;
const bylaws = (more = ''): string => `gdo 1
organization "Test"
end
area rules covers "bylaws/**"
area work covers "work/**"
role member plural members
  held by 1 to 99 people
end
${merging('amendment', '  on edit restart\n')}${merging('strict')}process motion
  started by any member
  on edit restart
  step talk
    when 3 members approve go to again
    after 9 days go to refused
  end
  step again
    when 3 members approve go to accepted
    after 9 days go to refused
  end
end
process resolution
  started by any member
  step talk
    when 2 members approve go to accepted
    after 9 days go to refused
  end
end
${more}`;
const [one, two, three] = [bylaws(), bylaws(merging('second')), bylaws(merging('third'))];
const head = '1'.repeat(40);

function organization(): Organization {
  expect(unsupported(compile(one).charter)).toEqual([]);
  return found(
    one,
    { member: ['ada', 'ben', 'chi', 'dev'] },
    {
      content: [
        ['bylaws/a', '100644:aa'],
        ['work/a', '100644:aa'],
      ],
    },
  );
}

const entries = (path: string, fresh: string): readonly ChangeEntry[] => [{ path, old: '100644:aa', new: fresh }];
const said = (org: Organization, atMs: number, ...notes: readonly Note[]): readonly string[] =>
  org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : `${verdict.code} ${verdict.reason}`));

/** An amendment, and what of it is not attached or not said. */
function amendment(org: Organization, process: string, text: string, fresh = '100644:bb', path = 'bylaws/a'): Note & { readonly body: JsonObject } {
  const next = compile(text);
  return { ...notesFor(org).proposeChange('ada', process, entries(path, fresh), { adopts: next.hash }), adopts: next };
}

/** The same content as an edit of a case. */
function asEdit(org: Organization, note: Note, by = 'ada', number = 1): Note {
  const { change = '', adopts } = note.body;
  const brought = { change, head, ...(adopts === undefined ? {} : { adopts }) };
  return { ...note, ...notesFor(org).act(by, number, 'edit', brought) };
}

/** Two members approve, and the check of the bylaws accepts what is asked of it. */
function carry(org: Organization, timeMs: number, number = 1): void {
  const { act, attest } = notesFor(org);
  org.epoch(timeMs, act('ada', number, 'approve'), act('ben', number, 'approve'));
  const open = openRequirements(org.state()).find((row) => row.number === number);
  if (open !== undefined) org.epoch(timeMs + 1, attest('ada', number, 'gdo-check', open.candidate));
}

describe('content is refused', () => {
  it('that is not all there, whether a proposal brings it or an edit', () => {
    const org = organization();
    const whole = amendment(org, 'amendment', two);
    const { change: _change, ...unattached } = whole;
    const { adopts: _adopts, ...withoutBylaws } = whole;
    const { head: _head, ...headless } = whole.body;
    const { change: _named, ...unnamed } = whole.body;
    const cases: readonly (readonly [refusal: string, note: Note])[] = [
      ['GDO2011 new bylaws come with the change that writes them', { ...whole, body: unnamed }],
      ['GDO2011 the change set is not attached', unattached],
      ['GDO2011 the change names no commit that holds it', { ...whole, body: headless }],
      ['GDO2011 new bylaws come with a change under `bylaws/`', amendment(org, 'amendment', two, '100644:bb', 'work/a')],
      ['GDO2013 the new bylaws are not attached', withoutBylaws],
      // Of several that are attached the one that is named is meant.
      ['GDO2013 the new bylaws are not attached', { ...whole, adopts: compile(three) }],
      ['GDO2011 the change set is not attached', { ...whole, change: { id: 'f'.repeat(64), entries: entries('bylaws/a', '100644:bb') } }],
    ];
    for (const [refusal, note] of cases) expect(said(org, 1, note)).toEqual([refusal]);
    const { propose, act } = notesFor(org);
    org.epoch(2, propose('ada', 'amendment', { text: 'first words' }), propose('ada', 'motion'));
    const edits: readonly (readonly [refusal: string, note: Note])[] = [
      ['GDO1052 an edit brings the new text or the new files', act('ada', 1, 'edit')],
      ['GDO2011 new bylaws come with the change that writes them', act('ada', 1, 'edit', { text: 'x', adopts: compile(two).hash })],
      ['GDO2002 the process `motion` merges nothing', asEdit(org, amendment(org, 'amendment', two), 'ada', 2)],
      ['GDO2011 the change set is not attached', asEdit(org, unattached)],
      ['GDO2013 the new bylaws are not attached', asEdit(org, withoutBylaws)],
      ['GDO1040 the case is edited by its author, `ada`', asEdit(org, whole, 'ben')],
    ];
    for (const [refusal, note] of edits) expect(said(org, 3, note)).toEqual([refusal]);
    expect(org.view(1)).toMatchObject({ entry: 1, text: 'first words' });
  });

  it('where it changes rules and its process changes wording only (S88)', () => {
    const wording = one.replace('process strict\n  governs rules, work', 'process strict\n  governs rules for wording only');
    const org = found(wording, { member: ['ada'] }, { content: [['bylaws/a', '100644:aa']] });
    const next = bylaws(merging('second')).replace('process strict\n  governs rules, work', 'process strict\n  governs rules for wording only');
    expect(said(org, 1, amendment(org, 'strict', next))).toEqual(['GDO2002 the process `strict` changes wording only, and this changes rules']);
  });

  it('where a process refuses edits: its files are a new proposal, and for its words nobody asks (S50)', () => {
    const org = organization();
    const { propose, proposeChange, act } = notesFor(org);
    org.epoch(1, proposeChange('ada', 'strict', entries('work/a', '100644:bb')), propose('ada', 'resolution'));
    expect(said(org, 2, asEdit(org, proposeChange('ada', 'strict', entries('work/a', '100644:cc'))), act('ada', 2, 'edit', { text: 'other words' }))).toEqual([
      'GDO1052 `strict` refuses edits: changed content is a new proposal',
      'GDO1052 nothing in `talk` asks anybody to edit',
    ]);
  });
});

describe('an edit', () => {
  it('of the words leaves the files and the bylaws they write, and one of the files leaves the words', () => {
    const org = organization();
    const { act } = notesFor(org);
    const first = amendment(org, 'amendment', two);
    org.epoch(1, { ...first, body: { ...first.body, text: 'first words' } });
    const { change } = org.view(1);
    expect(said(org, 2, act('ada', 1, 'edit', { text: 'second words' }))).toEqual(['ok']);
    org.epoch(3);
    expect(org.view(1)).toMatchObject({ text: 'second words', change, entry: 2 });
    expect(said(org, 4, asEdit(org, amendment(org, 'amendment', two, '100644:cc')))).toEqual(['ok']);
    org.epoch(5);
    expect(org.view(1)).toMatchObject({ text: 'second words', entry: 3 });
    expect(org.view(1).change).not.toBe(change);
    carry(org, hour);
    expect([org.view(1).status, currentOf(org.state()).bylaws]).toEqual(['merged', compile(two).hash]);
  });

  it('of the words alone still brings the bylaws that were proposed, whatever else came with them', () => {
    const org = organization();
    org.epoch(1, { ...amendment(org, 'amendment', two), beside: compile(three) });
    org.epoch(2, notesFor(org).act('ada', 1, 'edit', { text: 'other words' }));
    org.epoch(3);
    carry(org, hour);
    expect([org.view(1).status, currentOf(org.state()).bylaws]).toEqual(['merged', compile(two).hash]);
  });

  it('brings other bylaws, or none any more, in the place of those that were proposed', () => {
    const play = (edit: (org: Organization) => Note): readonly string[] => {
      const org = organization();
      org.epoch(1, { ...amendment(org, 'amendment', two), beside: compile(three) });
      expect(said(org, 2, edit(org))).toEqual(['ok']);
      org.epoch(3);
      carry(org, hour);
      expect(org.view(1).status).toBe('merged');
      const { bylaws: hash } = currentOf(org.state());
      // What is in force is what those bylaws say.
      const known = ['second', 'third'].filter(
        (process) => org.epoch(day, { by: 'ada', kind: 'propose', body: { bylaws: hash, process } }).verdicts[0] === 'ok',
      );
      return [hash, ...known];
    };
    expect(play((org) => ({ ...asEdit(org, amendment(org, 'amendment', three, '100644:cc')), beside: compile(two) }))).toEqual([compile(three).hash, 'third']);
    expect(play((org) => asEdit(org, notesFor(org).proposeChange('ada', 'amendment', entries('work/a', '100644:cc'))))).toEqual([compile(one).hash]);
  });

  it('brings no bylaws once others are in force than those of its case, and everything else still (S57)', () => {
    const org = organization();
    org.epoch(1, amendment(org, 'amendment', two), notesFor(org).propose('ada', 'amendment'));
    carry(org, hour);
    expect(currentOf(org.state()).bylaws).toBe(compile(two).hash);
    expect(said(org, 2 * hour, asEdit(org, amendment(org, 'amendment', three, '100644:cc'), 'ada', 2))).toEqual([
      'GDO1053 the bylaws it would amend are no longer in force',
    ]);
    const files = notesFor(org).proposeChange('ada', 'amendment', entries('work/a', '100644:cc'));
    expect(said(org, 2 * hour + 1, asEdit(org, files, 'ada', 2), notesFor(org).act('ada', 2, 'edit', { text: 'words' }))).toEqual([
      'ok',
      'GDO1050 the stage is not open yet',
    ]);
  });

  it('that brings no bylaws any more is not stale once others are in force', () => {
    const org = organization();
    org.epoch(1, amendment(org, 'amendment', two), amendment(org, 'amendment', three));
    const files = notesFor(org).proposeChange('ada', 'amendment', entries('work/a', '100644:cc'));
    expect(said(org, 2, asEdit(org, files))).toEqual(['ok']);
    org.epoch(3);
    carry(org, hour, 2);
    expect(currentOf(org.state()).bylaws).toBe(compile(three).hash);
    carry(org, 2 * hour);
    expect([org.view(1).status, currentOf(org.state()).bylaws]).toEqual(['merged', compile(three).hash]);
  });

  it('takes the support of its own case away and of no other, and the case goes on counting what comes after it', () => {
    const org = organization();
    const { propose, act } = notesFor(org);
    org.epoch(1, propose('ada', 'motion'), propose('ben', 'motion'));
    org.epoch(2, act('chi', 1, 'approve'), act('dev', 1, 'approve'), act('chi', 2, 'approve'), act('dev', 2, 'approve'));
    org.epoch(3, act('ada', 1, 'edit', { text: 'other words' }));
    org.epoch(4);
    expect([org.view(1).acts[0]?.done, org.view(2).acts[0]?.done]).toEqual([[], ['chi', 'dev']]);
    org.epoch(5, act('ada', 2, 'approve'), act('ada', 1, 'approve'), act('ben', 1, 'approve'));
    expect([org.view(1).stage, org.view(2).stage]).toEqual(['talk', 'again']);
    org.epoch(6, act('chi', 1, 'approve'));
    expect(org.view(1).stage).toBe('again');
  });
});

describe('acts', () => {
  it('stand in the order in which they came, also beyond the ninth of a stage and the ninth stage', () => {
    const names = Array.from({ length: 12 }, (_, index) => `p${(index * 5) % 12}`);
    const org = found(one.replaceAll('3 members', '12 members'), { member: names });
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('p0', 'motion'));
    for (let round = 1; round < 10; round += 1) {
      org.epoch(2 * round, act('p0', 1, 'edit', { text: `words ${round}` }));
      org.epoch(2 * round + 1);
    }
    expect(org.view(1).entry).toBe(10);
    // Nine edits came before; another case has had none.
    org.epoch(hour, propose('p0', 'motion'));
    org.epoch(2 * hour, ...names.slice(0, 11).flatMap((name) => [act(name, 1, 'approve'), act(name, 2, 'approve')]));
    for (const number of [1, 2]) expect(org.view(number).acts[0]?.done).toEqual(names.slice(0, 11));
    org.epoch(day, act(names[11] ?? '', 1, 'approve'));
    expect([org.view(1).stage, org.view(2).stage]).toEqual(['again', 'talk']);
  });
});
