// Reads what must hold of a motion from words such as `more than 1/2 of votes cast`, in the words of the language's `passes when` and `quorum`.
// Every base and strictness is written; nothing is completed.
import { type MotionBase, type MotionQuorum, type MotionTest, type Rational, rational } from '../../engine/index.ts';

/** What came of a text: the parts, or one sentence that says what is wrong. */
export type ReadWords<Part> = { readonly kind: 'read'; readonly parts: readonly Part[] } | { readonly kind: 'wrong'; readonly reason: string };

const comparisons: ReadonlyMap<string, MotionTest['comparison']> = new Map([
  ['at least', 'at-least'],
  ['more than', 'more-than'],
  ['at most', 'at-most'],
  ['fewer than', 'fewer-than'],
  ['exactly', 'exactly'],
]);

const bases: ReadonlyMap<string, MotionBase> = new Map([
  ['votes cast', 'votes-cast'],
  ['votes and abstentions', 'votes-and-abstentions'],
  ['weight cast', 'weight-cast'],
  ['all', 'all'],
  ['all seats', 'all'],
  ['those present', 'those-present'],
]);

const comparison = '(at least|more than|at most|fewer than|exactly)';
const fraction = '(\\d{1,30}/\\d{1,30}|\\d{1,30}(?:\\.\\d{1,18})?\\s*%)';
const shareTest = new RegExp(`^${comparison} ${fraction} of (the square root of )?(${[...bases.keys()].join('|')})(?: are (.+))?$`, 'u');
const numberTest = new RegExp(`^${comparison} (\\d{1,30})(?: (votes|weight))?(?: are (.+))?$`, 'u');
const leadTest = new RegExp(`^the lead is ${comparison} (\\d{1,30})(?: (votes|weight))?$`, 'u');
const shareQuorum = new RegExp(`^${comparison} ${fraction} of (the square root of )?all (voting|present)$`, 'u');
const numberQuorum = new RegExp(`^${comparison} (\\d{1,30}) (voting|present|weight)$`, 'u');

function rationalOf(text: string): Rational | undefined {
  const [numerator = '', denominator] = text.split('/');
  if (denominator !== undefined) return BigInt(denominator) === 0n ? undefined : rational(BigInt(numerator), BigInt(denominator));
  const [whole = '', decimals = ''] = text.replace(/\s*%$/u, '').split('.');
  return rational(BigInt(whole + decimals), 100n * 10n ** BigInt(decimals.length));
}

function partsOf<Part>(text: string, read: (part: string) => Part | undefined, help: string): ReadWords<Part> {
  const parts: Part[] = [];
  for (const words of text.split(';').map((one) => one.trim().replace(/\s+/gu, ' '))) {
    const part = read(words);
    if (part === undefined) return { kind: 'wrong', reason: `\`${words.slice(0, 80)}\` is not read: ${help}` };
    parts.push(part);
  }
  return { kind: 'read', parts };
}

function testOf(words: string, yes: string): MotionTest | undefined {
  const share = shareTest.exec(words);
  if (share !== null) {
    const [, compared = '', amount = '', root, base = '', choice] = share;
    const [own, value, of] = [comparisons.get(compared), rationalOf(amount), bases.get(base)];
    if (own === undefined || value === undefined || of === undefined) return undefined;
    return { kind: 'share', comparison: own, share: value, squareRoot: root !== undefined, base: of, choice: choice ?? yes };
  }
  const [, compared = '', amount = '', unit, choice] = numberTest.exec(words) ?? leadTest.exec(words) ?? [];
  const own = comparisons.get(compared);
  if (own === undefined) return undefined;
  const common = { comparison: own, amount: BigInt(amount), unit: unit === 'weight' ? ('weight' as const) : ('people' as const) };
  return words.startsWith('the lead') ? { kind: 'lead', ...common } : { kind: 'number', ...common, choice: choice ?? yes };
}

function quorumOf(words: string): MotionQuorum | undefined {
  const share = shareQuorum.exec(words);
  const [, compared = '', amount = '', ...rest] = share ?? numberQuorum.exec(words) ?? [];
  const own = comparisons.get(compared);
  const counted = rest.at(-1);
  if (own === undefined || (counted !== 'voting' && counted !== 'present' && counted !== 'weight')) return undefined;
  if (share === null) return { kind: 'number', comparison: own, amount: BigInt(amount), counted };
  const value = rationalOf(amount);
  if (value === undefined || counted === 'weight') return undefined;
  return { kind: 'share', comparison: own, share: value, squareRoot: rest[0] !== undefined, counted };
}

/** Reads tests between semicolons, all of which must hold. `yes` is what a test is about where it does not say. Pure. Source: language.md section 4 `test` */
export function readTests(text: string, yes: string): ReadWords<MotionTest> {
  return partsOf(
    text,
    (words) => testOf(words, yes),
    'write a comparison, an amount and its base, such as `more than 1/2 of votes cast`, `at least 2/3 of votes and abstentions`, `more than 1/2 of all`, `at least 3/5 of those present`, `more than 1/2 of weight cast`, `at least 25 votes` or `the lead is at least 3`',
  );
}

/** Reads `none`, or quorums between semicolons, all of which must hold. Pure. Source: language.md section 4 `quorum` */
export function readQuorums(text: string): ReadWords<MotionQuorum> {
  if (text === 'none') return { kind: 'read', parts: [] };
  return partsOf(
    text,
    quorumOf,
    'write none, or such as `at least 1/3 of all voting`, `at least 20 voting`, `more than 1/2 of all present` or `at least 500 weight`',
  );
}
