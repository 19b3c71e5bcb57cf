// Takes a content that other copies have, over as many turns as it needs: what names its chunks, then the chunks that are not here, a few megabytes at a time from whichever
// copy gives them. Its ref is set when all of it was read and is what its name says.
import { createHash } from 'node:crypto';
import { WorldError } from '../cli/command.ts';
import type { Repository } from '../git/repository.ts';
import { openArriving, type Arriving } from './arriving.ts';
import { bringChunks, bringOutline, type Copy, type OutlineRoot, type PiecePlace, type WantedChunk } from './bring-pieces.ts';
import { hashAt } from './content-manifest.ts';
import { openContentAt, partsOf, partTrees, type ContentPart, type OpenContent } from './content-parts.ts';
import { besidePruning } from './content-turn.ts';
import type { NamedContent } from './contents.ts';
import { erasedHere, isAskedAway, noteErased } from './erased-contents.ts';
import { lookAtContent } from './look-content.ts';

/** What is taken, from whom, and how much at most. */
export interface TakeRequest {
  readonly repository: Repository;
  readonly content: NamedContent;
  readonly copies: readonly Copy[];
  /** Bytes of chunks in this turn. */
  readonly bytesMost: number;
  /** A larger content is not taken. */
  readonly sizeMost: number;
  readonly sealedName: SealedName;
}

/** Reads which sealed file a content says that it is; undefined for every other content. */
export type SealedName = (view: Repository, content: NamedContent) => Promise<string | undefined>;

/** How far it came. `bytes`: of chunks, in this turn. */
export type TakenContent =
  | { readonly kind: 'taken'; readonly bytes: number; readonly size: number }
  | { readonly kind: 'in part'; readonly bytes: number; readonly size: number }
  | { readonly kind: 'no room'; readonly bytes: 0; readonly size: number }
  | { readonly kind: 'erased'; readonly bytes: number }
  | { readonly kind: 'not had'; readonly bytes: number; readonly reason: string }
  | { readonly kind: 'false'; readonly bytes: number; readonly reason: string };

/** Chunks that are asked for at once: a kill loses no more, and the question is short. */
const atOnce = { bytes: 8 * 1024 * 1024, chunks: 4_096 } as const;

/** Takes it as far as it may. */
export async function takeContent(request: TakeRequest): Promise<TakenContent> {
  const arriving = openArriving(request.repository, request.content);
  try {
    const known = arriving.falsehood();
    if (known !== undefined) return { kind: 'false', bytes: 0, reason: known };
    const taken = await takeInto(arriving, request);
    if (taken.kind === 'false') arriving.setFalse(taken.reason);
    if (taken.kind === 'not had') arriving.setFailed();
    if (taken.kind === 'taken' || taken.kind === 'erased') arriving.remove();
    return taken;
  } finally {
    arriving.sink.discard();
    arriving.close();
  }
}

async function takeInto(arriving: Arriving, { repository, content, copies, bytesMost, sizeMost, sealedName }: TakeRequest): Promise<TakenContent> {
  const { view } = arriving;
  const outline = await outlineFrom(arriving, copies, { id: content.commit, kind: 'commit' });
  if (outline !== undefined) return { kind: 'not had', bytes: 0, reason: outline };
  const opened = await openContentAt(view, content);
  if (opened.kind === 'bad') return { kind: 'false', bytes: 0, reason: opened.reason };
  const { size } = opened.content;
  if (size > sizeMost) return { kind: 'no room', bytes: 0, size };
  const chunks = await takeChunks(arriving, opened.content, { copies, bytesMost });
  if (chunks.kind === 'in part') return { kind: 'in part', bytes: chunks.bytes, size };
  if (chunks.kind !== 'all') return chunks;
  return besidePruning(repository, async (): Promise<TakenContent> => {
    const { bytes } = chunks;
    const seen = await readWhole(view, opened.content);
    if (typeof seen === 'string') return { kind: 'false', bytes, reason: seen };
    if (seen.length > 0) {
      // What lay here already was damaged, or went meanwhile.
      const again = await chunksFrom(arriving, copies, seen);
      arriving.setParts(0);
      return again.left.length === 0 ? { kind: 'in part', bytes: bytes + again.bytes, size } : { kind: 'not had', bytes, reason: again.reason };
    }
    // Somebody may have erased it while it came.
    if (erasedHere(repository).has(content.sha256)) return { kind: 'not had', bytes, reason: 'it was erased here meanwhile' };
    if (await isAskedAway(repository, content.sha256, () => sealedName(view, content))) {
      noteErased(repository, [content.sha256]);
      return { kind: 'erased', bytes };
    }
    arriving.moveIn();
    const old = await repository.resolve(content.ref);
    const moved = old === content.commit ? undefined : await repository.updateRefs([{ ref: content.ref, old, next: content.commit }]);
    if (moved?.kind === 'conflict') throw new WorldError('GDO5024', `The content could not be named: ${moved.reason}`, 'nothing: the next turn does it');
    return { kind: 'taken', bytes, size };
  });
}

