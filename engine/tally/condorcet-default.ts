// Condorcet with a default option: options that miss the quorum or their ratio against the default are dropped, then Schwartz sequential dropping (Debian A.6).
// If everything is dropped the default wins; what that means is for the bylaws.
import { type Contest, type Standing, idOf } from './contest.ts';
import { type Matrix, beats, loggedMatrix, votesFor } from './pairwise.ts';
import { compare, multiply, rational, showRational } from './rational.ts';
import type { AgainstDefault, UnrankedInPairs } from './rules.ts';

interface Defeat {
  readonly winner: number;
  readonly loser: number;
}

/** What a quorum asks for, where these votes miss it. */
function quorumMissed(votes: bigint, quorum: AgainstDefault['quorum']): string | undefined {
  if (quorum === 'none') return undefined;
  const order = compare(rational(votes), quorum.ballots);
  const isMissed = quorum.comparison === 'at-least' ? order < 0 : order <= 0;
  return isMissed ? `${quorum.comparison === 'at-least' ? 'at least' : 'more than'} ${showRational(quorum.ballots)}` : undefined;
}

function missesRatio(votes: bigint, opposed: bigint, against: AgainstDefault, id: string): boolean {
  const ratio = against.ratioOf.find((entry) => entry.option === id)?.ratio ?? against.ratio;
  const order = compare(rational(votes), multiply(ratio, rational(opposed)));
  // A.6.3.2: at the ratio is enough, but never without strictly more for than against.
  return against.ratioComparison === 'at-least' ? order < 0 || votes <= opposed : order <= 0;
}

/** Drops what fails against the default and says why. */
function survivors(contest: Contest, matrix: Matrix, against: AgainstDefault, byDefault: number): number[] {
  return contest.among.filter((option) => {
    if (option === byDefault) return true;
    const id = idOf(contest.ids, option);
    const votes = votesFor(matrix, option, byDefault);
    const opposed = votesFor(matrix, byDefault, option);
    const needed = quorumMissed(votes, against.quorum);
    if (needed !== undefined) {
      contest.log.exclusions.push({ option: id, kind: 'quorum', reason: `preferred to the default by ${votes}, and it needs ${needed}` });
      return false;
    }
    if (missesRatio(votes, opposed, against, id)) {
      contest.log.exclusions.push({ option: id, kind: 'ratio', reason: `preferred to the default by ${votes}, and the default to it by ${opposed}` });
      return false;
    }
    return true;
  });
}

/** Unions of options that nobody outside defeats even by a chain, and that hold no smaller such set: A.6.5 to A.6.7. */
function schwartzSet(options: readonly number[], defeats: readonly Defeat[]): number[] {
  const reach = new Map<number, ReadonlySet<number>>();
  for (const start of options) {
    const found = new Set<number>();
    reach.set(start, found);
    const queue = [start];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const defeat of defeats) {
        if (defeat.winner === at && !found.has(defeat.loser)) {
          found.add(defeat.loser);
          queue.push(defeat.loser);
        }
      }
    }
  }
  const reaches = (a: number, b: number): boolean => reach.get(a)?.has(b) === true;
  return options.filter((option) => options.every((other) => !reaches(other, option) || reaches(option, other)));
}

/** Orders two defeats by weakness, weakest first: fewer votes for, then more against (A.6.7 as amended 2003). */
function byWeakness(matrix: Matrix, a: Defeat, b: Defeat): number {
  const forA = votesFor(matrix, a.winner, a.loser);
  const forB = votesFor(matrix, b.winner, b.loser);
  if (forA !== forB) return forA < forB ? -1 : 1;
  const againstA = votesFor(matrix, a.loser, a.winner);
  const againstB = votesFor(matrix, b.loser, b.winner);
  return againstA > againstB ? -1 : againstA < againstB ? 1 : 0;
}

/**
 * Counts by Debian's constitution A.6.
 * @returns the options left in the last Schwartz set as one group; more than one is a tie
 * Source: Debian constitution A.6; language.md S44
 */
export function condorcetDefault(contest: Contest, rule: { readonly unranked: UnrankedInPairs; readonly against: AgainstDefault }): Standing {
  const byDefault = contest.ids.indexOf(rule.against.option);
  if (!contest.among.includes(byDefault)) return { kind: 'failed', reason: 'the default option is not on the ballot' };
  const matrix = loggedMatrix(contest, rule.unranked);
  const options = survivors(contest, matrix, rule.against, byDefault);
  let defeats: Defeat[] = options.flatMap((winner) =>
    options.filter((loser) => winner !== loser && beats(matrix, winner, loser)).map((loser) => ({ winner, loser })),
  );
  for (;;) {
    const schwartz = schwartzSet(options, defeats);
    const inside = defeats.filter((defeat) => schwartz.includes(defeat.winner) && schwartz.includes(defeat.loser)).sort((a, b) => byWeakness(matrix, a, b));
    const weakest = inside[0];
    if (weakest === undefined) return { kind: 'order', groups: [schwartz] };
    const dropped = inside.filter((defeat) => byWeakness(matrix, defeat, weakest) === 0);
    for (const { winner, loser } of dropped) {
      contest.log.defeats.push({
        winner: idOf(contest.ids, winner),
        loser: idOf(contest.ids, loser),
        forWinner: votesFor(matrix, winner, loser),
        forLoser: votesFor(matrix, loser, winner),
        result: 'dropped',
      });
    }
    defeats = defeats.filter((defeat) => !dropped.includes(defeat));
  }
}
