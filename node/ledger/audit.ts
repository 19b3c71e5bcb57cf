// Audits a copy of a ledger, trusting nothing: every object is hashed again, every statement, signature and decision computed again from the genesis.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runGit } from '../git/child.ts';
import { linksOf, objectId, type GitObject } from '../git/object.ts';
import type { RefEntry, Repository } from '../git/repository.ts';
import { objectsHere } from '../git/dropped.ts';
import { checkBatchCommit } from './batch.ts';
import { batchFiles } from './batch-files.ts';
import { listFault, readPruned, type PrunedRecord } from './pruned.ts';
import { replayLedger } from './replay.ts';
import { placesOf } from './settled.ts';
import type { LedgerFault } from './statement-log.ts';
import type { LedgerView, RejectedBatch } from './view.ts';

/** What was looked at. */
export interface AuditCounts {
  readonly objects: number;
  readonly batches: number;
  readonly events: number;
  readonly checkpoints: number;
  readonly merges: number;
}

/**
 * The answer of an audit. `parked` batches wait for something that is not in this copy; they have no effect and are no fault. Where the view begins at a
 * snapshot, what came before was not decided again: because that was asked for, or because this copy has dropped it.
 */
export type Audit =
  | { readonly kind: 'ok'; readonly view: LedgerView; readonly counts: AuditCounts; readonly parked: readonly RejectedBatch[] }
  | { readonly kind: 'bad'; readonly fault: LedgerFault; readonly file: string | undefined; readonly counts: AuditCounts };

/** Objects read at once. */
const chunkSize = 256;

/**
 * Audits a repository: objects first, then git's own check, then the replay from the founding. Of batches whose events this copy has dropped it checks
 * signatures and ids of events instead.
 * @param since - begin at the snapshot of this height, taking the witnesses' word for what came before
 * @returns the first bad object with its id, the ref that leads to it, its file, and what is wrong
 */
export async function auditLedger(repository: Repository, since?: number): Promise<Audit> {
  const refs = [...(await repository.list('refs/gdo')), ...(await repository.list('refs/heads/main'))];
  const counts = (view?: LedgerView): AuditCounts => ({
    objects: seen.size,
    batches: (view?.batches.size ?? 0) + (view?.settled.size ?? 0),
    events: view === undefined ? 0 : view.earlier.length === 0 ? view.verdicts.size : view.tip.statement.events,
    checkpoints: (view?.checkpoints.length ?? 0) + (view?.earlier.length ?? 0),
    merges: (view?.merges.length ?? 0) + (view?.earlierMerges.length ?? 0),
  });
  const bad = (fault: LedgerFault, view?: LedgerView): Audit => ({ kind: 'bad', fault, file: fileOf(repository, fault.object), counts: counts(view) });
  const seen = new Set<string>();
  const pruned = await readPruned(repository);
  if (pruned?.kind === 'fault') return bad(pruned.fault);
  const dropped = pruned === undefined ? undefined : await droppedFiles(repository, refs, pruned.record);
  for (const ref of refs) {
    const fault = await rehash(repository, ref, { seen, dropped: dropped ?? new Set() });
    if (fault !== undefined) return bad(fault);
  }
  const stored = await soundnessFault(repository);
  if (stored !== undefined) return bad(stored);
  const replay = await replayLedger(repository, undefined, since === undefined ? 'genesis' : { height: since });
  if (replay.kind === 'fault') return bad(firstCause(replay.fault, replay.view), replay.view);
  const { view } = replay;
  const past = pruned === undefined ? undefined : await pastFault(view, pruned.record);
  if (past !== undefined) return bad(past, view);
  const refused = view.rejected.find((one) => one.kind === 'refused');
  if (refused !== undefined) return bad({ code: refused.code, object: refused.commit, ref: refused.ref, what: refused.reason }, view);
  const main = refs.find((ref) => ref.ref === 'refs/heads/main');
  if (main !== undefined && main.id !== view.mainCommit) {
    return bad(
      { code: 'GDO2003', object: main.id, ref: main.ref, what: `main is not ${view.mainCommit}, the commit that the last final checkpoint names` },
      view,
    );
  }
  return { kind: 'ok', view, counts: counts(view), parked: view.rejected };
}

/** Files of listed batches that are not here. Everything else has to be. */
async function droppedFiles(repository: Repository, refs: readonly RefEntry[], record: PrunedRecord): Promise<ReadonlySet<string>> {
  const { places } = await placesOf(repository, refs);
  const commits = [...record.events.keys()].flatMap((id) => places.get(id)?.commit ?? []);
  const here = await objectsHere(repository.gitDirectory);
  const files = (await batchFiles(repository, commits)).flatMap(({ events, attachments }) => (events === undefined ? attachments : [events, ...attachments]));
  return new Set(files.filter((id) => !here.has(id)));
}

