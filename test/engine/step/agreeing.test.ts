// Several people who do one act of office together (docs/decisions/0055): what they said is used up by the effect, the lines of an office are alternatives,
// and `other` leaves out whom the act is about.
import { describe, expect, it } from 'vitest';
import { attributeOf, certificateOf, entriesUnder, locksOf, unsupported } from '../../../engine/index.ts';
import { compile, day, found, notesFor, type Note, type Organization } from './organization.ts';

const text = `gdo 1
organization "Offices"
  local time "+00:00"
end
role member plural members
  held by 1 to 99 people
end
role guard plural guards
  held by 0 to 20 people
  gained through hiring
  lost through resignation
end
role officer plural officers
  held by 0 to 20 people
end
attribute badge certified by 1/2 of guards
certificate basics
  issued by 2 guards
  issued by any officer
  revoked by any officer
end
action vouch by any other member
measure vouching counts vouch by each member end
points thanks
  earned 1 by any other member for vouch
end
right hall
  covers "hall/**"
  held by members
  locked by 2 guards released by 2 guards or any officer
end
right stage
  covers "hall/stage"
  held by members
  locked by any officer released by any officer
end
process hiring
  started by any member
  step wait
    after 1 day go to hired
  end
  outcome hired
    grant guard to the candidate
  end
end
`;

function organization(guards: readonly string[], officers: readonly string[] = ['oda']): Organization {
  expect(unsupported(compile(text).charter)).toEqual([]);
  return found(text, { member: ['mia', 'max'], guard: guards, officer: officers });
}

const note = (by: string, kind: Note['kind'], body: Note['body']): Note => ({ by, kind, body });
const certify = (by: string, value: string): Note => note(by, 'certify', { attribute: 'badge', member: 'mia', value });
const issue = (by: string): Note => note(by, 'issue', { certificate: 'basics', member: 'mia' });
const vouch = (by: string, ...about: readonly string[]): Note => note(by, 'perform', { verb: 'vouch', about });
const lock = (by: string, thing: string): Note => note(by, 'lock', { thing, text: 'it smells' });
const release = (by: string, id: string | undefined): Note => note(by, 'release', { lock: id ?? '', text: 'mended' });

describe('an effect uses up all that was said about it', () => {
  it('also where one is enough by the time it happens', () => {
    const org = organization(['gil', 'gus', 'ada', 'ben']);
    org.epoch(1, certify('gil', 'red'));
    org.epoch(2, note('ada', 'resign', { role: 'guard' }), note('ben', 'resign', { role: 'guard' }));
    org.epoch(3, certify('gus', 'green'));
    expect(attributeOf(org.state(), 'badge', 'mia')).toBe('green');
    expect(entriesUnder(org.state(), 'agreed/')).toEqual([]);
    org.epoch(4, ...['ada', 'ben'].map((candidate) => notesFor(org).propose('mia', 'hiring', { candidate })));
    org.epoch(4 + day);
    org.epoch(5 + day, certify('ada', 'red'));
    expect(attributeOf(org.state(), 'badge', 'mia')).toBe('green');
    org.epoch(6 + day, certify('ben', 'red'));
    expect(attributeOf(org.state(), 'badge', 'mia')).toBe('red');
  });

  it('also where another line of the office did it', () => {
    const org = organization(['gil', 'gus']);
    const isHeld = (atMs: number): boolean => certificateOf(org.state(), 'basics', 'mia', atMs) !== undefined;
    org.epoch(1, issue('gil'));
    org.epoch(2, issue('oda'));
    expect(isHeld(2)).toBe(true);
    org.epoch(3, note('oda', 'revoke', { certificate: 'basics', member: 'mia' }));
    org.epoch(4, issue('gus'));
    expect(isHeld(4)).toBe(false);
    org.epoch(5, issue('gil'));
    expect(isHeld(5)).toBe(true);
  });
});

describe('whoever is named by several lines of an office', () => {
  it('does alone what one of them lets them do alone: issuing', () => {
    const org = organization(['gil', 'oda']);
    org.epoch(1, issue('oda'));
    expect(certificateOf(org.state(), 'basics', 'mia', 1)).toBeDefined();
  });

  it('locking, by any right over the thing, and releasing', () => {
    const org = organization(['gil', 'oda']);
    const [first] = org.epoch(1, lock('oda', 'hall/stage')).ids;
    expect(locksOf(org.state(), 'hall/stage')).toEqual([first]);
    org.epoch(2, release('oda', first));
    expect(locksOf(org.state(), 'hall/stage')).toEqual([]);
  });

  it('and says it for every line that names them', () => {
    const org = organization(['gil', 'oda'], []);
    const [first] = org.epoch(1, lock('gil', 'hall/door')).ids;
    expect(locksOf(org.state(), 'hall/door')).toEqual([]);
    const [second] = org.epoch(2, lock('oda', 'hall/door')).ids;
    expect(locksOf(org.state(), 'hall/door')).toEqual([second]);
    expect(first).not.toBe(second);
  });

  it('is told of all of them who is in none', () => {
    const org = organization(['gil']);
    const told = (one: Note): unknown => org.epoch(1, one).full[0];
    expect(told(issue('mia'))).toMatchObject({ code: 'GDO1040', reason: 'to issue `basics` is for at least 2 guards or any officer, and `mia` is not' });
    expect(told(lock('mia', 'hall/door'))).toMatchObject({ code: 'GDO1040', reason: 'to lock `hall/door` is for at least 2 guards, and `mia` is not' });
  });
});

describe('`other` in an action', () => {
  it('leaves out whom the act is about, be it several people', () => {
    const org = organization([]);
    expect(org.epoch(1, vouch('mia', 'mia'), vouch('mia', 'max', 'mia'), vouch('mia', 'max'), vouch('mia')).verdicts).toEqual([
      'GDO1040',
      'GDO1040',
      'ok',
      'ok',
    ]);
    expect(entriesUnder(org.state(), 'did/vouch/mia/').length).toBe(2);
  });
});
