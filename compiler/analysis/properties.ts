// Whether what the authors believe is true of their rules (S67): proved, refuted, or not decided. Numbers that can come about are ranges with a part that is
// known to happen and a part that may: what falls between the two is not decided. docs/decisions/0133 says how each claim is read.
import { compares, meetsQuantity } from '../../engine/index.ts';
import type { Charter, CharterClaim, CharterProperty, CharterRole } from '../../engine/index.ts';
import { isMerge, smallestGroup, unopposed } from './coalition.ts';
import { decidingBodies, quickest } from './dominance.ts';
import type { Analyses } from './analyses.ts';
import { holdersToday, withHolders } from './holders.ts';
import { leastApprovers } from './approvers.ts';
import { legalSizes, sizeMax } from '../lint/legal-sizes.ts';
import { granters, outcomesOf } from '../lint/effects.ts';
import { longest, shortest } from '../lint/minutes.ts';
import { earliestOpenings } from '../lint/stage-times.ts';
import { peopleText, timeText } from '../number-words.ts';

/** What is known of a property; `because` is the reason in a few words. */
export interface Decision {
  readonly kind: 'proved' | 'refuted' | 'undecided';
  readonly because: string;
}

/** Whether something can happen: yes, never, or who knows. */
interface Chance {
  readonly can: boolean | undefined;
  readonly because: string;
}

/** Decides a property. Pure. Source: language.md S67, check.md 3 */
export function decideProperty(charter: Charter, property: CharterProperty, analyses: Analyses): Decision {
  const { claim, mode } = property;
  if (mode === 'always') return named(breaks(charter, claim, analyses), { yes: 'refuted', no: 'proved' });
  const chance = happens(charter, claim, analyses);
  return named(chance, mode === 'forbid' ? { yes: 'refuted', no: 'proved' } : { yes: 'proved', no: 'refuted' });
}

function named({ can, because }: Chance, words: { readonly yes: Decision['kind']; readonly no: Decision['kind'] }): Decision {
  return { kind: can === undefined ? 'undecided' : can ? words.yes : words.no, because };
}

/** A span of whole numbers, both ends included; empty where the second is smaller. */
type Span = readonly [from: number, to: number];

/** A whole number that comes about: those of `surely` can, those of `perhaps` may, no other ever does. */
interface Range {
  readonly perhaps: Span;
  readonly surely: Span;
  readonly because: string;
}

const nothing: Span = [1, 0];

/** Whether a number of the range has a property. */
function someOf({ surely, perhaps, because }: Range, has: (value: number) => boolean): Chance {
  for (let value = surely[0]; value <= surely[1]; value += 1) if (has(value)) return { can: true, because: `${because}: ${value}` };
  for (let value = perhaps[0]; value <= perhaps[1]; value += 1) {
    if (has(value)) return { can: undefined, because: `${because}: whether there can be ${value} is not known` };
  }
  return { can: false, because: `${because}: ${perhaps[0]} to ${perhaps[1]}` };
}

function anyOf(chances: readonly Chance[], none: string): Chance {
  const yes = chances.find((chance) => chance.can === true);
  const open = chances.find((chance) => chance.can === undefined);
  return yes ?? open ?? { can: false, because: chances[0]?.because ?? none };
}

function happens(charter: Charter, claim: CharterClaim, analyses: Analyses): Chance {
  switch (claim.kind) {
    case 'merge':
      return anyOf(
        mergeRanges(charter, claim, analyses).map((range) => someOf(range, meeting(claim, range))),
        'nothing is merged there',
      );
    case 'holds': {
      const range = holderRange(charter, claim);
      return someOf(range, meeting(claim, range));
    }
    case 'reaches':
      return reaches(charter, claim);
  }
}

function breaks(charter: Charter, claim: CharterClaim, analyses: Analyses): Chance {
  switch (claim.kind) {
    case 'merge':
      return anyOf(
        mergeRanges(charter, claim, analyses).map((range) => someOf(range, (value) => !meeting(claim, range)(value))),
        'nothing is merged there',
      );
    case 'holds': {
      const range = holderRange(charter, claim);
      return someOf(range, (value) => !meeting(claim, range)(value));
    }
    case 'reaches':
      return strands(charter, claim);
  }
}

/** A share is of the largest roll there is: only whole numbers are exact here. */
function meeting(claim: Extract<CharterClaim, { readonly kind: 'merge' | 'holds' }>, range: Range): (value: number) => boolean {
  const { amount, comparison } = claim;
  if (amount.kind === 'count') return (value) => compares(BigInt(value), comparison, BigInt(amount.value));
  return (value) => meetsQuantity(BigInt(value), comparison, amount, BigInt(range.perhaps[1]));
}

type Merging = Extract<CharterClaim, { readonly kind: 'merge' }>;

