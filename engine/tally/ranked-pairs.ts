// Ranked pairs: victories are locked from the strongest down unless they close a circle. Victories of equal strength are decided together or by the declared chain.
import { entryAt } from '../invariant.ts';
import { type Contest, type Standing, groupBy, idOf } from './contest.ts';
import { type Matrix, beats, loggedMatrix, smithSet, strengthOf, votesFor } from './pairwise.ts';
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
  return entryAt(entryAt(locked, a), b);
}

function lock(locked: Locked, winner: number, loser: number): void {
  const above = locked.flatMap((_, option) => (option === winner || isAbove(locked, option, winner) ? [option] : []));
  const below = locked.flatMap((_, option) => (option === loser || isAbove(locked, loser, option) ? [option] : []));
  for (const a of above) {
    const row = entryAt(locked, a);
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

function groupsByStrength(victories: readonly Victory[], strength: Strength): Victory[][] {
  const order = byStrength(strength);
  const indices = victories.map((_, index) => index);
  const compared = (a: number, b: number): number => order(entryAt(victories, a), entryAt(victories, b));
  return groupBy(indices, compared).map((group) => group.flatMap((index) => entryAt(victories, index)));
}

function victoriesOf(contest: Contest, matrix: Matrix, strength: Strength): Victory[] {
  return contest.among.flatMap((winner) =>
    contest.among
      .filter((loser) => winner !== loser && beats(matrix, winner, loser))
      .map((loser) => ({ winner, loser, strength: strengthOf(matrix, winner, loser, strength), against: votesFor(matrix, loser, winner) })),
  );
}

/** Smith sets of what is left, best first: whoever is in one beats everybody in the later ones, so no circle crosses two of them. */
function levelsOf(matrix: Matrix, among: readonly number[]): number[][] {
  const levels: number[][] = [];
  for (let left = [...among]; left.length > 0;) {
    const level = smithSet(matrix, left);
    levels.push(level);
    left = left.filter((option) => !level.includes(option));
  }
  return levels;
}

/** A level some of whose members, and not all, get a seat: only there does the order of equal victories decide anything. */
function decisiveLevel(levels: readonly (readonly number[])[], seats: number): readonly number[] | undefined {
  let better = 0;
  for (const level of levels) {
    if (better < seats && seats < better + level.length) return level;
    better += level.length;
  }
  return undefined;
}

interface Locking {
  readonly contest: Contest;
  readonly locked: Locked;
  readonly note: (victory: Victory, result: DefeatRecord['result']) => void;
}

/** Locks victories of equal strength that contradict each other in the order of the chain: the favoured victor first, then the least favoured loser (MAM). */
function lockByChain(
  { contest, locked, note }: Locking,
  disputed: readonly Victory[],
  level: readonly number[],
  certain: readonly number[],
): Standing | undefined {
  const parties = contest.among.filter((option) => disputed.some((victory) => victory.winner === option || victory.loser === option));
  const at = `locking victories of equal strength ${entryAt(disputed, 0).strength}`;
  const settled = contest.ties.settle({ at, tied: parties, take: 1 });
  if (settled.kind === 'failed') return { kind: 'failed', reason: `a tie ${at}` };
  if (settled.kind === 'tied') return { kind: 'tied', certain, tied: level, seats: contest.seats - certain.length, at };
  const favour = [...settled.favoured, ...settled.rest];
  const ranked = [...disputed].sort((a, b) => favour.indexOf(a.winner) - favour.indexOf(b.winner) || favour.indexOf(b.loser) - favour.indexOf(a.loser));
  for (const victory of ranked) {
    const contradicts = isAbove(locked, victory.loser, victory.winner);
    if (!contradicts) lock(locked, victory.winner, victory.loser);
    note(victory, contradicts ? 'skipped' : 'locked');
  }
  return undefined;
}

/**
 * Orders options by locked victories. Options of a level where equal victories contradict each other and no seat depends on it stay equal.
 * @returns `tied` where a seat depends on it and the chain does not order the options
 * Source: T. N. Tideman, "Independence of Clones as a Criterion for Voting Rules"; language.md S43 `ranked-pairs`
 */
export function rankedPairs(contest: Contest, rule: { readonly unranked: UnrankedInPairs; readonly strength: Strength }): Standing {
  const matrix = loggedMatrix(contest, rule.unranked);
  const locked: Locked = contest.ids.map(() => contest.ids.map(() => false));
  const levels = levelsOf(matrix, contest.among);
  const levelOf = (option: number): number => levels.findIndex((level) => level.includes(option));
  const decisive = decisiveLevel(levels, contest.seats);
  const open = new Set<number>();
  const note = (victory: Victory, result: DefeatRecord['result']): void => {
    const { winner, loser, against } = victory;
    contest.log.defeats.push({
      winner: idOf(contest.ids, winner),
      loser: idOf(contest.ids, loser),
      forWinner: votesFor(matrix, winner, loser),
      forLoser: against,
      result,
    });
  };
  for (const group of groupsByStrength(victoriesOf(contest, matrix, rule.strength), rule.strength)) {
    const inOpen = (victory: Victory): boolean => open.has(levelOf(victory.winner)) && levelOf(victory.winner) === levelOf(victory.loser);
    for (const victory of group.filter(inOpen)) note(victory, 'open');
    // A victory against what stronger ones locked is skipped whatever the tie rule says.
    const judged = group.filter((victory) => !inOpen(victory));
    const consistent = judged.filter((victory) => !isAbove(locked, victory.loser, victory.winner));
    for (const victory of judged.filter((each) => !consistent.includes(each))) note(victory, 'skipped');
    const disputed = circular(locked, consistent);
    for (const victory of consistent.filter((each) => !disputed.includes(each))) {
      lock(locked, victory.winner, victory.loser);
      note(victory, 'locked');
    }
    const deciding = disputed.filter((victory) => decisive?.includes(victory.winner) === true);
    for (const victory of disputed.filter((each) => !deciding.includes(each))) {
      open.add(levelOf(victory.winner));
      note(victory, 'open');
    }
    if (deciding.length === 0 || decisive === undefined) continue;
    const certain = levels.slice(0, levelOf(entryAt(decisive, 0))).flat();
    const cut = lockByChain({ contest, locked, note }, deciding, decisive, certain);
    if (cut !== undefined) return cut;
  }
  const above = (a: number, b: number): boolean => (levelOf(a) === levelOf(b) ? !open.has(levelOf(a)) && isAbove(locked, a, b) : levelOf(a) < levelOf(b));
  contest.log.points = contest.among.map((option) => [idOf(contest.ids, option), contest.among.filter((other) => above(option, other)).length.toString()]);
  return { kind: 'order', groups: layersBy(contest.among, above) };
}
