// Writes findings for machines: concise lines, JSON, SARIF, GitHub annotations and job summaries, GitLab code quality, JUnit. People get frame.ts.
import { codeEntry, lineAndColumn } from '../../language/index.ts';
import type { Diagnostic, Place } from '../../language/index.ts';
import { codePage } from './code-page.ts';
import { markdownEscape } from './markdown-escape.ts';
import { visible } from './terminal.ts';
import { version } from './version.ts';
import { crypto } from './crypto.ts';

/** What a machine format is made from. `failure` stands where nothing could be decided; findings are then empty. */
export interface Report {
  readonly bylaws: string | undefined;
  readonly files: readonly string[];
  readonly findings: readonly Diagnostic[];
  readonly facts: readonly string[];
  readonly texts: ReadonlyMap<string, string>;
  readonly failure?: { readonly code: string; readonly message: string; readonly help: string };
}

/** Writes one format. Each ends in a line feed unless it is empty. Pure. */
export const machineFormats: ReadonlyMap<string, (report: Report) => string> = new Map([
  ['concise', concise],
  ['json', (report) => `${JSON.stringify(jsonReport(report))}\n`],
  ['github', github],
  ['summary', summary],
  ['sarif', (report) => `${JSON.stringify(sarif(report))}\n`],
  ['gitlab', (report) => `${JSON.stringify(gitlab(report))}\n`],
  ['junit', junit],
  ['rdjson', (report) => `${JSON.stringify(rdjson(report))}\n`],
]);

/** Results in SARIF at most: what GitHub shows. */
const sarifResultsMax = 5_000;

function nameOf(code: string): string {
  return codeEntry(code)?.name ?? 'unnamed';
}

function where(report: Report, place: Place): { readonly start: { line: number; column: number }; readonly end: { line: number; column: number } } {
  const text = report.texts.get(place.file) ?? '';
  return { start: lineAndColumn(text, place.span.start), end: lineAndColumn(text, place.span.end) };
}

/** The words a place covers, on one line; part of a fingerprint, since they survive a reformat. */
function words(report: Report, place: Place): string {
  return (report.texts.get(place.file) ?? '').slice(place.span.start, place.span.end).replaceAll(/\s+/g, ' ');
}

/** By finding: SHA-256 of code, names and marked words, never of lines; equal ones get an ordinal (check.md section 5). */
function fingerprints(report: Report): readonly string[] {
  const seen = new Map<string, number>();
  return report.findings.map((finding) => {
    const parts = [finding.code, finding.place.file, words(report, finding.place), ...finding.related.map((place) => words(report, place))];
    const base = crypto().createHash('sha256').update(JSON.stringify(parts)).digest('hex');
    const ordinal = seen.get(base) ?? 0;
    seen.set(base, ordinal + 1);
    return ordinal === 0 ? base : `${base}-${ordinal}`;
  });
}

function concise(report: Report): string {
  const failure = report.failure === undefined ? [] : [`error[${report.failure.code}] ${visible(report.failure.message)}`];
  const lines = report.findings.map((finding) => {
    const { start } = where(report, finding.place);
    const sentence = visible(finding.message).replaceAll('\n', ' ');
    return `${visible(finding.place.file)}:${start.line}:${start.column}: ${finding.severity}[${finding.code}] ${sentence} (${nameOf(finding.code)})`;
  });
  return [...failure, ...lines].map((line) => `${line}\n`).join('');
}

function jsonReport(report: Report): object {
  const marks = fingerprints(report);
  const place = (at: Place): object => ({ file: at.file, ...where(report, at), label: at.label });
  return {
    schema: 'gdo-check/1',
    tool: { name: 'gdo', version },
    bylaws: report.bylaws ?? null,
    files: report.files,
    summary: { error: countOf(report, 'error'), warning: countOf(report, 'warning'), info: countOf(report, 'info') },
    ...(report.failure === undefined ? {} : { failure: report.failure }),
    findings: report.findings.map((finding, index) => ({
      code: finding.code,
      name: nameOf(finding.code),
      severity: finding.severity,
      message: finding.message,
      where: place(finding.place),
      related: finding.related.map(place),
      why: finding.why,
      help: finding.help,
      fixes: finding.fixes,
      fingerprint: marks[index],
    })),
    facts: report.facts,
  };
}

function countOf(report: Report, severity: Diagnostic['severity']): number {
  return report.findings.filter((finding) => finding.severity === severity).length;
}

/** Annotations of one level that a step of a job shows; the rest belongs into the summary of the job. Source: cli.md section 6 */
const annotationsMax = 10;

const githubLevel: Readonly<Record<Diagnostic['severity'], string>> = { error: 'error', warning: 'warning', info: 'notice' };

function github(report: Report): string {
  const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  const failure = report.failure === undefined ? [] : [`::error title=${report.failure.code}::${data(`${report.failure.message}. ${report.failure.help}`)}`];
  const levels: readonly Diagnostic['severity'][] = ['error', 'warning', 'info'];
  const shown = levels.flatMap((level) => report.findings.filter((finding) => finding.severity === level).slice(0, annotationsMax));
  const left = report.findings.length - shown.length;
  const more = left === 0 ? [] : [`::notice title=gdo::${left} more in the summary of the job, or with: gdo check`];
  const lines = shown.map((finding) => {
    const { start, end } = where(report, finding.place);
    const title = property(`${finding.code} ${nameOf(finding.code)}`);
    const at = `file=${property(finding.place.file)},line=${start.line},endLine=${end.line},col=${start.column}`;
    return `::${githubLevel[finding.severity]} ${at},title=${title}::${data(visible(`${finding.message}\nwhy: ${finding.why}\nhelp: ${finding.help}`))}`;
  });
  return [...failure, ...lines, ...more].map((line) => `${line}\n`).join('');
}

