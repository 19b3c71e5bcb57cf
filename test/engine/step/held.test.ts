// What people have besides roles: certificates that run out, and points that decay (S7, S64), and the facts that ask for them.
import { fc } from '../../seeded.ts';
import { describe, expect, it } from 'vitest';
import { addDuration, certificateOf, currentOf, holdersOf, holdsThing, pointsOf, unsupported } from '../../../engine/index.ts';
import { compile, day, found, notesFor, type Note, type Organization } from './organization.ts';

const roles = `gdo 1
organization "Test"
end
role member plural members
  held by anyone
  gained through joining
  lost through resignation
end
role trainer plural trainers
  held by 1 to 9 people
  gained through joining
  lost through resignation
end
process joining
  started by any person
  step wait
    after 1 day go to joined
  end
  outcome joined
    grant member to the candidate
  end
end
`;

const laser = `certificate laser plural lasers "May open the laser room"
  issued by any trainer
  issued to members who joined at least 14 days ago
  lasts 1 year
  revoked by at least 2 of trainers
end
process course
  started by any member
  step exam
    when the trainer approves go to passed
    after 30 days go to refused
  end
  outcome passed
    grant laser to the candidate for 30 days
  end
end
process repair
  started by any member who holds laser
  step work
    after 1 day go to accepted
  end
end
process loss
  started by any trainer
  step work
    when any trainer approves go to gone
    after 9 days go to refused
  end
  outcome gone
    remove laser from the subject
  end
end
`;

const people = { member: ['ada', 'ben', 'chi'], trainer: ['tom', 'una', 'vic'] };

function organization(text: string): Organization {
  const bylaws = roles + text;
  expect(unsupported(compile(bylaws).charter)).toEqual([]);
  return found(bylaws, people);
}

const issue = (by: string, member: string): Note => ({ by, kind: 'issue', body: { certificate: 'laser', member } });
const revoke = (by: string, member: string): Note => ({ by, kind: 'revoke', body: { certificate: 'laser', member } });

describe('a certificate', () => {
  const held = (org: Organization, member: string, atMs: number): boolean => certificateOf(org.state(), 'laser', member, atMs) !== undefined;

  it('is issued by its office, to those it is for, from the checkpoint on', () => {
    const org = organization(laser);
    expect(org.epoch(14 * day - 1, issue('tom', 'ada')).verdicts).toEqual(['GDO1040']);
    expect(org.epoch(14 * day, issue('ben', 'ada'), issue('tom', 'tom'), issue('tom', 'zoe')).verdicts).toEqual(['GDO1040', 'GDO1040', 'GDO1040']);
    const { propose } = notesFor(org);
    expect(org.epoch(14 * day + 1, issue('tom', 'ada'), propose('ada', 'repair')).verdicts).toEqual(['ok', 'GDO1040']);
    expect(org.epoch(14 * day + 2, propose('ada', 'repair'), propose('ben', 'repair')).verdicts).toEqual(['ok', 'GDO1040']);
  });

  it('runs out at its last instant, which lies outside (S4)', () => {
    const org = organization(laser);
    org.epoch(20 * day, issue('tom', 'ada'));
    const endMs = addDuration(20 * day, { count: 1, unit: 'year' });
    const { propose } = notesFor(org);
    expect([held(org, 'ada', endMs - 1), held(org, 'ada', endMs)]).toEqual([true, false]);
    expect(org.epoch(endMs - 1, propose('ada', 'repair')).verdicts).toEqual(['ok']);
    expect(org.epoch(endMs, propose('ada', 'repair')).verdicts).toEqual(['GDO1040']);
    org.epoch(endMs + 1, issue('una', 'ada'));
    expect(held(org, 'ada', endMs + day)).toBe(true);
  });

  it('is revoked at once, by so many of its office', () => {
    const org = organization(laser);
    const { propose } = notesFor(org);
    org.epoch(20 * day, issue('tom', 'ada'), issue('tom', 'ben'));
    expect(org.epoch(21 * day, revoke('tom', 'ada'), propose('ada', 'repair')).verdicts).toEqual(['ok', 'ok']);
    expect(org.epoch(22 * day, revoke('ada', 'ben'), revoke('una', 'ada'), propose('ada', 'repair')).verdicts).toEqual(['GDO1040', 'ok', 'GDO1040']);
    expect(held(org, 'ben', 22 * day)).toBe(true);
    expect(org.epoch(23 * day, revoke('tom', 'chi')).verdicts).toEqual(['GDO1052']);
  });

  it('that is issued and revoked in one epoch is not held after it', () => {
    const org = organization(laser);
    org.epoch(20 * day, issue('tom', 'ada'), revoke('tom', 'ada'), revoke('una', 'ada'));
    expect(held(org, 'ada', 20 * day)).toBe(false);
  });

  it('is granted and removed by cases, to those it is for, and for no longer than they say', () => {
    const org = organization(laser);
    const { propose, act } = notesFor(org);
    org.epoch(20 * day, propose('ada', 'course', { candidate: 'ada' }), propose('ben', 'course', { candidate: 'tom' }));
    org.epoch(21 * day, act('tom', 1, 'approve'), act('una', 2, 'approve'));
    expect([held(org, 'ada', 51 * day - 1), held(org, 'ada', 51 * day), held(org, 'tom', 21 * day)]).toEqual([true, false, false]);
    org.epoch(22 * day, propose('tom', 'loss', { subject: 'ada' }));
    org.epoch(23 * day, act('una', 3, 'approve'));
    expect(held(org, 'ada', 23 * day)).toBe(false);
  });
});

