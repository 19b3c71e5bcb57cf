// A meeting: called with its notice, attended in its time, quorate or not at the end (S46).
import type { CharterMeeting } from '../../../engine/index.ts';
import { meetsBound } from './bounds.ts';
import { isAsked } from './steps.ts';
import { peopleOf } from './rosters.ts';
import { deadline } from './time.ts';
import type { Act, Case, Opening, Refusal, Roll } from './world.ts';

/** A meeting that is open in a case. */
export interface OpenMeeting {
  readonly subject: Case;
  readonly opening: Opening;
  readonly meeting: CharterMeeting;
}

/** When it starts: as called, or after the notice where nobody has to call it; undefined while it is not called. S101: the second call needs none. */
function startMs({ opening, meeting }: OpenMeeting): number | undefined {
  if (opening.second) return opening.atMs;
  const noticed = meeting.notice === undefined ? opening.atMs : deadline(opening.atMs, meeting.notice, opening.roll.charter.organization.dayEnds);
  return opening.meetingMs ?? (meeting.called === undefined ? noticed : undefined);
}

/** When it is over: at its end, or when nobody called it in time; undefined: it may be called for ever. */
export function meetingDueMs(open: OpenMeeting): number | undefined {
  const { opening, meeting } = open;
  const start = startMs(open);
  const { dayEnds } = opening.roll.charter.organization;
  if (start !== undefined) return deadline(start, meeting.open, dayEnds);
  return meeting.called?.within === undefined ? undefined : deadline(opening.atMs, meeting.called.within, dayEnds);
}

/** Those who attended in its time, certified where the clause says so. */
export function attendants({ subject, opening, meeting }: OpenMeeting): readonly string[] {
  const acts = subject.acts.filter(({ entry, verb }) => entry === opening.entry && verb === 'attend');
  const own = [...new Set(acts.filter(({ about }) => about.length === 0).map(({ person }) => person))];
  return meeting.attended?.certifiedBy === undefined ? own : own.filter((person) => acts.some(({ about }) => about.includes(person)));
}

/** `quorate` or `inquorate`, with the quorum of the second call in a second one (S101). */
export function meetingResult(open: OpenMeeting): string {
  const { subject, opening, meeting } = open;
  if (startMs(open) === undefined) return 'inquorate';
  const second = opening.second ? meeting.secondCall : undefined;
  const quorums = second === undefined ? meeting.quorums : second.quorum === undefined ? [] : [second.quorum];
  const count = BigInt(attendants(open).length);
  const quorate = quorums.every(({ comparison, bound }) =>
    meetsBound(count, comparison, bound, (share) => BigInt(peopleOf(opening.roll, subject, share.role).length)),
  );
  return quorate ? 'quorate' : 'inquorate';
}

/** Takes a call or an attendance, or says why not. */
export function meetingRefusal(open: OpenMeeting, act: Act, at: { readonly now: Roll; readonly startMs: number | undefined }): Refusal {
  const { subject, opening, meeting } = open;
  const step = { subject, opening };
  const { dayEnds } = opening.roll.charter.organization;
  if (act.verb === 'call' && meeting.called !== undefined) {
    if (!isAsked(step, meeting.called.by, act.person, at.now)) return { codes: ['GDO1040', 'GDO1052'], reason: 'another calls this meeting' };
    const earliest = meeting.notice === undefined ? act.atMs : deadline(act.atMs, meeting.notice, dayEnds);
    const start = at.startMs ?? earliest;
    // S46: at least the notice after the receipt of the call; there is one call. S77: nothing lasts longer than 100 years.
    const isFar = start > deadline(act.atMs, { count: 100, unit: 'year' }, undefined);
    if (opening.second || opening.meetingMs !== undefined || start < earliest || isFar)
      return { codes: [], reason: 'it is called already, too soon, or too far away' };
    opening.meetingMs = start;
    return undefined;
  }
  if (act.verb !== 'attend') return { codes: ['GDO1052'], reason: 'in a meeting people attend' };
  const start = startMs(open);
  const certifier = meeting.attended?.certifiedBy;
  const codes: string[] = start === undefined || act.atMs < start ? ['GDO1050'] : [];
  if (act.about.length === 0 && meeting.attended !== undefined && !peopleOf(opening.roll, subject, meeting.attended.role).includes(act.person))
    codes.push('GDO1040');
  if (act.about.length > 0 && (certifier === undefined || !isAsked(step, certifier, act.person, at.now))) codes.push('GDO1040', 'GDO1052');
  return codes.length === 0 ? undefined : { codes, reason: 'not in its time, or not by this person' };
}
