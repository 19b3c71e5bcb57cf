// What people do after a vote has closed changes nothing of what it was counted from: delegations, lists, opened ballots, broken ties (S18, S37, S41, S129).
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../engine/index.ts';
import { commitmentOf, readCase } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee', 'eve'];

const bylaws = (vote: string, delegation = ''): string => `gdo 1
organization "After"
end
role member plural members
  held by 1 to 99 people
end
role clerk plural clerks
  held by 0 to 2 people
end
delegation proxy by members
  override by voting
${delegation}end
process motion
  started by any member
  vote ballot
    voters members
${vote}    open for 5 days
    when won go to accepted
    when passed go to accepted
    otherwise go to refused
  end
end
`;
const colours = (more: string): string => `    choices red, green\n    counted by plurality with equal ranks refused\n${more}`;
const plain = '    passes when at least 2 members say yes\n';

const give = (by: string, to?: string): Note => ({ by, kind: 'delegate', body: { delegation: 'proxy', ...(to === undefined ? {} : { to }) } });

/** A vote with these delegations before it and these ballots in it. */
function cast(text: string, given: readonly Note[], ballots: Readonly<Record<string, Json>>): Organization {
  const org = found(text, { member: people, clerk: ['tia'] });
  const { propose, ballot } = notesFor(org);
  org.epoch(0, ...given, propose('ana', 'motion'));
  const notes = Object.entries(ballots).map(([by, choice]) => ballot(by, 1, choice));
  expect(org.epoch(hour, ...notes).verdicts).toEqual(notes.map(() => 'ok'));
  return org;
}
const winners = (org: Organization): readonly string[] | undefined => readCase(org.state(), org.view(1).id)?.winners;

describe('a delegation that comes after the close (S18, S41)', () => {
  it('counts for nothing in an epoch that begins before the close and ends after it', () => {
    const given = cast(bylaws(plain), [], { ana: 'yes' });
    given.epoch(6 * day, { ...give('bo', 'ana'), atMs: 5 * day });
    expect(given.view(1).outcome).toBe('refused');
    const inTime = cast(bylaws(plain), [], { ana: 'yes' });
    inTime.epoch(6 * day, { ...give('bo', 'ana'), atMs: 5 * day - 1 });
    expect(inTime.view(1).outcome).toBe('accepted');
  });

  it('takes nothing back then, however often it changes', () => {
    const org = cast(bylaws(plain), [give('bo', 'ana')], { ana: 'yes' });
    const often = Array.from({ length: 40 }, (_, index) => ({ ...(index % 2 === 0 ? give('bo') : give('bo', 'cy')), atMs: 5 * day + index }));
    org.epoch(6 * day, ...often);
    expect(org.view(1).outcome).toBe('accepted');
  });

  it('that lasts to an instant counts until then, whenever the vote is counted', () => {
    const lasting = (clause: string): unknown => {
      const org = cast(bylaws(plain, clause), [give('bo', 'ana')], { ana: 'yes' });
      org.epoch(9 * day);
      return org.view(1).outcome;
    };
    expect([lasting('  lasts 6 days\n'), lasting('  lasts 5 days\n')]).toEqual(['accepted', 'refused']);
  });

  it('changes nothing while sealed ballots are opened (S129)', () => {
    const text = bylaws(`    ballots sealed until the close revealed within 2 days\n${plain}`);
    const nonce = 'a'.repeat(64);
    const org = cast(text, [give('bo', 'ana')], {});
    const { ballot } = notesFor(org);
    const { id } = org.view(1);
    org.epoch(day, ballot('ana', 1, commitmentOf({ case: id, entry: 1, voter: 'ana', choice: 'yes', nonce })));
    org.epoch(5 * day, ballot('ana', 1, 'yes', { nonce }));
    org.epoch(6 * day, give('bo'));
    org.epoch(7 * day);
    expect(org.view(1).outcome).toBe('accepted');
  });
});

describe('a tie that is broken after the close (S37)', () => {
  const tied = (rule: string, given: readonly Note[]): Organization => {
    const org = cast(bylaws(colours(rule)), given, { ana: 'red', cy: 'green', ...(given.length === 0 ? {} : { dee: 'green' }) });
    org.epoch(5 * day);
    return org;
  };

  it('is one of the ballots as they counted at the close, whoever takes a delegation back since', () => {
    const org = tied('    tie decided by any clerk then fails\n', [give('bo', 'ana')]);
    expect(org.view(1).result).toBeUndefined();
    org.epoch(5 * day + 1, give('bo'));
    org.epoch(5 * day + hour, notesFor(org).act('tia', 1, 'declare', { about: ['red', 'green'] }));
    expect([org.view(1).outcome, winners(org)]).toEqual(['accepted', ['red']]);
  });

  it('is still broken by the lot where somebody delegates since', () => {
    const untouched = tied('    tie lot\n', []);
    untouched.epoch(6 * day);
    const other = tied('    tie lot\n', []);
    const [by] = winners(untouched) ?? [];
    other.epoch(6 * day, give('bo', by === 'red' ? 'cy' : 'ana'), give('dee', by === 'red' ? 'cy' : 'ana'));
    expect([other.view(1).result, winners(other)]).toEqual(['won', winners(untouched)]);
  });
});
