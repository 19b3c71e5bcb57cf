// Who witnesses: the set follows the bylaws at checkpoints that leave nothing out, and whoever signed two things that exclude each other counts no more
// (ledger.md sections 10 and 12, language.md S103).
import { describe, expect, it } from 'vitest';
import {
  byCodeUnit,
  emptyState,
  encodeReceipt,
  encodeVote,
  engine1,
  finalityNumbers,
  foldEpoch,
  initialState,
  publicKeyText,
  readEntry,
  readEvidence,
  stateRoot,
  totalWeight,
  voteStanding,
  weightIn,
  witnessSetOf,
  zeros64,
  type Batch,
  type EventKind,
  type JsonObject,
  type State,
} from '../../../engine/index.ts';
import { seedSigner, type Signer } from '../../../node/ledger/keys.ts';
import { evidenceBody, evidenceFault } from '../../../node/ledger/possession.ts';
import { compile } from '../step/organization.ts';

const bylaws = (finality: string): string => `gdo 1
organization "House"
  time zone "UTC"
${finality === '' ? '' : `  witnessed by keepers final by ${finality}\n`}end
role member plural members
  held by anyone
  gained through joining
end
role keeper plural keepers
  held by anyone
  gained through keeper-election
  lost through resignation
end
action enrol-key by 2 other members
process joining
  started by any person
  step notice
    when 1 member endorses go to joined
    after 4 hours go to refused
  end
  outcome joined
    grant member to the candidate
  end
end
process keeper-election
  started by any member
  step approval
    when 1 other member approves go to seated
    after 1 hour go to refused
  end
  outcome seated
    grant keeper to the candidate
  end
end
`;

const people = ['ana', 'ben', 'chi', 'dev'];
const signers = new Map(people.map((name, index) => [name, seedSigner(new Uint8Array(32).fill(index + 1))]));
const spare = seedSigner(new Uint8Array(32).fill(99));

function signerOf(name: string): Signer {
  const signer = signers.get(name);
  if (signer === undefined) throw new Error(`${name} has a key`);
  return signer;
}

function deviceOf(name: string): string {
  return signerOf(name).device;
}

/** An organization in which some are keepers and witnesses. */
class House {
  state: State;
  private height = 0;
  private readonly seqs = new Map<string, { readonly seq: number; readonly id: string }>();
  readonly hash: string;

  constructor(
    keepers: readonly string[],
    more: { readonly finality?: string; readonly spares?: readonly string[]; readonly witnesses?: readonly string[] } = {},
  ) {
    const { charter, hash } = compile(bylaws(more.finality ?? 'quorum'));
    this.hash = hash;
    this.state = initialState({
      org: zeros64,
      timeMs: 0,
      charter,
      bylawsHash: hash,
      members: people.map((name) => [name, [deviceOf(name), ...(name === 'ana' ? (more.spares ?? []) : [])]]),
      roles: [
        ['keeper', keepers],
        ['member', people],
      ],
      witnesses: (more.witnesses ?? keepers.map(deviceOf)).map((device) => [device, 1]),
      content: [],
    });
  }

  /** One epoch with one event. @returns its verdict */
  say(by: string, event: { readonly kind: EventKind; readonly body: JsonObject; readonly case?: string; readonly with?: string }, leavesOut = false): string {
    this.height += 1;
    const device = event.with ?? deviceOf(by);
    const last = this.seqs.get(device) ?? { seq: 0, id: zeros64 };
    const id = String(this.height).padStart(64, 'e');
    const common = { device, actor: by, seq: last.seq + 1 };
    const about = event.case === undefined ? {} : { case: event.case };
    const line = { ...common, id, org: zeros64, kind: event.kind, body: event.body, tsMs: 0, ...about };
    const batch: Batch = { ...common, id, count: 1, prev: last.id, deps: [], base: zeros64, events: [line], changes: [], charters: [] };
    this.seqs.set(device, { seq: last.seq + 1, id });
    const timeMs = this.height * 1_000;
    const settle = (): { readonly settledMs: number; readonly renewsWitnesses: boolean } => ({ settledMs: timeMs, renewsWitnesses: !leavesOut });
    const input = {
      state: this.state,
      batches: [batch],
      receivedMs: () => timeMs,
      settle,
      timeMs,
      height: this.height,
      previousCheckpoint: stateRoot(this.state),
    };
    const result = foldEpoch({ ...input, rules: engine1 });
    this.state = result.state;
    const verdict = result.verdicts[0]?.verdict;
    return verdict?.kind === 'ok' ? 'ok' : (verdict?.code ?? '');
  }

