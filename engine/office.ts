// Acts of an office outside of any case: who may certify, issue, revoke, report or lock, and how several people do it together. What the act does is
// its caller's.
import type { Charter } from './bylaws.ts';
import type { CharterActor, CharterShare } from './bylaws-terms.ts';
import { leavesOut } from './actor.ts';
import { actorText } from './wording.ts';
import type { Draft, Outcome } from './draft.ts';
import { refused } from './draft.ts';
import { textOf } from './field.ts';
import { leastMeeting } from './quantity.ts';
import { allMembers, holdersOf, holdsStill } from './roster.ts';
import { rolesOf } from './start-line.ts';
import type { State } from './state.ts';
import { entriesUnder, eraseEntry, writeEntry } from './state.ts';
import type { Removal } from './verdict.ts';

/** Who wants to do an act of office, about whom, and what a concurrent removal took from them. The people `concerned` are left out by `other` (S108). */
export interface OfficeAct {
  readonly member: string;
  readonly concerned: readonly string[];
  readonly without: readonly Removal[];
}

/** True iff a person is now one of those an actor names. Outside of a case only declared roles and `person` have people. */
export function isInOffice(state: State, charter: Charter, actor: CharterActor, act: OfficeAct): boolean {
  if (leavesOut(actor) && act.concerned.includes(act.member)) return false;
  return rolesOf(actor).some((role) => role === 'person' || holdsStill(state, charter, { role, member: act.member, without: act.without }));
}

/** How many different people an actor needs now; undefined where so many can never be found. */
export function neededNow(state: State, charter: Charter, actor: CharterActor, concerned: readonly string[]): number | undefined {
  if (actor.kind !== 'count') return 1;
  const size = (share: CharterShare): number => {
    const people = share.role === 'person' ? allMembers(state) : holdersOf(state, charter, share.role);
    const isRoot = share.kind === 'part' && share.squareRoot !== undefined;
    return share.other === undefined || isRoot ? people.length : people.filter((member) => !concerned.includes(member)).length;
  };
  const most = (share: CharterShare): number => Math.max(size(share), share.kind === 'part' && share.amount.kind === 'count' ? share.amount.value + 1 : 1);
  const { bound } = actor;
  return leastMeeting(
    actor.comparison,
    bound,
    (share) => BigInt(size(share)),
    bound.kind === 'whole' || bound.kind === 'part' ? most(bound) : Math.max(most(bound.left), most(bound.right)),
  );
}

const saidPrefix = (what: string): string => `agreed/${what}/`;

/** Forgets what people in office have said about a matter while more of them were needed. O(people who have) */
export function forgetSaid(state: State, what: string): State {
  return entriesUnder(state, saidPrefix(what)).reduce((next, [key]) => eraseEntry(next, key), state);
}

/**
 * Lets an office act. An act of several people is done when so many who are in office now have said the same about the same; until then what each
 * of them said last is kept, and nothing else happens. An effect uses all of it up, whoever did it and however few were needed (docs/decisions/0055).
 * @param actors - alternatives: each that names the person is asked whether it has enough, and what was said counts for all of them
 * @param what - state key of what it is about, such as `attribute/employer/ada`; `says` is compared as it is
 * @returns `done`, `waits`, or the refusal GDO1040
 */
export function actInOffice(draft: Draft, charter: Charter, actors: readonly CharterActor[], act: SharedAct): 'done' | 'waits' | Outcome {
  const done = actTogether(draft, charter, actors, act);
  return isDone(done) ? 'done' : done;
}

/** An act that several may have to do, with what it is about and what is said. */
export type SharedAct = OfficeAct & { readonly what: string; readonly says: string; readonly doing: string };

/** True iff an act is done, by these people. */
export function isDone(done: ReturnType<typeof actTogether>): done is readonly string[] {
  return done !== 'waits' && !('verdict' in done);
}

/** The same, with the people who did it in code unit order: all who are in office now and have said the same. */
export function actTogether(draft: Draft, charter: Charter, actors: readonly CharterActor[], act: SharedAct): readonly string[] | 'waits' | Outcome {
  const own = actors.filter((actor) => isInOffice(draft.state, charter, actor, act));
  if (own.length === 0) {
    const office = actors.map((actor) => actorText(charter, actor)).join(' or ');
    return refused('GDO1040', `${act.doing} is for ${office}, and \`${act.member}\` is not`);
  }
  const prefix = saidPrefix(act.what);
  draft.state = writeEntry(draft.state, `${prefix}${act.member}`, { says: act.says });
  const same = entriesUnder(draft.state, prefix).flatMap(([key, value]) => (textOf(value['says']) === act.says ? [key.slice(prefix.length)] : []));
  const agreeing = own.map((actor) => ({ actor, people: same.filter((member) => isInOffice(draft.state, charter, actor, { ...act, member, without: [] })) }));
  const enough = agreeing.find(({ actor, people }) => people.length >= (neededNow(draft.state, charter, actor, act.concerned) ?? Infinity));
  if (enough === undefined) return 'waits';
  draft.state = forgetSaid(draft.state, act.what);
  return enough.people;
}
