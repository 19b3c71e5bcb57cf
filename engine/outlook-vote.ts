// What ballots a vote still needs: the smallest numbers of people after whose votes it gives a result, found by trying completions. It counts nothing
// itself; what that means for the case is outlook.ts's.
import type { CaseScope } from './actor.ts';
import { electorateOf } from './actor.ts';
import type { CharterVote } from './bylaws-stages.ts';
import type { Group } from './early-close.ts';
import { bundled, grouped, rolesAsked, row } from './early-close.ts';
import { isRecused } from './recused.ts';
import type { CountedBallot } from './vote.ts';
import { choicesOf, countVote } from './vote.ts';

/** So many more people must vote for a result; `free` of them may say anything but the choice named, and it comes all the same. */
export interface BallotsMissing {
  readonly result: string;
  readonly count: number;
  readonly choice: string;
  readonly free: number;
}

/** What ballots can still bring about; `isWhole` where every completion was tried, so that what is not in it cannot come. */
export interface BallotsOutlook {
  readonly isWhole: boolean;
  readonly results: readonly BallotsMissing[];
}

/** Completions that are tried one by one; above it only those in which everybody says the same, heaviest first. */
const completionsMax = 4_000;

interface Completion {
  readonly ballots: readonly CountedBallot[];
  /** How many people say each choice. */
  readonly said: ReadonlyMap<string, number>;
  readonly total: number;
}

function deals(groups: readonly Group[], choices: readonly string[]): readonly Completion[] | undefined {
  let all: readonly Completion[] = [{ ballots: [], said: new Map(), total: 0 }];
  for (const group of groups) {
    for (const choice of choices) {
      const next: Completion[] = [];
      for (const one of all) {
        const used = one.ballots.filter((ballot) => ballot.by === group.by).reduce((sum, ballot) => sum + Number(ballot.people), 0);
        for (let people = 0; people <= group.people - used; people += 1) {
          const said = new Map(one.said).set(choice, (one.said.get(choice) ?? 0) + people);
          next.push({ ballots: [...one.ballots, ...row(group, people, [choice])], said, total: one.total + people });
          if (next.length > completionsMax) return undefined;
        }
      }
      all = next;
    }
  }
  return all;
}

interface Judged extends Completion {
  readonly result: string;
}

/** How many of a set may say anything else than a choice, so that the result comes whatever they say; -1 where it does not even come if all say it. */
function freeOf(set: readonly Judged[], result: string, choice: string, total: number): number {
  let free = -1;
  while (free < total && set.every((one) => (one.said.get(choice) ?? 0) !== total - free - 1 || one.result === result)) free += 1;
  return free;
}

function smallest(scope: CaseScope, vote: CharterVote, cast: readonly CountedBallot[], all: readonly Completion[]): readonly BallotsMissing[] {
  const judged = all.map((one): Judged => ({ ...one, result: countVote(scope, vote, [...cast, ...one.ballots]).result }));
  const totals = new Map<string, number>();
  for (const { result, total } of judged) totals.set(result, Math.min(total, totals.get(result) ?? total));
  return [...totals].map(([result, count]) => {
    const set = judged.filter((one) => one.total === count);
    const rows = choicesOf(vote).map((choice) => ({ choice, free: freeOf(set, result, choice, count) }));
    const best = rows.reduce((one, other) => (other.free > one.free ? other : one), { choice: '', free: -1 });
    if (best.free >= 0) return { result, count, choice: best.choice, free: best.free };
    const [way] = set.filter((one) => one.result === result);
    const said = [...(way?.said ?? [])].reduce((one, other) => (other[1] > one[1] ? other : one), ['', 0]);
    return { result, count, choice: said[0], free: 0 };
  });
}

/** Where people are too many to try everything: everybody says the same, the heaviest first. */
function uniform(scope: CaseScope, vote: CharterVote, cast: readonly CountedBallot[], groups: readonly Group[]): readonly BallotsMissing[] {
  const order = [...groups].sort((left, right) => (left.weight === right.weight ? 0 : left.weight > right.weight ? -1 : 1));
  const everybody = order.reduce((sum, group) => sum + group.people, 0);
  const found = new Map<string, BallotsMissing>();
  for (const choice of choicesOf(vote)) {
    const after = (total: number): string => {
      let left = total;
      const rows = order.flatMap((group) => {
        const people = Math.min(left, group.people);
        left -= people;
        return row(group, people, [choice]);
      });
      return countVote(scope, vote, [...cast, ...rows]).result;
    };
    const last = after(everybody);
    let [low, high] = [0, everybody];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (after(middle) === last) high = middle;
      else low = middle + 1;
    }
    const known = found.get(last);
    if (known === undefined || low < known.count) found.set(last, { result: last, count: low, choice, free: 0 });
  }
  return [...found.values()];
}

/**
 * For each result that ballots can still bring about the fewest of them, the result as it stands included (0 more). Exact while completions are few;
 * for large electorates the smallest set in which all say the same. A result that is missing cannot come any more, or not that way. Pure.
 * @param scope - with the rosters of this vote
 */
export function ballotsMissing(scope: CaseScope, vote: CharterVote, ballots: readonly CountedBallot[]): BallotsOutlook {
  const voted = new Set(ballots.map((ballot) => ballot.by));
  const rest = electorateOf(scope).filter((member) => !isRecused(scope.record, member) && !voted.has(member));
  const roles = rolesAsked(scope, vote);
  const [groups, cast] = [grouped(scope, roles, rest), bundled(roles, ballots)];
  const all = deals(groups, choicesOf(vote));
  if (all === undefined) return { isWhole: false, results: uniform(scope, vote, cast, groups) };
  return { isWhole: true, results: smallest(scope, vote, cast, all) };
}
