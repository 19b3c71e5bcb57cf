// One turn of a node about contents: lets go what is too much, takes what others have, and looks for damage in what is here. Each by so many bytes at most; where it ended stands on
// the disk, so that a kill costs nothing but the pieces in the middle.
import type { Repository } from '../git/repository.ts';
import { forgetOthers } from './arriving.ts';
import type { Copy } from './bring-pieces.ts';
import { byWorth, lettingGo, type Choosable } from './choose-contents.ts';
import type { Note } from './content-note.ts';
import { openContent } from './content-parts.ts';
import { contentsHere, type NamedContent } from './contents.ts';
import { lookForDamage } from './find-damage.ts';
import { leavingContents, settle, withdraw } from './let-go.ts';
import { imagesOfBylaws, withLayers } from './needed-contents.ts';
import { keyOf, listOthers, type Others } from './others.ts';
import { markGone, pruneGone } from './prune-gone.ts';
import { takeContent } from './take-content.ts';

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
  const here = await contentsHere(request.repository);
  const sizes = await Promise.all(here.map(({ sha256 }) => sizeOf(request.repository, sha256)));
  return { isDone, count: here.length, bytes: sizes.reduce((sum: number, size) => sum + (size ?? 0), 0) };
}

async function sizeOf(repository: Repository, sha256: string): Promise<number | undefined> {
  const opened = await openContent(repository, sha256);
  return opened.kind === 'ok' ? opened.content.size : undefined;
}

async function letGo(request: RoundRequest, { others, images }: Known, note: Note): Promise<void> {
  const { repository, bytesMost, copiesLeast } = request;
  if (bytesMost !== undefined) {
    const here = await choosable(repository, { others, images });
    const going = new Set(lettingGo(here, bytesMost, copiesLeast));
    for (const content of await contentsHere(repository)) if (going.has(content.sha256)) await withdraw(repository, content);
  }
  const terms = { count: (content: NamedContent) => others.count(content), copiesLeast };
  for (const content of await leavingContents(repository)) {
    const goes = await settle(repository, content, terms);
    if (goes) markGone(repository);
    note({
      level: 'info',
      what: goes ? 'content let go' : 'content stays',
      content: content.sha256,
      ...(goes ? {} : { reason: `fewer than ${copiesLeast} others have it by now` }),
    });
  }
  await pruneGone(repository, note);
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
async function takeOthers(request: RoundRequest, { others, images }: Known, note: Note): Promise<boolean> {
  const { repository, keep, bytesMost = Number.POSITIVE_INFINITY, bytesPerTurn } = request;
  const here = await contentsHere(repository);
  const names = new Set(here.map(({ sha256 }) => sha256));
  const listed = others.contents().filter(({ sha256 }) => !names.has(sha256));
  forgetOthers(repository, listed);
  let [used, left] = [
    (await Promise.all(here.map(({ sha256 }) => sizeOf(repository, sha256)))).reduce((sum: number, size) => sum + (size ?? 0), 0),
    bytesPerTurn,
  ];
  const done = new Set<string>();
  for (;;) {
    const needed = await withLayers(repository, images);
    const row = (content: NamedContent): Choosable => ({
      ...content,
      size: undefined,
      isNeeded: needed.has(content.sha256),
      copies: others.with(content).length,
    });
    const [next] = listed
      .filter((content) => !done.has(keyOf(content)) && (keep === 'all' || needed.has(content.sha256)))
      .toSorted((left_, right) => byWorth(row(left_), row(right)));
    if (next === undefined) return true;
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
    done.add(keyOf(next));
    const taken = await takeContent({ repository, content: next, copies: others.with(next), bytesMost: left, sizeMost: bytesMost - used });
    left -= taken.bytes;
    if (taken.kind === 'taken') used += taken.size;
    noteTaken(next, taken, note);
    if (taken.kind === 'in part') return false;
  }
}

function noteTaken({ sha256: content }: NamedContent, taken: Awaited<ReturnType<typeof takeContent>>, note: Note): void {
  const { bytes } = taken;
  switch (taken.kind) {
    case 'taken':
      return note({ level: 'info', what: 'content taken', content, bytes });
    case 'in part':
      return note({ level: 'info', what: 'content taken in part', content, bytes });
    case 'no room':
      return note({ level: 'debug', what: 'content not taken', content, reason: `it has ${taken.size} bytes, and contents.bytesMost leaves fewer` });
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