/** Rows of the summary of a job: a site takes a megabyte of it. */
const summaryRowsMax = 1_000;

/** Every finding in one table, for the summary of a job. */
function summary(report: Report): string {
  const failed = report.failure === undefined ? [] : [`**${report.failure.code}** ${markdownEscape(report.failure.message)}`, ''];
  const rows = report.findings.slice(0, summaryRowsMax).map((finding) => {
    const at = `${markdownEscape(finding.place.file)}:${where(report, finding.place).start.line}`;
    return `| ${finding.severity} | ${finding.code} | ${at} | ${markdownEscape(finding.message)} | ${markdownEscape(finding.help)} |`;
  });
  const left = report.findings.length - rows.length;
  const table = rows.length === 0 ? ['Nothing was found.'] : ['| | code | where | | what to do |', '|---|---|---|---|---|', ...rows];
  return `${['## gdo check', '', ...failed, ...table, ...(left > 0 ? ['', `and ${left} more`] : []), '', ...report.facts.map((fact) => `- ${markdownEscape(fact)}`)].join('\n')}\n`;
}

const sarifLevel: Readonly<Record<Diagnostic['severity'], string>> = { error: 'error', warning: 'warning', info: 'note' };

function sarif(report: Report): object {
  const marks = fingerprints(report);
  const shown = report.findings.slice(0, sarifResultsMax);
  const rules = [...new Set(shown.map((finding) => finding.code))].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const failed = report.failure;
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'gdo',
            version,
            rules: rules.map(sarifRule),
          },
        },
        invocations: [
          {
            executionSuccessful: failed === undefined,
            ...(failed === undefined ? {} : { toolExecutionNotifications: [{ level: 'error', message: { text: `${failed.code} ${failed.message}` } }] }),
          },
        ],
        results: shown.map((finding, index) => ({
          ruleId: finding.code,
          ruleIndex: rules.indexOf(finding.code),
          level: sarifLevel[finding.severity],
          message: { text: `${finding.message}. ${finding.why} ${finding.help}`.trim() },
          locations: [{ physicalLocation: physicalLocation(report, finding.place) }],
          relatedLocations: finding.related.map((place) => ({ physicalLocation: physicalLocation(report, place), message: { text: place.label } })),
          partialFingerprints: { 'gdo/v1': marks[index] },
        })),
      },
    ],
  };
}

/** A rule as its page says it. */
function sarifRule(code: string): object {
  const entry = codeEntry(code);
  if (entry === undefined) return { id: code };
  const page = codePage(entry);
  const help = page.rows.map(([label, text]) => `${label}: ${text}`).join('\n');
  return {
    id: code,
    name: entry.name,
    shortDescription: { text: page.what },
    help: { text: help === '' ? page.what : help },
    defaultConfiguration: { level: sarifLevel[entry.severity] },
  };
}

function physicalLocation(report: Report, place: Place): object {
  const { start, end } = where(report, place);
  return {
    artifactLocation: { uri: place.file.split('/').map(encodeURIComponent).join('/') },
    region: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
  };
}

const gitlabSeverity: Readonly<Record<Diagnostic['severity'], string>> = { error: 'major', warning: 'minor', info: 'info' };

function gitlab(report: Report): readonly object[] {
  const marks = fingerprints(report);
  const failure =
    report.failure === undefined
      ? []
      : [
          {
            description: `${report.failure.code} ${report.failure.message}`,
            check_name: report.failure.code,
            fingerprint: report.failure.code,
            severity: 'blocker',
            location: { path: report.files[0] ?? 'bylaws', lines: { begin: 1 } },
          },
        ];
  const findings = report.findings.map((finding, index) => ({
    description: `${finding.code} ${finding.message}. ${finding.help}`,
    check_name: nameOf(finding.code),
    fingerprint: marks[index],
    severity: gitlabSeverity[finding.severity],
    location: { path: finding.place.file, lines: { begin: where(report, finding.place).start.line } },
  }));
  return [...failure, ...findings];
}

function rdjson(report: Report): object {
  const failure =
    report.failure === undefined
      ? []
      : [{ message: `${report.failure.message}. ${report.failure.help}`, severity: 'ERROR', code: { value: report.failure.code } }];
  const findings = report.findings.map((finding) => {
    const { start, end } = where(report, finding.place);
    return {
      message: `${finding.message}. ${finding.help}`,
      severity: finding.severity.toUpperCase(),
      code: { value: finding.code },
      location: { path: finding.place.file, range: { start, end } },
    };
  });
  return { source: { name: 'gdo' }, diagnostics: [...failure, ...findings] };
}

/** Green cases too, one per file, so that a board shows what was looked at. */
function junit(report: Report): string {
  const failed = report.failure;
  const cases = report.files.map((file) => {
    const own = report.findings.filter((finding) => finding.place.file === file && finding.severity !== 'info');
    const failures = own.map((finding) => {
      const text = `line ${where(report, finding.place).start.line}: ${finding.message}. ${finding.help}`;
      return `<failure message="${xml(`${finding.code} ${finding.message}`)}">${xml(text)}</failure>`;
    });
    return `  <testcase classname="gdo check" name="${xml(file)}">${failures.join('')}</testcase>\n`;
  });
  const broken = failed === undefined ? '' : `  <testcase classname="gdo check" name="${failed.code}"><error message="${xml(failed.message)}"/></testcase>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="gdo check" tests="${cases.length + (failed === undefined ? 0 : 1)}">\n${cases.join('')}${broken}</testsuite>\n`;
}

/** Text inside XML 1.0, which has no way to write most controls: they are shown instead. */
export function xml(text: string): string {
  return visible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
