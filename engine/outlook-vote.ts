// What ballots a vote still needs: the smallest numbers of people after whose votes it gives a result, found by trying completions. It counts nothing
// itself; what that means for the case is outlook.ts's.
import type { CaseScope } from './actor.ts';
import { electorateOf, peopleOf, weightOf } from './actor.ts';
import type { WeighedBallot } from './ballots.ts';
import type { CharterDelegation } from './bylaws.ts';
import type { CharterVote } from './bylaws-stages.ts';
import type { Completion, Part } from './completions.ts';
import { completionsOf } from './completions.ts';
import { noInputs } from './count-inputs.ts';
import { ballotsGiven, delegatedBallots, delegatesAt, delegationFor } from './delegated.ts';
import type { Group, RoleSets } from './early-close.ts';
import { bundled, grouped, rolesAsked, row } from './early-close.ts';
import type { MissingAct } from './outlook-ways.ts';
import { isRecused } from './recused.ts';
import type { CountedBallot } from './vote.ts';
import { choicesOf, countedBallot, countVote } from './vote.ts';

/** So many more people must vote for a result, as these acts say. `atMost`: it comes with them, and fewer others may be enough. */
export interface BallotsMissing {
  readonly result: string;
  readonly total: number;
  readonly acts: readonly MissingAct[];
  readonly atMost?: true;
}

/** What ballots can still bring about; `isWhole` where every completion was tried, so that what is not in it cannot come. */
export interface BallotsOutlook {
  readonly isWhole: boolean;
  readonly results: readonly BallotsMissing[];
}

/** Completions that are tried, the fewest people first; among more people only sets in which all say the same are. */
const completionsMax = 4_000;

/** Sets in which all say one choice that are tried, the smallest first, where it matters who they are; above it the heaviest come first. */
const setsMax = 4_000;

/** Orders that are tried beside the heaviest first: tests name few roles. */
const ordersMax = 15;

/** People who gave or got ballots and whose followers are counted one by one. */
const delegatesMax = 2_000;

/** Every try looks at the electorate: among many people fewer are made, so that so many looks at somebody are enough for one kind of them. */
const looksMax = 1_000_000;

/** Looks for one more order: each choice is halved down to its fewest people. */
const looksOfOrder = 100;

/** A vote as it stands, and all that is asked while completions of it are tried. */
interface Asked {
  readonly scope: CaseScope;
  readonly vote: CharterVote;
  readonly roles: RoleSets;
  /** Those who may still vote. */
  readonly rest: readonly string[];
  readonly verb: 'vote' | 'open';
  readonly groups: readonly Group[];
  /** Who is a group alone: whoever votes brings along those who gave them theirs, and is counted for nobody any more. */
  readonly apart: ReadonlySet<string>;
  /** How many people one try looks at. */
  readonly looks: number;
  readonly resultOf: (parts: readonly Part[]) => string;
  /** How much one of a group brings, whose ballots were given to them included. */
  readonly brings: (group: Group) => bigint;
}

function rowsOf(parts: readonly Part[]): readonly CountedBallot[] {
  return parts.flatMap(({ group, people, choice }) => row(group, people, [choice]));
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

/** The members of a group: those who are alike in all that tests ask about, and have given no ballot away and got none. */
function membersOf({ scope, roles, rest, groups, apart }: Asked, group: Group): readonly string[] {
  if (groups.length === 1) return rest;
  if (apart.has(group.by)) return [group.by];
  return rest.filter(
    (member) => !apart.has(member) && weightOf(scope, member) === group.weight && roles.every((people) => people.has(member) === people.has(group.by)),
  );
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

/** How a result comes with so many people. @param set - all their completions with these choices */
function missingWith(asked: Asked, { result, total }: Omit<BallotsMissing, 'acts'>, set: readonly Judged[], choices: readonly string[]): BallotsMissing {
  const rows = choices.map((choice) => ({ choice, free: freeOf(set, result, choice, total) }));
  const best = rows.reduce((one, other) => (other.free > one.free ? other : one), { choice: '', free: -1 });
  if (best.free >= 0) {
    const { rest } = asked;
    return { result, total, acts: [{ verb: asked.verb, count: total, of: roleOfAll(asked, rest), people: rest, choice: best.choice, free: best.free }] };
  }
  // It depends on who they are, or they must not all say the same: one such set is named, of as few kinds as there are.
  const ways = set.filter((one) => one.result === result).map((one) => actsOfParts(asked, one.parts));
  return { result, total, acts: ways.reduce((least, acts) => (acts.length < least.length ? acts : least)) };
}

function triesOf({ looks }: Asked, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(looksMax / looks)));
}

