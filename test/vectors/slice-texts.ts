// Slices for the vectors of SPEC.md section 17: one with a change of witnesses, and what somebody who does not hold the keys can make of it.
import {
  canonicalText,
  checkpointId,
  digest,
  encodeCheckpoint,
  encodeGenesis,
  encodeVote,
  orgOf,
  paramsOfQuorum,
  partRoot,
  publicKeyText,
  utf8Decode,
  valueHash,
  witnessesHash,
  zeros64,
  type Checkpoint,
  type Genesis,
  type JsonObject,
  type PartEntry,
} from '../../engine/index.ts';
import type { Signer } from '../../node/ledger/keys.ts';
import { bareCharter, charterBytes, testSigner } from '../node/ledger/small-ledger.ts';

/** One slice with what is known before it, and what is said of it. */
export interface SliceVector {
  readonly name: string;
  readonly org: string;
  readonly known?: { readonly height: number; readonly id: string };
  readonly text: string;
  readonly code: string;
}

const timeMs = 1_795_248_000_000;
const first = ['ada', 'ben', 'chi', 'dev'].map(testSigner).toSorted(byDevice);
const second = ['ben', 'chi', 'dev', 'eve'].map(testSigner).toSorted(byDevice);

function byDevice(left: Signer, right: Signer): number {
  return left.device < right.device ? -1 : 1;
}

const rowsOf = (signers: readonly Signer[]): readonly (readonly [string, number])[] => signers.map(({ device }) => [device, 1]);
const text = (bytes: Uint8Array): string => utf8Decode(bytes) ?? '';

