// Mends a content that lies here: what is missing or damaged of it comes from another copy, and the damaged bytes go, without packing everything anew.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { WorldError } from '../cli/command.ts';
import { packNames, removePack } from '../git/dropped.ts';
import { commonDirectory } from '../git/git-place.ts';
import type { Repository } from '../git/repository.ts';
import { syncFolder } from '../git/sync-folder.ts';
import type { Copy, PiecePlace, WantedChunk } from './bring-pieces.ts';
import { openContent, partTrees } from './content-parts.ts';
import { besidePruning } from './content-turn.ts';
import type { NamedContent } from './contents.ts';
import { pieceSink } from './piece-sink.ts';
import { packedObjects, writeAnew } from './rewrite-pack.ts';
import { chunksFrom, outlineFrom } from './take-content.ts';

/** What is wrong: chunks, or what names them. */
export type ContentFault = { readonly kind: 'chunks'; readonly wrong: readonly WantedChunk[] } | { readonly kind: 'outline' };

/** What came of it. `objects`: written here; `left`: why some of it could not be had. */
export interface MendedContent {
  readonly objects: number;
  readonly left: string | undefined;
}

/** Mends what was found. @throws WorldError GDO5024 where somebody prunes */
export function mendContent(repository: Repository, content: NamedContent, fault: ContentFault, copies: readonly Copy[]): Promise<MendedContent> {
  return besidePruning(repository, async () => {
    const packs = packsOf(repository);
    const before = packNames(packs);
    const sink = pieceSink(packs);
    try {
      const place = { view: repository, sink };
      const left = fault.kind === 'outline' ? await mendOutline(place, content, copies) : await mendChunks(place, fault.wrong, copies);
      await forgetDamaged(repository, sink.ids(), before);
      return { objects: sink.ids().length, left };
    } finally {
      sink.discard();
    }
  });
}

async function mendChunks(place: PiecePlace, wrong: readonly WantedChunk[], copies: readonly Copy[]): Promise<string | undefined> {
  const { left, reason } = await chunksFrom(place, copies, wrong);
  return left.length === 0 ? undefined : `${left.length} of ${wrong.length} chunks: ${reason}`;
}

async function mendOutline(place: PiecePlace, { sha256, commit }: NamedContent, copies: readonly Copy[]): Promise<string | undefined> {
  const top = await outlineFrom(place, copies, { id: commit, kind: 'commit' });
  const opened = top === undefined ? await openContent(place.view, sha256) : undefined;
  if (opened === undefined || opened.kind !== 'ok') return top ?? 'its manifest is false';
  for (const id of await partTrees(place.view, opened.content)) {
    const part = await outlineFrom(place, copies, { id, kind: 'tree' });
    if (part !== undefined) return part;
  }
  // All of it was here and sound, so that no copy of this commit can be better.
  return place.sink.ids().length === 0 ? 'its trees do not name all of its chunks' : undefined;
}

const packsOf = ({ gitDirectory }: Repository): string => join(commonDirectory(gitDirectory), 'objects', 'pack');

/**
 * Takes away the bytes of objects that lie damaged beside a good copy: loose files, and the packs that hold them, which are written anew without them.
 * @param before - packs in which they may lie; what came later holds the good copies
 */
export async function forgetDamaged(repository: Repository, ids: readonly string[], before: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const packs = packsOf(repository);
  const gone = new Set(ids);
  for (const id of ids) rmSync(join(packs, '..', id.slice(0, 2), id.slice(2)), { force: true });
  for (const name of before) {
    const path = join(packs, name);
    if (!existsSync(`${path}.idx`) || existsSync(`${path}.keep`) || existsSync(`${path}.promisor`)) continue;
    const entries = await packedObjects(repository.gitDirectory, path);
    const kept = entries.flatMap(({ id }) => (gone.has(id) ? [] : [id]));
    if (kept.length === entries.length) continue;
    try {
      if (kept.length > 0) await writeAnew(repository.gitDirectory, packs, kept);
    } catch (error) {
      // Something else in it is damaged too: it stays until that is mended.
      if (error instanceof WorldError && error.code === 'GDO5024') continue;
      throw error;
    }
    rmSync(join(packs, 'multi-pack-index'), { force: true });
    removePack(packs, name);
    syncFolder(packs);
  }
}
