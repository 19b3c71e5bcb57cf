// What becomes of the seats that winners of `elects the vacant R` wait for: several grants, several elections, losses and disputes in between, and the order in
// which they are given (S131, S120, docs/decisions/0107).
import { describe, expect, it } from 'vitest';
import { readCase, readEntry } from '../../../engine/index.ts';
import { closesMs, directorsText, elected as electedIn, holders, inTeams, members, opensMs, termEnd, told, year, type Lines } from './directors.ts';
import { day, found, hour, notesFor, type Epoch, type Note, type Organization } from './organization.ts';

/** What happens to seats between an election and the end of a term, beside naming and appeals. */
const processes = `process brief
  started by any member
  outcome named
    grant director to the candidate for 10 days
  end
end
process ejection
  started by any member
  outcome ejected
    remove director from the subject
  end
end
process attendance
  started by any member
  vote show
    voters directors
    open for 2 days
    passes when more than 1/2 of votes cast are yes
    otherwise go to refused
  end
end
process dispute
  started by any member
  while open hold the decision
  step talk
    when 1 member approves go to upheld
    after 90 days go to refused
  end
  outcome upheld
    reverse the decision
  end
end
`;

const roles = 'role chair plural chairs\n  held by 0 to 3 people\n  lost with director\nend\n';

const began = (lines: Lines, director: readonly string[], chair: readonly string[] = []): Organization =>
  found(directorsText({ lost: 'resignation or ejection', roles, processes, ...lines }), { member: members, director, chair });

/** Plays an election to its close: the winners are these people, in this order. The first one begins by the calendar. */
function elected(org: Organization, winners: readonly string[], number = 1, startMs = opensMs): Epoch {
  if (number === 1) org.epoch(startMs);
  return electedIn(org, winners, number, startMs);
}

/** A second election that begins an hour after the close of the first. */
function electedAgain(org: Organization, winners: readonly string[]): Epoch {
  const startMs = closesMs + hour;
  org.epoch(startMs, notesFor(org).propose('una', 'election'));
  return elected(org, winners, 2, startMs);
}

const againMs = closesMs + hour + 14 * day;
const proposed = (org: Organization, atMs: number, process: string, body: Note['body'] = {}): Epoch =>
  org.epoch(atMs, notesFor(org).propose('una', process, body));

describe('two grants of one role to winners', () => {
  const grants = 'grant director to the first 1 winners\n    grant director to the other winners';

  it('give no seat twice: whoever is elected again by the one keeps it from the other', () => {
    const org = began({ grants }, ['ana', 'bo', 'cy']);
    expect(told(elected(org, ['dee', 'ana', 'eve']))).toEqual([]);
    expect(told(org.epoch(year))).toEqual([]);
    expect(holders(org)).toEqual(['ana', 'dee', 'eve']);
  });
});

describe('seats that come free together', () => {
  it('are given in the order of the elections, so the one who was elected first acts where only the first holder does (S12)', () => {
    const org = began({ lost: 'expiry' }, ['ana', 'bo', 'cy']);
    elected(org, ['fay', 'dee']);
    electedAgain(org, ['eve']);
    org.epoch(year);
    expect([holders(org), holders(org, 'speaker')]).toEqual([['dee', 'eve', 'fay'], ['fay']]);
    const orders = ['fay', 'dee', 'eve'].map((name) => readEntry(org.state(), `role/director/${name}`)?.['order']);
    expect(orders).toEqual([0, 1, 2]);
  });

  it('are left by all whose term is over before anybody who comes is judged', () => {
    const org = began({ seats: 2, more: '  limit 1 director per team\n' }, ['ana', 'bo']);
    const teams = { ana: 'Red', bo: 'Blue', dee: 'Blue', eve: 'Red' };
    org.epoch(day, ...inTeams(teams));
    elected(org, ['dee', 'eve']);
    expect([told(org.epoch(year)), holders(org)]).toEqual([[], ['dee', 'eve']]);
  });
});

