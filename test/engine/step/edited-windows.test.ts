// Edits that make a case be about other files: the windows of its start keep it from what it could not have started about (S50, S122, docs/decisions/0205).
import { describe, expect, it } from 'vitest';
import { unsupported } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Organization } from './organization.ts';

const merging = (name: string, starts: string, more = ''): string =>
  `process ${name}\n  governs work\n${starts}${more}  step talk\n    when 1 other member approves go to done\n    after 60 days go to refused\n  end\n  outcome done\n    accept the merge\n  end\nend\n`;
const bylaws = (starts: string, more = ''): string => `gdo 1
organization "Test"
end
area work covers "work/**"
role member plural members
  held by 1 to 99 people
  gained through naming
  lost through resignation
end
role clerk plural clerks
  held by 0 to 9 people
  gained through naming
end
process naming
  started by any member
  outcome named
    grant the proposed role to the candidate
  end
end
${merging('change', '  started by any member\n')}${merging('motion', starts, more)}process shut
  governs work
  started by any member
  outcome shut-now
    refuse the merge
  end
end
process opened
  governs work
  started by any member
  outcome open-now
    refuse the merge
  end
end
`;

interface Told {
  readonly org: Organization;
  /** Proposes files through a process. */
  readonly proposes: (atMs: number, process: string, files: readonly string[]) => string;
  /** What the engine says to Ada's edit of a case to these files. */
  readonly edits: (atMs: number, number: number, files: readonly string[]) => string;
}

function told(starts: string, more = '  on edit restart\n'): Told {
  const text = bylaws(starts, more);
  expect(unsupported(compile(text).charter)).toEqual([]);
  const org = found(text, { member: ['ada', 'ben', 'chi'] });
  const { proposeChange, act } = notesFor(org);
  let version = 0;
  const note = (process: string, files: readonly string[]): ReturnType<typeof proposeChange> => {
    version += 1;
    return proposeChange(
      'ada',
      process,
      files.map((file) => ({ path: `work/${file}`, old: 'absent', new: `100644:${version}${version}` })),
    );
  };
  const said = (atMs: number, one: ReturnType<typeof note>): string => {
    const [verdict] = org.epoch(atMs, one).full;
    return verdict?.kind === 'ok' ? 'ok' : `${verdict?.code ?? ''} ${verdict?.reason ?? ''}`;
  };
  return {
    org,
    proposes: (atMs, process, files) => said(atMs, note(process, files)),
    edits: (atMs, number, files) => {
      const brought = note('motion', files);
      const { change = '', head = '' } = Object(brought.body);
      return said(atMs, { ...brought, ...act('ada', number, 'edit', { change, head }) });
    },
  };
}

const shutText = 'GDO1040 about these files the process `motion` starts not within 9 days of `change.done` in the same matter';

