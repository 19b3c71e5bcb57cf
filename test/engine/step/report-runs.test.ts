// Reports of several collaborators about one person: a run is of the newest reports, whoever made them, and what it has brought about by its instant no
// report undoes (S102, docs/decisions/0055).
import { describe, expect, it } from 'vitest';
import { holdersOf, unsupported } from '../../../engine/index.ts';
import { compile, day, found, type Note, type Organization } from './organization.ts';

const text = `gdo 1
organization "Two books"
end
role registrar plural registrars
  held by 1 to 3 people
end
role member plural members
  held by 0 to 9 people
  lost through resignation or arrears of 14 days
end
collaborator books kept by any registrar
  reports "arrears", "no arrears", "debts", "no debts"
end
collaborator bank kept by any registrar
  reports "arrears", "no arrears"
end
`;

function organization(): Organization {
  expect(unsupported(compile(text).charter)).toEqual([]);
  return found(text, { registrar: ['rae'], member: ['ada', 'ben'] });
}

const says = (collaborator: string, report: string, atMs?: number): Note => ({
  by: 'rae',
  kind: 'fact',
  body: { type: 'report', subject: 'ada', data: { collaborator, report } },
  ...(atMs === undefined ? {} : { atMs }),
});
const isMember = (org: Organization): boolean => holdersOf(org.state(), org.charter, 'member').includes('ada');

describe('what two collaborators report about one person', () => {
  it('is one run: what one of them denies begins anew with whoever says it next', () => {
    const org = organization();
    org.epoch(0, says('books', 'arrears'));
    org.epoch(5 * day, says('bank', 'no arrears'));
    org.epoch(10 * day, says('books', 'arrears'));
    expect(org.due()).toBe(14 * day);
    org.epoch(24 * day - 1);
    expect(isMember(org)).toBe(true);
    org.epoch(24 * day);
    expect(isMember(org)).toBe(false);
  });

  it('goes on whichever of them says the same again', () => {
    const org = organization();
    org.epoch(0, says('books', 'arrears'));
    org.epoch(5 * day, says('bank', 'arrears'), says('books', 'no debts'));
    org.epoch(14 * day);
    expect(isMember(org)).toBe(false);
  });

  it('of one instant is as the last of them said', () => {
    for (const [first, last] of [
      ['arrears', 'no arrears'],
      ['no arrears', 'arrears'],
    ] as const) {
      const org = organization();
      org.epoch(0, says('books', first), says('bank', last));
      org.epoch(14 * day);
      expect([last, isMember(org)]).toEqual([last, last === 'no arrears']);
    }
  });

  it.each([
    [14 * day - 1, true],
    [14 * day, false],
    [14 * day + 1, false],
  ])('undoes nothing of a loss whose instant is over: denied at %i', (atMs, expected) => {
    const org = organization();
    org.epoch(0, says('books', 'arrears'));
    org.epoch(15 * day, says('bank', 'no arrears', atMs));
    expect(isMember(org)).toBe(expected);
  });
});