/** The vectors, the same every time. */
export async function sliceVectors(): Promise<readonly SliceVector[]> {
  const charter = JSON.parse(text(charterBytes(bareCharter())));
  const bylaws = digest('gdo-bylaws-v1', charterBytes(bareCharter()));
  const genesis: Genesis = {
    name: 'Four',
    nonce: '7'.repeat(64),
    timeMs,
    bylaws,
    mainCommit: '1'.repeat(40),
    mainContent: zeros64,
    engine: 1,
    members: first.map((signer, index) => [`m${index}`, [publicKeyText(signer.publicKey)]]),
    roles: [],
    witnesses: rowsOf(first),
    finality: 'F1',
    params: paramsOfQuorum,
  };
  const founding = encodeGenesis(genesis);
  const org = orgOf(founding);
  const entries: readonly (readonly [string, JsonObject])[] = [
    [`bylaws/${bylaws}`, { charter }],
    ['case/1', { number: 1 }],
    ['current', { bylaws, cases: 1 }],
    ['lock/doors%2Ffront/1', { after: timeMs, thing: 'doors/front' }],
    ['member/m0', { since: timeMs }],
    ['was/m0/1', { since: timeMs }],
  ];
  const isHidden = (key: string): boolean => key.startsWith('case/') || key.startsWith('was/');
  const rows: readonly PartEntry[] = entries.map(([key, value]) => [key, isHidden(key) ? valueHash(value) : value]);
  const checkpoint = (height: number, witnesses: readonly Signer[], state: string): Checkpoint => ({
    org,
    height,
    prev: zeros64,
    timeMs: timeMs + height,
    engine: 1,
    bylaws,
    heads: [],
    receipts: [],
    state,
    verdicts: zeros64,
    events: 0,
    mainCommit: genesis.mainCommit,
    mainContent: zeros64,
    witnesses: witnessesHash(rowsOf(witnesses)),
    log: zeros64,
  });
  const voted = async (statement: Checkpoint, by: readonly Signer[]): Promise<JsonObject> => {
    const bytes = encodeCheckpoint(statement);
    const vote = encodeVote({ org, height: statement.height, value: checkpointId(bytes) });
    const votes = await Promise.all(by.map(async (signer) => [text(vote), await signer.sign('gdo-cosign-v1', vote)]));
    return { checkpoint: text(bytes), votes };
  };
  const change = { ...(await voted(checkpoint(3, second, zeros64), first.slice(0, 3))), witnesses: rowsOf(second).map((row) => [...row]) };
  const tip = checkpoint(9, second, partRoot(rows));
  const signed = await voted(tip, second.slice(1));
  const head: JsonObject = { ...signed, genesis: text(founding), sets: [change], type: 'slice', v: 1 };
  const lines = (edited: readonly PartEntry[]): string => edited.map((row) => `${canonicalText([...row])}\n`).join('');
  const slice = (headed: JsonObject, edited: readonly PartEntry[] = rows): string => `${canonicalText(headed)}\n${lines(edited)}`;
  const id = checkpointId(encodeCheckpoint(tip));
  const row = (name: string, code: string, body: string, known?: SliceVector['known']): SliceVector => ({
    name,
    org,
    ...(known === undefined ? {} : { known }),
    text: body,
    code,
  });
  const hide = (prefix: string): readonly PartEntry[] => rows.map(([key, value]) => [key, key.startsWith(prefix) && typeof value !== 'string' ? valueHash(value) : value]);
  const atChange = await voted(checkpoint(3, second, partRoot(rows)), first.slice(0, 3));
  const swapped = rows.map((one, index) => rows[index === 3 ? 4 : index === 4 ? 3 : index] ?? one);
  return [
    row('a change of the witnesses, and values that rights do not read left out', 'ok', slice(head)),
    row('every value', 'ok', slice(head, entries)),
    row('the checkpoint that changes the witnesses', 'ok', slice({ ...head, ...atChange, sets: [{ ...change, ...atChange }] })),
    row('the known checkpoint itself', 'ok', slice(head), { height: 9, id }),
    row('another organization', 'GDO1014', slice({ ...head, genesis: text(encodeGenesis({ ...genesis, name: 'Five' })) })),
    row('no change of the witnesses shown', 'GDO1070', slice({ ...head, sets: [] })),
    row('a change with two votes of four', 'GDO1070', slice({ ...head, sets: [{ ...change, ...(await voted(checkpoint(3, second, zeros64), first.slice(0, 2))) }] })),
    row('a change to other witnesses than it names', 'GDO1070', slice({ ...head, sets: [{ ...change, witnesses: rowsOf(first).map((one) => [...one]) }] })),
    row('a change twice', 'GDO1070', slice({ ...head, sets: [change, change] })),
    row('votes of the first witnesses', 'GDO1070', slice({ ...head, ...(await voted(tip, first.slice(0, 2))) })),
    row('one vote three times', 'GDO1070', slice({ ...head, ...(await voted(tip, [0, 0, 0].flatMap((index) => second[index] ?? []))) })),
    row('votes for another height', 'GDO1070', slice({ ...head, votes: (await voted({ ...tip, height: 10 }, second))['votes'] ?? [] })),
    row('a lower checkpoint than the known one', 'GDO1072', slice(head), { height: 10, id }),
    row('another checkpoint of the known height', 'GDO1071', slice(head), { height: 9, id: zeros64 }),
    row('a lock left out', 'GDO1070', slice(head, rows.filter(([key]) => !key.startsWith('lock/')))),
    row('a lock changed', 'GDO1070', slice(head, rows.map(([key, value]) => [key, key.startsWith('lock/') ? { released: 1 } : value]))),
    row('the value of a lock left out', 'GDO1002', slice(head, hide('lock/'))),
    row('the bylaws left out', 'GDO1002', slice(head, hide('bylaws/'))),
    row('two lines out of order', 'GDO1002', slice(head, swapped)),
    row('a line twice', 'GDO1002', slice(head, [...rows.slice(0, 1), ...rows])),
    row('a number for a value', 'GDO1002', `${slice(head)}["zz",1]\n`),
    row('a short hash for a value', 'GDO1002', `${slice(head)}["zz","12"]\n`),
    row('a line with a space', 'GDO1001', `${slice(head)}["zz", {}]\n`),
    row('a last line without its end', 'GDO1001', slice(head).slice(0, -1)),
    row('another type', 'GDO1002', slice({ ...head, type: 'snapshot' })),
    row('a field too many', 'GDO1002', slice({ ...head, more: 1 })),
    row('no first line', 'GDO1001', ''),
    row('an empty first line', 'GDO1001', '\n'),
  ];
}

/** Snapshots with the root that a checkpoint names. */
export function snapshotVectors(): readonly { readonly name: string; readonly root: string; readonly text: string; readonly code: string }[] {
  const entries: readonly PartEntry[] = [
    ['head/1', { batch: zeros64, seq: 1 }],
    ['member/ada', { since: 1 }],
    ['member/ben', { said: 'naïve "ß"', since: 2 }],
  ];
  const root = partRoot(entries);
  const body = entries.map((row) => `${canonicalText([...row])}\n`);
  const row = (name: string, code: string, lines: readonly string[], of: string = root): ReturnType<typeof snapshotVectors>[number] => ({ name, root: of, text: lines.join(''), code });
  return [
    row('three entries', 'ok', body),
    row('nothing', 'ok', [], zeros64),
    row('of another state', 'GDO1070', body, zeros64),
    row('an entry left out', 'GDO1070', body.slice(1)),
    row('an entry by its hash', 'GDO1002', [...body.slice(0, 2), `["member/ben","${valueHash({ since: 2 })}"]\n`]),
    row('out of order', 'GDO1002', body.toReversed()),
    row('a line twice', 'GDO1002', [body[0] ?? '', ...body]),
    row('three cells', 'GDO1002', [...body, '["x",{},{}]\n']),
    row('no end', 'GDO1001', [...body, '["x",{}]']),
    row('a space', 'GDO1001', [...body, '["x", {}]\n']),
    row('a float', 'GDO1001', [...body, '["x",{"a":1.5}]\n']),
  ];
}
