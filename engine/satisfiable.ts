// Which rules could never be met with the people there are now (S137): quorums, tests and steps that ask for more than their rosters hold. A rule that
// another roster could meet is no reason to refuse anything; changes that make one unsatisfiable are.
import type { Charter, CharterProcess } from './bylaws.ts';
import type { CharterMeeting, CharterQuorum, CharterStage, CharterStep, CharterTest, CharterVote } from './bylaws-stages.ts';
import type { CharterActor, CharterBound, CharterComparison, CharterShare, Quantity } from './bylaws-terms.ts';
import { seatsOf } from './actor.ts';
import { unreachable } from './invariant.ts';
import { meetsBound } from './quantity.ts';
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

/** As few and as many as can be counted for something. Below nothing where one choice is ahead of another. */
interface Reach {
  readonly least: number;
  readonly most: number;
}

function isUpper(comparison: CharterComparison): boolean {
  return comparison === 'at-most' || comparison === 'fewer-than';
}

/** True iff a number within reach meets a bound; what only a case knows can be met. O(log of the reach). */
function canMeet(comparison: CharterComparison, bound: CharterBound, size: Size, { least, most }: Reach): boolean {
  if (sharesOf(bound).some((share) => size(share) === undefined)) return true;
  const meets = (number: number, asked: CharterComparison): boolean =>
    meetsBound(
      () => BigInt(number),
      asked,
      bound,
      (share) => BigInt(size(share) ?? 0),
    );
  if (isUpper(comparison)) return meets(least, comparison);
  if (comparison !== 'exactly') return meets(most, comparison);
  // There may be no such number: a half of three people. If there is, it is the least that is as much.
  let [low, high] = [least, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (meets(middle, 'at-least')) high = middle;
    else low = middle + 1;
  }
  return meets(low, 'exactly');
}

function canCount(comparison: CharterComparison, amount: Quantity, whole: number | undefined, reach: Reach): boolean {
  return canMeet(comparison, { kind: 'part', role: '', amount }, () => whole, reach);
}

interface Electorate {
  readonly rolls: Rolls;
  readonly voters: ReadonlySet<string>;
  readonly except: ReadonlySet<string>;
  readonly size: Size;
}

function electorateOf(rolls: Rolls, vote: CharterVote): Electorate | undefined {
  const { charter } = rolls;
  if (vote.voters.roles.some((role) => roleOf(charter, role) === undefined)) return undefined;
  const except = new Set(vote.voters.except.flatMap((name) => rolls.of(name)));
  const voters = new Set(vote.voters.roles.flatMap((role) => rolls.of(role)).filter((member) => !except.has(member)));
  const size: Size = (share) => {
    if (share.role === 'electorate') return voters.size;
    if (share.role === 'seats') return vote.voters.roles.reduce((sum, role) => sum + seatsOf(charter, role), 0);
    if (roleOf(charter, share.role) === undefined) return undefined;
    const isRoot = share.kind === 'part' && share.squareRoot !== undefined;
    return rolls.of(share.role).filter((member) => isRoot || !except.has(member)).length;
  };
  return { rolls, voters, except, size };
}

/** True iff so many of some people can come: of nobody a quorum is reached by nobody, or the first of a role could never be granted it (docs/decisions/0167). */
function canCome({ comparison, bound }: Pick<CharterQuorum, 'comparison' | 'bound'>, size: Size, people: ReadonlySet<string> | undefined): boolean {
  if (people === undefined) return true;
  return (isUpper(comparison) || people.size > 0) && canMeet(comparison, bound, size, { least: 0, most: people.size });
}

/** The empty seats that say one of some choices in any case: those of one role of the voters, or of all where none is named (S130). */
function emptySeatsSaying({ rolls }: Electorate, vote: CharterVote, choices: readonly string[], role?: string): number {
  if (!choices.some((choice) => choice === vote.vacanciesCountAs)) return 0;
  const bodies = role === undefined || role === 'electorate' || role === 'weight' ? vote.voters.roles : vote.voters.roles.filter((name) => name === role);
  return bodies.reduce((sum, name) => sum + Math.max(0, seatsOf(rolls.charter, name) - rolls.of(name).length), 0);
}