describe('whoever is elected twice to the seat they wait for (docs/decisions/0191)', () => {
  const twice = (): Organization => {
    const org = began({}, ['ana', 'bo', 'cy']);
    elected(org, ['dee']);
    electedAgain(org, ['dee', 'eve']);
    return org;
  };
  const reversed = (org: Organization, number: number): readonly string[] | undefined => {
    proposed(org, againMs + number * day, 'appeal', { decision: org.view(number).id });
    return readCase(org.state(), org.view(number).id)?.unreversed;
  };

  it.each([
    [[1], [['`director` of `dee`, given again since']], ['cy', 'dee', 'eve']],
    [[2], [undefined], ['bo', 'cy', 'dee']],
    [
      [1, 2],
      [['`director` of `dee`, given again since'], undefined],
      ['ana', 'bo', 'cy'],
    ],
  ])('has it by the election that stands: %j taken back', (numbers, left, after) => {
    const org = twice();
    expect(numbers.map((number) => reversed(org, number))).toEqual(left);
    org.epoch(year);
    expect(holders(org)).toEqual(after);
  });

  it('has it from the last of them', () => {
    const org = twice();
    org.epoch(year);
    expect(readEntry(org.state(), 'role/director/dee')?.['by']).toBe(org.view(2).id);
  });
});

describe('whoever is elected again to their own seat (S131 "holds it from then")', () => {
  const again = (lines: Lines): Organization => {
    const org = began(lines, ['ana', 'bo', 'cy'], ['ana']);
    elected(org, ['ana']);
    return org;
  };

  it('loses it with the old term where the new one is refused, also where that has been shortened meanwhile', () => {
    const org = again({ lost: 'expiry', more: '  limit 2 terms in a row\n' });
    proposed(org, closesMs + day, 'brief', { candidate: 'ana' });
    org.epoch(closesMs + 11 * day);
    expect([termEnd(org, 'ana'), holders(org, 'chair')]).toEqual([closesMs + 11 * day, ['ana']]);
    expect(told(org.epoch(year))).toEqual(['Not granted: `ana` has served as many terms as `director` allows in a row']);
    expect([holders(org), holders(org, 'chair')]).toEqual([[], []]);
  });

  it('loses it at once where the election is taken back after the old term was shortened and is over', () => {
    const org = again({ lost: 'expiry' });
    proposed(org, closesMs + day, 'brief', { candidate: 'ana' });
    org.epoch(closesMs + 11 * day);
    proposed(org, closesMs + 12 * day, 'appeal', { decision: org.view(1).id });
    expect(holders(org)).toEqual(['bo', 'cy']);
  });

  it('has it back at the end of the old term, and not before, where they have lost it by votes that they missed', () => {
    const org = again({ lost: 'expiry or 2 missed votes in a row' });
    proposed(org, closesMs + day, 'attendance');
    org.epoch(closesMs + 2 * day, ...['bo', 'cy'].map((name) => notesFor(org).ballot(name, 2, 'yes')));
    org.epoch(closesMs + 3 * day);
    expect([org.view(2).result, holders(org), holders(org, 'chair')]).toEqual(['passed', ['bo', 'cy'], []]);
    expect(told(org.epoch(year))).toEqual([]);
    expect([holders(org), termEnd(org, 'ana'), holders(org, 'chair')]).toEqual([['ana'], 2 * year, []]);
  });

  it('has it then, too, where a case has removed them meanwhile, and not where another one has filled the seat', () => {
    for (const [fills, left, said] of [
      [false, ['ana', 'bo', 'cy'], []],
      [true, ['bo', 'cy', 'eve'], ['Not granted: every seat of `director` is held: 3 of 3']],
    ] as const) {
      const org = again({});
      proposed(org, closesMs + day, 'ejection', { subject: 'ana' });
      expect(holders(org)).toEqual(['bo', 'cy']);
      if (fills) proposed(org, closesMs + 2 * day, 'naming', { candidate: 'eve' });
      expect([told(org.epoch(year)), holders(org)]).toEqual([said, left]);
    }
  });

  it('gives it up by resigning', () => {
    const org = again({});
    const left = org.epoch(closesMs + day, { by: 'ana', kind: 'resign', body: { role: 'director' } });
    expect([told(left), holders(org)]).toEqual([['Not granted: `ana` has resigned from `director`'], ['bo', 'cy']]);
    expect([told(org.epoch(year)), holders(org)]).toEqual([[], ['bo', 'cy']]);
  });
});

