// Random small elections for every method: what the engine is given, and what the reference counts of this folder make of it. Nothing is compared here.
import { ballotTableBuilder, rational, type CountRule, type MotionTest, type Profile, type TieChain } from '../../../engine/index.ts';
import { at, topByLot, type Ballot, type Counted, type Lot } from './ballots.ts';
import { cappedOnce, type Capped } from './cap.ts';
import { withDefault } from './default-option.ts';
import { cferOnce, exactOnce, scottishOnce, wigmOnce, type Stv } from './gregory.ts';
import { meekExactOnce, meekReferenceOnce } from './meek.ts';
import { condorcet, condorcetIrvOnce, pairwise, schulzeOver, worstDefeat } from './pairwise.ts';
import { approvals, blocStarOnce, bordaPoints, totals, twoRoundOnce } from './points.ts';
import { rankedPairs } from './ranked-pairs.ts';
import { exclude, round } from './runoff.ts';
import { motion, type Motion, type Paper, type Test } from './yes-no.ts';

/** Whole numbers from a seed, the same on every machine (xorshift, 32 bits). */
export class Dice {
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
export interface Trial {
  readonly rule: CountRule;
  readonly profile: Profile;
  /** The ballots that are not set aside, as the reference sees them. */
  readonly seen: readonly Ballot[];
  readonly once?: (lot: Lot) => readonly string[];
  readonly every?: () => Counted;
  readonly prior?: (lot: Lot) => readonly string[];
  /** Too many lots to walk every fall of them: without a rule the engine must be tied or agree with the order. */
  readonly walked?: false;
  /** For a method without lots: each chain of tie rules with what has to come of it. */
  readonly chains?: readonly { readonly chain: TieChain; readonly expected: string }[];
  /** Votes at the end in the smallest unit of the rule. */
  readonly votes?: (lot: Lot) => ReadonlyMap<string, bigint>;
}

/** What a trial is made of. */
export interface Setting {
  readonly names: string[];
  readonly ballots: Ballot[];
  readonly seats: number;
  readonly dice: Dice;
}

/** A few ballots; half of the weights are small, some are beyond 2^53, ranks are shared only where `sharing`. */
export function rankedBallots(dice: Dice, names: readonly string[], sharing: boolean): Ballot[] {
  const ballots: Ballot[] = [];
  const spread = dice.of(2, 4, 12, 60);
  const scale = dice.below(16) === 0 ? 9_007_199_254_740_993n : 1n;
  for (let left = 1 + dice.below(8); left > 0; left -= 1) {
    const line = dice.shuffled(names).slice(0, dice.of(names.length, 1 + dice.below(names.length), dice.below(names.length + 1)));
    const ranks: string[][] = [];
    for (const c of line) {
      const last = ranks.at(-1);
      if (sharing && last !== undefined && dice.below(4) === 0) last.push(c);
      else ranks.push([c]);
    }
    ballots.push({ weight: BigInt(1 + dice.below(spread)) * scale, ranks });
  }
  return ballots;
}

/** Candidates whose names are their ids. */
export const people = (names: readonly string[]): { id: string; name: string }[] => names.map((id) => ({ id, name: id }));

/** Ballots as lists, or as the compact table that files are read into. */
function ranked({ names, ballots, dice }: Setting): Profile {
  if (dice.below(2) === 0) {
    const table = ballotTableBuilder(names.length);
    for (const { weight, ranks } of ballots)
      table.append(
        weight,
        names.map((c) => ranks.findIndex((rank) => rank.includes(c)) + 1),
      );
    return { kind: 'table', candidates: people(names), table: table.finish() };
  }
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

/** Makes one trial. */
export type Make = (setting: Setting) => Trial;

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
  return {
    rule: { method, from, to, unscored, seats: setting.seats, cap: 'none' },
    profile: { kind: 'scored', candidates: people(names), ballots: cards },
    seen,
  };
}

const stvCounts = {
  'stv-scottish': scottishOnce,
  'stv-wigm': wigmOnce,
  'stv-cfer': cferOnce,
  'stv-exact': exactOnce,
  'stv-meek': meekReferenceOnce,
  'stv-meek-exact': meekExactOnce,
} as const;

function stv(method: keyof typeof stvCounts): Make {
  return (setting) => {
    const { names, seats } = setting;
    const seen = strictOnly(setting.ballots);
    const full = (lot: Lot): Stv => stvCounts[method](names, seen, seats, lot);
    const once = (lot: Lot): readonly string[] => full(lot).levels.flat();
    const rule: CountRule = { method, unranked: 'exhausted', equalRanks: 'refused', seats, cap: 'none' };
    // Exact votes are fractions here and there; a WIGM report goes on after the count has ended.
    const votes = method === 'stv-scottish' || method === 'stv-cfer' || method === 'stv-meek' ? { votes: (lot: Lot) => full(lot).votes } : {};
    return { ...on(setting, seen, once), rule, ...votes, ...(method === 'stv-scottish' ? { prior: once } : {}) };
  };
}

/** What most trials share: a ranked profile, the ballots seen, and the reference count. */
function on(setting: Setting, seen: readonly Ballot[], once: (lot: Lot) => readonly string[]): Omit<Trial, 'rule'> {
  return { profile: ranked(setting), seen, once };
}

type Levels = (among: readonly string[]) => readonly (readonly string[])[];

/** Levels of a relation, best first: those under nobody left, and so on. */
function levelsOf(among: readonly string[], better: (a: string, b: string) => boolean): string[][] {
  const levels: string[][] = [];
  for (let left = [...among]; left.length > 0;) {
    const top = left.filter((c) => !left.some((d) => better(d, c)));
    levels.push(top);
    left = left.filter((c) => !top.includes(c));
  }
  return levels;
}

/** Counts under caps: the same ballots and candidates, of whom some belong to groups, and one or two caps with sitting members. */
function underCap(method: 'approval' | 'borda' | 'schulze' | 'stv-scottish' | 'plurality'): Make {
  return (setting) => {
    const { names, dice, seats } = setting;
    const groupOf = new Map(names.map((c) => [c, { firm: dice.of('X', 'Y', undefined), land: dice.of('N', undefined) }]));
    const caps = (['firm', 'land'] as const)
      .slice(0, 1 + dice.below(2))
      .map((attribute) => ({ attribute, seatsMax: 1 + dice.below(2), sitting: dice.below(2) }))
      .map((one) => ({
        ...one,
        // Who sits of the first firm may stand again, and every third is let in beyond the cap.
        standing: names.filter((c) => one.attribute === 'firm' && groupOf.get(c)?.firm === 'X').slice(0, one.sitting),
        waived: names.filter((_, place) => place % 3 === 2),
      }));
    const strict = method === 'stv-scottish' || method === 'plurality';
    const seen = strict ? strictOnly(setting.ballots) : setting.ballots;
    const pointed = (points: (c: string) => bigint, among: readonly string[]): string[][] => levelsOf(among, (a, b) => points(a) > points(b));
    const byMethod: Record<typeof method, Levels | undefined> = {
      approval: (among) => pointed((c) => at(approvals(marked(seen)), c), among),
      plurality: (among) => pointed((c) => at(round(among, seen, { shared: 'split' }, new Set()), c), among),
      borda: (among) => {
        const points = bordaPoints(
          among,
          seen.filter((b) => b.ranks.length > 0),
        );
        return pointed((c) => at(points, c), among);
      },
      schulze: (among) => levelsOf(among, schulzeOver(among, pairwise(among, seen, 'tied-last'), 'margins', true)),
      'stv-scottish': undefined,
    };
    const levels = byMethod[method];
    const capped: Capped = {
      names,
      seats,
      limits: caps.map(({ attribute, seatsMax, sitting, standing, waived }) => ({
        groupOf: (c) => groupOf.get(c)?.[attribute === 'firm' ? 'firm' : 'land'],
        most: (group) => seatsMax - (group === 'X' ? sitting - standing.length : 0),
        sitting: standing,
        isLetIn: (name) => waived.includes(name),
      })),
      standing: (among, lot) => (levels === undefined ? scottishOnce(among, seen, seats, lot).levels : levels(among)),
    };
    const candidates = names.map((id) => ({
      id,
      name: id,
      groups: Object.entries(groupOf.get(id) ?? {}).flatMap(([attribute, value]) => (value === undefined ? [] : [[attribute, value] as const])),
    }));
    const cap = caps.map(({ sitting, ...one }) => ({ ...one, sitting: [{ value: 'X', seats: sitting }] }));
    const rules: Record<typeof method, CountRule> = {
      approval: { method: 'approval', marksMax: 'unlimited', seats, cap },
      plurality: { method: 'plurality', equalRanks: 'refused', seats, cap },
      borda: { method: 'borda', unranked: 'tied-last', equalRanks: 'allowed', seats, cap },
      schulze: { method: 'schulze', unranked: 'tied-last', equalRanks: 'allowed', strength: 'margins', seats, cap },
      'stv-scottish': { method: 'stv-scottish', unranked: 'exhausted', equalRanks: 'refused', seats, cap },
    };
    const profile: Profile =
      method === 'approval'
        ? { kind: 'marked', candidates, ballots: setting.ballots.map(({ weight, ranks }) => ({ weight, marks: ranks.flat() })) }
        : { kind: 'ranked', candidates, ballots: strict && method === 'plurality' ? seen : setting.ballots };
    return { rule: rules[method], profile, seen, once: (lot) => cappedOnce(capped, lot), walked: false };
  };
}

const marked = (ballots: readonly Ballot[]): Ballot[] => ballots.map((b) => ({ weight: b.weight, ranks: b.ranks.length === 0 ? [] : [b.ranks.flat()] }));

/** A motion of a few papers: every base, both comparisons, weights of voters or bundles of ballots. */
function motionTrial({ dice }: Setting): Trial {
  const weights = dice.of('ballots' as const, 'voters' as const);
  const papers = Array.from({ length: dice.below(7) }, (): Paper => {
    const number = BigInt(1 + dice.below(4));
    const says = dice.of('yes', 'no', 'abstain', 'yes', 'no', 'maybe');
    return weights === 'ballots' ? { says, papers: number, weight: 1n } : { says, papers: 1n, weight: number };
  });
  const tests = Array.from({ length: 1 + dice.below(2) }, (): Test => {
    const [a, b] = dice.of<readonly [bigint, bigint]>([1n, 2n], [2n, 3n], [1n, 3n], [3n, 5n]);
    const of = dice.of<Test['of']>('votes-cast', 'votes-cast', 'votes-and-abstentions', 'weight-cast', 'all', 'those-present', 'number', 'lead');
    return { than: dice.of('at-least', 'more-than'), a, b, of, root: of === 'all' && dice.below(3) === 0 };
  });
  const asked: Omit<Motion, 'even'> = { papers, roll: BigInt(1 + dice.below(20)), present: BigInt(1 + dice.below(20)), quorum: BigInt(dice.below(5)), tests };
  const rule: CountRule = {
    method: 'yes-no',
    yes: 'yes',
    no: 'no',
    abstain: 'abstain',
    weights,
    tests: tests.map(({ than, a, b, of, root }): MotionTest => {
      if (of === 'number') return { kind: 'number', comparison: than, amount: a, unit: 'people', choice: 'yes' };
      if (of === 'lead') return { kind: 'lead', comparison: than, amount: a, unit: 'people' };
      return { kind: 'share', comparison: than, share: rational(a, b), squareRoot: root, base: of, choice: 'yes' };
    }),
    quorums: [{ kind: 'number', comparison: 'at-least', amount: asked.quorum, counted: 'voting' }],
    roll: asked.roll,
    present: asked.present,
    seats: 1,
    cap: 'none',
  };
  const decided = (...order: string[]): TieChain => [{ kind: 'decided', by: 'the chair', order }];
  return {
    rule,
    profile: {
      kind: 'marked',
      candidates: people(['yes', 'no', 'abstain', 'maybe']),
      ballots: papers.map((paper) => ({ weight: paper.papers * paper.weight, marks: [paper.says] })),
    },
    seen: [{ weight: 1n, ranks: [['yes']] }],
    chains: [
      { chain: [], expected: motion({ ...asked, even: 'undeclared' }) },
      { chain: [{ kind: 'fails' }], expected: motion({ ...asked, even: 'fails' }) },
      { chain: decided('yes', 'no'), expected: motion({ ...asked, even: 'yes-first' }) },
      { chain: decided('no', 'yes'), expected: motion({ ...asked, even: 'no-first' }) },
    ],
  };
}

/** How a trial of each method is made from a setting. */
export const trialMakers: Readonly<Record<string, Make>> = {
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
    return { rule, profile, seen, once: (lot) => blocStarOnce(setting.names, seen, setting.seats, lot) };
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
  'stv-exact': stv('stv-exact'),
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
  'yes-no': motionTrial,
  'approval under caps': underCap('approval'),
  'plurality under caps': underCap('plurality'),
  'borda under caps': underCap('borda'),
  'schulze under caps': underCap('schulze'),
  'stv-scottish under caps': underCap('stv-scottish'),
};
