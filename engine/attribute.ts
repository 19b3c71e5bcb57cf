// Attributes of people, such as who employs them: certified by an office, never by oneself unless the office says so (S42, S114). What follows from
// them is decided where people are counted.
import { attributeKey, writeAttribute } from './attributed.ts';
import { charterInForce } from './case.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import type { LedgerEvent } from './event.ts';
import { textOf } from './field.ts';
import type { ApplyContext } from './fold.ts';
import { actInOffice } from './office.ts';
import { readEntry } from './state.ts';

/** Judges a `certify`: a value for a person, or none, which takes an earlier one back. Refuses with GDO1040, GDO1052. */
export function applyCertify(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  const charter = charterInForce(draft.state);
  const [name, concerned, value] = [textOf(event.body['attribute']), textOf(event.body['member']), event.body['value']];
  const attribute = charter.attributes.find((one) => one.name === name);
  if (attribute === undefined) return refused('GDO1052', `\`${name}\` is not an attribute of the bylaws`);
  if (readEntry(draft.state, `member/${concerned}`) === undefined) return refused('GDO1052', `\`${concerned}\` is not known in this organization`);
  const key = attributeKey(name, concerned);
  // Nothing and an empty text would be told apart by no reader, so a value begins with a mark.
  const says = value === undefined ? 'none' : `value ${textOf(value)}`;
  const act = { member: event.actor, concerned: [concerned], without: context.without, what: key, says, doing: `to certify \`${name}\`` };
  const done = actInOffice(draft, charter, [attribute.certifiedBy], act);
  if (done === 'waits') return ok();
  if (done !== 'done') return done;
  draft.capsTouched = true;
  draft.state = writeAttribute(draft.state, { attribute: name, member: concerned, value: value === undefined ? undefined : textOf(value) });
  return ok();
}
