// What mends a cap of a role that something else than a grant has broken (S114): who leaves, when, and the case that is started instead.
import { describe, expect, it } from 'vitest';
import { currentOf, holdersOf } from '../../../engine/index.ts';
import { amend, amendment } from './amending.ts';
import { board, boardOf, boardText, certify, sittingOn } from './board.ts';
import { day, notesFor, type Organization } from './organization.ts';

describe('the remedy of a broken cap (S114)', () => {
  const broken = (limit: string): Organization => {
    const org = boardOf(boardText(limit));
    org.epoch(day, certify('ana', 'Acme'), certify('bo', 'Acme'));
    expect(sittingOn(org)).toEqual(board);
    return org;
  };

  it('`the newest leaves` lets the one go who was granted the role last, at once', () => {
    const org = broken('  limit 1/3 of board per employer otherwise the newest leaves\n');
    org.epoch(2 * day, certify('chi', 'Acme'));
    expect(sittingOn(org)).toEqual(['ana', 'bo', 'dee', 'eli', 'fay'].filter((member) => member !== 'bo'));
  });

  it('`the oldest leaves` lets the one go who was granted it first', () => {
    const org = broken('  limit 2 board per employer otherwise the oldest leaves\n');
    org.epoch(2 * day, certify('chi', 'Acme'));
    expect(sittingOn(org)).toEqual(['bo', 'chi', 'dee', 'eli', 'fay']);
  });

  it('`all of them leave` means everybody of the group', () => {
    const org = broken('  limit 2 board per employer otherwise all of them leave\n');
    org.epoch(2 * day, certify('dee', 'Acme'));
    expect(sittingOn(org)).toEqual(['chi', 'eli', 'fay']);
  });

  it('`after 30 days one by lot leaves` waits, and does nothing where the cap holds again', () => {
    const limit = '  limit 2 board per employer otherwise after 30 days one by lot leaves\n';
    const org = broken(limit);
    org.epoch(2 * day, certify('dee', 'Acme'));
    expect([sittingOn(org), org.due()]).toEqual([board, 32 * day]);
    org.epoch(32 * day - 1);
    expect(sittingOn(org)).toEqual(board);
    org.epoch(32 * day);
    expect(sittingOn(org).length).toBe(5);
    expect(['ana', 'bo', 'dee'].filter((member) => !sittingOn(org).includes(member)).length).toBe(1);
    const mended = broken(limit);
    mended.epoch(2 * day, certify('dee', 'Acme'));
    mended.epoch(3 * day, certify('dee', 'Zeta'));
    mended.epoch(32 * day);
    expect(sittingOn(mended)).toEqual(board);
  });

  it('`one by lot leaves` draws by a checkpoint that came after the break', () => {
    const org = broken('  limit 2 board per employer otherwise one by lot leaves\n');
    org.epoch(2 * day, certify('dee', 'Acme'));
    expect([sittingOn(org).length, org.due()]).toEqual([6, 2 * day]);
    org.epoch(2 * day + 1);
    expect(sittingOn(org).length).toBe(5);
  });

  it('`at the next P.S` waits for a case to get there', () => {
    const org = broken('  limit 2 board per employer otherwise at the next joining.joined the newest leaves\n');
    const { propose, act } = notesFor(org);
    org.epoch(2 * day, certify('dee', 'Acme'), propose('gus', 'joining', { candidate: 'gus' }));
    expect(sittingOn(org)).toEqual(board);
    org.epoch(3 * day, act('hal', 1, 'approve'));
    expect(sittingOn(org)).toEqual(['ana', 'bo', 'chi', 'eli', 'fay', 'gus']);
  });

  it('`start P` starts a case about those people, which ends refused when the cap holds again', () => {
    const org = broken('  limit 2 board per employer otherwise start hearing\n');
    org.epoch(2 * day, certify('dee', 'Acme'));
    expect(org.view(1)).toMatchObject({ process: 'hearing', status: 'open', subjects: ['ana', 'bo', 'dee'] });
    const { notices } = org.epoch(3 * day, certify('dee', 'Zeta'));
    expect([org.view(1).status, sittingOn(org)]).toEqual(['refused', board]);
    expect(notices).toMatchObject([{ process: 'hearing', stage: 'refused', kind: 'decided', reason: 'the cap holds again' }]);
    org.epoch(4 * day, certify('chi', 'Acme'));
    expect(org.view(2).status).toBe('open');
    org.epoch(34 * day);
    expect([sittingOn(org), org.view(2)]).toMatchObject([['dee', 'eli', 'fay'], { status: 'accepted', outcome: 'out' }]);
  });

  it.each<readonly [who: string, most: number, left: readonly string[]]>([
    ['the newest leaves', 3, ['ana', 'bo', 'chi']],
    ['the newest leaves', 2, ['ana', 'chi']],
    ['the newest leaves', 1, ['ana']],
    ['the oldest leaves', 3, ['bo', 'chi', 'fay']],
    ['the oldest leaves', 2, ['bo', 'fay']],
    ['the oldest leaves', 1, ['fay']],
    ['all of them leave', 3, []],
  ])('goes by the newest grant of each: %s, of four where %i may be (docs/decisions/0057)', (who, most, left) => {
    const org = boardOf(boardText(`  limit ${most} board per employer otherwise ${who}\n`), []);
    const { propose, act } = notesFor(org);
    // Fay comes first and is granted it once more at the end; chi and bo come together, in this order.
    const granted = [['fay'], ['ana'], ['chi', 'bo'], ['fay']];
    for (const [index, candidate] of granted.entries()) {
      org.epoch(index * day, propose('gus', 'joining', { candidate }));
      org.epoch(index * day + 1, act('hal', index + 1, 'approve'));
    }
    expect(sittingOn(org)).toEqual(['ana', 'bo', 'chi', 'fay']);
    org.epoch(9 * day, ...['ana', 'bo', 'chi', 'fay'].map((member) => certify(member, 'Acme')));
    expect(sittingOn(org)).toEqual(left);
  });

  it('is never refused, also where nobody else could ever hold the role (S137)', () => {
    const closed = boardText('  limit 1 board per employer otherwise all of them leave\n').replace('  gained through joining\n', '');
    const org = boardOf(closed.replace('    grant board-member to the candidate\n', '    grant member to the candidate\n'), ['ana', 'bo']);
    org.epoch(0, certify('ana', 'Acme'), certify('bo', 'Acme'));
    expect(sittingOn(org)).toEqual([]);
  });

  it('is of its own cap alone, and the clock of another one is no clock of it', () => {
    const adviser =
      'role adviser plural advisers\n  held by 0 to 9 people\n  gained through joining\n  lost through resignation\n  limit 1 advisers per employer\n  limit 1 advisers per team otherwise after 20 days the newest leaves\nend\n';
    const limits = '  limit 2 board per employer otherwise after 30 days the newest leaves\n  limit 3 board per team\n';
    const org = boardOf(boardText(limits, adviser), board, { adviser: ['gus', 'hal'] });
    const advisers = (): readonly string[] => holdersOf(org.state(), org.charter, 'adviser');
    const everybody = [...board, 'gus', 'hal'];
    org.epoch(0, ...everybody.flatMap((member) => [certify(member, 'Acme'), certify(member, 'Red', 'team')]));
    org.epoch(20 * day);
    expect([sittingOn(org), advisers()]).toEqual([board, ['gus']]);
    org.epoch(30 * day);
    expect([sittingOn(org), advisers()]).toEqual([['ana', 'bo'], ['gus']]);
  });
});

