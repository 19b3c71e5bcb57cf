// Acts outside of any case: what an `action` of the bylaws names, or what a duty is done by. What such an act counts for is decided where it is read.
import { actorText } from './wording.ts';
import { makeAward } from './award.ts';
import { charterInForce } from './case.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import type { DoneDuty } from './duty.ts';
import { doesDuty } from './duty.ts';
import type { LedgerEvent } from './event.ts';
import { oneOrMore, textOf } from './field.ts';
import type { ApplyContext } from './fold.ts';
import { keepDeed } from './measure.ts';
import { actTogether, isDone, isInOffice } from './office.ts';
import type { Removal } from './verdict.ts';

interface Performed {
  readonly verb: string;
  readonly concerned: readonly string[];
  readonly member: string;
  readonly event: string;
  readonly without: readonly Removal[];
}

/** Points that a person earns for the act itself. An award that a limit forbids is not made, and the act stands. */
function earn(draft: Draft, act: Performed, atMs: number): void {
  const charter = charterInForce(draft.state);
  for (const points of charter.points) {
    // A path with more than one name begins with a process, and no process is called like an action (S69).
    for (const [place, { amount, by, for: path }] of points.earned.entries()) {
      if (path[0] !== act.verb) continue;
      if (!isInOffice(draft.state, charter, by, act)) continue;
      const award = { points, amount, to: act.member, cause: act.event, place: `${place}-${act.member}`, author: act.member };
      const made = makeAward(draft.state, award, atMs);
      if (typeof made !== 'string') draft.state = made;
    }
  }
}

/** Judges a `perform`. Refuses with GDO1040, GDO1052. */
export function applyPerform(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  const charter = charterInForce(draft.state);
  const [verb, text] = [textOf(event.body['verb']), textOf(event.body['text'])];
  const { without } = context;
  const action = charter.actions.find((one) => one.name === verb);
  if (action !== undefined) {
    // Nobody whom the act is about does it for themselves where the bylaws say `other`.
    const concerned = oneOrMore(event.body['about']);
    const what = `perform/${verb}/${concerned.join('+')}`;
    const done = actTogether(draft, charter, [action.by], { member: event.actor, concerned, without, what, says: text, doing: `to ${verb}` });
    if (done === 'waits') return ok();
    if (!isDone(done)) return done;
    // An act of a declared action is what a measure counts (S112), in a case or outside of one: what several do together each of them has done. Outside of a
    // case nothing else keeps it for bylaws that begin to count it later.
    for (const member of done) {
      draft.state = keepDeed(draft.state, { what: verb, member, atMs: context.receivedMs, id: event.id });
      earn(draft, { verb, concerned, member, event: event.id, without: member === event.actor ? without : [] }, context.receivedMs);
    }
    return ok();
  }
  const duties = charter.duties.filter((duty): duty is DoneDuty => duty.done?.verb === verb);
  if (duties.length === 0) return refused('GDO1052', `nothing in the bylaws asks anybody to ${verb} outside of a case`);
  if (duties.some((duty) => doesDuty(draft.state, charter, duty, { member: event.actor, verb, text, without }))) return ok();
  const who = duties.map((duty) => actorText(charter, duty.done.actor)).join(' or ');
  return refused('GDO1040', `to ${verb} is for ${who}, in the words of the duty, and \`${event.actor}\` does not do it so`);
}
