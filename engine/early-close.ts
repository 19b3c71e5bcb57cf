// Whether a vote closes before its time: nothing that those who have not voted could do would change its result (S127). It takes no outcome.
import { entryAt } from './invariant.ts';
import type { CaseScope } from './actor.ts';
import { electorateOf, peopleOf, weightOf } from './actor.ts';
import type { CharterVote } from './bylaws-stages.ts';
import type { WeighedBallot } from './ballots.ts';
import { ownBallots } from './ballots.ts';
import type { VoteRecord } from './case.ts';
import { delegationFor } from './delegated.ts';
import { hasOpenRecusal, isRecused } from './recused.ts';
import type { CountedBallot, VoteVerdict } from './vote.ts';
import { choicesOf, countedBallot, countVote } from './vote.ts';
import { extended } from './vote-clock.ts';
import { inVote, resultOf } from './vote-result.ts';

/** Completions that are tried one by one; above it the corners decide, which is sound and may close later. */
const completionsMax = 20_000;

/** The most ways to fill in one ballot that are looked at: above it the vote is open to its end. */
const waysMax = 32;

/** People who have not voted and are alike in everything a test asks about. */
export interface Group {
  readonly by: string;
  readonly people: number;
  readonly weight: bigint;
}

/** Rosters that tests ask about, as sets. */
export type RoleSets = readonly ReadonlySet<string>[];

/** The rosters that tests ask about by name. */
export function rolesAsked(scope: CaseScope, vote: CharterVote): RoleSets {
  const names = new Set(vote.passes.flatMap((row) => row.tests.flatMap((test) => ('role' in test && test.kind !== 'share-of-base' ? [test.role] : []))));
  return [...names].map((name) => new Set(peopleOf(scope, name) ?? []));
}

function kindOf(roles: RoleSets, member: string, weight: bigint): string {
  return `${roles.map((people) => (people.has(member) ? '1' : '0')).join('')} ${weight}`;
}

/** People as rows of those whom no test tells apart. */
export function grouped(scope: CaseScope, roles: RoleSets, members: readonly string[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const member of members) {
    const weight = weightOf(scope, member);
    const key = kindOf(roles, member, weight);
    const known = groups.get(key) ?? { by: member, people: 0, weight };
    groups.set(key, { ...known, people: known.people + 1 });
  }
  return [...groups.values()];
}

/** Ballots that no test tells apart, as one row each. */
export function bundled(roles: RoleSets, ballots: readonly CountedBallot[]): readonly CountedBallot[] {
  const rows = new Map<string, CountedBallot>();
  for (const ballot of ballots) {
    const key = `${kindOf(roles, ballot.by, ballot.weight)} ${ballot.choices.join(' ')}`;
    const known = rows.get(key);
    rows.set(key, known === undefined ? ballot : { ...known, people: known.people + ballot.people, weight: known.weight + ballot.weight });
  }
  return [...rows.values()];
}

/** What one person may do: nothing, or one choice, or as many as the vote allows; undefined where those are too many to look at. */
function waysOf(vote: CharterVote): readonly (readonly string[])[] | undefined {
  let ways: readonly (readonly string[])[] = [[]];
  const most = vote.marks ?? 1;
  for (const choice of choicesOf(vote)) {
    ways = [...ways, ...ways.filter((way) => way.length < most).map((way) => [...way, choice])];
    if (ways.length > waysMax) return undefined;
  }
  return ways;
}

/** In how many ways so many people can be dealt to so many choices, or more than the bound. */
function dealings(people: number, ways: number): number {
  let count = 1;
  for (let index = 1; index < ways && count <= completionsMax; index += 1) count = Math.floor((count * (people + index)) / index);
  return count;
}

/** So many people of a group who say the same, as one ballot. */
export function row(group: Group, people: number, choices: readonly string[]): readonly CountedBallot[] {
  if (people === 0 || choices.length === 0) return [];
  return [{ by: group.by, choices, people: BigInt(people), weight: group.weight * BigInt(people) }];
}

