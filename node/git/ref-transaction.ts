// A transaction of refs without an installed git: all or nothing, also where the machine stops in the middle of it (node.md section 2). A journal says what was decided;
// whoever opens the repository next carries it out. The lock files are git's own, so that a git that works beside it waits.
import type { FileStore } from './file-store.ts';
import { readPacked, type RefPlace, type RefReader } from './portable-refs.ts';
import type { RefChange, RefsMoved } from './repository.ts';
import { refNameFault } from './ref-name.ts';

/** The file that says what a transaction decided until it is carried out, in the git directory. */
export const journalName = 'gdo-refs.journal';

/** Others who hold a lock are waited for so often. */
const lockAttemptsMax = 5;

/** What a transaction works on. */
export interface RefStore {
  readonly files: FileStore;
  readonly place: RefPlace;
  readonly refs: RefReader;
  /** Called with the path of a lock that stands in the way; it returns when the lock is gone or nobody's. */
  readonly wait: (lock: string) => Promise<void>;
}

/** One move of a journal. */
interface Move {
  readonly ref: string;
  /** Empty: the ref goes away. */
  readonly next: string;
}

/** Moves refs all or nothing. @param check - what is wrong with an object as a ref's value */
export async function moveRefFiles(
  store: RefStore,
  changes: readonly RefChange[],
  check: (change: RefChange) => Promise<string | undefined>,
): Promise<RefsMoved> {
  const wrong = changes.map((change) => refNameFault(change.ref)).find((fault) => fault !== undefined) ?? twice(changes);
  if (wrong !== undefined) return { kind: 'conflict', reason: wrong };
  for (const change of changes) {
    const fault = change.next === undefined ? undefined : await check(change);
    if (fault !== undefined) return { kind: 'conflict', reason: fault };
  }
  const held: string[] = [];
  const moves = changes.map((change) => ({ ref: change.ref, next: change.next ?? '' }));
  let isDecided = false;
  try {
    const fault = (await takeLocks(store, changes, held)) ?? standingFault(store, changes);
    if (fault !== undefined) return { kind: 'conflict', reason: fault };
    decide(store, moves);
    isDecided = true;
  } finally {
    if (!isDecided) for (const lock of held.toReversed()) store.files.remove(lock);
  }
  carryOut(store, moves);
  store.files.remove(ownLock(store));
  return { kind: 'ok' };
}

/** Finishes a transaction that was decided and not carried out. */
export async function recoverRefFiles(store: RefStore): Promise<void> {
  if (store.files.read(journalOf(store)) === undefined) return;
  // Taken by another one who is alive: that one carries it out.
  if ((await take(store, ownLock(store), '')) !== 'ok') return;
  finish(store);
  store.files.remove(ownLock(store));
}

const ownLock = (store: RefStore): string => `${store.place.shared}/gdo-refs.lock`;
const packedLock = (store: RefStore): string => `${store.place.shared}/packed-refs.lock`;
const journalOf = (store: RefStore): string => `${store.place.shared}/${journalName}`;
const lockOf = (store: RefStore, ref: string): string => `${store.refs.pathOf(ref)}.lock`;
const bytesOf = (words: string): Uint8Array => Buffer.from(words, 'utf8');

async function take({ files, wait }: RefStore, lock: string, content: string): Promise<'ok' | 'taken' | 'blocked'> {
  let made = files.create(lock, bytesOf(content));
  for (let again = 0; made === 'taken' && again < lockAttemptsMax; again += 1) {
    await wait(lock);
    made = files.create(lock, bytesOf(content));
  }
  return made;
}

/** Takes every lock that the changes need, ours first. @returns why one could not be had; those that were taken are in `held` */
async function takeLocks(store: RefStore, changes: readonly RefChange[], held: string[]): Promise<string | undefined> {
  const wanted = [
    // One transaction at a time, so that a journal that stands belongs to nobody who is alive.
    { lock: ownLock(store), content: '' },
    ...(changes.some((change) => change.next === undefined) ? [{ lock: packedLock(store), content: '' }] : []),
    ...changes.toSorted((left, right) => (left.ref < right.ref ? -1 : 1)).map(({ ref, next }) => ({ lock: lockOf(store, ref), content: `${next ?? ''}\n` })),
  ];
  for (const { lock, content } of wanted) {
    const made = await take(store, lock, content);
    if (made !== 'ok') return `unable to create '${lock}': ${made === 'taken' ? 'it exists' : 'a ref stands above it'}`;
    if (held.push(lock) === 1) finish(store);
  }
  return undefined;
}

