// Ballots, results and the walk over every way a lot may fall, for the reference counts. Written from published texts; it shares nothing with the engine.

/** One kind of ballot paper: how many were cast, the ranks from best to worst, and for score methods the points given. */
export interface Ballot {
  readonly weight: bigint;
  readonly ranks: readonly (readonly string[])[];
  readonly scores?: readonly (readonly [string, bigint])[];
}

/** What a count says: the winners, or that a lot decides between `possible` sets; `drew` says that some lot was called, decisive or not. */
export interface Counted {
  readonly winners: readonly string[] | 'tied' | 'none';
  readonly possible: readonly (readonly string[])[];
  readonly drew: boolean;
}

/** Chooses one of several tied candidates: to be served first (`first`), or to go out (`out`). */
export type Lot = (tied: readonly string[], why: 'first' | 'out') => string;

/** A lot that follows an order, best first: who stands before the others is served first and goes out last. */
export function following(order: readonly string[]): Lot {
  return (tied, why) => (why === 'first' ? order : [...order].reverse()).find((c) => tied.includes(c)) ?? '';
}

/** The first `seats` of a strict partial order, level by level: those under nobody left; from a level that does not fit the lot takes as many as fit. */
export function topByLot(candidates: readonly string[], seats: number, better: (a: string, b: string) => boolean, lot: Lot): string[] {
  const winners: string[] = [];
  while (winners.length < seats && winners.length < candidates.length) {
    const left = candidates.filter((c) => !winners.includes(c));
    let level = left.filter((c) => !left.some((d) => better(d, c)));
    while (level.length > 0 && winners.length < seats) {
      const next = level.length <= seats - winners.length ? (level[0] ?? '') : lot(level, 'first');
      winners.push(next);
      level = level.filter((c) => c !== next);
    }
  }
  return winners;
}

/** Orders by code unit. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A sorted copy. */
export function sorted(list: Iterable<string>): string[] {
  return [...list].sort(byText);
}

/** The number kept for a candidate, 0 where none is. */
export function at(map: ReadonlyMap<string, bigint>, key: string): bigint {
  return map.get(key) ?? 0n;
}

/** The same ballots and seats seen by every possible fall of the lots (at most 4,096 falls), as one result. */
export function everyOutcome(run: (lot: Lot) => readonly string[]): Counted {
  const walked = walkLots(run);
  if (walked === undefined) throw new Error('more falls of the lots than are walked');
  return walked;
}

/** As `everyOutcome`, or undefined where the lots may fall in more ways than `most`. */
export function walkLots(run: (lot: Lot) => readonly string[], most = 4_096): Counted | undefined {
  const outcomes = new Map<string, string[]>();
  let drew = false;
  let prefix: number[] = [];
  for (let runs = 0; runs < most; runs += 1) {
    const sizes: number[] = [];
    const winners = sorted(
      run((tied) => {
        const place = sizes.length;
        sizes.push(tied.length);
        drew = true;
        const picked = sorted(tied)[prefix[place] ?? 0];
        if (picked === undefined) throw new Error('a lot among nobody');
        return picked;
      }),
    );
    outcomes.set(winners.join('|'), winners);
    const falls = sizes.map((_, place) => prefix[place] ?? 0);
    let last = falls.length - 1;
    while (last >= 0 && (falls[last] ?? 0) + 1 >= (sizes[last] ?? 0)) last -= 1;
    if (last < 0) break;
    if (runs === most - 1) return undefined;
    prefix = [...falls.slice(0, last), (falls[last] ?? 0) + 1];
  }
  return fromPossible([...outcomes.values()], drew);
}

/** The result that these possible sets of winners amount to. */
export function fromPossible(possible: readonly (readonly string[])[], drew: boolean): Counted {
  const [only, ...more] = possible;
  return { winners: only === undefined ? 'none' : more.length === 0 ? only : 'tied', possible, drew };
}

/** The first `seats` of a strict partial order over every fall of the lots. */
export function topOf(candidates: readonly string[], seats: number, better: (a: string, b: string) => boolean): Counted {
  return everyOutcome((lot) => topByLot(candidates, seats, better, lot));
}

/** The first `seats` by number of points. */
export function topByPoints(candidates: readonly string[], seats: number, points: ReadonlyMap<string, bigint>): Counted {
  return topOf(candidates, seats, (a, b) => at(points, a) > at(points, b));
}
