// Statements: genesis, receipt, checkpoint and vote as typed values and canonical JSON (ledger.md section 7). Closed fields; no authority here.
import { byBytes, isHex64 } from './bytes.ts';
import type { Json, JsonObject } from './canonical.ts';
import { decodeCanonical, documentBytesMax, encodeCanonical, isList, isObject } from './canonical.ts';
import { digest } from './chain.ts';
import { isBylawsName, isGitId, isIdentifier } from './commit.ts';
import { isFreeText } from './event-decode.ts';
import { keyTextDevice } from './sshsig.ts';

/** The founding statement. `members`: id and public keys as `ssh-ed25519 AAAA...`; `mainCommit` is the git id of the first governed commit. */
export interface Genesis {
  readonly name: string;
  readonly nonce: string;
  readonly timeMs: number;
  readonly bylaws: string;
  readonly mainCommit: string;
  readonly mainContent: string;
  readonly engine: number;
  readonly members: readonly (readonly [id: string, keys: readonly string[]])[];
  readonly roles: readonly (readonly [role: string, ids: readonly string[]])[];
  readonly witnesses: readonly (readonly [device: string, weight: number])[];
  readonly finality: 'F0' | 'F1';
  readonly params: LedgerParams;
  /** Where it is a fork: the organization it left, and the checkpoint of it from which it goes on. */
  readonly parent?: ForkPoint;
}

/** A place in another organization's ledger. */
export interface ForkPoint {
  readonly org: string;
  readonly checkpoint: string;
}

/** `params` of the genesis, in milliseconds and batches. */
export interface LedgerParams {
  readonly timePrecisionMs: number;
  readonly settleMs: number;
  readonly minIntervalMs: number;
  readonly heartbeatMs: number;
  readonly windowBatches: number;
}

/** A witness's statement of when it received batches. `entries` ascend by batch id. */
export interface Receipt {
  readonly org: string;
  readonly witness: string;
  readonly seq: number;
  readonly prev: string;
  readonly upToMs: number;
  readonly entries: readonly (readonly [batch: string, timeMs: number])[];
}

/** A checkpoint: it names the batches of its epoch by heads, and the state that follows. */
export interface Checkpoint {
  readonly org: string;
  readonly height: number;
  readonly prev: string;
  readonly timeMs: number;
  readonly engine: number;
  readonly bylaws: string;
  readonly heads: readonly (readonly [device: string, seq: number, batch: string])[];
  readonly receipts: readonly (readonly [witness: string, seq: number, receipt: string])[];
  readonly state: string;
  readonly verdicts: string;
  readonly events: number;
  readonly mainCommit: string;
  readonly mainContent: string;
  readonly witnesses: string;
  readonly log: string;
}

/** A witness's vote for one value at one height, once for ever. */
export interface Vote {
  readonly org: string;
  readonly height: number;
  readonly value: string;
}

/** Entries of one receipt, so that an F0 epoch has at most as many batches. */
export const receiptEntriesMax = 700;
/** Bytes of a checkpoint or genesis statement. */
export const statementBytesMax = 1_048_576;

/** Defaults of ledger.md section 7 for F0; `heartbeatMs` is lowered by the shortest offline limit where the bylaws have one. */
export const paramsDefault: LedgerParams = { timePrecisionMs: 30_000, settleMs: 0, minIntervalMs: 5_000, heartbeatMs: 86_400_000, windowBatches: 4_096 };

/** Defaults for F1: stages wait for what is still on its way. */
export const paramsOfQuorum: LedgerParams = { ...paramsDefault, settleMs: 60_000 };