/** How many people of a role approve what is merged in an area, one range for each process that merges there. */
function mergeRanges(charter: Charter, claim: Merging, analyses: Analyses): readonly Range[] {
  const role = charter.roles.find((one) => one.name === claim.role);
  return charter.processes.flatMap((process) => {
    if (!process.governs.includes(claim.area) || !outcomesOf(process).some(isMerge)) return [];
    const bodies = decidingBodies(charter, process);
    const because = `people who approve what \`${process.name}\` merges`;
    const most = role?.held?.most ?? sizeMax;
    const isOwnBody = claim.role === 'person' || (bodies.length === 1 && bodies[0] === claim.role);
    // Another body may agree while nobody of this role does.
    if (!isOwnBody) return [{ perhaps: [0, most], surely: bodies.includes(claim.role) || bodies.length === 0 ? nothing : [0, 0], because }];
    const sizes = role === undefined ? [] : [legalSizes(role)[0], holdersToday(charter, role.name)].flatMap((size) => size ?? []);
    const variants = [charter, ...sizes.map((size) => withHolders(charter, claim.role, size))];
    const groups = variants.flatMap((variant) => smallestGroup(variant, process, isMerge, unopposed)?.people ?? []);
    const fewest = groups.length === 0 ? undefined : Math.min(...groups);
    return [{ perhaps: [leastApprovers(charter, process, analyses), most], surely: fewest === undefined ? nothing : [fewest, most], because }];
  });
}

/** How many holders a role can come to have, from the first day on. */
function holderRange(charter: Charter, claim: Extract<CharterClaim, { readonly kind: 'holds' }>): Range {
  const role = charter.roles.find((one) => one.name === claim.role);
  const because = `people who hold \`${claim.role}\` at some time`;
  if (role === undefined) return { perhaps: [0, sizeMax], surely: nothing, because };
  const today = role.firstHeldBy.length;
  const most = granters(charter, role.name).length === 0 ? today : (role.held?.most ?? sizeMax);
  const isAll = claim.people === 'person' || claim.people === role.name || role.lostWith === claim.people;
  const least = canEmpty(role) ? 0 : today;
  return isAll ? { perhaps: [least, most], surely: [least, most], because } : { perhaps: [0, most], surely: nothing, because };
}

/** Whoever resigns, falls silent or serves out a term is gone, whatever the number of those left (S137). */
function canEmpty(role: CharterRole): boolean {
  return role.term !== undefined || role.lost.some((loss) => loss.kind !== 'process' || loss.process !== '');
}

type Reaching = Extract<CharterClaim, { readonly kind: 'reaches' }>;

/** The bylaws with so many people, where the claim says exactly how many there are. */
function asClaimed(charter: Charter, claim: Reaching): Charter {
  const given = claim.with;
  return given?.comparison === 'exactly' && given.amount.kind === 'count' ? withHolders(charter, given.role, given.amount.value) : charter;
}

function reaches(charter: Charter, claim: Reaching): Chance {
  const process = charter.processes.find((one) => one.name === claim.path[0]);
  if (process === undefined || claim.path.length > 1) return { can: undefined, because: 'only whole cases are followed' };
  const isGoal = (outcome: { readonly name: string }): boolean => outcome.name === claim.outcome;
  const within = claim.within;
  const soonest = earliestOpenings(process).get(claim.outcome);
  if (soonest === undefined) return { can: false, because: `no case of \`${process.name}\` ever gets there` };
  if (within !== undefined && soonest > longest(within)) return { can: false, because: `it takes ${days(soonest)} at least` };
  const given = claim.with;
  const bound =
    given !== undefined && given.amount.kind === 'count' && (given.comparison === 'at-most' || given.comparison === 'fewer-than')
      ? given.amount.value - (given.comparison === 'fewer-than' ? 1 : 0)
      : undefined;
  const there = asClaimed(charter, claim);
  const minutes = bound === undefined ? quickest(there, { process, isGoal }) : smallestGroup(there, process, isGoal, unopposed, bound)?.way.minutes;
  if (minutes === undefined) return { can: undefined, because: 'no way was found in which people alone bring it about' };
  if (within === undefined || minutes <= shortest(within)) return { can: true, because: `it can be there in ${days(minutes)}` };
  return { can: undefined, because: `the quickest way that was found takes ${days(minutes)}` };
}

/** Whether a body of a legal size cannot bring a case to the outcome. */
function strands(charter: Charter, claim: Reaching): Chance {
  const process = charter.processes.find((one) => one.name === claim.path[0]);
  if (process === undefined || claim.path.length > 1) return { can: undefined, because: 'only whole cases are followed' };
  const isGoal = (outcome: { readonly name: string }): boolean => outcome.name === claim.outcome;
  for (const name of decidingBodies(charter, process)) {
    const role = charter.roles.find((one) => one.name === name);
    for (const size of role === undefined ? [] : legalSizes(role)) {
      if (quickest(withHolders(charter, name, size), { process, isGoal }) === undefined)
        return { can: true, because: `with ${peopleText(size)} in \`${name}\` no case gets there` };
    }
  }
  return { can: false, because: 'every legal size of the bodies that decide was tried' };
}

function days(minutes: number): string {
  return minutes === 0 ? 'no time' : timeText(minutes);
}
