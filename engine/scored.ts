// Ballots that give points to options, for `counted by score` (S43). A ballot is a list of pairs: `[["ada", 5], ["cy", 2]]`. Nothing is counted here.
import type { CharterVote } from './bylaws-stages.ts';
import type { Json } from './canonical.ts';
import { isList } from './canonical.ts';

/** One option and its points. */
export type ScoredOption = readonly [option: string, points: number];

/** True for an option with its points. Pure. */
export function isScored(value: Json): value is readonly [string, number] {
  return isList(value) && value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'number';
}

/** The options of a ballot with their points; none where it gives no points, as an abstention. Pure. */
export function scoresOf(choice: Json): readonly ScoredOption[] {
  return isList(choice) ? choice.filter(isScored) : [];
}

/** What a ballot gives an option: where it says nothing the lowest score, or undefined where such a ballot is not counted (`unscored refused`). Pure. */
export function scoreOf(vote: CharterVote, choice: Json, option: string): number | undefined {
  const said = scoresOf(choice).find(([name]) => name === option)?.[1];
  return said ?? (vote.counted?.unscored === 'lowest' ? vote.counted.from : undefined);
}

/** The options of a ballot in groups of equal points, best first. Pure. */
export function scoreGroups(choice: Json): readonly (readonly string[])[] {
  const scores = scoresOf(choice);
  const points = [...new Set(scores.map(([, own]) => own))].sort((left, right) => right - left);
  return points.map((own) => scores.filter(([, one]) => one === own).map(([option]) => option));
}

/** Why a ballot does not fit what its vote takes: points where it scores, names elsewhere; undefined where it does. Pure. */
export function scoreProblem(vote: CharterVote, choice: Json): string | undefined {
  if (vote.counted?.method !== 'score') return isList(choice) && choice.some(isScored) ? 'this vote takes no points' : undefined;
  if (choice === 'abstain') return undefined;
  const { from = 0, to = 0 } = vote.counted;
  if (!isList(choice) || choice.length === 0 || !choice.every(isScored)) return `a ballot here gives points from ${from} to ${to} to options`;
  const outside = choice.find(([, points]) => points < from || points > to);
  return outside === undefined ? undefined : `${outside[1]} is not a score from ${from} to ${to}`;
}
