// Turns the flags of `gdo count` into the words rule-words.ts reads, and says why each parameter has no default, with an election in which it mattered.
import { basename } from 'node:path';
import type { Method } from '../../engine/index.ts';
import { suggest } from '../../language/index.ts';
import type { OptionValue } from '../cli/command.ts';
import { UsageError } from '../cli/command.ts';
import { visible } from '../cli/terminal.ts';
import { type ReadRule, fieldsOf, methodWords, readRule } from './rule-words.ts';

/** Flags by their camel-case names. */
export type Flags = Readonly<Record<string, OptionValue>>;

type Read = Extract<ReadRule, { kind: 'rule' }>;

/** The flag that gives each parameter of a rule, and why it must be said. */
const reasons: ReadonlyMap<string, readonly [flag: string, why: string]> = new Map([
  ['method', ['method', 'in Burlington 2009 plurality, instant runoff and Condorcet give three different mayors (gdo explain counting)']],
  ['seats', ['seats', 'the file does not say how many are elected']],
  ['unranked', ['unranked', 'in the Kubernetes election of 2021 counting unranked candidates as last gives a seat to another person (gdo explain unranked)']],
  ['equalRanks', ['equal-ranks', 'in the Kubernetes election of 2021 setting such ballots aside gives a seat to another person (gdo explain equal-ranks)']],
  ['strength', ['strength', 'in the Kubernetes election of 2021 margins give a seat to another person (gdo explain winning-votes)']],
  ['cap', ['cap', 'in the GNOME election of 2003 the cap took the seat of the candidate in place 11; say none where there is none (gdo explain cap)']],
  ['ties', ['ties', 'Debian bug 727708 was tied 4 to 4; say none to let a tie stand (gdo explain tie)']],
  ['marksMax', ['marks', 'a ballot with more marks than allowed is not counted; say unlimited where there is no limit']],
  ['from', ['scores', 'the range of scores, such as 0..5']],
  ['to', ['scores', 'the range of scores, such as 0..5']],
  ['unscored', ['unscored', 'lowest or refused: STAR counts a missing score as the lowest, others do not count the ballot']],
  ['roundsAmong', ['rounds-among', 'smith or all: among whom the rounds run where nobody beats everybody']],
  ['against', ['default', 'name the default option, with --quorum and --ratio: Debian drops who does not beat it']],
  ['option', ['default', 'name the default option, with --quorum and --ratio: Debian drops who does not beat it']],
  ['quorum', ['quorum', 'say none where there is none: Denmark 1939 had 91.9 % yes and failed, for less than 45 % of all voters said so (gdo explain quorum)']],
  ['ratio', ['ratio', 'read strictly, 3:1 asked for 4:1 in a committee of eight: say more-than or at-least (gdo explain supermajority)']],
  ['passes', ['passes', 'a majority of whom? Of votes cast, of all ballots and of everybody differ whenever somebody stays away (gdo explain majority)']],
  ['weights', ['weights', 'ballots where a line of weight 3 is three ballots, voters where it is one voter with the weight 3']],
  ['choices', ['choices', 'the names of yes, no and abstain in the file, such as for,against,abstain']],
]);

/** Parts of parameters that one flag gives as a whole. */
const partOf: ReadonlyMap<string, string> = new Map([
  ['seatsMax', 'cap'],
  ['attribute', 'cap'],
  ['sitting', 'cap'],
  ['value', 'cap'],
  ['kind', 'ties'],
  ['seed', 'ties'],
  ['by', 'ties'],
  ['order', 'ties'],
  ['comparison', 'quorum'],
  ['ballots', 'quorum'],
  ['ratioComparison', 'ratio'],
]);

const inPairs = ['unranked', 'equalRanks'];
const ofSeats = ['seats', 'cap', 'ties'];

