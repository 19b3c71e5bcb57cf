// When a checkpoint is final: the arithmetic of quorums, and what the votes at one height come to (ledger.md section 12). It checks no signature.
import { byCodeUnit } from './canonical.ts';

/** The witnesses of one height. `silenced`: proven to have signed two things; their weight stays in n and q, their votes and receipts count no more. */
export interface WitnessSet {
  readonly rows: readonly (readonly [device: string, weight: number])[];
  readonly silenced: ReadonlySet<string>;
}

/** n, f and q of a set: f = floor((n-1)/3) may lie, q = floor((n+f)/2)+1 decide. */
export interface FinalityNumbers {
  readonly total: number;
  readonly faulty: number;
  readonly quorum: number;
}

/** One vote, its signature already checked. */
export interface CastVote {
  readonly device: string;
  readonly value: string;
}

/**
 * What the votes at one height come to. `final`: one value has the quorum. `open`: some value can still reach it. `stuck`: none can any more (GDO1073).
 * `conflicting`: two have it, which takes more than f liars (GDO1071).
 */
export type VoteStanding =
  | { readonly kind: 'final'; readonly value: string; readonly weight: number }
  | { readonly kind: 'open'; readonly missing: number }
  | { readonly kind: 'stuck'; readonly code: 'GDO1073'; readonly values: readonly string[] }
  | { readonly kind: 'conflicting'; readonly code: 'GDO1071'; readonly values: readonly string[] };

/** n, f and q of a total weight. @param total - >= 1 */
export function finalityNumbers(total: number): FinalityNumbers {
  const faulty = Math.floor((total - 1) / 3);
  return { total, faulty, quorum: Math.floor((total + faulty) / 2) + 1 };
}

/** The total weight of a set, the silenced included. */
export function totalWeight(set: WitnessSet): number {
  return set.rows.reduce((sum, [, weight]) => sum + weight, 0);
}

/** The weight that one device has in a set; 0 for strangers and for the silenced. */
export function weightIn(set: WitnessSet, device: string): number {
  return set.silenced.has(device) ? 0 : (set.rows.find(([one]) => one === device)?.[1] ?? 0);
}

/**
 * Counts the votes at one height. Pure; order and repetition have no effect.
 *
 * A vote counts for the value it names, also where the same witness signed another one: two quorums still share an honest witness, and a witness that
 * lies later cannot take back what was final (docs/decisions/0120).
 */
export function voteStanding(votes: readonly CastVote[], set: WitnessSet): VoteStanding {
  const { quorum, total } = finalityNumbers(totalWeight(set));
  const voters = new Map<string, Set<string>>();
  for (const { device, value } of votes) if (weightIn(set, device) > 0) voters.set(value, (voters.get(value) ?? new Set()).add(device));
  const weightOf = (devices: ReadonlySet<string>): number => [...devices].reduce((sum, device) => sum + weightIn(set, device), 0);
  const weights = [...voters].map(([value, devices]) => ({ value, weight: weightOf(devices) })).sort((left, right) => byCodeUnit(left.value, right.value));
  const [first, second] = weights.filter(({ weight }) => weight >= quorum);
  if (first !== undefined && second !== undefined) return { kind: 'conflicting', code: 'GDO1071', values: [first.value, second.value] };
  if (first !== undefined) return { kind: 'final', ...first };
  const cast = weightOf(new Set([...voters.values()].flatMap((devices) => [...devices])));
  const silent = [...set.silenced].reduce((sum, device) => sum + (set.rows.find(([one]) => one === device)?.[1] ?? 0), 0);
  const most = weights.reduce((best, { weight }) => Math.max(best, weight), 0);
  const missing = quorum - most;
  if (missing > total - silent - cast) return { kind: 'stuck', code: 'GDO1073', values: weights.map(({ value }) => value) };
  return { kind: 'open', missing };
}
