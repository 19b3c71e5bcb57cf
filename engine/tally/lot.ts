// Lots that everybody can draw again: an order by SHA-256 of a seed from the ledger and each option's id (S38, prefix as in ledger.md section 3). It holds no secret and no chance of its own.
import { entryAt } from '../invariant.ts';
import { byBytes, utf8Bytes } from '../bytes.ts';
import { digestBytes } from '../chain.ts';

function encoded(text: string): Uint8Array {
  // A lone surrogate has no encoding; every one of them shares the replacement so that the draw stays total.
  return utf8Bytes(text) ?? Uint8Array.of(0xef, 0xbf, 0xbd);
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * Joins what a lot depends on besides the option: the hash of the checkpoint that closes the vote, the case, the stage instance. Pure.
 * Source: language.md S38
 */
export function lotSeed(checkpointHash: Uint8Array, caseId: string, stageInstance: string): Uint8Array {
  return joinBytes([checkpointHash, encoded(caseId), encoded(stageInstance)]);
}

/**
 * Orders options by H("gdo-lot-v1", seed ‖ option id), smallest first; equal only for equal ids. Pure.
 * Source: language.md S38, ledger.md section 3
 */
export function lotOrder(seed: Uint8Array, ids: readonly string[], options: readonly number[]): number[] {
  const drawn = options.map((option) => ({ option, hash: digestBytes('gdo-lot-v1', joinBytes([seed, encoded(entryAt(ids, option))])) }));
  return drawn.sort((a, b) => byBytes(a.hash, b.hash) || a.option - b.option).map((entry) => entry.option);
}
