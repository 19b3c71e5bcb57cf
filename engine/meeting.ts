// Meetings: called with notice, attended while they are open, judged at their end (S46). A meeting nobody must call starts after its notice.
import type { CharterMeeting } from './bylaws-stages.ts';
import type { CharterActor, CharterDuration } from './bylaws-terms.ts';
import { byCodeUnit } from './canonical.ts';
import type { CaseScope } from './actor.ts';
import { isOneOf } from './actor.ts';
import { actorText } from './wording.ts';
import type { ActRecord } from './acts.ts';
import type { CaseRecord } from './case.ts';
import { actsOf, addAct } from './acts.ts';
import { writeCase } from './case.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import { dueOf } from './due.ts';
import { addDuration } from './duration.ts';
import type { LedgerEvent } from './event.ts';
import type { ApplyContext } from './fold.ts';
import type { RequirementLine } from './vote.ts';
import { presentLine, quorumsOf } from './vote.ts';

/** An act in a meeting with what judges it; `may` asks whether the person is still one of the actor's people. */
export interface MeetingAct {
  readonly scope: CaseScope;
  readonly event: LedgerEvent;
  readonly context: ApplyContext;
  readonly act: ActRecord;
  readonly may: (actor: CharterActor) => boolean;
}

/** No duration of the language is longer (S77): what is farther away is no meeting, and in the end no number that can be counted on with. */
const farthest: CharterDuration = { count: 100, unit: 'year' };

/** The instants of a meeting that opens now: when it starts, if nobody must call it, and when the stage is due. */
export function meetingOpening(scope: CaseScope, meeting: CharterMeeting): { readonly meetingMs?: number; readonly dueMs?: number } {
  const openedMs = scope.record.openedMs;
  if (meeting.called !== undefined && scope.record.secondCall === undefined) {
    return meeting.called.within === undefined ? {} : { dueMs: dueOf(scope, openedMs, meeting.called.within) };
  }
  const meetingMs = meeting.notice === undefined || scope.record.secondCall === true ? openedMs : dueOf(scope, openedMs, meeting.notice);
  return { meetingMs, dueMs: dueOf(scope, meetingMs, meeting.open) };
}

function call(draft: Draft, doing: MeetingAct, meeting: CharterMeeting): Outcome {
  const { scope, context } = doing;
  if (meeting.called === undefined) return refused('GDO1052', 'this meeting is not called: it starts by itself');
  if (!doing.may(meeting.called.by)) return refused('GDO1040', `this meeting is called by ${actorText(doing.scope.charter, meeting.called.by)}`);
  if (scope.record.meetingMs !== undefined) return refused('GDO1052', 'the meeting is called already');
  const earliestMs = meeting.notice === undefined ? context.receivedMs : dueOf(scope, context.receivedMs, meeting.notice);
  const named = doing.event.body['at'];
  const meetingMs = typeof named === 'number' ? named : earliestMs;
  if (meetingMs < earliestMs) return refused('GDO1052', 'the meeting starts before its notice is over');
  if (meetingMs > addDuration(context.receivedMs, farthest)) return refused('GDO1052', 'the meeting starts in more than 100 years');
  const record: CaseRecord = { ...scope.record, meetingMs, dueMs: dueOf(scope, meetingMs, meeting.open), acts: scope.record.acts + 1 };
  draft.state = writeCase(addAct(draft.state, scope.record, doing.act), record);
  return ok();
}

/** Judges `call` and `attend`; where attendance is certified, the certifier's `attend` is about the people it certifies. */
export function applyMeetingAct(draft: Draft, doing: MeetingAct, meeting: CharterMeeting): Outcome {
  const { scope, context, act } = doing;
  if (act.verb === 'call') return call(draft, doing, meeting);
  if (act.verb !== 'attend') return refused('GDO1052', `in a meeting people attend, they do not ${act.verb}`);
  const startMs = scope.record.meetingMs;
  if (startMs === undefined) return refused('GDO1050', 'the meeting is not called yet');
  if (context.receivedMs < startMs) return refused('GDO1050', 'the meeting has not started yet');
  const certifier = meeting.attended?.certifiedBy;
  const isCertifying = certifier !== undefined && act.about.length > 0;
  if (isCertifying && !doing.may(certifier)) return refused('GDO1040', `attendance is certified by ${actorText(doing.scope.charter, certifier)}`);
  const role = meeting.attended?.role ?? 'person';
  if (!isCertifying && !isOneOf(scope, role, act.by)) return refused('GDO1040', `this meeting is attended by any ${role}`);
  const stored = certifier === undefined && act.about.length > 0 ? { ...act, about: [] } : act;
  draft.state = writeCase(addAct(draft.state, scope.record, stored), { ...scope.record, acts: scope.record.acts + 1 });
  return ok();
}

/** Who was present: people of the roster who attended, and whom the certifier named where the bylaws have one; ascending (docs/decisions/0087). */
export function presentAt(scope: CaseScope, meeting: CharterMeeting): readonly string[] {
  const acts = actsOf(scope.state, scope.record.id).filter((act) => act.entry === scope.record.entry && act.verb === 'attend');
  const own = acts.filter((act) => act.about.length === 0).map((act) => act.by);
  const certified = meeting.attended?.certifiedBy === undefined ? undefined : new Set(acts.flatMap((act) => act.about));
  const people = own.filter((member) => certified?.has(member) !== false);
  return [...new Set(people)].filter((member) => isOneOf(scope, meeting.attended?.role ?? 'person', member)).sort(byCodeUnit);
}

/** The result of a meeting at its end: `quorate` or `inquorate`. */
export function meetingResult(
  scope: CaseScope,
  meeting: CharterMeeting,
): { readonly result: string; readonly present: readonly string[]; readonly lines: readonly RequirementLine[] } {
  const present = presentAt(scope, meeting);
  if (scope.record.meetingMs === undefined) return { result: 'inquorate', present: [], lines: [] };
  const lines = quorumsOf(meeting, scope.record.secondCall === true).map((quorum) => presentLine(scope, quorum, present.length));
  return { result: lines.every((line) => line.met) ? 'quorate' : 'inquorate', present, lines };
}
