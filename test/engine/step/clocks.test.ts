// What a line of a step waits for: since when it counts, whose acts fill which place, and which concerns hold it back (S17 to S22, S24, S115 to S119).
import { describe, expect, it } from 'vitest';
import { fc } from '../../seeded.ts';
import { emptyState, nextDueMs } from '../../../engine/index.ts';
import { step, where } from './motion.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const bylaws = (stages: string): string => `gdo 1
organization "Clocks"
end
attribute team certified by any clerk
role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by 0 to 2 people
end
role clerk plural clerks
  held by 0 to 2 people
end
role guest plural guests
  held by 0 to 2 people
end
action publish by any member
process motion
  started by any member
${stages}end
`;
const last = 'after 30 days go to refused';

function begun(...stages: readonly string[]): Organization {
  const org = found(bylaws(stages.join('')), { member: ['ana', 'bo', 'cy', 'dee', 'eve'], chair: ['dee'], clerk: ['dee'] });
  org.epoch(0, notesFor(org).propose('ana', 'motion'));
  return org;
}
const opened = (...lines: readonly string[]): Organization => begun(step('talk', ...lines, last));

/** Acts at one instant, in this order. */
function act(org: Organization, atMs: number, ...said: readonly (readonly [by: string, verb: string, body?: Note['body']])[]): readonly string[] {
  const notes = said.map(([by, verb, body]) => notesFor(org).act(by, 1, verb, body));
  return org.epoch(atMs, ...notes).verdicts;
}

describe('since an earlier step (S117)', () => {
  const asks = (...verbs: readonly string[]): readonly string[] => verbs.map((verb) => `when 5 members ${verb} go to refused`);
  const three = (line: string): Organization =>
    begun(
      step('first', ...asks('endorse'), 'when the chair approves go to second', 'when the chair publishes go to third', last),
      step('second', ...asks('endorse'), 'when the chair approves go to third', last),
      step('third', line, ...asks('object'), last),
    );

  it('begins a clock with the first opening of that step, not of the case', () => {
    const org = three('after 3 days since second go to accepted');
    act(org, day, ['dee', 'approve']);
    act(org, 2 * day, ['dee', 'approve']);
    expect([where(org), org.view(1).dueMs]).toEqual(['third', 4 * day]);
  });

  it('lets an act count that was given from then on, and none from before', () => {
    const org = three('when 2 members endorse since second go to accepted');
    act(org, hour, ['bo', 'endorse']);
    act(org, day, ['dee', 'approve']);
    org.epoch(day + hour, { ...notesFor(org).act('cy', 1, 'endorse'), atMs: day });
    act(org, 2 * day, ['dee', 'approve']);
    org.epoch(3 * day);
    expect([where(org), org.view(1).dueMs]).toEqual(['third', 32 * day]);
    act(org, 4 * day, ['bo', 'endorse']);
    expect(where(org)).toBe('accepted');
  });

  it('begins with its own opening where the case never was in that step', () => {
    const org = three('after 3 days since second go to accepted');
    act(org, day, ['dee', 'publish']);
    expect([where(org), org.view(1).dueMs]).toEqual(['third', 4 * day]);
  });
});

describe('words after a verb', () => {
  it('are part of what is asked, and a line without them asks for any', () => {
    const org = opened('when the chair publishes "minutes" go to accepted', 'when any member publishes go to refused');
    expect(act(org, hour, ['dee', 'publish', { text: 'agenda' }])).toEqual(['ok']);
    expect(where(org)).toBe('refused');
    const minutes = opened('when the chair publishes "minutes" go to accepted', 'when any member publishes go to refused');
    act(minutes, hour, ['dee', 'publish', { text: 'minutes' }]);
    expect(where(minutes)).toBe('accepted');
  });
});

describe('one person for one place (S19)', () => {
  it('however many others there are for another one', () => {
    const org = opened('when the chair approves and any clerk approves and any member approves go to accepted');
    act(org, hour, ['dee', 'approve'], ['bo', 'approve'], ['cy', 'approve']);
    expect(where(org)).toBe('talk');
  });

  it('in whichever way they can be given out, if there is one', () => {
    const offices = ['a', 'b', 'c', 'd'];
    const text = bylaws(step('talk', `when ${offices.map((office) => `any ${office} approves`).join(' and ')} go to accepted`, last)).replace(
      'process motion',
      `${offices.map((office) => `role ${office} plural ${office}s\n  held by 0 to 9 people\nend\n`).join('')}process motion`,
    );
    const canShare = (rows: readonly (readonly string[])[], taken: readonly string[]): boolean => {
      const [row, ...rest] = rows;
      return row === undefined || row.some((one) => !taken.includes(one) && canShare(rest, [...taken, one]));
    };
    const people = ['ana', 'bo', 'cy', 'dee', 'eve'];
    fc.assert(
      fc.property(
        fc.array(fc.shuffledSubarray(people, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 4 }),
        fc.shuffledSubarray(people, { minLength: 4 }),
        (holders, acting) => {
          const org = found(text, { member: people, ...Object.fromEntries(offices.map((office, place) => [office, holders[place] ?? []])) });
          org.epoch(0, notesFor(org).propose('ana', 'motion'));
          act(org, hour, ...acting.map((by) => [by, 'approve'] as const));
          const rows = holders.map((row) => row.filter((one) => acting.includes(one)));
          expect(where(org)).toBe(canShare(rows, []) ? 'accepted' : 'talk');
        },
      ),
      { numRuns: 40 },
    );
  });

  it('and none is filled where one of them never can be', () => {
    const org = opened('when 1 member approves and at least 1/2 of guests approve go to accepted');
    act(org, hour, ['dee', 'approve'], ['bo', 'approve'], ['cy', 'approve']);
    expect(where(org)).toBe('talk');
  });
});

describe('a limit of supporters (S115)', () => {
  it('is none of those who object', () => {
    const org = found(
      bylaws(step('talk', 'limit 1 supporters per team', 'when 2 members approve go to accepted', 'when 2 members object go to refused', last)),
      {
        member: ['ana', 'bo', 'cy', 'eve'],
        clerk: ['dee'],
      },
    );
    const certify = (member: string): Note => ({ by: 'dee', kind: 'certify', body: { attribute: 'team', member, value: 'Red' } });
    org.epoch(0, certify('bo'), certify('cy'));
    org.epoch(1, notesFor(org).propose('ana', 'motion'));
    act(org, hour, ['bo', 'approve'], ['cy', 'approve']);
    expect(where(org)).toBe('talk');
    act(org, 2 * hour, ['bo', 'object'], ['cy', 'object']);
    expect(where(org)).toBe('refused');
  });
});

describe('concerns that hold a line back (S22, S24)', () => {
  const raised = 'concerns by any member resolved by the raiser';
  const about = (id: string): Note['body'] => ({ about: id });

  it('are those open when it could fire, one raised at that instant before it among them', () => {
    const org = opened(raised, 'when the chair approves without concerns go to accepted');
    act(org, hour, ['bo', 'raise'], ['dee', 'approve']);
    expect(where(org)).toBe('talk');
    act(org, 2 * hour, ['bo', 'resolve']);
    expect(where(org)).toBe('accepted');
  });

  it('are followed from one to the next, and all of them have to be closed', () => {
    const org = opened(raised, 'when the chair approves without concerns go to accepted');
    act(org, hour, ['bo', 'raise']);
    act(org, 2 * hour, ['dee', 'approve'], ['cy', 'raise']);
    act(org, 3 * hour, ['bo', 'resolve', about('c1')]);
    expect([where(org), org.view(1).dueMs]).toEqual(['talk', 30 * day]);
    act(org, 4 * hour, ['cy', 'resolve', about('c2')]);
    expect(where(org)).toBe('accepted');
  });

  it('let a time without any begin only when none is open (S118)', () => {
    const org = opened(raised, 'after 3 days in a row without concerns go to accepted');
    act(org, day, ['bo', 'raise'], ['cy', 'raise']);
    act(org, 2 * day, ['bo', 'resolve', about('c1')]);
    expect(org.view(1).dueMs).toBe(30 * day);
    act(org, 4 * day, ['cy', 'resolve', about('c2')]);
    expect(org.view(1).dueMs).toBe(7 * day);
  });

  it('count by when they were received, not by when a checkpoint heard of them', () => {
    const org = opened(raised, 'when the chair approves without concerns go to accepted');
    const at = (atMs: number, ...said: readonly [by: string, verb: string, body?: Note['body']]): Note => ({
      ...notesFor(org).act(said[0], 1, said[1], said[2]),
      atMs,
    });
    // Two concerns, the earlier one heard of later, overlap from before the approval until the second is closed.
    org.epoch(8 * hour, at(5 * hour, 'cy', 'raise'));
    org.epoch(9 * hour, at(3 * hour, 'bo', 'raise'));
    org.epoch(10 * hour, at(4 * hour, 'dee', 'approve'));
    expect(where(org)).toBe('talk');
    org.epoch(11 * hour, at(10 * hour + 1, 'bo', 'resolve', about('c2')));
    expect(where(org)).toBe('talk');
    org.epoch(12 * hour, at(11 * hour + 1, 'cy', 'resolve', about('c1')));
    expect(where(org)).toBe('accepted');
  });

  it('are none that was raised after it could fire', () => {
    const org = opened(raised, 'when the chair approves without concerns go to accepted');
    org.epoch(8 * hour, { ...notesFor(org).act('cy', 1, 'raise'), atMs: 5 * hour });
    org.epoch(9 * hour, { ...notesFor(org).act('dee', 1, 'approve'), atMs: 4 * hour });
    expect(where(org)).toBe('accepted');
  });
});

describe('`unless` (S21)', () => {
  it('never fires once what it waits for has happened', () => {
    const org = opened('unless any member objects within 2 days go to accepted');
    act(org, day, ['bo', 'object']);
    expect(org.view(1).dueMs).toBe(30 * day);
    org.epoch(2 * day);
    expect(where(org)).toBe('talk');
  });

  it('is what `otherwise` waits for: without one it never fires', () => {
    const org = opened('when the chair approves go to refused', 'otherwise go to accepted');
    expect([where(org), org.view(1).dueMs]).toEqual(['talk', 30 * day]);
  });

  it('leaves the rest to `otherwise` only when none of several can fire any more', () => {
    const lines = [
      'unless the chair approves within 2 days go to refused',
      'unless any member objects within 3 days go to refused',
      'otherwise go to accepted',
    ];
    const second = opened(...lines);
    act(second, hour, ['bo', 'object']);
    expect([where(second), second.view(1).dueMs]).toEqual(['talk', 2 * day]);
    act(second, 2 * hour, ['dee', 'approve']);
    expect(where(second)).toBe('accepted');
    const first = opened(...lines);
    act(first, hour, ['dee', 'approve']);
    expect([where(first), first.view(1).dueMs]).toEqual(['talk', 3 * day]);
  });
});

it('a state in which no bylaws are in force waits for nothing', () => expect(nextDueMs(emptyState)).toBe(undefined));
