// Acts of office outside of any case (docs/decisions/0055): how many of an office it takes, what several of them have to say alike, and how whoever
// is not asked is told so.
import { describe, expect, it } from 'vitest';
import { attributeOf, certificateOf, unsupported } from '../../../engine/index.ts';
import { compile, day, found, notesFor, type Note } from './organization.ts';

const roles = `gdo 1
organization "Offices"
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

const named = (role: string, count: number): readonly string[] => Array.from({ length: count }, (_, index) => `${role}${index + 1}`);
const certify = (by: string, member: string, value = 'yes'): Note => ({ by, kind: 'certify', body: { attribute: 'badge', member, value } });

describe('an act of office is done once as many have said the same as its office asks for', () => {
  it.each<readonly [actor: string, guards: number, officers: number, concerned: string, needed: number]>([
    ['any guard', 5, 0, 'm', 1],
    ['the guard', 5, 0, 'm', 1],
    ['2 guards', 5, 0, 'm', 2],
    ['2 other guards', 5, 0, 'guard1', 2],
    ['more than 2 guards', 5, 0, 'm', 3],
    ['exactly 3 guards', 5, 0, 'm', 3],
    ['1/2 of guards', 6, 0, 'm', 3],
    ['more than 1/2 of guards', 6, 0, 'm', 4],
    ['1/2 of other guards', 5, 0, 'm', 3],
    ['1/2 of other guards', 5, 0, 'guard1', 2],
    // Whom it is about counts with the others where nothing says `other`.
    ['1/2 of guards', 5, 0, 'guard1', 3],
    ['at least 1/2 of person', 3, 0, 'm', 2],
    ['all guards', 3, 0, 'm', 3],
    ['all other guards', 4, 0, 'guard1', 3],
    ['all but 1 of guards', 4, 0, 'm', 3],
    ['at least the square root of guards', 9, 0, 'm', 3],
    // A square root is taken before anybody is left out (S110): of five it is more than two, of four it would be two.
    ['at least 1 of the square root of other guards', 5, 0, 'guard1', 3],
    ['at least the larger of 1/2 of guards and 2 officers', 6, 5, 'm', 3],
    ['at least the larger of 1/2 of guards and 2 officers', 2, 5, 'm', 2],
    ['at least the smaller of 1/2 of guards and 2 officers', 6, 5, 'm', 2],
    ['at least the larger of 1/4 of guards and 1/2 of officers', 4, 8, 'm', 4],
    ['at least the larger of 1/2 of guards and 1/4 of officers', 8, 4, 'm', 4],
    ['at least the larger of 4 guards and 1 officer', 3, 2, 'm', 4],
    // More than there are, and a share of nobody (S33), are never enough.
    ['6 guards', 5, 0, 'm', Infinity],
    ['at least the larger of 1/2 of guards and 1/2 of officers', 0, 4, 'm', Infinity],
  ])('%s, of %i guards and %i officers, about %s', (actor, guards, officers, concerned, needed) => {
    const bylaws = `${roles}attribute badge certified by ${actor}\n`;
    expect(unsupported(compile(bylaws).charter)).toEqual([]);
    const org = found(bylaws, { member: ['m'], guard: named('guard', guards), officer: named('officer', officers) });
    const asked = [...named('guard', guards), ...named('officer', /officer/.test(actor) ? officers : 0)].filter((one) => one !== concerned);
    let enough = Infinity;
    asked.forEach((by, index) => {
      // Saying it twice is saying it once (S8).
      expect(org.epoch(index + 1, certify(by, concerned), certify(by, concerned)).verdicts).toEqual(['ok', 'ok']);
      if (enough === Infinity && attributeOf(org.state(), 'badge', concerned) !== undefined) enough = index + 1;
    });
    expect(enough).toBe(needed);
  });

  it('that is asked for by more than there are is done once there are as many', () => {
    const org = found(`${roles}attribute badge certified by 3 guards\n`, { member: ['m', 'cy'], guard: ['ana', 'bo'] });
    org.epoch(0, certify('ana', 'm'), certify('bo', 'm'), notesFor(org).propose('m', 'hiring', { candidate: 'cy' }));
    org.epoch(day);
    org.epoch(day + 1, certify('cy', 'm'));
    expect(attributeOf(org.state(), 'badge', 'm')).toBe('yes');
  });

  it('and uses up all that was said about it, so that the next one needs as many again (0055)', () => {
    const org = found(`${roles}attribute badge certified by 1/2 of guards\n`, { member: ['m'], guard: named('guard', 4) });
    const badge = (): string | undefined => attributeOf(org.state(), 'badge', 'm');
    org.epoch(1, certify('guard1', 'm', 'red'), certify('guard2', 'm', 'green'), certify('guard3', 'm', 'green'));
    expect(badge()).toBe('green');
    org.epoch(2, certify('guard4', 'm', 'red'));
    expect(badge()).toBe('green');
    org.epoch(3, certify('guard2', 'm', 'red'));
    expect(badge()).toBe('red');
  });
});

describe('what one of several has said about a certificate', () => {
  const effect = (name: string, line: string): string => `process ${name}\n  started by any member\n  outcome ${name}-done\n    ${line}\n  end\nend\n`;
  const bylaws = `${roles}certificate laser plural lasers
  issued by 2 guards
  revoked by 2 guards
  lasts 10 days
