// The elections the slow reference counts work on, and a generator of small random ones. It shares nothing with the engine but the words.

/** One ballot of the reference: groups of candidates, best first, and how many voters cast it. */
export interface ReferenceBallot {
  readonly voters: number;
  readonly groups: readonly (readonly string[])[];
}

/** Candidates, ballots, seats, and an order that favours the first wherever a tie arises. */
export interface ReferenceElection {
  readonly candidates: readonly string[];
  readonly ballots: readonly ReferenceBallot[];
  readonly seats: number;
  readonly favour: readonly string[];
}

/** A generator of numbers below a bound from a seed (mulberry32). */
export function numbersFrom(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

function shuffled(names: readonly string[], next: (bound: number) => number): string[] {
  const list = [...names];
  for (let index = list.length - 1; index > 0; index -= 1) {
    const other = next(index + 1);
    const kept = list[index] ?? '';
    list[index] = list[other] ?? '';
    list[other] = kept;
  }
  return list;
}

/** Makes an election of 2 to 5 candidates; `equalRanks` also makes ballots that rank some of them equal. Ballots may be short or blank. */
export function randomElection(seed: number, equalRanks: 'with equal ranks' | 'without equal ranks'): ReferenceElection {
  const next = numbersFrom(seed);
  const candidates = ['ada', 'bob', 'cyd', 'dan', 'eve'].slice(0, 2 + next(4));
  const ballots = Array.from({ length: 1 + next(9) }, () => {
    const ranked = shuffled(candidates, next).slice(0, next(candidates.length + 1));
    const groups: string[][] = [];
    for (const name of ranked) {
      const last = groups.at(-1);
      if (equalRanks === 'with equal ranks' && last !== undefined && next(4) === 0) last.push(name);
      else groups.push([name]);
    }
    return { voters: 1 + next(6), groups };
  });
  return { candidates, ballots, seats: 1 + next(3), favour: shuffled(candidates, next) };
}
