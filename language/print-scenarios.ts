// One line for each line of a scenario. Layout is print.ts's.
import { unreachable } from './invariant.ts';
import * as term from './print-terms.ts';
import type { ScenarioLine, ScenarioPeople } from './tree-scenarios.ts';

const { words } = term;

/** Prints a line of a scenario. Pure. */
export function scenarioLine(of: ScenarioLine): string {
  switch (of.kind) {
    case 'given':
      return `given ${of.role.text} are ${term.names(of.people)}`;
    case 'given-heads':
      return words('given', String(of.count), of.role.text, of.joined && `joined ${of.joined.text}`);
    case 'given-joined':
      return `given ${term.names(of.people)} joined ${of.joined.text}`;
    case 'given-have': {
      const had = of.had.kind === 'amount' ? words(String(of.had.amount), of.had.name.text) : words(of.had.name.text, term.quoted(of.had.value));
      return words('given', term.names(of.people), of.people.length === 1 ? 'has' : 'have', had);
    }
    case 'on': {
      const when = of.when.kind === 'day' ? `day ${of.when.day}` : of.when.text;
      const object = of.object && objectText(of.object);
      const price = of.price && `for ${term.amount(of.price.amount)} ${of.price.currency.text}`;
      const tail = words(
        object,
        price,
        of.about.length > 0 && `about ${term.names(of.about)}`,
        of.to && `to ${of.to.text}`,
        of.proposed && `as ${of.proposed.text}`,
        of.files.length > 0 && `with ${of.files.map(term.quoted).join(', ')}`,
        of.amended && `with ${term.path(of.amended.path)} set to ${term.value(of.amended.value)}`,
      );
      return words('on', when, of.at && `at ${of.at.text}`, people(of.people), of.verb.text, tail);
    }
    case 'after':
      return `after ${term.duration(of.duration)}`;
    case 'expect':
      return words('expect', of.subject.text, of.is && `is ${of.is.text}`);
    case 'expect-refusal':
      return words('expect refusal', of.code?.text);
    case 'expect-has':
      return words('expect', of.person.text, 'has', String(of.amount), of.name.text);
    case 'expect-holds':
      return words('expect', of.person.text, of.not ? 'does not hold' : 'holds', of.role.text);
    default:
      return unreachable(of);
  }
}

function objectText(of: NonNullable<Extract<ScenarioLine, { readonly kind: 'on' }>['object']>): string {
  switch (of.kind) {
    case 'text':
      return term.quoted(of.text);
    case 'amount':
      return words(String(of.amount), of.name.text);
    case 'names':
      return words(term.names(of.names), of.text && term.quoted(of.text));
    case 'scores':
      return words(of.scores.map(({ option, points }) => `${option.text} ${points}`).join(', '), of.text && term.quoted(of.text));
    default:
      return unreachable(of);
  }
}

function people(of: ScenarioPeople): string {
  return of.kind === 'names' ? term.names(of.names) : words(of.count === undefined ? undefined : String(of.count), of.other && 'other', of.role.text);
}