describe('the clock of a remedy (S114)', () => {
  const three = ['ana', 'bo', 'chi'].map((member) => certify(member, 'Acme'));

  it('runs from the break, whatever happens to other people meanwhile', () => {
    const org = boardOf(boardText('  limit 2 board per employer otherwise after 30 days the newest leaves\n'));
    org.epoch(day, ...three);
    org.epoch(9 * day, certify('dee', 'Zeta'));
    expect(org.due()).toBe(31 * day);
    org.epoch(10 * day, certify('dee', 'Acme'));
    org.epoch(31 * day);
    expect(sittingOn(org)).toEqual(['ana', 'bo', 'eli', 'fay']);
    expect(org.due()).toBe(undefined);
  });

  it('stops when the cap holds again, and starts anew with the next break', () => {
    const org = boardOf(boardText('  limit 2 board per employer otherwise after 30 days the newest leaves\n'));
    org.epoch(day, ...three);
    org.epoch(2 * day, certify('chi', 'Zeta'));
    expect(org.due()).toBe(undefined);
    org.epoch(5 * day, certify('chi', 'Acme'));
    expect(org.due()).toBe(35 * day);
    org.epoch(31 * day);
    expect(sittingOn(org)).toEqual(board);
    org.epoch(35 * day);
    expect(sittingOn(org)).toEqual(board.filter((member) => member !== 'chi'));
  });

  it('is none where it waits for a case, by lot too, and the stage of another process is another one', () => {
    const outing =
      'process outing\n  started by any member\n  step wait\n    when any member approves go to joined\n    after 9 days go to refused\n  end\n  outcome joined accepts\nend\n';
    const org = boardOf(boardText('  limit 2 board per employer otherwise at the next joining.joined one by lot leaves\n', outing));
    const { propose, act } = notesFor(org);
    org.epoch(day, ...three, propose('gus', 'outing'), propose('gus', 'joining', { candidate: 'gus' }));
    expect(org.due()).toBe(10 * day);
    org.epoch(2 * day, act('hal', 1, 'approve'));
    expect([org.view(1).outcome, sittingOn(org)]).toEqual(['joined', board]);
    org.epoch(3 * day, act('hal', 2, 'approve'));
    expect(sittingOn(org).length).toBe(6);
    expect(['ana', 'bo', 'chi'].filter((member) => !sittingOn(org).includes(member)).length).toBe(1);
  });
});

