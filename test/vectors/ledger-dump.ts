// Random whole ledgers of engine 0 as plain JSON, for other programs to judge: real keys, real batches, forks, removals, receipts and votes of several
// witnesses, epochs that leave something waiting. SPEC.md says what each part means; `expected` holds every value between the bytes and the roots.
import { createHash } from 'node:crypto';
import {
  checkpointId,
  decodeReceipt,
  encodeCheckpoint,
  encodeGenesis,
  encodeReceipt,
  encodeVote,
  entriesUnder,
  emptyState,
  foldEpoch,
  engineZero,
  digest,
  idsRoot,
  orgOf,
  paramsDefault,
  publicKeyText,
  receiptId,
  receiptTimes,
  rootUnder,
  stateRoot,
  utf8Encode,
  verdictsRoot,
  witnessesHash,
  writeEntry,
  zeros64,
  type Batch,
  type Checkpoint,
  type EventDraft,
  type Genesis,
  type JsonObject,
  type Receipt,
  type State,
} from '../../engine/index.ts';
import { signBatch, type SignedBatch } from '../../node/ledger/batch.ts';
import { seedSigner, type Signer } from '../../node/ledger/keys.ts';
import { Dice } from './dice.ts';

/** What a ledger consists of, and what must follow from it. Statements and commits are text; `checkpoints` begin at height 0. */
export interface LedgerDump {
  readonly format: 'gdo-ledger-dump/1';
  readonly seed: number;
  readonly genesis: string;
  readonly bylaws: string;
  readonly signatures: readonly (readonly [device: string, armour: string])[];
  readonly batches: readonly { readonly commit: string; readonly ndjson: string }[];
  readonly receipts: readonly SignedStatement[];
  readonly checkpoints: readonly { readonly statement: string; readonly votes: readonly SignedStatement[] }[];
  readonly expected: readonly ExpectedEpoch[];
}

/** A detached statement. */
export interface SignedStatement {
  readonly statement: string;
  readonly signature: string;
}

/** What the fold of one epoch gives, for heights from 1. */
export interface ExpectedEpoch {
  readonly height: number;
  readonly times: readonly (readonly [batch: string, timeMs: number])[];
  readonly included: readonly string[];
  readonly waiting: readonly string[];
  readonly verdicts: readonly (readonly [event: string, code: string])[];
  readonly state: readonly (readonly [key: string, value: JsonObject])[];
}

/** The batches of a ledger, and what each of its checkpoints was made from. */
export interface LedgerHistory {
  readonly genesis: Genesis;
  /** The state at height 0. */
  readonly state: State;
  readonly batches: readonly Batch[];
  /** The checkpoints from height 1, each with the receipt times that its receipts give. */
  readonly epochs: readonly { readonly statement: Checkpoint; readonly previous: string; readonly times: ReadonlyMap<string, number> }[];
}

interface Device {
  readonly actor: string;
  readonly signer: Signer;
  /** What this device has seen, in order of arrival, its own included. */
  readonly seen: SignedBatch[];
  head: SignedBatch | undefined;
  base: string;
}

const startMs = 1_795_251_600_000;
const caseIds = ['1', '2'].map((name) => createHash('sha256').update(`case ${name}`).digest('hex'));
const bylaws = '{"v":0}';
/** Roles that officers give and take: mostly the two that exist, and some that no bylaws could have. */
const roleTexts = ['keeper', 'officer', 'keeper', 'officer', 'keeper', 'officer', 'Chair', '', 'two words', 'élue/😀', '7'] as const;
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** Makes one ledger from a seed: the same bytes every time. */
export async function randomLedger(seed: number): Promise<LedgerDump> {
  return (await randomRun(seed)).dump(seed);
}

/** One ledger as the values that it is dumped from. */
export async function randomHistory(seed: number): Promise<LedgerHistory> {
  return (await randomRun(seed)).history();
}

async function randomRun(seed: number): Promise<Run> {
  const dice = new Dice(seed);
  const names = ['ada', 'ben', 'chi', 'dev', 'eve', 'fin'].slice(0, 3 + dice.below(4));
  const devices = names.flatMap((actor) => Array.from({ length: dice.once(3) ? 2 : 1 }, (_, index) => newDevice(actor, `${seed} ${actor} ${index}`)));
  const witnesses = dice.shuffled(devices).slice(0, dice.of([1, 1, 3, 4]));
  const founded = await found(devices, witnesses, dice);
  const run = new Run(dice, founded, devices, witnesses);
  const heights = 1 + dice.below(4);
  for (let height = 1; height <= heights; height += 1) {
    await run.write();
    await run.close(height);
  }
  return run;
}

