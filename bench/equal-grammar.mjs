// Writes gdo's own grammar, rule by rule, in the notation of a peer, so that both read the same language. What gdo decides beside its grammar stays out.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The rules of gdo's grammar, with the words of the language; several words may be one keyword. */
export async function ownGrammar() {
  const outfile = `${root}dist/bench/grammar.mjs`;
  await build({
    absWorkingDir: root,
    stdin: {
      contents:
        "export { grammarRules, tokenNames } from './language/notation.ts';" +
        "export { keywordOf, kindOfWord, reservedWords, softWords } from './language/tokens.ts';",
      resolveDir: root,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  const { grammarRules, tokenNames, keywordOf, kindOfWord, reservedWords, softWords } = await import(pathToFileURL(outfile).href);
  const marks = { ',': 'Comma', '.': 'Dot' };
  const names = new Map([...tokenNames].map(([name, kind]) => [kind, marks[name] ?? name]));
  const wordName = (kind) => `K_${keywordOf(kind)}`;
  const spellings = new Map();
  for (const word of [...reservedWords, ...softWords]) {
    const name = wordName(kindOfWord(word));
    spellings.set(name, [...(spellings.get(name) ?? []), word]);
  }
  return { rules: [...grammarRules()], reservedWords, spellings, names, wordName };
}

/** Writes one piece of a rule; a dialect says how a rule, a word, a token and a choice look. */
function written(piece, dialect, own) {
  const all = (pieces, between) => pieces.map((each) => written(each, dialect, own)).join(between);
  switch (piece.kind) {
    case 'rule':
      return dialect.rule(piece.rule);
    case 'token':
      return own.names.has(piece.token) ? dialect.token(own.names.get(piece.token)) : dialect.word(own.wordName(piece.token));
    case 'maybe':
      return `(${written(piece.piece, dialect, own)})?`;
    case 'many':
      return `(${written(piece.piece, dialect, own)})*`;
    case 'row':
      return piece.pieces.length === 0 ? dialect.nothing : all(piece.pieces, ' ');
    case 'one-of':
      return `(${all(piece.pieces, dialect.or)})`;
    default:
      throw new Error(`no notation for ${piece.kind}`);
  }
}

const longestFirst = (words) => words.toSorted((a, b) => b.length - a.length);

/** gdo's grammar for peggy. Every rule gives a node with its parts and its place, as gdo's tree has; longer spellings come before shorter ones. */
export function forPeggy(own) {
  const { rules, reservedWords, spellings } = own;
  const dialect = { nothing: "''", or: ' / ', rule: (name) => `R_${name}`, word: (name) => name, token: (name) => `T_${name}` };
  const anyOf = (words) =>
    `(${longestFirst(words)
      .map((word) => JSON.stringify(word))
      .join(' / ')}) Stop`;
  const token = (name, pattern) => `T_${name} = text:$(${pattern}) _ { return { text, place: range() }; }`;
  return [
    "File = _ 'gdo' Stop _ T_Int declarations:R_declaration* { return declarations; }",
    ...rules.map(([name, piece]) => `R_${name} = parts:(${written(piece, dialect, own)}) { return { kind: '${name}', parts, place: range() }; }`),
    ...[...spellings].map(([name, words]) => `${name} = text:$(${anyOf(words)}) _ { return { text, place: range() }; }`),
    'Stop = ![A-Za-z0-9-]',
    `Reserved = ${anyOf(reservedWords)}`,
    "T_Word = !Reserved text:$([A-Za-z] [A-Za-z0-9]* ('-' [A-Za-z0-9]+)*) _ { return { text, place: range() }; }",
    token('Unit', "('minute' / 'hour' / 'day' / 'week' / 'month' / 'year') 's'? Stop"),
    token('WeekDay', anyOf(weekDays)),
    token('Param', "'$' [A-Za-z] [A-Za-z0-9-]*"),
    token('Quoted', `'"' [^"\\n]* '"'`),
    token('Clock', "[0-9] [0-9] ':' [0-9] [0-9]"),
    token('CalendarDate', "[0-9]|4| '-' [0-9]|2| '-' [0-9]|2| ('T' [0-9:]+ 'Z')?"),
    token('Percent', "[0-9]+ ('.' [0-9]+)? '%'"),
    token('Fraction', "[0-9]+ '/' [0-9]+"),
    token('Decimal', "[0-9]+ '.' [0-9]+"),
    token('Int', '[0-9]+ ![0-9./%:-]'),
    "T_Comma = ',' _",
    "T_Dot = '.' _",
    "_ = ([ \\t\\r\\n] / '--' [^\\n]*)*",
    '',
  ].join('\n');
}

const weekDays = ['daily', 'weekdays', 'weekends', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** gdo's grammar for langium: parts of a rule are collected in two lists, words that are no keyword in their place are names. */
export function forLangium(own) {
  const { rules, reservedWords, spellings } = own;
  const either = (words, write) => `(${words.map(write).join(' | ')})`;
  const dialect = {
    nothing: '',
    or: ' | ',
    rule: (name) => `parts+=R_${name}`,
    word: (name) => either(spellings.get(name), (word) => `words+='${word}'`),
    token: (name) => ({ Comma: "','", Dot: "'.'" })[name] ?? `words+=T_${name}`,
  };
  const soft = [...spellings.values()].flat().filter((word) => !reservedWords.includes(word));
  const units = ['minute', 'hour', 'day', 'week', 'month', 'year'].flatMap((unit) => [unit, `${unit}s`]);
  return [
    'grammar Gdo',
    "entry File: 'gdo' version=T_Int declarations+=R_declaration*;",
    ...rules.map(([name, piece]) => `R_${name}: {R_${name}} ${written(piece, dialect, own)};`),
    // langium numbers the alternatives of a rule below 256.
    'T_Word returns string: NAME | Soft1 | Soft2;',
    `Soft1 returns string: ${soft
      .slice(0, 120)
      .map((word) => `'${word}'`)
      .join(' | ')};`,
    `Soft2 returns string: ${soft
      .slice(120)
      .map((word) => `'${word}'`)
      .join(' | ')};`,
    `T_Unit returns string: ${units.map((word) => `'${word}'`).join(' | ')};`,
    `T_WeekDay returns string: ${weekDays.map((word) => `'${word}'`).join(' | ')};`,
    'terminal NAME: /[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*/;',
    'terminal T_Param: /\\$[A-Za-z][A-Za-z0-9-]*/;',
    'terminal T_Quoted: /"[^"\\n]*"/;',
    'terminal T_Clock: /[0-9]{2}:[0-9]{2}/;',
    'terminal T_CalendarDate: /[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:]+Z)?/;',
    'terminal T_Percent: /[0-9]+(\\.[0-9]+)?%/;',
    'terminal T_Fraction: /[0-9]+\\/[0-9]+/;',
    'terminal T_Decimal: /[0-9]+\\.[0-9]+/;',
    'terminal T_Int: /[0-9]+/;',
    'hidden terminal WS: /\\s+/;',
    'hidden terminal COMMENT: /--[^\\n]*/;',
    '',
  ].join('\n');
}
