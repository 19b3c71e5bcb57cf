// Batches as git objects: signing new ones byte for byte, and checking received ones in the order of ledger.md section 8. Judges no authority.
import {
  batchId,
  batchPayload,
  decodeChangeSet,
  composeEvent,
  decodeEvent,
  idsRoot,
  invariant,
  readArmour,
  readBatchCommit,
  signedCommit,
  splitLines,
  zeros64,
  type Batch,
  type BatchCommit,
  type ChangeSet,
  type EventDraft,
  type LedgerEvent,
  type NativeEquation,
} from '../../engine/index.ts';
import { filesAsTree } from '../git/content.ts';
import { contentHash, objectId, readTree, type GitObject, type TreeEntry } from '../git/object.ts';
import type { Repository } from '../git/repository.ts';
import { readCharter, type StoredCharter } from './charter.ts';
import { keyDevice, nativeEquation, verifyMessage, type Signer } from './keys.ts';
import { evidenceFault, possessionFault } from './possession.ts';

/** ledger.md section 5.1. */
const attachmentsMax = 16;
const attachmentBytesMax = 256 * 1024;
const batchBytesMax = 4 * 1024 * 1024;

/** A batch with its place in git. `commit` is an address, the identity is `batch.id`. */
export interface StoredBatch {
  readonly batch: Batch;
  readonly commit: string;
  /** 32 bytes, as the signature carries it. */
  readonly publicKey: Uint8Array;
  /** SHA-256 and git id of each file in `att/`, ascending. */
  readonly attachments: readonly (readonly [hash: string, id: string])[];
}

/** What a new batch says. The events get `seq`, `seq` + 1, ...; `prev` and `deps` are batches with their commits. */
export interface BatchDraft {
  readonly org: string;
  readonly actor: string;
  readonly seq: number;
  readonly prev: { readonly id: string; readonly commit: string } | undefined;
  readonly deps: readonly { readonly id: string; readonly commit: string }[];
  readonly base: string;
  readonly events: readonly EventDraft[];
  readonly attachments: readonly Uint8Array[];
}

/** A signed batch and the objects that store it. */
export interface SignedBatch extends StoredBatch {
  readonly objects: readonly NamedObject[];
}

/** An object with its id, where that had to be worked out to make the others. */
export interface NamedObject extends GitObject {
  readonly id?: string;
}

/** A batch whose commit is not signed yet. */
export interface ComposedBatch {
  readonly commit: BatchCommit;
  readonly events: readonly LedgerEvent[];
  readonly attachments: readonly Uint8Array[];
  /** What its commit names: files and trees. */
  readonly objects: NamedObject[];
}

/**
 * Signs a batch, byte for byte as ledger.md section 5 fixes it: same key and draft, same commit id. Whoever signs thousands runs this often: its parts are functions
 * of their own, and lists are filled in loops, so that the runtime compiles each part once and keeps it.
 */
export async function signBatch(signer: Signer, draft: BatchDraft): Promise<SignedBatch> {
  const composed = composeBatch(signer.device, draft);
  const payload = batchPayload(composed.commit);
  const message = Buffer.from(payload, 'latin1');
  const bytes = Buffer.from(signedCommit(payload, await signer.sign('git', message)), 'latin1');
  const commit = objectId({ kind: 'commit', bytes });
  return signedBatch(composed, signer.publicKey, { bytes, commit, id: batchId(message, contentHash), prev: composed.commit.prev });
}

/** Everything of a batch but its signature. */
export function composeBatch(device: string, draft: BatchDraft): ComposedBatch {
  const { attachments } = draft;
  invariant(attachments.length <= attachmentsMax, 'a batch has at most 16 attachments');
  const { events, text } = composeEvents(draft, device);
  const tree = batchTree(text, attachments);
  return { commit: commitOf(draft, { device, tree: tree.root, events }), events, attachments, objects: tree.objects };
}

/** A composed batch with what signing it gave: its commit, the git id of that, its own id, and the id of the batch before it. */
export function signedBatch(
  { commit, events, attachments, objects }: ComposedBatch,
  publicKey: Uint8Array,
  signed: { readonly bytes: Uint8Array; readonly commit: string; readonly id: string; readonly prev: string },
): SignedBatch {
  objects.push({ kind: 'commit', bytes: signed.bytes, id: signed.commit });
  return {
    batch: batchOf(commit, { id: signed.id, prev: signed.prev, events, attachments }),
    commit: signed.commit,
    publicKey,
    attachments: attachmentIds(attachments),
    objects,
  };
}

