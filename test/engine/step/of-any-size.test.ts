// R13: one person and thousands are organizations alike, to the last ballot. GDO_VOTERS=100000 is the whole size.
import { describe, expect, it } from 'vitest';
import { day, found, hour, notesFor, type Organization } from './organization.ts';

const bylaws = `gdo 1
organization "Any size"
end
role citizen plural citizens
  held by 1 to 200000 people
end
process decree "Whoever has the seat decides"
  started by any citizen
  step decision
    when any citizen approves go to done
    after 30 days go to refused
  end
  outcome done accepts
end
process motion
  started by any citizen
  vote ballot
    voters citizens
    open for 7 days
    quorum at least 1/1 of citizens voting
    passes when more than 1/2 of all citizens are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`;

const many = Number(process.env['GDO_VOTERS'] ?? '10000');
/** Fewer than one epoch takes (GDO1061). */
const perEpoch = 2_048;
const people: readonly string[] = Array.from({ length: many }, (_none, index) => `m${String(index).padStart(6, '0')}`);

/** Everybody votes, so many of them yes. @returns the organization after the vote */
function voted(citizens: readonly string[], yes: number): Organization {
  const org = found(bylaws, { citizen: citizens });
  const { propose, ballot } = notesFor(org);
  org.epoch(1, propose(citizens[0] ?? '', 'motion'));
  const one = ballot('', 1, '');
  for (let from = 0; from < citizens.length; from += perEpoch) {
    // Ballots that know of no other one: each was cast at its own machine.
    const notes = citizens.slice(from, from + perEpoch).map((name, index) => ({
      ...one,
      by: name,
      body: { ...one.body, choice: from + index < yes ? 'yes' : 'no' },
      knows: [],
    }));
    expect(org.epoch(hour + from, ...notes).verdicts.filter((verdict) => verdict !== 'ok')).toEqual([]);
  }
  org.epoch(8 * day);
  return org;
}

describe('an organization (R13)', () => {
  it('of one person decides at once, and by a vote of one', () => {
    const org = found(bylaws, { citizen: ['solo'] });
    const { propose, act } = notesFor(org);
    org.epoch(1, propose('solo', 'decree'));
    expect(org.epoch(hour, act('solo', 1, 'approve')).verdicts).toEqual(['ok']);
    expect(org.view(1).stage).toBe('done');
    expect(voted(['solo'], 1).view(1).result).toBe('passed');
    expect(voted(['solo'], 0).view(1).result).toBe('failed');
  });

  it('of thousands of people decides by one ballot more than half, and no size by half', { timeout: 1_800_000 }, () => {
    expect(voted(people, many / 2 + 1).view(1).result).toBe('passed');
    expect(voted(people.slice(0, perEpoch), perEpoch / 2).view(1).result).toBe('failed');
  });
});
