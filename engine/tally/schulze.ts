// Schulze's method: a beats b where the strongest path from a to b is stronger than the one back. The strength is a parameter; paths are exact.
import { entryAt } from '../invariant.ts';
import { type Contest, type Standing, idOf } from './contest.ts';
import { loggedMatrix, strengthOf } from './pairwise.ts';
import type { Strength, UnrankedInPairs } from './rules.ts';

/** Strength of the strongest path between all pairs: a path is as strong as its weakest victory. Pure. */
export function strongestPaths(among: readonly number[], strengthBetween: (a: number, b: number) => bigint): bigint[][] {
  const paths = among.map((a) => among.map((b) => (a === b ? 0n : strengthBetween(a, b))));
  for (let middle = 0; middle < among.length; middle += 1) {
    const onward = entryAt(paths, middle);
    for (let from = 0; from < among.length; from += 1) {
      const row = entryAt(paths, from);
      const toMiddle = entryAt(row, middle);
      if (from === middle || toMiddle === 0n) continue;
      for (let to = 0; to < among.length; to += 1) {
        if (to === from || to === middle) continue;
        const rest = entryAt(onward, to);
        const through = toMiddle < rest ? toMiddle : rest;
        if (through > entryAt(row, to)) row[to] = through;
      }
    }
  }
  return paths;
}

/** Layers options by a transitive relation: each layer is whoever nobody remaining stands above. Pure. */
export function layersBy(options: readonly number[], above: (a: number, b: number) => boolean): number[][] {
  const layers: number[][] = [];
  let remaining = [...options];
  while (remaining.length > 0) {
    const top = remaining.filter((option) => !remaining.some((other) => above(other, option)));
    layers.push(top);
    remaining = remaining.filter((option) => !top.includes(option));
  }
  return layers;
}

/**
 * Orders options by strongest paths.
 * Source: M. Schulze, "A New Monotonic, Clone-Independent, Reversal Symmetric, and Condorcet-Consistent Single-Winner Election Method"; language.md S43 `schulze`
 */
export function schulze(contest: Contest, rule: { readonly unranked: UnrankedInPairs; readonly strength: Strength }): Standing {
  const matrix = loggedMatrix(contest, rule.unranked);
  const paths = strongestPaths(contest.among, (a, b) => strengthOf(matrix, a, b, rule.strength));
  if (contest.log.pairwise !== undefined) contest.log.pairwise = { ...contest.log.pairwise, paths };
  const rows = contest.among.map((_, row) => row);
  const above = (a: number, b: number): boolean => entryAt(entryAt(paths, a), b) > entryAt(entryAt(paths, b), a);
  contest.log.points = contest.among.map((option, a) => [idOf(contest.ids, option), rows.filter((b) => above(a, b)).length.toString()]);
  const groups = layersBy(rows, above).map((layer) => layer.map((row) => entryAt(contest.among, row)));
  return { kind: 'order', groups };
}