function newDevice(actor: string, name: string): Device {
  const signer = seedSigner(createHash('sha256').update(`gdo vector key ${name}`).digest());
  return { actor, signer, seen: [], head: undefined, base: '' };
}

interface Founded {
  readonly genesis: Genesis;
  readonly org: string;
  readonly bytes: Uint8Array;
  readonly signatures: readonly (readonly [string, string])[];
  readonly state: State;
}

async function found(devices: readonly Device[], witnesses: readonly Device[], dice: Dice): Promise<Founded> {
  const members = [...new Set(devices.map((device) => device.actor))].sort();
  const keysOf = (member: string): Device[] => devices.filter((device) => device.actor === member);
  const officers = members.slice(0, 1 + dice.below(members.length));
  const genesis: Genesis = {
    name: 'Random',
    nonce: digest('gdo-key-v1', utf8Encode(String(dice.below(1_000_000)))),
    timeMs: startMs,
    bylaws: digest('gdo-bylaws-v1', utf8Encode(bylaws)),
    mainCommit: '0'.repeat(40),
    mainContent: rootUnder(emptyState, 'content/'),
    engine: 0,
    members: members.map((member) => [member, keysOf(member).map(({ signer }) => publicKeyText(signer.publicKey))]),
    roles: [
      ['keeper', members.filter(() => dice.once(2))],
      ['officer', officers],
    ],
    witnesses: witnesses.map(({ signer }) => [signer.device, 1] as const).sort(([left], [right]) => (left < right ? -1 : 1)),
    finality: witnesses.length === 1 ? 'F0' : 'F1',
    params: { ...paramsDefault, windowBatches: dice.once(4) ? 8 : 4_096 },
  };
  const bytes = encodeGenesis(genesis);
  const signatures = await Promise.all(devices.map(async ({ signer }) => [signer.device, await signer.sign('gdo-genesis-v1', bytes)] as const));
  return { genesis, org: orgOf(bytes), bytes, signatures: signatures.sort(([left], [right]) => (left < right ? -1 : 1)), state: firstState(genesis, devices) };
}

function firstState(genesis: Genesis, devices: readonly Device[]): State {
  const since = genesis.timeMs;
  let state = emptyState;
  for (const [member] of genesis.members) state = writeEntry(state, `member/${member}`, { since });
  for (const { actor, signer } of devices) state = writeEntry(state, `key/${signer.device}`, { member: actor, since });
  for (const [role, people] of genesis.roles) for (const person of people) state = writeEntry(state, `role/${role}/${person}`, { since });
  return state;
}

/** One run: who has written and received what, and the checkpoints so far. */
class Run {
  private readonly dice: Dice;
  private readonly founded: Founded;
  private readonly devices: readonly Device[];
  private readonly witnesses: readonly Device[];
  private readonly batches: SignedBatch[] = [];
  private readonly final = new Set<string>();
  private readonly receipts: (SignedStatement & { readonly receipt: Receipt; readonly id: string })[] = [];
  private readonly checkpoints: { readonly statement: Checkpoint; readonly id: string; readonly bytes: Uint8Array; readonly votes: readonly SignedStatement[] }[] =
    [];
  private readonly expected: ExpectedEpoch[] = [];
  /** The longest prefix of receipts that a checkpoint has named, by witness. */
  private readonly prefixes = new Map<string, number>();
  private state: State;
  private nowMs = startMs;

  constructor(dice: Dice, founded: Founded, devices: readonly Device[], witnesses: readonly Device[]) {
    this.dice = dice;
    this.founded = founded;
    this.devices = devices;
    this.witnesses = witnesses;
    this.state = founded.state;
    this.checkpoints.push(this.zero());
    for (const device of devices) device.base = this.checkpoints[0]?.id ?? '';
  }

  private zero(): (typeof this.checkpoints)[number] {
    const { genesis, org } = this.founded;
    const statement: Checkpoint = {
      org,
      height: 0,
      prev: zeros64,
      timeMs: genesis.timeMs,
      engine: 0,
      bylaws: genesis.bylaws,
      heads: [],
      receipts: [],
      state: stateRoot(this.state),
      verdicts: verdictsRoot([]),
      events: 0,
      mainCommit: genesis.mainCommit,
      mainContent: genesis.mainContent,
      witnesses: witnessesHash(genesis.witnesses),
      log: idsRoot([]),
    };
    const bytes = encodeCheckpoint(statement);
    return { statement, id: checkpointId(bytes), bytes, votes: [] };
  }

