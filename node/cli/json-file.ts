// JSON in files that people and programs wrote, with spaces and in any order, as values of the canonical profile. It knows no fields.
import { decodeCanonical } from '../../engine/index.ts';
import type { JsonObject } from '../../engine/index.ts';

/** Reads JSON; undefined where it is none, or holds what canonical JSON cannot say. */
export function jsonOfFile(bytes: Uint8Array, bytesMax: number): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    const read = decodeCanonical(Buffer.from(JSON.stringify(sorted(value)), 'utf8'), { bytesMax });
    return read.kind === 'ok' ? read.value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
