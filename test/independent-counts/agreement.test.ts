// Compares the engine's `count` with the reference counts of this folder on random small elections: 2,000 of each method, or GDO_DIFFERENTIAL of them.
// Where no tie rule is declared, both must say who wins or that it is tied; with a decided order, both must name the same winners.
import { describe, expect, it } from 'vitest';
import { count, rational, type CountRule, type Profile, type TieChain } from '../../engine/index.ts';
import { at, everyOutcome, following, sorted, topByLot, type Ballot, type Counted, type Lot } from './methods/ballots.ts';
import { withDefault } from './methods/default-option.ts';
import { cferOnce, scottishOnce, wigmOnce } from './methods/gregory.ts';
import { meekExactOnce, meekReferenceOnce } from './methods/meek.ts';
import { condorcet, condorcetIrvOnce, pairwise, schulzeOver, worstDefeat } from './methods/pairwise.ts';
import { approvals, bordaPoints, starOnce, totals, twoRoundOnce } from './methods/points.ts';
import { rankedPairs } from './methods/ranked-pairs.ts';
import { exclude, round } from './methods/runoff.ts';

const SIZE = Number(process.env['GDO_DIFFERENTIAL'] ?? '2000');

/** Whole numbers from a seed, the same on every machine (xorshift, 32 bits). */
class Dice {
  private state: number;
  constructor(seed: number) {
    this.state = (Math.imul(seed, 2654435761) ^ 0x9e3779b9) | 1;
    for (let warm = 0; warm < 8; warm += 1) this.below(2);
  }
  below(limit: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % limit;
  }
  of<T>(first: T, ...more: T[]): T {
    return more[this.below(more.length + 1) - 1] ?? first;
  }
  shuffled(list: readonly string[]): string[] {
    const left = [...list];
    const out: string[] = [];
    while (left.length > 0) out.push(...left.splice(this.below(left.length), 1));
    return out;
  }
}

/** One comparison: what the engine is given, and what the reference does with a lot, or with every lot where it knows only that. */
interface Trial {
  readonly rule: CountRule;
  readonly profile: Profile;
  /** The ballots that are not set aside, as the reference sees them. */
  readonly seen: readonly Ballot[];
  readonly once?: (lot: Lot) => readonly string[];
  readonly every?: () => Counted;
  readonly prior?: (lot: Lot) => readonly string[];
}

interface Setting {
  readonly names: string[];
  readonly ballots: Ballot[];
  readonly seats: number;
  readonly dice: Dice;
}

function rankedBallots(dice: Dice, names: readonly string[], sharing: boolean): Ballot[] {
  const ballots: Ballot[] = [];
  const spread = dice.of(2, 4, 12, 60);
  for (let left = 1 + dice.below(8); left > 0; left -= 1) {
    const line = dice.shuffled(names).slice(0, dice.of(names.length, 1 + dice.below(names.length), dice.below(names.length + 1)));
    const ranks: string[][] = [];
    for (const c of line) {
      const last = ranks.at(-1);
      if (sharing && last !== undefined && dice.below(4) === 0) last.push(c);
      else ranks.push([c]);
    }
    ballots.push({ weight: BigInt(1 + dice.below(spread)), ranks });
  }
  return ballots;
}

const people = (names: readonly string[]): { id: string; name: string }[] => names.map((id) => ({ id, name: id }));

function ranked({ names, ballots }: Setting): Profile {
  return { kind: 'ranked', candidates: people(names), ballots: ballots.map(({ weight, ranks }) => ({ weight, ranks })) };
}

const strictOnly = (ballots: readonly Ballot[]): Ballot[] => ballots.filter((b) => b.ranks.every((rank) => rank.length < 2));

/** The ballots with everybody left out put together at the end. */
function completed(names: readonly string[], ballots: readonly Ballot[]): Ballot[] {
  return ballots.map((b) => {
    const rest = names.filter((c) => !b.ranks.some((rank) => rank.includes(c)));
    return b.ranks.length === 0 || rest.length === 0 ? b : { ...b, ranks: [...b.ranks, rest] };
  });
}

