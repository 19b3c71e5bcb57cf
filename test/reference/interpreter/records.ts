// What is on record about people outside of cases, and what follows from it: attributes, reports, certificates, points, measures (S7, S64, S102, S112, decisions 0050, 0055, 0056).
import type { CharterMeasure, CharterPoints } from '../../../engine/index.ts';
import { plus } from './time.ts';
import type { Roll } from './world.ts';

/** All that is on record. A list is never changed, a longer one takes its place: so whoever keeps the lists keeps what was so then. */
export interface Records {
  readonly certified: readonly { readonly attribute: string; readonly person: string; readonly value: string | undefined }[];
  readonly reports: readonly { readonly by: string; readonly report: string; readonly person: string; readonly value: bigint; readonly atMs: number }[];
  readonly certificates: readonly {
    readonly name: string;
    readonly person: string;
    readonly sinceMs: number;
    readonly untilMs: number;
    /** The number of the case that gave it. */
    readonly grantedBy?: number;
  }[];
  readonly awards: readonly {
    readonly points: string;
    readonly person: string;
    readonly amount: number;
    readonly atMs: number;
    readonly authors: readonly string[];
    readonly by?: number;
    readonly reached?: string;
    /** S66: it was taken back; limits go on counting it. */
    readonly isReturned?: true;
  }[];
  /** Deeds a measure may count; of a case, or of an act that no case asked for. */
  readonly deeds: readonly { readonly kind: string; readonly person: string; readonly atMs: number; readonly act?: string }[];
  /** Every delegation that was given or taken back, the newest last. */
  readonly delegations: readonly {
    readonly name: string;
    readonly from: string;
    readonly to: string | undefined;
    readonly atMs: number;
    readonly untilMs: number;
  }[];
}

/** Nothing on record. */
export const nothingRecorded: Records = { certified: [], reports: [], certificates: [], awards: [], deeds: [], delegations: [] };

/** The value certified last. */
export function attributeOf({ records }: Roll, attribute: string, person: string): string | undefined {
  return records.certified.findLast((one) => one.attribute === attribute && one.person === person)?.value;
}

/** The certificate somebody holds at the instant of the roll: `[since, until)`. */
export function certificateOf({ records, atMs }: Roll, name: string, person: string): Records['certificates'][number] | undefined {
  return records.certificates.find((one) => one.name === name && one.person === person && one.sinceMs <= atMs && atMs < one.untilMs);
}

/** S64: at each whole period after an award the rest becomes floor(rest × (1 − f)); each award by itself (decision 0056). */
export function pointsOf({ records, atMs }: Roll, points: CharterPoints, person: string): bigint {
  const { decay } = points;
  let sum = 0n;
  // A device may have decided at an instant before an award that its checkpoint knows.
  const counts = (one: Records['awards'][number]): boolean => one.points === points.name && one.person === person && one.isReturned === undefined;
  for (const award of records.awards.filter((one) => counts(one) && one.atMs <= atMs)) {
    let left = BigInt(award.amount);
    if (decay !== undefined) {
      const f = decay.amount;
      const [a, b] = f.kind === 'share' ? [BigInt(f.numerator), BigInt(f.denominator)] : [BigInt(f.value), 1n];
      // Periods are counted from the award, not from the end of the one before: months keep their day.
      for (let k = 1; left > 0n && plus(award.atMs, { ...decay.every, count: decay.every.count * k }) <= atMs; k += 1) left = (left * (b - a)) / b;
    }
    sum += left;
  }
  return sum;
}

/** S112: what a measure says of somebody. */
export function measured(roll: Roll, measure: CharterMeasure, person: string, holds: (role: string) => boolean): bigint {
  if (!holds(measure.each)) return 0n;
  const { records, atMs } = roll;
  const mine = records.deeds.filter((deed) => deed.kind === measure.counts && deed.person === person);
  const counted = mine.filter((deed) => measure.over === undefined || atMs < plus(deed.atMs, measure.over)).length;
  const by = measure.reportedBy;
  const newest = records.reports.findLast((one) => one.by === by && one.person === person && one.report === measure.counts);
  const value = by === undefined ? BigInt(counted) : (newest?.value ?? 0n);
  const { least, most } = measure;
  if (least !== undefined && value < BigInt(least)) return BigInt(least);
  return most !== undefined && value > BigInt(most) ? BigInt(most) : value;
}

/** Whether somebody holds a certificate or has reached a level; false for any other name. */
export function holdsOnRecord(roll: Roll, name: string, person: string): boolean {
  if (certificateOf(roll, name, person) !== undefined) return true;
  return roll.charter.points.some((points) => points.levels.some((level) => level.name === name && pointsOf(roll, points, person) >= BigInt(level.from)));
}

/** S115: the group of somebody by an attribute; whoever has none is a group alone. */
export function groupOf(roll: Roll, attribute: string, person: string): string {
  const value = attributeOf(roll, attribute, person);
  return value === undefined ? `alone ${person}` : `of ${value}`;
}
