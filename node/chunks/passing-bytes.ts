// Keeps the memory of a process small through which a large content passes. Buffers lie outside of the heap, and the collector looks only at what lies in it: left alone it
// lets tens of megabytes of them pile up. So a small collection is asked for whenever some bytes have passed, and now and then a whole one: what outlived two small ones is
// left alone by all later ones, and the larger the content the more of that there is.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A small collection takes about a millisecond, and moving so many bytes about twenty. */
const bytesBetween: number = 4 * 1024 * 1024;
/** A whole collection takes tens of milliseconds, and moving the bytes between two of them about a second. */
const smallBetweenWhole = 64;

type Collect = (kind: 'minor' | 'major') => void;
let collect: Collect | undefined;

/** Counts bytes that pass. @returns what hears of them */
export function passingBytes(): (bytesCount: number) => void {
  let passed = 0;
  let smallCount = 0;
  return (bytesCount) => {
    passed += bytesCount;
    if (passed < bytesBetween) return;
    passed = 0;
    smallCount = (smallCount + 1) % smallBetweenWhole;
    collect ??= collector();
    collect(smallCount === 0 ? 'major' : 'minor');
  };
}

/** The collector of the runtime, if it has one that can be asked for: the function is there in realms that are made while the flag is set. */
function collector(): Collect {
  if ('bun' in process.versions) return () => undefined;
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  if (typeof gc !== 'function') return () => undefined;
  return (kind) => {
    setFlagsFromString('--semi-space-growth-factor=1');
    gc({ type: kind });
  };
}