describe('a seat whose election is disputed (S120)', () => {
  const disputed = (lines: Lines, winner: string, atMs: number): Organization => {
    const org = began(lines, ['ana', 'bo', 'cy']);
    elected(org, [winner]);
    proposed(org, atMs, 'dispute', { decision: org.view(1).id });
    return org;
  };

  it("is nobody else's yet when its term is over: it waits for the end of the dispute", () => {
    const org = disputed({ lost: 'expiry' }, 'dee', closesMs + day);
    expect([told(org.epoch(year)), holders(org)]).toEqual([[], []]);
    const endMs = closesMs + 91 * day;
    expect(org.due()).toBe(endMs);
    org.epoch(endMs);
    expect([holders(org), readEntry(org.state(), 'role/director/dee')?.['since'], org.due()]).toEqual([['dee'], endMs, opensMs + year]);
  });

  it('is not left by whoever sits there without an end, and is lost with the decision', () => {
    for (const [upheld, left] of [
      [false, ['bo', 'cy', 'dee']],
      [true, ['ana', 'bo', 'cy']],
    ] as const) {
      const org = disputed({}, 'dee', closesMs + day);
      org.epoch(year);
      expect(holders(org)).toEqual(['ana', 'bo', 'cy']);
      if (upheld) org.epoch(year + day, notesFor(org).act('una', 2, 'approve'));
      org.epoch(closesMs + 91 * day);
      expect(holders(org)).toEqual(left);
    }
  });

  it('is given where another election to it is not disputed', () => {
    const org = began({}, ['ana', 'bo', 'cy']);
    elected(org, ['dee']);
    electedAgain(org, ['dee']);
    proposed(org, againMs + day, 'dispute', { decision: org.view(2).id });
    org.epoch(year);
    expect([holders(org), readEntry(org.state(), 'role/director/dee')?.['by']]).toEqual([['bo', 'cy', 'dee'], org.view(1).id]);
  });

  it('is lost with the old term meanwhile by whoever was elected again, and had again after the dispute', () => {
    const org = disputed({ lost: 'expiry' }, 'ana', closesMs + day);
    org.epoch(year);
    expect(holders(org)).toEqual([]);
    org.epoch(closesMs + 91 * day);
    expect(holders(org)).toEqual(['ana']);
  });

  it('is lost at once by whoever was elected again and went on in it after a term that was shortened', () => {
    const org = began({ lost: 'expiry' }, ['ana', 'bo', 'cy']);
    elected(org, ['ana']);
    proposed(org, closesMs + hour, 'brief', { candidate: 'ana' });
    org.epoch(closesMs + hour + 10 * day);
    expect(holders(org)).toEqual(['ana', 'bo', 'cy']);
    proposed(org, closesMs + 11 * day, 'dispute', { decision: org.view(1).id });
    expect(holders(org)).toEqual(['bo', 'cy']);
  });
});

