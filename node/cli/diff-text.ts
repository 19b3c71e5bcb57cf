// `gdo diff` as text for people and as Markdown for a comment: each difference in a line, with the sentences of the bylaws before and after.
import type { ChangeClass, RuleChange } from '../../compiler/index.ts';
import type { RetallyReport } from './retally.ts';
import { markdownEscape } from './markdown-escape.ts';
import { paint, visible, wrap } from './terminal.ts';
import type { Style } from './terminal.ts';
import type { World } from './world.ts';

/** Everything that is said about two sets of bylaws. */
export interface DiffReport {
  readonly before: { readonly name: string; readonly hash: string };
  readonly after: { readonly name: string; readonly hash: string };
  readonly changes: readonly RuleChange[];
  /** Facts that differ: the old one and the new one. */
  readonly facts: readonly (readonly [before: string, after: string])[];
  /** Open cases that go on by the old rules. */
  readonly open: readonly { readonly number: number; readonly process: string }[];
  readonly retally: RetallyReport | undefined;
}

const words: Readonly<Record<ChangeClass, string>> = { easier: 'Easier', power: 'Power shift', harder: 'Harder', other: 'Other', wording: 'Wording' };
const styles: Readonly<Record<ChangeClass, Style>> = { easier: 'yellow', power: 'yellow', harder: 'blue', other: 'dim', wording: 'dim' };
const marks: Readonly<Record<ChangeClass, string>> = { easier: '⚠️ ', power: '⚠️ ', harder: '', other: '', wording: '' };

/** `quorum of ballot in amendment`: where the difference stands, the last word first. */
function place(change: RuleChange): string {
  const [head = '', ...rest] = change.path;
  if (['protect', 'forbid', 'always', 'possible'].includes(head)) return `${head} ${rest.join(' ')}`;
  return rest.length === 0 ? head : `${head}: ${rest.join(', ')}`;
}

function numbers(change: RuleChange): readonly string[] {
  const { people, note, protectedBy } = change;
  return [
    ...(people === undefined ? [] : [`${people.after < people.before ? 'Fewer' : 'More'} people bring it about: ${people.before} → ${people.after}`]),
    ...(note === undefined ? [] : [`${note}`]),
    ...(protectedBy === undefined
      ? []
      : [protectedBy === 'never' ? 'Protected: this may never be changed' : `Protected: \`${protectedBy}\` alone may decide this`]),
  ];
}

function wholeWord(change: RuleChange): string {
  if (change.before.length === 0 && change.after.length > 0) return 'new';
  return change.after.length === 0 && change.before.length > 0 ? 'gone' : '';
}

/** The report for a terminal; sentences wrapped. Pure. */
export function diffText(report: DiffReport, world: World): string {
  const lines = report.changes.flatMap((change) => [
    `${paint(world, styles[change.kind], words[change.kind])}  ${paint(world, 'bold', visible(place(change)))}${wholeWord(change) === '' ? '' : ` (${wholeWord(change)})`}`,
    ...change.before.flatMap((line) => indented('-', line, world)),
    ...change.after.flatMap((line) => indented('+', line, world)),
    ...numbers(change).flatMap((line) => indented(' ', line, world)),
    '',
  ]);
  const facts = report.facts.flatMap(([before, after]) => [...indented('-', before, world), ...indented('+', after, world)]);
  return `${[
    ...(report.changes.length === 0 ? [sameText(report)] : lines.slice(0, -1)),
    ...(facts.length === 0 ? [] : ['', ...facts]),
    ...openText(report),
    ...(report.retally === undefined ? [] : ['', ...retallyText(report.retally)]),
  ].join('\n')}\n`;
}

function indented(mark: string, text: string, world: World): readonly string[] {
  return wrap(visible(text), Math.max(30, world.columns - 4)).map((line, index) => `  ${index === 0 ? mark : ' '} ${line}`.trimEnd());
}

function sameText({ before, after }: DiffReport): string {
  return before.hash === after.hash
    ? 'Nothing changes: both sides mean the same.'
    : 'Nothing changes but the order in which some things stand, which decides nothing.';
}

function openText({ open }: DiffReport): readonly string[] {
  if (open.length === 0) return [];
  const cases = open.map((one) => `#${one.number}`).join(', ');
  return ['', open.length === 1 ? `1 open case keeps the old rules: ${cases}` : `${open.length} open cases keep the old rules: ${cases}`];
}

function retallyText(report: RetallyReport): readonly string[] {
  return [
    `${report.otherwise.length} of ${report.judged} decided cases would have ended otherwise.`,
    ...report.otherwise.map((one) => `  #${one.number} ${visible(one.title)}: ${one.stage} led to ${one.ledTo}; by the new rules ${one.now}`),
    ...(report.undecided.length === 0 ? [] : [`${report.undecided.length} could not be judged by the new rules:`]),
    ...report.undecided.map((one) => `  #${one.number} ${visible(one.title)}: ${one.reason}`),
  ];
}

/** The report as a list for a comment; every word of the bylaws is escaped. Pure. */
export function diffMarkdown(report: DiffReport): string {
  const changes = report.changes.map((change) => {
    const sentences =
      change.before.length + change.after.length === 0
        ? ''
        : `: ${[change.before.map(quote).join(' '), change.after.map(quote).join(' ')].filter((part) => part !== '').join(' → ')}`;
    const more = numbers(change).map((line) => ` ${line}.`);
    const word = wholeWord(change);
    return `- ${marks[change.kind]}**${words[change.kind]}:** ${markdownEscape(place(change))}${word === '' ? '' : ` (${word})`}${sentences}${more.join('')}`;
  });
  const facts = report.facts.map(([before, after]) => `- ${markdownEscape(before)} → ${markdownEscape(after)}`);
  const open = openText(report).filter((line) => line !== '');
  const retally = report.retally === undefined ? [] : retallyText(report.retally).map((line) => `- ${markdownEscape(line.trim())}`);
  return `${[...(changes.length === 0 ? [sameText(report)] : changes), ...facts, ...open.map((line) => `- ${line}`), ...retally].join('\n')}\n`;
}

function quote(text: string): string {
  return `“${markdownEscape(text)}”`;
}
