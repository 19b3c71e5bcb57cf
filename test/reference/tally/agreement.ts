// Holds the engine's `count` against the reference counts on random small elections. Without a tie rule both must say who wins or that it is tied;
// with a decided order, and after earlier rounds where a method has them, both must name the same winners.
import { count, type CountRecord, type TieChain } from '../../../engine/index.ts';
import { at, following, fromPossible, sorted, walkLots, type Counted, type Lot } from './ballots.ts';
import { Dice, rankedBallots, trialMakers, type Trial } from './trials.ts';

/** How many elections were settled, tied, tied over a lot on which no seat depends, without a counted ballot, or beyond exact arithmetic. */
export interface Tally {
  settled: number;
  tied: number;
  idle: number;
  empty: number;
  beyond: number;
}

/** What a run found: one line for each kind of difference, with the shortest example. */
export interface Agreement {
  readonly tally: Tally;
  readonly differences: readonly string[];
}

const NOBODY = 'failed: no ballot supports anybody';

function shown(result: Counted['winners']): string {
  return typeof result === 'string' ? result : sorted(result).join(',');
}

function said({ outcome }: CountRecord): string {
  if (outcome.kind === 'elected') return sorted(outcome.winners).join(',');
  if (outcome.kind === 'tied') return 'tied';
  if (outcome.kind === 'passed' || outcome.kind === 'rejected') return outcome.kind;
  return outcome.reason === 'no option beats each other one' ? 'none' : `failed: ${outcome.reason}`;
}

/** The votes at the end that differ, as `name engine / reference`. */
function otherVotes(record: CountRecord, votes: ReadonlyMap<string, bigint>): string[] {
  return (record.stages.at(-1)?.votes ?? []).flatMap(([id, text]) => {
    const engine = BigInt(text.replace('.', ''));
    // Who was excluded has no votes any more, and the reference then keeps no number.
    return engine === at(votes, id) ? [] : [`votes of ${id}: ${engine} / ${at(votes, id)}`];
  });
}

/** What differs in one trial, as `kind: engine / reference`. */
function differences(trial: Trial, names: readonly string[], dice: Dice, tally: Tally): string[] {
  const order = dice.shuffled(names);
  const decided = { kind: 'decided', by: 'the chair', order } as const;
  const without = said(count(trial.profile, trial.rule, []));
  if (!trial.seen.some((b) => b.ranks.length > 0 || (b.scores ?? []).length > 0)) {
    tally.empty += 1;
    return without === NOBODY ? [] : [`nobody: ${without}`];
  }
  if (without.startsWith('failed: the exact fractions')) {
    tally.beyond += 1;
    return [];
  }
  const found: string[] = [];
  if (trial.chains !== undefined) {
    tally[without === 'tied' ? 'tied' : 'settled'] += 1;
    return trial.chains.flatMap(({ chain, expected }) => {
      const engine = said(count(trial.profile, trial.rule, chain));
      return engine === expected ? [] : [`by its chain: ${engine} / ${expected}`];
    });
  }
  const byOrder = (): Counted => fromPossible([trial.once?.(following(order)) ?? []], true);
  const orders = new Set<string>();
  const noted = (lot: Lot): readonly string[] => {
    const winners = trial.once?.(lot) ?? [];
    orders.add(winners.join());
    return winners;
  };
  const free = trial.walked === false ? byOrder() : (trial.every?.() ?? walkLots(noted) ?? byOrder());
  // The texts call for a lot even where every fall of it elects the same. Where one after another is excluded that is no tie, if they are elected in the same
  // order too (docs/decisions/0184); elsewhere the engine says `tied`, and the decided order below shows that it agrees.
  const excludes = trial.walked !== false && (trial.rule.method === 'irv' || trial.rule.method.startsWith('stv'));
  const idle = without === 'tied' && free.winners !== 'tied' && free.drew && (!excludes || orders.size > 1);
  if (excludes && without !== 'tied' && orders.size > 1) found.push(`another order is a tie: ${without}`);
  tally[idle ? 'idle' : without === 'tied' ? 'tied' : 'settled'] += 1;
  if (!idle && without !== shown(free.winners)) found.push(`${free.drew ? 'lot ' : ''}no rule: ${without} / ${shown(free.winners)}`);
  const compare = (title: string, chain: TieChain, once: ((lot: Lot) => readonly string[]) | undefined): void => {
    const record = count(trial.profile, trial.rule, chain);
    const engine = said(record);
    const mine = once === undefined ? free.possible.map(shown) : [shown(once(following(order)))];
    if (free.winners === 'none' ? engine !== 'none' : !mine.includes(engine)) found.push(`${title} ${order.join('')}: ${engine} / ${mine.join(' or ')}`);
    if (trial.votes !== undefined && title === 'decided' && trial.prior === undefined) found.push(...otherVotes(record, trial.votes(following(order))));
    if (trial.votes !== undefined && title !== 'decided') found.push(...otherVotes(record, trial.votes(following(order))));
  };
  compare('decided', [decided], trial.once);
  if (trial.prior !== undefined) compare('prior rounds, decided', [{ kind: 'prior-rounds' }, decided], trial.prior);
  return found;
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? v.toString() : v instanceof Uint16Array ? v.join() : v));

/** Compares the elections `seed` to `seed + count - 1` of one method, which is a key of `trialMakers`. */
export function agreement(method: string, { seed, count: size }: { readonly seed: number; readonly count: number }): Agreement {
  const make = trialMakers[method];
  if (make === undefined) throw new Error(`there is no trial \`${method}\``);
  const tally: Tally = { settled: 0, tied: 0, idle: 0, empty: 0, beyond: 0 };
  const kinds = new Map<string, { times: number; smallest: string }>();
  for (let own = seed; own < seed + size; own += 1) {
    const dice = new Dice(own);
    const names = dice.shuffled(['a', 'b', 'c', 'd', 'e'].slice(0, 1 + dice.below(5)));
    const ballots = rankedBallots(dice, names, dice.below(2) === 0);
    const trial = make({ names, ballots, seats: 1 + dice.below(names.length), dice });
    for (const difference of differences(trial, names, dice, tally)) {
      const kind = difference.replaceAll(/decided [a-e]+/g, 'decided').replaceAll(/\b[a-e](,[a-e])*(?= |$)/g, 'X');
      const example = `seed ${own}: ${difference} ${text(trial.rule)} ${text(trial.profile)}`;
      const old = kinds.get(kind);
      kinds.set(kind, { times: (old?.times ?? 0) + 1, smallest: old === undefined || example.length < old.smallest.length ? example : old.smallest });
    }
  }
  return { tally, differences: [...kinds].map(([kind, { times, smallest }]) => `${kind} x${times} ${smallest}`) };
}