/** Says of every completion whether it passes a test, one group after the other; false as soon as one does not. */
function everyCompletion(
  groups: readonly Group[],
  ways: readonly (readonly string[])[],
  cast: readonly CountedBallot[],
  holds: (ballots: readonly CountedBallot[]) => boolean,
): boolean {
  const deal = (place: number, way: number, left: number, ballots: readonly CountedBallot[]): boolean => {
    const group = groups[place];
    if (group === undefined) return holds(ballots);
    const choices = entryAt(ways, way);
    if (way === ways.length - 1) return deal(place + 1, 0, groups[place + 1]?.people ?? 0, [...ballots, ...row(group, left, choices)]);
    for (let people = 0; people <= left; people += 1) if (!deal(place, way + 1, left - people, [...ballots, ...row(group, people, choices)])) return false;
    return true;
  };
  return deal(0, 0, groups[0]?.people ?? 0, cast);
}

/** Equality is not linear: a tie stays possible while the rest can close the gap. */
function canTie(vote: CharterVote, groups: readonly Group[], cast: readonly CountedBallot[]): boolean {
  if (vote.tie === undefined) return false;
  const isWeighted = vote.voters.weightedBy !== undefined;
  const had = (choice: string): bigint => {
    const own = cast.filter((ballot) => ballot.choices.includes(choice));
    return own.reduce((sum, ballot) => sum + (isWeighted ? ballot.weight : ballot.people), 0n);
  };
  const rest = groups.reduce((sum, group) => sum + BigInt(group.people) * (isWeighted ? group.weight : 1n), 0n);
  const gap = had('yes') - had('no');
  return (gap < 0n ? -gap : gap) <= rest;
}

/**
 * True iff no completion by those who have not voted can change the result. Exact while there are at most 20,000 of them that differ in what tests
 * ask; above it true iff every single requirement is the same in all corners, that is when all the rest do one thing, which settles linear requirements.
 */
export function isDecided(scope: CaseScope, vote: CharterVote, own: readonly WeighedBallot[]): boolean {
  const ballots = own.map(countedBallot);
  const ways = waysOf(vote);
  if (ways === undefined) return false;
  const voted = new Set(ballots.map((ballot) => ballot.by));
  const rest = electorateOf(scope).filter((member) => !isRecused(scope.record, member) && !voted.has(member));
  // A method may turn on any ballot, and a limit of delegates counts parts of a weight: there everybody must have voted.
  const isLimited = (delegationFor(scope.charter, scope.process.name)?.limits.length ?? 0) > 0;
  if (vote.counted !== undefined || isLimited) return rest.length === 0;
  const roles = rolesAsked(scope, vote);
  const [groups, cast] = [grouped(scope, roles, rest), bundled(roles, ballots)];
  const now = countVote(scope, vote, cast);
  let completions = 1;
  for (const group of groups) if (completions <= completionsMax) completions *= dealings(group.people, ways.length);
  if (completions <= completionsMax) return everyCompletion(groups, ways, cast, (all) => countVote(scope, vote, all).result === now.result);
  if (canTie(vote, groups, cast)) return false;
  const same = (other: VoteVerdict): boolean => other.result === now.result && other.lines.every((line, index) => line.met === now.lines[index]?.met);
  return ways.every((choices) => same(countVote(scope, vote, [...cast, ...groups.flatMap((group) => row(group, group.people, choices))])));
}

/** The vote closed at an instant, where it closes early and that is decided then; undefined: it stays open. An undecided recusal keeps it open (S127). */
export function closedEarly(scope: CaseScope, vote: CharterVote, running: VoteRecord, atMs: number): VoteRecord | undefined {
  if (vote.closesEarly === undefined || vote.holdsFor !== undefined) return undefined;
  const own = inVote(scope, running.entry);
  if (hasOpenRecusal(own.record) || !isDecided(own, vote, ownBallots(own, running.entry))) return undefined;
  if (extended(scope, vote, running, resultOf(scope, vote, { running, ties: [], atMs }).result) !== undefined) return undefined;
  const { standsMs: _standsMs, ...rest } = running;
  return { ...rest, closesMs: Math.min(running.closesMs, atMs) };
}
