// Ranked pairs: victories are locked from the strongest down unless they close a circle. Victories of equal strength are decided together or by the declared chain.
import { invariant } from '../invariant.ts';
import { type Contest, type Standing, groupBy, idOf } from './contest.ts';
import { beats, loggedMatrix, strengthOf, votesFor } from './pairwise.ts';
import type { DefeatRecord } from './record.ts';
import type { Strength, UnrankedInPairs } from './rules.ts';
import { layersBy } from './schulze.ts';

interface Victory {
  readonly winner: number;
  readonly loser: number;
  readonly strength: bigint;
  readonly against: bigint;
}

/** Who stands above whom by what is locked, kept closed under chains. */
type Locked = readonly boolean[][];

function isAbove(locked: Locked, a: number, b: number): boolean {
  return locked[a]?.[b] === true;
}

function lock(locked: Locked, winner: number, loser: number): void {
  const above = locked.flatMap((_, option) => (option === winner || isAbove(locked, option, winner) ? [option] : []));
  const below = locked.flatMap((_, option) => (option === loser || isAbove(locked, loser, option) ? [option] : []));
  for (const a of above) {
    const row = locked[a];
    invariant(row !== undefined, 'every option has a row');
    for (const b of below) row[b] = true;
  }
}

/** Victories of a group that lie on a circle once the whole group is added to what is locked. */
function circular(locked: Locked, group: readonly Victory[]): Victory[] {
  const trial = locked.map((row) => [...row]);
  for (const victory of group) lock(trial, victory.winner, victory.loser);
  return group.filter((victory) => isAbove(trial, victory.loser, victory.winner));
}

/** With equal winning votes the smaller opposition is the stronger victory (Zavist and Tideman; MAM); with margins equal is equal. */
function byStrength(strength: Strength): (a: Victory, b: Victory) => number {
  return (a, b) => {
    if (a.strength !== b.strength) return a.strength > b.strength ? -1 : 1;
    if (strength === 'margins' || a.against === b.against) return 0;
    return a.against < b.against ? -1 : 1;
  };
}

function victoriesOf(contest: Contest, matrix: readonly (readonly bigint[])[], strength: Strength): Victory[] {
  return contest.among.flatMap((winner) =>
    contest.among
      .filter((loser) => winner !== loser && beats(matrix, winner, loser))
      .map((loser) => ({ winner, loser, strength: strengthOf(matrix, winner, loser, strength), against: votesFor(matrix, loser, winner) })),
  );
}

/**
 * Orders options by locked victories.
 * @returns `tied` where equal victories contradict each other and the chain does not order the options in them
 * Source: T. N. Tideman, "Independence of Clones as a Criterion for Voting Rules"; language.md S43 `ranked-pairs`
 */
export function rankedPairs(contest: Contest, rule: { readonly unranked: UnrankedInPairs; readonly strength: Strength }): Standing {
  const matrix = loggedMatrix(contest, rule.unranked);
  const locked: Locked = contest.ids.map(() => contest.ids.map(() => false));
  const victories = victoriesOf(contest, matrix, rule.strength);
  const note = (victory: Victory, result: DefeatRecord['result']): void => {
    const { winner, loser, against } = victory;
    contest.log.defeats.push({ winner: idOf(contest.ids, winner), loser: idOf(contest.ids, loser), forWinner: votesFor(matrix, winner, loser), forLoser: against, result });
  };
  const order = byStrength(rule.strength);
  const groups = groupBy(
    victories.map((_, index) => index),
    (a, b) => {
      const left = victories[a];
      const right = victories[b];
      return left === undefined || right === undefined ? 0 : order(left, right);
    },
  );
  for (const indices of groups) {
    // A victory against what stronger ones locked is skipped whatever the tie rule says.
    const group = indices.flatMap((index) => victories[index] ?? []);
    const open = group.filter((victory) => !isAbove(locked, victory.loser, victory.winner));
    for (const victory of group.filter((each) => !open.includes(each))) note(victory, 'skipped');
    const disputed = circular(locked, open);
    for (const victory of open.filter((each) => !disputed.includes(each))) {
      lock(locked, victory.winner, victory.loser);
      note(victory, 'locked');
    }
    if (disputed.length === 0) continue;
    const parties = contest.among.filter((option) => disputed.some((victory) => victory.winner === option || victory.loser === option));
    const at = `locking victories of equal strength ${disputed[0]?.strength.toString() ?? ''}`;
    const settled = contest.ties.settle({ at, tied: parties, take: 1 });
    if (settled.kind === 'failed') return { kind: 'failed', reason: `a tie ${at}` };
    if (settled.kind === 'tied') return { kind: 'tied', certain: [], tied: settled.tied, seats: contest.seats, at };
    const favour = [...settled.favoured, ...settled.rest];
    const ranked = [...disputed].sort((a, b) => favour.indexOf(a.winner) - favour.indexOf(b.winner) || favour.indexOf(b.loser) - favour.indexOf(a.loser));
    for (const victory of ranked) {
      const contradicts = isAbove(locked, victory.loser, victory.winner);
      if (!contradicts) lock(locked, victory.winner, victory.loser);
      note(victory, contradicts ? 'skipped' : 'locked');
    }
  }
  contest.log.points = contest.among.map((option) => [idOf(contest.ids, option), contest.among.filter((other) => isAbove(locked, option, other)).length.toString()]);
  return { kind: 'order', groups: layersBy(contest.among, (a, b) => isAbove(locked, a, b)) };
}
