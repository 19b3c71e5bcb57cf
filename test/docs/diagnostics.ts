// Writes docs/diagnostics/ from the rules and the list of codes: one page a code and an index, the same words as `gdo explain`.
import { codes } from '../../language/index.ts';
import type { CodeEntry } from '../../language/index.ts';
import { codePage } from '../../node/cli/code-page.ts';

/** Ranges of codes with the heading of the index, in order. */
const ranges: readonly (readonly [start: string, heading: string])[] = [
  ['GDO0', 'The text'],
  ['GDO1', 'Names and types'],
  ['GDO2', 'Processes'],
  ['GDO3', 'Counting'],
  ['GDO4', 'Power'],
  ['GDO5', 'Time'],
  ['GDO6', 'Offices and duties'],
  ['GDO7', 'Money'],
  ['GDO8', 'Reputation, markets, disputes'],
  ['GDO9', 'Prose and style'],
];

const refusals: readonly (readonly [start: string, heading: string])[] = [
  ['GDO1', 'Refused by the ledger'],
  ['GDO2', 'Refused at the merge gate and by rights'],
  ['GDO3', 'Programs that check changes'],
  ['GDO4', 'Nodes and the network'],
  ['GDO5', 'The command line'],
];

/** A sentence for Markdown and its tables; what stands between backticks is shown as it is. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/`[^`]*`|</g, (found) => (found === '<' ? '&lt;' : found));

/** Every file of docs/diagnostics/ by its name. Pure. */
export function diagnosticPages(): ReadonlyMap<string, string> {
  return new Map([['README.md', indexText()], ...codes.map((entry) => [`${entry.code}.md`, pageText(entry)] as const)]);
}

function pageText(entry: CodeEntry): string {
  const page = codePage(entry);
  const fenced = (label: string, text: string): string => {
    // A literate sample holds fences of its own.
    const mark = text.includes('```') ? '````' : '```';
    return `## ${label}\n\n${mark}\n${text}\n${mark}`;
  };
  const parts = [`# ${page.heading}`, `*${page.kind}*`, cell(page.what)];
  if (page.samples !== undefined) parts.push(fenced('Wrong', page.samples.wrong), fenced('Right', page.samples.right));
  else {
    if (entry.wrong !== undefined) parts.push(`**Wrong:** ${cell(entry.wrong)}`);
    if (entry.right !== undefined) parts.push(`**Right:** ${cell(entry.right)}`);
  }
  parts.push(...page.rows.map(([label, text]) => `**${label}:** ${cell(text.replaceAll('\n', ' '))}`));
  return `${parts.join('\n\n')}\n`;
}

function indexText(): string {
  const isFinding = (entry: CodeEntry): boolean => /^GDO\d{3}$/.test(entry.code);
  const table = (heading: string, entries: readonly CodeEntry[]): string =>
    [
      `## ${heading}`,
      '',
      '| code | name | | |',
      '| --- | --- | --- | --- |',
      ...entries.map((entry) => `| [${entry.code}](${entry.code}.md) | ${entry.name} | ${entry.severity} | ${cell(entry.summary)} |`),
    ].join('\n');
  return `${[
    '# Findings and refusals',
    'One page a code, written by `npm run golden` from the rules themselves; `gdo explain CODE` prints the same. Findings are about the text of bylaws, refusals happen at run time.',
    ...ranges.map(([start, heading]) =>
      table(
        heading,
        codes.filter((entry) => isFinding(entry) && entry.code.startsWith(start)),
      ),
    ),
    ...refusals.map(([start, heading]) =>
      table(
        heading,
        codes.filter((entry) => !isFinding(entry) && entry.code.startsWith(start)),
      ),
    ),
  ].join('\n\n')}\n`;
}