/** The events of a draft as they are read back, and their lines with what ends each. */
function composeEvents(draft: BatchDraft, device: string): { readonly events: readonly LedgerEvent[]; readonly text: Uint8Array } {
  const { org, actor } = draft;
  const events: LedgerEvent[] = [];
  const parts: Uint8Array[] = [];
  for (const event of draft.events) {
    const made = composeEvent({ ...event, org, actor, device, seq: draft.seq + events.length }, contentHash);
    invariant(made.kind === 'ok', made.kind === 'ok' ? '' : `an event of ours passes its own check: ${made.reason}`);
    events.push(made.event);
    parts.push(made.line, lineFeed);
  }
  return { events, text: Buffer.concat(parts) };
}

function commitOf(draft: BatchDraft, made: { readonly device: string; readonly tree: string; readonly events: readonly LedgerEvent[] }): BatchCommit {
  const { device, tree, events } = made;
  const last = events.at(-1);
  invariant(last !== undefined, 'a batch has events');
  const deps: string[] = [];
  const parents: string[] = draft.prev === undefined ? [] : [draft.prev.commit];
  for (const dep of draft.deps.length > 1 ? draft.deps.toSorted((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0)) : draft.deps) {
    deps.push(dep.id);
    parents.push(dep.commit);
  }
  const ids: string[] = [];
  for (const { id } of events) ids.push(id);
  return {
    tree,
    parents,
    seconds: Math.floor(last.tsMs / 1000),
    org: draft.org,
    actor: draft.actor,
    device,
    seq: draft.seq,
    count: events.length,
    prev: draft.prev?.id ?? zeros64,
    deps,
    base: draft.base,
    root: idsRoot(ids, contentHash),
  };
}

const lineFeed = Buffer.from('\n');
/** Most batches have nothing but events, and a tree of one file. */
const treeOfOne = Buffer.from('100644 batch.ndjson\0', 'latin1');
const gitIdBytes = 20;

function batchTree(text: Uint8Array, attachments: readonly Uint8Array[]): { readonly root: string; readonly objects: NamedObject[] } {
  if (attachments.length > 0) {
    const { root, objects } = filesAsTree([['batch.ndjson', text], ...attachments.map((bytes) => [`att/${contentHash(bytes)}`, bytes] as const)]);
    return { root, objects: [...objects] };
  }
  const id = objectId({ kind: 'blob', bytes: text });
  const bytes = Buffer.allocUnsafe(treeOfOne.length + gitIdBytes);
  bytes.set(treeOfOne);
  bytes.write(id, treeOfOne.length, 'hex');
  const root = objectId({ kind: 'tree', bytes });
  return {
    root,
    objects: [
      { kind: 'blob', bytes: text, id },
      { kind: 'tree', bytes, id: root },
    ],
  };
}

function attachmentIds(attachments: readonly Uint8Array[]): readonly (readonly [string, string])[] {
  if (attachments.length === 0) return [];
  const pairs = attachments.map((bytes) => [contentHash(bytes), objectId({ kind: 'blob', bytes })] as const);
  return pairs.toSorted(([left], [right]) => (left < right ? -1 : 1));
}

/** Why a received batch is not accepted. `parked`: it may be accepted later, when what is missing has arrived (GDO1022, GDO1023). */
export interface BatchRefusal {
  readonly kind: 'refused' | 'parked';
  readonly code: `GDO${string}`;
  readonly reason: string;
}

/** What the check of one batch may look up. */
export interface BatchContext {
  readonly org: string;
  /** Batch id of a commit that was checked before, or undefined. */
  readonly batchAt: (commit: string) => string | undefined;
  /** A batch by id, as far as its commit tells. */
  readonly batch: (id: string) => { readonly batch: Pick<Batch, 'device' | 'seq' | 'count'> } | undefined;
  /** True for the id of a final checkpoint. */
  readonly isCheckpoint: (id: string) => boolean;
  /** How signatures are judged: natively, but where a simulation has its own. */
  readonly equation?: NativeEquation;
}

/** What the commit of a batch says, its signature checked. */
interface SignedCommit {
  readonly kind: 'ok';
  readonly commit: BatchCommit;
  /** What is signed. */
  readonly message: Buffer;
  readonly key: Uint8Array;
}

