// When the remedy of a broken cap runs where it waits for a case (S114, docs/decisions/0061), what it sets off, and what amendments make of it.
import { describe, expect, it } from 'vitest';
import { currentOf, digest, entriesUnder, stateRoot, utf8Encode } from '../../../engine/index.ts';
import { amend, amendment } from './amending.ts';
import { board, boardOf, boardText, certify, sittingOn } from './board.ts';
import { day, notesFor, type Note, type Organization } from './organization.ts';

const three = ['ana', 'bo', 'chi'].map((member) => certify(member, 'Acme'));
const withoutChi = ['ana', 'bo', 'dee', 'eli', 'fay'];
const limit = (remedy: string): string => `  limit 2 board per employer otherwise ${remedy}\n`;
const brokenCaps = (org: Organization): number => entriesUnder(org.state(), 'cap/').length;

const house = (name: string): string =>
  `    vote ${name}\n      voters members\n      open for 2 days\n      passes when more than 1/2 of votes cast are yes\n    end\n`;
/** A process whose cases wait for somebody who approves, and are then voted on in two houses. */
const motion =
  'process motion\n  started by any member\n  step wait\n    when any member approves go to both\n    after 9 days go to refused\n  end\n' +
  `  joint both\n${house('upper')}${house('lower')}    when all pass go to accepted\n    otherwise go to refused\n  end\nend\n`;

describe('a remedy that waits for a case (S114)', () => {
  it('to end, where it names a process alone, and not for one to begin (docs/decisions/0061)', () => {
    const org = boardOf(boardText(limit('at the next joining the newest leaves')));
    const { propose, act } = notesFor(org);
    org.epoch(day, ...three);
    org.epoch(2 * day, propose('gus', 'joining', { candidate: 'gus' }), propose('gus', 'joining', { candidate: 'hal' }));
    expect(sittingOn(org)).toEqual(board);
    org.epoch(3 * day, act('hal', 1, 'approve'));
    expect(sittingOn(org)).toEqual([...withoutChi, 'gus']);
    org.epoch(4 * day, certify('dee', 'Acme'));
    // The other one ends refused, which is an end too.
    org.epoch(11 * day);
    expect([org.view(2).status, sittingOn(org)]).toEqual(['refused', ['ana', 'bo', 'eli', 'fay', 'gus']]);
  });

  it('to get to a vote of a joint, which it does when the joint opens (docs/decisions/0061)', () => {
    const org = boardOf(boardText(limit('at the next motion.lower the newest leaves'), motion));
    const { propose, act } = notesFor(org);
    org.epoch(day, ...three, propose('gus', 'motion'));
    expect(sittingOn(org)).toEqual(board);
    org.epoch(2 * day, act('hal', 1, 'approve'));
    expect([org.view(1).stage, sittingOn(org)]).toEqual(['both', withoutChi]);
  });

  it('to get there after its delay, where it has one', () => {
    const org = boardOf(boardText(limit('after 30 days at the next joining.joined the newest leaves')));
    const { propose, act } = notesFor(org);
    const join = (atMs: number): readonly string[] => {
      org.epoch(atMs - 1, propose('gus', 'joining', { candidate: 'gus' }));
      org.epoch(atMs, act('hal', currentOf(org.state()).cases, 'approve'));
      return sittingOn(org);
    };
    org.epoch(day, ...three);
    expect(join(31 * day - 1)).toEqual([...board, 'gus']);
    org.epoch(31 * day);
    expect([org.due(), sittingOn(org)]).toEqual([undefined, [...board, 'gus']]);
    expect(join(31 * day + 5)).toEqual([...withoutChi, 'gus']);
    expect(brokenCaps(org)).toBe(0);
    org.epoch(40 * day, certify('dee', 'Acme'));
    expect(join(69 * day)).toContain('dee');
    expect(join(70 * day)).not.toContain('dee');
  });

  it('that gets there after the checkpoint at which the cap was found broken', () => {
    const org = boardOf(boardText(limit('at the next joining.joined the newest leaves')));
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('gus', 'joining', { candidate: 'gus' }), propose('gus', 'joining', { candidate: 'hal' }));
    org.epoch(day, ...three, act('hal', 1, 'approve'));
    expect(sittingOn(org)).toEqual([...board, 'gus']);
    org.epoch(2 * day, act('hal', 2, 'approve'));
    expect(sittingOn(org)).toEqual([...withoutChi, 'gus', 'hal']);
  });

  it('is over with the break that it mends, also where it runs as a stage opens', () => {
    const org = boardOf(boardText(limit('at the next joining.wait the newest leaves')));
    org.epoch(day, ...three);
    org.epoch(2 * day, notesFor(org).propose('gus', 'joining', { candidate: 'gus' }));
    expect([sittingOn(org), brokenCaps(org)]).toEqual([withoutChi, 0]);
  });
});

describe('`one by lot leaves` (S38)', () => {
  it('draws by the bytes of the checkpoint after the break, as every lot does', () => {
    const org = boardOf(boardText(limit('one by lot leaves')));
    org.epoch(day, ...three);
    const seed = Buffer.from(stateRoot(org.state()), 'hex');
    const drawn = ['ana', 'bo', 'chi'].map((member) => [digest('gdo-lot-v1', Buffer.concat([seed, utf8Encode(member)])), member] as const);
    const [, first] = drawn.toSorted(([left], [right]) => (left < right ? -1 : 1))[0] ?? [];
    org.epoch(2 * day);
    expect(sittingOn(org)).toEqual(board.filter((member) => member !== first));
  });
});