  /** Devices write, and hear of each other now and then. */
  async write(): Promise<void> {
    const turns = 4 + this.dice.below(14);
    for (let turn = 0; turn < turns; turn += 1) {
      this.nowMs += 1_000;
      const device = this.device();
      if (this.dice.once(3)) this.hear(device);
      const before = device.head;
      await this.append(device, before);
      // The same key signs a second batch of the same number: two clones, or a cheat.
      if (this.dice.once(16)) await this.append(device, before);
    }
  }

  private device(): Device {
    const [first, ...rest] = this.devices;
    if (first === undefined) throw new Error('a ledger has devices');
    return this.dice.of([first, ...rest]);
  }

  private hear(device: Device): void {
    const other = this.device();
    for (const batch of other.seen) if (!device.seen.includes(batch)) device.seen.push(batch);
    device.base = this.checkpoints.at(-1)?.id ?? device.base;
  }

  private async append(device: Device, prev: SignedBatch | undefined): Promise<void> {
    const { signer } = device;
    const heads = new Map<string, SignedBatch>();
    for (const seen of device.seen) if (seen.batch.device !== signer.device) heads.set(seen.batch.device, seen);
    const deps = [...heads.values()].filter(() => !this.dice.once(4)).map((dep) => ({ id: dep.batch.id, commit: dep.commit }));
    const count = this.dice.once(5) ? 2 : 1;
    const batch = await signBatch(signer, {
      org: this.founded.org,
      actor: device.actor,
      seq: prev === undefined ? 1 : prev.batch.seq + prev.batch.count,
      prev: prev === undefined ? undefined : { id: prev.batch.id, commit: prev.commit },
      deps,
      base: device.base,
      events: Array.from({ length: count }, () => this.event(device)),
      attachments: [],
    });
    if (this.batches.some((known) => known.batch.id === batch.batch.id)) return;
    this.batches.push(batch);
    device.seen.push(batch);
    device.head = batch;
  }

  private event(device: Device): EventDraft {
    const { dice } = this;
    const tsMs = this.nowMs;
    const about = this.device().actor;
    const of = dice.once(2) ? (caseIds[0] ?? '') : (caseIds[1] ?? '');
    const act = (body: JsonObject): EventDraft => ({ kind: 'act', case: of, body: { stage: 1, ...body }, tsMs });
    switch (dice.below(9)) {
      case 0:
        return act({ about, verb: 'dismiss' });
      case 1:
        return act({ about, text: dice.of(roleTexts), verb: 'remove' });
      case 2:
        return dice.once(12) ? act({ about: [about], verb: 'grant' }) : act({ about, text: dice.of(roleTexts), verb: 'grant' });
      case 3:
        return act({ verb: 'close' });
      case 4:
        return { kind: 'resign', body: { role: dice.of(['keeper', 'officer']) }, tsMs };
      case 5:
        return { kind: 'key.revoke', body: { device: (dice.once(2) ? device : this.device()).signer.device, reason: 'lost' }, tsMs };
      case 6:
        return { kind: 'fact', body: { data: { door: dice.of(['front', 'back']) }, type: 'door.opened' }, tsMs };
      default:
        return { kind: 'ballot', case: of, body: { choice: dice.of(['yes', 'no']), stage: 1 }, tsMs };
    }
  }

