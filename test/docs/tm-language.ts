// Writes editors/gdo.tmLanguage.json from the words of the language, so that editors and forges colour exactly the words that gdo reads.
import { jsonLayout } from './json-layout.ts';
import { reservedWords, softWords } from '../../language/index.ts';

/** Words that open a declaration or a stage, coloured apart from clauses. */
const openers: readonly string[] = (
  'organization module parameter import area attribute role measure points certificate delegation account dapp collaborator action process duty ' +
  'protect forbid always possible scenario step vote joint meeting draw outcome right end'
).split(' ');

const whole = (words: readonly string[]): string =>
  `(?<![A-Za-z0-9$-])(?:${[...words].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join('|')})(?![A-Za-z0-9-])`;

/** The text of editors/gdo.tmLanguage.json. Pure. */
export function tmLanguageText(): string {
  const grammar = {
    name: 'gdo bylaws',
    scopeName: 'source.gdo',
    fileTypes: ['gdo'],
    patterns: [
      { name: 'comment.line.double-dash.gdo', match: '--.*$' },
      { name: 'string.quoted.double.gdo', match: '"[^"\\n]*"' },
      { name: 'variable.parameter.gdo', match: '\\$[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*' },
      { name: 'constant.numeric.date.gdo', match: '\\b\\d{4}-\\d{2}-\\d{2}(?:T\\d{2}:\\d{2}Z)?' },
      { name: 'constant.numeric.time.gdo', match: '\\b\\d{2}:\\d{2}\\b' },
      { name: 'constant.numeric.gdo', match: '(?<![A-Za-z0-9-])\\d+(?:/\\d+|\\.\\d+%?|%)?(?![A-Za-z0-9-])' },
      { name: 'keyword.control.gdo', match: whole(openers.filter((word) => reservedWords.includes(word))) },
      { name: 'keyword.other.gdo', match: whole(reservedWords.filter((word) => !openers.includes(word))) },
      { name: 'support.other.gdo', match: whole(softWords) },
      { name: 'entity.name.gdo', match: '[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*' },
    ],
  };
  return jsonLayout(grammar);
}
