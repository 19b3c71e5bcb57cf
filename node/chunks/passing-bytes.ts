// Keeps the memory of a process small through which a large content passes. Buffers lie outside of the heap, and the collector looks only at what lies in it: left alone it
// lets tens of megabytes of them pile up. So a small collection is asked for whenever some bytes have passed.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A small collection takes about a millisecond, and moving so many bytes about twenty. */
const bytesBetween: number = 4 * 1024 * 1024;

let collect: (() => void) | undefined;

/** Counts bytes that pass. @returns what hears of them */
export function passingBytes(): (bytesCount: number) => void {
  let passed = 0;
  return (bytesCount) => {
    passed += bytesCount;
    if (passed < bytesBetween) return;
    passed = 0;
    collect ??= smallCollection();
    collect();
  };
}

/** The small collection of the runtime, if it has one that can be asked for: the function is there in realms that are made while the flag is set. */
function smallCollection(): () => void {
  if ('bun' in process.versions) return () => undefined;
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  if (typeof gc !== 'function') return () => undefined;
  return () => {
    setFlagsFromString('--semi-space-growth-factor=1');
    gc({ type: 'minor' });
  };
}