type ChunksTaken =
  | { readonly kind: 'all'; readonly bytes: number }
  | { readonly kind: 'in part'; readonly bytes: number }
  | { readonly kind: 'not had'; readonly bytes: number; readonly reason: string }
  | { readonly kind: 'false'; readonly bytes: number; readonly reason: string };

/** Brings chunks that are not here, part by part. */
async function takeChunks(
  arriving: Arriving,
  content: OpenContent,
  { copies, bytesMost }: { readonly copies: readonly Copy[]; readonly bytesMost: number },
): Promise<ChunksTaken> {
  const trees = await partTrees(arriving.view, content);
  const parts = partsOf(arriving.view, content);
  const count = content.manifest.kind === 'content' ? 1 : trees.length;
  let bytes = 0;
  for (let index = 0; index < count; index += 1) {
    const tree = trees[index];
    const outline = tree === undefined ? undefined : await outlineFrom(arriving, copies, { id: tree, kind: 'tree' });
    if (outline !== undefined) return { kind: 'not had', bytes, reason: outline };
    const next = await falseIfUnreadable(parts.next());
    if (typeof next === 'string') return { kind: 'false', bytes, reason: next };
    const part = next.value;
    if (part === undefined || index < arriving.parts()) continue;
    const missing = await missingOf(arriving, part);
    if (missing === undefined) return { kind: 'false', bytes, reason: 'its trees do not name all of its chunks' };
    for (let at = 0; at < missing.length;) {
      if (bytes >= bytesMost) return { kind: 'in part', bytes };
      const batch = batchOf(missing, at, bytesMost - bytes);
      const brought = await chunksFrom(arriving, copies, batch);
      bytes += brought.bytes;
      if (brought.left.length > 0) return { kind: 'not had', bytes, reason: brought.reason };
      at += batch.length;
    }
    if (tree !== undefined) arriving.setParts(index + 1);
  }
  return { kind: 'all', bytes };
}

/** Chunks of a part that are not here, each once; undefined where some have no id. */
async function missingOf({ view }: Arriving, part: ContentPart): Promise<readonly WantedChunk[] | undefined> {
  const wanted = new Map<string, WantedChunk>();
  for (let index = 0; index < part.list.count; index += 1) {
    const id = part.idOf(index);
    if (id === undefined) return undefined;
    if (!wanted.has(id)) wanted.set(id, { id, name: Buffer.from(hashAt(part.list, index)), size: part.list.sizes[index] ?? 0 });
  }
  const all = [...wanted.values()];
  const sizes = await view.sizes(all.map(({ id }) => id));
  return all.filter((_, index) => sizes[index] === undefined);
}

/** The next chunks, one at least. */
function batchOf(missing: readonly WantedChunk[], from: number, bytesLeft: number): readonly WantedChunk[] {
  const most = Math.min(atOnce.bytes, bytesLeft);
  let [end, bytes] = [from, 0];
  while (end < missing.length && end - from < atOnce.chunks && (end === from || bytes + (missing[end]?.size ?? 0) <= most)) bytes += missing[end++]?.size ?? 0;
  return missing.slice(from, end);
}

/** Brings what names chunks, from one copy or another. @returns why none of them gave it, or undefined */
export async function outlineFrom(place: PiecePlace, copies: readonly Copy[], root: OutlineRoot): Promise<string | undefined> {
  const reasons: string[] = [];
  for (const { name, remote } of copies) {
    const reason = await bringOutline(place, remote, root);
    if (reason === undefined) return undefined;
    reasons.push(`${name}: ${reason}`);
  }
  return reasons.join('; ') || 'no other copy has it';
}

/** Asks each copy for what the ones before it did not give. */
export async function chunksFrom(
  place: PiecePlace,
  copies: readonly Copy[],
  wanted: readonly WantedChunk[],
): Promise<{ readonly left: readonly WantedChunk[]; readonly bytes: number; readonly reason: string }> {
  let left = wanted;
  const reasons: string[] = [];
  for (const { name, remote } of copies) {
    if (left.length === 0) break;
    const brought = await bringChunks(place, remote, left);
    if (brought.reason !== '') reasons.push(`${name}: ${brought.reason}`);
    left = brought.left;
  }
  const sum = (chunks: readonly WantedChunk[]): number => chunks.reduce((total, { size }) => total + size, 0);
  return { left, bytes: sum(wanted) - sum(left), reason: reasons.join('; ') || 'no other copy has it' };
}

/** Reads all of it. @returns the chunks that are not here or damaged, or why it is no content */
async function readWhole(view: Repository, content: OpenContent): Promise<readonly WantedChunk[] | string> {
  const whole = createHash('sha256');
  const seen = await falseIfUnreadable(
    lookAtContent(view, content, { from: 0, bytesMost: Number.POSITIVE_INFINITY, hear: (bytes) => void whole.update(bytes) }),
  );
  if (typeof seen === 'string') return seen;
  if (seen.wrong.length === 0 && whole.digest('hex') !== content.sha256) return 'its chunks are whole and do not make it: its manifest is false';
  return seen.wrong;
}

async function falseIfUnreadable<Value>(act: Promise<Value>): Promise<Value | string> {
  try {
    return await act;
  } catch (error) {
    if (error instanceof WorldError && error.code === 'GDO4030') return error.message;
    throw error;
  }
}
