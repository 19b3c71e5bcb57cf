// Caps of roles by an attribute with their remedies (S114), votes that are missed in a row (S113), starters that count in groups (S115).
import { describe, expect, it } from 'vitest';
import { holdersOf, unsupported } from '../../../engine/index.ts';
import { compile, day, found, notesFor, type Note, type Organization } from './organization.ts';

const text = (limit: string, more = ''): string => `gdo 1
organization "Test"
end
attribute employer certified by the registrar
role registrar plural registrars
  held by 1 to 3 people
end
role member plural members
  held by 1 to 99 people
end
role board-member plural board
  held by 0 to 9 people
  gained through joining
  lost through resignation
${limit}end
process joining
  started by any member
  step wait
    when any member approves go to joined
    after 9 days go to refused
  end
  outcome joined
    grant board-member to the candidate
  end
end
process waiver
  started by any member
  about person
  step wait
    after 1 day go to accepted
  end
end
process hearing
  started by any member
  step wait
    after 30 days go to out
  end
  outcome out
    remove board-member from the subject
  end
end
${more}`;

const board = ['ana', 'bo', 'chi', 'dee', 'eli', 'fay'];

function organization(bylaws: string, sitting: readonly string[] = board): Organization {
  expect(unsupported(compile(bylaws).charter)).toEqual([]);
  return found(bylaws, { registrar: ['rae'], member: [...board, 'gus', 'hal'], 'board-member': sitting });
}

const certify = (member: string, value: string): Note => ({ by: 'rae', kind: 'certify', body: { attribute: 'employer', member, value } });
const sitting = (org: Organization): readonly string[] => holdersOf(org.state(), org.charter, 'board-member');

describe('a cap of a role (S114)', () => {
  it('refuses the grant that would break it, and only that', () => {
    const org = organization(text('  limit 2 board per employer\n'), ['ana', 'bo']);
    const { propose, act } = notesFor(org);
    org.epoch(0, ...['ana', 'bo', 'chi'].map((member) => certify(member, 'Acme')));
    org.epoch(1, propose('ana', 'joining', { candidate: 'chi' }), propose('ana', 'joining', { candidate: 'dee' }));
    const { notices } = org.epoch(2, act('bo', 1, 'approve'), act('bo', 2, 'approve'));
    expect(sitting(org)).toEqual(['ana', 'bo', 'dee']);
    expect(notices.some((notice) => notice.code === 'GDO1040' && notice.reason.includes('cap'))).toBe(true);
  });

  it('lets one grant through for each accepted waiver', () => {
    const org = organization(text('  limit 1 board per employer unless waived through waiver\n'), ['ana']);
    const { propose, act } = notesFor(org);
    org.epoch(0, ...board.map((member) => certify(member, 'Acme')), propose('ana', 'waiver', { candidate: 'bo' }));
    org.epoch(day, propose('ana', 'joining', { candidate: 'bo' }), propose('ana', 'joining', { candidate: 'chi' }));
    org.epoch(day + 1, act('bo', 2, 'approve'), act('bo', 3, 'approve'));
    expect(sitting(org)).toEqual(['ana', 'bo']);
  });

  it('in a share is counted with all who get the role together, and leaves a person alone', () => {
    const org = organization(text('  limit 1/3 of board per employer\n'), []);
    const { propose, act } = notesFor(org);
    org.epoch(0, certify('ana', 'Acme'), certify('bo', 'Acme'));
    org.epoch(1, propose('gus', 'joining', { candidate: ['ana', 'bo', 'chi', 'dee'] }));
    org.epoch(2, act('bo', 1, 'approve'));
    expect(sitting(org)).toEqual(['ana', 'chi', 'dee']);
  });
});