/** Writes a genesis statement. */
export function encodeGenesis(genesis: Genesis): Uint8Array {
  return encodeCanonical({
    bylaws: genesis.bylaws,
    engine: genesis.engine,
    finality: genesis.finality,
    main: { commit: genesis.mainCommit, content: genesis.mainContent },
    members: genesis.members.map(([id, keys]) => [id, [...keys]]),
    name: genesis.name,
    nonce: genesis.nonce,
    params: { ...genesis.params },
    ...(genesis.parent === undefined ? {} : { parent: { checkpoint: genesis.parent.checkpoint, org: genesis.parent.org } }),
    roles: genesis.roles.map(([role, ids]) => [role, [...ids]]),
    time: genesis.timeMs,
    type: 'genesis',
    v: 1,
    witnesses: genesis.witnesses.map(([device, weight]) => [device, weight]),
  });
}

/** The organization's id: H("gdo-genesis-v1", statement). */
export function orgOf(genesisBytes: Uint8Array): string {
  return digest('gdo-genesis-v1', genesisBytes);
}

/** Writes a receipt. */
export function encodeReceipt(receipt: Receipt): Uint8Array {
  const { org, witness, seq, prev, upToMs } = receipt;
  return encodeCanonical({ entries: receipt.entries.map(([batch, timeMs]) => [batch, timeMs]), org, prev, seq, type: 'receipt', upTo: upToMs, v: 1, witness });
}

/** The receipt id: H("gdo-receipt-v1", statement). */
export function receiptId(bytes: Uint8Array): string {
  return digest('gdo-receipt-v1', bytes);
}

/** Writes a checkpoint. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { org, height, prev, timeMs, engine, bylaws, state, verdicts, events, mainCommit, mainContent, witnesses, log } = checkpoint;
  return encodeCanonical({
    bylaws,
    engine,
    events,
    heads: checkpoint.heads.map((head) => [...head]),
    height,
    log,
    main: { commit: mainCommit, content: mainContent },
    org,
    prev,
    receipts: checkpoint.receipts.map((receipt) => [...receipt]),
    state,
    time: timeMs,
    type: 'checkpoint',
    v: 1,
    verdicts,
    witnesses,
  });
}

/** The checkpoint id: H("gdo-checkpoint-v1", statement). */
export function checkpointId(bytes: Uint8Array): string {
  return digest('gdo-checkpoint-v1', bytes);
}

/** Writes a vote. */
export function encodeVote(vote: Vote): Uint8Array {
  return encodeCanonical({ height: vote.height, org: vote.org, type: 'vote', v: 1, value: vote.value });
}

/** The hash of a witness set, for the checkpoint field `witnesses`. @param witnesses - in any order; sorted by device */
export function witnessesHash(witnesses: readonly (readonly [device: string, weight: number])[]): string {
  const sorted = [...witnesses].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  return digest('gdo-witnesses-v1', encodeCanonical({ v: 1, witnesses: sorted.map(([device, weight]) => [device, weight]) }));
}

/** A statement that was read, or why it was not. */
export type ReadStatement<T> =
  | { readonly kind: 'ok'; readonly statement: T }
  | { readonly kind: 'refused'; readonly code: 'GDO1001' | 'GDO1002' | 'GDO1003'; readonly reason: string };

/** How one type of statement is read: its fields, its meaning, and the writer that must give the same bytes back. */
interface StatementForm<T> {
  readonly type: string;
  readonly bytesMax: number;
  readonly fields: readonly string[];
  readonly build: (value: JsonObject) => T | undefined;
  readonly encode: (statement: T) => Uint8Array;
}

function read<T>(bytes: Uint8Array, form: StatementForm<T>): ReadStatement<T> {
  const { type, fields } = form;
  const decoded = decodeCanonical(bytes, { bytesMax: form.bytesMax });
  if (decoded.kind === 'refused') return decoded;
  const value = decoded.value;
  const unknown = Object.keys(value).find((key) => key !== 'type' && key !== 'v' && !fields.includes(key));
  if (unknown !== undefined) return { kind: 'refused', code: 'GDO1002', reason: `the field ${unknown} is not known in a ${type}` };
  const statement = value['type'] === type && value['v'] === 1 ? form.build(value) : undefined;
  // Writing it again sees what no check above looks at: a cell too many in a row, an unknown field of an inner object.
  return statement === undefined || byBytes(form.encode(statement), bytes) !== 0
    ? { kind: 'refused', code: 'GDO1002', reason: `this is not a ${type} of version 1 with all its fields` }
    : { kind: 'ok', statement };
}

