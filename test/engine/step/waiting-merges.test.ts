// Merges that wait: for a case that holds the decision, for endorsers who must run again, for as many as a share asks; and cases that go back (S53, S55, S104, S120).
import { describe, expect, it } from 'vitest';
import type { ChangeEntry } from '../../../engine/index.ts';
import { openRequirements } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Epoch, type Organization } from './organization.ts';

const bylaws = (endorsed: string, lines = ''): string => `gdo 1
organization "Waiting"
end
area notes covers "notes/**"
area work covers "work/**"
role member plural members
  held by 1 to 99 people
end
dapp locks
  image "sha256:${'a'.repeat(64)}"
  checks work
  endorsed by ${endorsed}
end
process change
  governs work, notes
  started by any member
${lines}  step talk
    when the author approves go to fine
    after 9 days go to refused
  end
  outcome fine
    accept the merge within 2 days
  end
end
process dispute
  governs work, notes
  started by any member within 9 days of change.fine
  step talk
    hold the decision when 2 members endorse
    when the author approves go to accepted
    after 5 days go to refused
  end
end
`;
const content: readonly (readonly [string, string])[] = [
  ['notes/a', '100644:na'],
  ['work/a', '100644:aa'],
];
const founded = (text: string, members: readonly string[] = ['ada', 'ben', 'chi', 'dev']): Organization => found(text, { member: members }, { content });
const entry = (path: string, old: string, fresh: string): readonly ChangeEntry[] => [{ path, old, new: fresh }];
const told = ({ notices }: Epoch): readonly unknown[] => notices.map(({ number, kind, code, reason }) => [number, kind, code, reason]);

/** Lets two members attest what a case needs now. */
function attested(org: Organization, number: number, atMs: number): Epoch {
  const candidate = openRequirements(org.state()).find((one) => one.number === number)?.candidate ?? '';
  return org.epoch(atMs, ...['ada', 'ben', 'chi'].map((member) => notesFor(org).attest(member, number, 'locks', candidate)));
}

describe('a merge that another case holds (S120)', () => {
  it('is told once, and is judged when the hold ends, also on the time that has run out meanwhile', () => {
    const org = founded(bylaws('at least 3 members'));
    const { proposeChange, act } = notesFor(org);
    org.epoch(0, proposeChange('ada', 'change', entry('work/a', '100644:aa', '100644:bb')));
    org.epoch(hour, act('ada', 1, 'approve'));
    attested(org, 1, 2 * hour);
    expect(org.view(1).status).toBe('merged');
    org.epoch(day, proposeChange('ben', 'dispute', entry('work/a', '100644:bb', '100644:aa')));
    org.epoch(day + hour, act('chi', 2, 'endorse'), act('dev', 2, 'endorse'));
    org.epoch(2 * day, proposeChange('chi', 'change', entry('work/a', '100644:bb', '100644:cc')));
    expect(told(org.epoch(2 * day + hour, act('chi', 3, 'approve'))).at(-1)).toEqual([3, 'waiting', undefined, 'waits: case 2 holds the decision']);
    expect(told(org.epoch(3 * day))).toEqual([]);
    expect(told(org.epoch(4 * day + hour))).toEqual([]);
    expect(told(org.epoch(6 * day)).at(-1)).toEqual([3, 'stale', 'GDO2032', '`locks` gave no verdict in time']);
  });
});

describe('a merge whose dapp has read what has changed since (GDO2020)', () => {
  it('waits for it to run again, and says so', () => {
    const org = founded(bylaws('at least 3 members'));
    const { proposeChange, act, attest } = notesFor(org);
    org.epoch(
      0,
      proposeChange('ada', 'change', entry('work/a', '100644:aa', '100644:bb')),
      proposeChange('ada', 'change', entry('notes/a', '100644:na', '100644:nb')),
    );
    org.epoch(hour, act('ada', 1, 'approve'));
    const before = openRequirements(org.state())[0]?.candidate ?? '';
    org.epoch(2 * hour, attest('ada', 1, 'locks', before));
    expect(told(org.epoch(3 * hour, act('ada', 2, 'approve'))).at(-1)).toEqual([2, 'merged', undefined, '`change` is merged']);
    expect(told(org.epoch(4 * hour))).toEqual([
      [1, 'waiting', 'GDO2020', 'waits for `locks`, which must run again on what has changed: 0 of 3 endorsers have attested'],
    ]);
    attested(org, 1, 5 * hour);
    expect(org.view(1).status).toBe('merged');
  });
});

describe('a change whose path another one has changed (S55)', () => {
  it('goes back where the bylaws say so, and people are told why', () => {
    const org = founded(bylaws('at least 3 members', '  on conflict go to talk\n'));
    const { proposeChange, act } = notesFor(org);
    org.epoch(0, ...['100644:nb', '100644:nc'].map((fresh) => proposeChange('ada', 'change', entry('notes/a', '100644:na', fresh))));
    const end = org.epoch(hour, act('ada', 1, 'approve'), act('ada', 2, 'approve'));
    expect(told(end)).toContainEqual([2, 'waiting', 'GDO2010', '`notes/a` is no longer what the change expects: the case goes back to `talk`']);
    expect(org.view(2)).toMatchObject({ status: 'open', stage: 'talk' });
  });
});

it.each([
  ['at least 2/3 of members', 4, 3],
  ['at least 2/3 of members', 6, 4],
  ['at least 2/3 of members', 7, 5],
  ['all but 1 members', 4, 3],
  ['all but 1 members', 7, 6],
])('a dapp that is endorsed by %s of %i asks for %i (S104)', (endorsed, count, needed) => {
  const members = ['ada', 'ben', 'chi', 'dev', 'eve', 'fay', 'gil'].slice(0, count);
  const org = founded(bylaws(endorsed), members);
  org.epoch(0, notesFor(org).proposeChange('ada', 'change', entry('work/a', '100644:aa', '100644:bb')));
  expect(openRequirements(org.state())).toMatchObject([{ needed, endorsers: members }]);
});
