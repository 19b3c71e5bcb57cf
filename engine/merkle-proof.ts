// Inclusion proofs for the trees of merkle.ts (RFC 6962 section 2.1.1): one leaf can be shown to be under a root without the other leaves.
import { fromHex, toHex } from './bytes.ts';
import { sha256Bytes } from './chain.ts';
import { hashLeaf, hashNode } from './merkle.ts';

/** A path never has more nodes than an index below 2^53 has bits. */
const pathMax = 53;

/** One leaf and its path, from the leaf's sibling up. `index` counts from 0 and is below `size`. */
export interface InclusionProof {
  readonly index: number;
  readonly size: number;
  readonly path: readonly string[];
}

/** Proves that the leaf at an index is in the tree. @returns undefined where there is no such leaf */
export function proveInclusion(leaves: readonly Uint8Array[], index: number): InclusionProof | undefined {
  if (!Number.isSafeInteger(index) || index < 0 || index >= leaves.length) return undefined;
  const path: string[] = [];
  let [level, at] = [leaves.map(hashLeaf), index];
  while (level.length > 1) {
    const sibling = level[at % 2 === 0 ? at + 1 : at - 1];
    // A last node without a sibling moves up unchanged, which gives the tree of RFC 6962.
    if (sibling !== undefined) path.push(toHex(sibling));
    level = paired(level);
    at = Math.floor(at / 2);
  }
  return { index, size: leaves.length, path };
}

function paired(level: readonly Uint8Array[]): Uint8Array[] {
  const next: Uint8Array[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const [left, right] = [level[at] ?? sha256Bytes(new Uint8Array()), level[at + 1]];
    next.push(right === undefined ? left : hashNode(left, right));
  }
  return next;
}

/** Checks a proof against a root. Pure; never throws. @returns true iff the leaf's data is at that index of a tree of that size with this root */
export function verifyInclusion(root: string, data: Uint8Array, proof: InclusionProof): boolean {
  const { index, size, path } = proof;
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index) || index < 0 || index >= size || path.length > pathMax) return false;
  let [hash, at, last, used] = [hashLeaf(data), index, size - 1, 0];
  while (last > 0) {
    if (at % 2 === 1 || at < last) {
      const sibling = fromHex(path[used] ?? '');
      if (sibling?.length !== 32) return false;
      hash = at % 2 === 1 ? hashNode(sibling, hash) : hashNode(hash, sibling);
      used += 1;
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return used === path.length && toHex(hash) === root;
}