const whole = (value: Json | undefined): value is number => typeof value === 'number' && value >= 0;
const text = (value: Json | undefined): value is string => typeof value === 'string';

/** Reads rows of a list through one check per row. @returns undefined where any row does not fit */
function rows<T>(value: Json | undefined, row: (cells: readonly Json[]) => T | undefined): readonly T[] | undefined {
  if (!isList(value)) return undefined;
  const found: T[] = [];
  for (const one of value) {
    const cell = isList(one) ? row(one) : undefined;
    if (cell === undefined) return undefined;
    found.push(cell);
  }
  return found;
}

function ascending(keys: readonly string[]): boolean {
  return keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key);
}

function mainOf(value: Json | undefined): { readonly mainCommit: string; readonly mainContent: string } | undefined {
  if (!isObject(value)) return undefined;
  const { commit, content } = value;
  return text(commit) && isGitId(commit) && isHex64(content) ? { mainCommit: commit, mainContent: content } : undefined;
}

function forkPointOf(value: Json | undefined): ForkPoint | undefined {
  if (!isObject(value)) return undefined;
  const { org, checkpoint } = value;
  return isHex64(org) && isHex64(checkpoint) && Object.keys(value).length === 2 ? { org, checkpoint } : undefined;
}

function paramsOf(value: Json | undefined): LedgerParams | undefined {
  if (!isObject(value)) return undefined;
  const { timePrecisionMs, settleMs, minIntervalMs, heartbeatMs, windowBatches } = value;
  if (!whole(timePrecisionMs) || !whole(settleMs) || !whole(minIntervalMs) || !whole(heartbeatMs) || !whole(windowBatches)) return undefined;
  return Object.keys(value).length === 5 ? { timePrecisionMs, settleMs, minIntervalMs, heartbeatMs, windowBatches } : undefined;
}

/** True iff no key is listed twice and every witness is a key of a member. */
function keysFit(members: Genesis['members'], witnesses: Genesis['witnesses']): boolean {
  const devices = members.flatMap(([, keys]) => keys.map(keyTextDevice));
  return devices.every((device) => device !== undefined) && new Set(devices).size === devices.length && witnesses.every(([device]) => devices.includes(device));
}

/** Reads a genesis statement. GDO1001, GDO1002, GDO1003. */
export function decodeGenesis(bytes: Uint8Array): ReadStatement<Genesis> {
  const fields = ['bylaws', 'engine', 'finality', 'main', 'members', 'name', 'nonce', 'params', 'parent', 'roles', 'time', 'witnesses'];
  const build = (value: JsonObject): Genesis | undefined => {
    const { name, nonce, time, bylaws, engine, finality } = value;
    const main = mainOf(value['main']);
    const params = paramsOf(value['params']);
    const strings = (cell: Json | undefined): readonly string[] | undefined => (isList(cell) && cell.every(text) ? cell.filter(text) : undefined);
    const members = rows(value['members'], ([id, keys]) => {
      const list = strings(keys);
      return isIdentifier(id) && list !== undefined && list.length > 0 ? ([id, list] as const) : undefined;
    });
    const roles = rows(value['roles'], ([role, ids]) => {
      const list = strings(ids);
      return isBylawsName(role) && list?.every(isIdentifier) === true ? ([role, list] as const) : undefined;
    });
    const witnesses = rows(value['witnesses'], ([device, weight]) => (isHex64(device) && weight === 1 ? ([device, 1] as const) : undefined));
    if (!isFreeText(name) || !isHex64(nonce) || !whole(time) || !isHex64(bylaws) || !whole(engine) || main === undefined || params === undefined)
      return undefined;
    if (members === undefined || roles === undefined || witnesses === undefined || witnesses.length === 0 || (finality !== 'F0' && finality !== 'F1'))
      return undefined;
    if (!ascending(members.map(([id]) => id)) || !ascending(roles.map(([role]) => role)) || !ascending(witnesses.map(([device]) => device))) return undefined;
    if (!keysFit(members, witnesses)) return undefined;
    const parent = forkPointOf(value['parent']);
    if (value['parent'] !== undefined && parent === undefined) return undefined;
    return { name, nonce, timeMs: time, bylaws, engine, finality, ...main, params, members, roles, witnesses, ...(parent === undefined ? {} : { parent }) };
  };
  return read(bytes, { type: 'genesis', bytesMax: statementBytesMax, fields, build, encode: encodeGenesis });
}