/** What was found, and up to how many people nothing else can be. */
interface Found {
  readonly results: Map<string, BallotsMissing>;
  readonly upTo: number;
}

/** The fewest people for each result, whatever each of them says, as far as so many completions reach. */
function fewest(asked: Asked, everybody: number): Found {
  const results = new Map<string, BallotsMissing>();
  let left = triesOf(asked, completionsMax);
  for (let total = 0; total <= everybody; total += 1) {
    const all = completionsOf(asked.groups, choicesOf(asked.vote), total, left);
    if (all === undefined) return { results, upTo: total - 1 };
    left -= all.length;
    const judged = all.map((one): Judged => ({ ...one, result: asked.resultOf(one.parts) }));
    for (const result of new Set(judged.map((one) => one.result)))
      if (!results.has(result)) results.set(result, missingWith(asked, { result, total }, judged, choicesOf(asked.vote)));
  }
  return { results, upTo: everybody };
}

/** The fewest people who all say one choice, for results that were not found before, as far as so many sets reach. */
function fewestAlike(asked: Asked, before: Found, everybody: number): Found {
  const results = new Map(before.results);
  let upTo = everybody;
  for (const choice of choicesOf(asked.vote)) {
    let left = triesOf(asked, setsMax);
    for (let total = before.upTo + 1; total <= upTo; total += 1) {
      const sets = completionsOf(asked.groups, [choice], total, left);
      if (sets === undefined) upTo = total - 1;
      else {
        left -= sets.length;
        const judged = sets.map((one): Judged => ({ ...one, result: asked.resultOf(one.parts) }));
        for (const result of new Set(judged.map((one) => one.result))) {
          const known = results.get(result);
          if (known === undefined || known.total > total) results.set(result, missingWith(asked, { result, total }, judged, [choice]));
        }
      }
    }
  }
  return { results, upTo };
}

