// Terms that count towards a limit: when one began, how much of it was served, for whose group, what taking a decision back leaves of it, and which case
// waives what (S66, S113, S114, docs/decisions/0090).
import { describe, expect, it } from 'vitest';
import { holdersOf, openRequirements, unsupported, type Charter } from '../../../engine/index.ts';
import { compile, day, found, notesFor, type Note, type Organization } from './organization.ts';

const naming = (name: string, grant: string): string =>
  `process ${name}\n  started by any member\n  outcome named\n    grant chair to the candidate${grant}\n  end\nend\n`;

const bylaws = (limits: string, lost = 'ejection or expiry'): string => `gdo 1
organization "Terms"
end
attribute club certified by any clerk
attribute team certified by any clerk
role clerk plural clerks
  held by 1 to 3 people
end
role member plural members
  held by 1 to 99 people
end
role chair plural chairs
  held by 0 to 9 people
  term 100 days
  gained through naming or acting
  lost through ${lost}
${limits}end
${naming('naming', '')}${naming('acting', ' for 30 days')}process ejection
  started by any member
  outcome ejected
    remove chair from the subject
  end
end
process waiver
  started by any member
  step talk
    when any member approves go to waived
    after 1 day go to refused
  end
  outcome waived accepts
end
process appeal
  started by any member
  outcome upheld
    reverse the decision
  end
end
`;
const people: readonly string[] = ['ada', 'ben', 'chi', 'dev', 'eve'];

function begun(limits: string, chairs: readonly string[] = [], lost?: string): Organization {
  const text = bylaws(limits, lost);
  expect(unsupported(compile(text).charter)).toEqual([]);
  return found(text, { member: people, clerk: ['ada'], chair: chairs });
}

const chairs = (org: Organization): readonly string[] => holdersOf(org.state(), org.charter, 'chair');
const certified = (org: Organization, atMs: number, value: string, ...members: readonly string[]): void =>
  void org.epoch(atMs, ...members.map((member): Note => ({ by: 'ada', kind: 'certify', body: { attribute: 'team', member, value } })));
/** Names people chairs at one instant, and says who is one then. */
const named = (org: Organization, atMs: number, ...members: readonly string[]): readonly string[] => {
  org.epoch(atMs, ...members.map((candidate) => notesFor(org).propose('ada', 'naming', { candidate })));
  return chairs(org);
};
const ejected = (org: Organization, atMs: number, ...members: readonly string[]): void =>
  void org.epoch(atMs, ...members.map((subject) => notesFor(org).propose('ada', 'ejection', { subject })));
/** Takes the decision of a case back. */
const reversed = (org: Organization, atMs: number, number: number): void => {
  org.epoch(atMs, notesFor(org).propose('ada', 'appeal', { decision: org.view(number).id }));
  org.epoch(atMs + 1);
};

describe('a term (S113)', () => {
  it('counts if more than half of it was served, from its own beginning', () => {
    const org = begun('  limit 1 terms per person\n');
    expect(named(org, 50 * day, 'ben', 'chi')).toEqual(['ben', 'chi']);
    ejected(org, 99 * day, 'ben');
    ejected(org, 101 * day, 'chi');
    expect(named(org, 102 * day, 'ben', 'chi')).toEqual(['ben']);
  });

  it('begins anew with each grant, so that of the last one only what was served since counts', () => {
    const org = begun('  limit 2 terms per person\n', ['ben']);
    named(org, 80 * day, 'ben');
    ejected(org, 100 * day, 'ben');
    expect(named(org, 101 * day, 'ben')).toEqual(['ben']);
    org.epoch(202 * day);
    expect(named(org, 203 * day, 'ben')).toEqual([]);
  });

  it('counts for one person, whoever else holds the role', () => {
    const org = begun('  limit 1 terms\n', ['ben', 'chi']);
    org.epoch(100 * day);
    expect(named(org, 101 * day, 'ben', 'dev')).toEqual(['dev']);
  });

  it('is in a row with one that ended after it, also where its holder sits on when it is over', () => {
    const sitting = 'ejection';
    const org = begun('  limit 2 terms per team in a row\n', ['ben'], sitting);
    certified(org, day, 'Red', 'ben', 'chi', 'dev');
    named(org, 150 * day, 'chi');
    ejected(org, 220 * day, 'chi');
    // Ben's ended on day 100, and from there to the next is a whole term, were it not for that of chi.
    expect(named(org, 250 * day, 'dev')).toEqual(['ben']);
    const apart = begun('  limit 2 terms per team in a row\n', ['ben'], sitting);
    certified(apart, day, 'Red', 'ben', 'chi', 'dev');
    named(apart, 201 * day, 'chi');
    ejected(apart, 260 * day, 'chi');
    expect(named(apart, 261 * day, 'dev')).toEqual(['ben', 'dev']);
  });
});

