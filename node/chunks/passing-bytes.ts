// Keeps the memory of a process small through which a large content passes. Buffers lie outside of the heap, and the collector looks only at what lies in it: left alone it
// lets tens of megabytes of them pile up. So a small collection is asked for whenever some bytes have passed, and now and then a whole one: what outlived two small ones is
// left alone by all later ones, and the larger the content the more of that there is.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** By what becomes of the bytes. A small collection takes one to five milliseconds, and making buffers of so many bytes about twenty; looking at more of them takes as long. */
const bytesBetween: Readonly<Record<'buffers' | 'seen', number>> = { buffers: 4 * 1024 * 1024, seen: 32 * 1024 * 1024 };
/** A whole collection takes tens of milliseconds, and moving the bytes between two of them about a second. */
const smallBetweenWhole = 64;

type Collect = (kind: 'minor' | 'major') => void;
let collect: Collect | undefined;

/** Counts bytes that pass. @param become - `buffers`: buffers are made of them; `seen`: they lie in memory that is used again @returns what hears of them */
export function passingBytes(become: keyof typeof bytesBetween): (bytesCount: number) => void {
  let passed = 0;
  let smallCount = 0;
  return (bytesCount) => {
    passed += bytesCount;
    if (passed < bytesBetween[become]) return;
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
  setFlagsFromString('--semi-space-growth-factor=1');
  // What the runtime compiled is kept when the process ends, and is of use only to one that has the same flags as this one then: those that every process begins with.
  process.prependOnceListener('exit', () => setFlagsFromString('--semi-space-growth-factor=2'));
  return (kind) => gc({ type: kind });
}