/** The commit of a batch alone: bytes, grammar, signature and organization (SPEC.md section 6 steps 1 and 2). Its files need not be here. */
export function checkBatchCommit(
  object: GitObject | undefined,
  commitId: string,
  context: Pick<BatchContext, 'org' | 'equation'>,
): SignedCommit | (BatchRefusal & { readonly kind: 'refused' }) {
  if (object?.kind !== 'commit') return refused('GDO1010', `the object ${commitId} is no commit`);
  if (objectId(object) !== commitId) return refused('GDO1010', `the commit ${commitId} does not have the bytes its id names`);
  const read = readBatchCommit(object.bytes);
  if (read.kind === 'refused') return refused(read.code, read.reason);
  const { commit, payload } = read;
  const signature = readArmour(read.armour);
  if (signature.kind === 'refused') return refused(signature.code, signature.reason);
  const { key, namespace, signature: bytes } = signature.signature;
  if (namespace !== 'git') return refused('GDO1014', `the signature is for the namespace ${namespace}`);
  if (keyDevice(key) !== commit.device) return refused('GDO1015', 'the signing key is not the device that the commit names');
  const message = Buffer.from(payload, 'latin1');
  const verdict = verifyMessage('git', message, { key, signature: bytes }, { equation: context.equation });
  if (verdict.kind === 'refused') return refused(verdict.code, verdict.reason);
  if (commit.org !== context.org) return refused('GDO1014', 'the batch belongs to another organization');
  return { kind: 'ok', commit, message, key };
}

/** Steps 2, 3, 5, 6 and 7 of ledger.md section 8. Depends only on bytes and on what `context` knows, never on time or order. */
export async function checkBatch(
  repository: Repository,
  commitId: string,
  context: BatchContext,
): Promise<{ readonly kind: 'ok'; readonly stored: StoredBatch } | BatchRefusal> {
  const signed = checkBatchCommit(await repository.readObject(commitId), commitId, context);
  if (signed.kind === 'refused') return signed;
  const { commit, message, key } = signed;
  const files = await readBatchTree(repository, commit.tree);
  if (files.kind === 'refused') return files;
  const content = readEvents(commit, files.lines, (event) => proofFault(event, context.equation ?? nativeEquation));
  if (content.kind === 'refused') return content;
  const links = checkLinks(commit, context);
  if (links !== undefined) return links;
  const batch = batchOf(commit, { id: batchId(message, contentHash), prev: commit.prev, events: content.events, attachments: files.attachments });
  return { kind: 'ok', stored: { batch, commit: commitId, publicKey: key, attachments: attachmentIds(files.attachments) } };
}

function refused(code: `GDO${string}`, reason: string): BatchRefusal & { readonly kind: 'refused' } {
  return { kind: 'refused', code, reason };
}

function checkLinks(commit: BatchCommit, context: BatchContext): BatchRefusal | undefined {
  const names = commit.prev === zeros64 ? commit.deps : [commit.prev, ...commit.deps];
  for (const [index, parent] of commit.parents.entries()) {
    const known = context.batchAt(parent);
    if (known === undefined) return { kind: 'parked', code: 'GDO1022', reason: `the batch before it, ${parent}, has not arrived or was refused` };
    if (known !== names[index]) return refused('GDO1022', `the parent ${parent} is not the batch that the commit names`);
  }
  for (const dep of commit.deps) {
    if (context.batch(dep)?.batch.device === commit.device) return refused('GDO1010', 'a dependency names the same device');
  }
  const previous = commit.prev === zeros64 ? undefined : context.batch(commit.prev)?.batch;
  if (previous !== undefined && previous.device !== commit.device) return refused('GDO1021', 'the previous batch is by another device');
  const expected = previous === undefined ? 1 : previous.seq + previous.count;
  if (commit.seq !== expected) return refused('GDO1021', `the batch starts at ${commit.seq}, and ${expected} is next`);
  if (!context.isCheckpoint(commit.base)) return { kind: 'parked', code: 'GDO1023', reason: `its checkpoint ${commit.base.slice(0, 16)} is not known here` };
  return undefined;
}

type BatchFiles =
  | { readonly kind: 'ok'; readonly lines: readonly Uint8Array[]; readonly attachments: readonly Uint8Array[] }
  | (BatchRefusal & { readonly kind: 'refused' });

