// When stages are left and what comes too late: receipt time, deadlines, late events, the order at one instant, windows, clocks.
import { describe, expect, it } from 'vitest';
import { entriesUnder } from '../../../engine/index.ts';
import { moved, ofMotions, step, where } from './motion.ts';
import { day, hour, notesFor, type Note, type Organization } from './organization.ts';

/** A motion with one step of these lines. */
const talking = (...lines: readonly string[]): Organization => moved(step('talk', ...lines));

/** One act by each person named, all received at one instant. */
function act(org: Organization, atMs: number, verb: string, ...by: readonly string[]): readonly string[] {
  return org.epoch(atMs, ...by.map((member) => notesFor(org).act(member, 1, verb))).verdicts;
}

describe('the time of an event (S1)', () => {
  const text =
    '  vote ballot\n    voters members\n    open for 7 days\n    passes when at least 1 member says yes\n    when passed go to accepted\n    otherwise go to refused\n  end\n';
  const claiming = (claimedMs: number, atMs: number): string => {
    const org = moved(text);
    const note: Note = { ...notesFor(org).ballot('bo', 1, 'yes'), claimedMs };
    return org.epoch(atMs, note).verdicts[0] ?? '';
  };

  it('is when it was received, whatever its author says', () => {
    expect(claiming(100 * 365 * day, day)).toBe('ok');
    expect(claiming(day, 7 * day)).toBe('GDO1051');
  });
});

describe('a deadline (S3)', () => {
  const text =
    '  vote ballot\n    voters members\n    open for 1 month\n    passes when at least 1 member says yes\n    when passed go to accepted\n    otherwise go to refused\n  end\n';

  it('is worked out once, when its stage opens, and no event and no checkpoint moves it', () => {
    const org = ofMotions(text);
    // The last day of January: a month later there is no such day, so it is the last of February.
    org.epoch(30 * day, notesFor(org).propose('ana', 'motion'));
    const due = (): number | undefined => org.view(1).dueMs;
    expect(due()).toBe(58 * day);
    org.epoch(31 * day, notesFor(org).ballot('bo', 1, 'yes'));
    org.epoch(40 * day);
    expect(due()).toBe(58 * day);
    org.epoch(58 * day - 1);
    expect(org.view(1).status).toBe('open');
    org.epoch(58 * day);
    expect(org.view(1).status).toBe('accepted');
  });
});

describe('an event that comes late (S6)', () => {
  it('has a verdict, and leaves cases, acts and ballots as they are', () => {
    const seen = (...late: readonly string[]): string => {
      const org = talking('when 2 members approve go to accepted', 'after 3 days go to refused');
      act(org, day, 'approve', 'bo');
      org.epoch(3 * day);
      expect(act(org, 4 * day, 'approve', ...late)).toEqual(late.map(() => 'GDO1051'));
      return JSON.stringify(['case/', 'act/', 'ballot/', 'open/', 'due/'].map((prefix) => entriesUnder(org.state(), prefix)));
    };
    expect(seen('cy', 'dee')).toBe(seen());
  });
});

describe('a case (S16)', () => {
  it('begins in the first stage of the text and stands in one stage at a time', () => {
    const org = moved(
      `  step second\n    when 1 member approves go to third\n    after 9 days go to refused\n  end\n  step first\n    after 9 days go to refused\n  end\n  step third\n    when 1 member approves go to accepted\n    after 9 days go to refused\n  end\n`,
    );
    expect(where(org)).toBe('second');
    act(org, hour, 'approve', 'bo');
    expect(where(org)).toBe('third');
    // What was asked for in a stage that is left is not asked for any more.
    const late: Note = notesFor(org).act('cy', 1, 'approve', { stage: 1 });
    expect(org.epoch(2 * hour, late).verdicts).toEqual(['GDO1051']);
    expect(where(org)).toBe('third');
  });
});

describe('of several lines that match', () => {
  it('the first in the text fires, whichever act it was (S17)', () => {
    const lines = ['when the chair approves go to accepted', 'when 2 members approve go to refused', 'after 9 days go to refused'];
    const both = talking(...lines);
    act(both, hour, 'approve', 'ana');
    act(both, 2 * hour, 'approve', 'dee');
    expect(where(both)).toBe('accepted');
    const turned = talking(lines[1] ?? '', lines[0] ?? '', lines[2] ?? '');
    act(turned, hour, 'approve', 'ana');
    act(turned, 2 * hour, 'approve', 'dee');
    expect(where(turned)).toBe('refused');
  });

  it('the first event that meets one decides, in the order of the ledger (S17)', () => {
    const org = talking('when any member objects go to refused', 'when any member approves go to accepted', 'after 9 days go to refused');
    const { act: note } = notesFor(org);
    const { verdicts } = org.epoch(hour, { ...note('bo', 1, 'approve'), atMs: hour - 2 }, { ...note('cy', 1, 'object'), atMs: hour - 1 });
    expect(verdicts).toEqual(['ok', 'GDO1051']);
    expect(where(org)).toBe('accepted');
  });

  it('at one instant the first deadline in the text fires (S18)', () => {
    const lines = ['unless any member objects within 2 days go to accepted', 'otherwise go to refused', 'after 2 days go to refused'];
    const first = talking(...lines);
    first.epoch(2 * day);
    expect(where(first)).toBe('accepted');
    const second = talking(lines[2] ?? '', lines[0] ?? '', lines[1] ?? '');
    second.epoch(2 * day);
    expect(where(second)).toBe('refused');
  });

  it('a deadline fires before an act that is received at its instant, and after one received before (S18)', () => {
    const lines = ['when any member approves go to accepted', 'after 2 days go to refused'];
    const at = talking(...lines);
    expect(act(at, 2 * day, 'approve', 'bo')).toEqual(['GDO1051']);
    expect(where(at)).toBe('refused');
    const before = talking(...lines);
    const note: Note = { ...notesFor(before).act('bo', 1, 'approve'), atMs: 2 * day - 1 };
    expect(before.epoch(2 * day, note).verdicts).toEqual(['ok']);
    expect(where(before)).toBe('accepted');
  });
});

