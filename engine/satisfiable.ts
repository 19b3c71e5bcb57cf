// Which rules could never be met with the people there are now (S137): quorums, tests and steps that ask for more than their rosters hold. A rule that
// another roster could meet is no reason to refuse anything; changes that make one unsatisfiable are.
import type { Charter, CharterProcess } from './bylaws.ts';
import type { CharterQuorum, CharterStage, CharterStep, CharterTest, CharterVote } from './bylaws-stages.ts';
import type { CharterActor, CharterBound, CharterComparison, CharterShare, Quantity } from './bylaws-terms.ts';
import { seatsOf } from './actor.ts';
import { leastMeeting } from './quantity.ts';
import { holdersOf, namesIn, roleOf } from './roster.ts';
import type { State } from './state.ts';

interface Rolls {
  readonly charter: Charter;
  /** Who holds a declared role, each roll read once. */
  readonly of: (role: string) => readonly string[];
}

/** How many people a share is taken of; undefined where that is only known in a case. */
type Size = (share: CharterShare) => number | undefined;

function sharesOf(bound: CharterBound): readonly CharterShare[] {
  return bound.kind === 'whole' || bound.kind === 'part' ? [bound] : [bound.left, bound.right];
}

/** True iff so many people can meet a bound; what only a case knows can be met. */
function canMeet(comparison: CharterComparison, bound: CharterBound, size: Size, most: number): boolean {
  if (comparison === 'at-most' || comparison === 'fewer-than') return true;
  if (sharesOf(bound).some((share) => size(share) === undefined)) return true;
  return leastMeeting(comparison, bound, (share) => BigInt(size(share) ?? 0), most) !== undefined;
}

function canCount(comparison: CharterComparison, amount: Quantity, whole: number, most: number): boolean {
  return canMeet(comparison, { kind: 'part', role: '', amount }, () => whole, most);
}

interface Electorate {
  readonly rolls: Rolls;
  readonly voters: readonly string[];
  readonly except: ReadonlySet<string>;
  readonly size: Size;
}

function electorateOf(rolls: Rolls, vote: CharterVote): Electorate | undefined {
  const { charter } = rolls;
  if (vote.voters.roles.some((role) => roleOf(charter, role) === undefined)) return undefined;
  const except = new Set(vote.voters.except.flatMap((name) => rolls.of(name)));
  const voters = [...new Set(vote.voters.roles.flatMap((role) => rolls.of(role)))].filter((member) => !except.has(member));
  const size: Size = (share) => {
    if (share.role === 'electorate') return voters.length;
    if (share.role === 'seats') return vote.voters.roles.reduce((sum, role) => sum + seatsOf(charter, role), 0);
    if (roleOf(charter, share.role) === undefined) return undefined;
    const isRoot = share.kind === 'part' && share.squareRoot !== undefined;
    return rolls.of(share.role).filter((member) => isRoot || !except.has(member)).length;
  };
  return { rolls, voters, except, size };
}

/** True iff so many of the voters can come: of nobody a quorum is reached by nobody, or the first of a role could never be granted it (docs/decisions/0167). */
function voterBoundCan({ comparison, bound }: Pick<CharterQuorum, 'comparison' | 'bound'>, { voters, size }: Electorate): boolean {
  const isUpper = comparison === 'at-most' || comparison === 'fewer-than';
  return (isUpper || voters.length > 0) && canMeet(comparison, bound, size, voters.length);
}

/** What is counted in weight can be met: weights are only known in a case. */
function testCan(test: CharterTest, vote: CharterVote, electorate: Electorate): boolean {
  const { rolls, voters, except, size } = electorate;
  const most = voters.length;
  switch (test.kind) {
    case 'share-of-base': {
      if (test.base === 'weight-cast') return true;
      if (test.base !== 'all') return test.amount.kind === 'share' || canCount(test.comparison, test.amount, most, most);
      const whole = size({ kind: 'whole', role: test.role ?? 'electorate' });
      return whole === undefined || canCount(test.comparison, test.amount, whole, most);
    }
    case 'people-say': {
      const whole = size({ kind: 'whole', role: test.role });
      const there = roleOf(rolls.charter, test.role) === undefined ? most : rolls.of(test.role).filter((member) => voters.includes(member)).length;
      return whole === undefined || canCount(test.comparison, test.amount, whole, there);
    }
    case 'all-say': {
      // Without those in `except`, as it is counted (S9).
      const people = roleOf(rolls.charter, test.role) === undefined ? voters : rolls.of(test.role).filter((member) => !except.has(member));
      return people.length > 0 && people.every((member) => voters.includes(member));
    }
    case 'turnout':
      return voterBoundCan(test, electorate);
    case 'lead':
      return vote.voters.weightedBy !== undefined || test.comparison === 'at-most' || test.comparison === 'fewer-than' || test.value <= most;
    default:
      return true;
  }
}

