// What rests while a case is open and what does not (S100, S120): decisions that gave nothing, or gave it to somebody who has it no more, merges that share a
// path with one that is disputed, and cases that hold their own kind. The first steps are holding.test.ts's.
import { describe, expect, it } from 'vitest';
import { accountTotals, holdersOf, unsupported, type ChangeEntry } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Organization } from './organization.ts';

const bylaws = `gdo 1
organization "Resting"
end
area work covers "work/**"
account till in EUR
  kept by any member
  limit 100 EUR per 30 days
end
role member plural members
  held by 1 to 99 people
end
role chair plural chairs
  held by 0 to 3 people
  gained through naming
  lost through resignation
end
process naming
  started by any member
  step wait
    after 1 day go to named
  end
  outcome named
    grant chair to the candidate
  end
end
process change
  governs work
  started by any member
  step talk
    when the author approves go to fine
    after 9 days go to refused
  end
  outcome fine
    accept the merge within 2 days
  end
end
process dispute
  governs work
  started by any member within 9 days of change.fine
  while open hold the decision
  step talk
    hold the decision when any member endorses
    when the author approves go to accepted
    after 5 days go to refused
  end
end
process doubt
  started by any member within 9 days of naming.named
  while open hold the decision
  step talk
    after 5 days go to refused
  end
end
process question
  started by any member
  while open hold the decision
  step talk
    after 5 days go to refused
  end
end
process audit
  starts every 30 days from 1970-01-21
  while open hold the decision
  step talk
    hold the decision when any member endorses
    after 5 days go to refused
  end
end
process queue
  started by any member
  while open hold queue
  step talk
    when the author approves go to accepted
    after 3 days go to refused
  end
end
process hearing
  started by any member
  spends from till up to 50 EUR
  while open suspend chair of the subject
  while open hold the amount from till
  step talk
    after 3 days go to refused
  end
end
`;

function founded(): Organization {
  expect(unsupported(compile(bylaws).charter)).toEqual([]);
  return found(
    bylaws,
    { member: ['ada', 'ben', 'chi', 'dev'], chair: ['dev'] },
    {
      content: [
        ['work/a', '100644:aa'],
        ['work/b', '100644:aa'],
      ],
    },
  );
}

const entry = (path: string, fresh: string, old = '100644:aa'): ChangeEntry => ({ path, old, new: fresh });
const chairs = (org: Organization): readonly string[] => holdersOf(org.state(), org.charter, 'chair');

/** A change of some paths, accepted at once. */
function change(org: Organization, atMs: number, number: number, ...entries: readonly ChangeEntry[]): void {
  org.epoch(atMs, notesFor(org).proposeChange('ada', 'change', entries));
  org.epoch(atMs + 1, notesFor(org).act('ada', number, 'approve'));
}

describe('a decision that is held (S120)', () => {
  it('takes nothing from whoever resigned, or has the role by another decision', () => {
    const org = founded();
    const { propose } = notesFor(org);
    org.epoch(0, propose('ada', 'naming', { candidate: 'ben' }));
    org.epoch(day);
    org.epoch(day + 1, { by: 'ben', kind: 'resign', body: { role: 'chair' } });
    expect(org.epoch(day + 2, propose('ada', 'doubt', { candidate: 'ben', decision: org.view(1).id })).verdicts).toEqual(['ok']);
    org.epoch(2 * day, propose('ada', 'naming', { candidate: 'ben' }));
    org.epoch(3 * day);
    // Case 2 still holds case 1; ben is chair by case 3.
    expect([org.view(2).status, chairs(org)]).toEqual(['open', ['ben', 'dev']]);
  });

  it('must be named: a case that would hold none does not start', () => {
    expect(founded().epoch(0, notesFor(founded()).propose('ada', 'question')).verdicts).toEqual(['GDO1052']);
  });

  it('is none in a case that the calendar started', () => {
    const org = founded();
    org.epoch(20 * day);
    expect(org.epoch(21 * day, notesFor(org).act('ada', 1, 'endorse')).verdicts).toEqual(['ok']);
    org.epoch(25 * day);
    expect([org.view(1).process, org.view(1).status, chairs(org)]).toEqual(['audit', 'refused', ['dev']]);
  });

  it('keeps its paths from other merges, each of them, and not from the merge of the case that holds it', () => {
    const org = founded();
    const { proposeChange, act } = notesFor(org);
    change(org, 0, 1, entry('work/a', '100644:b1'), entry('work/b', '100644:b1'));
    expect(org.view(1).status).toBe('merged');
    org.epoch(hour, proposeChange('ben', 'dispute', [entry('work/a', '100644:aa', '100644:b1')], { decision: org.view(1).id }));
    org.epoch(2 * hour, act('chi', 2, 'endorse'));
    change(org, 3 * hour, 3, entry('work/b', '100644:c3', '100644:b1'), entry('work/c', '100644:c3', 'absent'));
    change(org, 4 * hour, 4, entry('work/d', '100644:c4', 'absent'));
    expect([org.view(3).reason, org.view(4).status]).toEqual(['waits: case 2 holds the decision', 'merged']);
    org.epoch(5 * hour, act('ben', 2, 'approve'));
    expect(org.view(2).status).toBe('merged');
    org.epoch(5 * hour + 1);
    expect(org.view(3).status).toBe('merged');
  });

  it('keeps nothing from other merges where it merged nothing', () => {
    const org = founded();
    const { proposeChange, act } = notesFor(org);
    org.epoch(0, proposeChange('ada', 'change', [entry('work/a', '100644:b1')]), proposeChange('ada', 'change', [entry('work/a', '100644:b2')]));
    org.epoch(1, act('ada', 1, 'approve'), act('ada', 2, 'approve'));
    expect([org.view(1).status, org.view(2).status]).toEqual(['merged', 'stale']);
    org.epoch(hour, proposeChange('ben', 'dispute', [entry('work/b', '100644:b3')], { decision: org.view(2).id }));
    change(org, 2 * hour, 4, entry('work/a', '100644:b4', '100644:b1'));
    expect([org.view(3).status, org.view(4).status]).toEqual(['open', 'merged']);
  });
});

describe('a case that holds cases of its own process (S120)', () => {
  it('does not hold itself', () => {
    const org = founded();
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'queue'));
    org.epoch(1, act('ada', 1, 'approve'));
    expect([org.view(1).status, org.due()]).toEqual(['accepted', 20 * day]);
  });

  it('lets the first of them go on, whichever is decided first', () => {
    const org = founded();
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'queue'), propose('ben', 'queue'));
    org.epoch(1, act('ben', 2, 'approve'));
    expect(org.view(2).status).toBe('open');
    org.epoch(2, act('ada', 1, 'approve'));
    org.epoch(3);
    org.epoch(4);
    expect([org.view(1).status, org.view(2).status, org.due()]).toEqual(['accepted', 'accepted', 20 * day]);
  });
});

describe('a case that lets a role rest and holds an amount (S100)', () => {
  it('does both for as long as it is open', () => {
    const org = founded();
    const { propose } = notesFor(org);
    const held = (): readonly unknown[] => [chairs(org), accountTotals(org.state(), 'till').held];
    expect(org.epoch(0, propose('ada', 'hearing', { subject: 'dev', amount: '40' })).verdicts).toEqual(['ok']);
    expect(held()).toEqual([[], 40n]);
    org.epoch(3 * day);
    expect(held()).toEqual([['dev'], 0n]);
  });
});
