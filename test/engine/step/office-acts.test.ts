// Acts of office outside of any case (docs/decisions/0055): how many of an office it takes, what several of them have to say alike, and how whoever
// is not asked is told so.
import { describe, expect, it } from 'vitest';
import { attributeOf, certificateOf, entriesUnder, pointsOf, unsupported } from '../../../engine/index.ts';
import { compile, day, found, notesFor, type Note, type Organization } from './organization.ts';

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

describe('an action that several do together (S112)', () => {
  const bylaws = `${roles}action open-house by 2 guards
measure effort counts open-house by each guard end
points merit plural merits
  earned 3 by any guard for open-house
  limit 12 merits per 30 days
end
`;
  const opens = (by: string, text = 'Saturday', about?: string): Note => ({
    by,
    kind: 'perform',
    body: { verb: 'open-house', text, ...(about === undefined ? {} : { about }) },
  });
  interface Told {
    readonly org: Organization;
    /** How much of the measure, and how many points, each of the guards has at an instant. */
    readonly after: (atMs: number, ...notes: readonly Note[]) => readonly (readonly [effort: number, merit: number])[];
  }
  const told = (text = bylaws): Told => {
    expect(unsupported(compile(text).charter)).toEqual([]);
    const org = found(text, { member: ['m'], guard: ['ana', 'bo', 'cy', 'dee'] });
    const after: Told['after'] = (atMs, ...notes) => {
      expect(org.epoch(atMs, ...notes).verdicts).toEqual(notes.map(() => 'ok'));
      const [state, { charter }] = [org.state(), org];
      const merit = (member: string): number => charter.points.reduce((sum, points) => sum + Number(pointsOf(state, points, member, atMs)), 0);
      return ['ana', 'bo', 'cy', 'dee'].map((member) => [entriesUnder(state, `did/open-house/${member}/`).length, merit(member)]);
    };
    return { org, after };
  };

  it('is done by all who said the same, and by nobody before there are enough', () => {
    const { after } = told();
    expect(after(0, opens('ana'), opens('cy', 'Sunday'))).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(after(1, opens('bo'))).toEqual([
      [1, 3],
      [1, 3],
      [0, 0],
      [0, 0],
    ]);
    // What was said about it is used up, so that the next one needs two again.
    expect(after(2, opens('cy'))).toEqual([
      [1, 3],
      [1, 3],
      [0, 0],
      [0, 0],
    ]);
    expect(after(3, opens('ana'))).toEqual([
      [2, 6],
      [1, 3],
      [1, 3],
      [0, 0],
    ]);
  });

  it('gives no points beyond a limit, to those who come first by name', () => {
    const { after } = told(bylaws.replace('limit 12 merits', 'limit 9 merits'));
    after(0, opens('ana'), opens('bo'));
    expect(after(1, opens('dee'), opens('cy'))).toEqual([
      [1, 3],
      [1, 3],
      [1, 3],
      [1, 0],
    ]);
  });

  it('is not done by whoever has left the office, and by more than are asked for where fewer are enough by now', () => {
    const { org, after } = told(bylaws.replace('by 2 guards', 'by more than 1/2 of guards'));
    after(0, opens('ana'), opens('bo'));
    expect(after(1, { by: 'ana', kind: 'resign', body: { role: 'guard' } }, opens('cy'))).toEqual([
      [0, 0],
      [1, 3],
      [1, 3],
      [0, 0],
    ]);
    after(2, opens('bo'));
    org.epoch(3, { by: 'dee', kind: 'resign', body: { role: 'guard' } });
    expect(after(4, opens('cy'))).toEqual([
      [0, 0],
      [2, 6],
      [2, 6],
      [0, 0],
    ]);
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
    readonly after: (atMs: number, ...notes: readonly Note[]) => boolean;
    readonly propose: (process: string) => Note;
    /** Asks to take back the decision of the case with this number. */
    readonly against: (number: number) => Note;
  }

  function told(): Told {
    expect(unsupported(compile(bylaws).charter)).toEqual([]);
    const org = found(bylaws, { member: ['m'], guard: ['ana', 'bo', 'cy'] });
    const { propose } = notesFor(org);
    return {
      after: (atMs, ...notes) => {
        expect(org.epoch(atMs, ...notes).verdicts).toEqual(notes.map(() => 'ok'));
        return certificateOf(org.state(), 'laser', 'm', atMs) !== undefined;
      },
      propose: (process) => propose('m', process, { candidate: 'm', subject: 'm' }),
      against: (number) => propose('m', 'appeal', { decision: org.view(number).id }),
    };
  }

  it('is not about the next one: that ran out, and another was issued', () => {
    const { after } = told();
    expect([after(0, says('ana', 'issue'), says('bo', 'issue')), after(day, says('ana', 'revoke')), after(11 * day)]).toEqual([true, true, false]);
    expect([after(20 * day, says('ana', 'issue'), says('bo', 'issue')), after(21 * day, says('bo', 'revoke'))]).toEqual([true, true]);
    expect(after(22 * day, says('cy', 'revoke'))).toBe(false);
  });

  it('is not about one that a case has given, taken or given back since', () => {
    const { after, propose, against } = told();
    expect([after(0, says('ana', 'issue')), after(1, propose('giving')), after(2, propose('taking')), after(3, says('bo', 'issue'))]).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect([after(4, propose('giving')), after(5, says('ana', 'revoke')), after(6, propose('giving')), after(7, says('bo', 'revoke'))]).toEqual(
      Array(4).fill(true),
    );
    expect([after(8, says('cy', 'revoke')), after(9, says('ana', 'issue'))]).toEqual([false, false]);
    expect([after(day, propose('giving')), after(2 * day, says('ana', 'issue'), propose('taking')), after(3 * day, says('bo', 'issue'))]).toEqual([
      true,
      false,
      false,
    ]);
    // Case 6 took it, which is taken back: what was said while nobody had it is about none that anybody has.
    expect([after(4 * day, against(6)), after(10 * day, says('ana', 'issue')), after(12 * day)]).toEqual([true, true, false]);
  });

  it('is about the one that is issued in this very epoch, and about nothing once that was revoked', () => {
    const { after } = told();
    expect([after(0, says('ana', 'issue'), says('bo', 'issue'), says('ana', 'revoke')), after(1, says('bo', 'revoke'))]).toEqual([true, false]);
    expect([
      after(2, says('ana', 'issue'), says('bo', 'issue')),
      after(3, says('ana', 'issue')),
      after(4, says('ana', 'revoke'), says('bo', 'revoke')),
    ]).toEqual([true, true, false]);
    expect([after(5, says('bo', 'issue')), after(6, says('cy', 'issue'))]).toEqual([false, true]);
  });
});
