// Caps of roles by an attribute with their waivers (S114; remedies.test.ts has what mends a broken one), votes that are missed in a row (S113), starters that count in groups (S115).
import { describe, expect, it } from 'vitest';
import { currentOf, holdersOf, unsupported, type Charter } from '../../../engine/index.ts';
import { board, boardOf, boardText, certify, sittingOn } from './board.ts';
import { compile, day, found, notesFor, type Note, type Organization } from './organization.ts';

describe('a cap of a role (S114)', () => {
  it('refuses the grant that would break it, and only that', () => {
    const org = boardOf(boardText('  limit 2 board per employer\n'), ['ana', 'bo']);
    const { propose, act } = notesFor(org);
    org.epoch(0, ...['ana', 'bo', 'chi'].map((member) => certify(member, 'Acme')));
    org.epoch(1, propose('ana', 'joining', { candidate: 'chi' }), propose('ana', 'joining', { candidate: 'dee' }));
    const { notices } = org.epoch(2, act('bo', 1, 'approve'), act('bo', 2, 'approve'));
    expect(sittingOn(org)).toEqual(['ana', 'bo', 'dee']);
    expect(notices.some((notice) => notice.code === 'GDO1040' && notice.reason.includes('cap'))).toBe(true);
  });

  it('lets one grant through for each accepted waiver', () => {
    const org = boardOf(boardText('  limit 1 board per employer unless waived through waiver\n'), ['ana']);
    const { propose, act } = notesFor(org);
    org.epoch(0, ...board.map((member) => certify(member, 'Acme')), propose('ana', 'waiver', { candidate: 'bo' }));
    org.epoch(day, propose('ana', 'joining', { candidate: 'bo' }), propose('ana', 'joining', { candidate: 'chi' }));
    org.epoch(day + 1, act('bo', 2, 'approve'), act('bo', 3, 'approve'));
    expect(sittingOn(org)).toEqual(['ana', 'bo']);
  });

  it('in a share is counted with all who get the role together, and leaves a person alone', () => {
    const org = boardOf(boardText('  limit 1/3 of board per employer\n'), []);
    const { propose, act } = notesFor(org);
    org.epoch(0, certify('ana', 'Acme'), certify('bo', 'Acme'));
    org.epoch(1, propose('gus', 'joining', { candidate: ['ana', 'bo', 'chi', 'dee'] }));
    org.epoch(2, act('bo', 1, 'approve'));
    expect(sittingOn(org)).toEqual(['ana', 'chi', 'dee']);
  });

  it('in a share allows half of four who come together, and one of two', () => {
    const half = (...candidates: readonly string[]): readonly string[] => {
      const org = boardOf(boardText('  limit 1/2 of board per employer\n'), []);
      const { propose, act } = notesFor(org);
      org.epoch(0, certify('ana', 'Acme'), certify('bo', 'Acme'), propose('gus', 'joining', { candidate: candidates }));
      org.epoch(1, act('hal', 1, 'approve'));
      return sittingOn(org);
    };
    expect(half('ana', 'bo', 'chi', 'dee')).toEqual(['ana', 'bo', 'chi', 'dee']);
    expect(half('ana', 'bo', 'chi')).toEqual(['ana', 'chi']);
  });

  it('lets those who sit go on: nobody is too many beside themselves', () => {
    const org = boardOf(boardText('  limit 1 board per employer\n'), ['ana']);
    const { propose, act } = notesFor(org);
    org.epoch(0, certify('ana', 'Acme'), propose('gus', 'joining', { candidate: 'ana' }));
    expect(org.epoch(1, act('hal', 1, 'approve')).notices.map(({ reason }) => reason)).toEqual(['`joining` reached `joined`']);
  });

  it('is so many, or a share, of the holders per attribute, and nothing else (GDO035)', () => {
    const { charter } = compile(boardText('  limit 2 board per employer\n'));
    type Limit = Charter['roles'][number]['limits'][number];
    const constructs = (change: Partial<Limit>): readonly string[] => {
      const roles = charter.roles.map((role) => ({ ...role, limits: role.limits.map((limit) => ({ ...limit, ...change })) }));
      return unsupported({ ...charter, roles }).map(({ construct }) => construct);
    };
    const employer = { kind: 'each', name: 'employer' } as const;
    const none = ['limit in role board-member'];
    expect(constructs({})).toEqual([]);
    expect(constructs({ amount: { kind: 'share', numerator: 1, denominator: 2 } })).toEqual([]);
    expect(constructs({ amount: { kind: 'money', units: '5' } })).toEqual(none);
    expect(constructs({ counted: 'member' })).toEqual(none);
    expect(constructs({ per: [] })).toEqual(none);
    expect(constructs({ per: [{ kind: 'each', name: 'moon' }] })).toEqual(none);
    expect(constructs({ per: [employer, { kind: 'each', name: 'team' }] })).toEqual(none);
    expect(constructs({ inARow: true })).toEqual(none);
    expect(constructs({ including: 'candidate' })).toEqual(none);
  });
});

