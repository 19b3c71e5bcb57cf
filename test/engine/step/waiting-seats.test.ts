// Which seat a winner of `elects the vacant R` waits for, who may go on waiting, and what becomes of those who may not (S131, docs/decisions/0107, 0191).
import { describe, expect, it } from 'vitest';
import { addDuration, readCase } from '../../../engine/index.ts';
import { after, began, closesMs, directorsText, elected, holders, members, opensMs, termEnd, told, vote, year, yearly, type Lines } from './directors.ts';
import { day, found, hour, notesFor, type Organization } from './organization.ts';

const appealed = (org: Organization, atMs: number, number: number): readonly string[] | undefined => {
  org.epoch(atMs, notesFor(org).propose('una', 'appeal', { decision: org.view(number).id }));
  return readCase(org.state(), org.view(number).id)?.unreversed;
};

describe('a winner for whom no seat is empty any more (S131)', () => {
  const chairs = 'role chair plural chairs\n  held by 0 to 3 people\n  gained through election\nend\n';
  const full = 'Not granted: every seat of `director` is held: 3 of 3';
  const cases: readonly (readonly [string, Lines, boolean])[] = [
    ['waits for a term that ends before the next election', {}, true],
    ['waits for a term that ends the month before the next election', { term: '  term 22 months\n' }, true],
    ['has no seat where terms end with the next election', { term: '  term 23 months\n' }, false],
    ['has no seat where nobody has a term', { term: '' }, false],
    ['has no seat where no next election is written', { starts: '' }, false],
    ['has no seat where so many are elected', { elects: '1 director' }, false],
    ['has no seat of a role that the vote was not about', { elects: 'the vacant chairs', roles: chairs }, false],
  ];
  it.each(cases)('%s', (_, lines, waits) => {
    const org = began(lines, ['ana', 'bo']);
    const { propose } = notesFor(org);
    org.epoch(opensMs, ...(lines.starts === '' ? [propose('una', 'election')] : []));
    // The seat that was empty when the vote opened is filled while it is open.
    const closed = elected(org, ['dee'], 1, opensMs, () => void org.epoch(opensMs + 9 * day, propose('una', 'naming', { candidate: 'cy' })));
    expect([told(closed), holders(org)]).toEqual([waits ? [] : [full], ['ana', 'bo', 'cy']]);
    org.epoch(after(22));
    expect(holders(org)).toEqual(waits ? ['bo', 'cy', 'dee'] : ['ana', 'bo', 'cy']);
  });

  it('waits as a winner, and nobody else whom the outcome grants the role does', () => {
    const org = began({ grants: 'grant director to the author' }, ['ana', 'bo', 'cy']);
    org.epoch(opensMs);
    org.epoch(opensMs + hour, notesFor(org).propose('fay', 'election'));
    const closed = elected(org, ['dee'], 2, opensMs + hour);
    expect(told(closed)).toEqual([full]);
    org.epoch(year);
    expect(holders(org)).toEqual(['ana', 'bo', 'cy']);
  });
});