describe('points (S64)', () => {
  const text = (lines: string): string => `points experience plural experiences
  earned 5 by the author for repair.done
  earned 2 by any trainer for teach
${lines}end
action teach by any trainer
process repair
  started by any member
  step work
    when any trainer approves go to done
    after 30 days go to refused
  end
  outcome done
    award 30 experience to the candidate
  end
end
process promotion
  started by any person who has at least 40 experience
  step work
    after 1 day go to accepted
  end
end
process talk
  started by any person who holds master
  step work
    after 1 day go to accepted
  end
end
`;
  const decaying = text('  decay 10% every 30 days rounded down\n  level novice from 0\n  level master from 32\n');
  const have = (org: Organization, member: string, atMs: number): bigint => {
    const [points] = org.charter.points;
    if (points === undefined) throw new Error('there are points');
    return pointsOf(org.state(), points, member, atMs);
  };
  const repaired = (org: Organization, atMs: number): void => {
    const { propose, act } = notesFor(org);
    org.epoch(atMs, propose('ada', 'repair'));
    org.epoch(atMs, act('tom', currentOf(org.state()).cases, 'approve'));
  };

  it('are awarded by outcomes and earned for them, and decay at each whole period and not before', () => {
    const org = organization(decaying);
    repaired(org, day);
    expect(have(org, 'ada', day)).toBe(35n);
    expect(have(org, 'ada', 31 * day - 1)).toBe(35n);
    // Each award is rounded by itself: floor(30 × 0.9) + floor(5 × 0.9).
    expect(have(org, 'ada', 31 * day)).toBe(27n + 4n);
    expect(have(org, 'ada', 61 * day)).toBe(24n + 3n);
  });

  it('are a fact that is asked at the instant of the act', () => {
    const org = organization(decaying);
    const { propose } = notesFor(org);
    repaired(org, day);
    expect(org.epoch(2 * day, propose('ada', 'promotion'), propose('ada', 'talk')).verdicts).toEqual(['GDO1040', 'ok']);
    repaired(org, 3 * day);
    expect(org.epoch(4 * day, propose('ada', 'promotion'), propose('tom', 'talk')).verdicts).toEqual(['ok', 'GDO1040']);
    expect(holdsThing(org.state(), org.charter, 'novice', 'zoe', 0)).toBe(true);
  });

  it('are earned by an act outside of a case, too', () => {
    const org = organization(decaying);
    const teach = (by: string): Note => ({ by, kind: 'perform', body: { verb: 'teach' } });
    expect(org.epoch(day, teach('tom'), teach('tom'), teach('ada')).verdicts).toEqual(['ok', 'ok', 'GDO1040']);
    expect([have(org, 'tom', day), have(org, 'ada', day)]).toEqual([4n, 0n]);
    expect(org.epoch(day, { by: 'tom', kind: 'perform', body: { verb: 'sing' } }).verdicts).toEqual(['GDO1052']);
  });

  it('are not earned by asking for a recusal, or by deciding one (record 0139)', () => {
    const rules = text('  level master from 32\n')
      .replace('for teach', 'for repair.done')
      .replace('process repair\n', 'process repair\n  recusal decided by any trainer counts as absent\n');
    const org = organization(rules);
    const { propose, act } = notesFor(org);
    org.epoch(day, propose('ada', 'repair'));
    const verdicts = [
      ...org.epoch(2 * day, act('tom', 1, 'recuse', { about: 'tom' })).verdicts,
      ...org.epoch(3 * day, act('vic', 1, 'recuse', { about: 'tom' })).verdicts,
      ...org.epoch(4 * day, act('una', 1, 'approve')).verdicts,
    ];
    expect(verdicts).toEqual(['ok', 'ok', 'ok']);
    expect(['tom', 'vic', 'una'].map((member) => have(org, member, 4 * day))).toEqual([0n, 0n, 2n]);
  });

  it('stay within their limit, whose window ends with the award (S62)', () => {
    const org = organization(text('  level master from 32\n  limit 40 experience per author per 30 days\n'));
    repaired(org, day);
    repaired(org, 2 * day);
    // The first case gave 35; the second could give the 5 that are earned first, and no 30 more.
    expect(have(org, 'ada', 2 * day)).toBe(40n);
    repaired(org, 31 * day - 1);
    expect(have(org, 'ada', 31 * day)).toBe(40n);
    repaired(org, 31 * day);
    expect(have(org, 'ada', 31 * day)).toBe(75n);
  });

  it('never grow by waiting, and are gone in the end', () => {
    const { charter } = compile(roles + decaying);
    const [points] = charter.points;
    if (points === undefined) throw new Error('there are points');
    const org = organization(decaying);
    repaired(org, 0);
    fc.assert(
      fc.property(fc.nat(4_000), fc.nat(4_000), (first, second) => {
        const [early, late] = [Math.min(first, second) * day, Math.max(first, second) * day];
        expect(pointsOf(org.state(), points, 'ada', late) <= pointsOf(org.state(), points, 'ada', early)).toBe(true);
      }),
    );
    expect(have(org, 'ada', 30 * 400 * day)).toBe(0n);
  });
});

