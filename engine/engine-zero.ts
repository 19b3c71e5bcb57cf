// Engine 0: a one-page machine of members, roles, grants, removals, ballots and closings, for ledger vectors and random ledgers
// (ledger.md section 13). It knows no bylaws; whoever holds the role `officer` may grant, remove and close.
import { caseNamed } from './event.ts';
import { isBylawsName } from './commit.ts';
import type { LedgerEvent } from './event.ts';
import type { Applied, ApplyContext, EngineRules } from './fold.ts';
import type { State } from './state.ts';
import { entriesUnder, eraseEntry, readEntry, writeEntry } from './state.ts';
import type { Removal } from './verdict.ts';

/** The state so far, and the grants and closings that wait for the epoch's end. */
export interface ZeroDraft {
  readonly state: State;
  readonly grants: readonly { readonly role: string; readonly member: string }[];
  readonly closings: readonly string[];
}

const none: readonly Removal[] = [];

function refused(draft: ZeroDraft, reason: string): Applied<ZeroDraft> {
  return { draft, verdict: { kind: 'refused', code: 'GDO1040', reason }, removals: none };
}

function done(draft: ZeroDraft, removals: readonly Removal[] = none): Applied<ZeroDraft> {
  return { draft, verdict: { kind: 'ok' }, removals };
}

/** A member acts with a key of theirs; neither may be taken by the filter. */
function isMember(draft: ZeroDraft, event: LedgerEvent, context: ApplyContext): boolean {
  if (context.without.some(({ power }) => power === 'everything')) return false;
  const key = readEntry(draft.state, `key/${event.device}`);
  return key?.['member'] === event.actor && readEntry(draft.state, `member/${event.actor}`) !== undefined;
}

/** A field of the body as text, empty where it is anything else: `about` may also be a list. */
function wordOf(event: LedgerEvent, field: string): string {
  const value = event.body[field];
  return typeof value === 'string' ? value : '';
}

function holds(draft: ZeroDraft, role: string, event: LedgerEvent, context: ApplyContext): boolean {
  if (context.without.some(({ power }) => power !== 'everything' && power.role === role)) return false;
  return readEntry(draft.state, `role/${role}/${event.actor}`) !== undefined;
}

function applyEvent(draft: ZeroDraft, event: LedgerEvent, context: ApplyContext): Applied<ZeroDraft> {
  if (!isMember(draft, event, context)) return refused(draft, 'The actor is no member with this key');
  const officer = holds(draft, 'officer', event, context);
  const { state } = draft;
  const { body } = event;
  switch (event.kind) {
    case 'fact':
      return done(draft);
    case 'ballot':
      return done({ ...draft, state: writeEntry(state, `ballot/${caseNamed(event)}/${event.actor}`, { choice: body['choice'] ?? '' }) });
    case 'resign':
      return endRole(draft, { role: wordOf(event, 'role'), member: event.actor });
    case 'key.revoke': {
      const device = wordOf(event, 'device');
      const owner = readEntry(state, `key/${device}`)?.['member'];
      if (typeof owner !== 'string' || (owner !== event.actor && !officer)) return refused(draft, 'Only the owner or an officer revokes a key');
      return done({ ...draft, state: eraseEntry(state, `key/${device}`) }, [{ member: owner, device, power: 'everything' }]);
    }
    case 'act':
      return officer ? applyAct(draft, event) : refused(draft, 'Only an officer does this');
    default:
      return refused(draft, 'Engine 0 does not know this kind of event');
  }
}

/** Verbs of officers: `dismiss` a member, `remove` or `grant` the role named in `text`, `close` a case. */
function applyAct(draft: ZeroDraft, event: LedgerEvent): Applied<ZeroDraft> {
  const [member, role] = [wordOf(event, 'about'), wordOf(event, 'text')];
  switch (event.body['verb']) {
    case 'dismiss':
      if (readEntry(draft.state, `member/${member}`) === undefined) return refused(draft, 'There is no such member');
      return done({ ...draft, state: eraseEntry(draft.state, `member/${member}`) }, [{ member, power: 'everything' }]);
    case 'remove':
      return isBylawsName(role) ? endRole(draft, { role, member }) : refused(draft, 'The role has no name that bylaws could give it');
    case 'grant':
      if (!isBylawsName(role)) return refused(draft, 'The role has no name that bylaws could give it');
      return done({ ...draft, grants: [...draft.grants, { role, member }] });
    case 'close':
      return done({ ...draft, closings: [...draft.closings, caseNamed(event)] });
    default:
      return refused(draft, 'Engine 0 does not know this verb');
  }
}

function endRole(draft: ZeroDraft, held: { readonly role: string; readonly member: string }): Applied<ZeroDraft> {
  const key = `role/${held.role}/${held.member}`;
  if (readEntry(draft.state, key) === undefined) return refused(draft, 'The member does not hold the role');
  return done({ ...draft, state: eraseEntry(draft.state, key) }, [{ member: held.member, power: { role: held.role } }]);
}

/** Counts the ballots of a closed case by choice; a case is closed once. */
function closeCase(state: State, id: string): State {
  if (readEntry(state, `case/${id}`) !== undefined) return state;
  const ballots = entriesUnder(state, `ballot/${id}/`);
  const yes = ballots.filter(([, ballot]) => ballot['choice'] === 'yes').length;
  return writeEntry(state, `case/${id}`, { cast: ballots.length, yes });
}

/** Engine 0. Removals act at once, grants and closings at the end of the epoch, a grant only for a member who is still one. */
export const engineZero: EngineRules<ZeroDraft> = {
  number: 0,
  begin: (state) => ({ state, grants: [], closings: [] }),
  apply: applyEvent,
  end: (draft, { timeMs }) => {
    const closed = draft.closings.reduce(closeCase, draft.state);
    const granted = draft.grants.reduce(
      (state, { role, member }) =>
        readEntry(state, `member/${member}`) === undefined ? state : writeEntry(state, `role/${role}/${member}`, { since: timeMs }),
      closed,
    );
    return { state: granted, merges: [], notices: [] };
  },
};