  /** Witnesses sign what they received, and the epoch is closed with what reached a quorum. */
  async close(height: number): Promise<void> {
    const { genesis, org } = this.founded;
    const timeMs = this.nowMs + 60_000;
    for (const witness of this.witnesses) await this.receive(witness, timeMs);
    const named = this.witnesses.flatMap(({ signer }): readonly (readonly [string, number, string])[] => {
      const last = this.receipts.findLast(({ receipt }) => receipt.witness === signer.device);
      // A checkpoint need not name every witness: what was named of it before still counts.
      return last === undefined || this.dice.once(7) ? [] : [[signer.device, last.receipt.seq, last.id]];
    });
    for (const [witness, seq] of named) this.prefixes.set(witness, seq);
    const times = receiptTimes(
      this.receipts.flatMap(({ receipt }) => (receipt.seq <= (this.prefixes.get(receipt.witness) ?? 0) ? [receipt] : [])),
      { rows: genesis.witnesses, silenced: new Set() },
    );
    const pool = this.batches.filter(({ batch }) => !this.final.has(batch.id)).map(({ batch }) => batch);
    const last = this.checkpoints.at(-1);
    if (last === undefined) throw new Error('checkpoint 0 is always there');
    const result = foldEpoch({
      state: this.state,
      batches: this.dice.shuffled<Batch>(pool),
      receivedMs: (id) => times.get(id),
      timeMs,
      height,
      previousCheckpoint: last.id,
      rules: engineZero,
      windowBatches: genesis.params.windowBatches,
    });
    const statement: Checkpoint = {
      ...last.statement,
      org,
      height,
      prev: last.id,
      timeMs,
      heads: result.heads,
      receipts: [...named].sort(([left], [right]) => (left < right ? -1 : 1)),
      state: stateRoot(result.state),
      verdicts: verdictsRoot(result.verdicts),
      events: last.statement.events + result.verdicts.length,
      log: idsRoot(this.checkpoints.map((checkpoint) => checkpoint.id)),
    };
    const bytes = encodeCheckpoint(statement);
    const id = checkpointId(bytes);
    this.checkpoints.push({ statement, id, bytes, votes: await this.votes(height, id) });
    this.expected.push({
      height,
      times: [...times].filter(([batch]) => pool.some((one) => one.id === batch)).sort(([left], [right]) => (left < right ? -1 : 1)),
      included: result.included,
      waiting: result.waiting,
      verdicts: result.verdicts.map(({ event, verdict }) => [event, verdict.kind === 'ok' ? 'ok' : verdict.code]),
      state: entriesUnder(result.state, ''),
    });
    this.state = result.state;
    for (const batch of result.included) this.final.add(batch);
    this.nowMs = timeMs;
  }

  private async receive(witness: Device, timeMs: number): Promise<void> {
    const mine = this.receipts.filter(({ receipt }) => receipt.witness === witness.signer.device);
    const known = new Set(mine.flatMap(({ receipt }) => receipt.entries.map(([batch]) => batch)));
    const last = mine.at(-1);
    const from = last?.receipt.upToMs ?? startMs;
    const arrived = this.batches.filter(({ batch }) => !known.has(batch.id) && !this.dice.once(8));
    const entries = arrived.map(({ batch }) => [batch.id, from + 1 + this.dice.below(timeMs - from)] as const).sort(([left], [right]) => (left < right ? -1 : 1));
    const receipt: Receipt = {
      org: this.founded.org,
      witness: witness.signer.device,
      seq: (last?.receipt.seq ?? 0) + 1,
      prev: last?.id ?? zeros64,
      upToMs: timeMs,
      entries,
    };
    const bytes = encodeReceipt(receipt);
    if (decodeReceipt(bytes).kind === 'refused') throw new Error('a receipt of ours can be read');
    this.receipts.push({ receipt, id: receiptId(bytes), statement: text(bytes), signature: await witness.signer.sign('gdo-receipt-v1', bytes) });
  }

  private async votes(height: number, value: string): Promise<readonly SignedStatement[]> {
    const bytes = encodeVote({ org: this.founded.org, height, value });
    return Promise.all(this.witnesses.map(async ({ signer }) => ({ statement: text(bytes), signature: await signer.sign('gdo-cosign-v1', bytes) })));
  }

  history(): LedgerHistory {
    const { genesis, state } = this.founded;
    return {
      genesis,
      state,
      batches: this.batches.map(({ batch }) => batch),
      epochs: this.expected.map(({ height, times }) => {
        const [previous, own] = [this.checkpoints[height - 1], this.checkpoints[height]];
        if (previous === undefined || own === undefined) throw new Error('every expected epoch has its checkpoint');
        return { statement: own.statement, previous: previous.id, times: new Map(times) };
      }),
    };
  }

  dump(seed: number): LedgerDump {
    return {
      format: 'gdo-ledger-dump/1',
      seed,
      genesis: text(this.founded.bytes),
      bylaws,
      signatures: this.founded.signatures,
      batches: this.dice.shuffled(this.batches).map(({ objects }) => {
        const [blob, commit] = [objects.find((object) => object.kind === 'blob'), objects.find((object) => object.kind === 'commit')];
        if (blob === undefined || commit === undefined) throw new Error('a batch has its lines and its commit');
        return { commit: text(commit.bytes), ndjson: text(blob.bytes) };
      }),
      receipts: this.receipts.map(({ statement, signature }) => ({ statement, signature })),
      checkpoints: this.checkpoints.map(({ bytes, votes }) => ({ statement: text(bytes), votes })),
      expected: this.expected,
    };
  }
}