describe('the remedy of a broken cap (S114)', () => {
  const broken = (limit: string): Organization => {
    const org = organization(text(limit));
    org.epoch(day, certify('ana', 'Acme'), certify('bo', 'Acme'));
    expect(sitting(org)).toEqual(board);
    return org;
  };

  it('`the newest leaves` lets the one go who was granted the role last, at once', () => {
    const org = broken('  limit 1/3 of board per employer otherwise the newest leaves\n');
    org.epoch(2 * day, certify('chi', 'Acme'));
    expect(sitting(org)).toEqual(['ana', 'bo', 'dee', 'eli', 'fay'].filter((member) => member !== 'bo'));
  });

  it('`the oldest leaves` lets the one go who was granted it first', () => {
    const org = broken('  limit 2 board per employer otherwise the oldest leaves\n');
    org.epoch(2 * day, certify('chi', 'Acme'));
    expect(sitting(org)).toEqual(['bo', 'chi', 'dee', 'eli', 'fay']);
  });

  it('`all of them leave` means everybody of the group', () => {
    const org = broken('  limit 2 board per employer otherwise all of them leave\n');
    org.epoch(2 * day, certify('dee', 'Acme'));
    expect(sitting(org)).toEqual(['chi', 'eli', 'fay']);
  });

  it('`after 30 days one by lot leaves` waits, and does nothing where the cap holds again', () => {
    const limit = '  limit 2 board per employer otherwise after 30 days one by lot leaves\n';
    const org = broken(limit);
    org.epoch(2 * day, certify('dee', 'Acme'));
    expect([sitting(org), org.due()]).toEqual([board, 32 * day]);
    org.epoch(32 * day - 1);
    expect(sitting(org)).toEqual(board);
    org.epoch(32 * day);
    expect(sitting(org).length).toBe(5);
    expect(['ana', 'bo', 'dee'].filter((member) => !sitting(org).includes(member)).length).toBe(1);
    const mended = broken(limit);
    mended.epoch(2 * day, certify('dee', 'Acme'));
    mended.epoch(3 * day, certify('dee', 'Zeta'));
    mended.epoch(32 * day);
    expect(sitting(mended)).toEqual(board);
  });

  it('`one by lot leaves` draws by a checkpoint that came after the break', () => {
    const org = broken('  limit 2 board per employer otherwise one by lot leaves\n');
    org.epoch(2 * day, certify('dee', 'Acme'));
    expect([sitting(org).length, org.due()]).toEqual([6, 2 * day]);
    org.epoch(2 * day + 1);
    expect(sitting(org).length).toBe(5);
  });

  it('`at the next P.S` waits for a case to get there', () => {
    const org = broken('  limit 2 board per employer otherwise at the next joining.joined the newest leaves\n');
    const { propose, act } = notesFor(org);
    org.epoch(2 * day, certify('dee', 'Acme'), propose('gus', 'joining', { candidate: 'gus' }));
    expect(sitting(org)).toEqual(board);
    org.epoch(3 * day, act('hal', 1, 'approve'));
    expect(sitting(org)).toEqual(['ana', 'bo', 'chi', 'eli', 'fay', 'gus']);
  });

  it('`start P` starts a case about those people, which ends refused when the cap holds again', () => {
    const org = broken('  limit 2 board per employer otherwise start hearing\n');
    org.epoch(2 * day, certify('dee', 'Acme'));
    expect(org.view(1)).toMatchObject({ process: 'hearing', status: 'open', subjects: ['ana', 'bo', 'dee'] });
    const { notices } = org.epoch(3 * day, certify('dee', 'Zeta'));
    expect([org.view(1).status, sitting(org)]).toEqual(['refused', board]);
    expect(notices).toMatchObject([{ process: 'hearing', stage: 'refused', kind: 'decided', reason: 'the cap holds again' }]);
    org.epoch(4 * day, certify('chi', 'Acme'));
    expect(org.view(2).status).toBe('open');
    org.epoch(34 * day);
    expect(sitting(org)).toEqual(['dee', 'eli', 'fay']);
  });
});

describe('`lost through 3 missed votes in a row` (S113)', () => {
  const voting = `process motion
  started by any member
  vote ballot
    voters council
    open for 1 day
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
role councillor plural council
  held by 0 to 9 people
  gained through joining
  lost through resignation or 3 missed votes in a row
end
`;
  const council = (org: Organization): readonly string[] => holdersOf(org.state(), org.charter, 'councillor');
  const org = (): Organization => found(text('', voting), { registrar: ['rae'], member: board, councillor: ['ana', 'bo', 'chi'] });

  it('ends the role with the third closed vote without a ballot; an abstention is one', () => {
    const one = org();
    const { propose, ballot } = notesFor(one);
    for (let round = 0; round < 3; round += 1) {
      expect(council(one)).toEqual(['ana', 'bo', 'chi']);
      one.epoch(2 * round * day, propose('ana', 'motion'));
      one.epoch(2 * round * day + 1, ballot('ana', round + 1, 'yes'), ...(round === 1 ? [ballot('bo', 2, 'abstain')] : []));
      one.epoch((2 * round + 1) * day);
    }
    expect(council(one)).toEqual(['ana', 'bo']);
  });

  it('begins anew with every ballot', () => {
    const one = org();
    const { propose, ballot } = notesFor(one);
    for (let round = 0; round < 5; round += 1) {
      one.epoch(2 * round * day, propose('ana', 'motion'));
      one.epoch(2 * round * day + 1, ballot('ana', round + 1, 'yes'), ...(round === 2 ? [ballot('bo', round + 1, 'no'), ballot('chi', round + 1, 'no')] : []));
      one.epoch((2 * round + 1) * day);
    }
    expect(council(one)).toEqual(['ana', 'bo', 'chi']);
  });
});

describe('`limit n starters per A` (S115)', () => {
  it('lets so many people of each group count, and the case opens when enough do', () => {
    const petition = `process petition
  started by 3 members
  limit 1 starters per employer
  step wait
    after 9 days go to accepted
  end
end
`;
    const org = organization(text('', petition));
    const { propose } = notesFor(org);
    org.epoch(0, ...['ana', 'bo', 'chi'].map((member) => certify(member, 'Acme')));
    org.epoch(1, propose('ana', 'petition'));
    const start = (by: string): Note => ({ by, kind: 'act', case: org.view(1).id, body: { stage: 1, verb: 'start' } });
    expect(org.epoch(2, start('bo'), start('chi'), start('dee')).verdicts).toEqual(['ok', 'ok', 'ok']);
    expect(org.view(1).entry).toBe(0);
    org.epoch(3, start('eli'));
    expect(org.view(1).entry).toBe(1);
  });
});