type Make = (setting: Setting) => Trial;

const byPoints =
  (names: readonly string[], seats: number, points: ReadonlyMap<string, bigint>) =>
  (lot: Lot): string[] =>
    topByLot(names, seats, (a, b) => at(points, a) > at(points, b), lot);

/** Ballots and shared ranks as a method with rounds sees them. */
function rounds({ names, ballots, dice }: Setting): {
  unranked: 'exhausted' | 'tied-last';
  equalRanks: 'refused' | 'waits' | 'split';
  seen: Ballot[];
  how: { shared: 'exhaust' | 'split'; revives: true };
} {
  const equalRanks = dice.of('refused' as const, 'waits' as const, 'split' as const);
  const unranked = dice.of('exhausted' as const, 'tied-last' as const);
  const kept = equalRanks === 'refused' ? strictOnly(ballots) : ballots;
  return {
    unranked,
    equalRanks,
    seen: unranked === 'tied-last' ? completed(names, kept) : kept,
    how: { shared: equalRanks === 'split' ? 'split' : 'exhaust', revives: true },
  };
}

function pairs({ ballots, dice }: Setting): { unranked: 'tied-last' | 'not-compared'; equalRanks: 'allowed' | 'refused'; seen: Ballot[] } {
  const equalRanks = dice.of('allowed' as const, 'refused' as const);
  return { unranked: dice.of('tied-last' as const, 'not-compared' as const), equalRanks, seen: equalRanks === 'refused' ? strictOnly(ballots) : ballots };
}

const strengthOf = (dice: Dice): 'winning-votes' | 'margins' => dice.of('winning-votes', 'margins');

function scored(setting: Setting, method: 'score' | 'star'): { rule: CountRule; profile: Profile; seen: Ballot[] } {
  const { names, dice, ballots } = setting;
  const from = dice.of(0n, 0n, 1n, -2n);
  const to = from + 5n;
  const unscored = dice.of('lowest' as const, 'refused' as const);
  const cards = ballots.map((b) => ({
    weight: b.weight,
    scores: names.filter(() => dice.below(8) > 0).map((c): [string, bigint] => [c, from + BigInt(dice.below(6))]),
  }));
  const used = unscored === 'refused' ? cards.filter((b) => b.scores.length === names.length) : cards.filter((b) => b.scores.length > 0);
  const seen = used.map((b): Ballot => {
    const given = new Map(b.scores);
    return { weight: b.weight, ranks: [], scores: names.map((c): [string, bigint] => [c, given.get(c) ?? from]) };
  });
  const seats = method === 'star' ? 1 : setting.seats;
  return { rule: { method, from, to, unscored, seats, cap: 'none' }, profile: { kind: 'scored', candidates: people(names), ballots: cards }, seen };
}

function stv(method: 'stv-scottish' | 'stv-wigm' | 'stv-cfer' | 'stv-meek' | 'stv-meek-exact'): Make {
  return (setting) => {
    const { names, seats } = setting;
    const seen = strictOnly(setting.ballots);
    // The engine moves CfER's surpluses one at a time; a test below says what the draft says.
    const single: typeof cferOnce = (who, cards, wanted, lot) => cferOnce(who, cards, wanted, lot, true);
    const run = { 'stv-scottish': scottishOnce, 'stv-wigm': wigmOnce, 'stv-cfer': single, 'stv-meek': meekReferenceOnce, 'stv-meek-exact': meekExactOnce };
    const once = (lot: Lot): readonly string[] => run[method](names, seen, seats, lot).winners;
    const rule: CountRule = { method, unranked: 'exhausted', equalRanks: 'refused', seats, cap: 'none' };
    return { ...on(setting, seen, once), rule, ...(method === 'stv-scottish' ? { prior: once } : {}) };
  };
}

/** What most trials share: a ranked profile, the ballots seen, and the reference count. */
function on(setting: Setting, seen: readonly Ballot[], once: (lot: Lot) => readonly string[]): Omit<Trial, 'rule'> {
  return { profile: ranked(setting), seen, once };
}

