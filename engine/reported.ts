// What collaborators have reported about people, as it is kept: the newest report on each subject, and since when it has been the same (S102, S112).
// It judges no report; that is report.ts's.
import type { Charter, CharterRole } from './bylaws.ts';
import { percentEncoded } from './area.ts';
import { dueInstant } from './duration.ts';
import { textOf } from './field.ts';
import type { State } from './state.ts';
import { readEntry } from './state.ts';

/** The newest report of a collaborator about a person on one subject. `sinceMs` is the receipt of the first of its unbroken run, `atMs` of the last. */
export interface ReportRecord {
  readonly report: string;
  /** A number that came with it, for measures. */
  readonly value?: bigint;
  readonly sinceMs: number;
  readonly atMs: number;
}

const negation = 'no ';

/** The subject of a report: `no arrears` is about arrears where the collaborator reports both. Pure. */
export function subjectOf(reports: readonly string[], report: string): string {
  const positive = report.startsWith(negation) ? report.slice(negation.length) : undefined;
  return positive !== undefined && reports.includes(positive) ? positive : report;
}

/** The state's key of a report. Pure. */
export function reportKey(collaborator: string, subject: string, member: string): string {
  return `report/${collaborator}/${percentEncoded(subject).split('/').join('%2F')}/${member}`;
}

/** Reads the newest report of a collaborator about a person. @param subject - the report, or what it denies. O(log n). */
export function newestReport(state: State, collaborator: string, subject: string, member: string): ReportRecord | undefined {
  const entry = readEntry(state, reportKey(collaborator, subject, member));
  if (entry === undefined) return undefined;
  const record = { report: textOf(entry['report']), sinceMs: Number(entry['since']), atMs: Number(entry['at']) };
  const value = entry['value'];
  return typeof value === 'string' ? { ...record, value: BigInt(value) } : record;
}

/** When a role is lost, or was, because of what is reported about its holder now; undefined while nothing of it is. Source: language.md S102 */
export function reportLossMs(state: State, charter: Charter, role: CharterRole, member: string): number | undefined {
  let firstMs: number | undefined;
  for (const loss of role.lost) {
    if (loss.kind !== 'report') continue;
    let newest: ReportRecord | undefined;
    for (const { name, reports } of charter.collaborators) {
      if (!reports.includes(loss.report) || !reports.includes(`${negation}${loss.report}`)) continue;
      const record = newestReport(state, name, loss.report, member);
      if (record !== undefined && (newest === undefined || record.atMs > newest.atMs)) newest = record;
    }
    if (newest?.report !== loss.report) continue;
    const lostMs = dueInstant(newest.sinceMs, loss.duration, charter.organization.dayEnds);
    if (firstMs === undefined || lostMs < firstMs) firstMs = lostMs;
  }
  return firstMs;
}
