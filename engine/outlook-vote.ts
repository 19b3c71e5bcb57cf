// What ballots a vote still needs: the smallest numbers of people after whose votes it gives a result, found by trying completions. It counts nothing
// itself; what that means for the case is outlook.ts's.
import type { CaseScope } from './actor.ts';
import { electorateOf, peopleOf, weightOf } from './actor.ts';
import type { WeighedBallot } from './ballots.ts';
import type { CharterVote } from './bylaws-stages.ts';
import { delegatedBallots, delegationFor } from './delegated.ts';
import type { Group, RoleSets } from './early-close.ts';
import { bundled, grouped, rolesAsked, row } from './early-close.ts';
import type { MissingAct } from './outlook-ways.ts';
import { isRecused } from './recused.ts';
import type { CountedBallot } from './vote.ts';
import { choicesOf, countedBallot, countVote } from './vote.ts';

/** So many more people must vote for a result, as these acts say. */
export interface BallotsMissing {
  readonly result: string;
  readonly total: number;
  readonly acts: readonly MissingAct[];
}

/** What ballots can still bring about; `isWhole` where every completion was tried, so that what is not in it cannot come. */
export interface BallotsOutlook {
  readonly isWhole: boolean;
  readonly results: readonly BallotsMissing[];
}

/** Completions that are tried one by one; above it only those in which everybody says the same, heaviest first. */
const completionsMax = 4_000;

/** Orders that are tried beside the heaviest first: tests name few roles. */
const ordersMax = 15;

/** People whose followers are looked up one by one. */
const delegatesMax = 200;

/** So many of one group who say the same. */
interface Part {
  readonly group: Group;
  readonly people: number;
  readonly choice: string;
}

interface Completion {
  readonly parts: readonly Part[];
  /** How many people say each choice. */
  readonly said: ReadonlyMap<string, number>;
  readonly total: number;
}

/** A vote as it stands, and all that is asked while completions of it are tried. */
interface Asked {
  readonly scope: CaseScope;
  readonly vote: CharterVote;
  readonly roles: RoleSets;
  /** Those who may still vote. */
  readonly rest: readonly string[];
  readonly verb: 'vote' | 'open';
  readonly groups: readonly Group[];
  readonly resultOf: (parts: readonly Part[]) => string;
  /** How much one of a group brings, whose ballots were given to them included. */
  readonly brings: (group: Group) => bigint;
}

function rowsOf(parts: readonly Part[]): readonly CountedBallot[] {
  return parts.flatMap(({ group, people, choice }) => row(group, people, [choice]));
}

function deals(groups: readonly Group[], choices: readonly string[]): readonly Completion[] | undefined {
  let all: readonly Completion[] = [{ parts: [], said: new Map(), total: 0 }];
  for (const group of groups) {
    for (const choice of choices) {
      const next: Completion[] = [];
      for (const one of all) {
        const used = one.parts.reduce((sum, part) => sum + (part.group === group ? part.people : 0), 0);
        for (let people = 0; people <= group.people - used; people += 1) {
          const said = new Map(one.said).set(choice, (one.said.get(choice) ?? 0) + people);
          next.push({ parts: people === 0 ? one.parts : [...one.parts, { group, people, choice }], said, total: one.total + people });
          if (next.length > completionsMax) return undefined;
        }
      }
      all = next;
    }
  }
  return all;
}

interface Judged extends Completion {
  readonly result: string;
}

/** How many of a set may say anything else than a choice, so that the result comes whatever they say; -1 where it does not even come if all say it. */
function freeOf(set: readonly Judged[], result: string, choice: string, total: number): number {
  let free = -1;
  while (free < total && set.every((one) => (one.said.get(choice) ?? 0) !== total - free - 1 || one.result === result)) free += 1;
  return free;
}

/** The members of a group: those who are alike in all that tests ask about. */
function membersOf({ scope, roles, rest, groups }: Asked, group: Group): readonly string[] {
  if (groups.length === 1) return rest;
  return rest.filter((member) => weightOf(scope, member) === group.weight && roles.every((people) => people.has(member) === people.has(group.by)));
}

