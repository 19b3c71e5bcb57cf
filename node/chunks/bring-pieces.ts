// Brings pieces of a content from another copy: what names its chunks first, then chunks, a few megabytes at a time. Each is held against its name before it is written.
import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { WorldError } from '../cli/command.ts';
import { fetchPieces, type WantedPieces } from '../git/fetch-pieces.ts';
import { objectId, readCommitLinks, readTree, type GitObject } from '../git/object.ts';
import { initRepository, type Repository } from '../git/repository.ts';
import type { Remote } from '../git/transport.ts';
import { beginUnfinished } from '../git/unfinished.ts';
import { objectOf } from './content-parts.ts';
import type { PieceSink } from './piece-sink.ts';

/** Another repository and how reports call it. */
export interface Copy {
  readonly name: string;
  readonly remote: Remote;
}

/** Where pieces are looked for, and written to. `view` sees what `sink` has closed. */
export interface PiecePlace {
  readonly view: Repository;
  readonly sink: PieceSink;
}

/** What names chunks begins at a commit, or for a part of a large content at its tree. */
export interface OutlineRoot {
  readonly id: string;
  readonly kind: 'commit' | 'tree';
}

/** A chunk by git's id, with its name (SHA-256) and size. */
export interface WantedChunk {
  readonly id: string;
  readonly name: Buffer;
  readonly size: number;
}

/** Below a commit or the tree of a part: the tree itself, its folders with the manifest, and the folders in them. Chunks and what is in parts are deeper. */
export const outlineDepth = 3;
/** What a copy says it lacks is not asked for again; more of this is no copy. */
const askedAgainMax = 8;

/** Hears what a walk over an outline comes to. */
interface OutlineHearer {
  readonly object: (object: GitObject, id: string) => void | Promise<void>;
  /** A chunk that a folder names, by git's id and the name that it has to have. */
  readonly chunk?: (id: string, name: string) => Promise<void>;
}

/** Walks over what names chunks. @param hear - gets every object that is sound @returns the ids of those that are not, as far as they can be known */
async function walkOutline(repository: Repository, root: OutlineRoot, hear: OutlineHearer): Promise<readonly string[]> {
  const lacking: string[] = [];
  const look = async (id: string, kind: GitObject['kind']): Promise<Uint8Array> => {
    const object = await objectOf(repository, id, kind);
    if (object === undefined || objectId(object) !== id) {
      lacking.push(id);
      return new Uint8Array(0);
    }
    await hear.object(object, id);
    return object.bytes;
  };
  const folder = async (id: string): Promise<ReadonlyMap<string, string>> =>
    new Map((readTree(await look(id, 'tree')) ?? []).map((entry) => [Buffer.from(entry.name).toString('latin1'), entry.id]));
  const tree = root.kind === 'tree' ? root.id : readCommitLinks(await look(root.id, 'commit'))?.tree;
  if (tree === undefined) return lacking;
  const top = await folder(tree);
  const manifest = top.get('manifest');
  if (manifest !== undefined) await look(manifest, 'blob');
  for (const [name, form] of [
    ['c', /^[0-9a-f]{2}$/],
    ['p', /^[0-9]{4}$/],
  ] as const) {
    const id = top.get(name);
    for (const [inner, below] of id === undefined ? [] : await folder(id)) {
      if (!form.test(inner)) continue;
      const entries = await folder(below);
      if (name === 'c') for (const [rest, chunk] of entries) await hear.chunk?.(chunk, inner + rest);
    }
  }
  return lacking;
}

/** Brings what names chunks, where any of it is missing or damaged here. @returns why it could not be had, or undefined */
export async function bringOutline({ view, sink }: PiecePlace, remote: Remote, root: OutlineRoot): Promise<string | undefined> {
  if ((await walkOutline(view, root, { object: () => undefined })).length === 0) return undefined;
  return fetched(view, remote, { ids: [root.id], depth: outlineDepth }, async (arrived) => {
    // A host without filters sends the chunks as well, and may give none by itself: what has come is not asked for again. The first one tells.
    // A part belongs to a content that is larger than what comes at once.
    let hasChunks: boolean | undefined = root.kind === 'tree' ? false : undefined;
    const lacking = await walkOutline(arrived, root, {
      object: async (object, id) => {
        const here = await objectOf(view, id, object.kind);
        if (here === undefined || objectId(here) !== id) sink.add(object, id);
      },
      chunk: async (id, name) => {
        if (hasChunks === false) return;
        const object = await objectOf(arrived, id, 'blob');
        hasChunks ??= object !== undefined;
        if (object === undefined || hash('sha256', object.bytes) !== name) return;
        const here = await objectOf(view, id, 'blob');
        if (here === undefined || objectId(here) !== id) sink.add(object, id);
      },
    });
    sink.close();
    return lacking.length === 0 ? undefined : `${lacking.length} of the objects that name its chunks are missing there`;
  });
}

/** Brings chunks. Those that arrive whole are written whatever became of the others. @returns those that did not, and why */
export async function bringChunks(
  { view, sink }: PiecePlace,
  remote: Remote,
  wanted: readonly WantedChunk[],
): Promise<{ readonly left: readonly WantedChunk[]; readonly reason: string }> {
  let open = wanted;
  const left: WantedChunk[] = [];
  let reason = '';
  for (let turn = 0; turn < askedAgainMax && open.length > 0; turn += 1) {
    const lacks = new Set<string>();
    const refusal = await fetched(
      view,
      remote,
      { ids: [...new Set(open.map(({ id }) => id))] },
      async (arrived) => {
        for (const chunk of open) {
          const object = await objectOf(arrived, chunk.id, 'blob');
          if (object !== undefined && isChunk(object, chunk)) sink.add(object, chunk.id);
          else left.push(chunk);
        }
        open = [];
        return left.length === 0 ? undefined : `${left.length} chunks there are not what their names say`;
      },
      (ids) => ids.forEach((id) => lacks.add(id)),
    );
    reason = refusal ?? reason;
    left.push(...open.filter(({ id }) => lacks.has(id)));
    const next = open.filter(({ id }) => !lacks.has(id));
    if (next.length === open.length) break;
    open = next;
  }
  sink.close();
  return { left: [...left, ...open], reason };
}

function isChunk({ bytes }: GitObject, { name, size }: WantedChunk): boolean {
  return bytes.length === size && hash('sha256', bytes, 'buffer').equals(name);
}

/** Fetches into a repository of its own and uses what is in it. @returns why nothing came, or what `use` says */
async function fetched(
  view: Repository,
  remote: Remote,
  wanted: WantedPieces,
  use: (arrived: Repository) => Promise<string | undefined>,
  lacking: (ids: readonly string[]) => void = () => undefined,
): Promise<string | undefined> {
  // The name is one that the sweep of leftovers knows: whoever is killed leaves a folder that nothing refers to.
  const folder = mkdtempSync(join(view.gitDirectory, 'gdo-arrival-'));
  const finished = beginUnfinished(folder);
  const arrived = await initRepository(join(folder, 'arrival.git'), 'bare');
  try {
    const end = await fetchPieces(arrived, remote, wanted);
    if (end.kind === 'ok') return await use(arrived);
    lacking(end.lacks);
    return end.reason;
  } catch (error) {
    // A line that hangs is a copy that does not answer.
    if (error instanceof WorldError && ['GDO4002', 'GDO5024'].includes(error.code)) return error.message;
    throw error;
  } finally {
    arrived.close();
    rmSync(folder, { recursive: true, force: true });
    finished();
  }
}