/** Reads a receipt. GDO1001, GDO1002, GDO1003. */
export function decodeReceipt(bytes: Uint8Array): ReadStatement<Receipt> {
  const fields = ['entries', 'org', 'prev', 'seq', 'upTo', 'witness'];
  const build = ({ org, witness, seq, prev, upTo, entries }: JsonObject): Receipt | undefined => {
    const found = rows(entries, ([batch, timeMs]) => (isHex64(batch) && whole(timeMs) ? ([batch, timeMs] as const) : undefined));
    if (!isHex64(org) || !isHex64(witness) || !whole(seq) || seq < 1 || !isHex64(prev) || !whole(upTo) || found === undefined) return undefined;
    if (found.length > receiptEntriesMax || !ascending(found.map(([batch]) => batch)) || found.some(([, timeMs]) => timeMs > upTo)) return undefined;
    return { org, witness, seq, prev, upToMs: upTo, entries: found };
  };
  return read(bytes, { type: 'receipt', bytesMax: documentBytesMax, fields, build, encode: encodeReceipt });
}

/** Reads a checkpoint. GDO1001, GDO1002, GDO1003. */
export function decodeCheckpoint(bytes: Uint8Array): ReadStatement<Checkpoint> {
  const fields = ['bylaws', 'engine', 'events', 'heads', 'height', 'log', 'main', 'org', 'prev', 'receipts', 'state', 'time', 'verdicts', 'witnesses'];
  const build = (value: JsonObject): Checkpoint | undefined => {
    const { org, height, prev, time, engine, bylaws, state, verdicts, events, witnesses, log } = value;
    const triple = ([one, seq, id]: readonly Json[]) => (isHex64(one) && whole(seq) && seq >= 1 && isHex64(id) ? ([one, seq, id] as const) : undefined);
    const heads = rows(value['heads'], triple);
    const receipts = rows(value['receipts'], triple);
    const main = mainOf(value['main']);
    if (!isHex64(org) || !whole(height) || !isHex64(prev) || !whole(time) || !whole(engine) || !isHex64(bylaws) || !isHex64(state)) return undefined;
    if (!isHex64(verdicts) || !whole(events) || !isHex64(witnesses) || !isHex64(log) || heads === undefined || receipts === undefined || main === undefined)
      return undefined;
    if (!ascending(heads.map((head) => `${head[0]} ${head[2]}`)) || !ascending(receipts.map((receipt) => receipt[0]))) return undefined;
    return { org, height, prev, timeMs: time, engine, bylaws, heads, receipts, state, verdicts, events, ...main, witnesses, log };
  };
  return read(bytes, { type: 'checkpoint', bytesMax: statementBytesMax, fields, build, encode: encodeCheckpoint });
}

/** Reads a vote. GDO1001, GDO1002, GDO1003. */
export function decodeVote(bytes: Uint8Array): ReadStatement<Vote> {
  const build = ({ height, org, value }: JsonObject): Vote | undefined =>
    whole(height) && isHex64(org) && isHex64(value) ? { org, height, value } : undefined;
  return read(bytes, { type: 'vote', bytesMax: documentBytesMax, fields: ['height', 'org', 'value'], build, encode: encodeVote });
}