/** The flags each method takes besides `--method`; another one is refused, because whoever gave it believes that it counts. */
const flagsOf: Readonly<Record<Method, readonly string[]>> = {
  'yes-no': ['passes', 'quorum', 'roll', 'present', 'weights', 'choices', 'ties'],
  plurality: ['equalRanks', ...ofSeats],
  approval: ['marks', ...ofSeats],
  score: ['scores', 'unscored', ...ofSeats],
  star: ['scores', 'unscored', ...ofSeats],
  borda: [...inPairs, ...ofSeats],
  irv: [...inPairs, ...ofSeats],
  'two-round': [...inPairs, ...ofSeats],
  'stv-scottish': [...inPairs, ...ofSeats],
  'stv-wigm': [...inPairs, ...ofSeats],
  'stv-cfer': [...inPairs, ...ofSeats],
  'stv-exact': [...inPairs, ...ofSeats],
  'stv-meek': [...inPairs, ...ofSeats],
  'stv-meek-exact': [...inPairs, ...ofSeats],
  schulze: ['strength', ...inPairs, ...ofSeats],
  'ranked-pairs': ['strength', ...inPairs, ...ofSeats],
  minimax: ['strength', ...inPairs, ...ofSeats],
  condorcet: [...inPairs, ...ofSeats],
  'condorcet-irv': ['roundsAmong', ...inPairs, ...ofSeats],
  'condorcet-default': ['default', 'quorum', 'ratio', ...inPairs, ...ofSeats],
};

const ruleFlags: readonly string[] = [...new Set(Object.values(flagsOf).flat())];

/** `equalRanks` as it is typed: `equal-ranks`. */
function typed(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}

function textOf(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}

function wholeOf(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d{1,15}$/u.test(text) ? Number(text) : undefined;
}

/** `none`, or caps between semicolons: `4`, `4,Google=3` (at most 4 of one affiliation, 3 of Google sit already), `2 per country`. */
function capOf(text: string | undefined): unknown {
  if (text === undefined || text === 'none') return text;
  return text.split(';').map((one) => {
    const [most = '', ...sitting] = one.split(',').map((part) => part.trim());
    const [seatsMax, attribute] = most.split(/\s+per\s+/u);
    return {
      attribute: attribute ?? 'affiliation',
      seatsMax: wholeOf(seatsMax),
      sitting: sitting.map((entry) => ({ value: entry.slice(0, entry.lastIndexOf('=')), seats: wholeOf(entry.slice(entry.lastIndexOf('=') + 1)) })),
    };
  });
}

/** `none`, or rules in order: `prior-rounds`, `fails`, `lot:SEED`, `decided:WHO=first>second`. */
function tiesOf(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  if (text === 'none') return [];
  return text.split(',').map((rule) => {
    const colon = rule.indexOf(':');
    const kind = colon === -1 ? rule : rule.slice(0, colon);
    const value = colon === -1 ? undefined : rule.slice(colon + 1);
    if (kind === 'lot') return { kind, seed: value };
    if (kind !== 'decided' || value === undefined) return { kind };
    return { kind, by: value.slice(0, value.indexOf('=')), order: value.slice(value.indexOf('=') + 1).split('>') };
  });
}

/** `at-least 48` or `more-than 3/2`, as comparison and fraction. */
function comparisonOf(text: string): { readonly comparison: string; readonly value: string } {
  const [comparison = '', value = ''] = text.trim().split(/\s+/u);
  return { comparison, value };
}

function againstOf(flags: Flags): unknown {
  const option = textOf(flags, 'default');
  const quorum = textOf(flags, 'quorum');
  const ratio = textOf(flags, 'ratio');
  if (option === undefined) return undefined;
  const needed = quorum === undefined ? undefined : comparisonOf(quorum);
  const beaten = ratio === undefined ? undefined : comparisonOf(ratio);
  return {
    option,
    quorum: quorum === 'none' ? 'none' : needed && { comparison: needed.comparison, ballots: needed.value },
    ratio: beaten?.value,
    ratioOf: [],
    ratioComparison: beaten?.comparison,
  };
}