const METHODS: Record<string, Make> = {
  plurality: (setting) => {
    const { names, ballots, seats, dice } = setting;
    const equalRanks = dice.of('refused' as const, 'split' as const);
    const marks = ballots.map((b) => ({ ...b, ranks: b.ranks.slice(0, 1) }));
    const seen = equalRanks === 'refused' ? strictOnly(marks) : marks;
    const points = round(names, seen, { shared: 'split' }, new Set());
    return { ...on({ ...setting, ballots: marks }, seen, byPoints(names, seats, points)), rule: { method: 'plurality', equalRanks, seats, cap: 'none' } };
  },
  approval: ({ names, ballots, seats, dice }) => {
    const marksMax = dice.of<number | 'unlimited'>('unlimited', 2);
    const cards = ballots.map((b) => ({ weight: b.weight, marks: b.ranks.flat() }));
    const kept = cards.filter((b) => marksMax === 'unlimited' || b.marks.length <= marksMax);
    const seen = kept.map((b): Ballot => ({ weight: b.weight, ranks: b.marks.length === 0 ? [] : [b.marks] }));
    const profile: Profile = { kind: 'marked', candidates: people(names), ballots: cards };
    return { rule: { method: 'approval', marksMax, seats, cap: 'none' }, profile, seen, once: byPoints(names, seats, approvals(seen)) };
  },
  score: (setting) => {
    const { rule, profile, seen } = scored(setting, 'score');
    return { rule, profile, seen, once: byPoints(setting.names, setting.seats, totals(seen)) };
  },
  star: (setting) => {
    const { rule, profile, seen } = scored(setting, 'star');
    return { rule, profile, seen, once: (lot) => starOnce(setting.names, seen, { byTotal: false }, lot) };
  },
  borda: (setting) => {
    const { seen, ...how } = pairs(setting);
    const { names, seats } = setting;
    const filled = seen.filter((b) => b.ranks.length > 0);
    const half = new Map<string, bigint>();
    for (const b of filled) for (const [c, points] of bordaPoints(b.ranks.flat(), [b])) half.set(c, at(half, c) + points);
    const points = how.unranked === 'tied-last' ? bordaPoints(names, filled) : half;
    return { rule: { method: 'borda', ...how, seats, cap: 'none' }, profile: ranked(setting), seen, once: byPoints(names, seats, points) };
  },
  irv: (setting) => {
    const { seen, how, ...options } = rounds(setting);
    const prior = (lot: Lot): string[] => [exclude(setting.names, seen, { ...how, earlier: true }, lot)];
    const trial = on(setting, seen, (lot) => [exclude(setting.names, seen, how, lot)]);
    return { ...trial, prior, rule: { method: 'irv', ...options, seats: 1, cap: 'none' } };
  },
  'two-round': (setting) => {
    const { seen, how, ...options } = rounds(setting);
    const votes = (among: readonly string[]): Map<string, bigint> => round(among, seen, how, new Set());
    return { ...on(setting, seen, (lot) => twoRoundOnce(setting.names, votes, lot)), rule: { method: 'two-round', ...options, seats: 1, cap: 'none' } };
  },
  'stv-scottish': stv('stv-scottish'),
  'stv-wigm': stv('stv-wigm'),
  'stv-cfer': stv('stv-cfer'),
  'stv-meek': stv('stv-meek'),
  'stv-meek-exact': stv('stv-meek-exact'),
  schulze: (setting) => {
    const { names, seats } = setting;
    const { seen, ...how } = pairs(setting);
    const strength = strengthOf(setting.dice);
    // The engine compares winning votes alone; Schulze 2011, 2.1, breaks equal ones by fewer votes opposed, which `plain` leaves out.
    const over = schulzeOver(names, pairwise(names, seen, how.unranked), strength, true);
    return { ...on(setting, seen, (lot) => topByLot(names, seats, over, lot)), rule: { method: 'schulze', ...how, strength, seats, cap: 'none' } };
  },
  'ranked-pairs': (setting) => {
    const { names, seats } = setting;
    const { seen, ...how } = pairs(setting);
    const strength = strengthOf(setting.dice);
    const every = (): Counted => rankedPairs(names, seen, seats, { unranked: how.unranked, strength });
    return { rule: { method: 'ranked-pairs', ...how, strength, seats, cap: 'none' }, profile: ranked(setting), seen, every };
  },
  minimax: (setting) => {
    const { names, seats } = setting;
    const { seen, ...how } = pairs(setting);
    const strength = strengthOf(setting.dice);
    const above = pairwise(names, seen, how.unranked);
    const worst = new Map(names.map((c) => [c, -worstDefeat(names, above, strength, c)]));
    return { ...on(setting, seen, byPoints(names, seats, worst)), rule: { method: 'minimax', ...how, strength, seats, cap: 'none' } };
  },
  condorcet: (setting) => {
    const { seen, ...how } = pairs(setting);
    const every = (): Counted => condorcet(setting.names, seen, 1, { unranked: how.unranked });
    return { rule: { method: 'condorcet', ...how, seats: 1, cap: 'none' }, profile: ranked(setting), seen, every };
  },
  'condorcet-irv': (setting) => {
    const { how, equalRanks } = rounds(setting);
    const { names, seats, dice, ballots } = setting;
    const unranked = dice.of('tied-last' as const, 'not-compared' as const);
    const roundsAmong = dice.of('smith' as const, 'all' as const);
    const seen = equalRanks === 'refused' ? strictOnly(ballots) : ballots;
    const trial = on(setting, seen, (lot) => condorcetIrvOnce(names, seen, seats, { unranked, ...how, among: roundsAmong }, lot));
    return { ...trial, rule: { method: 'condorcet-irv', unranked, equalRanks, roundsAmong, seats, cap: 'none' } };
  },
  'condorcet-default': (setting) => {
    const { seen, ...how } = pairs(setting);
    const { names, dice } = setting;
    const standing = dice.shuffled(names)[0] ?? '';
    const quorum = BigInt(dice.below(8));
    const ratio = dice.of([1n, 1n] as const, [3n, 1n] as const, [3n, 2n] as const);
    const against = {
      option: standing,
      quorum: { comparison: 'at-least' as const, ballots: rational(quorum) },
      ratio: rational(ratio[0], ratio[1]),
      ratioOf: [],
      ratioComparison: 'more-than' as const,
    };
    const every = (): Counted => withDefault(names, seen, 1, { unranked: how.unranked, standing, quorum, ratio });
    return { rule: { method: 'condorcet-default', ...how, against, seats: 1, cap: 'none' }, profile: ranked(setting), seen, every };
  },
};

