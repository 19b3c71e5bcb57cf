// Writes a Charter as canonical bytes and names it by its hash. What the Charter says is decided before.
import { digest, encodeCanonical, invariant } from '../engine/index.ts';
import type { Charter, Json, JsonObject } from '../engine/index.ts';

/** The canonical bytes of a Charter and the bylaws hash they give: 64 hexadecimal digits. Pure. Source: ledger.md section 3. */
export function emitCharter(charter: Charter): { readonly bytes: Uint8Array; readonly hash: string } {
  const bytes = encodeCanonical(jsonObject(charter));
  return { bytes, hash: digest('gdo-bylaws-v1', bytes) };
}

/**
 * Whether a Charter can be written: its numbers are exact everywhere and its words hold whole characters. A tree that the parser has told faults of may give
 * another. Pure.
 */
export function isWritable(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value === 'string') return !halfCharacter.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Array.isArray(value) ? value.every(isWritable) : Object.values(value).every(isWritable);
}

/** Half of a surrogate pair, which no UTF-8 can hold; with `u` whole pairs do not match. */
const halfCharacter = /\p{Surrogate}/u;

/** A Charter as plain JSON data; absent optional parts are left out. Pure. */
export function jsonObject(value: object): JsonObject {
  const entries = Object.entries(value).flatMap(([key, inner]: [string, unknown]): readonly (readonly [string, Json])[] =>
    inner === undefined ? [] : [[key, json(inner)]],
  );
  return Object.fromEntries(entries);
}

function json(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    invariant(Number.isSafeInteger(value), 'the Charter holds only integers that are exact everywhere');
    return value;
  }
  if (Array.isArray(value)) return value.map(json);
  invariant(typeof value === 'object' && value !== null, 'the Charter holds only JSON');
  return jsonObject(value);
}
