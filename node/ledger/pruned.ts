// `refs/gdo/pruned`: what a copy says about the events that it has dropped (SPEC.md section 18). The lists of event ids are held against the batches' roots.
import { decodeCanonical, encodeCanonical, idsRoot, isHex64, readBatchCommit } from '../../engine/index.ts';
import type { Repository } from '../git/repository.ts';
import type { LedgerFault } from './statement-log.ts';
import { prunedCommit, readFiles, type NewCommit } from './statements.ts';
import type { PlacedBatch, PrunedAt } from './view.ts';

/** Where a copy says it. */
export const prunedRef = 'refs/gdo/pruned' as const;

/** The statement alone. */
export interface PrunedStatement extends PrunedAt {
  readonly org: string;
  readonly batchesCount: number;
}

/** What a copy has dropped: the ids of events by the batch that holds them. */
export interface PrunedRecord extends PrunedStatement {
  readonly commit: string;
  readonly events: ReadonlyMap<string, readonly string[]>;
}

/** Reads the statement of a pruned copy; undefined where the commit holds none. */
export async function readPrunedStatement(repository: Repository, commit: string): Promise<PrunedStatement | undefined> {
  const bytes = (await readFiles(repository, commit))?.get('pruned.json');
  return bytes === undefined ? undefined : statementOf(bytes);
}

function statementOf(bytes: Uint8Array): PrunedStatement | undefined {
  const read = decodeCanonical(bytes, { bytesMax: 4_096 });
  if (read.kind === 'refused' || Object.keys(read.value).join(' ') !== 'batches checkpoint height org type v') return undefined;
  const { batches, checkpoint, height, org, type, v } = read.value;
  const isForm = typeof batches === 'number' && typeof height === 'number' && height > 0 && isHex64(checkpoint) && isHex64(org) && type === 'pruned' && v === 1;
  return isForm ? { batchesCount: batches, checkpoint, height, org } : undefined;
}

/** Reads what a copy has dropped, with its lists; undefined where it has dropped nothing. */
export async function readPruned(
  repository: Repository,
): Promise<{ readonly kind: 'ok'; readonly record: PrunedRecord } | { readonly kind: 'fault'; readonly fault: LedgerFault } | undefined> {
  const commit = await repository.resolve(prunedRef);
  if (commit === undefined) return undefined;
  const fault = (what: string) => ({ kind: 'fault', fault: { code: 'GDO1010', object: commit, ref: prunedRef, what } }) as const;
  const files = await readFiles(repository, commit);
  const statement = statementOf(files?.get('pruned.json') ?? new Uint8Array());
  if (files === undefined || statement === undefined) return fault('it does not say what is dropped');
  const events = new Map<string, readonly string[]>();
  for (const [path, bytes] of files) {
    if (path === 'pruned.json') continue;
    const lines = Buffer.from(bytes).toString('latin1').split('\n').slice(0, -1);
    for (const line of lines) {
      const [batch = '', ...ids] = line.split(' ');
      if (![batch, ...ids].every(isHex64) || ids.length === 0 || path !== `ids/${batch.slice(0, 2)}`)
        return fault(`a line of ${path} is no batch with its events`);
      events.set(batch, ids);
    }
  }
  // One list has one form: sorted, without a batch listed twice.
  const lists = listsOf(events);
  if ([...files].some(([path, bytes]) => path !== 'pruned.json' && lists.get(path) !== Buffer.from(bytes).toString('latin1')))
    return fault('its lists are not in their order');
  if (events.size !== statement.batchesCount) return fault(`it lists ${events.size} batches and says ${statement.batchesCount}`);
  return { kind: 'ok', record: { ...statement, commit, events } };
}

/** The files of the lists by path. */
function listsOf(events: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, string> {
  const shards = new Map<string, string[]>();
  for (const [batch, ids] of [...events].toSorted(([left], [right]) => (left < right ? -1 : 1))) {
    const path = `ids/${batch.slice(0, 2)}`;
    const known = shards.get(path);
    const line = `${[batch, ...ids].join(' ')}\n`;
    if (known === undefined) shards.set(path, [line]);
    else known.push(line);
  }
  return new Map([...shards].map(([path, lines]) => [path, lines.join('')]));
}

/** The commit that says it: the same bytes on every copy that drops the same. @param timeMs - of the checkpoint */
export function buildPruned(statement: Omit<PrunedStatement, 'batchesCount'>, events: ReadonlyMap<string, readonly string[]>, timeMs: number): NewCommit {
  const { checkpoint, height, org } = statement;
  return prunedCommit({
    bytes: encodeCanonical({ batches: events.size, checkpoint, height, org, type: 'pruned', v: 1 }),
    ids: [...listsOf(events)].map(([path, text]) => [path, Buffer.from(text, 'latin1')] as const),
    height,
    timeMs,
  });
}

/** The first listed batch whose event ids are not the ones that its signed commit names, or that is not listed at all (GDO1020). */
export async function listFault(repository: Repository, settled: ReadonlyMap<string, PlacedBatch>, record: PrunedRecord): Promise<LedgerFault | undefined> {
  const places = [...record.events.keys()].map((id) => [id, settled.get(id)?.commit ?? ''] as const);
  const fault = (object: string, what: string): LedgerFault => ({ code: 'GDO1020', object, ref: prunedRef, what });
  const stranger = places.find(([, commit]) => commit === '');
  if (stranger !== undefined)
    return fault(record.commit, `it lists the batch ${stranger[0].slice(0, 16)}, which no final checkpoint before ${record.height} holds`);
  const objects = await repository.readMany(places.map(([, commit]) => commit));
  for (const [index, [id, commit]] of places.entries()) {
    const object = objects[index];
    const read = object?.kind === 'commit' ? readBatchCommit(object.bytes) : undefined;
    const ids = record.events.get(id) ?? [];
    if (read?.kind !== 'ok' || read.commit.count !== ids.length || read.commit.root !== idsRoot(ids))
      return fault(commit, 'the event ids that are listed for this batch are not the ones that its root names');
  }
  return undefined;
}
