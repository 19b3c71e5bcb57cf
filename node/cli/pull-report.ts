// Reads what the job that saw a pull request wrote about it. The job ran beside text of strangers, so the report is a stranger's too: one decoder, with a
// bound on every size, and nothing in it says which pull request it is about.
import { bounded, commentMarker } from './comment-text.ts';
import { markdownEscape } from './markdown-escape.ts';
import { counted } from './table.ts';

/** A finding as it is shown in a comment. */
export interface ReportedFinding {
  readonly severity: 'error' | 'warning' | 'info';
  readonly code: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
}

/** What a comment says about a pull request: findings of `gdo check --format json`, and differences of `gdo diff --format json`. */
export interface PullReport {
  readonly findings: readonly ReportedFinding[];
  readonly changes: readonly { readonly kind: string; readonly path: string; readonly before: string; readonly after: string }[];
}

/** Bounds of a report: a checker says no more of one change, and no sentence of ours is longer. */
const limits = { bytes: 4 * 1024 * 1024, rows: 200, text: 600 };
const kinds: readonly string[] = ['easier', 'power', 'harder', 'other', 'wording'];
const shownMax = 20;

/** Reads a report; undefined where it is none, or is larger than any of ours. Pure. @param changes - the document of `gdo diff`, where there is one */
export function readReport(check: string, changes: string | undefined): PullReport | undefined {
  const [findings, moved] = [rowsOf(check, 'gdo-check/1', 'findings'), changes === undefined ? [] : rowsOf(changes, 'gdo-diff/1', 'changes')];
  if (findings === undefined || moved === undefined) return undefined;
  const read = findings.map(readFinding);
  const changed = moved.map(readChange);
  if (read.includes(undefined) || changed.includes(undefined)) return undefined;
  return { findings: read.filter((one) => one !== undefined), changes: changed.filter((one) => one !== undefined) };
}

function rowsOf(text: string, schema: string, name: string): readonly object[] | undefined {
  if (text.length > limits.bytes) return undefined;
  const document = parsed(text);
  if (typeof document !== 'object' || document === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(document));
  const rows = fields.get(name);
  if (fields.get('schema') !== schema || !Array.isArray(rows) || rows.length > limits.rows * 50) return undefined;
  const objects: readonly object[] = rows.filter((row: unknown): row is object => typeof row === 'object' && row !== null);
  return objects.length === rows.length ? objects.slice(0, limits.rows) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function textIn(row: object, name: string): string | undefined {
  const value: unknown = Object.entries(row).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value.slice(0, limits.text) : undefined;
}

function textsIn(row: object, name: string): readonly string[] | undefined {
  const value: unknown = Object.entries(row).find(([key]) => key === name)?.[1];
  if (!Array.isArray(value) || value.length > limits.rows) return undefined;
  const texts = value.filter((one: unknown): one is string => typeof one === 'string');
  return texts.length === value.length ? texts.map((one) => one.slice(0, limits.text)) : undefined;
}

function readFinding(row: object): ReportedFinding | undefined {
  const [severity, code, message] = [textIn(row, 'severity'), textIn(row, 'code'), textIn(row, 'message')];
  const where: unknown = Object.entries(row).find(([key]) => key === 'where')?.[1];
  if (typeof where !== 'object' || where === null || code === undefined || !/^GDO\d{3,4}$/.test(code) || message === undefined) return undefined;
  if (severity !== 'error' && severity !== 'warning' && severity !== 'info') return undefined;
  const start: unknown = Object.entries(where).find(([key]) => key === 'start')?.[1];
  const line: unknown = typeof start === 'object' && start !== null && 'line' in start ? start.line : undefined;
  const file = textIn(where, 'file');
  if (file === undefined || typeof line !== 'number' || !Number.isSafeInteger(line) || line < 1) return undefined;
  return { severity, code, message, file, line };
}

function readChange(row: object): PullReport['changes'][number] | undefined {
  const [kind, path, before, after] = [textIn(row, 'kind'), textsIn(row, 'path'), textsIn(row, 'before'), textsIn(row, 'after')];
  if (kind === undefined || !kinds.includes(kind) || path === undefined || before === undefined || after === undefined) return undefined;
  return { kind, path: path.join('.'), before: before.join(' '), after: after.join(' ') };
}

/** The comment about a pull request that no case decides yet. Pure. */
export function reportComment(report: PullReport): string {
  const errors = report.findings.filter((finding) => finding.severity === 'error');
  const warnings = report.findings.filter((finding) => finding.severity === 'warning');
  const shown = [...errors, ...warnings].slice(0, shownMax);
  const left = errors.length + warnings.length - shown.length;
  const counts = [counted(errors.length, 'error'), counted(warnings.length, 'warning')].join(', ');
  const loosened = report.changes.filter((change) => change.kind === 'easier' || change.kind === 'power').length;
  return bounded(
    `${[
      `${commentMarker} check -->`,
      `### ${errors.length > 0 ? '⛔' : loosened > 0 ? '⚠️' : '✅'} Bylaws: ${counts}`,
      ...shown.map((one) => `- **${one.severity} ${one.code}** ${markdownEscape(one.file)}:${one.line}: ${markdownEscape(one.message)}`),
      ...(left > 0 ? [`- and ${left} more: \`gdo check\``] : []),
      '',
      ...(report.changes.length === 0
        ? ['The rules stay as they are.']
        : ['<details open><summary>What this change does to the rules (gdo diff)</summary>', '', ...report.changes.map(changeLine), '', '</details>']),
      '',
      '<sub>written by `gdo`; the rules that judge this change are those of the base branch</sub>',
    ].join('\n')}\n`,
  );
}

const marks: ReadonlyMap<string, string> = new Map([
  ['easier', '⚠️ **Easier:**'],
  ['power', '⚠️ **Power shift:**'],
  ['harder', '**Harder:**'],
  ['other', '**Other:**'],
  ['wording', '**Wording:**'],
]);

function changeLine({ kind, path, before, after }: PullReport['changes'][number]): string {
  const sentences = [before, after].filter((text) => text !== '').map((text) => `“${markdownEscape(text)}”`);
  return `- ${marks.get(kind) ?? ''} ${markdownEscape(path)}${sentences.length === 0 ? '' : `: ${sentences.join(' → ')}`}`;
}
