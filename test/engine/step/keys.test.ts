// T35, Q21: several keys of one person, rotation, revocation and recovery by those whom the bylaws name.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deviceOf, entriesUnder, publicKeyText, readEntry, zeros64 } from '../../../engine/index.ts';
import { seedSigner } from '../../../node/ledger/keys.ts';
import { deviceOfPerson, found, notesFor, type Note, type Organization } from './organization.ts';

const people = ['ana', 'bo', 'cy', 'dee', 'eve'] as const;
const bylaws = (actions: string): string => `gdo 1
organization "Keys"
end
role member plural members
  held by anyone
  gained through joining
end
role guardian plural guardians
  held by 1 to 5 people
  gained through joining
end
${actions}
process joining
  started by any person
  outcome joined
    grant member to the candidate
  end
end
process motion
  started by any member
  vote ballot
    voters members
    open for 2 days
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`;

function organization(actions = 'action enrol-key by 2 other guardians\naction revoke-key by 2 other guardians'): Organization {
  return found(bylaws(actions), { member: people, guardian: ['bo', 'cy', 'dee'] });
}

const keyOf = (name: string): Uint8Array => seedSigner(createHash('sha256').update(`new key of ${name}`).digest()).publicKey;
const newDevice = (name: string): string => deviceOf(keyOf(name));
const enrol = (by: string, member: string, name = member): Note => ({
  by,
  kind: 'key.enrol',
  body: { key: publicKeyText(keyOf(name)), member, possession: '' },
});
const revoke = (by: string, device: string): Note => ({ by, kind: 'key.revoke', body: { device, reason: 'Lost' } });
const owner = (org: Organization, device: string): unknown => readEntry(org.state(), `key/${device}`)?.['member'];
const fact = (by: string, device?: string): Note => ({ by, kind: 'fact', body: { data: {}, type: 'x' }, ...(device === undefined ? {} : { device }) });
const motion = (org: Organization, by: string, device: string): Note => ({ ...notesFor(org).propose(by, 'motion'), device });

describe('keys of a person', () => {
  it('Q21: a second key acts from the next checkpoint, and both count as one person', () => {
    const org = organization();
    expect(org.epoch(1, enrol('ana', 'ana'), motion(org, 'ana', newDevice('ana'))).verdicts).toEqual(['ok', 'GDO1040']);
    expect(org.epoch(2, notesFor(org).propose('ana', 'motion')).verdicts).toEqual(['ok']);
    const { ballot } = notesFor(org);
    expect(org.epoch(3, ballot('ana', 1, 'yes'), { ...ballot('ana', 1, 'no'), device: newDevice('ana') }).verdicts).toEqual(['ok', 'ok']);
    expect(entriesUnder(org.state(), 'ballot/').map(([, value]) => value['choice'])).toEqual(['no']);
  });

  it('T35: rotation: the new key revokes the old one, which acts no more; what it did before stands', () => {
    const org = organization();
    org.epoch(1, enrol('ana', 'ana'));
    expect(org.epoch(2, fact('ana'), { ...revoke('ana', deviceOfPerson('ana')), device: newDevice('ana') }).verdicts).toEqual(['ok', 'ok']);
    expect(org.epoch(3, motion(org, 'ana', deviceOfPerson('ana')), motion(org, 'ana', newDevice('ana'))).verdicts).toEqual(['GDO1042', 'ok']);
    expect(org.epoch(4, { ...revoke('ana', deviceOfPerson('ana')), device: newDevice('ana') }).verdicts).toEqual(['GDO1042']);
  });

  it('T35: what a thief signs with the old key while the owner revokes it is void, in whatever order it arrives', () => {
    for (const isReversed of [false, true]) {
      const org = organization();
      org.epoch(1, enrol('ana', 'ana'));
      const theft: Note = { ...motion(org, 'ana', deviceOfPerson('ana')), knows: [] };
      const revocation: Note = { ...revoke('ana', deviceOfPerson('ana')), device: newDevice('ana'), knows: [] };
      const { verdicts } = (isReversed ? org.reversed : org.epoch)(2, theft, revocation);
      expect(verdicts).toEqual(['GDO1041', 'ok']);
    }
  });

  it('nobody enrols or revokes a key of somebody else where the bylaws declare no action for it', () => {
    const org = organization('');
    expect(org.epoch(1, enrol('bo', 'ana'), revoke('cy', deviceOfPerson('ana')), enrol('bo', 'newcomer')).verdicts).toEqual(['GDO1040', 'GDO1040', 'ok']);
    expect(owner(org, newDevice('newcomer'))).toBe('newcomer');
    expect(org.epoch(2, enrol('bo', 'newcomer', 'another')).verdicts).toEqual(['GDO1040']);
  });
});