describe('whoever is elected again while another winner waits for their seat', () => {
  const second = (org: Organization, first: readonly string[], winners: readonly string[]): readonly string[] => {
    elected(org, first);
    return told(electedAgain(org, winners));
  };

  it('goes on, and the other one takes the next seat, where that comes free no later', () => {
    const org = began({ lost: 'expiry' }, ['ana', 'bo', 'cy'], ['ana']);
    expect(second(org, ['dee'], ['ana', 'eve'])).toEqual([]);
    expect(told(org.epoch(year))).toEqual([]);
    expect([holders(org), holders(org, 'chair'), termEnd(org, 'ana')]).toEqual([['ana', 'dee', 'eve'], ['ana'], 2 * year]);
  });

  it('takes the next seat when that is free where it comes free later: the other one waits no longer than before', () => {
    for (const lost of ['expiry', 'ejection']) {
      const org = began({ lost, seats: 2 }, ['bo', 'ana']);
      // The term of bo ends ten days after that of ana.
      proposed(org, 10 * day, 'naming', { candidate: 'bo' });
      org.epoch(opensMs);
      elected(org, ['dee'], 2);
      const startMs = closesMs + hour;
      org.epoch(startMs, notesFor(org).propose('una', 'election'));
      expect(told(elected(org, ['ana'], 3, startMs))).toEqual([]);
      org.epoch(year);
      expect(holders(org)).toEqual(['bo', 'dee']);
      expect([told(org.epoch(year + 10 * day)), holders(org)]).toEqual([[], ['ana', 'dee']]);
    }
  });

  it('goes on where a seat is empty besides, which is kept for the two of them', () => {
    for (const lost of ['resignation or expiry', 'resignation']) {
      const org = began({ lost }, ['ana', 'bo', 'cy'], ['ana']);
      elected(org, ['dee']);
      org.epoch(closesMs + hour, notesFor(org).propose('una', 'election'), { by: 'cy', kind: 'resign', body: { role: 'director' } });
      expect(told(elected(org, ['ana', 'eve'], 2, closesMs + hour))).toEqual([]);
      expect(holders(org)).toEqual(['ana', 'bo']);
      expect(told(org.epoch(year))).toEqual([]);
      expect([holders(org), holders(org, 'chair')]).toEqual([['ana', 'dee', 'eve'], ['ana']]);
    }
  });

  it('gives way where that seat has been filled meanwhile, and is told', () => {
    const org = began({ lost: 'resignation' }, ['ana', 'bo', 'cy']);
    elected(org, ['dee']);
    org.epoch(closesMs + hour, notesFor(org).propose('una', 'election'), { by: 'cy', kind: 'resign', body: { role: 'director' } });
    elected(org, ['ana'], 2, closesMs + hour);
    proposed(org, againMs + day, 'naming', { candidate: 'fay' });
    expect(told(org.epoch(year))).toEqual(['Not granted: every seat of `director` is held: 3 of 3']);
    expect(holders(org)).toEqual(['bo', 'dee', 'fay']);
  });

  it('is given nothing where no seat comes free besides, and is told', () => {
    for (const lost of ['expiry', 'ejection']) {
      const org = began({ lost, seats: 1 }, ['ana']);
      expect(second(org, ['dee'], ['ana'])).toEqual(['Not granted: another winner waits for the seat of `ana`, and no other comes free']);
      expect([holders(org), termEnd(org, 'ana')]).toEqual([['ana'], year]);
      expect([told(org.epoch(year)), holders(org)]).toEqual([[], ['dee']]);
    }
  });

  it('does so, too, where they were named anew meanwhile and their term goes on beyond the next election', () => {
    const org = began({ seats: 2, lost: 'expiry' }, ['ana', 'bo']);
    elected(org, ['dee']);
    org.epoch(closesMs + hour, notesFor(org).propose('una', 'election'), notesFor(org).propose('una', 'naming', { candidate: 'ana' }));
    expect(told(elected(org, ['ana'], 2, closesMs + hour))).toEqual([]);
    org.epoch(year);
    expect([holders(org), termEnd(org, 'ana')]).toEqual([['ana', 'dee'], 2 * year]);
  });
});
