// Writes gdo's own grammar, rule by rule, in the notation of a peer, so that both read the same language. What gdo decides beside its grammar stays out.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The rules of the parser as chevrotain recorded them, with the words of the language. */
export async function ownGrammar() {
  const outfile = `${root}dist/bench/grammar.mjs`;
  await build({
    absWorkingDir: root,
    stdin: {
      contents: "export { BylawsGrammar } from './language/grammar.ts'; export { reservedWords, softWords, wordType } from './language/tokens.ts';",
      resolveDir: root,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  const { BylawsGrammar, reservedWords, softWords, wordType } = await import(pathToFileURL(outfile).href);
  const spellings = new Map();
  for (const word of [...reservedWords, ...softWords]) spellings.set(wordType(word).name, [...(spellings.get(wordType(word).name) ?? []), word]);
  return { rules: Object.values(new BylawsGrammar(true).getGAstProductions()), reservedWords, spellings };
}

/** Writes one production; a dialect says how a rule, a word, a token, a choice and a separated list look. */
function written(production, dialect) {
  const { definition } = production;
  const sequence = () => (definition.length === 0 ? dialect.nothing : definition.map((part) => written(part, dialect)).join(' '));
  switch (production.constructor.name) {
    case 'NonTerminal':
      return dialect.rule(production.nonTerminalName);
    case 'Terminal':
      return production.terminalType.name.startsWith('K_') ? dialect.word(production.terminalType.name) : dialect.token(production.terminalType.name);
    case 'Option':
      return `(${sequence()})?`;
    case 'Repetition':
      return `(${sequence()})*`;
    case 'RepetitionMandatory':
      return `(${sequence()})+`;
    case 'RepetitionWithSeparator':
    case 'RepetitionMandatoryWithSeparator': {
      const list = `(${sequence()} (${dialect.token(production.separator.name)} ${sequence()})*)`;
      return production.constructor.name.includes('Mandatory') ? list : `${list}?`;
    }
    case 'Alternation':
      return `(${definition.map((part) => written(part, dialect)).join(dialect.or)})`;
    case 'Alternative':
      return `(${sequence()})`;
    default:
      throw new Error(`no notation for ${production.constructor.name}`);
  }
}

const longestFirst = (words) => words.toSorted((a, b) => b.length - a.length);
const body = (rule, dialect) => rule.definition.map((part) => written(part, dialect)).join(' ');

/** gdo's grammar for peggy. Every rule gives a node with its parts and its place, as gdo's tree has; longer spellings come before shorter ones. */
export function forPeggy({ rules, reservedWords, spellings }) {
  const dialect = { nothing: "''", or: ' / ', rule: (name) => `R_${name}`, word: (name) => name, token: (name) => `T_${name}` };
  const anyOf = (words) =>
    `(${longestFirst(words)
      .map((word) => JSON.stringify(word))
      .join(' / ')}) Stop`;
  const token = (name, pattern) => `T_${name} = text:$(${pattern}) _ { return { text, place: range() }; }`;
  return [
    "File = _ 'gdo' Stop _ T_Int declarations:R_declaration* { return declarations; }",
    ...rules.map((rule) => `R_${rule.name} = parts:(${body(rule, dialect)}) { return { kind: '${rule.name}', parts, place: range() }; }`),
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
export function forLangium({ rules, reservedWords, spellings }) {
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
    ...rules.map((rule) => `R_${rule.name}: {R_${rule.name}} ${body(rule, dialect)};`),
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
