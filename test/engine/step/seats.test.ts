// Seats of a role and how a vote fills them: marks, empty seats, seats that are not free yet, first and other winners.
import { describe, expect, it } from 'vitest';
import { addDuration, entriesUnder, holdersOf, readCase, readEntry } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const year = (count: number): number => addDuration(0, { count, unit: 'year' });
const month = (count: number): number => addDuration(0, { count, unit: 'month' });

/** Directors serve a year; every December the members elect to the seats that are empty or whose term ends before the next December. */
const bylaws = (elects = 'the vacant directors', more = '', lost = '  lost through expiry or resignation\n'): string => `gdo 1
organization "Seats"
end
role member plural members
  held by 1 to 20 people
end
role chair plural chairs
  held by 0 to 3 people
  lost with director
  gained through election
end
role director plural directors
  held by 0 to 3 people
  term 1 year
${lost}  gained through election
${more}end
process election
  starts every 1 year from 1970-12-01
  started by any member
  step nominating
    nominations of members
    after 7 days go to ballot
  end
  vote ballot
    voters members
    choices the candidates
    counted by approval
    elects ${elects}
    marks at most 3
    open for 7 days
    tie fails
    when elected go to seated
    otherwise go to refused
  end
  outcome seated
    grant director to the winners
  end
end
process undoing
  started by any member
  outcome undone
    reverse the decision
  end
end
`;

const members: readonly string[] = ['ana', 'bo', 'cy', 'dee', 'eve', 'fay'];

const opensMs = month(11);
const closesMs = opensMs + 14 * day;

/** Plays the election of December with these candidates, each voter marking the names given. */
function elected(org: Organization, marks: Readonly<Record<string, readonly string[]>>): void {
  org.epoch(opensMs);
  const { act, ballot } = notesFor(org);
  const candidates = [...new Set(Object.values(marks).flat())].toSorted();
  org.epoch(opensMs + hour, ...candidates.map((name) => act(name, 1, 'nominate')));
  org.epoch(opensMs + 7 * day);
  org.epoch(opensMs + 8 * day, ...Object.entries(marks).map(([voter, names]) => ballot(voter, 1, names)));
  org.epoch(closesMs);
}

const directors = (org: Organization): readonly string[] => holdersOf(org.state(), org.charter, 'director');
const termEnd = (org: Organization, name: string): unknown => readEntry(org.state(), `role/director/${name}`)?.['until'];

