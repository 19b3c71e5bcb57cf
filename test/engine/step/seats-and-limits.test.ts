// Seats that come free together under limits and caps of the role, and whoever holds the role already when their turn comes (S114, S131, docs/decisions/0107).
import { describe, expect, it } from 'vitest';
import { openRequirements, readEntry } from '../../../engine/index.ts';
import { began, closesMs, directorsText, elected, holders, inTeams, members, opensMs, termEnd, told, year } from './directors.ts';
import { compile, day, found, hour, notesFor, type Organization } from './organization.ts';

const opened = (org: Organization): Organization => {
  org.epoch(opensMs);
  return org;
};

describe('seats that come free together under a cap that is a share (S114)', () => {
  const half = { seats: 4, lost: 'resignation or expiry', more: '  limit 1/2 of directors per team\n' };
  const teams = { dee: 'Red', eve: 'Red', fay: 'Blue', cy: 'Blue' };

  it('are given together: the share is of all who hold the role then', () => {
    const org = began(half, ['una', 'vic', 'wes', 'xia']);
    org.epoch(day, ...inTeams(teams));
    opened(org);
    elected(org, ['dee', 'eve', 'fay', 'cy']);
    expect([told(org.epoch(year)), holders(org)]).toEqual([[], ['cy', 'dee', 'eve', 'fay']]);
  });

  it('are not a share of those who are refused', () => {
    const org = began({ ...half, more: `${half.more}  open to members\n` }, ['una', 'vic', 'wes', 'xia']);
    org.epoch(day, ...inTeams(teams));
    opened(org);
    elected(org, ['dee', 'eve', 'fay', 'cy']);
    org.epoch(closesMs + day, { by: 'cy', kind: 'resign', body: { role: 'member' } });
    // Of two people of the one team and one of the other a half is one, and so it is of two.
    const over = (name: string): string => `Not granted: with \`${name}\` more people of one group would hold \`director\` than its cap allows`;
    expect([told(org.epoch(year)), holders(org)]).toEqual([
      [over('eve'), over('cy')],
      ['dee', 'fay'],
    ]);
  });

  it('are not a share of those who may not go on in their own seats', () => {
    const org = began({ seats: 3, lost: 'resignation or expiry', more: '  limit 2/3 of directors per team\n  open to members\n' }, ['una', 'vic', 'ana']);
    org.epoch(day, ...inTeams({ dee: 'Red', eve: 'Red' }));
    opened(org);
    elected(org, ['dee', 'eve', 'ana']);
    org.epoch(closesMs + day, { by: 'ana', kind: 'resign', body: { role: 'member' } });
    expect([told(org.epoch(year)), holders(org)]).toEqual([
      [
        'Not granted: with `eve` more people of one group would hold `director` than its cap allows',
        'Not granted: `ana` is not among those `director` is open to',
      ],
      ['dee'],
    ]);
  });

  it('are those of one line of an outcome, and of each election by itself', () => {
    const org = began(half, ['una', 'vic', 'wes', 'xia']);
    org.epoch(day, ...inTeams(teams));
    opened(org);
    elected(org, ['dee', 'cy']);
    org.epoch(closesMs + hour, notesFor(org).propose('una', 'election'));
    elected(org, ['eve', 'fay'], 2, closesMs + hour);
    expect([told(org.epoch(year)), holders(org)]).toEqual([[], ['cy', 'dee', 'eve', 'fay']]);
  });
});