describe('the seats that winners wait for (docs/decisions/0107)', () => {
  it.each([
    [['dee'], ['ana', 'cy', 'dee'], ['ana', 'cy', 'dee']],
    [
      ['dee', 'eve'],
      ['cy', 'dee', 'eve'],
      ['cy', 'dee', 'eve'],
    ],
    [
      ['dee', 'eve', 'fay'],
      ['cy', 'dee', 'eve'],
      ['dee', 'eve', 'fay'],
    ],
  ])('of %j are those of the earliest ends, of one end the one granted first', (winners, atYear, later) => {
    const org = began({}, ['cy', 'bo', 'ana']);
    // Whoever was granted the role first has the latest end.
    org.epoch(10 * day, notesFor(org).propose('una', 'naming', { candidate: 'cy' }));
    org.epoch(opensMs);
    elected(org, winners, 2);
    org.epoch(year);
    expect(holders(org)).toEqual(atYear);
    org.epoch(year + 10 * day);
    expect(holders(org)).toEqual(later);
  });

  it('are given in the order of the elections, also where nothing looked at them as they came free (S12)', () => {
    const org = began({ seats: 2 }, ['cy', 'bo']);
    org.epoch(10 * day, notesFor(org).propose('una', 'naming', { candidate: 'cy' }));
    org.epoch(opensMs);
    elected(org, ['fay', 'dee'], 2);
    org.epoch(year + 30 * day);
    expect([holders(org), holders(org, 'speaker')]).toEqual([['dee', 'fay'], ['fay']]);
  });

  it('are taken at once where the term of whoever sits there ends with the election', () => {
    const org = began({ seats: 1 }, ['ana']);
    org.epoch(opensMs);
    org.epoch(closesMs, notesFor(org).propose('una', 'naming', { candidate: 'ana' }));
    const nextMs = after(23);
    org.epoch(nextMs);
    elected(org, ['dee'], 3, nextMs);
    expect(holders(org)).toEqual(['dee']);
  });

  it('leave the empty ones to those who have none: whoever goes on in their own seat uses up no other', () => {
    const org = began({}, ['ana', 'bo']);
    org.epoch(opensMs);
    elected(org, ['ana', 'dee']);
    expect(holders(org)).toEqual(['ana', 'bo', 'dee']);
    org.epoch(year);
    expect([holders(org), termEnd(org, 'ana')]).toEqual([['ana', 'bo', 'dee'], 2 * year]);
  });

  it('are no second ones for whoever sits on a seat that the vote is not about: their own term begins anew', () => {
    const org = began({ term: '  term 3 years in 3 staggered groups\n' }, ['ana', 'bo', 'cy']);
    org.epoch(opensMs);
    expect(told(elected(org, ['bo']))).toEqual([]);
    const end = addDuration(closesMs, { count: 3, unit: 'year' });
    expect(termEnd(org, 'bo')).toBe(end);
    org.epoch(year);
    expect([holders(org), termEnd(org, 'bo')]).toEqual([['ana', 'bo', 'cy'], end]);
  });

  it('are those of one role: whoever waits for a seat of another one may wait here too, and for that of the same person', () => {
    const auditors = `role auditor plural auditors\n  held by 0 to 3 people\n  term 1 year\n  lost through resignation\n  gained through audit\nend\n`;
    const audit = `process audit\n${yearly}${vote('the vacant auditors', 'grant auditor to the winners')}end\n`;
    const org = began({ roles: auditors, processes: audit }, ['ana', 'bo', 'cy'], { auditor: ['ana', 'bo', 'cy'] });
    org.epoch(opensMs);
    const [election, audits] = org.view(1).process === 'election' ? [1, 2] : [2, 1];
    const { act, ballot } = notesFor(org);
    org.epoch(opensMs + hour, act('dee', election, 'nominate'), act('dee', audits, 'nominate'), act('eve', audits, 'nominate'));
    org.epoch(opensMs + 7 * day);
    org.epoch(opensMs + 8 * day, ballot('una', election, ['dee']), ballot('una', audits, ['dee', 'eve']), ballot('vic', audits, ['eve']));
    org.epoch(closesMs);
    org.epoch(year);
    expect([holders(org), holders(org, 'auditor')]).toEqual([
      ['bo', 'cy', 'dee'],
      ['cy', 'dee', 'eve'],
    ]);
  });
});

describe('winners whom a second vote confirms', () => {
  const confirmed = directorsText().replace(
    '    when elected go to seated\n    otherwise go to refused\n  end\n',
    '    when elected go to confirming\n    otherwise go to refused\n  end\n  vote confirming\n    voters members\n    open for 2 days\n    passes when more than 1/2 of votes cast are yes\n    when passed go to seated\n    otherwise go to refused\n  end\n',
  );

  it('wait for the seats of the vote that elected them', () => {
    const org = found(confirmed, { member: members, director: ['ana', 'bo', 'cy'] });
    const { act, ballot } = notesFor(org);
    org.epoch(opensMs);
    org.epoch(opensMs + hour, ...['dee', 'eve'].map((name) => act(name, 1, 'nominate')));
    org.epoch(opensMs + 7 * day);
    org.epoch(opensMs + 8 * day, ballot('una', 1, ['dee', 'eve']), ballot('vic', 1, ['dee']));
    org.epoch(closesMs);
    org.epoch(closesMs + day, ballot('una', 1, 'yes'));
    expect(told(org.epoch(closesMs + 2 * day))).toEqual([]);
    expect([org.view(1).outcome, holders(org)]).toEqual(['seated', ['ana', 'bo', 'cy']]);
    org.epoch(year);
    expect(holders(org)).toEqual(['cy', 'dee', 'eve']);
  });
});

describe('whoever is granted the role by another case while they wait', () => {
  it('loses what that one gave when it is taken back, and goes on waiting (S66)', () => {
    const org = began({}, ['ana', 'bo', 'cy']);
    org.epoch(opensMs);
    elected(org, ['dee']);
    org.epoch(closesMs + day, { by: 'bo', kind: 'resign', body: { role: 'director' } });
    org.epoch(closesMs + 2 * day, notesFor(org).propose('una', 'naming', { candidate: 'dee' }));
    expect(holders(org)).toEqual(['ana', 'cy', 'dee']);
    expect([appealed(org, closesMs + 3 * day, 2), holders(org)]).toEqual([undefined, ['ana', 'cy']]);
    org.epoch(year);
    expect(holders(org)).toEqual(['cy', 'dee']);
  });
});