/** What people of the electorate are called: the smallest role of the vote, or of its tests, that all of them hold; else voters. */
function roleOfAll({ scope, vote }: Asked, people: readonly string[]): string {
  const tested = vote.passes.flatMap((row) => row.tests.flatMap((test) => ('role' in test && test.role !== undefined ? [test.role] : [])));
  const names = [...new Set([...vote.voters.roles, ...tested])].filter((name) => name !== 'electorate' && name !== 'weight');
  const roles = names.map((role) => ({ role, holders: new Set(peopleOf(scope, role) ?? people) }));
  const held = roles.filter(({ holders }) => people.every((member) => holders.has(member)));
  const [smallest] = held.sort((left, right) => left.holders.size - right.holders.size);
  return smallest?.role ?? 'electorate';
}

/** The parts of a completion as acts; whole groups that say the same are one. */
function actsOfParts(asked: Asked, parts: readonly Part[]): readonly MissingAct[] {
  const rows = parts.map(({ group, people, choice }) => ({
    choice,
    count: people,
    people: asked.groups.length > 1 && group.people === 1 && people === 1 ? [group.by] : membersOf(asked, group),
  }));
  const whole = rows.filter((one) => one.count === one.people.length);
  const merged = [...new Set(whole.map((one) => one.choice))].map((choice) => {
    const people = whole.flatMap((one) => (one.choice === choice ? one.people : []));
    return { choice, count: people.length, people };
  });
  return [...merged, ...rows.filter((one) => one.count < one.people.length)].map((one) => ({
    verb: asked.verb,
    count: one.count,
    of: roleOfAll(asked, one.people),
    people: one.people,
    choice: one.choice,
    free: 0,
    ...(asked.groups.length > 1 ? { named: true as const } : {}),
  }));
}

function smallest(asked: Asked, all: readonly Completion[]): readonly BallotsMissing[] {
  const judged = all.map((one): Judged => ({ ...one, result: asked.resultOf(one.parts) }));
  const totals = new Map<string, number>();
  for (const { result, total } of judged) totals.set(result, Math.min(total, totals.get(result) ?? total));
  return [...totals].map(([result, total]) => {
    const set = judged.filter((one) => one.total === total);
    const rows = choicesOf(asked.vote).map((choice) => ({ choice, free: freeOf(set, result, choice, total) }));
    const best = rows.reduce((one, other) => (other.free > one.free ? other : one), { choice: '', free: -1 });
    if (best.free >= 0) {
      const { rest } = asked;
      return { result, total, acts: [{ verb: asked.verb, count: total, of: roleOfAll(asked, rest), people: rest, choice: best.choice, free: best.free }] };
    }
    // It depends on who they are, or they must not all say the same: one such set is named, of as few kinds as there are.
    const ways = set.filter((one) => one.result === result).map((one) => actsOfParts(asked, one.parts));
    return { result, total, acts: ways.reduce((least, acts) => (acts.length < least.length ? acts : least)) };
  });
}

/** In which order people say the same: the heaviest first, and of groups that a test asks about by name each of them first. */
function ordersOf({ groups, roles, brings }: Asked): readonly (readonly Group[])[] {
  const weights = new Map(groups.map((group) => [group, brings(group)]));
  const heavier = (left: Group, right: Group): number => Number((weights.get(right) ?? 0n) - (weights.get(left) ?? 0n));
  const heaviest = [...groups].sort(heavier);
  const firsts = roles.length === 0 ? [] : heaviest.slice(1).map((first) => [first, ...heaviest.filter((group) => group !== first)]);
  return [heaviest, ...firsts.slice(0, ordersMax)];
}

/** The first so many people of an order, saying one choice. */
function firstOf(order: readonly Group[], total: number, choice: string): readonly Part[] {
  let left = total;
  return order.flatMap((group) => {
    const people = Math.min(left, group.people);
    left -= people;
    return people === 0 ? [] : [{ group, people, choice }];
  });
}

