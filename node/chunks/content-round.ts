// One turn of a node about contents: lets go what is too much, takes what others have, and looks for damage in what is here. Each by so many bytes at most; where it ended stands on
// the disk, so that a kill costs nothing but the pieces in the middle.
import type { Repository } from '../git/repository.ts';
import { failuresOf, forgetOthers } from './arriving.ts';
import type { Copy } from './bring-pieces.ts';
import { byWorth, lettingGo, lettingGoFor, type Choosable } from './choose-contents.ts';
import type { Note } from './content-note.ts';
import { openContent } from './content-parts.ts';
import { contentsHere, type NamedContent } from './contents.ts';
import { erasedHere } from './erased-contents.ts';
import { lookForDamage } from './find-damage.ts';
import { markGone } from './gone-mark.ts';
import { leavingContents, settle, withdraw } from './let-go.ts';
import { imagesOfBylaws, withLayers } from './needed-contents.ts';
import { keyOf, listOthers, type Others } from './others.ts';
import { pruneGone } from './prune-gone.ts';
import { takeContent, type SealedName, type TakenContent } from './take-content.ts';

/** A turn does not go on for ever about what others name and do not have. */
const failuresMost = 32;

/** What a turn works with. */
export interface RoundRequest {
  readonly repository: Repository;
  readonly copies: readonly Copy[];
  readonly keep: 'all' | 'images';
  readonly bytesMost: number | undefined;
  readonly bytesPerTurn: number;
  readonly copiesLeast: number;
  /** Whether the disk has room for more. */
  readonly hasRoom: () => boolean;
  readonly sealedName: SealedName;
}

/** How it ended. `isDone`: nothing is left that the next turn could take at once. */
export interface RoundEnd {
  readonly isDone: boolean;
  readonly count: number;
  readonly bytes: number;
}

/** What is known at the beginning of a turn: what others have, and the images that the bylaws name. */
interface Known {
  readonly others: Others;
  readonly images: readonly string[];
}

/** Plays one turn. @throws WorldError GDO5024 where git or the disk fails */
export async function contentRound(request: RoundRequest, note: Note): Promise<RoundEnd> {
  // Opening the ledger is worth it only where something is chosen.
  const images = request.keep === 'images' || request.bytesMost !== undefined ? await imagesOfBylaws(request.repository) : [];
  const others = await listOthers(request.repository, request.copies, note);
  await letGo(request, { others, images }, note);
  const isDone = await takeOthers(request, { others, images }, note);
  await lookForDamage(request.repository, request.bytesPerTurn, others, note);
  return { isDone, count: (await contentsHere(request.repository)).length, bytes: await bytesHere(request.repository) };
}

async function sizeOf(repository: Repository, sha256: string): Promise<number | undefined> {
  const opened = await openContent(repository, sha256);
  return opened.kind === 'ok' ? opened.content.size : undefined;
}

async function letGo(request: RoundRequest, known: Known, note: Note): Promise<void> {
  const { bytesMost, copiesLeast } = request;
  await makeRoom(request, known, { choose: bytesMost === undefined ? undefined : (here) => lettingGo(here, bytesMost, copiesLeast), note });
  await pruneGone(request.repository, note);
}

/** Lets go what is chosen, and decides about what an earlier turn withdrew. */
async function makeRoom(
  { repository, copiesLeast }: RoundRequest,
  { others, images }: Known,
  { choose, note }: { readonly choose: ((here: readonly Choosable[]) => readonly string[]) | undefined; readonly note: Note },
): Promise<void> {
  if (choose !== undefined) {
    const going = new Set(choose(await choosable(repository, { others, images })));
    for (const content of await contentsHere(repository)) if (going.has(content.sha256)) await withdraw(repository, content);
  }
  const terms = { count: (content: NamedContent) => others.count(content), copiesLeast };
  for (const content of await leavingContents(repository)) {
    // Before its last name goes: a kill afterwards leaves no chunks that nobody prunes.
    markGone(repository);
    const goes = await settle(repository, content, terms);
    note({
      level: 'info',
      what: goes ? 'content let go' : 'content stays',
      content: content.sha256,
      ...(goes ? {} : { reason: `fewer than ${copiesLeast} others have it by now` }),
    });
  }
}

