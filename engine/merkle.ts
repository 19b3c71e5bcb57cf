// Merkle roots over ordered lists, as in RFC 6962 section 2.1. The state's trie is not here: state.ts.
import { sha256Bytes } from './chain.ts';
import { toHex } from './bytes.ts';
import { bytesOfWords, sha256OfPair, wordsOfBytes } from './sha256.ts';

/** The hash of a leaf: SHA-256(0x00 || data). */
export function hashLeaf(data: Uint8Array): Uint8Array {
  return sha256Bytes(joined([Uint8Array.of(0x00), data]));
}

// Written before it is read.
const pair = new Int32Array(16);

/** The hash of an inner node: SHA-256(0x01 || left || right). @param left - 32 bytes, as `right` */
export function hashNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  wordsOfBytes(left, pair, 0);
  wordsOfBytes(right, pair, 8);
  sha256OfPair(0x01, pair, pair, 0);
  return bytesOfWords(pair, 0);
}

/** Concatenates bytes. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The RFC 6962 root of ordered leaf data, as hexadecimal. The empty list has SHA-256 of nothing. */
export function merkleRoot(leaves: readonly Uint8Array[]): string {
  return rootOfGrowing(growingRoot(leaves));
}

/** The root over a list that only grows, as far as it is needed to go on: its perfect subtrees from the left, at most one for each bit of its length. */
export type GrowingRoot = readonly { readonly hash: Uint8Array; readonly size: number }[];

/**
 * A list with more leaves at its end, folded from the left: a stack of perfect subtrees gives the same tree as splitting at the largest power of two.
 * @param leaves - data, not hashed
 */
export function growingRoot(leaves: readonly Uint8Array[], before: GrowingRoot = []): GrowingRoot {
  const stack = [...before];
  for (const leaf of leaves) {
    let node = { hash: hashLeaf(leaf), size: 1 };
    for (let top = stack.at(-1); top !== undefined && top.size === node.size; top = stack.at(-1)) {
      stack.pop();
      node = { hash: hashNode(top.hash, node.hash), size: node.size * 2 };
    }
    stack.push(node);
  }
  return stack;
}

/** The root of a list as it is now: the one of `merkleRoot`, as hexadecimal. */
export function rootOfGrowing(subtrees: GrowingRoot): string {
  const [last, ...rest] = subtrees.toReversed();
  return toHex(last === undefined ? sha256Bytes(new Uint8Array()) : rest.reduce((hash, subtree) => hashNode(subtree.hash, hash), last.hash));
}
