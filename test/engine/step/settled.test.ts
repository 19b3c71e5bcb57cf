// What a checkpoint may end: nothing whose end lies after the instant up to which everything received is known, and no other witnesses while something is
// left out (ledger.md sections 9 and 12).
import { describe, expect, it } from 'vitest';
import { witnessSetOf } from '../../../engine/index.ts';
import { day, deviceOfPerson, found, hour, notesFor, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee'];

const bylaws = (stages: string): string => `gdo 1
organization "Settled"
  witnessed by keepers final by quorum
end
role member plural members
  held by 1 to 9 people
  gained through motion
end
role keeper plural keepers
  held by 1 to 9 people
  gained through motion
  lost through resignation
end
process motion
  started by any member
${stages}end
`;

/** An organization of which what is less than a day old is not known yet by all. */
function slow(stages: string): Organization {
  const org = found(
    bylaws(stages),
    { member: people, keeper: ['dee'] },
    { settle: (timeMs) => ({ settledMs: timeMs - day, renewsWitnesses: timeMs % day === 0 }) },
  );
  org.epoch(0, notesFor(org).propose('ana', 'motion'));
  return org;
}

const vote = (more: string): string =>
  `  vote ballot\n    voters members\n    open for 7 days\n${more}    passes when more than 1/2 of votes cast are yes\n    when passed go to accepted\n    otherwise go to refused\n  end\n`;

describe('a stage whose end has passed', () => {
  it('stays open until what came before its end is known, and ends then as of its own time', () => {
    const org = slow(vote(''));
    org.epoch(2 * day, notesFor(org).ballot('ana', 1, 'yes'));
    org.epoch(8 * day - 1);
    expect(org.view(1).status).toBe('open');
    // A ballot from before the close that was late on its way.
    expect(org.epoch(8 * day - 1, { ...notesFor(org).ballot('bo', 1, 'yes'), atMs: 7 * day - 1 }).verdicts).toEqual(['ok']);
    org.epoch(8 * day);
    expect(org.view(1).outcome).toBe('accepted');
  });

  it('is closed early by no ballot any more: another one from before its end may still come', () => {
    const org = slow(vote('    closes early when decided\n'));
    const early = ['ana', 'bo', 'cy'].map((member) => ({ ...notesFor(org).ballot(member, 1, 'yes'), atMs: 6 * day }));
    org.epoch(7 * day + hour, ...early);
    expect(org.view(1).status).toBe('open');
    org.epoch(8 * day + hour);
    expect(org.view(1).outcome).toBe('accepted');
  });

  it.each([
    ['a deadline', 7, 'accepted', () => slow('  step wait\n    after 7 days go to accepted\n  end\n')],
    ['the time for starters', 30, 'refused', slowStart],
  ])('of another kind alike: %s', (_, days, status, made) => {
    const org = made();
    for (const timeMs of [days * day, (days + 1) * day - 1]) {
      org.epoch(timeMs);
      expect([timeMs, org.view(1).status]).toEqual([timeMs, 'open']);
    }
    org.epoch((days + 1) * day);
    expect(org.view(1).status).toBe(status);
  });

  it('waits for the decider of a tie as long', () => {
    const org = slow(vote('    tie decided by any keeper then fails\n'));
    org.epoch(2 * day, notesFor(org).ballot('cy', 1, 'yes'), notesFor(org).ballot('bo', 1, 'no'));
    org.epoch(8 * day);
    // The decider has a week from the close, whenever the close was known.
    expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 14 * day });
    org.epoch(15 * day - 1);
    expect(org.view(1).status).toBe('open');
    org.epoch(15 * day);
    expect(org.view(1).outcome).toBe('refused');
  });
});

/** A case that waits for a second person to start it. */
function slowStart(): Organization {
  const text = bylaws('  step wait\n    after 1 day go to accepted\n  end\n').replace('started by any member', 'started by 2 members');
  const org = found(text, { member: people, keeper: ['ana'] }, { settle: (timeMs) => ({ settledMs: timeMs - day, renewsWitnesses: false }) });
  org.epoch(0, notesFor(org).propose('ana', 'motion'));
  return org;
}

describe('the witnesses of the next height', () => {
  it('follow the bylaws with a checkpoint that leaves nothing out, and stay with any other', () => {
    const text = bylaws('  step wait\n    when 1 other member approves go to chosen\n  end\n  outcome chosen\n    grant keeper to the candidate\n  end\n');
    const org = found(text, { member: people, keeper: ['ana'] }, { settle: (timeMs) => ({ settledMs: timeMs, renewsWitnesses: timeMs % day === 0 }) });
    const devices = (): readonly string[] => witnessSetOf(org.state(), []).rows.map(([device]) => device);
    org.epoch(1, notesFor(org).propose('ana', 'motion', { candidate: 'bo' }));
    org.epoch(hour, notesFor(org).act('bo', 1, 'approve'));
    expect(devices()).toEqual([deviceOfPerson('ana')]);
    org.epoch(day);
    expect(devices().toSorted()).toEqual([deviceOfPerson('ana'), deviceOfPerson('bo')].toSorted());
  });
});
