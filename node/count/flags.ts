// Turns the flags of `gdo count` into the words rule-words.ts reads, and says why each parameter has no default, with an election in which it mattered.
import { basename } from 'node:path';
import type { OptionValue } from '../cli/command.ts';
import { UsageError } from '../cli/command.ts';
import { type ReadRule, fieldsOf, readRule } from './rule-words.ts';

/** Flags by their camel-case names. */
export type Flags = Readonly<Record<string, OptionValue>>;

/** The flag that gives each parameter of a rule, and why it must be said. */
const reasons: ReadonlyMap<string, readonly [flag: string, why: string]> = new Map([
  ['method', ['--method', 'in Burlington 2009 plurality, instant runoff and Condorcet give three different mayors']],
  ['seats', ['--seats', 'the file does not say how many are elected']],
  ['unranked', ['--unranked', 'in the Kubernetes election of 2021 counting unranked candidates as last gives a seat to another person']],
  ['equalRanks', ['--equal-ranks', 'in the Kubernetes election of 2021 setting such ballots aside gives a seat to another person']],
  ['strength', ['--strength', 'in the Kubernetes election of 2021 margins give a seat to another person']],
  ['cap', ['--cap', 'in the GNOME election of 2003 the cap took the seat of the candidate in place 11; say none where there is none']],
  ['ties', ['--ties', 'Debian bug 727708 was tied 4 to 4; say none to let a tie stand']],
  ['marksMax', ['--marks', 'a ballot with more marks than allowed is not counted; say unlimited where there is no limit']],
  ['from', ['--scores', 'the range of scores, such as 0..5']],
  ['to', ['--scores', 'the range of scores, such as 0..5']],
  ['unscored', ['--unscored', 'lowest or refused: STAR counts a missing score as the lowest, others do not count the ballot']],
  ['roundsAmong', ['--rounds-among', 'smith or all: among whom the rounds run where nobody beats everybody']],
  ['against', ['--default', 'name the default option, with --quorum and --ratio']],
]);

function textOf(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}

function wholeOf(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d{1,15}$/u.test(text) ? Number(text) : undefined;
}

/**
 * `none`, or caps between semicolons: `4`, `4,Google=3` (at most 4 of one affiliation, 3 of Google sit already), `2 per country`.
 */
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
  if (option === undefined || quorum === undefined || ratio === undefined) return undefined;
  const needed = comparisonOf(quorum);
  const beaten = comparisonOf(ratio);
  return {
    option,
    quorum: quorum === 'none' ? 'none' : { comparison: needed.comparison, ballots: needed.value },
    ratio: beaten.value,
    ratioOf: [],
    ratioComparison: beaten.comparison,
  };
}

function wordsOf(flags: Flags, seatsOfFile: number | undefined): unknown {
  const scores = /^(-?\d{1,9})\.\.(-?\d{1,9})$/u.exec(textOf(flags, 'scores') ?? '');
  const marks = textOf(flags, 'marks');
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
    against: againstOf(flags),
  };
}

/** Reads the rule a command line gives. @throws UsageError GDO5002 that names the flag and why it has no default */
export function ruleOfFlags(flags: Flags, seatsOfFile: number | undefined): Extract<ReadRule, { kind: 'rule' }> {
  const read = readRule(wordsOf(flags, seatsOfFile));
  if (read.kind === 'rule') return read;
  const [flag, why] = reasons.get(read.parameter) ?? ['', 'see gdo count --help'];
  throw new UsageError(
    'GDO5002',
    flag === '' ? `A flag is wrong: ${read.reason}` : `\`${flag}\` is missing or wrong: ${read.reason}`,
    `${flag} has no default: ${why}`,
  );
}

/** Finds the rule for a file in a parameters file: the first for that file name, and for that method where one is given. @throws UsageError GDO5002 */
export function ruleOfParameters(parameters: unknown, path: string, method: OptionValue): Extract<ReadRule, { kind: 'rule' }> {
  const counts = fieldsOf(parameters)?.get('counts');
  const found = (Array.isArray(counts) ? counts : []).find((entry: unknown) => {
    const rule = fieldsOf(fieldsOf(entry)?.get('rule'));
    return fieldsOf(entry)?.get('file') === basename(path) && (method === undefined || rule?.get('method') === method);
  });
  const read = readRule(fieldsOf(found)?.get('rule'));
  if (found === undefined)
    throw new UsageError('GDO5002', 'The parameters file says nothing of this election', 'it looks for the name of the file and the method');
  if (read.kind === 'wrong') throw new UsageError('GDO5002', `The parameters file is wrong: ${read.reason}`, 'every parameter has to be there');
  return read;
}
