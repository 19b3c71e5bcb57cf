// Writes parts of a Charter as the bylaws say them, with the plurals that the bylaws declare. It judges nothing.
import type { Charter } from './bylaws.ts';
import type { CharterSupport } from './bylaws-stages.ts';
import type { CharterAct, CharterActor, CharterBound, CharterComparison, CharterDuration, CharterFact, CharterShare, Quantity } from './bylaws-terms.ts';
import { unreachable } from './invariant.ts';

const plurals: ReadonlyMap<string, string> = new Map([
  ['person', 'people'],
  ['candidate', 'candidates'],
  ['subject', 'subjects'],
  ['author', 'authors'],
  ['raiser', 'raisers'],
]);

/** The plural of a roster: as declared, or the name where none is (S69: plurals are never guessed). Pure. */
export function pluralOf(charter: Charter, name: string): string {
  return charter.roles.find((role) => role.name === name)?.plural ?? plurals.get(name) ?? name;
}

/** Writes a comparison as the bylaws do. Pure. */
export function comparisonText(comparison: CharterComparison): string {
  return comparison.split('-').join(' ');
}

/** Writes a duration as the bylaws do: `1 day`, `14 days`. Pure. */
export function durationText({ count, unit }: CharterDuration): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** Writes a quantity as the bylaws do. Pure. */
export function quantityText(quantity: Quantity): string {
  return quantity.kind === 'count' ? String(quantity.value) : `${quantity.numerator}/${quantity.denominator}`;
}

/** A quantity of a roster: `2 members`, `2/3 of members`. Pure. */
export function amountText(charter: Charter, amount: Quantity, name: string): string {
  if (amount.kind === 'count') return `${amount.value} ${amount.value === 1 ? name : pluralOf(charter, name)}`;
  return `${quantityText(amount)} of ${pluralOf(charter, name)}`;
}

function shareText(charter: Charter, share: CharterShare): string {
  const many = pluralOf(charter, share.role);
  const other = share.other === undefined ? '' : 'other ';
  if (share.kind === 'whole') return share.except === undefined ? `all ${other}${many}` : `all but ${share.except} of ${other}${many}`;
  if (share.squareRoot !== undefined) return `${quantityText(share.amount)} of the square root of ${many}`;
  if (share.amount.kind === 'count') return `${share.amount.value} ${other}${share.amount.value === 1 ? share.role : many}`;
  return `${quantityText(share.amount)} of ${other}${many}`;
}

/** True where a verb after the actor stands in its third person: `any member endorses`. Pure. */
function isSingular(actor: CharterActor): boolean {
  if (actor.kind !== 'count') return true;
  const { bound } = actor;
  return bound.kind === 'part' && bound.amount.kind === 'count' && bound.amount.value === 1;
}

function thirdPerson(verb: string): string {
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(verb) ? `${verb}es` : `${verb}s`;
}

/** Writes an act as the bylaws do: `at least 2 members approve`, `any member objects`. Pure. */
export function actText(charter: Charter, act: CharterAct): string {
  const text = act.text === undefined ? '' : ` "${act.text}"`;
  return `${actorText(charter, act.actor)} ${isSingular(act.actor) ? thirdPerson(act.verb) : act.verb}${text}`;
}

/** Writes a bound as the bylaws do. Pure. */
export function boundText(charter: Charter, bound: CharterBound): string {
  if (bound.kind === 'whole' || bound.kind === 'part') return shareText(charter, bound);
  return `the ${bound.kind} of ${shareText(charter, bound.left)} and ${shareText(charter, bound.right)}`;
}

function factText(fact: CharterFact, isOne: boolean): string {
  switch (fact.kind) {
    case 'holds':
      return `${isOne ? 'holds' : 'hold'} ${fact.name}`;
    case 'does-not-hold':
      return `${isOne ? 'does' : 'do'} not hold ${fact.name}`;
    case 'has':
      return `${isOne ? 'has' : 'have'} ${comparisonText(fact.comparison)} ${quantityText(fact.amount)} ${fact.name}`;
    case 'joined':
      return `joined at least ${durationText(fact.ago)} ago`;
    default:
      return unreachable(fact);
  }
}

/** Writes who supports a candidate or an option as the bylaws do. Pure. */
export function supportText(charter: Charter, { by, who }: CharterSupport): string {
  const facts = (who ?? []).map((fact) => factText(fact, isSingular(by))).join(' and ');
  return facts === '' ? actorText(charter, by) : `${actorText(charter, by)} who ${facts}`;
}

/** Writes an actor as the bylaws do. Pure. */
export function actorText(charter: Charter, actor: CharterActor): string {
  switch (actor.kind) {
    case 'one':
      return `any ${actor.other === undefined ? '' : 'other '}${actor.role}`;
    case 'the':
      return `the ${actor.order === undefined ? '' : `${actor.order} `}${actor.role}`;
    case 'count':
      return `${comparisonText(actor.comparison)} ${boundText(charter, actor.bound)}`;
    default:
      return unreachable(actor);
  }
}
