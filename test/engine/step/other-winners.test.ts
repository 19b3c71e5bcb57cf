// `the first k winners` and `the other winners` (S131): the others are those whom no effect of the same outcome calls the first.
import { describe, expect, it } from 'vitest';
import { holdersOf } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Organization } from './organization.ts';

const bylaws = (seated: string): string => `gdo 1
organization "Elections"
end
role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by 0 to 3 people
  gained through election
end
role deputy plural deputies
  held by 0 to 3 people
  gained through election
end
process election
  started by any member
  step nominating
    nominations of members
    after 1 day go to ballot
  end
  vote ballot
    voters members
    choices the candidates
    counted by approval
    elects 3 chair
    open for 1 day
    when elected go to seated
    when uncontested go to other
    otherwise go to refused
  end
  outcome seated
${seated}  end
  outcome other
    grant chair to the first 3 winners
  end
end
`;

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee'];

/** ana, bo and cy are elected, in this order. */
function elected(seated: string): Organization {
  const org = found(bylaws(seated), { member: people });
  const { propose, act, ballot } = notesFor(org);
  org.epoch(0, propose('dee', 'election'));
  org.epoch(hour, ...people.map((member) => act(member, 1, 'nominate')));
  org.epoch(day);
  org.epoch(day + hour, ...people.slice(0, 3).map((member, index) => ballot(member, 1, people.slice(0, 3 - index))));
  org.epoch(2 * day);
  expect(org.view(1).outcome).toBe('seated');
  return org;
}

const holders = (org: Organization): readonly (readonly string[])[] => ['chair', 'deputy'].map((role) => holdersOf(org.state(), org.charter, role));

describe('the other winners', () => {
  it('are not fewer because another outcome calls more of them the first', () => {
    expect(holders(elected('    grant chair to the first 1 winners\n    grant deputy to the other winners\n'))).toEqual([['ana'], ['bo', 'cy']]);
  });

  it('nor because the first of other people are named', () => {
    expect(holders(elected('    grant chair to the first 2 starters\n    grant deputy to the other winners\n'))).toEqual([['dee'], ['ana', 'bo', 'cy']]);
  });

  it('are those behind the most that the same outcome calls the first', () => {
    const seated = '    grant chair to the first 1 winners\n    grant chair to the first 2 winners\n    grant deputy to the other winners\n';
    expect(holders(elected(seated))).toEqual([['ana', 'bo'], ['cy']]);
  });
});