/** Why the refs as they stand do not let themselves be moved. */
function standingFault({ files, refs }: RefStore, changes: readonly RefChange[]): string | undefined {
  const all = new Map(refs.list('refs').map((entry) => [entry.ref, entry.id]));
  for (const change of changes) {
    const fault = moveFault(change, { now: all.get(change.ref), isPointer: refs.target(change.ref) !== undefined, names: all });
    if (fault !== undefined) return fault;
    if (files.kindOf(refs.pathOf(change.ref)) === 'folder') return `${change.ref}: refs stand below it`;
  }
  return undefined;
}

/** Writes the journal. When it has its name, the transaction is decided. */
function decide(store: RefStore, moves: readonly Move[]): void {
  const draft = `${journalOf(store)}.new`;
  store.files.create(draft, bytesOf(moves.map((move) => `${move.ref} ${move.next}\n`).join('')));
  store.files.replace(draft, journalOf(store));
}

/** Carries out what was decided before. Our own lock is held. */
function finish(store: RefStore): void {
  const decided = store.files.read(journalOf(store));
  if (decided !== undefined) carryOut(store, readJournal(Buffer.from(decided).toString('utf8')));
  store.files.remove(`${journalOf(store)}.new`);
}

function carryOut(store: RefStore, moves: readonly Move[]): void {
  const { files, refs } = store;
  const gone = new Set(moves.filter((move) => move.next === '').map((move) => move.ref));
  unpack(store, gone);
  for (const { ref, next } of moves) {
    const lock = lockOf(store, ref);
    if (next === '') {
      files.remove(refs.pathOf(ref));
      files.remove(lock);
      // Its lock is gone where the machine stopped after this step.
    } else if (files.read(lock) !== undefined) files.replace(lock, refs.pathOf(ref));
  }
  if (gone.size > 0) files.remove(packedLock(store));
  files.remove(journalOf(store));
}

/** Removes refs from the packed ones, as a whole file in one step. The lock of packed-refs is held. */
function unpack({ files, place }: RefStore, gone: ReadonlySet<string>): void {
  const path = `${place.shared}/packed-refs`;
  const before = files.read(path);
  if (before === undefined || ![...readPacked(before).keys()].some((ref) => gone.has(ref))) return;
  files.remove(`${path}.new`);
  files.create(`${path}.new`, bytesOf(withoutPacked(Buffer.from(before).toString('utf8'), gone)));
  files.replace(`${path}.new`, path);
}

function readJournal(lines: string): readonly Move[] {
  return lines.split('\n').flatMap((line) => {
    const match = /^(refs\/\S+) ([0-9a-f]{40}|)$/.exec(line);
    return match === null || refNameFault(match[1] ?? '') !== undefined ? [] : [{ ref: match[1] ?? '', next: match[2] ?? '' }];
  });
}

function twice(changes: readonly RefChange[]): string | undefined {
  const seen = new Set<string>();
  const again = changes.find((change) => seen.size === seen.add(change.ref).size);
  return again === undefined ? undefined : `${again.ref} is named twice`;
}

/** Why a ref cannot move as wanted: it is elsewhere, it points at a ref, or its name is a folder of another one's. */
function moveFault(
  change: RefChange,
  found: { readonly now: string | undefined; readonly isPointer: boolean; readonly names: ReadonlyMap<string, string> },
): string | undefined {
  if (found.isPointer) return `${change.ref} points at another ref`;
  if (found.now !== change.old) return `${change.ref} is at ${found.now ?? 'nothing'} but expected ${change.old ?? 'nothing'}`;
  if (change.next === undefined || found.now !== undefined) return undefined;
  const meets = [...found.names.keys()].find((name) => name.startsWith(`${change.ref}/`) || change.ref.startsWith(`${name}/`));
  return meets === undefined ? undefined : `${change.ref} cannot stand beside ${meets}`;
}

/** Packed refs without some of them, and without the lines `^<id>` that belong to those. */
function withoutPacked(before: string, refs: ReadonlySet<string>): string {
  let isLeft = true;
  const lines = before.split('\n').filter((line) => {
    if (!line.startsWith('^')) isLeft = !refs.has(line.slice(41)) || line.startsWith('#');
    return isLeft;
  });
  return lines.join('\n');
}