/** What can be checked of batches whose events are dropped: that each was signed, and that the listed ids are the ones it named. */
async function pastFault(view: LedgerView, record: PrunedRecord): Promise<LedgerFault | undefined> {
  const listed = await listFault(view.repository, view.settled, record);
  if (listed !== undefined) return listed;
  for (const { batch, commit } of view.settled.values()) {
    const checked = checkBatchCommit(await view.repository.readObject(commit), commit, view);
    if (checked.kind === 'refused') return { code: checked.code, object: commit, ref: `refs/gdo/log/${batch.device}`, what: checked.reason };
  }
  return undefined;
}

/** A receipt that names a refused batch is the consequence: the batch is the cause. */
function firstCause(fault: LedgerFault, view: LedgerView | undefined): LedgerFault {
  const refused = view?.rejected.find((one) => one.kind === 'refused');
  return fault.code === 'GDO1022' && refused !== undefined ? { code: refused.code, object: refused.commit, ref: refused.ref, what: refused.reason } : fault;
}

/** Hashes everything that a ref reaches, was not seen and is not known to be dropped. @returns the first object whose bytes do not have its id, or that is missing */
async function rehash(
  repository: Repository,
  ref: RefEntry,
  known: { readonly seen: Set<string>; readonly dropped: ReadonlySet<string> },
): Promise<LedgerFault | undefined> {
  const { seen, dropped } = known;
  let open = [ref.id].filter((id) => !seen.has(id));
  while (open.length > 0) {
    const chunk = open.slice(0, chunkSize);
    const rest = open.slice(chunkSize);
    for (const id of chunk) seen.add(id);
    const read = await Promise.allSettled(chunk.map((id) => repository.readObject(id)));
    const links = new Set<string>();
    for (const [index, id] of chunk.entries()) {
      const settled = read[index];
      // A broken object ends git's reader and fails its neighbours too: ask for each of them again, alone.
      const object = settled?.status === 'fulfilled' ? settled.value : await readAlone(repository, id);
      const what = typeof object === 'string' ? object : objectFault(repository, id, object);
      if (what !== undefined) return { code: 'GDO1010', object: id, ref: ref.ref, what };
      if (typeof object === 'object') for (const link of linksOf(object)) if (!seen.has(link) && !dropped.has(link)) links.add(link);
    }
    open = [...links, ...rest.filter((id) => !links.has(id))];
  }
  return undefined;
}

async function readAlone(repository: Repository, id: string): Promise<GitObject | string | undefined> {
  try {
    return await repository.readObject(id);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return `the object cannot be read: ${error.message}`;
  }
}

function objectFault(repository: Repository, id: string, object: GitObject | undefined): string | undefined {
  // Git's reader says of what it cannot unpack that it is not there.
  if (object === undefined) return fileOf(repository, id) === undefined ? 'the object is missing' : 'the object is damaged: its file cannot be read';
  return objectId(object) === id ? undefined : 'the bytes of the object are not the ones that its id names';
}

/** What git's own check finds, or undefined: it also reads pack checksums and indexes, where a flipped bit may hide outside of any object. */
export async function soundnessFault(repository: Repository): Promise<LedgerFault | undefined> {
  const end = await runGit({ gitDirectory: repository.gitDirectory, arguments: ['fsck', '--full', '--no-dangling', '--no-progress'] });
  if (end.code === 0) return undefined;
  const lines = `${end.errors}\n${end.output.toString('utf8')}`.split('\n').filter((line) => line !== '' && !line.startsWith('notice:'));
  const first = lines.find((line) => /error|fatal|missing|corrupt|broken/.test(line)) ?? lines[0] ?? 'git does not say why';
  const object = /[0-9a-f]{40}/.exec(lines.find((line) => /[0-9a-f]{40}/.test(line)) ?? '')?.[0] ?? '';
  return { code: 'GDO1010', object, ref: 'the object store', what: `git fsck says: ${first}` };
}

/** The file that holds an object, relative to the git directory: the loose object, or the pack whose index names it. */
export function fileOf(repository: Repository, id: string): string | undefined {
  if (!/^[0-9a-f]{40}$/.test(id)) return undefined;
  const loose = join('objects', id.slice(0, 2), id.slice(2));
  if (existsSync(join(repository.gitDirectory, loose))) return loose;
  const folder = join(repository.gitDirectory, 'objects', 'pack');
  if (!existsSync(folder)) return undefined;
  const wanted = Buffer.from(id, 'hex');
  const index = readdirSync(folder)
    .filter((name) => name.endsWith('.idx'))
    .toSorted()
    .find((name) => readFileSync(join(folder, name)).includes(wanted));
  return index === undefined ? undefined : join('objects', 'pack', index.replace(/idx$/, 'pack'));
}
