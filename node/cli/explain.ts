// `gdo explain`: the page for a finding, a refusal or a word. The pages say what everybody may know; the case at hand is another command's.
import { codeEntry, codes, suggest } from '../../language/index.ts';
import type { CodeEntry } from '../../language/index.ts';
import { codePage, pageOf } from './code-page.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { explainedWords } from './explain-words.ts';
import type { ExplainedWord } from './explain-words.ts';
import { alignRows } from './table.ts';
import { displayWidth, plainText, visible, wrap } from './terminal.ts';
import type { World } from './world.ts';

/** Pages are no wider than this, whatever the terminal: long lines are hard to read. */
const pageColumns = 96;

/** The command `gdo explain`. Exits 0, 2. Source: cli.md section 4.2. */
export const explainCommand: CommandDefinition = {
  name: 'explain',
  group: 'write',
  summary: 'the page for a finding, a refusal or a word',
  arguments: '[CODE|WORD]',
  options: [['--list', 'every code and word with one line each']],
  examples: ['gdo explain GDO301', 'gdo explain majority'],
  run: runExplain,
};

async function runExplain(positional: readonly string[], options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const topic = positional[0];
  if (options['list'] === true) return show(world, listText(), { codes, words: explainedWords });
  if (topic === undefined)
    throw new UsageError('GDO5002', 'What shall be explained?', 'a code or a word:  gdo explain GDO301, gdo explain majority; all of them: gdo explain --list');
  const entry = findEntry(topic);
  if (entry !== undefined) return show(world, codeText(entry), { ...entry, page: pageOf(entry.code) ?? null });
  const word = explainedWords.find((candidate) => candidate.words.includes(topic.toLowerCase()));
  if (word !== undefined) return show(world, wordPage(word), word);
  throw new UsageError('GDO5003', `There is no page for \`${visible(topic)}\``, suggestionHelp(topic));
}

function show(world: World, text: string, data: object): number {
  const said = world.plain ? plainText(text) : text;
  world.stdout(world.json ? `${JSON.stringify({ schema: 'gdo-explain/1', ...data })}\n` : said);
  return 0;
}

/** `GDO301`, `gdo301`, `301` and `quorum-impossible` are the same page. */
function findEntry(topic: string): CodeEntry | undefined {
  const digits = /^(?:gdo)?(\d{3,4})$/i.exec(topic)?.[1];
  return digits === undefined ? codes.find((entry) => entry.name === topic.toLowerCase()) : codeEntry(`GDO${digits}`);
}

function suggestionHelp(topic: string): string {
  const known = [...explainedWords.flatMap((word) => word.words), ...codes.flatMap((entry) => [entry.code, entry.name])];
  const [first] = suggest(topic, known);
  return first === undefined ? 'every page: gdo explain --list' : `did you mean \`gdo explain ${first}\`?  every page: gdo explain --list`;
}

function codeText(entry: CodeEntry): string {
  const page = codePage(entry);
  const sections: string[] = [`${page.heading}${' '.repeat(Math.max(2, 101 - page.heading.length - page.kind.length))}${page.kind}`];
  sections.push(wrap(page.what, pageColumns).join('\n'));
  if (page.samples !== undefined) sections.push(columns(page.samples.wrong, page.samples.right));
  else if (entry.wrong !== undefined || entry.right !== undefined) sections.push(shortColumns(entry));
  if (page.rows.length > 0) sections.push(page.rows.flatMap(([label, text]) => labelled(label, text)).join('\n'));
  return `${sections.join('\n\n')}\n`;
}

function shortColumns(entry: CodeEntry): string {
  const rows: [string, string][] = [];
  if (entry.wrong !== undefined) rows.push(['Wrong', entry.wrong]);
  if (entry.right !== undefined) rows.push(['Right', entry.right]);
  return rows.flatMap(([label, text]) => labelled(label, text)).join('\n');
}

function labelled(label: string, text: string): readonly string[] {
  return wrap(text, pageColumns - 17).map((line, index) => `${(index === 0 ? label : '').padEnd(17)}${line}`.trimEnd());
}

function columns(wrong: string, right: string): string {
  const left = ['Wrong', ...wrong.split('\n').map((line) => `  ${line}`)];
  const other = ['Right', ...right.split('\n').map((line) => `  ${line}`)];
  const width = Math.max(48, ...left.map((line) => displayWidth(line))) + 2;
  const height = Math.max(left.length, other.length);
  return Array.from({ length: height }, (_, index) => `${(left[index] ?? '').padEnd(width)}${other[index] ?? ''}`.trimEnd()).join('\n');
}

function wordPage(word: ExplainedWord): string {
  const bylaws =
    word.bylaws === ''
      ? []
      : [
          `In bylaws\n${word.bylaws
            .split('\n')
            .map((line) => `  ${line}`)
            .join('\n')}`,
        ];
  const mattered = word.mattered === undefined ? [] : [labelled('Where it decided', word.mattered).join('\n')];
  return [word.words[0] ?? '', wrap(word.says, pageColumns).join('\n'), ...bylaws, ...mattered, ...(word.see === '' ? [] : [`See also  ${word.see}`])]
    .join('\n\n')
    .concat('\n');
}

function listText(): string {
  const words = alignRows(
    explainedWords.map((word) => [word.words.join(', '), firstSentence(word.says)]),
    2,
  );
  const rows = alignRows(
    codes.map((entry) => [entry.code, entry.name, entry.severity, entry.summary]),
    2,
  );
  return `Words\n${words.join('\n')}\n\nCodes\n${rows.join('\n')}\n`;
}

function firstSentence(text: string): string {
  const end = text.indexOf('. ');
  return end < 0 ? text : text.slice(0, end + 1);
}
