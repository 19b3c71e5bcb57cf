// Instant runoff: the option with least support is excluded until one has more than half of the ballots that still support somebody.
// One seat; several seats are stv-gregory.ts.
import { entryAt } from '../invariant.ts';
import { type Contest, type Standing, groupBy, idOf } from './contest.ts';
import { add, compare, showRational } from './rational.ts';
import type { StageAction, Transfer } from './record.ts';
import { type Round, type RoundRule, byVotes, countRound, supportOf } from './rounds.ts';
import { subtract } from './rational.ts';

function transfers(contest: Contest, from: number, before: Round, after: Round, among: readonly number[]): Transfer[] {
  const id = idOf(contest.ids, from);
  const moved: Transfer[] = [];
  for (const option of among) {
    const gain = subtract(entryAt(after.votes, option), entryAt(before.votes, option));
    if (gain.numerator > 0n) moved.push({ from: id, to: idOf(contest.ids, option), votes: showRational(gain) });
  }
  const lost = after.exhausted + after.equal - before.exhausted - before.equal;
  if (lost > 0n) moved.push({ from: id, votes: lost.toString() });
  return moved;
}

/** Writes one round down. */
export function logRound(contest: Contest, round: Round, among: readonly number[], actions: readonly StageAction[], moved: readonly Transfer[]): void {
  contest.log.stages.push({
    title: `round ${contest.log.stages.length + 1}`,
    votes: among.map((option) => [idOf(contest.ids, option), showRational(entryAt(round.votes, option))]),
    idle: [
      ['exhausted', round.exhausted.toString()],
      ['equal', round.equal.toString()],
    ],
    actions,
    transfers: moved,
  });
}

/** The one option with more than half of the support in a round, if there is one. */
export function majorityOf(round: Round, among: readonly number[]): number | undefined {
  const total = supportOf(round, among);
  return among.find((option) => {
    const own = entryAt(round.votes, option);
    return compare(add(own, own), total) > 0;
  });
}

/**
 * Runs the rounds among the options of a contest.
 * @returns the winner, then the others by support in the last round, then the excluded, last excluded first
 * Source: language.md S43 `irv`
 */
export function instantRunoff(contest: Contest, rule: RoundRule): Standing {
  let among = [...contest.among];
  const excluded: number[][] = [];
  const rounds: Round[] = [];
  let round = countRound(contest.table, among, rule);
  for (;;) {
    rounds.push(round);
    const winner = among.length === 1 ? among[0] : majorityOf(round, among);
    if (winner !== undefined) {
      logRound(contest, round, among, [{ kind: 'elected', option: idOf(contest.ids, winner) }], []);
      const others = groupBy(
        among.filter((option) => option !== winner),
        byVotes(round),
      );
      return { kind: 'order', groups: [[winner], ...others, ...excluded] };
    }
    const groups = groupBy(among, byVotes(round));
    const lowest = entryAt(groups, groups.length - 1);
    const at = `excluding in round ${contest.log.stages.length + 1}`;
    // Whom no ballot supports, also none that waits, moves nothing by going: where all of them go before anybody else it is all one in which order.
    const isMoot = groups.length > 1 && round.equal === 0n && entryAt(round.votes, entryAt(lowest, 0)).numerator === 0n;
    const onTheWay = isMoot ? 'moot' : 'open';
    const result = contest.ties.settle({ at, tied: lowest, take: lowest.length - 1, onTheWay, rounds: rounds.slice(0, -1).map(byVotes) });
    if (result.kind !== 'split') {
      logRound(contest, round, among, [], []);
      return result.kind === 'failed' ? { kind: 'failed', reason: `a tie ${at}` } : { kind: 'tied', certain: [], tied: result.tied, seats: contest.seats, at };
    }
    const out = entryAt(result.rest, 0);
    const remaining = among.filter((option) => option !== out);
    const next = countRound(contest.table, remaining, rule);
    logRound(contest, round, among, [{ kind: 'excluded', option: idOf(contest.ids, out) }], transfers(contest, out, round, next, remaining));
    excluded.unshift([out]);
    among = remaining;
    round = next;
  }
}
