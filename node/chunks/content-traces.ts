// Everything in this copy that has bytes of some contents, under whatever name or under none: what is kept, what a turn is about to let go, what was dropped and not pruned
// yet, and what is on its way here. Whoever erases a content looks here; others look in contents.ts.
import { gitOutput } from '../git/child.ts';
import type { Repository } from '../git/repository.ts';
import { objectOf } from './content-parts.ts';
import { contentsHere } from './contents.ts';
import { leavingTraces } from './let-go.ts';
import { contentCommit } from './put-content.ts';

/** A content that lies here. `ref`: the name that leads to it, where there is one. */
export interface ContentTrace {
  readonly sha256: string;
  readonly commit: string;
  readonly ref?: string;
}

/** Finds them. @param wanted - SHA-256 of contents @throws WorldError GDO5024 where git fails */
export async function contentTraces(repository: Repository, wanted: ReadonlySet<string>): Promise<readonly ContentTrace[]> {
  if (wanted.size === 0) return [];
  const all = [...(await contentsHere(repository)), ...(await leavingTraces(repository)), ...(await unnamedContents(repository))];
  return all.filter(({ sha256 }) => wanted.has(sha256));
}

/** The length in bytes of the commit of every content: only its tree and its SHA-256 differ. */
const commitBytes: number = contentCommit({ tree: '0'.repeat(40), sha256: '0'.repeat(64) }).bytes.length;

/** Contents to whose commits no ref leads: dropped, or left by an erasing that was stopped. */
async function unnamedContents(repository: Repository): Promise<readonly ContentTrace[]> {
  const { gitDirectory } = repository;
  const lines = async (...words: readonly string[]): Promise<readonly string[]> =>
    (await gitOutput({ gitDirectory, arguments: words })).toString('latin1').split('\n');
  const form = `commit ${commitBytes} `;
  const check = ['cat-file', '--batch-all-objects', '--unordered', '--buffer', '--batch-check=%(objecttype) %(objectsize) %(objectname)'];
  const ids = (await lines(...check)).flatMap((line) => (line.startsWith(form) ? [line.slice(form.length)] : []));
  if (ids.length === 0) return [];
  const named = new Set(await lines('rev-list', '--all', '--reflog'));
  const traces: ContentTrace[] = [];
  for (const commit of ids) {
    if (named.has(commit)) continue;
    const sha256 = namedIn((await objectOf(repository, commit, 'commit'))?.bytes ?? new Uint8Array(0));
    if (sha256 !== undefined) traces.push({ sha256, commit });
  }
  return traces;
}

function namedIn(bytes: Uint8Array): string | undefined {
  return /\n\nContent ([0-9a-f]{64})\n$/.exec(Buffer.from(bytes).toString('latin1'))?.[1];
}