/** The size of a roll, `unknown` where it is not given: a rule that needs it then says so. */
function sizeOf(text: string | undefined): unknown {
  return text === undefined ? 'unknown' : wholeOf(text);
}

/** The names of yes, no and abstain: not a rule, so they have the names of the language where nothing else is said. */
function choicesOf(flags: Flags): readonly string[] {
  return (textOf(flags, 'choices') ?? 'yes,no,abstain').split(',').map((name) => name.trim());
}

function wordsOf(flags: Flags, seatsOfFile: number | undefined): unknown {
  const scores = /^(-?\d{1,9})\.\.(-?\d{1,9})$/u.exec(textOf(flags, 'scores') ?? '');
  const marks = textOf(flags, 'marks');
  const isMotion = flags['method'] === 'yes-no';
  return {
    method: textOf(flags, 'method'),
    seats: wholeOf(textOf(flags, 'seats')) ?? (textOf(flags, 'seats') === undefined ? seatsOfFile : undefined),
    unranked: textOf(flags, 'unranked'),
    equalRanks: textOf(flags, 'equalRanks'),
    strength: textOf(flags, 'strength'),
    cap: capOf(textOf(flags, 'cap')),
    ties: tiesOf(textOf(flags, 'ties')),
    marksMax: marks === 'unlimited' ? marks : wholeOf(marks),
    from: wholeOf(scores?.[1]),
    to: wholeOf(scores?.[2]),
    unscored: textOf(flags, 'unscored'),
    roundsAmong: textOf(flags, 'roundsAmong'),
    against: isMotion ? undefined : againstOf(flags),
    passes: textOf(flags, 'passes'),
    quorum: textOf(flags, 'quorum'),
    weights: textOf(flags, 'weights'),
    choices: choicesOf(flags),
    roll: sizeOf(textOf(flags, 'roll')),
    present: sizeOf(textOf(flags, 'present')),
  };
}

function refuseOthers(flags: Flags, method: Method): void {
  const other = ruleFlags.find((name) => flags[name] !== undefined && !flagsOf[method].includes(name));
  if (other === undefined) return;
  const own = flagsOf[method].map((name) => `--${typed(name)}`).join(', ');
  throw new UsageError('GDO5002', `\`--${typed(other)}\` is no parameter of ${method}`, `${method} takes ${own}`);
}

/** Flags that a rule may do without: what the file says, or what only some tests need. */
const optional: readonly string[] = ['roll', 'present', 'choices'];

function reasonOf(flag: string): string {
  return [...reasons.values()].find(([own]) => own === flag)?.[1] ?? 'see gdo count --help';
}

const wordsOfFlag: ReadonlyMap<string, string> = new Map([
  ['unranked', 'tied-last or not-compared'],
  ['equal-ranks', 'allowed or refused'],
  ['strength', 'winning-votes or margins'],
  ['cap', 'none, or such as 4'],
  ['ties', 'none, prior-rounds, lot:SEED, decided:WHO=a>b or fails'],
  ['marks', 'a number or unlimited'],
  ['scores', 'such as 0..5'],
  ['unscored', 'lowest or refused'],
  ['rounds-among', 'smith or all'],
  ['quorum', 'none, or such as "at-least 48"'],
  ['ratio', 'such as "more-than 1"'],
  ['passes', 'such as "more than 1/2 of votes cast"'],
  ['weights', 'ballots or voters'],
]);