async function choosable(repository: Repository, { others, images }: Known): Promise<readonly Choosable[]> {
  const needed = await withLayers(repository, images);
  return Promise.all(
    (await contentsHere(repository)).map(async (content) => ({
      sha256: content.sha256,
      size: await sizeOf(repository, content.sha256),
      isNeeded: needed.has(content.sha256),
      copies: others.with(content).length,
    })),
  );
}

/** @returns whether nothing is left that could be taken at once */
async function takeOthers(request: RoundRequest, known: Known, note: Note): Promise<boolean> {
  const { repository, bytesMost = Number.POSITIVE_INFINITY } = request;
  const { others } = known;
  const names = new Set((await contentsHere(repository)).map(({ sha256 }) => sha256));
  const erased = erasedHere(repository);
  const listed = others.contents().filter(({ sha256 }) => !names.has(sha256) && !erased.has(sha256));
  forgetOthers(repository, listed);
  let left = request.bytesPerTurn;
  let failures = 0;
  const done = new Set<string>();
  for (;;) {
    const next = await firstOf(
      request,
      known,
      listed.filter((content) => !done.has(keyOf(content))),
    );
    if (next === undefined || failures === failuresMost) return true;
    if (left <= 0) return false;
    if (!request.hasRoom()) {
      note({
        level: 'warning',
        what: 'no contents taken',
        code: 'GDO4021',
        reason: 'less than 20 % of the disk is free',
        next: 'make room, or set contents.bytesMost',
      });
      return true;
    }
    done.add(keyOf(next.content));
    const take = async (): Promise<TakenContent> =>
      takeContent({
        repository,
        content: next.content,
        copies: others.with(next.content),
        bytesMost: left,
        sealedName: request.sealedName,
        // Where everything may stay nobody has to count.
        sizeMost: bytesMost === Number.POSITIVE_INFINITY ? bytesMost : bytesMost - (await bytesHere(repository)),
      });
    let taken = await take();
    if (taken.kind === 'no room' && next.isNeeded) {
      // What the node needs to decide comes before what it only keeps; for one that never fits nothing goes, since it would come back in the next turn.
      const { size } = taken;
      await makeRoom(request, known, { choose: (here) => lettingGoFor(size, here, bytesMost, request.copiesLeast), note });
      taken = await take();
    }
    left -= taken.bytes;
    noteTaken(next.content, taken, note);
    if (taken.kind === 'in part') return false;
    if (taken.kind === 'not had' || taken.kind === 'false') failures += 1;
  }
}

/** What to take now: what is needed; then what did not fail before; then what has the fewest copies. */
async function firstOf(
  { repository, keep }: RoundRequest,
  { others, images }: Known,
  contents: readonly NamedContent[],
): Promise<{ readonly content: NamedContent; readonly isNeeded: boolean } | undefined> {
  const needed = await withLayers(repository, images);
  const [first] = contents
    .filter(({ sha256 }) => keep === 'all' || needed.has(sha256))
    .map((content) => ({
      content,
      sha256: content.sha256,
      size: undefined,
      isNeeded: needed.has(content.sha256),
      copies: others.with(content).length,
      failures: failuresOf(repository, content),
    }))
    .toSorted((left, right) => Number(right.isNeeded) - Number(left.isNeeded) || left.failures - right.failures || byWorth(left, right));
  return first;
}

async function bytesHere(repository: Repository): Promise<number> {
  const sizes = await Promise.all((await contentsHere(repository)).map(({ sha256 }) => sizeOf(repository, sha256)));
  return sizes.reduce((sum: number, size) => sum + (size ?? 0), 0);
}

function noteTaken({ sha256: content }: NamedContent, taken: TakenContent, note: Note): void {
  const { bytes } = taken;
  switch (taken.kind) {
    case 'taken':
      return note({ level: 'info', what: 'content taken', content, bytes });
    case 'in part':
      return note({ level: 'info', what: 'content taken in part', content, bytes });
    case 'no room':
      return note({ level: 'debug', what: 'content not taken', content, reason: `it has ${taken.size} bytes, and contents.bytesMost leaves fewer` });
    case 'erased':
      return note({ level: 'info', what: 'content not kept', content, reason: 'others asked to erase it before it came' });
    case 'not had':
      return note({
        level: 'warning',
        what: 'content not taken',
        content,
        bytes,
        code: 'GDO4030',
        reason: taken.reason,
        next: 'look at the copies named: gdo store verify',
      });
    case 'false':
      return note({ level: 'warning', what: 'content is false', content, bytes, code: 'GDO4030', reason: taken.reason, next: 'drop it where it lies' });
  }
}
