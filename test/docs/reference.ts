// Writes docs/reference.md from the words of the grammar, the built-in names and the list of findings, so that it cannot fall behind them.
import { builtInPeople, builtInVerbs, defaultChoices, drawResults, limitCounts, limitPer, meetingResults, voteResults } from '../../compiler/built-in.ts';
import { codes } from '../../language/codes.ts';
import { sentenceOf, sentenceRules } from '../../language/sentences.ts';
import { reservedWords, softWords } from '../../language/tokens.ts';

/** Where a chapter begins: the first rule of the grammar in it, and its heading. */
const chapters: ReadonlyMap<string, string> = new Map([
  ['organization', 'The organization'],
  ['module', 'Modules'],
  ['area', 'Files, facts and acts'],
  ['role', 'Roles'],
  ['measure', 'Measures, points, certificates, delegation'],
  ['account', 'Money and programs'],
  ['process', 'Processes'],
  ['step', 'Steps'],
  ['vote', 'Votes'],
  ['joint', 'Joint votes, meetings and draws'],
  ['outcome', 'Outcomes'],
  ['right', 'Rights'],
  ['duty', 'Duties'],
  ['protect', 'Protection and beliefs'],
  ['scenario', 'Scenarios'],
]);

const limits: readonly (readonly [string, string])[] = [
  ['a file', '256 KiB'],
  ['all files together', '2 MiB'],
  ['words, numbers and marks of a file', '50,000'],
  ['blocks inside one another', '64'],
  ['processes', '500'],
  ['stages of a process', '200'],
  ['a text between quotation marks', '512 bytes'],
  ['a name', '64 characters'],
  ['a whole number', '9,007,199,254,740,991'],
  ['the parts of a fraction', '1,000,000'],
  ['decimals of a percentage', '6'],
  ['a duration', '1 minute to 100 years'],
  ['a date', 'from 1970 to 9999, in UTC'],
];

const units: readonly (readonly [string, string])[] = [
  ['`30 minutes`, `12 hours`', 'exact'],
  ['`7 days`, `2 weeks`', 'exact: a day has 24 hours; with `day ends` a deadline moves on to the end of its last day'],
  ['`3 months`, `1 year`', 'by the calendar in UTC; 31 January and 1 month is the last day of February'],
  ['`2/3`, `66.67%`', 'a share, compared exactly; nothing is rounded'],
  ['`2027-03-01`, `2027-03-01T14:00Z`', 'a day or an instant, in UTC'],
  ['`18:00`', 'a time of day in the hours of a right, local time'],
  ['`2000.00 EUR`', 'money, with the decimals of its account'],
];

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;
const table = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  [`| ${columns.join(' | ')} |`, `|${' --- |'.repeat(columns.length)}`, ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');
const words = (names: readonly string[]): string => names.map(code).join(' ');

/** The text of docs/reference.md. Pure. */
export function referenceText(): string {
  const parts: string[] = [
    '# Reference of the gdo language',
    'Written by `npm run golden` from the grammar and the list of findings. To learn the language, read [the guide](language.md) first.\nEach row shows one line that can stand where its chapter says, and what it settles.',
  ];
  let rows: (readonly string[])[] = [];
  const flush = (): void => {
    if (rows.length > 0) parts.push(table(['What', 'A line that reads right', 'It says'], rows));
    rows = [];
  };
  for (const rule of sentenceRules) {
    if (rule === 'declaration') continue;
    const heading = chapters.get(rule);
    if (heading !== undefined) {
      flush();
      parts.push(`## ${heading}`);
    }
    const { what, example, unknown } = sentenceOf([rule]);
    rows.push([cell(what), code(example), cell(unknown)]);
  }
  flush();
  parts.push(
    '## Units',
    table(
      ['You write', 'It is'],
      units.map(([left, right]) => [left, cell(right)]),
    ),
  );
  parts.push(
    '## Names that are always there',
    table(
      ['Kind', 'Names'],
      [
        ['people of a case', words(builtInPeople)],
        ['verbs', words(builtInVerbs)],
        ['choices of a vote', words(defaultChoices)],
        ['results of a vote', words(voteResults)],
        ['results of a meeting', words(meetingResults)],
        ['results of a draw', words(drawResults)],
        ['what a limit counts', words(limitCounts.map(([plural]) => plural))],
        ['for whom a limit counts', words(limitPer)],
      ],
    ),
  );
  parts.push('## Words', `These ${reservedWords.length} words name nothing but themselves:`, words(reservedWords));
  parts.push(`These ${softWords.length} mean something in one place and may be names elsewhere (\`of\` and \`other\` may not name a role):`, words(softWords));
  parts.push('## Limits', table(['Of', 'At most'], limits));
  const found = codes.filter((entry) => /^GDO0|^GDO[1-9]\d\d$/.test(entry.code));
  parts.push(
    '## Findings',
    'What `gdo check` can say. `gdo explain CODE` prints the page.',
    table(
      ['Code', 'Name', 'Severity', 'When'],
      found.map((entry) => [entry.code, entry.name, entry.severity, cell(entry.summary)]),
    ),
  );
  return `${parts.join('\n\n')}\n`;
}