describe('a key that is enrolled', () => {
  const said = (org: Organization, atMs: number, ...notes: readonly Note[]): readonly string[] =>
    org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : `${verdict.code} ${verdict.reason}`));

  it('is one person’s: not again by somebody else, in the same epoch or later; two different ones may come together', () => {
    const org = organization();
    const again = 'GDO1052 this key is enrolled already';
    expect(said(org, 1, enrol('ana', 'ana', 'key'), enrol('bo', 'bo', 'key'), enrol('bo', 'bo', 'another key'))).toEqual(['ok', again, 'ok']);
    expect(said(org, 2, enrol('cy', 'cy', 'key'), enrol('ana', 'ana', 'key'))).toEqual([again, again]);
    expect([owner(org, newDevice('key')), owner(org, newDevice('another key'))]).toEqual(['ana', 'bo']);
  });

  it('for a newcomer makes them known at once: a second one is theirs, or that of whom the bylaws name', () => {
    const org = organization('');
    const only = 'GDO1040 only `nia` may do this with a key of `nia`: the bylaws declare no action `enrol-key`';
    expect(said(org, 1, enrol('bo', 'nia'), enrol('cy', 'nia', 'of cy'), enrol('cy', 'mo'))).toEqual(['ok', only, 'ok']);
    expect([owner(org, newDevice('nia')), owner(org, newDevice('of cy')), owner(org, newDevice('mo'))]).toEqual(['nia', undefined, 'mo']);
  });

  it('is revoked once', () => {
    const org = organization();
    org.epoch(1, enrol('ana', 'ana'));
    expect(said(org, 2, revoke('ana', newDevice('ana')), revoke('ana', newDevice('ana')))).toEqual(['ok', 'GDO1042 this key is revoked already']);
    expect(said(org, 3, fact('ana', newDevice('ana')), motion(org, 'ana', newDevice('ana')))).toEqual([
      'GDO1042 this key is revoked',
      'GDO1042 this key is revoked',
    ]);
  });
});

describe('recovery by those whom the bylaws name', () => {
  it('T35: two guardians give a person who lost every key a new one, and take the lost one away', () => {
    const org = organization();
    expect(org.epoch(1, enrol('bo', 'ana'), revoke('bo', deviceOfPerson('ana'))).verdicts).toEqual(['ok', 'ok']);
    expect(owner(org, newDevice('ana'))).toBeUndefined();
    expect(org.epoch(2, fact('ana')).verdicts).toEqual(['ok']);
    expect(org.epoch(3, enrol('dee', 'ana'), revoke('cy', deviceOfPerson('ana'))).verdicts).toEqual(['ok', 'ok']);
    expect(owner(org, newDevice('ana'))).toBe('ana');
    expect(org.epoch(4, motion(org, 'ana', newDevice('ana')), motion(org, 'ana', deviceOfPerson('ana'))).verdicts).toEqual(['ok', 'GDO1042']);
  });

  it('a share of the other guardians is one of those whom it is not about', () => {
    const half = 'action enrol-key by 1/2 of other guardians\naction revoke-key by 1/2 of other guardians';
    const org = organization(half);
    // Of bo's two others one is half of them; of all three, who are others to ana, it takes two.
    org.epoch(1, enrol('cy', 'bo'), enrol('cy', 'ana'));
    expect([owner(org, newDevice('bo')), owner(org, newDevice('ana'))]).toEqual(['bo', undefined]);
    org.epoch(2, enrol('dee', 'ana'));
    expect(owner(org, newDevice('ana'))).toBe('ana');
  });

  it('one guardian twice, guardians with different keys, and who is no guardian recover nobody', () => {
    const org = organization();
    expect(org.epoch(1, enrol('bo', 'ana'), enrol('cy', 'ana', 'a key of cy'), enrol('eve', 'ana')).verdicts).toEqual(['ok', 'ok', 'GDO1040']);
    expect(org.epoch(2, enrol('bo', 'ana')).verdicts).toEqual(['ok']);
    for (const name of ['ana', 'a key of cy']) expect(owner(org, newDevice(name))).toBeUndefined();
    expect(org.epoch(3, enrol('cy', 'ana')).verdicts).toEqual(['ok']);
    expect(owner(org, newDevice('ana'))).toBe('ana');
  });

  it('a guardian is never one of the two who recover that guardian (`other`)', () => {
    const org = organization();
    expect(org.epoch(1, enrol('bo', 'bo', 'thief')).verdicts).toEqual(['ok']);
    const other = organization();
    expect(other.epoch(1, revoke('cy', deviceOfPerson('bo')), revoke('dee', deviceOfPerson('bo'))).verdicts).toEqual(['ok', 'ok']);
    expect(other.epoch(2, fact('bo')).verdicts).toEqual(['GDO1042']);
  });

  it('a guardian who is recovered against their will can answer with the key they have', () => {
    const org = organization();
    org.epoch(1, enrol('cy', 'bo', 'captured'), enrol('dee', 'bo', 'captured'));
    expect(owner(org, newDevice('captured'))).toBe('bo');
    expect(org.epoch(2, revoke('bo', newDevice('captured'))).verdicts).toEqual(['ok']);
    expect(org.epoch(3, motion(org, 'bo', newDevice('captured')), revoke('bo', zeros64)).verdicts).toEqual(['GDO1042', 'GDO1052']);
  });
});
