// Slow STV counts, voter by voter: every voter is an object that holds its own value. Written from the Scottish order of 2007 and the PRF reference rules.
import type { ReferenceElection } from './election.ts';

/** Who is elected, sorted, and the votes at the end in the smallest unit of the rule. */
export interface ReferenceResult {
  readonly elected: readonly string[];
  readonly votes: ReadonlyMap<string, bigint>;
}

interface Voter {
  readonly choices: readonly string[];
  value: bigint;
  holder: string | undefined;
}

function votersOf(election: ReferenceElection, one: bigint): Voter[] {
  return election.ballots.flatMap((ballot) => {
    const choices = ballot.groups.flat();
    return choices.length === 0 ? [] : Array.from({ length: ballot.voters }, () => ({ choices, value: one, holder: choices[0] }));
  });
}

function tallyOf(voters: readonly Voter[], names: readonly string[]): Map<string, bigint> {
  return new Map(names.map((name) => [name, voters.reduce((sum, voter) => (voter.holder === name ? sum + voter.value : sum), 0n)]));
}

/** Picks the most or least favoured of the candidates with an extreme number of votes; `history` is consulted first where the rule does so. */
function pick(extreme: 'most' | 'least', names: readonly string[], election: ReferenceElection, rounds: readonly ReadonlyMap<string, bigint>[]): string {
  let tied = [...names];
  for (const round of rounds) {
    const amounts = tied.map((name) => round.get(name) ?? 0n);
    const edge = amounts.reduce((best, own) => ((extreme === 'most' ? own > best : own < best) ? own : best));
    tied = tied.filter((name) => (round.get(name) ?? 0n) === edge);
  }
  const byFavour = election.favour.filter((name) => tied.includes(name));
  return (extreme === 'most' ? byFavour[0] : byFavour.at(-1)) ?? '';
}

/** The Scottish rule: 5 decimals, whole quota, ties by the last stage that differs. */
export function scottish(election: ReferenceElection): ReferenceResult {
  return gregory(election, { one: 100_000n, quotaOf: (voters, seats) => (voters / (seats + 1n) + 1n) * 100_000n, looksBack: true, stopsWhenFull: true });
}

/** The PRF reference WIGM rule: 4 decimals. */
export function wigm(election: ReferenceElection): ReferenceResult {
  return gregory(election, { one: 10_000n, quotaOf: (voters, seats) => (voters * 10_000n) / (seats + 1n) + 1n, looksBack: false, stopsWhenFull: false });
}

interface GregoryRule {
  readonly one: bigint;
  readonly quotaOf: (voters: bigint, seats: bigint) => bigint;
  readonly looksBack: boolean;
  readonly stopsWhenFull: boolean;
}

function gregory(election: ReferenceElection, rule: GregoryRule): ReferenceResult {
  const voters = votersOf(election, rule.one);
  const quota = rule.quotaOf(BigInt(voters.length), BigInt(election.seats));
  const running = new Set(election.candidates);
  const elected = new Set<string>();
  const waiting = new Set<string>();
  const fixed = new Map<string, bigint>();
  const rounds: Map<string, bigint>[] = [];
  const pass = (voter: Voter): void => {
    voter.holder = voter.choices.find((name) => running.has(name));
  };
  const now = (): Map<string, bigint> => new Map([...tallyOf(voters, election.candidates)].map(([name, votes]) => [name, fixed.get(name) ?? votes]));
  const earlier = (votes: Map<string, bigint>): Map<string, bigint>[] => [votes, ...(rule.looksBack ? rounds.toReversed() : [])];
  rounds.push(now());
  while (elected.size < election.seats && elected.size + running.size > election.seats) {
    const votes = now();
    for (const name of [...running].filter((each) => (votes.get(each) ?? 0n) >= quota)) {
      running.delete(name);
      elected.add(name);
      if ((votes.get(name) ?? 0n) > quota) waiting.add(name);
    }
    if (elected.size >= election.seats && (rule.stopsWhenFull || waiting.size === 0)) break;
    if (waiting.size > 0) {
      const from = pick('most', [...waiting], election, earlier(votes));
      waiting.delete(from);
      const total = votes.get(from) ?? 1n;
      for (const voter of voters.filter((each) => each.holder === from)) {
        voter.value = (voter.value * (total - quota)) / total;
        pass(voter);
      }
      fixed.set(from, quota);
    } else {
      const out = pick('least', [...running], election, earlier(votes));
      running.delete(out);
      for (const voter of voters.filter((each) => each.holder === out)) pass(voter);
    }
    rounds.push(now());
  }
  if (elected.size < election.seats) for (const name of running) elected.add(name);
  return { elected: [...elected].sort(), votes: now() };
}