describe('`elects the vacant R` (S131)', () => {
  it('fills seats whose term ends before the next election, and winners hold them from that end', () => {
    const org = found(bylaws(), { member: members, director: ['ana', 'bo', 'cy'] });
    elected(org, { ana: ['dee', 'eve', 'fay'], bo: ['dee', 'eve', 'fay'] });
    expect(org.view(1).outcome).toBe('seated');
    expect(directors(org)).toEqual(['ana', 'bo', 'cy']);
    expect(org.due()).toBe(year(1));
    org.epoch(year(1));
    expect(directors(org)).toEqual(['dee', 'eve', 'fay']);
    expect(termEnd(org, 'dee')).toBe(year(2));
  });

  it('lets whoever is elected again go on without a gap, with a new term from the end of the old one', () => {
    const org = found(bylaws(), { member: members, director: ['ana', 'bo', 'cy'], chair: ['ana'] });
    elected(org, { ana: ['ana', 'dee', 'eve'], bo: ['ana', 'dee', 'eve'] });
    expect(termEnd(org, 'ana')).toBe(year(1));
    org.epoch(year(1));
    expect(directors(org)).toEqual(['ana', 'dee', 'eve']);
    expect(termEnd(org, 'ana')).toBe(year(2));
    expect(readEntry(org.state(), 'role/director/ana')).toMatchObject({ since: 0, from: year(1) });
    // What is lost with the role is not lost where the role goes on.
    expect(holdersOf(org.state(), org.charter, 'chair')).toEqual(['ana']);
  });

  it('gives empty seats at once, in order of election, and the others later', () => {
    const org = found(bylaws(), { member: members, director: ['ana', 'bo'] });
    elected(org, { ana: ['dee', 'eve', 'fay'], bo: ['dee', 'eve'], cy: ['dee'] });
    expect(directors(org)).toEqual(['ana', 'bo', 'dee']);
    org.epoch(year(1));
    expect(directors(org)).toEqual(['dee', 'eve', 'fay']);
  });

  it('gives a seat as soon as whoever sat on it leaves', () => {
    const org = found(bylaws(), { member: members, director: ['ana', 'bo', 'cy'] });
    elected(org, { ana: ['dee'], bo: ['dee'] });
    // Of seats that come free together the first granted is the winner's.
    org.epoch(closesMs + day, { by: 'ana', kind: 'resign', body: { role: 'director' } });
    expect(directors(org)).toEqual(['bo', 'cy', 'dee']);
  });

  it('ends a term that nobody loses by its end when the winner comes', () => {
    const org = found(bylaws('the vacant directors', '', '  lost through resignation\n'), { member: members, director: ['ana', 'bo', 'cy'] });
    elected(org, { ana: ['dee', 'eve', 'fay'], bo: ['dee'] });
    org.epoch(year(1));
    expect(directors(org)).toEqual(['dee', 'eve', 'fay']);
  });

  it('leaves seats alone whose term goes on beyond the next election', () => {
    const longer = bylaws().replace('term 1 year', 'term 3 years');
    const org = found(longer, { member: members, director: ['ana', 'bo'] });
    elected(org, { ana: ['dee', 'eve', 'fay'], bo: ['dee', 'eve'], cy: ['dee'] });
    expect(directors(org)).toEqual(['ana', 'bo', 'dee']);
    expect(entriesUnder(org.state(), 'coming/')).toEqual([]);
  });

  it('is taken back with the decision, before the seat is free and after (S66)', () => {
    const reversed = (atMs: number): Organization => {
      const org = found(bylaws(), { member: members, director: ['ana', 'bo', 'cy'] });
      elected(org, { ana: ['dee', 'eve', 'fay'], bo: ['dee'] });
      const undoing: Note = notesFor(org).propose('bo', 'undoing', { decision: org.view(1).id });
      org.epoch(atMs, undoing);
      org.epoch(year(1) + day);
      return org;
    };
    const before = reversed(closesMs + day);
    expect(directors(before)).toEqual([]);
    expect(entriesUnder(before.state(), 'coming/')).toEqual([]);
  });

  it('takes no ballot with more marks than `marks at most`', () => {
    const org = found(bylaws(), { member: members, director: ['ana'] });
    org.epoch(opensMs);
    const { act, ballot } = notesFor(org);
    org.epoch(opensMs + hour, ...members.slice(1).map((name) => act(name, 1, 'nominate')));
    org.epoch(opensMs + 7 * day);
    const names = members.slice(1);
    expect(org.epoch(opensMs + 8 * day, ballot('ana', 1, names.slice(0, 4)), ballot('bo', 1, names.slice(0, 3))).verdicts).toEqual(['GDO1052', 'ok']);
  });
});

describe('winners (S131, S45)', () => {
  it('are the first so many and the others, in order of election', () => {
    const text = bylaws('3 directors').replace(
      '    grant director to the winners\n',
      '    grant director to the first 1 winners\n    grant chair to the other winners\n',
    );
    const org = found(text, { member: members });
    elected(org, { ana: ['fay', 'dee', 'eve'], bo: ['fay', 'dee'], cy: ['fay'] });
    expect(directors(org)).toEqual(['fay']);
    expect(holdersOf(org.state(), org.charter, 'chair')).toEqual(['dee', 'eve']);
  });

  it('may be fewer than the seats, which then stay vacant', () => {
    const org = found(bylaws('3 directors'), { member: members });
    elected(org, { ana: ['fay', 'dee'], bo: ['fay'] });
    expect(readCase(org.state(), org.view(1).id)?.winners).toEqual(['fay', 'dee']);
    expect(directors(org)).toEqual(['dee', 'fay']);
  });
});