/** What is counted in weight can be met: weights are only known in a case. */
function testCan(test: CharterTest, vote: CharterVote, electorate: Electorate): boolean {
  const { rolls, voters, except, size } = electorate;
  switch (test.kind) {
    case 'share-of-base': {
      if (test.base === 'weight-cast') return true;
      const empty = emptySeatsSaying(electorate, vote, test.choices);
      // `X or Y` adds up (S126), and a ballot that may name several is there for each of them.
      const marks = vote.marks ?? (vote.counted === undefined ? 1 : test.choices.length);
      const perBallot = Math.max(1, Math.min(marks, test.choices.length));
      const reach = { least: empty, most: empty + voters.size * perBallot };
      if (test.base !== 'all') return test.amount.kind === 'share' || canCount(test.comparison, test.amount, voters.size, reach);
      const whole = size({ kind: 'whole', role: test.role ?? 'electorate' });
      return canCount(test.comparison, test.amount, whole, reach);
    }
    case 'people-say': {
      const whole = size({ kind: 'whole', role: test.role });
      const there = roleOf(rolls.charter, test.role) === undefined ? voters.size : rolls.of(test.role).filter((member) => voters.has(member)).length;
      const empty = emptySeatsSaying(electorate, vote, test.choices, test.role);
      return canCount(test.comparison, test.amount, whole, { least: empty, most: empty + there });
    }
    case 'none-say':
      return emptySeatsSaying(electorate, vote, test.choices, test.role) === 0;
    case 'all-say': {
      // Without those in `except`, as it is counted (S9).
      const people = roleOf(rolls.charter, test.role) === undefined ? [...voters] : rolls.of(test.role).filter((member) => !except.has(member));
      return people.length > 0 && people.every((member) => voters.has(member));
    }
    case 'turnout':
      return canCome(test, size, voters);
    case 'lead': {
      if (vote.voters.weightedBy !== undefined) return true;
      const ahead = emptySeatsSaying(electorate, vote, [test.of]) - emptySeatsSaying(electorate, vote, [test.over]);
      const reach = { least: ahead - voters.size, most: ahead + voters.size };
      return canCount(test.comparison, { kind: 'count', value: test.value }, voters.size, reach);
    }
    default:
      return unreachable(test);
  }
}

/** Of the quorums at the first call all can be reached, or that of the second can, or it has none (S101). */
function anyCallCan({ quorums, secondCall }: Pick<CharterVote, 'quorums' | 'secondCall'>, can: (quorum: CharterQuorum) => boolean): boolean {
  return quorums.every(can) || (secondCall !== undefined && (secondCall.quorum === undefined || can(secondCall.quorum)));
}

/** Who can be present: the people of the roles that attend the meetings of a process; undefined where that is anybody. */
function attendants({ charter, of }: Rolls, process: CharterProcess): ReadonlySet<string> | undefined {
  const roles = process.stages.flatMap((stage) => (stage.kind === 'meeting' ? [stage.attended?.role ?? 'person'] : []));
  return roles.every((role) => roleOf(charter, role) !== undefined) ? new Set(roles.flatMap(of)) : undefined;
}

function voteCan(rolls: Rolls, vote: CharterVote, present: ReadonlySet<string> | undefined): boolean {
  const electorate = electorateOf(rolls, vote);
  if (electorate === undefined) return true;
  const { size, voters } = electorate;
  const quorumCan = (quorum: CharterQuorum): boolean => canCome(quorum, size, quorum.counted === 'present' ? present : voters);
  const hasQuorum = anyCallCan(vote, quorumCan);
  return hasQuorum && (vote.passes.length === 0 || vote.passes.some((row) => row.tests.every((test) => testCan(test, vote, electorate))));
}

function meetingCan(rolls: Rolls, meeting: CharterMeeting, present: ReadonlySet<string> | undefined): boolean {
  return anyCallCan(meeting, (quorum) => canCome(quorum, sizeIn(rolls), present));
}

/** The size of rosters that nobody is taken out of. */
function sizeIn({ charter, of }: Rolls): Size {
  return ({ role }) => (roleOf(charter, role) === undefined ? undefined : of(role).length);
}

function actorCan(rolls: Rolls, actor: CharterActor): boolean {
  if (actor.kind !== 'count') return true;
  const shares = sharesOf(actor.bound);
  if (shares.some(({ role }) => roleOf(rolls.charter, role) === undefined)) return true;
  const people = new Set(shares.flatMap(({ role }) => rolls.of(role))).size;
  // An event needs somebody's act: of an empty roster no number is reached by nobody (docs/decisions/0065).
  const least = isUpper(actor.comparison) ? 0 : 1;
  return people >= least && canMeet(actor.comparison, actor.bound, sizeIn(rolls), { least, most: people });
}

/** The rules of a stage by name, each with whether it can be met. */
function rulesOf(
  rolls: Rolls,
  process: CharterProcess,
  stage: CharterStage,
): readonly { readonly name: string; readonly can: boolean; readonly part: unknown }[] {
  switch (stage.kind) {
    case 'vote':
      return [{ name: stage.name, can: voteCan(rolls, stage, attendants(rolls, process)), part: stage }];
    case 'meeting':
      return [{ name: stage.name, can: meetingCan(rolls, stage, attendants(rolls, process)), part: stage }];
    case 'joint':
      return stage.votes.map((vote) => ({ name: vote.name, can: voteCan(rolls, vote, attendants(rolls, process)), part: vote }));
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
    rulesOf(rolls, process, stage).flatMap((rule) => (rule.can || isExempt(rolls.charter, rule.part) ? [] : [`${process.name}.${rule.name}`])),
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