/** In which order people say the same: the heaviest first, and of groups that a test asks about by name each of them first. */
function ordersOf({ groups, roles, brings, looks }: Asked): readonly (readonly Group[])[] {
  const weights = new Map(groups.map((group) => [group, brings(group)]));
  const heavier = (left: Group, right: Group): number => Number((weights.get(right) ?? 0n) - (weights.get(left) ?? 0n));
  const heaviest = [...groups].sort(heavier);
  const firsts = roles.length === 0 ? [] : heaviest.slice(1).map((first) => [first, ...heaviest.filter((group) => group !== first)]);
  return [heaviest, ...firsts.slice(0, Math.min(ordersMax, Math.floor(looksMax / (looks * looksOfOrder))))];
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

/** Where people are too many to try every set: everybody says the same, in few orders. A result of fewer people is found before. */
function uniform(asked: Asked, before: Found, everybody: number): readonly BallotsMissing[] {
  const found = new Map<string, BallotsMissing>(before.results);
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

/** Where ballots are given to others everybody who gave or got one is a group alone. */
function askedOfDelegates(scope: CaseScope, vote: CharterVote, delegation: CharterDelegation, now: BallotsNow): Asked {
  const { rest, verb } = restOf(scope, now);
  const [electorate, roles] = [electorateOf(scope), rolesAsked(scope, vote)];
  // To whom each has delegated is looked up once, and not for every set that is tried.
  const delegate = delegatesAt(scope, delegation, now.atMs);
  const delegates = new Map(electorate.map((member) => [member, delegate(member)] as const));
  const apart = new Set([...delegates].flatMap(([member, to]) => (to === undefined ? [] : [member, to])));
  const alone = rest.filter((member) => apart.has(member));
  const alike = rest.filter((member) => !apart.has(member));
  const groups = [...alone.map((by): Group => ({ by, people: 1, weight: weightOf(scope, by) })), ...grouped(scope, roles, alike)];
  const own = now.own.filter((ballot) => apart.has(ballot.by));
  const cast = bundled(roles, now.own.map(countedBallot));
  const given = (voting: readonly WeighedBallot[]): readonly WeighedBallot[] => {
    const inputs = { ...(scope.frozen.inputs ?? noInputs), given: ballotsGiven(scope, delegation, voting, (member) => delegates.get(member)) };
    return delegatedBallots({ ...scope, frozen: { ...scope.frozen, inputs } }, voting, now.atMs);
  };
  const ballotOf = ({ group, choice }: Part): WeighedBallot => ({ event: '', by: group.by, atMs: now.atMs, choice, weight: group.weight });
  const resultOf = (parts: readonly Part[]): string => {
    const more = parts.filter(({ group }) => apart.has(group.by)).map(ballotOf);
    return countVote(scope, vote, [...cast, ...rowsOf(parts), ...given([...own, ...more]).map(countedBallot)]).result;
  };
  const brings = (group: Group): bigint => {
    if (groups.length > delegatesMax || !apart.has(group.by)) return group.weight;
    return given([...own, ballotOf({ group, people: 1, choice: '' })]).reduce((sum, ballot) => sum + ballot.weight, group.weight);
  };
  return { scope, vote, roles, rest, verb, groups, apart, looks: Math.max(1, electorate.length), resultOf, brings };
}

function askedOf(scope: CaseScope, vote: CharterVote, now: BallotsNow): Asked {
  const { rest, verb } = restOf(scope, now);
  const roles = rolesAsked(scope, vote);
  const cast = bundled(roles, now.own.map(countedBallot));
  const resultOf = (parts: readonly Part[]): string => countVote(scope, vote, [...cast, ...rowsOf(parts)]).result;
  const groups = grouped(scope, roles, rest);
  return {
    scope,
    vote,
    roles,
    rest,
    verb,
    groups,
    apart: new Set(),
    looks: Math.max(1, electorateOf(scope).length),
    resultOf,
    brings: (group) => group.weight,
  };
}

/**
 * For each result that ballots can still bring about the fewest of them, the result as it stands included (0 more). The smallest set as far as the
 * completions that are tried reach, then the smallest in which all say the same as far as the sets reach; beyond that such a set, heaviest first,
 * which says `atMost` where fewer others could be enough. A result that is missing cannot come any more, or not that way. Pure.
 * @param scope - with the rosters of this vote
 */
export function ballotsMissing(scope: CaseScope, vote: CharterVote, now: BallotsNow): BallotsOutlook {
  const delegation = delegationFor(scope.charter, scope.process.name);
  const asked = delegation === undefined ? askedOf(scope, vote, now) : askedOfDelegates(scope, vote, delegation, now);
  const everybody = asked.rest.length;
  const whole = fewest(asked, everybody);
  // Delegations can be given and taken back until the close.
  if (whole.upTo === everybody) return { isWhole: delegation === undefined, results: [...whole.results.values()] };
  const alike = asked.groups.length === 1 ? whole : fewestAlike(asked, whole, everybody);
  // It matters who they are where ballots are given away or tests count certain people: fewer others may then be enough.
  const canBeFewer = asked.groups.length > 1 && (asked.roles.length > 0 || asked.apart.size > 0);
  const isAtMost = ({ total }: BallotsMissing): boolean => canBeFewer && total > alike.upTo + 1;
  return { isWhole: false, results: uniform(asked, alike, everybody).map((one) => (isAtMost(one) ? { ...one, atMost: true as const } : one)) };
}