function shown(result: Counted['winners']): string {
  return typeof result === 'string' ? result : sorted(result).join(',');
}

const NOBODY = 'failed: no ballot supports anybody';

function engineSays(trial: Trial, chain: TieChain): string {
  const { outcome } = count(trial.profile, trial.rule, chain);
  if (outcome.kind === 'elected') return sorted(outcome.winners).join(',');
  if (outcome.kind === 'tied') return 'tied';
  return outcome.reason === 'no option beats each other one' ? 'none' : `failed: ${outcome.reason}`;
}

/**
 * Methods in which the engine asks for a choice that the text does not: WIGM over surpluses when every seat is filled (B.1 ends the count), ranked pairs over equal victories whose every order leads to the same winners. Take out what is mended.
 */
const NEEDLESS_TIES: ReadonlySet<string> = new Set(['stv-wigm', 'ranked-pairs']);

/** How many elections were settled, tied, tied over a lot on which no seat depends, tied needlessly, without a counted ballot, or beyond exact arithmetic. */
interface Tally {
  settled: number;
  tied: number;
  idle: number;
  needless: number;
  empty: number;
  beyond: number;
}

/** What differs in one trial, as `kind: engine / reference`. */
function differences(trial: Trial, names: readonly string[], dice: Dice, tally: Tally): string[] {
  const order = dice.shuffled(names);
  const decided = { kind: 'decided', by: 'the chair', order } as const;
  const without = engineSays(trial, []);
  if (!trial.seen.some((b) => b.ranks.length > 0 || (b.scores ?? []).length > 0)) {
    tally.empty += 1;
    return without === NOBODY ? [] : [`nobody: ${without}`];
  }
  if (without.startsWith('failed: the exact fractions')) {
    tally.beyond += 1;
    return [];
  }
  const found: string[] = [];
  const free = trial.every?.() ?? everyOutcome(trial.once ?? (() => []));
  // The texts call for a lot even where every fall of it elects the same; the engine then says `tied`, and the decided order below shows that it agrees.
  const settled = without === 'tied' && free.winners !== 'tied';
  const idle = settled && free.drew;
  const needless = settled && !free.drew && NEEDLESS_TIES.has(trial.rule.method);
  tally[needless ? 'needless' : idle ? 'idle' : without === 'tied' ? 'tied' : 'settled'] += 1;
  if (!idle && !needless && without !== shown(free.winners)) found.push(`${free.drew ? 'lot ' : ''}no rule: ${without} / ${shown(free.winners)}`);
  const compare = (title: string, chain: TieChain, once: ((lot: Lot) => readonly string[]) | undefined): void => {
    const engine = engineSays(trial, chain);
    const mine = once === undefined ? free.possible.map(shown) : [shown(once(following(order)))];
    if (free.winners === 'none' ? engine !== 'none' : !mine.includes(engine)) found.push(`${title} ${order.join('')}: ${engine} / ${mine.join(' or ')}`);
  };
  compare('decided', [decided], trial.once);
  if (trial.prior !== undefined) compare('prior rounds, decided', [{ kind: 'prior-rounds' }, decided], trial.prior);
  return found;
}

