// Keys of people: enrolled and revoked by their owner, and by others where the bylaws declare an action for it (docs/decisions/0126). Whether a new key was
// really in the hands of who enrols it was checked on receipt.
import { charterInForce } from './case.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import type { LedgerEvent } from './event.ts';
import { textOf } from './field.ts';
import type { ApplyContext } from './fold.ts';
import { actInOffice } from './office.ts';
import { deviceOf, readPublicKey } from './sshsig.ts';
import { readEntry, writeEntry } from './state.ts';

/** The names of the actions by which bylaws let others act for somebody who lost their keys. */
export const keyActions = { enrol: 'enrol-key', revoke: 'revoke-key' } as const;

function deviceIn(text: string): string | undefined {
  const key = readPublicKey(text);
  return key === undefined ? undefined : deviceOf(key);
}

/** Lets those act whom an action of the bylaws names; `other` leaves out the person concerned, and several people have to name the same key. */
function byOthers(
  draft: Draft,
  acting: { readonly event: LedgerEvent; readonly context: ApplyContext },
  about: { readonly action: string; readonly member: string; readonly device: string },
): 'done' | Outcome {
  const charter = charterInForce(draft.state);
  const action = charter.actions.find((one) => one.name === about.action);
  if (action === undefined)
    return refused('GDO1040', `only \`${about.member}\` may do this with a key of \`${about.member}\`: the bylaws declare no action \`${about.action}\``);
  const done = actInOffice(draft, charter, [action.by], {
    member: acting.event.actor,
    concerned: [about.member],
    without: acting.context.without,
    what: `${about.action}/${about.member}`,
    says: about.device,
    doing: `to ${about.action}`,
  });
  return done === 'waits' ? ok() : done;
}

/** Judges a `key.revoke`: by the owner, or by whom `action revoke-key` names. Refuses with GDO1040, GDO1042, GDO1052. */
export function applyKeyRevoke(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  const device = textOf(event.body['device']);
  const key = readEntry(draft.state, `key/${device}`);
  if (key === undefined) return refused('GDO1052', 'there is no such key');
  if (key['revoked'] !== undefined) return refused('GDO1042', 'this key is revoked already');
  const member = textOf(key['member']);
  const done = member === event.actor ? 'done' : byOthers(draft, { event, context }, { action: keyActions.revoke, member, device });
  if (done !== 'done') return done;
  draft.state = writeEntry(draft.state, `key/${device}`, { ...key, revoked: event.id });
  return ok({ member, device, power: 'everything' });
}

/**
 * Judges a `key.enrol`: a key for oneself, the first key of a newcomer, which makes them known without any role, or, by whom `action enrol-key` names, a
 * key for somebody who is known. Refuses with GDO1013, GDO1040, GDO1052.
 */
export function applyEnrol(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  const member = textOf(event.body['member']);
  const device = deviceIn(textOf(event.body['key']));
  if (device === undefined) return refused('GDO1013', 'this is not an ed25519 public key');
  if (readEntry(draft.state, `key/${device}`) !== undefined || draft.enrolments.some((one) => one.device === device))
    return refused('GDO1052', 'this key is enrolled already');
  const isKnown = readEntry(draft.state, `member/${member}`) !== undefined || draft.enrolments.some((one) => one.member === member);
  const done = !isKnown || member === event.actor ? 'done' : byOthers(draft, { event, context }, { action: keyActions.enrol, member, device });
  if (done !== 'done') return done;
  draft.enrolments.push({ member, device });
  return ok();
}
