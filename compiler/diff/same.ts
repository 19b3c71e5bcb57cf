// Parts of Charters as text, so that two can be compared whatever order their clauses were put together in.
import { canonicalText, jsonOf } from '../../engine/index.ts';

/** A part of a Charter as canonical text; empty where there is none. Pure. */
export function partText(part: unknown): string {
  return part === undefined ? '' : canonicalText(jsonOf(part));
}

/** True iff two parts of Charters say the same. Pure. */
export function samePart(left: unknown, right: unknown): boolean {
  return partText(left) === partText(right);
}