function voteCan(rolls: Rolls, vote: CharterVote): boolean {
  const electorate = electorateOf(rolls, vote);
  if (electorate === undefined) return true;
  const quorumCan = (quorum: CharterQuorum): boolean => voterBoundCan(quorum, electorate);
  const second = vote.secondCall;
  const hasQuorum = vote.quorums.every(quorumCan) || (second !== undefined && (second.quorum === undefined || quorumCan(second.quorum)));
  return hasQuorum && (vote.passes.length === 0 || vote.passes.some((row) => row.tests.every((test) => testCan(test, vote, electorate))));
}

function actorCan(rolls: Rolls, actor: CharterActor): boolean {
  if (actor.kind !== 'count') return true;
  const size: Size = (share) => (roleOf(rolls.charter, share.role) === undefined ? undefined : rolls.of(share.role).length);
  const most = Math.max(...sharesOf(actor.bound).map((share) => size(share) ?? 0));
  const isUpper = actor.comparison === 'at-most' || actor.comparison === 'fewer-than';
  // An event needs somebody's act: of an empty roster no number is reached by nobody (docs/decisions/0065).
  if (most === 0 && !isUpper && sharesOf(actor.bound).every((share) => size(share) !== undefined)) return false;
  return canMeet(actor.comparison, actor.bound, size, most);
}

/** The rules of a stage by name, each with whether it can be met. */
function rulesOf(rolls: Rolls, stage: CharterStage): readonly { readonly name: string; readonly can: boolean; readonly part: unknown }[] {
  switch (stage.kind) {
    case 'vote':
      return [{ name: stage.name, can: voteCan(rolls, stage), part: stage }];
    case 'joint':
      return stage.votes.map((vote) => ({ name: vote.name, can: voteCan(rolls, vote), part: vote }));
    case 'step':
      return stage.transitions.flatMap((rule, place) =>
        rule.kind === 'when' ? [{ name: nameOf(stage, rule.target, place), can: rule.acts.every((act) => actorCan(rolls, act.actor)), part: rule }] : [],
      );
    default:
      return [];
  }
}

/** `stage to target`; of several rules that lead to one stage the later ones are numbered, or one could hide what becomes of another. */
function nameOf(stage: CharterStep, target: string, place: number): string {
  const before = stage.transitions.filter((rule, index) => index < place && rule.kind === 'when' && rule.target === target).length;
  return `${stage.name} to ${target}${before === 0 ? '' : ` (${before + 1})`}`;
}

function isExempt(charter: Charter, part: unknown): boolean {
  return namesIn(part).some((name) => roleOf(charter, name)?.whileShort !== undefined);
}

function unmetIn(rolls: Rolls, process: CharterProcess): readonly string[] {
  return process.stages.flatMap((stage) =>
    rulesOf(rolls, stage).flatMap((rule) => (rule.can || isExempt(rolls.charter, rule.part) ? [] : [`${process.name}.${rule.name}`])),
  );
}

/**
 * The rules of the bylaws that could not be met by the people there are, as `process.stage`. Rules under `while short only` are left out: these people
 * may still repair their body. Pure; reads each roll once.
 */
export function unsatisfiable(state: State, charter: Charter): readonly string[] {
  const known = new Map<string, readonly string[]>();
  return unmetRules(charter, (role) => {
    const found = known.get(role) ?? holdersOf(state, charter, role);
    known.set(role, found);
    return found;
  });
}

/** The same for any rolls, such as those of another day. Pure if `of` is. @param of - who holds a declared role */
export function unmetRules(charter: Charter, of: (role: string) => readonly string[]): readonly string[] {
  return charter.processes.flatMap((process) => unmetIn({ charter, of }, process));
}

/** The first rule that a change makes unsatisfiable; undefined where it makes none. @param before, after - of `unsatisfiable` */
export function madeUnsatisfiable(before: readonly string[], after: readonly string[]): string | undefined {
  return after.find((rule) => !before.includes(rule));
}
