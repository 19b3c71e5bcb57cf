// Who has standing at all, and what an event that is taken does beside its own rule: keys, attestations, activity, successors (ledger.md section 9, S12, S102).
import { describe, expect, it } from 'vitest';
import { holdersOf, holds, openRequirements, unsupported } from '../../../engine/index.ts';
import { compile, day, deviceOfPerson, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const opening = 'gdo 1\norganization "Standing"\nend\narea doors covers "doors/**"\n';
const roles = `role member plural members
  held by 1 to 99 people
  gained through joining
  lost through resignation
end
role chair plural chairs
  held by 0 to 5 people
  gained through naming
  lost through resignation or 9 days without activity
  succeeded by deputy, member
end
role deputy plural deputies
  held by 0 to 3 people
  gained through naming
  lost through resignation
end
`;
const granting = (process: string, role: string): string =>
  `process ${process}\n  started by any member\n  step wait\n    after 1 hour go to done\n  end\n  outcome done\n    grant ${role} to the candidate\n  end\nend\n`;
const change = (more = ''): string =>
  `${more}process change\n  governs doors\n  started by any member\n  step review\n    when 1 other member approves go to accepted\n    after 9 days go to refused\n  end\nend\n`;
const bylaws = `${opening}${roles}${granting('joining', 'member')}${granting('naming', 'deputy')}`;
const people: readonly string[] = ['ana', 'bo', 'cy'];
const content: readonly (readonly [string, string])[] = [['doors/front', '100644:aa']];

const organization = (more = '', given: Readonly<Record<string, readonly string[]>> = {}): Organization =>
  found(`${bylaws}${more}`, { member: people, ...given }, { content, devices: { ana: [deviceOfPerson('the second of ana')] } });

const complaint = (by: string, more: Partial<Note> = {}): Note => ({ by, kind: 'complaint', body: { text: 'too slow' }, ...more });

describe('an event', () => {
  it('by a key that is nobody, or that is somebody else, is refused and says so (GDO1040)', () => {
    const org = organization();
    const { full } = org.epoch(hour, complaint('zoe'), complaint('ana', { device: deviceOfPerson('bo') }), complaint('bo'));
    expect(full).toMatchObject([
      { code: 'GDO1040', reason: 'this key does not belong to `zoe` in this organization' },
      { code: 'GDO1040', reason: 'this key does not belong to `ana` in this organization' },
      { kind: 'ok' },
    ]);
  });

  it('beside the loss of a role that it does not need stands, by another key of the same person too (ledger.md section 9)', () => {
    for (const isReversed of [false, true]) {
      const org = organization();
      const resign: Note = { by: 'ana', kind: 'resign', body: { role: 'member' }, knows: [] };
      const other = complaint('ana', { device: deviceOfPerson('the second of ana'), knows: [] });
      expect((isReversed ? org.reversed : org.epoch)(hour, resign, other).verdicts).toEqual(['ok', 'ok']);
    }
  });

  it('that is taken is activity of who sent it, and one that is refused is none (S102)', () => {
    const poll =
      'process poll\n  started by any person\n  vote ballot\n    voters chairs\n    open for 30 days\n    passes when all chairs say yes\n    when passed go to accepted\n    otherwise go to refused\n  end\nend\n';
    const lines = `process talk\n  started by any person\n  step wait\n    when any chair approves go to accepted\n  end\nend\n${poll}`;
    const org = organization(lines, { chair: ['cy', 'dee', 'eve', 'fay', 'gil'] });
    const { propose, act, ballot } = notesFor(org);
    org.epoch(hour, propose('bo', 'talk'), propose('bo', 'poll'));
    // cy proposes, dee acts, fay votes; eve tries to approve a stage that is not open, and what gil complains of is no part of any case.
    const said = org.epoch(
      5 * day,
      propose('cy', 'talk'),
      act('dee', 1, 'approve'),
      act('eve', 1, 'approve', { stage: 9 }),
      ballot('fay', 2, 'yes'),
      complaint('gil'),
    );
    expect(said.verdicts).toEqual(['ok', 'ok', 'GDO1050', 'ok', 'ok']);
    org.epoch(9 * day);
    expect(holdersOf(org.state(), org.charter, 'chair')).toEqual(['cy', 'dee', 'fay']);
    org.epoch(14 * day);
    // Nobody is left, and no deputy: the first member acts.
    expect(holdersOf(org.state(), org.charter, 'chair')).toEqual(['ana']);
  });
});

describe('an attestation (GDO1040, GDO1051)', () => {
  const dapp = `dapp lock-check\n  image "sha256:${'a'.repeat(64)}"\n  checks doors\n  endorsed by at least 2 members\nend\n`;
  const door = [{ path: 'doors/front', old: '100644:aa', new: '100644:bb' }];

  it('is of an endorser, for a dapp that checks the case, and comes before the case is decided', () => {
    const org = organization(change(dapp), { deputy: ['dee'] });
    const { proposeChange, attest } = notesFor(org);
    org.epoch(0, proposeChange('ana', 'change', door));
    const candidate = openRequirements(org.state())[0]?.candidate ?? '';
    const { full } = org.epoch(
      hour,
      attest('dee', 1, 'lock-check', candidate),
      attest('ana', 1, 'paint-check', candidate),
      attest('ana', 1, 'lock-check', candidate),
      attest('ana', 1, 'lock-check', candidate, 'refuse'),
      attest('ana', 1, 'lock-check', candidate),
    );
    expect(full).toMatchObject([
      { code: 'GDO1040', reason: '`dee` is not an endorser of `lock-check` for this case' },
      { code: 'GDO1040', reason: '`ana` is not an endorser of `paint-check` for this case' },
      { kind: 'ok' },
      { code: 'GDO1043', reason: 'this endorser has attested something else for the same candidate' },
      { kind: 'ok' },
    ]);
    org.epoch(9 * day);
    expect(org.view(1).status).toBe('refused');
    expect(org.epoch(9 * day + 1, attest('bo', 1, 'lock-check', candidate)).full).toMatchObject([{ code: 'GDO1051', reason: 'the case is decided' }]);
  });
});

describe('who acts for a vacant role (S12)', () => {
  it('is who was granted the first successor role first, whatever the name, while nobody holds it', () => {
    const org = organization('', { chair: ['cy'] });
    const { propose } = notesFor(org);
    const chairs = (): readonly string[] => holdersOf(org.state(), org.charter, 'chair');
    org.epoch(0, propose('ana', 'naming', { candidate: 'cy' }));
    org.epoch(hour, propose('ana', 'naming', { candidate: 'bo' }));
    org.epoch(2 * hour);
    expect(holdersOf(org.state(), org.charter, 'deputy')).toEqual(['bo', 'cy']);
    expect([chairs(), holds(org.state(), org.charter, 'chair', 'bo')]).toEqual([['cy'], false]);
    org.epoch(3 * hour, { by: 'cy', kind: 'resign', body: { role: 'chair' } });
    expect([chairs(), holds(org.state(), org.charter, 'chair', 'cy')]).toEqual([['cy'], true]);
    org.epoch(4 * hour, { by: 'cy', kind: 'resign', body: { role: 'deputy' } });
    expect([chairs(), holds(org.state(), org.charter, 'chair', 'bo')]).toEqual([['bo'], true]);
  });
});

describe('a role that anyone holds and nothing gains (S87)', () => {
  const lines =
    'role resident plural residents\n  held by anyone\nend\nprocess talk\n  started by any resident\n  while open suspend resident of the subject\n  step wait\n    when 2 residents approve go to accepted\n    after 9 days go to refused\n  end\nend\n';

  it('is held by everybody in the ledger, but for those whom an open case suspends (S100)', () => {
    const org = organization(lines, { deputy: ['zoe'] });
    const { propose, act } = notesFor(org);
    expect(holdersOf(org.state(), org.charter, 'resident')).toEqual(['ana', 'bo', 'cy', 'zoe']);
    expect(org.epoch(0, propose('zoe', 'talk', { subject: 'bo' })).verdicts).toEqual(['ok']);
    expect(holdersOf(org.state(), org.charter, 'resident')).toEqual(['ana', 'cy', 'zoe']);
    expect(['bo', 'cy'].map((member) => holds(org.state(), org.charter, 'resident', member))).toEqual([false, true]);
    expect(org.epoch(hour, propose('bo', 'talk', { subject: 'ana' })).verdicts).toEqual(['GDO1040']);
    org.epoch(2 * hour, act('ana', 1, 'approve'), act('cy', 1, 'approve'));
    expect(org.view(1).outcome).toBe('accepted');
    expect(holdersOf(org.state(), org.charter, 'resident')).toEqual(['ana', 'bo', 'cy', 'zoe']);
  });
});

describe('the names in bylaws that are people', () => {
  it('are none of the choices that a lead compares, and no process that somebody is struck from', () => {
    const vote = `process race
  started by any member
  vote ballot
    voters deputies
    open for 1 day
    passes when the lead of yes over no is at least 1
    when passed go to out
    otherwise go to refused
  end
  outcome out
    strike the author from change
  end
end
`;
    expect(unsupported(compile(`${bylaws}${change()}${vote}`).charter)).toEqual([]);
  });
});
