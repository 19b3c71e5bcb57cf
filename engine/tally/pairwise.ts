// Comparisons of options in pairs: the matrix, who beats whom, the strength of a victory, the Smith set. No winner is chosen here.
import { entryAt } from '../invariant.ts';
import type { Contest } from './contest.ts';
import { idOf } from './contest.ts';
import type { BallotTable, CountedTable } from './ballot.ts';
import type { Strength, UnrankedInPairs } from './rules.ts';

/** `matrix[a][b]`: weight of the ballots that prefer option a to option b, by candidate index. */
export type Matrix = readonly (readonly bigint[])[];

const UNRANKED_LAST = 65_535;

function countPairs(table: BallotTable, among: readonly number[], unranked: UnrankedInPairs, add: (a: number, b: number, ballot: number) => void): void {
  const size = table.candidatesCount;
  const places = new Uint16Array(among.length);
  for (let ballot = 0; ballot < table.ballotsCount; ballot += 1) {
    for (let index = 0; index < among.length; index += 1) {
      const place = table.ranks[ballot * size + (among[index] ?? 0)] ?? 0;
      places[index] = place === 0 && unranked === 'tied-last' ? UNRANKED_LAST : place;
    }
    for (let left = 0; left < among.length; left += 1) {
      const leftPlace = places[left] ?? 0;
      if (leftPlace === 0) continue;
      for (let right = left + 1; right < among.length; right += 1) {
        const rightPlace = places[right] ?? 0;
        if (rightPlace === 0 || leftPlace === rightPlace) continue;
        if (leftPlace < rightPlace) add(left, right, ballot);
        else add(right, left, ballot);
      }
    }
  }
}

/** Counts every pair among some options. Other entries are 0. Exact whatever the weights. Pure. */
export function pairwiseMatrix(table: CountedTable, among: readonly number[], unranked: UnrankedInPairs): bigint[][] {
  const size = table.candidatesCount;
  const width = among.length;
  const matrix = Array.from({ length: size }, () => Array.from<bigint>({ length: size }).fill(0n));
  let sumAt: (slot: number) => bigint;
  const { small } = table;
  if (small === undefined) {
    const sums = Array.from<bigint>({ length: width * width }).fill(0n);
    countPairs(table, among, unranked, (a, b, ballot) => {
      sums[a * width + b] = (sums[a * width + b] ?? 0n) + (table.weights[ballot] ?? 0n);
    });
    sumAt = (slot) => entryAt(sums, slot);
  } else {
    const sums = new Float64Array(width * width);
    countPairs(table, among, unranked, (a, b, ballot) => {
      sums[a * width + b] = (sums[a * width + b] ?? 0) + (small[ballot] ?? 0);
    });
    sumAt = (slot) => BigInt(entryAt(sums, slot));
  }
  among.forEach((a, left) => {
    const row = entryAt(matrix, a);
    among.forEach((b, right) => {
      if (left !== right) row[b] = sumAt(left * width + right);
    });
  });
  return matrix;
}

/** Reads one entry. */
export function votesFor(matrix: Matrix, a: number, b: number): bigint {
  return entryAt(entryAt(matrix, a), b);
}

/** True where more ballots prefer a to b than b to a. */
export function beats(matrix: Matrix, a: number, b: number): boolean {
  return votesFor(matrix, a, b) > votesFor(matrix, b, a);
}

/** The strength of a victory of a over b, positive; 0 where a does not beat b. */
export function strengthOf(matrix: Matrix, a: number, b: number, strength: Strength): bigint {
  if (!beats(matrix, a, b)) return 0n;
  return strength === 'margins' ? votesFor(matrix, a, b) - votesFor(matrix, b, a) : votesFor(matrix, a, b);
}

/** The option that beats each other one, if there is one. */
export function condorcetWinner(matrix: Matrix, among: readonly number[]): number | undefined {
  return among.find((a) => among.every((b) => a === b || beats(matrix, a, b)));
}

/** The smallest set, not empty, each of which beats everybody outside it; ascending. */
export function smithSet(matrix: Matrix, among: readonly number[]): number[] {
  // Whoever has most wins is in the set; whoever is not beaten by a member is in it too.
  const winsOf = (a: number): number => among.filter((b) => beats(matrix, a, b)).length;
  const most = Math.max(0, ...among.map(winsOf));
  const inside = new Set(among.filter((a) => winsOf(a) === most));
  for (let grown = true; grown;) {
    grown = false;
    for (const outsider of among) {
      if (!inside.has(outsider) && among.some((member) => inside.has(member) && !beats(matrix, member, outsider))) {
        inside.add(outsider);
        grown = true;
      }
    }
  }
  return among.filter((option) => inside.has(option));
}

/** Counts the pairs of a contest and writes the matrix into its log. */
export function loggedMatrix(contest: Contest, unranked: UnrankedInPairs): bigint[][] {
  const matrix = pairwiseMatrix(contest.table, contest.among, unranked);
  contest.log.pairwise = {
    options: contest.among.map((option) => idOf(contest.ids, option)),
    matrix: contest.among.map((a) => contest.among.map((b) => votesFor(matrix, a, b))),
  };
  return matrix;
}