async function readBatchTree(repository: Repository, tree: string): Promise<BatchFiles> {
  const entries = await treeEntries(repository, tree);
  const [first, second, ...others] = entries?.toSorted((left, right) => (left.mode < right.mode ? -1 : 1)) ?? [];
  const named = (entry: TreeEntry | undefined, mode: string, name: string): boolean =>
    entry?.mode === mode && Buffer.from(entry.name).toString('latin1') === name;
  if (others.length > 0 || !named(first, '100644', 'batch.ndjson') || (second !== undefined && !named(second, '40000', 'att'))) {
    return refused('GDO1010', 'the tree holds something else than batch.ndjson and att');
  }
  const attached = second === undefined ? [] : await treeEntries(repository, second.id);
  if (attached === undefined || attached.length > attachmentsMax) return refused('GDO1003', `att holds more than ${attachmentsMax} files`);
  const text = await repository.readObject(first?.id ?? '');
  const lines = text?.kind === 'blob' && text.bytes.length <= batchBytesMax ? splitLines(text.bytes) : undefined;
  if (lines === undefined) return refused('GDO1001', 'batch.ndjson is missing, too large or does not end its lines in a line feed');
  const attachments: Uint8Array[] = [];
  for (const entry of attached) {
    const object = await repository.readObject(entry.id);
    const name = Buffer.from(entry.name).toString('latin1');
    if (entry.mode !== '100644' || object?.kind !== 'blob' || object.bytes.length > attachmentBytesMax)
      return refused('GDO1003', `the attachment ${name} is missing, no file or too large`);
    if (contentHash(object.bytes) !== name) return refused('GDO1010', `the attachment ${name} does not have the bytes its name promises`);
    attachments.push(object.bytes);
  }
  return { kind: 'ok', lines, attachments };
}

async function treeEntries(repository: Repository, id: string): Promise<readonly TreeEntry[] | undefined> {
  const object = await repository.readObject(id);
  return object?.kind === 'tree' ? readTree(object.bytes) : undefined;
}

/** What an event must prove by signatures inside it: a new key that it is held, evidence that a witness signed both. */
function proofFault(event: LedgerEvent, equation: NativeEquation): ReturnType<typeof possessionFault> {
  if (event.kind === 'key.enrol') return possessionFault(event, equation);
  return event.kind === 'evidence' ? evidenceFault(event, equation) : undefined;
}

function readEvents(
  commit: BatchCommit,
  lines: readonly Uint8Array[],
  fault: (event: LedgerEvent) => ReturnType<typeof possessionFault>,
): { readonly kind: 'ok'; readonly events: readonly LedgerEvent[] } | (BatchRefusal & { readonly kind: 'refused' }) {
  if (lines.length !== commit.count) return refused('GDO1021', `the batch promises ${commit.count} events and holds ${lines.length}`);
  const events: LedgerEvent[] = [];
  for (const [index, line] of lines.entries()) {
    const decoded = decodeEvent(line, contentHash);
    if (decoded.kind === 'refused') return refused(decoded.code, decoded.reason);
    const { event } = decoded;
    if (event.org !== commit.org) return refused('GDO1014', 'an event belongs to another organization');
    if (event.actor !== commit.actor || event.device !== commit.device) return refused('GDO1015', 'an event names another actor or device than the batch');
    if (event.seq !== commit.seq + index) return refused('GDO1021', `event ${index + 1} has the number ${event.seq}`);
    const unproven = fault(event);
    if (unproven !== undefined) return refused(unproven.code, unproven.reason);
    events.push(event);
  }
  if (Math.floor((events.at(-1)?.tsMs ?? 0) / 1000) !== commit.seconds) return refused('GDO1010', 'the time of the commit is not that of its last event');
  if (idsRoot(events.map((event) => event.id)) !== commit.root) return refused('GDO1020', 'the Merkle root differs from the events');
  return { kind: 'ok', events };
}

/** What a batch says, with those of its files that its events name. */
function batchOf(
  commit: BatchCommit,
  { id, prev, events, attachments }: Pick<Batch, 'id' | 'prev' | 'events'> & { readonly attachments: readonly Uint8Array[] },
): Batch {
  const { device, actor, seq, count, deps, base } = commit;
  if (attachments.length === 0) return { id, device, actor, seq, count, prev, deps, base, events, changes: [], charters: [] };
  const named = (field: string): readonly unknown[] => events.map((event) => event.body[field]);
  const changes: ChangeSet[] = attachments
    .map(decodeChangeSet)
    .filter((change) => change !== undefined && named('change').includes(change.id))
    .filter(isPresent);
  const charters: StoredCharter[] = named('adopts').some((hash) => hash !== undefined)
    ? attachments
        .map(readCharter)
        .filter(isPresent)
        .filter((charter) => named('adopts').includes(charter.hash))
    : [];
  return { id, device, actor, seq, count, prev, deps, base, events, changes, charters };
}

function isPresent<Value>(value: Value | undefined): value is Value {
  return value !== undefined;
}
