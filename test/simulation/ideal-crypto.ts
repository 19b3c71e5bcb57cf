// Signatures of a simulation: real keys, and either real signatures or ideal ones, which nobody but the simulation can make and which cost a hash.
import { createHash } from 'node:crypto';
import { armour, signedData, type NativeEquation } from '../../engine/index.ts';
import { seedSigner, type Signer } from '../../node/ledger/keys.ts';

const signers = new Map<string, Signer>();

/** A real signer by name, made once in a process: the same people live in every run. */
export function realSigner(name: string): Signer {
  const known = signers.get(name);
  if (known !== undefined) return known;
  const made = seedSigner(createHash('sha256').update(`gdo simulated key ${name}`).digest());
  signers.set(name, made);
  return made;
}

/** 64 bytes over key and message; S, the second half, is below the group order, since its highest bits are zero. */
function idealSignature(key: Uint8Array, message: Uint8Array): Uint8Array {
  const bytes = createHash('sha512').update(key).update(message).digest();
  bytes[63] = (bytes[63] ?? 0) & 0x0f;
  return bytes;
}

/** A signer with the same key whose signatures are ideal. */
export function idealSigner(name: string): Signer {
  const real = realSigner(name);
  return {
    ...real,
    sign: (namespace, message) =>
      Promise.resolve(armour({ key: real.publicKey, namespace, signature: idealSignature(real.publicKey, signedData(namespace, message)) })),
  };
}

/** Accepts exactly the ideal signatures. */
export const idealEquation: NativeEquation = ({ key, message, signature }) => Buffer.compare(idealSignature(key, message), signature) === 0;
