// The Debian constitution, A.6 as it stood until 2022: quorum, majority against the default option, then cloneproof Schwartz sequential dropping.
import { fromPossible, sorted, type Ballot, type Counted } from './ballots.ts';
import { pairwise, type Unranked } from './pairwise.ts';

/** The default option, the quorum, and the majority as a ratio of two whole numbers that must be exceeded. */
export interface DefaultOptions {
  readonly unranked: Unranked;
  readonly standing: string;
  readonly quorum: bigint;
  readonly ratio: readonly [bigint, bigint];
}

/** A.6.2 and A.6.3: who stays, the default option included. */
export function undropped(candidates: readonly string[], ballots: readonly Ballot[], options: DefaultOptions): string[] {
  const above = pairwise(candidates, ballots, options.unranked);
  const d = options.standing;
  return candidates.filter((c) => c === d || (above(c, d) >= options.quorum && above(c, d) * options.ratio[1] > options.ratio[0] * above(d, c)));
}

/** A.6.4 to A.6.8: the Schwartz set, its weakest defeats dropped until none is left inside; what is left is up to the casting vote. */
export function withDefault(candidates: readonly string[], ballots: readonly Ballot[], _seats: number, options: DefaultOptions): Counted {
  const above = pairwise(candidates, ballots, options.unranked);
  const list = undropped(candidates, ballots, options);
  let defeats = list.flatMap((a) => list.filter((b) => above(a, b) > above(b, a)).map((b): readonly [string, string] => [a, b]));
  for (;;) {
    const reach = (from: string): string[] => {
      const seen = defeats.filter(([a]) => a === from).map(([, b]) => b);
      for (const c of seen) for (const [a, b] of defeats) if (a === c && !seen.includes(b)) seen.push(b);
      return seen;
    };
    const schwartz = list.filter((a) => list.every((b) => a === b || reach(a).includes(b) || !reach(b).includes(a)));
    const inside = defeats.filter(([a, b]) => schwartz.includes(a) && schwartz.includes(b));
    if (inside.length === 0)
      return fromPossible(
        sorted(schwartz).map((c) => [c]),
        schwartz.length > 1,
      );
    const weaker = ([a, x]: readonly [string, string], [b, y]: readonly [string, string]): boolean =>
      above(a, x) < above(b, y) || (above(a, x) === above(b, y) && above(x, a) > above(y, b));
    const weakest = inside.filter((p) => !inside.some((q) => weaker(q, p)));
    defeats = defeats.filter((p) => !weakest.includes(p));
  }
}