const text = (value: unknown): string => JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? Number(v) : v));

describe('the engine agrees with the reference counts', () => {
  for (const [method, make] of Object.entries(METHODS))
    it(`${method} on ${SIZE} random elections`, { timeout: 600_000 }, () => {
      const tally: Tally = { settled: 0, tied: 0, idle: 0, needless: 0, empty: 0, beyond: 0 };
      const kinds = new Map<string, { times: number; smallest: string }>();
      for (let seed = 1; seed <= SIZE; seed += 1) {
        const dice = new Dice(seed);
        const names = dice.shuffled(['a', 'b', 'c', 'd', 'e'].slice(0, 1 + dice.below(5)));
        const setting = { names, ballots: rankedBallots(dice, names, dice.below(2) === 0), seats: 1 + dice.below(names.length), dice };
        const trial = make(setting);
        for (const difference of differences(trial, names, dice, tally)) {
          const kind = difference.replaceAll(/decided [a-e]+/g, 'decided').replaceAll(/\b[a-e](,[a-e])*(?= |$)/g, 'X');
          const example = `seed ${seed}: ${difference} ${text(trial.rule)} ${text(trial.profile)}`;
          const old = kinds.get(kind);
          kinds.set(kind, { times: (old?.times ?? 0) + 1, smallest: old === undefined || example.length < old.smallest.length ? example : old.smallest });
        }
      }
      if (process.env['GDO_DIFFERENTIAL'] !== undefined) process.stdout.write(`${method}: ${text(tally)}\n`);
      expect([...kinds].map(([kind, { times, smallest }]) => `${kind} x${times} ${smallest}`)).toEqual([]);
    });

  it.fails('stv-cfer moves the surplus of every elected candidate in the same round, as 10059 (g) says', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const line = (weight: bigint, ranking: string): Ballot => ({ weight, ranks: ranking.split('').map((c) => [c]) });
    const ballots = [line(41n, 'acbde'), line(39n, 'ecda'), line(2n, 'aecdb')];
    const profile: Profile = { kind: 'ranked', candidates: people(names), ballots };
    const trial: Trial = { rule: { method: 'stv-cfer', unranked: 'exhausted', equalRanks: 'refused', seats: 4, cap: 'none' }, profile, seen: ballots };
    expect(sorted(cferOnce(names, ballots, 4, following(names)).winners)).toEqual(['a', 'b', 'c', 'e']);
    expect(engineSays(trial, [])).toBe('a,b,c,e');
  });
});
