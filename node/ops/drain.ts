// The rest of a request that is refused before it was read. Git reads the answer of a short one; whoever goes on sending is not listened to.
import type { Readable } from 'node:stream';

/** More than git sends of a ballot or of a question. */
const bytesMax = 65_536;

/** Throws away what arrives. Whoever sends more than a little is cut off: a flood is not read to its end. */
export function drainBriefly(input: Readable): void {
  let bytesCount = 0;
  input.on('data', (part: Buffer) => {
    bytesCount += part.length;
    if (bytesCount > bytesMax) input.destroy();
  });
}
