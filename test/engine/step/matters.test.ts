// What a case is about, and which earlier case is "in the same matter" (S122): people in common, or paths where one of the two is about nobody.
import { describe, expect, it } from 'vitest';
import { readCase, unsupported } from '../../../engine/index.ts';
import type { ChangeEntry, JsonObject } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const process = (name: string, window: string, more = ''): string => `process ${name}
  governs work
  started by any member ${window}
  step talk
${more}    when any clerk approves go to done
    after 20 days go to refused
  end
  outcome done
    accept the merge
  end
end
`;
const text = `gdo 1
organization "Matters"
end
area work covers "work/**"
attribute employer certified by any clerk
role member plural members
  held by 1 to 9 people
end
role clerk plural clerks
  held by 1 to 3 people
end
${process('change', 'not within 9 days of change.done')}${process('removal', 'not within 9 days of change.done')}${process(
  'rework',
  'not within 9 days of removal.done',
)}${process('petition', 'not within 9 days of petition.done', '    limit 2 supporters per employer\n')}${process(
  'application',
  'not within 9 days of application.done',
  '    limit 2 supporters per employer including the candidate\n',
)}`;

function organization(): Organization {
  expect(unsupported(compile(text).charter)).toEqual([]);
  return found(text, { member: ['ada', 'ben', 'chi', 'dev'], clerk: ['tia'] }, { content: [] });
}

const entries = (names: readonly string[]): readonly ChangeEntry[] => names.map((name) => ({ path: `work/${name}`, old: 'absent', new: '100644:bb' }));

/** Whether a case may start after one that reached `done` an hour before: what the first is about, and what the second. */
function mayStart(first: readonly [name: string, body: JsonObject, paths: readonly string[]], second: typeof first): boolean {
  const org = organization();
  const { proposeChange, propose, act } = notesFor(org);
  const noted = ([name, body, paths]: typeof first): Note =>
    paths.length === 0 ? propose('ada', name, body) : proposeChange('ada', name, entries(paths), body);
  org.epoch(0, noted(first));
  org.epoch(hour, act('tia', 1, 'approve'));
  expect(org.view(1).outcome).toBe('done');
  return org.epoch(2 * hour, noted(second)).verdicts[0] === 'ok';
}

describe('the same matter', () => {
  it.each<readonly [what: string, first: Parameters<typeof mayStart>[0], second: Parameters<typeof mayStart>[0], isSame: boolean]>([
    ['is one path of several in common', ['change', {}, ['a', 'b']], ['change', {}, ['b', 'c']], true],
    ['is not other paths', ['change', {}, ['a', 'b']], ['change', {}, ['c']], false],
    ['is one person of several in common', ['change', { subject: ['ben', 'chi'] }, []], ['removal', { subject: ['chi', 'dev'] }, []], true],
    ['is a subject here who is the candidate there', ['change', { subject: 'ben' }, []], ['removal', { candidate: 'ben' }, []], true],
    ['is not other people', ['change', { subject: 'ben' }, []], ['removal', { subject: ['chi', 'dev'] }, []], false],
    ['is not a path in common of two about different people', ['change', { subject: 'ben' }, ['a']], ['removal', { subject: 'chi' }, ['a']], false],
    ['is a path in common where the first is about nobody', ['change', {}, ['a']], ['removal', { subject: 'chi' }, ['a']], true],
    ['is a path in common where the second is about nobody', ['removal', { subject: 'chi' }, ['a']], ['rework', {}, ['a']], true],
    ['is not another path where one of the two is about nobody', ['change', {}, ['a']], ['removal', { subject: 'chi' }, ['b']], false],
    ['is nothing where neither says what it is about', ['change', {}, []], ['removal', {}, []], false],
    // Where a process speaks of a candidate and none is named, that is its author; a limit of supporters alone does not.
    ['is not the author of both', ['petition', {}, ['a']], ['petition', {}, ['b']], false],
    ['is the author of both where the process speaks of a candidate', ['application', {}, ['a']], ['application', {}, ['b']], true],
  ])('%s', (_, first, second, isSame) => {
    expect(mayStart(first, second)).toBe(!isSame);
  });
});

describe('the latest case in the same matter', () => {
  it('is the one that got there last, in whatever order they started', () => {
    for (const order of [
      [1, 2],
      [2, 1],
    ] as const) {
      const org = organization();
      const { propose, act } = notesFor(org);
      org.epoch(0, propose('ada', 'change', { subject: 'ben' }), propose('ada', 'change', { subject: 'ben' }), propose('ada', 'change', { subject: 'ben' }));
      for (const [index, number] of order.entries()) org.epoch((index + 1) * 4 * day, act('tia', number, 'approve'));
      const start = propose('dev', 'removal', { subject: 'ben' });
      expect(org.epoch(17 * day - 1, start).full).toMatchObject([
        { kind: 'refused', reason: 'the process `removal` starts not within 9 days of `change.done` in the same matter' },
      ]);
      expect(org.epoch(17 * day, start).verdicts).toEqual(['ok']);
    }
  });

  it('is the one that started last, where two got there at one instant: that is the decision which another case is about (S120)', () => {
    const appeal =
      'process appeal\n  started by any member within 9 days of change.done\n  while open hold the decision\n  step talk\n    after 5 days go to refused\n  end\nend\n';
    const org = found(text + appeal, { member: ['ada', 'ben'], clerk: ['tia'] }, { content: [] });
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'change', { subject: 'ben' }), propose('ada', 'change', { subject: 'ben' }));
    org.epoch(hour, act('tia', 2, 'approve'), act('tia', 1, 'approve'));
    expect(org.epoch(2 * hour, propose('ada', 'appeal', { subject: 'ben' })).verdicts).toEqual(['ok']);
    expect(readCase(org.state(), org.view(3).id)?.decision).toBe(org.view(2).id);
  });
});