describe('counts of people (S19)', () => {
  it('are reached by different people, and `and` needs both counts in any order', () => {
    const org = talking('when 2 members approve and the chair approves go to accepted', 'after 9 days go to refused');
    act(org, hour, 'approve', 'dee');
    act(org, 2 * hour, 'approve', 'bo', 'bo');
    expect(where(org)).toBe('talk');
    // The chair is a member too, and counts as one of them only once there is somebody else for the chair, which there is not.
    act(org, 3 * hour, 'approve', 'cy');
    expect(where(org)).toBe('accepted');
  });

  it('find the place a person is needed in, not the first one they fit', () => {
    const org = talking('when 1 member approves and the chair approves go to accepted', 'after 9 days go to refused');
    act(org, hour, 'approve', 'dee');
    expect(where(org)).toBe('talk');
    act(org, 2 * hour, 'approve', 'bo');
    expect(where(org)).toBe('accepted');
  });
});

describe('`within` on an event (S20)', () => {
  it('counts support before opening + D and none from that instant on', () => {
    const lines = ['when 2 members approve within 2 days go to accepted', 'after 9 days go to refused'];
    const late = talking(...lines);
    act(late, day, 'approve', 'bo');
    expect(act(late, 2 * day, 'approve', 'cy')).toEqual(['ok']);
    expect(where(late)).toBe('talk');
    late.epoch(9 * day);
    expect(where(late)).toBe('refused');
    const early = talking(...lines);
    act(early, day, 'approve', 'bo');
    act(early, 2 * day - 1, 'approve', 'cy');
    expect(where(early)).toBe('accepted');
  });
});

describe('`after D` (S22)', () => {
  it('fires at opening + D', () => {
    const org = talking('after 3 days go to accepted');
    org.epoch(3 * day - 1);
    expect(where(org)).toBe('talk');
    org.epoch(3 * day);
    expect(where(org)).toBe('accepted');
  });

  it('`without concerns` fires at the first instant from then on without an open one; its clock does not restart', () => {
    const lines = ['concerns by any member resolved by the raiser', 'after 3 days without concerns go to accepted', 'after 30 days go to refused'];
    const org = talking(...lines);
    act(org, 2 * day, 'raise', 'bo');
    org.epoch(3 * day);
    expect(where(org)).toBe('talk');
    act(org, 3 * day + hour, 'raise', 'cy');
    expect(org.epoch(4 * day, notesFor(org).act('bo', 1, 'resolve', { about: 'c1' })).verdicts).toEqual(['ok']);
    expect(where(org)).toBe('talk');
    act(org, 5 * day, 'resolve', 'cy');
    expect(where(org)).toBe('accepted');
    const early = talking(...lines);
    act(early, day, 'raise', 'bo');
    act(early, 2 * day, 'resolve', 'bo');
    expect(early.view(1).dueMs).toBe(3 * day);
  });
});

describe('clocks that an act starts again (S118)', () => {
  it('`after D without ACT` fires D after the later of the opening and the last such act', () => {
    const org = talking('after 3 days without any member objecting go to accepted', 'after 30 days go to refused');
    expect(org.view(1).dueMs).toBe(3 * day);
    act(org, 2 * day, 'object', 'bo');
    act(org, 4 * day, 'object', 'bo');
    expect(org.view(1).dueMs).toBe(7 * day);
    org.epoch(7 * day);
    expect(where(org)).toBe('accepted');
  });

  it('`after D in a row without concerns` needs D during which none was open', () => {
    const lines = ['concerns by any member resolved by the raiser', 'after 3 days in a row without concerns go to accepted', 'after 30 days go to refused'];
    const org = talking(...lines);
    act(org, 2 * day, 'raise', 'bo');
    act(org, 4 * day, 'resolve', 'bo');
    expect(org.view(1).dueMs).toBe(7 * day);
    org.epoch(7 * day);
    expect(where(org)).toBe('accepted');
  });
});

describe('concerns belong to the case (S119)', () => {
  const stages = `  step talk
    concerns by any member resolved by the raiser
    when 2 members approve go to last
    after 30 days go to refused
  end
  step last
    concerns by any member resolved by the raiser
    after 2 days without concerns go to accepted
    after 30 days go to refused
  end
`;

  it('stay open from step to step until they are resolved', () => {
    const org = moved(stages);
    act(org, hour, 'raise', 'bo');
    act(org, 2 * hour, 'approve', 'cy', 'dee');
    expect(where(org)).toBe('last');
    org.epoch(3 * day);
    expect(where(org)).toBe('last');
    act(org, 4 * day, 'resolve', 'bo');
    expect(where(org)).toBe('accepted');
  });

  it('can be withdrawn by whoever raised them and nobody else', () => {
    const org = moved(stages);
    act(org, hour, 'raise', 'bo');
    act(org, 2 * hour, 'approve', 'cy', 'dee');
    const withdraw = (by: string): Note => notesFor(org).act(by, 1, 'withdraw', { about: 'c1' });
    expect(org.epoch(3 * day, withdraw('cy')).verdicts).toEqual(['GDO1040']);
    expect(org.epoch(3 * day + hour, withdraw('bo')).verdicts).toEqual(['ok']);
    expect(where(org)).toBe('accepted');
  });
});