describe('a remedy that breaks another cap (S114)', () => {
  // Three of six are of team Red; of four of whom two have left they are too many.
  const teams = ['ana', 'bo', 'chi'].map((member) => certify(member, 'Red', 'team'));
  const people = ['eli', 'fay'].map((member) => certify(member, 'Acme'));
  const red = '  limit 1/2 of board per team otherwise the newest leaves\n';

  it('is followed by the remedy of that one at once, whichever stands first', () => {
    const acme = '  limit 1 board per employer otherwise all of them leave\n';
    for (const limits of [`${red}${acme}`, `${acme}${red}`]) {
      const org = boardOf(boardText(limits));
      org.epoch(day, ...teams);
      org.epoch(2 * day, ...people);
      expect([sittingOn(org), brokenCaps(org)]).toEqual([['ana', 'dee'], 0]);
    }
  });

  it('is followed by it with the next checkpoint, where it runs as a stage opens', () => {
    const org = boardOf(boardText(`${red}  limit 1 board per employer otherwise at the next joining.wait all of them leave\n`));
    org.epoch(day, ...teams, ...people);
    org.epoch(2 * day, notesFor(org).propose('gus', 'joining', { candidate: 'gus' }));
    expect([sittingOn(org), org.due()]).toEqual([['ana', 'bo', 'chi', 'dee'], 2 * day]);
    org.epoch(2 * day + 1);
    expect([sittingOn(org), org.due()]).toEqual([['ana', 'dee'], 11 * day]);
  });

  it('starts no case about a cap that holds once everybody has left', () => {
    const hearing = '  limit 2 board per team otherwise start hearing\n';
    const org = boardOf(boardText(`${hearing}  limit 1 board per employer otherwise the newest leaves\n`));
    org.epoch(day, ...teams, certify('chi', 'Acme'), certify('fay', 'Acme'), certify('bo', 'Acme'));
    expect([sittingOn(org), currentOf(org.state()).cases]).toEqual([['ana', 'bo', 'dee', 'eli'], 0]);
  });
});

describe('an amendment and the remedy of a cap (S58, S114)', () => {
  const text = (limits: string): string => boardText(limits, `area rules covers "bylaws/**"\n${amendment}`);

  /** The board under one text, where `notes` happen on the first day, and under another one from the third day on. */
  function amended(before: string, after: string, ...notes: readonly Note[]): Organization {
    const org = boardOf(text(before));
    org.epoch(day, ...notes);
    adopt(org, 3 * day, after);
    return org;
  }

  const adopt = (org: Organization, atMs: number, limits: string): void => amend(org, atMs - 2, text(limits), { approved: ['ana', 'bo'], attested: 'rae' });

  it.each([
    ['there was none', '  limit 2 board per employer\n'],
    ['it had a delay', limit('after 30 days the newest leaves')],
    ['it waited for a case', limit('at the next joining.joined the newest leaves')],
  ])('lets the one it brings run at once where %s', (_, before) => {
    const org = amended(before, limit('the newest leaves'), ...three);
    expect([sittingOn(org), brokenCaps(org)]).toEqual([withoutChi, 0]);
  });

  it('lets the delay of another one begin anew, and that of the same one go on wherever it stands', () => {
    const slow = limit('after 30 days the newest leaves');
    const other = amended(limit('after 20 days the newest leaves'), slow, ...three);
    expect(other.due()).toBe(33 * day);
    const same = amended(slow, `  limit 5 board per team\n${slow}`, ...three);
    expect(same.due()).toBe(31 * day);
    same.epoch(31 * day);
    expect(sittingOn(same)).toEqual(withoutChi);
  });

  it('lets the bylaws in force say when it runs, and not those of the case that gets there', () => {
    const joining = (from: string, to: string): Organization => {
      const org = boardOf(text(limit(from)));
      org.epoch(0, notesFor(org).propose('gus', 'joining', { candidate: 'gus' }));
      adopt(org, day, limit(to));
      org.epoch(2 * day, ...three);
      org.epoch(3 * day, notesFor(org).act('hal', 1, 'approve'));
      return org;
    };
    const [delay, turn] = ['after 30 days the newest leaves', 'at the next joining.joined the newest leaves'];
    expect(sittingOn(joining(delay, turn))).toEqual([...withoutChi, 'gus']);
    expect(sittingOn(joining(turn, delay))).toEqual([...board, 'gus']);
  });

  it('ends the case about a cap that it changes, and lets another one begin where that is broken too', () => {
    const wider = amended(limit('start hearing'), '  limit 3 board per employer otherwise start hearing\n', ...three);
    expect([wider.view(1), currentOf(wider.state()).cases]).toMatchObject([{ status: 'refused', reason: 'the bylaws have that cap no longer' }, 2]);
    const narrower = amended(limit('start hearing'), '  limit 1 board per employer otherwise start hearing\n', ...three);
    expect([narrower.view(1).status, narrower.view(3)]).toMatchObject(['refused', { process: 'hearing', status: 'open', subjects: ['ana', 'bo', 'chi'] }]);
  });

  it('ends the case about a cap that it takes away, and lets one begin where it comes back', () => {
    const hearing = limit('start hearing');
    const org = amended(hearing, '', ...three);
    expect([org.view(1), sittingOn(org), brokenCaps(org)]).toMatchObject([
      { process: 'hearing', status: 'refused', reason: 'the bylaws have that cap no longer' },
      board,
      0,
    ]);
    adopt(org, 5 * day, hearing);
    expect(org.view(4)).toMatchObject({ process: 'hearing', status: 'open', subjects: ['ana', 'bo', 'chi'] });
    org.epoch(35 * day);
    expect(sittingOn(org)).toEqual(['dee', 'eli', 'fay']);
  });
});
