// Signs with a key that the browser keeps and that no script can read out, where the browser knows Ed25519.
import type { webcrypto } from 'node:crypto';
import { armour, deviceOf, signedData } from '../../engine/index.ts';
import { WorldError } from '../cli/command.ts';
import type { Signer } from '../ledger/keys.ts';

const algorithm = 'Ed25519';

/** A key pair of the browser, such as `crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])` makes. */
export interface WebKeyPair {
  readonly privateKey: webcrypto.CryptoKey;
  readonly publicKey: webcrypto.CryptoKey;
}

/** A signer from a key pair of the browser. @throws WorldError GDO5021 where the keys are of another kind */
export async function webSigner({ privateKey, publicKey }: WebKeyPair): Promise<Signer> {
  const { subtle } = globalThis.crypto;
  if ([privateKey, publicKey].some((key) => key.algorithm.name !== algorithm))
    throw new WorldError('GDO5021', 'A ledger knows keys of Ed25519 only', "make one:  crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])");
  const raw = new Uint8Array(await subtle.exportKey('raw', publicKey));
  return {
    device: deviceOf(raw),
    publicKey: raw,
    path: '',
    sign: async (namespace, message) => {
      const signature = await subtle.sign(algorithm, privateKey, Uint8Array.from(signedData(namespace, message)));
      return armour({ key: raw, namespace, signature: new Uint8Array(signature) });
    },
  };
}
