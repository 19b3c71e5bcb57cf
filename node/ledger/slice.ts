// A slice: what a door holds instead of a ledger (SPEC.md section 17, ledger.md section 13). A signed checkpoint, how its witnesses follow from the genesis,
// every key of the state, and the values that rights read. Made by a full node; checked here without any ledger.
import {
  canonicalText,
  charterInForce,
  charterOf,
  checkpointId,
  decideRight,
  decodeCanonical,
  decodeCheckpoint,
  decodeGenesis,
  encodeGenesis,
  entriesUnder,
  isApartFromRights,
  isHex64,
  isObject,
  orgOf,
  partRoot,
  readEntry,
  spentWithin,
  stateOfPart,
  usesKnown,
  utf8Encode,
  valueHash,
  witnessesHash,
  witnessSetOf,
} from '../../engine/index.ts';
import type { Charter, Checkpoint, Genesis, Json, JsonObject, PartEntry, RightAnswer, State, WitnessSet } from '../../engine/index.ts';
import { signedCheckpoint, type SignedCheckpoint } from './file-proof.ts';
import { isFinalBy, readSigned, readWitnesses, type Refusal, refusal } from './signed-checkpoint.ts';
import { readRows } from './snapshot.ts';
import type { LedgerView } from './view.ts';

/** Bytes of a slice: a state of 10,000 members with their cases and files has fewer. */
export const sliceBytesMax: number = 64 * 1_048_576;
/** Bytes of its first line: a genesis and some checkpoints. */
const headBytesMax = 8 * 1_048_576;
/** Changes of the witness set that one slice shows. */
const changesMax = 256;

/** Writes the slice of the newest checkpoint; undefined where its votes, or those of a change of witnesses, are not here. */
export async function makeSlice(view: LedgerView): Promise<Uint8Array | undefined> {
  const signed = await signedCheckpoint(view, view.tip);
  const sets = await witnessChanges(view);
  if (signed === undefined || sets === undefined) return undefined;
  const head: JsonObject = {
    checkpoint: signed.checkpoint,
    genesis: Buffer.from(encodeGenesis(view.genesis)).toString('utf8'),
    sets: sets.map((set) => ({ checkpoint: set.signed.checkpoint, votes: votesJson(set.signed), witnesses: set.rows.map((row) => [...row]) })),
    type: 'slice',
    v: 1,
    votes: votesJson(signed),
  };
  const rows = entriesUnder(view.state, '').map(([key, value]) => canonicalText([key, isApartFromRights(key, view.bylawsHash) ? valueHash(value) : value]));
  return Buffer.from(`${[canonicalText(head), ...rows].join('\n')}\n`, 'utf8');
}

function votesJson(signed: SignedCheckpoint): readonly (readonly [string, string])[] {
  return signed.votes.map(({ statement, signature }) => [statement, signature]);
}

/** The checkpoints that name other witnesses than the one before them, each with the set it names; undefined where one of the sets is not known here. */
async function witnessChanges(view: LedgerView): Promise<readonly { readonly signed: SignedCheckpoint; readonly rows: WitnessSet['rows'] }[] | undefined> {
  const found: { readonly signed: SignedCheckpoint; readonly rows: WitnessSet['rows'] }[] = [];
  let hash = witnessesHash(view.genesis.witnesses);
  for (const checkpoint of [...view.earlier, ...view.checkpoints]) {
    const next = checkpoint.statement.witnesses;
    if (next === hash || checkpoint.height === 0) continue;
    hash = next;
    const state = view.checkpoints.find(({ id }) => id === checkpoint.id)?.state;
    const signed = state === undefined ? undefined : await signedCheckpoint(view, checkpoint);
    if (state === undefined || signed === undefined) return undefined;
    found.push({ signed, rows: witnessSetOf(state, view.genesis.witnesses).rows });
  }
  return found;
}

/** What whoever checks a slice knows already: which organization is meant, and the newest checkpoint that was accepted before. */
export interface KnownBefore {
  readonly org: string;
  readonly newest?: { readonly height: number; readonly id: string };
}

/** A slice whose every byte was checked. `state` holds the values that rights read, and no others. */
export interface CheckedSlice {
  readonly kind: 'ok';
  readonly genesis: Genesis;
  readonly checkpoint: Checkpoint;
  readonly id: string;
  readonly charter: Charter;
  readonly state: State;
  readonly entriesCount: number;
  readonly valuesCount: number;
}

/**
 * Checks a slice. Offline, without a ledger, and without trust in whoever made it.
 * @returns what it shows; GDO1001, GDO1002, GDO1003 for its form, GDO1014 another organization, GDO1070 a checkpoint that is not final or another state root,
 * GDO1071 another checkpoint than the known one of its height, GDO1072 an older one
 */
