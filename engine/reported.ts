// What collaborators have reported about people, as it is kept: the newest report of each on each subject, for measures (S112), and the newest of anybody with
// the instant since which it has been the same, for the roles that are lost through it (S102).
// It judges no report; that is report.ts's.
import type { Charter, CharterRole } from './bylaws.ts';
import { percentEncoded } from './area.ts';
import { dueInstant } from './duration.ts';
import { textOf } from './field.ts';
import type { State } from './state.ts';
import { readEntry, writeEntry } from './state.ts';

/** The newest report of a collaborator about a person on one subject. */
export interface ReportRecord {
  readonly report: string;
  /** A number that came with it, for measures. */
  readonly value?: bigint;
}

/** What was reported last of a person on one subject, by whichever collaborator that can deny it. `sinceMs` is the receipt of the first of its unbroken run. */
export interface ReportRun {
  readonly report: string;
  readonly sinceMs: number;
}

const negation = 'no ';

/** True iff a collaborator reports something and can deny it: only such reports end roles (S102). Pure. */
export function canDeny(reports: readonly string[], report: string): boolean {
  return reports.includes(report) && reports.includes(`${negation}${report}`);
}

/** The subject of a report: `no arrears` is about arrears where the collaborator reports both. Pure. */
export function subjectOf(reports: readonly string[], report: string): string {
  const positive = report.startsWith(negation) ? report.slice(negation.length) : undefined;
  return positive !== undefined && reports.includes(positive) ? positive : report;
}

function inKey(subject: string): string {
  return percentEncoded(subject).split('/').join('%2F');
}

/** The state's key of a report. Pure. */
export function reportKey(collaborator: string, subject: string, member: string): string {
  return `report/${collaborator}/${inKey(subject)}/${member}`;
}

function runKey(subject: string, member: string): string {
  return `reported/${inKey(subject)}/${member}`;
}

/** The run of equal reports about a person that goes on, of all collaborators that can deny them together. @param subject - the report, or what it denies. O(log n). */
export function reportRun(state: State, subject: string, member: string): ReportRun | undefined {
  const entry = readEntry(state, runKey(subject, member));
  return entry === undefined ? undefined : { report: textOf(entry['report']), sinceMs: Number(entry['since']) };
}

/** Goes on with the run that a report is of, or begins another one. O(log n). */
export function noteRun(state: State, subject: string, member: string, said: { readonly report: string; readonly atMs: number }): State {
  const { report, atMs } = said;
  return reportRun(state, subject, member)?.report === report ? state : writeEntry(state, runKey(subject, member), { report, since: atMs });
}

/** Reads the newest report of a collaborator about a person. @param subject - the report, or what it denies. O(log n). */
export function newestReport(state: State, collaborator: string, subject: string, member: string): ReportRecord | undefined {
  const entry = readEntry(state, reportKey(collaborator, subject, member));
  if (entry === undefined) return undefined;
  const record = { report: textOf(entry['report']) };
  const value = entry['value'];
  return typeof value === 'string' ? { ...record, value: BigInt(value) } : record;
}

/** When a role is lost, or was, because of what is reported about its holder now; undefined while nothing of it is. Source: language.md S102 */
export function reportLossMs(state: State, charter: Charter, role: CharterRole, member: string): number | undefined {
  let firstMs: number | undefined;
  for (const loss of role.lost) {
    if (loss.kind !== 'report') continue;
    const run = reportRun(state, loss.report, member);
    if (run?.report !== loss.report) continue;
    const lostMs = dueInstant(run.sinceMs, loss.duration, charter.organization.dayEnds);
    if (firstMs === undefined || lostMs < firstMs) firstMs = lostMs;
  }
  return firstMs;
}
