// Lets a content go of which others have copies. Two nodes may think of it at the same moment, each counting on the other: so a content first leaves the names under which others
// count it, and goes only if then there still are enough of them. Else it comes back. A kill in between leaves it named, and the next turn decides.
import type { Repository } from '../git/repository.ts';
import { blobRefs } from './put-content.ts';
import type { NamedContent } from './contents.ts';

/** Names of contents that are about to go: kept by every prune, and a copy to nobody. */
const leavingRefs = 'refs/gdo-leaving';

/** How many others have a content now, as they say. */
export type CountCopies = (content: NamedContent) => Promise<number>;

/** Contents that are about to go, each with the name that it has meanwhile. */
export async function leavingTraces(repository: Repository): Promise<readonly NamedContent[]> {
  return (await leavingContents(repository)).map((content) => ({ ...content, ref: `${leavingRefs}/${content.sha256}` }));
}

/** Contents that are about to go, each with the name that it had and may get back. */
export async function leavingContents(repository: Repository): Promise<readonly NamedContent[]> {
  return (await repository.list(leavingRefs)).flatMap(({ ref, id }) => {
    const sha256 = ref.slice(leavingRefs.length + 1);
    return /^[0-9a-f]{64}$/.test(sha256) ? [{ sha256, ref: `${blobRefs}/${sha256}`, commit: id }] : [];
  });
}

/** Takes a content from the names under which others count it. @returns whether it was there */
export async function withdraw(repository: Repository, { sha256, ref, commit }: NamedContent): Promise<boolean> {
  const moved = await repository.updateRefs([
    { ref, old: commit, next: undefined },
    { ref: `${leavingRefs}/${sha256}`, old: undefined, next: commit },
  ]);
  return moved.kind === 'ok';
}

/** Decides about one that was withdrawn. @returns whether it went */
export async function settle(
  repository: Repository,
  content: NamedContent,
  terms: { readonly count: CountCopies; readonly copiesLeast: number },
): Promise<boolean> {
  const leaving = `${leavingRefs}/${content.sha256}`;
  const goes = (await terms.count(content)) >= terms.copiesLeast;
  const gone = { ref: leaving, old: content.commit, next: undefined };
  // Somebody may have put it again meanwhile: then its name is there already.
  const isNamed = goes || (await repository.resolve(content.ref)) !== undefined;
  await repository.updateRefs(isNamed ? [gone] : [gone, { ref: content.ref, old: undefined, next: content.commit }]);
  return goes;
}
