// Slow counts by pairs from their definitions: strongest paths by walking every path, ranked pairs in every order of equal victories, minimax, Condorcet with runoff.
import type { ReferenceElection } from './election.ts';

/** How unranked options and victories are taken, as in the engine's parameters. */
export interface PairMeaning {
  readonly unranked: 'tied-last' | 'not-compared';
  readonly strength: 'winning-votes' | 'margins';
}

function placeOf(groups: readonly (readonly string[])[], name: string): number | undefined {
  const index = groups.findIndex((group) => group.includes(name));
  return index === -1 ? undefined : index;
}

/** Voters who put a before b. */
export function support(election: ReferenceElection, a: string, b: string, unranked: PairMeaning['unranked']): number {
  let voters = 0;
  for (const ballot of election.ballots) {
    const own = placeOf(ballot.groups, a);
    const other = placeOf(ballot.groups, b);
    if (unranked === 'not-compared' && (own === undefined || other === undefined)) continue;
    if ((own ?? Infinity) < (other ?? Infinity)) voters += ballot.voters;
  }
  return voters;
}

function victory(election: ReferenceElection, a: string, b: string, meaning: PairMeaning): number {
  const own = support(election, a, b, meaning.unranked);
  const other = support(election, b, a, meaning.unranked);
  if (own <= other) return 0;
  return meaning.strength === 'margins' ? own - other : own;
}

function bestPath(election: ReferenceElection, from: string, to: string, meaning: PairMeaning, visited: readonly string[]): number {
  let best = victory(election, from, to, meaning);
  for (const next of election.candidates) {
    if (next === to || next === from || visited.includes(next)) continue;
    const step = victory(election, from, next, meaning);
    if (step > best) best = Math.max(best, Math.min(step, bestPath(election, next, to, meaning, [...visited, from])));
  }
  return best;
}

/** Schulze: who is not beaten by a stronger path, sorted. */
export function schulzeWinners(election: ReferenceElection, meaning: PairMeaning): string[] {
  return election.candidates
    .filter((a) => election.candidates.every((b) => a === b || bestPath(election, a, b, meaning, []) >= bestPath(election, b, a, meaning, [])))
    .sort();
}

/** Minimax: who has the least worst defeat, sorted. */
export function minimaxWinners(election: ReferenceElection, meaning: PairMeaning): string[] {
  const worst = (name: string): number =>
    Math.max(0, ...election.candidates.filter((other) => other !== name).map((other) => victory(election, other, name, meaning)));
  const least = Math.min(...election.candidates.map(worst));
  return election.candidates.filter((name) => worst(name) === least).sort();
}

type Edge = readonly [winner: string, loser: string];

function reaches(edges: readonly Edge[], from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const name of seen) for (const [winner, loser] of edges) if (winner === name) seen.add(loser);
  return seen.has(to);
}

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) => permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]));
}

function unbeaten(election: ReferenceElection, edges: readonly Edge[]): string {
  return election.candidates
    .filter((name) => !edges.some(([, loser]) => loser === name))
    .sort()
    .join(' ');
}

/** More orders of equal victories than this are not walked. */
const ordersMax = 720;

/**
 * Ranked pairs in every order of victories of equal strength.
 * @returns the different sets of unbeaten candidates, each as sorted names, or undefined where there are too many orders
 */
export function rankedPairsOutcomes(election: ReferenceElection, meaning: PairMeaning): Set<string> | undefined {
  const edges = election.candidates.flatMap((a) => election.candidates.filter((b) => victory(election, a, b, meaning) > 0).map((b): Edge => [a, b]));
  const rank = ([a, b]: Edge): string => {
    const minority = meaning.strength === 'margins' ? 0 : support(election, b, a, meaning.unranked);
    return `${String(1_000_000 - victory(election, a, b, meaning)).padStart(9, '0')} ${String(minority).padStart(9, '0')}`;
  };
  let states: Edge[][] = [[]];
  for (const strength of [...new Set(edges.map(rank))].sort()) {
    const group = edges.filter((edge) => rank(edge) === strength);
    if (group.length > 6) return undefined;
    const next = new Map<string, Edge[]>();
    for (const state of states) {
      for (const order of permutations(group)) {
        const locked = [...state];
        for (const [winner, loser] of order) if (!reaches(locked, loser, winner)) locked.push([winner, loser]);
        next.set(
          locked
            .map((edge) => edge.join('>'))
            .sort()
            .join(' '),
          locked,
        );
      }
    }
    states = [...next.values()];
    if (states.length > ordersMax) return undefined;
  }
  return new Set(states.map((state) => unbeaten(election, state)));
}

function smith(election: ReferenceElection, names: readonly string[], unranked: PairMeaning['unranked']): readonly string[] {
  // The smallest of all sets, by trying them all: each member beats each outsider.
  const sets = Array.from({ length: 2 ** names.length - 1 }, (_, mask) => names.filter((__, index) => ((mask + 1) >> index) % 2 === 1));
  const dominating = sets.filter((set) =>
    names.every(
      (outsider) =>
        set.includes(outsider) || set.every((member) => support(election, member, outsider, unranked) > support(election, outsider, member, unranked)),
    ),
  );
  return dominating.sort((a, b) => a.length - b.length)[0] ?? names;
}

/** Condorcet completed by instant runoff within the Smith set, ballots with equal ranks waiting; ties by the favoured order. One winner. */
export function condorcetIrvWinner(election: ReferenceElection): string {
  const set = smith(election, election.candidates, 'tied-last');
  let left = [...set];
  const past: Map<string, number>[] = [];
  while (left.length > 1) {
    const votes = new Map(left.map((name) => [name, 0]));
    for (const ballot of election.ballots) {
      if (ballot.groups.flat().length === 0) continue;
      const unranked = left.filter((name) => !ballot.groups.flat().includes(name));
      const groups = [...ballot.groups.map((group) => group.filter((name) => left.includes(name))), unranked].filter((group) => group.length > 0);
      const [only, ...others] = groups[0] ?? [];
      if (only !== undefined && others.length === 0) votes.set(only, (votes.get(only) ?? 0) + ballot.voters);
    }
    past.push(votes);
    const total = [...votes.values()].reduce((sum, own) => sum + own, 0);
    const majority = left.find((name) => 2 * (votes.get(name) ?? 0) > total);
    if (majority !== undefined) return majority;
    const least = Math.min(...votes.values());
    const lowest = left.filter((name) => votes.get(name) === least);
    const out = [...lowest].sort((a, b) => election.favour.indexOf(b) - election.favour.indexOf(a))[0];
    left = left.filter((name) => name !== out);
  }
  return left[0] ?? '';
}
