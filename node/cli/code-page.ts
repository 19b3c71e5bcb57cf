// What is known of one code, as data: `gdo explain` prints it, and docs/diagnostics/ is written from it. It lays nothing out.
import { canBeAllowed, lintRules } from '../../compiler/index.ts';
import type { CodeEntry } from '../../language/index.ts';
import { nextStep } from '../dapps/next-steps.ts';
import { codeHints } from './code-hints.ts';
import { findingPages } from './finding-pages.ts';
import type { FindingPage } from './finding-pages.ts';

/** A page without its layout. `samples` are bylaws side by side; `rows` are labelled sentences in the order in which they are read. */
export interface CodePage {
  readonly heading: string;
  readonly kind: string;
  readonly what: string;
  readonly samples?: { readonly wrong: string; readonly right: string };
  readonly rows: readonly (readonly [label: string, text: string])[];
}

/** The page of a code, from the rule that finds it where there is one, else from its row in the list of codes. Pure. */
export function codePage(entry: CodeEntry): CodePage {
  const page = pageOf(entry.code);
  const rows: (readonly [string, string])[] = [];
  if (page !== undefined) rows.push(['Why it matters', page.why], page.how === '' ? ['What to do', asSentence(page.fix)] : ['How gdo knows', page.how]);
  if (entry.origin !== undefined && !/^(?:own|-)/.test(entry.origin)) rows.push(['Seen in', entry.origin]);
  const hint = page === undefined ? codeHints.get(entry.code) : undefined;
  if (hint?.means !== undefined) rows.unshift(['What it means', hint.means]);
  const next = page === undefined ? (hint?.next ?? nextStep(entry.code, 'NAME')) : undefined;
  if (next !== undefined) rows.push(['What to do', asSentence(`${next.charAt(0).toUpperCase()}${next.slice(1)}`)]);
  if (entry.exit !== undefined) rows.push(['Exit code', exitTexts[entry.exit]]);
  if (page !== undefined && page.see !== '') rows.push(['See also', page.see]);
  return {
    heading: `${entry.code} ${entry.name}`,
    kind: kindOf(entry),
    what: page?.what ?? asSentence(`${entry.summary.charAt(0).toUpperCase()}${entry.summary.slice(1)}`),
    ...(page === undefined ? {} : { samples: { wrong: page.wrong, right: page.right } }),
    rows,
  };
}

/** A page of ours, or what the rule that finds the code says of itself; undefined where only the list of codes knows it. Pure. */
export function pageOf(code: string): FindingPage | undefined {
  const own = findingPages.get(code);
  if (own !== undefined) return own;
  const rule = lintRules.find((candidate) => candidate.code === code);
  return rule === undefined
    ? undefined
    : { what: asSentence(rule.what), wrong: rule.bad.trim(), right: rule.good.trim(), why: asSentence(rule.why), how: '', fix: rule.fix, see: '' };
}

function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function kindOf(entry: CodeEntry): string {
  if (entry.exit !== undefined || /^GDO\d{4}$/.test(entry.code)) return entry.severity === 'error' ? 'at run time' : `at run time, ${entry.severity}`;
  if (entry.severity !== 'error') return entry.severity;
  return canBeAllowed(entry.code) ? 'error, can be allowed with a reason' : 'error';
}

const exitTexts: Readonly<Record<1 | 2 | 3 | 4, string>> = {
  1: '1: refused',
  2: '2: wrong usage or configuration',
  3: '3: could not decide',
  4: '4: still open',
};