describe('the term of a group (docs/decisions/0090)', () => {
  it('is that of the team its holder was in when it began, and of no earlier or later one', () => {
    const org = begun('  limit 1 terms per team\n');
    certified(org, day, 'Red', 'ben', 'chi');
    certified(org, 2 * day, 'Blue', 'ben', 'dev');
    named(org, 3 * day, 'ben');
    certified(org, 4 * day, 'Green', 'ben', 'eve');
    org.epoch(104 * day);
    expect(named(org, 105 * day, 'chi', 'dev', 'eve')).toEqual(['chi', 'eve']);
  });

  it('is counted while it is served, for the team it began with', () => {
    const org = begun('  limit 1 terms per team\n');
    certified(org, day, 'Red', 'ben', 'chi');
    certified(org, 2 * day, 'Blue', 'ben', 'dev');
    named(org, 3 * day, 'ben');
    certified(org, 4 * day, 'Green', 'ben', 'eve');
    expect(named(org, 60 * day, 'chi', 'dev', 'eve')).toEqual(['ben', 'chi', 'eve']);
  });
});

describe('a removal that is taken back (S66)', () => {
  it('ended no term: it counts once, and all others as they did', () => {
    const org = begun('  limit 3 terms per person\n', ['ben']);
    org.epoch(100 * day);
    named(org, 101 * day, 'ben');
    ejected(org, 170 * day, 'ben');
    reversed(org, 171 * day, 2);
    expect(chairs(org)).toEqual(['ben']);
    org.epoch(202 * day);
    expect(chairs(org)).toEqual([]);
    expect(named(org, 203 * day, 'ben')).toEqual(['ben']);
    org.epoch(304 * day);
    expect(named(org, 305 * day, 'ben')).toEqual([]);
  });

  it('ended none for the group of its holder', () => {
    const org = begun('  limit 2 terms per team\n', ['ben']);
    certified(org, day, 'Red', 'ben', 'chi', 'dev');
    ejected(org, 60 * day, 'ben');
    reversed(org, 61 * day, 1);
    expect(named(org, 70 * day, 'chi')).toEqual(['ben', 'chi']);
    expect(named(org, 130 * day, 'dev')).toEqual(['chi']);
  });

  it('leaves the terms of others in the group, who began with it or ended after it', () => {
    const org = begun('  limit 2 terms per team\n', ['ben', 'chi']);
    certified(org, day, 'Red', 'ben', 'chi', 'dev');
    named(org, 10 * day, 'dev');
    ejected(org, 20 * day, 'ben');
    ejected(org, 40 * day, 'dev');
    ejected(org, 70 * day, 'chi');
    reversed(org, 75 * day, 2);
    expect(chairs(org)).toEqual(['ben']);
    // That of chi counts, and that of ben, who still sits.
    expect(named(org, 80 * day, 'dev')).toEqual(['ben']);
  });

  it('takes none from others of a group that its holder joined only later', () => {
    const org = begun('  limit 2 terms per team\n', ['ben', 'chi']);
    certified(org, day, 'Red', 'chi', 'dev');
    ejected(org, 20 * day, 'ben');
    ejected(org, 70 * day, 'chi');
    certified(org, 71 * day, 'Red', 'ben');
    reversed(org, 75 * day, 1);
    ejected(org, 76 * day, 'ben');
    expect(named(org, 80 * day, 'dev')).toEqual([]);
  });

  it('takes none from others whose term was of another length', () => {
    const org = begun('  limit 1 terms per team\n');
    certified(org, day, 'Red', 'ben', 'chi', 'dev');
    const { propose } = notesFor(org);
    org.epoch(10 * day, propose('ada', 'naming', { candidate: 'ben' }), propose('ada', 'acting', { candidate: 'chi' }));
    expect(chairs(org)).toEqual(['ben', 'chi']);
    ejected(org, 30 * day, 'ben', 'chi');
    reversed(org, 35 * day, 3);
    ejected(org, 36 * day, 'ben');
    // Ben served 26 days of 100, chi 20 of 30.
    expect(named(org, 40 * day, 'dev')).toEqual([]);
  });

  it('takes none from others whose term ended with it and began later', () => {
    const org = begun('  limit 2 terms per team\n', ['ben']);
    certified(org, day, 'Red', 'ben', 'chi', 'dev');
    org.epoch(70 * day, notesFor(org).propose('ada', 'acting', { candidate: 'chi' }));
    ejected(org, 80 * day, 'ben', 'chi');
    reversed(org, 85 * day, 2);
    expect(named(org, 86 * day, 'dev')).toEqual(['ben', 'dev']);
  });

  it('gives back a role without an end, whatever terms came before', () => {
    const text = bylaws('').replace('  term 100 days\n', '');
    const org = found(text, { member: people, clerk: ['ada'] });
    org.epoch(0, notesFor(org).propose('ada', 'acting', { candidate: 'ben' }));
    org.epoch(30 * day);
    expect(named(org, 40 * day, 'ben')).toEqual(['ben']);
    ejected(org, 50 * day, 'ben');
    reversed(org, 60 * day, 3);
    expect(chairs(org)).toEqual(['ben']);
  });
});

