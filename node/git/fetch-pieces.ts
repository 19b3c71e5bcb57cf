// Fetches single objects of another repository by their ids, or what they name down to a depth: so a large content comes in pieces, and one that is cut off goes on. Git gives
// any object that it is asked for by version 2 of its protocol, and leaves out what is deeper where `uploadpack.allowFilter` is set there. What arrives nobody has judged.
import { join } from 'node:path';
import { runGit } from './child.ts';
import { measurePacks } from './pack-budgets.ts';
import type { Repository } from './repository.ts';
import { transport, type Remote } from './transport.ts';

/** How it ended. `refused`: why nothing came; `lacks`: objects of those asked for that are not there, as far as it says. */
export type FetchedPieces = { readonly kind: 'ok' } | { readonly kind: 'refused'; readonly reason: string; readonly lacks: readonly string[] };

/** What is asked for. `depth`: only trees and files that are less deep below the objects named, themselves at depth 0. */
export interface WantedPieces {
  readonly ids: readonly string[];
  readonly depth?: number;
}

/**
 * Fetches them under the limits for what strangers made.
 * @param into - a repository for this alone, whose settings nobody else reads
 * @throws WorldError GDO5024 where git cannot be started, or does not end in time
 */
export async function fetchPieces(into: Repository, remote: Remote, { ids, depth }: WantedPieces): Promise<FetchedPieces> {
  const filter = `tree:${depth}`;
  // A remote that is known as one that leaves things out: else git writes that down, and then calls what came broken.
  const left = depth === undefined ? [] : ['remote.copy.promisor=true', `remote.copy.partialclonefilter=${filter}`];
  const settings = [`remote.copy.url=${remote.address}`, 'fetch.unpackLimit=1', 'fetch.negotiationAlgorithm=noop', ...left];
  const end = await runGit({
    ...transport(into, remote),
    strangers: 'taking',
    arguments: [
      ...settings.flatMap((setting) => ['-c', setting]),
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-write-fetch-head',
      '--no-recurse-submodules',
      ...(depth === undefined ? [] : [`--filter=${filter}`]),
      '--stdin',
      '--',
      'copy',
    ],
    input: Buffer.from(ids.map((id) => `${id}\n`).join(''), 'latin1'),
  });
  // A host may leave out some things and not these: then all of it comes, as from a host that leaves out nothing.
  if (end.code !== 0 && depth !== undefined && /remote error: (?:filter '[^']*' not supported|tree filter allows max depth)/.test(end.errors))
    return fetchPieces(into, remote, { ids });
  if (end.code !== 0) return { kind: 'refused', reason: reasonOf(end.errors), lacks: lackedOf(end.errors) };
  const measure = await measurePacks(into.gitDirectory, join(into.gitDirectory, 'objects'));
  return measure.kind === 'within' ? { kind: 'ok' } : { kind: 'refused', reason: measure.reason, lacks: [] };
}

function lackedOf(errors: string): readonly string[] {
  return [...new Set([...errors.matchAll(/not our ref ([0-9a-f]{40})/g)].flatMap(([, id]) => id ?? []))];
}

function reasonOf(errors: string): string {
  if (errors.includes('Server does not allow request for unadvertised object'))
    return "it gives no single objects: version 2 of git's protocol does not reach it";
  return errors.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
}
