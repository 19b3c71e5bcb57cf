// Which contents a repository names, and which one a person means. It reads no chunk.
import type { Repository } from '../git/repository.ts';
import { blobRefs } from './put-content.ts';

/** One content by its ref. */
export interface NamedContent {
  readonly sha256: string;
  readonly ref: string;
  readonly commit: string;
}

/** Contents that are named here, ascending. */
export async function contentsHere(repository: Repository): Promise<readonly NamedContent[]> {
  const refs = await repository.list(blobRefs);
  return refs.flatMap(({ ref, id }) => {
    const sha256 = ref.slice(blobRefs.length + 1);
    return /^[0-9a-f]{64}$/.test(sha256) ? [{ sha256, ref, commit: id }] : [];
  });
}

/** Finds contents by the beginning of their SHA-256, with or without `sha256:` in front. */
export function contentsNamed(contents: readonly NamedContent[], word: string): readonly NamedContent[] {
  const start = word.replace(/^sha256:/, '');
  return /^[0-9a-f]{4,64}$/.test(start) ? contents.filter(({ sha256 }) => sha256.startsWith(start)) : [];
}