end
${effect('giving', 'grant laser to the candidate')}${effect('taking', 'remove laser from the subject')}${effect('appeal', 'reverse the decision')}`;
  const says = (by: string, kind: 'issue' | 'revoke'): Note => ({ by, kind, body: { certificate: 'laser', member: 'm' } });

  interface Told {
    /** Whether somebody has the certificate after what is said at an instant. */
    readonly then: (atMs: number, ...notes: readonly Note[]) => boolean;
    readonly propose: (process: string) => Note;
    /** Asks to take back the decision of the case with this number. */
    readonly against: (number: number) => Note;
  }

  function told(): Told {
    expect(unsupported(compile(bylaws).charter)).toEqual([]);
    const org = found(bylaws, { member: ['m'], guard: ['ana', 'bo', 'cy'] });
    const { propose } = notesFor(org);
    return {
      then: (atMs, ...notes) => {
        expect(org.epoch(atMs, ...notes).verdicts).toEqual(notes.map(() => 'ok'));
        return certificateOf(org.state(), 'laser', 'm', atMs) !== undefined;
      },
      propose: (process) => propose('m', process, { candidate: 'm', subject: 'm' }),
      against: (number) => propose('m', 'appeal', { decision: org.view(number).id }),
    };
  }

  it('is not about the next one: that ran out, and another was issued', () => {
    const { then } = told();
    expect([then(0, says('ana', 'issue'), says('bo', 'issue')), then(day, says('ana', 'revoke')), then(11 * day)]).toEqual([true, true, false]);
    expect([then(20 * day, says('ana', 'issue'), says('bo', 'issue')), then(21 * day, says('bo', 'revoke'))]).toEqual([true, true]);
    expect(then(22 * day, says('cy', 'revoke'))).toBe(false);
  });

  it('is not about one that a case has given, taken or given back since', () => {
    const { then, propose, against } = told();
    expect([then(0, says('ana', 'issue')), then(1, propose('giving')), then(2, propose('taking')), then(3, says('bo', 'issue'))]).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect([then(4, propose('giving')), then(5, says('ana', 'revoke')), then(6, propose('giving')), then(7, says('bo', 'revoke'))]).toEqual(
      Array(4).fill(true),
    );
    expect([then(8, says('cy', 'revoke')), then(9, says('ana', 'issue'))]).toEqual([false, false]);
    expect([then(day, propose('giving')), then(2 * day, says('ana', 'issue'), propose('taking')), then(3 * day, says('bo', 'issue'))]).toEqual([
      true,
      false,
      false,
    ]);
    // Case 6 took it, which is taken back: what was said while nobody had it is about none that anybody has.
    expect([then(4 * day, against(6)), then(10 * day, says('ana', 'issue')), then(12 * day)]).toEqual([true, true, false]);
  });

  it('is about the one that is issued in this very epoch, and about nothing once that was revoked', () => {
    const { then } = told();
    expect([then(0, says('ana', 'issue'), says('bo', 'issue'), says('ana', 'revoke')), then(1, says('bo', 'revoke'))]).toEqual([true, false]);
    expect([then(2, says('ana', 'issue'), says('bo', 'issue')), then(3, says('ana', 'issue')), then(4, says('ana', 'revoke'), says('bo', 'revoke'))]).toEqual([
      true,
      true,
      false,
    ]);
    expect([then(5, says('bo', 'issue')), then(6, says('cy', 'issue'))]).toEqual([false, true]);
  });
});