describe('a waiver of a cap (S114)', () => {
  /** People whose joining a case decides, one after another. */
  const joins = (org: Organization): ((atMs: number, member: string) => readonly string[]) => {
    const { propose, act } = notesFor(org);
    return (atMs, member) => {
      org.epoch(atMs, propose('gus', 'joining', { candidate: member }));
      org.epoch(atMs + 1, act('hal', currentOf(org.state()).cases, 'approve'));
      return sittingOn(org);
    };
  };
  const resign = (by: string): Note => ({ by, kind: 'resign', body: { role: 'board-member' } });
  const waive = (org: Organization, process: string, member: string): Note => notesFor(org).propose('gus', process, { candidate: member });
  const other = 'process exception\n  started by any member\n  about person\n  step wait\n    after 1 day go to accepted\n  end\nend\n';

  it('is used up by the grant that needed it: another one needs another case', () => {
    const org = boardOf(boardText('  limit 1 board per employer unless waived through waiver\n'), ['ana']);
    const join = joins(org);
    org.epoch(0, certify('ana', 'Acme'), certify('bo', 'Acme'), waive(org, 'waiver', 'bo'));
    expect(join(2 * day, 'bo')).toEqual(['ana', 'bo']);
    org.epoch(3 * day, resign('bo'));
    expect(join(4 * day, 'bo')).toEqual(['ana']);
    org.epoch(5 * day, waive(org, 'waiver', 'bo'), waive(org, 'waiver', 'bo'));
    expect(join(7 * day, 'bo')).toEqual(['ana', 'bo']);
    org.epoch(8 * day, resign('bo'));
    expect(join(9 * day, 'bo')).toEqual(['ana', 'bo']);
    org.epoch(10 * day, resign('bo'));
    expect(join(11 * day, 'bo')).toEqual(['ana']);
  });

  it('is left to whoever did not need it', () => {
    const org = boardOf(boardText('  limit 1 board per employer unless waived through waiver\n'), []);
    const join = joins(org);
    org.epoch(0, certify('ana', 'Acme'), certify('bo', 'Acme'), waive(org, 'waiver', 'bo'));
    expect(join(2 * day, 'bo')).toEqual(['bo']);
    org.epoch(3 * day, resign('bo'));
    expect(join(4 * day, 'ana')).toEqual(['ana']);
    expect(join(5 * day, 'bo')).toEqual(['ana', 'bo']);
  });

  it('waives the cap that names its process, and no other one', () => {
    const limits = '  limit 1 board per employer unless waived through waiver\n  limit 1 board per team unless waived through exception\n';
    const org = boardOf(boardText(limits, other), ['ana']);
    const join = joins(org);
    org.epoch(0, certify('ana', 'Acme'), certify('bo', 'Acme'), certify('ana', 'Red', 'team'), certify('chi', 'Red', 'team'));
    org.epoch(1, ...['waiver', 'exception'].flatMap((process) => ['bo', 'chi'].map((member) => waive(org, process, member))));
    expect(join(2 * day, 'bo')).toEqual(['ana', 'bo']);
    expect(join(3 * day, 'chi')).toEqual(['ana', 'bo', 'chi']);
    // Each has used one of two: now bo is of both groups, and has the other one left.
    org.epoch(
      4 * day,
      resign('bo'),
      resign('chi'),
      certify('bo', 'Red', 'team'),
      certify('bo', 'Zeta'),
      certify('chi', 'Acme'),
      certify('chi', 'Blue', 'team'),
    );
    expect(join(5 * day, 'bo')).toEqual(['ana', 'bo']);
    expect(join(6 * day, 'chi')).toEqual(['ana', 'bo', 'chi']);
    org.epoch(7 * day, resign('bo'), resign('chi'));
    expect(join(8 * day, 'bo')).toEqual(['ana']);
    expect(join(9 * day, 'chi')).toEqual(['ana']);
  });

  it('of a limit of terms is no waiver of a cap', () => {
    const limits = '  term 10 days\n  limit 1 board per employer\n  limit 1 terms per employer unless waived through waiver\n';
    const org = boardOf(boardText(limits), ['ana']);
    const join = joins(org);
    org.epoch(0, certify('ana', 'Acme'), certify('bo', 'Acme'), waive(org, 'waiver', 'bo'));
    expect(join(2 * day, 'bo')).toEqual(['ana']);
    const uncapped = boardOf(boardText(limits.replace('  limit 1 board per employer\n', '')), ['ana']);
    uncapped.epoch(0, certify('ana', 'Acme'), certify('bo', 'Acme'), waive(uncapped, 'waiver', 'bo'));
    // Ana has served too little of her term to count: bo comes in without the waiver, and uses it for the next term.
    expect(joins(uncapped)(2 * day, 'bo')).toEqual(['ana', 'bo']);
    uncapped.epoch(9 * day, resign('bo'));
    expect(joins(uncapped)(9 * day + 1, 'bo')).toEqual(['ana', 'bo']);
    uncapped.epoch(10 * day, resign('bo'));
    expect(joins(uncapped)(10 * day + 1, 'bo')).toEqual(['ana']);
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
  const org = (): Organization => found(boardText('', voting), { registrar: ['rae'], member: board, councillor: ['ana', 'bo', 'chi'] });

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
    const org = boardOf(boardText('', petition));
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
