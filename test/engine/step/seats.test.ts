// Seats of a role and how a vote fills them: marks, empty seats, seats that are not free yet, first and other winners.
import { describe, expect, it } from 'vitest';
import { entriesUnder, holdersOf, readCase, readEntry } from '../../../engine/index.ts';
import { after, closesMs, directorsText, holders, members, opensMs, termEnd, year } from './directors.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const years = (count: number): number => after(12 * count);

/** Of those who win, some may be chairs. */
const bylaws = (elects = 'the vacant directors', lost = 'expiry or resignation'): string =>
  directorsText({
    elects,
    lost,
    ballot: '    marks at most 3\n',
    roles: 'role chair plural chairs\n  held by 0 to 3 people\n  lost with director\n  gained through election\nend\n',
  });

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

describe('`elects the vacant R` (S131)', () => {
  it('fills seats whose term ends before the next election, and winners hold them from that end', () => {
    const org = found(bylaws(), { member: members, director: ['ana', 'bo', 'cy'] });
    elected(org, { ana: ['dee', 'eve', 'fay'], bo: ['dee', 'eve', 'fay'] });
    expect(org.view(1).outcome).toBe('seated');
    expect(holders(org)).toEqual(['ana', 'bo', 'cy']);
    expect(org.due()).toBe(year);
    org.epoch(year);
    expect(holders(org)).toEqual(['dee', 'eve', 'fay']);
    expect(termEnd(org, 'dee')).toBe(years(2));
  });

  it('lets whoever is elected again go on without a gap, with a new term from the end of the old one', () => {
    const org = found(bylaws(), { member: members, director: ['ana', 'bo', 'cy'], chair: ['ana'] });
    elected(org, { ana: ['ana', 'dee', 'eve'], bo: ['ana', 'dee', 'eve'] });
    expect(termEnd(org, 'ana')).toBe(year);
    org.epoch(year);
    expect(holders(org)).toEqual(['ana', 'dee', 'eve']);
    expect(termEnd(org, 'ana')).toBe(years(2));
    expect(readEntry(org.state(), 'role/director/ana')).toMatchObject({ since: 0, from: year });
    // What is lost with the role is not lost where the role goes on.
    expect(holdersOf(org.state(), org.charter, 'chair')).toEqual(['ana']);
  });

  it('gives empty seats at once, in order of election, and the others later', () => {
    const org = found(bylaws(), { member: members, director: ['ana', 'bo'] });
    elected(org, { ana: ['dee', 'eve', 'fay'], bo: ['dee', 'eve'], cy: ['dee'] });
    expect(holders(org)).toEqual(['ana', 'bo', 'dee']);
    org.epoch(year);
    expect(holders(org)).toEqual(['dee', 'eve', 'fay']);
  });

  it('gives a seat as soon as whoever sat on it leaves', () => {
    const org = found(bylaws(), { member: members, director: ['ana', 'bo', 'cy'] });
    elected(org, { ana: ['dee'], bo: ['dee'] });
    // Of seats that come free together the first granted is the winner's.
    org.epoch(closesMs + day, { by: 'ana', kind: 'resign', body: { role: 'director' } });
    expect(holders(org)).toEqual(['bo', 'cy', 'dee']);
  });

  it('ends a term that nobody loses by its end when the winner comes', () => {
    const org = found(bylaws('the vacant directors', 'resignation'), { member: members, director: ['ana', 'bo', 'cy'] });
    elected(org, { ana: ['dee', 'eve', 'fay'], bo: ['dee'] });
    org.epoch(year);
    expect(holders(org)).toEqual(['dee', 'eve', 'fay']);
  });

  it('leaves seats alone whose term goes on beyond the next election', () => {
    const longer = bylaws().replace('term 1 year', 'term 3 years');
    const org = found(longer, { member: members, director: ['ana', 'bo'] });
    elected(org, { ana: ['dee', 'eve', 'fay'], bo: ['dee', 'eve'], cy: ['dee'] });
    expect(holders(org)).toEqual(['ana', 'bo', 'dee']);
    expect(entriesUnder(org.state(), 'coming/')).toEqual([]);
  });

  it('is taken back with the decision, before the seat is free and after (S66)', () => {
    const reversed = (atMs: number): Organization => {
      const org = found(bylaws(), { member: members, director: ['ana', 'bo', 'cy'] });
      elected(org, { ana: ['dee', 'eve', 'fay'], bo: ['dee'] });
      const appeal: Note = notesFor(org).propose('bo', 'appeal', { decision: org.view(1).id });
      org.epoch(atMs, appeal);
      org.epoch(year + day);
      return org;
    };
    const before = reversed(closesMs + day);
    expect(holders(before)).toEqual([]);
    expect(entriesUnder(before.state(), 'coming/')).toEqual([]);
  });

  it('takes no ballot with more marks than `marks at most`', () => {
    const org = found(bylaws(), { member: members, director: ['ana'] });
    org.epoch(opensMs);
    const { act, ballot } = notesFor(org);
    const others = ['bo', 'cy', 'dee', 'eve', 'fay'];
    org.epoch(opensMs + hour, ...others.map((name) => act(name, 1, 'nominate')));
    org.epoch(opensMs + 7 * day);
    expect(org.epoch(opensMs + 8 * day, ballot('ana', 1, others.slice(0, 4)), ballot('bo', 1, others.slice(0, 3))).verdicts).toEqual(['GDO1052', 'ok']);
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
    expect(holders(org)).toEqual(['fay']);
    expect(holdersOf(org.state(), org.charter, 'chair')).toEqual(['dee', 'eve']);
  });

  it('may be fewer than the seats, which then stay vacant', () => {
    const org = found(bylaws('3 directors'), { member: members });
    elected(org, { ana: ['fay', 'dee'], bo: ['fay'] });
    expect(readCase(org.state(), org.view(1).id)?.winners).toEqual(['fay', 'dee']);
    expect(holders(org)).toEqual(['dee', 'fay']);
  });
});