describe('an edit of the files of a case', () => {
  const notWithin = '  started by any member not within 9 days of change.done\n';

  it('cannot make it be about what it could not start about now', () => {
    const { org, proposes, edits } = told(notWithin);
    proposes(0, 'change', ['a']);
    org.epoch(1, notesFor(org).act('ben', 1, 'approve'));
    expect(proposes(hour, 'motion', ['a'])).toBe('GDO1040 the process `motion` starts not within 9 days of `change.done` in the same matter');
    expect(proposes(hour, 'motion', ['b'])).toBe('ok');
    expect([edits(day, 2, ['a']), edits(day, 2, ['b', 'a']), edits(day, 2, ['b']), edits(day, 2, ['c'])]).toEqual([shutText, shutText, 'ok', 'ok']);
    expect([edits(9 * day, 2, ['a']), edits(9 * day + 1, 2, ['a'])]).toEqual([shutText, 'ok']);
  });

  it('does so in a case that goes on at a stage, too', () => {
    const { org, proposes, edits } = told(notWithin, '  on edit go to talk\n');
    proposes(0, 'change', ['a']);
    org.epoch(1, notesFor(org).act('ben', 1, 'approve'));
    expect([proposes(hour, 'motion', ['b']), edits(day, 2, ['a'])]).toEqual(['ok', shutText]);
  });

  it('is free in what the case was about already, whatever has happened there since', () => {
    const { org, proposes, edits } = told(notWithin);
    expect([proposes(0, 'motion', ['a']), proposes(1, 'change', ['a'])]).toEqual(['ok', 'ok']);
    org.epoch(2, notesFor(org).act('ben', 2, 'approve'));
    expect([edits(hour, 1, ['a']), edits(hour + 1, 1, ['a', 'b']), edits(hour + 2, 1, ['b'])]).toEqual(['ok', 'ok', 'ok']);
    // Now it is about `b` alone.
    expect(edits(hour + 3, 1, ['a'])).toBe(shutText);
  });

  it('is kept from what lies between two stages, as a start is', () => {
    const { proposes, edits } = told('  started by any member not from shut.shut-now until opened.open-now\n');
    expect([proposes(0, 'motion', ['b']), proposes(1, 'shut', ['a'])]).toEqual(['ok', 'ok']);
    const shut = 'GDO1040 about these files the process `motion` starts not from `shut.shut-now` until `opened.open-now` in the same matter';
    expect(edits(hour, 1, ['a'])).toBe(shut);
    expect([proposes(day, 'opened', ['a']), edits(day + hour, 1, ['a'])]).toEqual(['ok', 'ok']);
    expect([proposes(2 * day, 'motion', ['d']), proposes(3 * day, 'shut', ['c']), edits(4 * day, 4, ['c', 'd'])]).toEqual(['ok', 'ok', shut]);
    // What opens both, by the files that the case was about before, opens the case.
    expect([proposes(5 * day, 'opened', ['c', 'd']), edits(6 * day, 4, ['c', 'd'])]).toEqual(['ok', 'ok']);
  });

  it('is not asked of what opens a start, where whoever names a decision brings what content they like', () => {
    const { proposes, edits } = told('  started by any member within 5 days of shut.shut-now\n');
    expect([proposes(0, 'shut', ['a']), proposes(day, 'motion', ['a'])]).toEqual(['ok', 'ok']);
    expect([edits(30 * day, 2, ['a', 'b']), edits(31 * day, 2, ['b'])]).toEqual(['ok', 'ok']);
  });

  it('is asked of the lines that name its author, and of every line where none does any more', () => {
    const { org, proposes, edits } = told('  started by any clerk\n  started by any member not within 9 days of change.done\n');
    proposes(0, 'change', ['a']);
    org.epoch(1, notesFor(org).act('ben', 1, 'approve'));
    expect([proposes(hour, 'motion', ['b']), edits(hour + 1, 2, ['a'])]).toEqual(['ok', shutText]);
    org.epoch(2 * hour, notesFor(org).propose('ben', 'naming', { candidate: 'ada', role: 'clerk' }));
    expect(edits(3 * hour, 2, ['a'])).toBe('ok');
    expect(edits(4 * hour, 2, ['b'])).toBe('ok');
    org.epoch(5 * hour, { by: 'ada', kind: 'resign', body: { role: 'clerk' } });
    const alone = told('  started by any clerk not within 9 days of change.done\n');
    alone.org.epoch(0, notesFor(alone.org).propose('ben', 'naming', { candidate: 'ada', role: 'clerk' }));
    expect([alone.proposes(1, 'motion', ['b']), alone.proposes(2, 'change', ['a'])]).toEqual(['ok', 'ok']);
    alone.org.epoch(3, notesFor(alone.org).act('ben', 3, 'approve'), { by: 'ada', kind: 'resign', body: { role: 'clerk' } });
    expect([alone.edits(hour, 2, ['a']), alone.edits(10 * day, 2, ['a'])]).toEqual([shutText, 'ok']);
  });
});
