// Node's library of hashes and chance, loaded when it is used: it is the largest part of the runtime, and most commands need none of it.
import type * as NodeCrypto from 'node:crypto';

/** Returns `node:crypto`. */
export function crypto(): typeof NodeCrypto {
  return process.getBuiltinModule('node:crypto');
}
