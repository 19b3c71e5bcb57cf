// Contents to cut, each made from a few words, so that a second implementation makes the same: what test/vectors/chunks is written from.
import { createHash } from 'node:crypto';

/** How a content is made: SHA-256 over `gdo chunk content SEED N` for N = 0, 1, ... one after the other, or a text again and again; cut off at the length. */
export interface ContentRecipe {
  readonly name: string;
  readonly parts: readonly { readonly seed?: number; readonly repeat?: string; readonly length: number }[];
}

/** Makes a content. */
export function contentOf({ parts }: ContentRecipe): Buffer {
  return Buffer.concat(
    parts.map(({ seed, repeat, length }) => {
      if (repeat !== undefined) return Buffer.alloc(length, repeat, 'latin1');
      const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) => createHash('sha256').update(`gdo chunk content ${seed} ${index}`).digest());
      return Buffer.concat(blocks).subarray(0, length);
    }),
  );
}

/** The contents of the vectors: every edge of a length, what has no place to cut, and the same content after an insertion. */
export const contentRecipes: readonly ContentRecipe[] = [
  ...[0, 1, 2_047, 2_048, 2_049, 6_655, 6_656, 65_536, 65_537, 400_000].map((length) => ({
    name: `${length} bytes by chance`,
    parts: [{ seed: length, length }],
  })),
  { name: 'zeros are cut at the greatest length', parts: [{ repeat: '\0', length: 200_000 }] },
  { name: 'a period of 26 bytes', parts: [{ repeat: 'abcdefghijklmnopqrstuvwxyz', length: 150_000 }] },
  {
    name: 'one byte before 400000 bytes by chance',
    parts: [
      { repeat: '!', length: 1 },
      { seed: 400_000, length: 400_000 },
    ],
  },
  {
    name: 'the same chunks twice',
    parts: [
      { seed: 7, length: 120_000 },
      { seed: 7, length: 120_000 },
    ],
  },
];