describe('whoever holds the role already when their turn comes', () => {
  const named = (lost: string): Organization => {
    const org = opened(began({ lost }, ['ana', 'bo', 'cy']));
    elected(org, ['dee']);
    org.epoch(closesMs + day, { by: 'bo', kind: 'resign', body: { role: 'director' } });
    org.epoch(closesMs + 2 * day, notesFor(org).propose('una', 'naming', { candidate: 'dee' }));
    expect(holders(org)).toEqual(['ana', 'cy', 'dee']);
    return org;
  };

  it('has the term they were elected for, and nobody leaves for them', () => {
    const org = named('resignation');
    expect(told(org.epoch(year))).toEqual([]);
    expect([holders(org), termEnd(org, 'dee'), readEntry(org.state(), 'role/director/dee')?.['by']]).toEqual([['ana', 'cy', 'dee'], 2 * year, org.view(1).id]);
  });

  it('leaves the seat they waited for to whoever waits for the one they sit on', () => {
    const brief = 'process brief\n  started by any member\n  outcome named\n    grant director to the candidate for 90 days\n  end\nend\n';
    const org = opened(began({ processes: brief }, ['ana', 'bo', 'cy']));
    const { propose } = notesFor(org);
    elected(org, ['dee']);
    org.epoch(closesMs + hour, { by: 'bo', kind: 'resign', body: { role: 'director' } });
    org.epoch(closesMs + 2 * hour, propose('una', 'brief', { candidate: 'dee' }));
    org.epoch(closesMs + 3 * hour, propose('una', 'election'));
    elected(org, ['eve', 'fay'], 3, closesMs + 3 * hour);
    expect([holders(org), termEnd(org, 'dee')]).toEqual([['ana', 'cy', 'dee'], closesMs + 2 * hour + 90 * day]);
    expect([told(org.epoch(year)), holders(org), termEnd(org, 'dee')]).toEqual([[], ['dee', 'eve', 'fay'], 2 * year]);
    org.epoch(closesMs + 91 * day);
    expect(holders(org)).toEqual(['dee', 'eve', 'fay']);
  });
});

describe('a seat whose election is held by a case that new bylaws end (S58, S120)', () => {
  const amendable = (days: number): string =>
    directorsText({
      roles: 'area rules covers "bylaws/**"\n',
      processes: `process dispute\n  in flight abort\n  started by any member\n  while open hold the decision\n  step talk\n    after ${days} days go to refused\n  end\nend
process amendment\n  governs rules\n  started by any member\n  step talk\n    when any member approves go to accepted\n    after 9 days go to refused\n  end\nend\n`,
    });

  it('is given at the same instant: the checkpoint after the one with the new bylaws gives it', () => {
    const next = compile(amendable(91));
    const org = opened(found(amendable(90), { member: members, director: ['ana', 'bo', 'cy'] }, { content: [['bylaws/a', '100644:ba']] }));
    const { propose, proposeChange, act, attest } = notesFor(org);
    elected(org, ['dee']);
    org.epoch(closesMs + day, propose('una', 'dispute', { decision: org.view(1).id }));
    org.epoch(year);
    const change = [{ path: 'bylaws/a', old: '100644:ba', new: '100644:bb' }];
    org.epoch(year + day, { ...proposeChange('una', 'amendment', change, { adopts: next.hash, inFlight: 'abort' }), adopts: next });
    org.epoch(year + day + 1, act('una', 3, 'approve'));
    const endMs = year + day + 2;
    org.epoch(endMs, attest('ana', 3, 'gdo-check', openRequirements(org.state())[0]?.candidate ?? ''));
    expect([org.view(2).status, holders(org), org.due()]).toEqual(['refused', ['ana', 'bo', 'cy'], endMs]);
    org.epoch(endMs);
    expect(holders(org)).toEqual(['bo', 'cy', 'dee']);
  });
});

describe('a winner whom a limit refuses', () => {
  it('uses up no empty seat: the next winner has it', () => {
    const org = began({ lost: 'resignation or expiry', more: '  open to members\n' }, ['ana']);
    opened(org);
    elected(org, ['dee', 'eve', 'fay'], 1, opensMs, () => void org.epoch(opensMs + 9 * day, { by: 'dee', kind: 'resign', body: { role: 'member' } }));
    expect(holders(org)).toEqual(['ana', 'eve', 'fay']);
  });
});
