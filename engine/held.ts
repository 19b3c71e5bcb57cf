// What a person has besides roles: certificates that have not run out, points that decay, levels of points (S64). It gives and takes nothing.
import type { Charter, CharterPoints } from './bylaws.ts';
import { addDuration } from './duration.ts';
import { textOf } from './field.ts';
import type { State } from './state.ts';
import { entriesUnder, readEntry } from './state.ts';

/** The state's key of a certificate of a person. Pure. */
export function certificateKey(certificate: string, member: string): string {
  return `certificate/${certificate}/${member}`;
}

/** A certificate a person holds at an instant; `[since, until)` is half-open (S4). O(log n). */
export function certificateOf(
  state: State,
  certificate: string,
  member: string,
  atMs: number,
): { readonly sinceMs: number; readonly untilMs?: number } | undefined {
  const entry = readEntry(state, certificateKey(certificate, member));
  const [sinceMs, untilMs] = [Number(entry?.['since']), entry?.['until']];
  // A device may have decided at an instant before its checkpoint.
  if (entry === undefined || atMs < sinceMs) return undefined;
  if (typeof untilMs !== 'number') return { sinceMs };
  return atMs < untilMs ? { sinceMs, untilMs } : undefined;
}

/** The state's key of one award to a person; `place` tells those of one instant apart. Pure. */
export function awardKey(points: string, member: string, place: string): string {
  return `points/${points}/${member}/${place}`;
}

/** What is left of an award: at each whole period after it floor(points × (1 − f)), exactly (S64). Pure. O(periods, at most until nothing is left). */
export function remaining(points: CharterPoints, awarded: bigint, awardedMs: number, atMs: number): bigint {
  const { decay } = points;
  if (decay === undefined || decay.amount.kind === 'count') return awarded;
  const [numerator, denominator] = [BigInt(decay.amount.numerator), BigInt(decay.amount.denominator)];
  let left = awarded;
  for (let period = 1; left > 0n && addDuration(awardedMs, { ...decay.every, count: decay.every.count * period }) <= atMs; period += 1) {
    const next = (left * (denominator - numerator)) / denominator;
    if (next === left) return left;
    left = next < 0n ? 0n : next;
  }
  return left;
}

/** A person's points at an instant: what is left of all awards. O(awards that are left). */
export function pointsOf(state: State, points: CharterPoints, member: string, atMs: number): bigint {
  return entriesUnder(state, awardKey(points.name, member, '')).reduce(
    (sum, [, award]) => (Number(award['at']) > atMs ? sum : sum + remaining(points, BigInt(textOf(award['amount'])), Number(award['at']), atMs)),
    0n,
  );
}

/** True iff a person holds a certificate, or has the points of a level, at an instant; undefined for a name that is neither. */
export function holdsThing(state: State, charter: Charter, name: string, member: string, atMs: number): boolean | undefined {
  if (charter.certificates.some((one) => one.name === name)) return certificateOf(state, name, member, atMs) !== undefined;
  for (const points of charter.points) {
    const level = points.levels.find((one) => one.name === name);
    if (level !== undefined) return pointsOf(state, points, member, atMs) >= BigInt(level.from);
  }
  return undefined;
}
