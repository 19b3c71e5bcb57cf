// Grants that several people get together under a cap, and what a waiver of it is worth (S114, docs/decisions/0057).
import { describe, expect, it } from 'vitest';
import { currentOf, entriesUnder, type Json } from '../../../engine/index.ts';
import { boardOf, boardText, certify, sittingOn } from './board.ts';
import { day, notesFor, type Note, type Organization } from './organization.ts';

const acme = (...members: readonly string[]): readonly Note[] => members.map((member) => certify(member, 'Acme'));
const resign = (by: string): Note => ({ by, kind: 'resign', body: { role: 'board-member' } });

/** Lets one case grant a seat on the board to each of these people. @returns who sits on it then */
function join(org: Organization, atMs: number, ...candidate: readonly Json[]): readonly string[] {
  const { propose, act } = notesFor(org);
  org.epoch(atMs, propose('gus', 'joining', { candidate }));
  org.epoch(atMs + 1, act('hal', currentOf(org.state()).cases, 'approve'));
  return sittingOn(org);
}

function waive(org: Organization, atMs: number, member: string): void {
  org.epoch(atMs, notesFor(org).propose('gus', 'waiver', { candidate: member }));
  org.epoch(atMs + day);
}

/** People who are no members, and may not sit on a board that is open to those. */
const outsiders = { registrar: ['rae', 'sue'] };

describe('a share of those who get a role together (S114)', () => {
  it('is of those who hold it in the end, and not of whoever is refused for another reason', () => {
    const org = boardOf(boardText('  limit 1/2 of board per employer\n  open to members\n'), [], outsiders);
    org.epoch(0, ...acme('ana', 'bo'));
    expect(join(org, day, 'ana', 'bo', 'rae', 'sue')).toEqual(['ana']);
    expect(join(org, 2 * day, 'bo', 'chi', 'rae')).toEqual(['ana', 'chi']);
    expect(join(org, 3 * day, 'bo', 'dee')).toEqual(['ana', 'bo', 'chi', 'dee']);
  });

  it('and not of those whom the cap itself refuses, or for whom there is no seat', () => {
    const org = boardOf(boardText('  limit 1/2 of board per employer\n'), []);
    org.epoch(0, ...acme('ana', 'bo', 'chi', 'dee'));
    expect(join(org, day, 'ana', 'bo', 'chi', 'dee', 'eli')).toEqual(['ana', 'eli']);
    const small = boardOf(boardText('  limit 1/2 of board per employer\n').replace('0 to 9 people', '0 to 3 people'), []);
    small.epoch(0, ...acme('ana', 'bo'));
    expect(join(small, day, 'ana', 'bo', 'chi', 'dee')).toEqual(['ana', 'chi', 'dee']);
  });

  it('also where another cap of the role is so many, and no share', () => {
    const org = boardOf(boardText('  limit 3 board per team\n  limit 1/2 of board per employer\n  open to members\n'), [], outsiders);
    org.epoch(0, ...acme('ana', 'bo'));
    expect(join(org, day, 'ana', 'bo', 'rae', 'sue')).toEqual(['ana']);
  });

  it('tells each of those who are refused once', () => {
    const org = boardOf(boardText('  limit 1/2 of board per employer\n  open to members\n'), [], outsiders);
    const { propose, act } = notesFor(org);
    org.epoch(0, ...acme('ana', 'bo'), propose('gus', 'joining', { candidate: ['ana', 'bo', 'rae'] }));
    const told = org.epoch(1, act('hal', 1, 'approve')).notices.filter(({ code }) => code === 'GDO1040');
    expect(told.map(({ reason }) => reason)).toEqual([
      'Not granted: with `bo` more people of one group would hold `board-member` than its cap allows',
      'Not granted: `rae` is not among those `board-member` is open to',
    ]);
  });
});

describe('a waiver of a cap (S114)', () => {
  it('is not used up by a grant that breaks no cap together with the others', () => {
    const org = boardOf(boardText('  limit 1/2 of board per employer unless waived through waiver\n'), []);
    org.epoch(0, ...acme('ana', 'bo'));
    waive(org, 1, 'bo');
    expect(join(org, 2 * day, 'ana', 'bo', 'chi', 'dee')).toEqual(['ana', 'bo', 'chi', 'dee']);
    expect(entriesUnder(org.state(), 'waived/')).toEqual([]);
    org.epoch(3 * day, resign('bo'), resign('chi'), resign('dee'));
    expect(join(org, 4 * day, 'bo')).toEqual(['ana', 'bo']);
    expect(entriesUnder(org.state(), 'waived/').length).toBe(1);
  });

  describe('whose remedy lets the newest leave', () => {
    const limit = '  limit 1 board per employer otherwise the newest leaves unless waived through waiver\n';
    const waived = (more = ''): Organization => {
      const org = boardOf(boardText(`${limit}${more}`), ['ana']);
      org.epoch(0, ...acme('ana', 'bo', 'dee'));
      waive(org, 1, 'bo');
      expect(join(org, 2 * day, 'bo')).toEqual(['ana', 'bo']);
      return org;
    };

    it('lets whoever came in by it stay: neither they nor the others leave', () => {
      const org = waived();
      org.epoch(3 * day, certify('bo', 'Acme'));
      expect(sittingOn(org)).toEqual(['ana', 'bo']);
      // For the grant of somebody else they count as any holder.
      org.epoch(4 * day, resign('ana'));
      expect(join(org, 5 * day, 'dee')).toEqual(['bo']);
    });

    it('lets whoever came in by it be left out of those who are too many', () => {
      const org = waived();
      expect(join(org, 3 * day, 'chi')).toEqual(['ana', 'bo', 'chi']);
      org.epoch(4 * day, ...acme('chi'));
      expect(sittingOn(org)).toEqual(['ana', 'bo']);
    });

    it('is of that grant: whoever is granted it anew without one is counted again', () => {
      const org = waived();
      org.epoch(3 * day, certify('bo', 'Zeta'));
      expect(join(org, 4 * day, 'bo')).toEqual(['ana', 'bo']);
      org.epoch(5 * day, ...acme('bo'));
      expect(sittingOn(org)).toEqual(['ana']);
    });

    it('is of the caps that name its process, and of no other one', () => {
      const org = waived('  limit 1 board per team otherwise the newest leaves\n');
      org.epoch(3 * day, certify('ana', 'Red', 'team'), certify('bo', 'Red', 'team'));
      expect(sittingOn(org)).toEqual(['ana']);
    });
  });

  it('leaves the share of a remedy one of all holders', () => {
    const org = boardOf(boardText('  limit 1/3 of board per employer otherwise the newest leaves unless waived through waiver\n'), ['ana', 'chi', 'eli']);
    org.epoch(0, ...acme('ana', 'bo', 'fay'));
    waive(org, 1, 'bo');
    expect(join(org, 2 * day, 'bo')).toEqual(['ana', 'bo', 'chi', 'eli']);
    expect(join(org, 3 * day, 'dee')).toEqual(['ana', 'bo', 'chi', 'dee', 'eli']);
    expect(join(org, 4 * day, 'gus')).toEqual(['ana', 'bo', 'chi', 'dee', 'eli', 'gus']);
    // Two of six may be of one employer beside the one who was let in.
    org.epoch(5 * day, ...acme('gus'));
    expect(sittingOn(org)).toEqual(['ana', 'bo', 'chi', 'dee', 'eli', 'gus']);
    // One of five, once the first of two has left.
    org.epoch(6 * day, ...acme('dee'));
    expect(sittingOn(org)).toEqual(['ana', 'bo', 'chi', 'eli']);
  });
});