/** What may be said behind a flag, where words are. */
function sayable(method: Method, flag: string): string {
  const isStv = method.startsWith('stv-');
  const isRounds = method === 'irv' || method === 'two-round' || method === 'condorcet-irv';
  if (flag === 'unranked' && isStv) return 'exhausted';
  if (flag === 'unranked' && isRounds && method !== 'condorcet-irv') return 'exhausted or tied-last';
  if (flag === 'equal-ranks' && isStv) return 'refused';
  if (flag === 'equal-ranks' && isRounds) return 'refused, waits or split';
  if (flag === 'equal-ranks' && method === 'plurality') return 'refused or split';
  if (flag === 'quorum' && method === 'yes-no') return 'none, or such as "at least 1/3 of all voting"';
  return wordsOfFlag.get(flag) ?? '';
}

/** Asks for everything that is missing at once, each with the reason why nothing stands in for it. */
function askFor(flags: Flags, method: Method, seatsOfFile: number | undefined): void {
  const needed = flagsOf[method].filter((name) => !optional.includes(name) && (name !== 'seats' || seatsOfFile === undefined));
  const missing = needed.filter((name) => flags[name] === undefined).map(typed);
  if (missing.length === 0) return;
  const list = missing.map((flag) => `\`--${flag}\``).join(', ');
  const lines = missing.map((flag) => [`--${flag}`, sayable(method, flag)].filter((part) => part !== '').join(' ') + `: ${reasonOf(flag)}`);
  throw new UsageError('GDO5002', `${method} needs ${list}, and nothing stands in for what is not said`, lines.join('\n'));
}

/** Refuses parameters of a rule beside a parameters file. @throws UsageError GDO5002 */
export function refuseRuleFlags(flags: Flags): void {
  const other = ruleFlags.find((name) => flags[name] !== undefined);
  if (other !== undefined) throw new UsageError('GDO5002', `\`--${typed(other)}\` and \`--parameters\` both give the rule`, 'leave one of them out');
}

/** Reads the rule a command line gives. @throws UsageError GDO5002 that names the flag and why it has no default */
export function ruleOfFlags(flags: Flags, seatsOfFile: number | undefined): Read {
  const asked = textOf(flags, 'method');
  const method = methodWords.find((name) => name === asked);
  if (asked !== undefined && method === undefined) {
    const [near] = suggest(asked, methodWords);
    const methods = `the methods are ${methodWords.join(', ')}`;
    throw new UsageError('GDO5002', `No method is called \`${visible(asked)}\``, near === undefined ? methods : `did you mean \`${near}\`?  ${methods}`);
  }
  if (method === undefined)
    throw new UsageError('GDO5002', '`--method` is missing', `--method has no default: ${reasonOf('method')}; the methods are ${methodWords.join(', ')}`);
  refuseOthers(flags, method);
  askFor(flags, method, seatsOfFile);
  const read = readRule(wordsOf(flags, seatsOfFile));
  if (read.kind === 'rule') return read;
  const [flag, why] = reasons.get(partOf.get(read.parameter) ?? read.parameter) ?? [typed(read.parameter), 'see gdo count --help'];
  throw new UsageError('GDO5002', `\`--${flag}\` is wrong: it ${visible(read.reason)}`, why);
}

/**
 * Finds the rule for a file in a parameters file: the first for that file name, and for that method where one is given.
 * @throws UsageError GDO5002
 */
export function ruleOfParameters(parameters: unknown, path: string, flags: Flags): Read {
  const { method } = flags;
  const counts = fieldsOf(parameters)?.get('counts');
  const found = (Array.isArray(counts) ? counts : []).find((entry: unknown) => {
    const rule = fieldsOf(fieldsOf(entry)?.get('rule'));
    return fieldsOf(entry)?.get('file') === basename(path) && (method === undefined || rule?.get('method') === method);
  });
  const read = readRule(fieldsOf(found)?.get('rule'));
  if (found === undefined)
    throw new UsageError('GDO5002', 'The parameters file says nothing of this election', 'it looks for the name of the file and the method');
  if (read.kind === 'wrong')
    throw new UsageError('GDO5002', `The parameters file is wrong: \`${read.parameter}\` ${visible(read.reason)}`, 'every parameter has to be there');
  return read;
}
