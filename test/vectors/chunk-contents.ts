// Contents to cut, each made from a few words, so that a second implementation makes the same: what test/vectors/chunks is written from.
import { createHash } from 'node:crypto';
import { tarPart } from '../node/chunks/tar-archive.ts';

/**
 * How a content is made: SHA-256 over `gdo chunk content SEED N` for N = 0, 1, ... one after the other, or a text again and again, or a
 * header of tar with a name and a size; cut off or filled with zeros at the length.
 */
export interface ContentRecipe {
  readonly name: string;
  readonly parts: readonly { readonly seed?: number; readonly repeat?: string; readonly tar?: readonly [name: string, size: number]; readonly length: number }[];
}

/** Makes a content. */
export function contentOf({ parts }: ContentRecipe): Buffer {
  return Buffer.concat(
    parts.map(({ seed, repeat, tar, length }) => {
      if (tar !== undefined) return tarPart({ name: tar[0], size: tar[1] });
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
  {
    name: 'a tar archive, whose members are kept apart from 2048 bytes on',
    parts: [
      { tar: ['small', 2_047], length: 512 },
      { seed: 1, length: 2_048 },
      { tar: ['least', 2_048], length: 512 },
      { seed: 2, length: 2_048 },
      { tar: ['empty', 0], length: 512 },
      { tar: ['large', 100_001], length: 512 },
      { seed: 3, length: 100_352 },
      { repeat: '\0', length: 10_240 },
    ],
  },
  {
    name: 'what begins as a tar archive and goes on otherwise',
    parts: [
      { tar: ['first', 5_000], length: 512 },
      { seed: 4, length: 5_120 },
      { seed: 5, length: 60_000 },
      { tar: ['unseen', 5_000], length: 512 },
      { seed: 6, length: 5_120 },
    ],
  },
  {
    name: 'a tar archive that ends in the middle of a member',
    parts: [
      { tar: ['cut off', 900_000], length: 512 },
      { seed: 8, length: 70_000 },
    ],
  },
  { name: 'less than one block', parts: [{ tar: ['a', 1], length: 512 }, { seed: 9, length: 1 }] },
];