  /** Elects a keeper. @param leavesOut - whether the checkpoint of the grant leaves a received batch out */
  elect(name: string, leavesOut = false): void {
    const started = this.height + 1;
    expect(this.say('ana', { kind: 'propose', body: { bylaws: this.hash, candidate: name, process: 'keeper-election' } })).toBe('ok');
    const of = String(started).padStart(64, 'e');
    expect(this.say('ben', { kind: 'act', case: of, body: { stage: 1, verb: 'approve' } }, leavesOut)).toBe('ok');
  }

  witnesses(): ReturnType<typeof witnessSetOf> {
    return witnessSetOf(this.state, []);
  }

  devices(): readonly string[] {
    return this.witnesses().rows.map(([device]) => device);
  }
}

const sorted = (...names: readonly string[]): readonly string[] => names.map(deviceOf).toSorted();

describe('the set of witnesses', () => {
  it('has who was elected from the checkpoint of the grant on (S103)', () => {
    const house = new House(['ana', 'ben', 'chi']);
    house.elect('dev');
    expect(house.devices()).toEqual(sorted('ana', 'ben', 'chi', 'dev'));
  });

  it('stays while a checkpoint leaves out what witnesses have received, and follows at the next that does not', () => {
    const house = new House(['ana', 'ben', 'chi']);
    house.elect('dev', true);
    expect(house.devices()).toEqual(sorted('ana', 'ben', 'chi'));
    house.say('chi', { kind: 'fact', body: { data: { open: true }, type: 'door.opened' } });
    expect(house.devices()).toEqual(sorted('ana', 'ben', 'chi', 'dev'));
  });

  it('loses who resigns, and never the last one', () => {
    const house = new House(['ana', 'ben']);
    expect(house.say('ben', { kind: 'resign', body: { role: 'keeper' } })).toBe('ok');
    expect(house.devices()).toEqual(sorted('ana'));
    expect(house.say('ana', { kind: 'resign', body: { role: 'keeper' } })).toBe('ok');
    expect(house.devices()).toEqual(sorted('ana'));
  });

  it('takes the next key of a holder whose oldest one is revoked', () => {
    const house = new House(['ana', 'ben'], { spares: [spare.device] });
    const [oldest = '', next = ''] = [deviceOf('ana'), spare.device].toSorted();
    house.say('ben', { kind: 'fact', body: { data: {}, type: 'door.opened' } });
    expect(house.devices()).toEqual([oldest, deviceOf('ben')].toSorted());
    expect(house.say('ana', { kind: 'key.revoke', body: { device: oldest, reason: 'lost' }, with: next })).toBe('ok');
    expect(house.devices()).toEqual([next, deviceOf('ben')].toSorted());
  });

  it('is what the genesis says where one witness decides, where no bylaws name any, and where the state has none (engine 0)', () => {
    for (const finality of ['one', '']) {
      const house = new House(['ana'], { finality });
      house.elect('dev');
      expect(house.devices()).toEqual(sorted('ana'));
      expect([...house.witnesses().silenced]).toEqual([]);
    }
    expect(witnessSetOf(emptyState, [[deviceOf('ben'), 1]])).toEqual({ rows: [[deviceOf('ben'), 1]], silenced: new Set() });
  });

  it('is without a holder who has no key left, while others have one', () => {
    const house = new House(people);
    house.say('ben', { kind: 'fact', body: { data: {}, type: 'door.opened' } });
    expect(house.say('ben', { kind: 'key.revoke', body: { device: deviceOf('ben'), reason: 'lost' } })).toBe('ok');
    expect(house.devices()).toEqual(sorted('ana', 'chi', 'dev'));
  });

  it('names a holder by the key that was enrolled first, however its name sorts', () => {
    const house = new House(people);
    const enrol = (signer: Signer): void => {
      const body: JsonObject = { member: 'ana', key: publicKeyText(signer.publicKey), possession: 'checked on receipt' };
      for (const by of ['ben', 'chi']) expect(house.say(by, { kind: 'key.enrol', body })).toBe('ok');
    };
    const revoke = (device: string, by: string): void => {
      expect(house.say('ana', { kind: 'key.revoke', body: { device, reason: 'lost' }, with: by })).toBe('ok');
    };
    // The later one is enrolled, the less is its device.
    const later = [60, 61, 62, 63, 64, 65, 66, 67].map((byte) => seedSigner(new Uint8Array(32).fill(byte)));
    const [second, third] = later.filter(({ device }) => device < deviceOf('ana')).toSorted((left, right) => byCodeUnit(right.device, left.device));
    if (second === undefined || third === undefined) throw new Error('there are two such keys');
    enrol(second);
    enrol(third);
    expect(house.devices()).toEqual(sorted(...people));
    const others = ['ben', 'chi', 'dev'].map(deviceOf);
    revoke(deviceOf('ana'), second.device);
    expect(house.devices()).toEqual([second.device, ...others].toSorted());
    revoke(second.device, third.device);
    expect(house.devices()).toEqual([third.device, ...others].toSorted());
  });
});