export function checkSlice(bytes: Uint8Array, known: KnownBefore): CheckedSlice | Refusal {
  if (bytes.length > sliceBytesMax) return refusal('GDO1003', `a slice has at most ${sliceBytesMax} bytes`);
  const end = bytes.indexOf(0x0a);
  const head = end < 0 ? undefined : decodeCanonical(bytes.subarray(0, end), { bytesMax: headBytesMax });
  if (head === undefined || head.kind === 'refused') return refusal('GDO1001', head === undefined ? 'the first line has no end' : `line 1: ${head.reason}`);
  const signed = checkHead(head.value, known.org);
  if (signed.kind === 'refused') return signed;
  const { checkpoint, genesis, id } = signed;
  if (known.newest !== undefined && checkpoint.height < known.newest.height)
    return refusal('GDO1072', `it ends at checkpoint ${checkpoint.height}, and checkpoint ${known.newest.height} is known here`);
  if (known.newest !== undefined && checkpoint.height === known.newest.height && id !== known.newest.id)
    return refusal('GDO1071', `another checkpoint ${checkpoint.height} is known here: two final ones prove a fault`);
  const read = readRows(bytes, isValueOrHash, { at: end + 1, line: 2 });
  if (read.kind === 'refused') return read;
  if (partRoot(read.rows) !== checkpoint.state) return refusal('GDO1070', 'its entries do not have the state root of the checkpoint');
  const withheld = read.rows.find(([key, value]) => typeof value === 'string' && !isApartFromRights(key, checkpoint.bylaws))?.[0];
  if (withheld !== undefined) return refusal('GDO1002', `it withholds the value of \`${withheld}\`, which rights read`);
  const state = stateOfPart(read.rows);
  // What has lapsed stands in the bylaws still, and opens no door (S60).
  const charter = charterOf(state, checkpoint.bylaws) === undefined || readEntry(state, 'current') === undefined ? undefined : charterInForce(state);
  if (charter === undefined) return refusal('GDO1002', 'it does not hold the bylaws in force');
  const valuesCount = read.rows.filter(([, value]) => typeof value !== 'string').length;
  return { kind: 'ok', genesis, checkpoint, id, charter, state, entriesCount: read.rows.length, valuesCount };
}

/** What a decision reads of a checked slice. */
export type HeldSlice = Pick<CheckedSlice, 'charter' | 'id' | 'state'> & { readonly checkpoint: Pick<Checkpoint, 'height' | 'timeMs'> };

function isValueOrHash(value: Json | undefined): value is PartEntry[1] {
  return isObject(value) || isHex64(value);
}

/** The signatures: the genesis gives the organization and the first witnesses, they make final the next set, and the last set the checkpoint. */
function checkHead(
  head: JsonObject,
  org: string,
): { readonly kind: 'ok'; readonly genesis: Genesis; readonly checkpoint: Checkpoint; readonly id: string } | Refusal {
  const fields = ['checkpoint', 'genesis', 'sets', 'type', 'v', 'votes'];
  const { sets } = head;
  const isForm = Object.keys(head).every((key) => fields.includes(key)) && head['type'] === 'slice' && head['v'] === 1;
  if (!isForm || typeof head['genesis'] !== 'string' || !Array.isArray(sets)) return refusal('GDO1002', 'the first line is not the one of a slice');
  if (sets.length > changesMax) return refusal('GDO1003', `a slice shows at most ${changesMax} changes of the witnesses`);
  const founding = utf8Encode(head['genesis']);
  const genesis = decodeGenesis(founding);
  if (genesis.kind === 'refused') return refusal(genesis.code, `its genesis: ${genesis.reason}`);
  if (orgOf(founding) !== org) return refusal('GDO1014', 'it belongs to another organization');
  let set: WitnessSet = { rows: genesis.statement.witnesses, silenced: new Set() };
  let height = 0;
  for (const one of sets) {
    const signed = isObject(one) ? readSigned(one) : undefined;
    const rows = isObject(one) ? readWitnesses(one['witnesses']) : undefined;
    if (signed === undefined || rows === undefined) return refusal('GDO1002', 'a change of witnesses is not of its form');
    const final = isFinalBy(signed, { set, org, above: height });
    if (final.kind === 'refused') return final;
    if (witnessesHash(rows) !== final.statement.witnesses) return refusal('GDO1070', `checkpoint ${final.statement.height} names other witnesses`);
    [set, height] = [{ rows, silenced: new Set() }, final.statement.height];
  }
  const signed = readSigned(head);
  if (signed === undefined) return refusal('GDO1002', 'the first line is not the one of a slice');
  // The checkpoint that names the newest set is signed by the set before.
  const last = sets.at(-1);
  if (isObject(last) && last['checkpoint'] === head['checkpoint']) {
    const read = decodeCheckpoint(utf8Encode(signed.checkpoint));
    return read.kind === 'ok'
      ? { kind: 'ok', genesis: genesis.statement, checkpoint: read.statement, id: checkpointId(utf8Encode(signed.checkpoint)) }
      : refusal(read.code, read.reason);
  }
  const final = isFinalBy(signed, { set, org, above: height });
  return final.kind === 'refused' ? final : { kind: 'ok', genesis: genesis.statement, checkpoint: final.statement, id: final.id };
}

/**
 * One wish at a door. `offsetMinutes`: the offset of its clock; `person` absent where nobody is known by the credential. `own`: the instants of allowed
 * uses of a right that the door recorded itself, of one person or of all.
 */
export interface DoorQuestion {
  readonly thing: string;
  readonly person: string | undefined;
  readonly atMs: number;
  readonly offsetMinutes: number;
  readonly credential?: 'disabled';
  readonly own?: (right: string, person: string | undefined) => readonly number[];
}

/** Decides a use from a slice alone, as the fold will decide it again (language.md S89-S97). */
export function decideAtDoor({ charter, checkpoint, state }: HeldSlice, question: DoorQuestion): RightAnswer {
  const { thing, person, atMs, offsetMinutes, credential, own } = question;
  const asked = { person: person ?? '', atMs };
  const isKnown = (): boolean => true;
  return decideRight(state, charter, {
    thing,
    ...(person === undefined ? {} : { person }),
    ...(credential === undefined ? {} : { credential }),
    atMs,
    offsetMinutes,
    checkpointMs: checkpoint.timeMs,
    contact: 'alone',
    uses: (right, limit) =>
      usesKnown(state, { ...asked, right, limit }, own?.(right.name, limit.per.some((per) => per.kind === 'each') ? person : undefined) ?? []),
    spent: (right, limit) => spentWithin(state, { ...asked, right, limit }, isKnown),
  });
}