describe('the case of a remedy (S114)', () => {
  const limit = '  limit 2 board per employer otherwise start hearing\n';
  const three = ['ana', 'bo', 'chi'].map((member) => certify(member, 'Acme'));

  it('is one for each break, and goes on as long as it lasts', () => {
    const org = boardOf(boardText(limit));
    org.epoch(day, ...three);
    org.epoch(2 * day, certify('dee', 'Acme'));
    org.epoch(3 * day, certify('dee', 'Zeta'));
    expect([org.view(1).status, currentOf(org.state()).cases]).toEqual(['open', 1]);
    org.epoch(31 * day);
    expect([org.view(1), sittingOn(org)]).toMatchObject([{ status: 'accepted', outcome: 'out' }, ['dee', 'eli', 'fay']]);
  });

  it('is none as long as the cap holds, also where it is about nobody', () => {
    const review = 'process review\n  started by any member\n  step wait\n    after 9 days go to accepted\n  end\nend\n';
    const org = boardOf(boardText(limit.replace('hearing', 'review'), review));
    org.epoch(day, ...three.slice(0, 2));
    expect(currentOf(org.state()).cases).toBe(0);
    org.epoch(2 * day, ...three.slice(2));
    expect([org.view(1).process, currentOf(org.state()).cases]).toEqual(['review', 1]);
    org.epoch(11 * day, certify('dee', 'Acme'));
    expect([org.view(1).status, currentOf(org.state()).cases]).toEqual(['accepted', 1]);
  });

  it('stays as it was decided, when the cap holds again later', () => {
    const org = boardOf(boardText(limit));
    org.epoch(day, ...three);
    org.epoch(2 * day, notesFor(org).act('gus', 1, 'approve'), notesFor(org).act('hal', 1, 'approve'));
    expect([org.view(1), sittingOn(org)]).toMatchObject([{ status: 'refused', outcome: 'dropped' }, board]);
    expect(org.epoch(3 * day, certify('dee', 'Zeta')).notices).toEqual([]);
    expect(org.epoch(4 * day, certify('chi', 'Zeta')).notices).toEqual([]);
    expect([org.view(1), currentOf(org.state()).cases]).toMatchObject([{ status: 'refused', outcome: 'dropped' }, 1]);
    org.epoch(5 * day, certify('chi', 'Acme'));
    expect(org.view(2)).toMatchObject({ status: 'open', subjects: ['ana', 'bo', 'chi'] });
  });
});

describe('an amendment while a cap is broken (S57, S114)', () => {
  const text = (limits: string): string => boardText(limits, `area rules covers "bylaws/**"\n${amendment}`);
  const amended = (limits: string): Organization => {
    const org = boardOf(text('  limit 2 board per employer otherwise after 30 days the newest leaves\n'));
    org.epoch(day, ...['ana', 'bo', 'chi'].map((member) => certify(member, 'Acme')));
    amend(org, 4 * day - 2, text(limits), { approved: ['ana', 'bo'], attested: 'rae' });
    return org;
  };

  it.each([
    ['the remedy', '  limit 2 board per employer\n'],
    ['the cap', ''],
    ['the cap, and puts another one in its place', '  limit 3 board per employer\n'],
  ])('that takes away %s lets nobody leave any more', (_, limits) => {
    const org = amended(limits);
    org.epoch(31 * day);
    expect(sittingOn(org)).toEqual(board);
  });
});