async function votes(by: string | Signer, ...values: readonly string[]): Promise<JsonObject> {
  const signer = typeof by === 'string' ? signerOf(by) : by;
  const statements = values.map((value) => encodeVote({ org: zeros64, height: 7, value: value.repeat(64) }));
  const [one, other] = await Promise.all(statements.map(async (bytes) => ({ bytes, armour: await signer.sign('gdo-cosign-v1', bytes) })));
  if (one === undefined || other === undefined) throw new Error('two votes');
  return evidenceBody('vote', [one, other]);
}

async function receipts(by: string, ...rows: readonly (readonly [seq: number, upToMs: number, org?: string])[]): Promise<JsonObject> {
  const { device } = signerOf(by);
  const statements = rows.map(([seq, upToMs, org = zeros64]) => encodeReceipt({ org, witness: device, seq, prev: zeros64, upToMs, entries: [] }));
  const [one, other] = await Promise.all(statements.map(async (bytes) => ({ bytes, armour: await signerOf(by).sign('gdo-receipt-v1', bytes) })));
  if (one === undefined || other === undefined) throw new Error('two receipts');
  return evidenceBody('receipt', [one, other]);
}

describe('evidence', () => {
  const four = (): House => new House(people);

  it('of two votes at one height silences the witness: its weight stays in n and q, and its votes count no more', async () => {
    const house = four();
    expect(house.say('ben', { kind: 'evidence', body: await votes('dev', '1', '2') })).toBe('ok');
    const set = house.witnesses();
    expect(totalWeight(set)).toBe(4);
    expect(finalityNumbers(totalWeight(set)).quorum).toBe(3);
    expect(weightIn(set, deviceOf('dev'))).toBe(0);
    const cast = ['ana', 'ben', 'dev'].map((name) => ({ device: deviceOf(name), value: 'a' }));
    expect(voteStanding(cast, set)).toEqual({ kind: 'open', missing: 1 });
    expect(voteStanding([...cast, { device: deviceOf('chi'), value: 'a' }], set).kind).toBe('final');
  });

  it('is given once and stays through later checkpoints', async () => {
    const house = four();
    house.say('ben', { kind: 'evidence', body: await votes('dev', '1', '2') });
    house.say('chi', { kind: 'evidence', body: await votes('dev', '3', '4') });
    house.say('dev', { kind: 'fact', body: { data: {}, type: 'door.opened' } });
    expect([...house.witnesses().silenced]).toEqual([deviceOf('dev')]);
    // What it rests on is the event that showed it first.
    expect(readEntry(house.state, `witness/${deviceOf('dev')}`)?.['evidence']).toBe('1'.padStart(64, 'e'));
  });

  describe('rests on the seat and not on the key', () => {
    const [oldest = '', next = ''] = [deviceOf('ana'), spare.device].toSorted();
    const signs = (device: string): Signer => (device === spare.device ? spare : signerOf('ana'));
    const isSilent = (house: House, device: string): boolean => house.devices().includes(device) && weightIn(house.witnesses(), device) === 0;
    const revoke = (device: string): JsonObject => ({ device, reason: 'lost' });

    it('so a silenced witness that goes on with another key counts no more with that one either', async () => {
      const house = new House(people, { spares: [spare.device] });
      house.say('ben', { kind: 'fact', body: { data: {}, type: 'door.opened' } });
      expect(house.say('ben', { kind: 'evidence', body: await votes(signs(oldest), '1', '2') })).toBe('ok');
      expect(house.say('ana', { kind: 'key.revoke', body: revoke(oldest), with: next })).toBe('ok');
      expect(house.devices()).toEqual([next, ...['ben', 'chi', 'dev'].map(deviceOf)].toSorted());
      expect(isSilent(house, next)).toBe(true);
      expect(totalWeight(house.witnesses())).toBe(4);
    });

    it('so one without any key keeps its weight in n and q, and a key that others enrol later counts no more', async () => {
      const house = new House(people);
      house.say('ben', { kind: 'evidence', body: await votes(signerOf('ana'), '1', '2') });
      expect(house.say('ana', { kind: 'key.revoke', body: revoke(deviceOf('ana')) })).toBe('ok');
      expect(isSilent(house, deviceOf('ana'))).toBe(true);
      const enrol: JsonObject = { member: 'ana', key: publicKeyText(spare.publicKey), possession: 'checked on receipt' };
      for (const by of ['ben', 'chi']) expect(house.say(by, { kind: 'key.enrol', body: enrol })).toBe('ok');
      expect(house.devices()).toEqual([spare.device, ...['ben', 'chi', 'dev'].map(deviceOf)].toSorted());
      expect(isSilent(house, spare.device)).toBe(true);
      expect(totalWeight(house.witnesses())).toBe(4);
    });

    it('so one of two keys that the genesis lists of one holder silences the holder, whichever key is the one that goes on (docs/decisions/0117)', async () => {
      const [least = '', greater = ''] = [deviceOf('ana'), spare.device].toSorted();
      for (const device of [least, greater]) {
        const house = new House(people, { spares: [spare.device], witnesses: [least, greater, ...['ben', 'chi', 'dev'].map(deviceOf)] });
        expect(house.say('ben', { kind: 'evidence', body: await votes(signs(device), '1', '2') })).toBe('ok');
        expect(house.devices()).toEqual([least, ...['ben', 'chi', 'dev'].map(deviceOf)].toSorted());
        expect(isSilent(house, least)).toBe(true);
      }
    });

    it('so it ends with the seat: whoever leaves it and is elected again counts again', async () => {
      const house = new House(people);
      house.say('ben', { kind: 'evidence', body: await votes(signerOf('dev'), '1', '2') });
      expect(house.say('dev', { kind: 'resign', body: { role: 'keeper' } })).toBe('ok');
      expect(house.devices()).toEqual(sorted('ana', 'ben', 'chi'));
      house.elect('dev');
      expect(weightIn(house.witnesses(), deviceOf('dev'))).toBe(1);
    });
  });

  it.each([
    ['two receipts of one number', [1, 500], [1, 600]],
    ['a later receipt that goes back in time', [1, 500], [2, 400]],
  ] as const)('of %s silences too', async (_, one, other) => {
    const house = four();
    expect(house.say('ben', { kind: 'evidence', body: await receipts('dev', one, other) })).toBe('ok');
    expect(weightIn(house.witnesses(), deviceOf('dev'))).toBe(0);
  });

  it('shows nothing where the statements go together, are of another organization, or of somebody who is no witness: GDO1040', async () => {
    const house = new House(['ana', 'ben', 'chi']);
    expect(house.say('ana', { kind: 'evidence', body: await votes('ben', '1', '1') })).toBe('GDO1040');
    expect(house.say('ana', { kind: 'evidence', body: await receipts('ben', [1, 500], [2, 500]) })).toBe('GDO1040');
    expect(house.say('ana', { kind: 'evidence', body: await receipts('ben', [1, 500], [1, 600, '1'.repeat(64)]) })).toBe('GDO1040');
    expect(house.say('ana', { kind: 'evidence', body: await votes('dev', '1', '2') })).toBe('GDO1040');
    const [mine, theirs] = [await votes('ana', '1', '2'), await votes('ben', '1', '2')];
    expect(house.say('chi', { kind: 'evidence', body: { ...mine, b: theirs['b'] ?? '' } })).toBe('GDO1040');
    expect(house.witnesses().silenced.size).toBe(0);
  });

  it('counts for nothing where a signature in it is of something else: it is refused when it is received, GDO1012', async () => {
    const body = await votes('dev', '1', '2');
    const event = { id: '1'.repeat(64), org: zeros64, actor: 'ben', device: deviceOf('ben'), seq: 1, kind: 'evidence', body, tsMs: 0 } as const;
    expect(evidenceFault(event)).toBe(undefined);
    // The armour of one vote under the text of a third.
    const third = await votes('dev', '1', '3');
    const armourOf = (field: unknown): string => Buffer.from(String(field), 'base64').toString('latin1').split('\n').slice(1).join('\n');
    const textOf = (field: unknown): string => Buffer.from(String(field), 'base64').toString('latin1').split('\n')[0] ?? '';
    const forged = { ...event, body: { ...body, b: Buffer.from(`${textOf(third['b'])}\n${armourOf(body['b'])}`, 'latin1').toString('base64') } };
    expect(readEvidence(forged)?.device).toBe(deviceOf('dev'));
    expect(evidenceFault(forged)).toMatchObject({ code: 'GDO1012' });
  });
});