describe('a grant that is taken back (S66)', () => {
  it('was no term, also where its holder had held nothing before', () => {
    const org = begun('  limit 1 terms\n');
    named(org, day, 'ben', 'chi');
    reversed(org, 61 * day, 1);
    ejected(org, 62 * day, 'chi');
    expect(named(org, 70 * day, 'ben', 'chi')).toEqual(['ben']);
  });

  it('was none though a later one has followed it', () => {
    const org = begun('  limit 2 terms\n');
    for (const atMs of [10 * day, 80 * day]) named(org, atMs, 'ben', 'chi');
    reversed(org, 85 * day, 1);
    expect(chairs(org)).toEqual(['ben', 'chi']);
    ejected(org, 140 * day, 'ben', 'chi');
    expect(named(org, 150 * day, 'ben', 'chi')).toEqual(['ben']);
  });

  it('was none of the group in which it began, wherever its holder has gone since', () => {
    const org = begun('  limit 2 terms per team\n', ['ben']);
    certified(org, day, 'Red', 'ben', 'chi');
    org.epoch(20 * day, notesFor(org).propose('ada', 'acting', { candidate: 'ben' }));
    certified(org, 25 * day, 'Blue', 'ben');
    named(org, 40 * day, 'ben');
    for (const number of [1, 2]) reversed(org, (45 + number) * day, number);
    // Of Red only the term counts that Ben has back, and the one that begins.
    expect(named(org, 60 * day, 'chi')).toEqual(['ben', 'chi']);
  });

  it('leaves a term that had ended before as it was served', () => {
    const org = begun('  limit 1 terms\n');
    named(org, day, 'ben');
    org.epoch(101 * day);
    reversed(org, 102 * day, 1);
    expect(named(org, 103 * day, 'ben')).toEqual([]);
  });
});

