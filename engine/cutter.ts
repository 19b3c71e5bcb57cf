// The cutter `gear-1` (node.md section 6): where content is cut into chunks depends on the bytes near the cut only, so that an insertion changes the chunks around
// it and no others. Published with its table and vectors in test/vectors/chunks; a second implementation in Python agrees. It reads and stores nothing.
import { gearTable } from './gear-table.ts';

/** The name of this cutter with its parameters, as manifests write it. */
export const cutterName = 'gear-1' as const;

/** The same, which also cuts at the marks of a tar archive (tar-marks.ts): what every content is cut with that begins as one. */
export const tarCutterName = 'gear-1-tar' as const;

/** No chunk is shorter, but for the last one of a content. */
export const chunkBytesMin = 2_048;
/** From this length on a cut is sixteen times as likely: the mean comes to 8 KiB and few chunks are far from it. */
const chunkBytesNormal = 6_656;
/** No chunk is longer. */
export const chunkBytesMax = 65_536;

/** A cut before the normal length needs 15 zero bits at the top of the hash, after it 11. */
const [shiftBefore, shiftAfter] = [17, 21];
/** Each step moves the hash by one bit, so that only the last 32 bytes are in it. */
const windowBytes = 32;

/** What decides on a cut beside the least and the greatest length, for whoever builds the same cutter for another machine. */
export const cutterRule: Readonly<Record<'normalBytes' | 'shiftBefore' | 'shiftAfter' | 'windowBytes', number>> = {
  normalBytes: chunkBytesNormal,
  shiftBefore,
  shiftAfter,
  windowBytes,
};

const gear: Int32Array = Int32Array.from(gearTable, (word) => word | 0);

/**
 * Says where the chunk ends that begins at `from`. Pure.
 * @param bytes - must hold the content from `from` on for `chunkBytesMax` bytes, or up to its last byte, before `end`
 * @returns the end, exclusive: greater than `from` where `end` is
 */
export function chunkEnd(bytes: Uint8Array, from: number, end: number): number {
  if (end - from <= chunkBytesMin) return end;
  const most = Math.min(end, from + chunkBytesMax);
  const normal = Math.min(most, from + chunkBytesNormal - 1);
  let at = from + chunkBytesMin - windowBytes;
  let hash = 0;
  for (; at < from + chunkBytesMin - 1; at += 1) hash = ((hash << 1) + (gear[bytes[at] ?? 0] ?? 0)) | 0;
  for (; at < normal; at += 1) {
    hash = ((hash << 1) + (gear[bytes[at] ?? 0] ?? 0)) | 0;
    if (hash >>> shiftBefore === 0) return at + 1;
  }
  for (; at < most; at += 1) {
    hash = ((hash << 1) + (gear[bytes[at] ?? 0] ?? 0)) | 0;
    if (hash >>> shiftAfter === 0) return at + 1;
  }
  return most;
}
