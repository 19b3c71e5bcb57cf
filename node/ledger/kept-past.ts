// What a start at a snapshot has read of the past, kept beside the votes of this copy: read again from git, it would be an object for each batch, three for each
// receipt and checkpoint, two for each merge. A note of this machine to itself; whoever asks for a replay from the genesis, as `gdo audit` does, does not look at it.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { decodeChangeSet, encodeChangeSet, type ChangeSet } from '../../engine/index.ts';
import { makeFolders } from '../git/make-folders.ts';
import type { Repository } from '../git/repository.ts';
import type { EarlierMerge, LedgerView, PlacedBatch } from './view.ts';

/** A batch with what it is built on: the batch before it and its dependencies, by id. */
export interface PastBatch extends PlacedBatch {
  readonly parents: readonly string[];
}

/** What is known of commits by their ids, which say their bytes: it is right whatever became final since. Reading adds to it. */
export interface Past {
  readonly batches: Map<string, PastBatch>;
  readonly merges: Map<string, EarlierMerge>;
  /** `checkpoint.json` or `statement.json`, whose hashes are compared with what names them. */
  readonly statements: Map<string, Uint8Array>;
  /** Change sets of open cases, by their own ids. */
  readonly changes: Map<string, ChangeSet>;
}

/** Written anew when so much was read that is not in it, so that a start reads this much at most of what lies before the last one. */
const freshLeast = 256;
/** Of a ledger with some 500,000 batches; what is longer is read from git each time. */
const noteBytesMax = 256 * 1024 * 1024;
const title = 'gdo-kept-past-v1';

/** Knows nothing: everything is read from git. */
export function noPast(): Past {
  return { batches: new Map(), merges: new Map(), statements: new Map(), changes: new Map() };
}

function pathOf(repository: Repository): string {
  return join(repository.gitDirectory, 'gdo', 'kept-past');
}

function headOf(body: string): string {
  return `${title} ${createHash('sha256').update(body).digest('hex')}`;
}

/** What this copy has kept; nothing where there is no note, or one that is torn or of another version. */
export function keptPast(repository: Repository): Past {
  const path = pathOf(repository);
  if (!existsSync(path) || statSync(path).size > noteBytesMax) return noPast();
  const text = readFileSync(path, 'utf8');
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  if (text.slice(0, Math.max(end, 0)) !== headOf(body)) return noPast();
  const past = noPast();
  return body.split('\n').every((line) => line === '' || takeLine(past, line)) ? past : noPast();
}

const batchLine = /^batch [0-9a-f]{40}(?: [0-9a-f]{64}){2} [0-9]{1,15} [0-9]{1,3}(?: [0-9a-f]{64})+$/;
const mergeLine = /^merge [0-9a-f]{40} [0-9a-f]{64} [0-9a-f]{40}(?: undo)?$/;
const statementLine = /^statement [0-9a-f]{40} \{/;
const changeStart = 'change ';

/** Takes one line. @returns false where it is none */
function takeLine(past: Past, line: string): boolean {
  if (batchLine.test(line)) {
    const [, commit = '', id = '', device = '', seq, count, prev = '', ...parents] = line.split(' ');
    past.batches.set(commit, { batch: { id, device, seq: Number(seq), count: Number(count), prev }, commit, parents });
  } else if (mergeLine.test(line)) {
    const [, commit = '', of = '', parent = '', undo] = line.split(' ');
    past.merges.set(commit, { case: of, commit, parent, ...(undo === undefined ? {} : { undo: true }) });
  } else if (statementLine.test(line)) {
    const at = line.indexOf('{');
    past.statements.set(line.slice('statement '.length, at - 1), Buffer.from(line.slice(at), 'utf8'));
  } else if (line.startsWith(changeStart)) {
    const change = decodeChangeSet(Buffer.from(line.slice(changeStart.length), 'utf8'));
    if (change !== undefined) past.changes.set(change.id, change);
  } else return false;
  return true;
}

/** How much is known. */
export function pastCount(past: Past): number {
  return past.batches.size + past.merges.size + past.statements.size + past.changes.size;
}

/**
 * Keeps what is known for the next start. Where the copy cannot be written to, it is read from git again.
 * @param keptCount - how much of it is in the note
 * @param view - where the snapshot begins: what others push and never becomes final is not kept, nor the changes of cases that have ended
 */
export function keepPast(
  repository: Repository,
  past: Past,
  { keptCount, view }: { readonly keptCount: number; readonly view: Pick<LedgerView, 'seen' | 'changes'> },
): void {
  const wanted: Past = {
    ...past,
    batches: new Map([...past.batches].filter(([commit]) => view.seen.has(commit))),
    changes: new Map([...past.changes].filter(([id]) => view.changes.has(id))),
  };
  // A repository in memory has no folder.
  if (pastCount(wanted) < keptCount + freshLeast || !existsSync(repository.gitDirectory)) return;
  const lines = [
    ...[...wanted.batches.values()].map(({ batch, commit, parents }) =>
      ['batch', commit, batch.id, batch.device, batch.seq, batch.count, batch.prev, ...parents].join(' '),
    ),
    ...[...wanted.merges.values()].map((merge) => ['merge', merge.commit, merge.case, merge.parent, ...(merge.undo === undefined ? [] : ['undo'])].join(' ')),
    ...[...wanted.statements].map(([commit, bytes]) => `statement ${commit} ${Buffer.from(bytes).toString('utf8')}`),
    ...[...wanted.changes.values()].map(({ entries }) => `${changeStart}${Buffer.from(encodeChangeSet(entries)).toString('utf8')}`),
  ];
  const body = lines.map((line) => `${line}\n`).join('');
  const whole = Buffer.from(`${headOf(body)}\n${body}`, 'utf8');
  if (whole.length > noteBytesMax) return;
  const path = pathOf(repository);
  try {
    makeFolders(dirname(path), 0o700);
    writeFileSync(`${path}.new`, whole, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && ['EROFS', 'EACCES', 'EPERM', 'ENOSPC', 'EDQUOT', 'ENOENT'].includes(String(error.code)))) throw error;
  }
}
