// Breaks ties by the declared chain and by nothing else: where the chain ends, the tie stays a tie (S124). It draws no lots of its own. Whether a tie on the way
// changes who is elected is looked at in ways.ts.
import { invariant, unreachable, entryAt } from '../invariant.ts';
import { type CountLog, groupBy, idOf } from './contest.ts';
import { lotOrder } from './lot.ts';
import type { TieRecord } from './record.ts';
import type { TieChain, TieRule } from './rules.ts';

/** Compares two options in one earlier round: negative where the first had more. */
export type RoundComparison = (a: number, b: number) => number;

interface Split {
  readonly kind: 'split';
  readonly favoured: readonly number[];
  readonly rest: readonly number[];
}

/** `split`: `favoured` has as many as were asked, best first. `tied`: the options no rule separates. */
export type TieResult = Split | { readonly kind: 'tied'; readonly certain: readonly number[]; readonly tied: readonly number[] } | { readonly kind: 'failed' };

/**
 * A tie: choose `take` of `tied`. `rounds`: earlier rounds, oldest first. `statute`: rules of the method itself, before the chain. `onTheWay`: no seat is given
 * here; one of the tied goes out, or one has its surplus moved first. `moot` where all the tied go out before anybody else and nobody supports them.
 */
export interface Tie {
  readonly at: string;
  readonly tied: readonly number[];
  readonly take: number;
  readonly onTheWay?: 'open' | 'moot';
  readonly rounds?: readonly RoundComparison[];
  readonly statute?: readonly TieRule[];
}

/** One way through the ties on the way that no rule splits: who is picked at each, by place among those it is open between; `open` notes how many these were. */
export interface Way {
  readonly picks: readonly number[];
  readonly open: number[];
}

/** Settles ties and writes each of them into the log. */
export interface TieBreaker {
  readonly settle: (tie: Tie) => TieResult;
}

function refineByRounds(groups: readonly (readonly number[])[], rounds: readonly RoundComparison[]): number[][] {
  const newestFirst = [...rounds].reverse();
  const compare = (a: number, b: number): number => {
    for (const round of newestFirst) {
      const difference = round(a, b);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  return groups.flatMap((group) => groupBy(group, compare));
}

function refineByOrder(groups: readonly (readonly number[])[], order: readonly number[]): number[][] {
  // An order that misses one of the tied says nothing about them: whoever gave it left the question open.
  return groups.flatMap((group) =>
    group.every((option) => order.includes(option)) ? order.filter((option) => group.includes(option)).map((option) => [option]) : [[...group]],
  );
}

function refine(groups: readonly (readonly number[])[], rule: TieRule, tie: Tie, ids: readonly string[]): number[][] | 'fails' {
  switch (rule.kind) {
    case 'prior-rounds':
      return refineByRounds(groups, tie.rounds ?? []);
    case 'lot':
      return refineByOrder(groups, lotOrder(rule.seed, ids, tie.tied));
    case 'decided':
      return refineByOrder(
        groups,
        rule.order.map((id) => ids.indexOf(id)),
      );
    case 'fails':
      return 'fails';
    default:
      return unreachable(rule);
  }
}

/** The group that the boundary after `take` options cuts, if one is cut. */
function cutGroup(groups: readonly (readonly number[])[], take: number): readonly number[] | undefined {
  let passed = 0;
  for (const group of groups) {
    if (passed < take && take < passed + group.length) return group;
    passed += group.length;
  }
  return undefined;
}

/** The split where one of the group that is cut is picked: to go out where all but one are favoured, otherwise to be the only one favoured. */
function picked(groups: readonly (readonly number[])[], cut: readonly number[], take: number, place: number): Split {
  const all = groups.flat();
  const from = all.indexOf(entryAt(cut, 0));
  const one = entryAt(cut, place);
  const others = cut.filter((option) => option !== one);
  const ranked = take - from === others.length ? [...others, one] : [one, ...others];
  const sorted = [...all.slice(0, from), ...ranked, ...all.slice(from + cut.length)];
  return { kind: 'split', favoured: sorted.slice(0, take), rest: sorted.slice(take) };
}

/**
 * Makes the tie breaker of one count.
 * @param chain - the declared rules, tried in order
 * @param way - where it is given, who is picked at ties on the way that no rule splits; without it they stay ties
 * @returns a breaker that answers `tied` where the chain is used up, and never picks by position for a seat
 * Source: language.md S38, S124, docs/decisions/0184
 */
export function tieBreaker(chain: TieChain, ids: readonly string[], log: CountLog, way?: Way): TieBreaker {
  const settle = (tie: Tie): TieResult => {
    const named = (options: readonly number[]): string[] => options.map((option) => idOf(ids, option));
    const note = (by: TieRecord['by'], favoured: readonly number[], rest: readonly number[], decider?: string): void => {
      log.ties.push({ at: tie.at, tied: named(tie.tied), by, favoured: named(favoured), rest: named(rest), ...(decider === undefined ? {} : { decider }) });
    };
    // Somebody all the same, where it is all one who, or where this is one of the ways that are looked at.
    const anybody = (open: readonly (readonly number[])[]): TieResult | undefined => {
      const cut = cutGroup(open, tie.take);
      if (cut === undefined || tie.onTheWay === undefined || (tie.onTheWay === 'open' && way === undefined)) return undefined;
      const place = tie.onTheWay === 'open' ? (way?.picks[way.open.length] ?? 0) : cut.length - 1;
      if (tie.onTheWay === 'open') way?.open.push(cut.length);
      const result = picked(open, cut, tie.take, place);
      note('no-seat', result.favoured, result.rest);
      return result;
    };
    let groups: number[][] = [[...tie.tied].sort((a, b) => a - b)];
    if (cutGroup(groups, tie.take) === undefined) return { kind: 'split', favoured: groups.flat().slice(0, tie.take), rest: groups.flat().slice(tie.take) };
    for (const rule of [...(tie.statute ?? []), ...chain]) {
      const refined = refine(groups, rule, tie, ids);
      if (refined === 'fails') {
        const any = anybody(groups);
        if (any !== undefined) return any;
        note('fails', [], tie.tied);
        return { kind: 'failed' };
      }
      groups = refined;
      if (cutGroup(groups, tie.take) === undefined) {
        const all = groups.flat();
        const result = { favoured: all.slice(0, tie.take), rest: all.slice(tie.take) };
        note(rule.kind, result.favoured, result.rest, rule.kind === 'decided' ? rule.by : undefined);
        return { kind: 'split', ...result };
      }
    }
    const any = anybody(groups);
    if (any !== undefined) return any;
    const cut = cutGroup(groups, tie.take);
    invariant(cut !== undefined, 'a tie that no rule splits cuts a group');
    const certain = groups.flat().slice(0, groups.flat().indexOf(entryAt(cut, 0)));
    note('nobody', certain, cut);
    return { kind: 'tied', certain, tied: cut };
  };
  return { settle };
}