describe('whoever waits for a seat and is elected once more (docs/decisions/0191)', () => {
  const twice = (): Organization => {
    const org = began({}, ['ana', 'bo', 'cy']);
    org.epoch(opensMs);
    elected(org, ['dee']);
    org.epoch(closesMs + hour, notesFor(org).propose('una', 'election'));
    expect(told(elected(org, ['dee', 'eve'], 2, closesMs + hour))).toEqual([]);
    return org;
  };

  it('goes on waiting for that one, and the next winner waits for the next', () => {
    const org = twice();
    org.epoch(year);
    expect(holders(org)).toEqual(['cy', 'dee', 'eve']);
  });

  it('does so also where the second election is taken back, in which whoever else won loses the seat (S66)', () => {
    const org = twice();
    expect(appealed(org, closesMs + 15 * day, 2)).toBeUndefined();
    org.epoch(year);
    expect(holders(org)).toEqual(['bo', 'cy', 'dee']);
  });
});

describe('a seat that is kept for whoever goes on while another winner takes theirs (docs/decisions/0107)', () => {
  const quick = directorsText().replaceAll('7 days', '1 day');

  it('is no empty one for the winner of the next election', () => {
    const org = found(quick, { member: members, director: ['ana', 'bo', 'cy'] });
    const { act, ballot, propose } = notesFor(org);
    const won = (winner: string, number: number, startMs: number): void => {
      org.epoch(startMs, ...(number === 1 ? [] : [propose('una', 'election')]));
      org.epoch(startMs + hour, act(winner, number, 'nominate'));
      org.epoch(startMs + day);
      org.epoch(startMs + day + hour, ballot('una', number, [winner]));
      org.epoch(startMs + 2 * day);
      expect(org.view(number).outcome).toBe('seated');
    };
    won('dee', 1, opensMs);
    org.epoch(opensMs + 3 * day, { by: 'cy', kind: 'resign', body: { role: 'director' } });
    won('ana', 2, opensMs + 4 * day);
    won('eve', 3, opensMs + 7 * day);
    expect(holders(org)).toEqual(['ana', 'bo']);
    org.epoch(year);
    expect(holders(org)).toEqual(['ana', 'dee', 'eve']);
  });
});

describe('an election that is taken back (S66)', () => {
  it('gives their seats back to those who lost them to its winners, and to nobody else', () => {
    const org = began({}, ['ana', 'bo', 'cy']);
    org.epoch(opensMs);
    elected(org, ['dee', 'eve', 'bo']);
    org.epoch(year);
    expect(holders(org)).toEqual(['bo', 'dee', 'eve']);
    expect([appealed(org, year + day, 1), holders(org)]).toEqual([undefined, ['ana', 'bo', 'cy']]);
    expect(['ana', 'bo', 'cy'].map((name) => termEnd(org, name))).toEqual([year, year, year]);
  });
});

describe('whoever is elected again and may not go on (docs/decisions/0107)', () => {
  it('has no new term where they have resigned meanwhile, and is told', () => {
    const org = began({}, ['ana', 'bo', 'cy']);
    org.epoch(opensMs);
    elected(org, ['ana']);
    const left = org.epoch(closesMs + day, { by: 'ana', kind: 'resign', body: { role: 'director' } });
    expect([told(left), holders(org)]).toEqual([['Not granted: `ana` has resigned from `director`'], ['bo', 'cy']]);
    org.epoch(year);
    expect(holders(org)).toEqual(['bo', 'cy']);
  });

  it.each([
    ['loses the seat with the old term', 'expiry or resignation', []],
    ['sits on where nothing but an election ends a term', 'resignation', ['ana', 'bo', 'cy']],
  ])('%s', (_, lost, left) => {
    const org = began({ lost, more: '  open to members\n' }, ['ana', 'bo', 'cy']);
    org.epoch(opensMs);
    elected(org, ['ana']);
    org.epoch(closesMs + day, { by: 'ana', kind: 'resign', body: { role: 'member' } });
    expect(holders(org)).toEqual(['ana', 'bo', 'cy']);
    expect(told(org.epoch(year))).toEqual(['Not granted: `ana` is not among those `director` is open to']);
    expect(holders(org)).toEqual(left);
  });
});
