// Reports of collaborators: facts signed by the office that keeps them, and what a report begins or ends for the roles of the person (S102, S112).
import type { CharterCollaborator } from './bylaws.ts';
import { canonicalText, isObject } from './canonical.ts';
import { charterInForce, timerKey } from './case.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import type { LedgerEvent } from './event.ts';
import { isAmount } from './event-decode.ts';
import { textOf } from './field.ts';
import type { ApplyContext } from './fold.ts';
import { actInOffice } from './office.ts';
import { canDeny, noteRun, reportKey, reportLossMs, reportRun, subjectOf } from './reported.ts';
import { lapse } from './role-change.ts';
import { readEntry, writeEntry } from './state.ts';
import { keepCounted } from './was.ts';

/** The type of a fact that is a report. */
export const reportFact = 'report';

interface Reported {
  readonly collaborator: CharterCollaborator;
  readonly report: string;
  readonly member: string;
  readonly value?: string;
}

const dataFields: readonly string[] = ['collaborator', 'report', 'value'];

/** Reads a report out of a fact, or says what is wrong with it. */
function reportedIn(draft: Draft, event: LedgerEvent): Reported | Outcome {
  const data = event.body['data'];
  const member = textOf(event.body['subject']);
  if (!isObject(data) || Object.keys(data).some((key) => !dataFields.includes(key)) || member === '')
    return refused('GDO1002', 'a report has a subject and the data collaborator, report and perhaps value');
  const [report, value] = [textOf(data['report']), data['value']];
  const collaborator = charterInForce(draft.state).collaborators.find((one) => one.name === data['collaborator']);
  if (collaborator === undefined || !collaborator.reports.includes(report))
    return refused('GDO1052', `no collaborator \`${textOf(data['collaborator'])}\` reports "${report}"`);
  if (readEntry(draft.state, `member/${member}`) === undefined) return refused('GDO1052', `\`${member}\` is not known in this organization`);
  if (value === undefined) return { collaborator, report, member };
  if (typeof value !== 'string' || !isAmount(value) || value.startsWith('-')) return refused('GDO1002', 'the value of a report is a whole number in digits');
  return { collaborator, report, member, value };
}

/** Roles that the person loses through a report look at it again, now and when its time is up. */
function heed(draft: Draft, member: string, atMs: number): void {
  const charter = charterInForce(draft.state);
  for (const role of charter.roles) {
    const key = `role/${role.name}/${member}`;
    if (readEntry(draft.state, key) === undefined) continue;
    const lostMs = reportLossMs(draft.state, charter, role, member);
    if (lostMs === undefined) continue;
    if (lostMs <= atMs) lapse(draft, charter, { role: role.name, member, atMs });
    else draft.state = writeEntry(draft.state, timerKey(lostMs, key), {});
  }
}

/** Judges a fact of the type `report`; one that is refused is kept and flagged, and no rule reads it. Refuses with GDO1002, GDO1040, GDO1052. */
export function applyReport(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  const reported = reportedIn(draft, event);
  if ('verdict' in reported) return reported;
  const { collaborator, report, member, value } = reported;
  const subject = subjectOf(collaborator.reports, report);
  const key = reportKey(collaborator.name, subject, member);
  const says = canonicalText([report, value ?? '']);
  const act = { member: event.actor, concerned: [member], without: context.without, what: key, says, doing: `to report for \`${collaborator.name}\`` };
  const done = actInOffice(draft, charterInForce(draft.state), [collaborator.keptBy], act);
  if (done === 'waits') return ok();
  if (done !== 'done') return done;
  const atMs = context.receivedMs;
  draft.state = writeEntry(keepCounted(draft.state, member, key), key, { report, ...(value === undefined ? {} : { value }) });
  if (!canDeny(collaborator.reports, subject)) return ok();
  // What was reported before, by whomever, has brought about by now what it does, whatever this one says (S102).
  if (reportRun(draft.state, subject, member)?.report !== report) heed(draft, member, atMs);
  draft.state = noteRun(draft.state, subject, member, { report, atMs });
  heed(draft, member, atMs);
  return ok();
}
