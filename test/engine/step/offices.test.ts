// The office that keeps a program acts for it, however the bylaws write it; holders who follow one another; events that the engine takes and keeps to itself.
import { describe, expect, it } from 'vitest';
import { holdersOf } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note } from './organization.ts';

const bylaws = (kept: string): string => `gdo 1
organization "Offices"
end
role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by 0 to 3 people
  lost through resignation
end
collaborator scale kept by ${kept}
  reports "stake"
end
process motion
  started by any member
  step talk
    when the scale approves go to accepted
    after 9 days go to refused
  end
end
`;

const people: readonly string[] = ['ana', 'bo', 'cy'];

describe('a program that is kept by an office', () => {
  it.each([
    ['the chair', ['bo', 'cy']],
    ['any chair', ['bo', 'cy']],
    ['2 chairs', ['bo', 'cy']],
    ['at least the larger of 1/2 of chairs and 1 chair', ['bo', 'cy']],
    ['any member', ['ana', 'bo', 'cy']],
  ])('has the holders of that office for its own: %s', (kept, holders) => {
    const org = found(bylaws(kept), { member: people, chair: ['bo', 'cy'] });
    expect(holdersOf(org.state(), org.charter, 'scale')).toEqual(holders);
    expect(holdersOf(org.state(), org.charter, 'nothing')).toEqual([]);
  });

  it('acts by them, and by nobody else', () => {
    const org = found(bylaws('any chair'), { member: people, chair: ['cy'] });
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    expect(org.epoch(hour, act('ana', 1, 'approve'), act('cy', 1, 'approve')).verdicts).toEqual(['GDO1040', 'ok']);
    expect(org.view(1).outcome).toBe('accepted');
  });
});

describe('events that decide nothing', () => {
  const org = found(bylaws('any chair'), { member: people, chair: ['cy'] });
  const { propose, attest } = notesFor(org);
  org.epoch(0, propose('ana', 'motion'));
  const note = (kind: Note['kind'], body: Note['body']): Note => ({ by: 'bo', kind, body });

  it.each<readonly [what: string, note: Note, says: string]>([
    ['a complaint is kept', note('complaint', { text: 'too slow' }), 'ok'],
    ['a fact that no rule reads is kept', note('fact', { type: 'weather' }), 'ok'],
    ['evidence without statements is none', note('evidence', {}), 'GDO1040 this is no evidence against a witness'],
    [
      'nobody suspends by themselves',
      note('suspend', { role: 'chair', member: 'cy' }),
      'GDO1040 bylaws give nobody the power to suspend by themselves: a role rests while a case is open that says so',
    ],
    ['nothing is lent out', note('reserve', {}), 'GDO1040 bylaws lend nothing out: a right answers when a thing is used'],
    ['a case without a change is not attested', attest('bo', 1, 'lock', '0'.repeat(64)), 'GDO1052 there is no such case with a change'],
    ['nor is a case that is not there', { ...note('attest', {}), case: 'f'.repeat(64) }, 'GDO1052 there is no such case with a change'],
    ['a role that one does not hold', note('resign', { role: 'chair' }), 'GDO1040 `bo` does not hold `chair`'],
    ['a role that cannot be resigned from', note('resign', { role: 'member' }), 'GDO1040 `member` is not lost through resignation'],
    ['a role that is not there', note('resign', { role: 'ghost' }), 'GDO1040 `bo` does not hold `ghost`'],
  ])('%s', (_, one, says) => {
    const [verdict] = org.epoch(day, one).full;
    expect(verdict?.kind === 'ok' ? 'ok' : `${verdict?.code} ${verdict?.reason}`).toBe(says);
  });
});