/** Where people are too many to try everything: everybody says the same, in few orders. */
function uniform(asked: Asked): readonly BallotsMissing[] {
  const everybody = asked.groups.reduce((sum, group) => sum + group.people, 0);
  const now = asked.resultOf([]);
  const found = new Map<string, BallotsMissing>([[now, { result: now, total: 0, acts: [] }]]);
  for (const order of ordersOf(asked)) {
    for (const choice of choicesOf(asked.vote)) {
      const after = (total: number): string => asked.resultOf(firstOf(order, total, choice));
      const last = after(everybody);
      let [low, high] = [0, everybody];
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        if (after(middle) === last) high = middle;
        else low = middle + 1;
      }
      const known = found.get(last);
      if (known === undefined || low < known.total) found.set(last, { result: last, total: low, acts: actsOfParts(asked, firstOf(order, low, choice)) });
    }
  }
  return [...found.values()];
}

/** The ballots of a vote as they are, and what else is to be known of them. */
export interface BallotsNow {
  /** Those that people cast themselves, and opened where they were sealed. */
  readonly own: readonly WeighedBallot[];
  /** When those who gave theirs away are asked about. */
  readonly atMs: number;
  /** Whose sealed ballots are still to be opened: nobody else can add one. */
  readonly sealed?: readonly string[];
}

/** Those who may still vote, or open their ballot. */
function restOf(scope: CaseScope, { own, sealed }: BallotsNow): Pick<Asked, 'rest' | 'verb'> {
  const voted = new Set(own.map((ballot) => ballot.by));
  const can = sealed === undefined ? undefined : new Set(sealed);
  const rest = electorateOf(scope).filter((member) => !isRecused(scope.record, member) && !voted.has(member) && can?.has(member) !== false);
  return { rest, verb: sealed === undefined ? 'vote' : 'open' };
}

/** Where ballots are given to others everybody is a group alone: whoever votes brings along those who gave them theirs. */
function askedOfDelegates(scope: CaseScope, vote: CharterVote, now: BallotsNow): Asked {
  const { rest, verb } = restOf(scope, now);
  const groups = rest.map((by): Group => ({ by, people: 1, weight: weightOf(scope, by) }));
  const resultOf = (parts: readonly Part[]): string => {
    const more = parts.map(({ group, choice }): WeighedBallot => ({ event: '', by: group.by, atMs: now.atMs, choice, weight: group.weight }));
    const cast = [...now.own, ...more];
    return countVote(scope, vote, [...cast, ...delegatedBallots(scope, cast, now.atMs)].map(countedBallot)).result;
  };
  const brings = (group: Group): bigint => {
    if (groups.length > delegatesMax) return group.weight;
    const alone: WeighedBallot = { event: '', by: group.by, atMs: now.atMs, choice: '', weight: group.weight };
    return delegatedBallots(scope, [...now.own, alone], now.atMs).reduce((sum, ballot) => sum + ballot.weight, group.weight);
  };
  return { scope, vote, roles: [], rest, verb, groups, resultOf, brings };
}

function askedOf(scope: CaseScope, vote: CharterVote, now: BallotsNow): Asked {
  const { rest, verb } = restOf(scope, now);
  const roles = rolesAsked(scope, vote);
  const cast = bundled(roles, now.own.map(countedBallot));
  const resultOf = (parts: readonly Part[]): string => countVote(scope, vote, [...cast, ...rowsOf(parts)]).result;
  return { scope, vote, roles, rest, verb, groups: grouped(scope, roles, rest), resultOf, brings: (group) => group.weight };
}

/**
 * For each result that ballots can still bring about the fewest of them, the result as it stands included (0 more). Exact while completions are few;
 * for large electorates the smallest set in which all say the same. A result that is missing cannot come any more, or not that way. Pure.
 * @param scope - with the rosters of this vote
 */
export function ballotsMissing(scope: CaseScope, vote: CharterVote, now: BallotsNow): BallotsOutlook {
  const isGiven = delegationFor(scope.charter, scope.process.name) !== undefined;
  const asked = isGiven ? askedOfDelegates(scope, vote, now) : askedOf(scope, vote, now);
  const all = deals(asked.groups, choicesOf(vote));
  if (all === undefined) return { isWhole: false, results: uniform(asked) };
  // Delegations can be given and taken back until the close.
  return { isWhole: !isGiven, results: smallest(asked, all) };
}
