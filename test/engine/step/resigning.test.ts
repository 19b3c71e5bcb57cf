// Resigning: what may be resigned from, what a resignation takes from acts that did not know of it, and what is lost with it (S110, S111; ledger.md section 9).
import { describe, expect, it } from 'vitest';
import { holdersOf } from '../../../engine/index.ts';
import { deviceOfPerson, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const bylaws = `gdo 1
organization "Resigning"
end
area rules covers "bylaws/**"
role member plural members
  held by 1 to 9 people
  gained through joining
  lost through resignation
end
role clerk plural clerks
  held by 0 to 3 people
  term 100 days
  lost through expiry
end
role chair plural chairs
  held by 0 to 3 people
  lost with member
end
process joining
  started by any person
  step wait
    when 1 chair approves go to done
    after 1 day go to refused
  end
  outcome done
    grant member to the candidate
  end
end
process amendment
  governs rules
  started by any member
  step review
    after 1 hour go to accepted
  end
end
`;
const second = deviceOfPerson('the second of bo');
const organization = (): Organization =>
  found(bylaws, { member: ['ana', 'bo', 'cy'], clerk: ['bo'], chair: ['bo', 'cy'] }, { people: ['dee'], devices: { bo: [second] } });
const resign = (by: string, role: string, more: Partial<Note> = {}): Note => ({ by, kind: 'resign', body: { role }, ...more });
const said = (org: Organization, atMs: number, ...notes: readonly Note[]): readonly string[] =>
  org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : `${verdict.code} ${verdict.reason}`));
const holders = (org: Organization, role: string): readonly string[] => holdersOf(org.state(), org.charter, role);

describe('a resignation', () => {
  it('is from a role that one holds, and that is lost so (GDO1040)', () => {
    const org = organization();
    expect(said(org, hour, resign('ana', 'clerk'), resign('bo', 'clerk'), resign('bo', 'chair'), resign('bo', 'member'), resign('bo', 'member'))).toEqual([
      'GDO1040 `ana` does not hold `clerk`',
      'GDO1040 `clerk` is not lost through resignation',
      'GDO1040 `chair` is not lost through resignation',
      'ok',
      'GDO1040 `bo` does not hold `member`',
    ]);
    // The chair goes with the membership, the office of a clerk does not.
    expect([holders(org, 'member'), holders(org, 'chair'), holders(org, 'clerk')]).toEqual([['ana', 'cy'], ['cy'], ['bo']]);
  });
});

describe('what somebody does while they resign elsewhere', () => {
  it.each<readonly [what: string, does: (org: Organization) => Note, verdict: string]>([
    ['as who resigned is void', (org) => notesFor(org).propose('bo', 'amendment'), 'GDO1041'],
    ['in a role that is lost with it is void', (org) => notesFor(org).act('bo', 1, 'approve'), 'GDO1041'],
    ['as anybody may stands', (org) => notesFor(org).propose('bo', 'joining', { candidate: 'cy' }), 'ok'],
  ])('%s, whichever came first', (_what, does, verdict) => {
    for (const atMs of [hour + 1, 3 * hour]) {
      const org = organization();
      org.epoch(hour, notesFor(org).propose('ana', 'joining', { candidate: 'dee' }));
      const leaving = resign('bo', 'member', { knows: [], atMs: 2 * hour, device: second });
      expect(org.epoch(4 * hour, leaving, { ...does(org), knows: [], atMs }).verdicts).toEqual(['ok', verdict]);
    }
  });
});