const billion = 1_000_000_000n;

function roundedUp(numerator: bigint, denominator: bigint): bigint {
  const whole = numerator / denominator;
  return whole * denominator === numerator ? whole : whole + 1n;
}

interface MeekState {
  readonly keep: Map<string, bigint>;
  readonly running: Set<string>;
  readonly elected: Set<string>;
}

function meekVotes(election: ReferenceElection, keep: ReadonlyMap<string, bigint>): Map<string, bigint> {
  const votes = new Map(election.candidates.map((name) => [name, 0n]));
  for (const ballot of election.ballots) {
    for (let voter = 0; voter < ballot.voters; voter += 1) {
      let weight = billion;
      for (const name of ballot.groups.flat()) {
        const given = roundedUp(weight * (keep.get(name) ?? 0n), billion);
        votes.set(name, (votes.get(name) ?? 0n) + given);
        weight -= given;
      }
    }
  }
  return votes;
}

/** Steps B.2.a to B.2.f of the reference rule. @returns votes and surplus when an iteration ends without an election, else undefined */
function meekIterate(election: ReferenceElection, state: MeekState): { readonly votes: Map<string, bigint>; readonly surplus: bigint } | undefined {
  for (let last: bigint | undefined; ;) {
    const votes = meekVotes(election, state.keep);
    const sum = [...votes.values()].reduce((total, own) => total + own, 0n);
    const quota = sum / BigInt(election.seats + 1) + 1n;
    const winners = [...state.running].filter((name) => (votes.get(name) ?? 0n) >= quota);
    for (const name of winners) {
      state.running.delete(name);
      state.elected.add(name);
    }
    if (winners.length > 0) return undefined;
    const over = [...state.elected].reduce((total, name) => total + (votes.get(name) ?? 0n) - quota, 0n);
    const surplus = over < 0n ? 0n : over;
    if (surplus < 1_000n || (last !== undefined && surplus >= last)) return { votes, surplus };
    last = surplus;
    for (const name of state.elected)
      state.keep.set(name, roundedUp(roundedUp((state.keep.get(name) ?? 0n) * quota, billion) * billion, votes.get(name) ?? 1n));
  }
}

/** The PRF reference Meek rule: 9 decimals, omega 10^-6. */
export function meek(election: ReferenceElection): ReferenceResult {
  const state: MeekState = { keep: new Map(election.candidates.map((name) => [name, billion])), running: new Set(election.candidates), elected: new Set() };
  while (state.elected.size < election.seats && state.elected.size + state.running.size > election.seats) {
    const done = meekIterate(election, state);
    if (done === undefined) continue;
    const votesOf = (name: string): bigint => done.votes.get(name) ?? 0n;
    const least = [...state.running].map(votesOf).reduce((low, own) => (own < low ? own : low));
    const tied = [...state.running].filter((name) => votesOf(name) <= least + done.surplus);
    const out = pick('least', tied, election, []);
    state.running.delete(out);
    state.keep.set(out, 0n);
  }
  if (state.elected.size < election.seats) for (const name of state.running) state.elected.add(name);
  return { elected: [...state.elected].sort(), votes: meekVotes(election, state.keep) };
}