describe('a waiver (S114)', () => {
  const waived = (org: Organization, atMs: number, number: number, isGiven = true): void => {
    org.epoch(atMs, notesFor(org).propose('ada', 'waiver', { candidate: 'ben' }));
    if (isGiven) org.epoch(atMs + 1, notesFor(org).act('ada', number, 'approve'));
    org.epoch(atMs + day);
    expect([org.view(number).process, org.view(number).outcome]).toEqual(['waiver', isGiven ? 'waived' : 'refused']);
  };

  it('is an accepted case, and no refused or open one', () => {
    const org = begun('  limit 1 terms unless waived through waiver\n', ['ben']);
    org.epoch(100 * day);
    waived(org, 101 * day, 1, false);
    expect(named(org, 103 * day, 'ben')).toEqual([]);
    org.epoch(104 * day, notesFor(org).propose('ada', 'waiver', { candidate: 'ben' }));
    expect(named(org, 104 * day + 1, 'ben')).toEqual([]);
  });

  it('waives nothing while its own decision still waits for its merge', () => {
    const text = bylaws('  limit 1 terms unless waived through waiver\n')
      .replace(
        'process waiver\n',
        `area work covers "work/**"\ndapp seal\n  image "sha256:${'a'.repeat(64)}"\n  checks work\n  endorsed by any clerk\nend\nprocess waiver\n  governs work\n`,
      )
      .replace('  outcome waived accepts\n', '  outcome waived\n    accept the merge within 9 days\n  end\n');
    const org = found(text, { member: people, clerk: ['ada'], chair: ['ben'] }, { content: [['work/a', '100644:aa']] });
    const { proposeChange, act, attest } = notesFor(org);
    org.epoch(100 * day, proposeChange('ada', 'waiver', [{ path: 'work/a', old: '100644:aa', new: '100644:bb' }], { candidate: 'ben' }));
    org.epoch(100 * day + 1, act('ada', 1, 'approve'));
    expect(org.view(1).outcome).toBe('waived');
    expect(named(org, 101 * day, 'ben')).toEqual([]);
    org.epoch(102 * day, attest('ada', 1, 'seal', openRequirements(org.state())[0]?.candidate ?? ''));
    expect(named(org, 103 * day, 'ben')).toEqual(['ben']);
  });

  it('is not used up by a grant that needs none, and is by one that does', () => {
    const org = begun('  limit 1 terms unless waived through waiver\n');
    waived(org, day, 1);
    expect(named(org, 3 * day, 'ben')).toEqual(['ben']);
    org.epoch(104 * day);
    expect(named(org, 105 * day, 'ben')).toEqual(['ben']);
    org.epoch(206 * day);
    expect(named(org, 207 * day, 'ben')).toEqual([]);
  });

  it('waives all limits of the role that it may for one grant, and none that it may not', () => {
    const twice = (limits: string): Organization => {
      const org = begun(limits, ['ben']);
      org.epoch(100 * day);
      waived(org, 101 * day, 1);
      waived(org, 103 * day, 2);
      return org;
    };
    const row = '  limit 1 terms in a row unless waived through waiver\n';
    const both = twice(`${row}  limit 1 terms per team unless waived through waiver\n`);
    expect(named(both, 110 * day, 'ben')).toEqual(['ben']);
    both.epoch(211 * day);
    expect(named(both, 212 * day, 'ben')).toEqual(['ben']);
    both.epoch(313 * day);
    expect(named(both, 314 * day, 'ben')).toEqual([]);
    expect(named(twice(`${row}  limit 1 terms per team\n`), 110 * day, 'ben')).toEqual([]);
  });
});

describe('a limit of terms that is kept', () => {
  type Role = Charter['roles'][number];
  type Limit = Role['limits'][number];
  const { charter } = compile(bylaws('  limit 2 terms\n'));
  const plain: Limit = { amount: { kind: 'count', value: 2 }, counted: 'terms', per: [] };
  const each = (name: string): Limit['per'] => [{ kind: 'each', name }];
  const kept = (limit: Partial<Limit>): boolean => {
    const roles = charter.roles.map((one) => (one.name === 'chair' ? { ...one, limits: [{ ...plain, ...limit }] } : one));
    return unsupported({ ...charter, roles }).length === 0;
  };

  it.each<readonly [what: string, isKept: boolean, limit: Partial<Limit>]>([
    ['ever', true, {}],
    ['in a row', true, { inARow: true }],
    ['per person', true, { per: each('person') }],
    ['per attribute, waived', true, { per: each('team'), waivedThrough: 'waiver' }],
    ['as many as are kept of one person', true, { amount: { kind: 'count', value: 64 } }],
    ['more than are kept of one person', false, { amount: { kind: 'count', value: 65 } }],
    ['per what is no attribute', false, { per: each('moon') }],
    ['per two things', false, { per: [...each('team'), ...each('person')] }],
    ['in a time', false, { per: [{ kind: 'window', duration: { count: 5, unit: 'year' } }] }],
    ['a share of them', false, { amount: { kind: 'share', numerator: 1, denominator: 2 } }],
    ['including somebody', false, { including: 'candidate' }],
    ['with a remedy', false, { otherwise: { kind: 'leave', who: 'newest' } }],
    ['of something else', false, { counted: 'moons' }],
  ])('is one %s: %s', (_, isKept, limit) => expect(kept(limit)).toBe(isKept));

  it('is of a role that has terms', () => {
    const endless = compile(bylaws('  limit 2 terms\n', 'ejection').replace('  term 100 days\n', ''));
    expect(unsupported(endless.charter)).toEqual([{ construct: 'limit in role chair' }]);
  });
});

describe('a cap of holders', () => {
  it('is no limit of terms', () => {
    const org = begun('  limit 1 chairs per team\n', ['ben']);
    certified(org, day, 'Red', 'ben', 'chi');
    org.epoch(100 * day);
    expect(named(org, 101 * day, 'ben')).toEqual(['ben']);
    expect(named(org, 160 * day, 'ben', 'chi')).toEqual(['ben']);
  });
});