describe('a duty (S65)', () => {
  const text = `duty report "A monthly report"
  owed by the trainer
  every 30 days from 1970-01-11
  done when any trainer publishes "report"
  otherwise start reminder
end
duty minutes
  owed by any trainer
  within 14 days of assembly.over
  done when any trainer publishes "minutes"
  otherwise remove trainer from the author
end
action publish by any person
process reminder
  started by any trainer
  step waiting
    after 1 day go to refused
  end
end
process assembly
  started by any trainer
  step talk
    when the author publishes "minutes" go to refused
    after 1 day go to over
  end
  outcome over refuses
end
`;
  const publish = (by: string, what: string): Note => ({ by, kind: 'perform', body: { verb: 'publish', text: what } });
  const cases = (org: Organization): number => currentOf(org.state()).cases;

  it('that comes round has its effect once in each period in which nobody did it', () => {
    const org = organization(text);
    expect(org.due()).toBe(10 * day);
    org.epoch(10 * day);
    expect([org.due(), cases(org)]).toEqual([40 * day, 0]);
    org.epoch(40 * day - 1);
    expect(cases(org)).toBe(0);
    org.epoch(40 * day);
    expect([cases(org), org.view(1).process]).toEqual([1, 'reminder']);
    org.epoch(41 * day, publish('tom', 'report'));
    org.epoch(70 * day);
    expect(cases(org)).toBe(1);
    org.epoch(100 * day);
    expect(cases(org)).toBe(2);
  });

  it('is done by the act it names: its verb, its people, its words, inside the period', () => {
    const org = organization(text);
    org.epoch(10 * day, publish('ada', 'report'), publish('tom', 'minutes'));
    org.epoch(50 * day, { ...publish('tom', 'report'), atMs: 40 * day });
    expect(cases(org)).toBe(1);
    org.epoch(70 * day);
    expect(cases(org)).toBe(1);
  });

  it('has its effect once for each period of a long silence', () => {
    const org = organization(text);
    org.epoch(10 * day + 30 * day * 5);
    expect(cases(org)).toBe(5);
  });

  it('that follows from a case is due for each of them', () => {
    const org = organization(text);
    const { propose } = notesFor(org);
    const trainers = (): readonly string[] => holdersOf(org.state(), org.charter, 'trainer');
    org.epoch(day, propose('tom', 'assembly'), propose('una', 'assembly'));
    org.epoch(2 * day);
    org.epoch(3 * day, publish('vic', 'minutes'));
    org.epoch(16 * day - 1);
    expect(trainers()).toEqual(['tom', 'una', 'vic']);
    org.epoch(16 * day);
    expect(trainers()).toEqual(['tom', 'vic']);
  });
});
