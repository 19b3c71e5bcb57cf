// Yes or no: quorums first, then every test, each with its base and strictness written (S28-S33, S124-S126). No option is elected here.
import { unreachable, entryAt } from '../invariant.ts';
import { compares } from '../quantity.ts';
import { type CountLog, idOf } from './contest.ts';
import type { BallotTable } from './ballot.ts';
import { type Rational, showRational } from './rational.ts';
import type { CountOutcome, Requirement } from './record.ts';
import type { MotionBase, MotionQuorum, MotionTest, YesNoRule } from './rules.ts';
import type { TieBreaker } from './tie.ts';

/** What a yes/no count is given: a ballot of the table names one option, or `sums` are published sums of ballots by option. */
export interface Motion {
  readonly ids: readonly string[];
  readonly table: BallotTable;
  readonly sums: readonly bigint[] | undefined;
  readonly rule: YesNoRule;
  readonly ties: TieBreaker;
  readonly hasTieRule: boolean;
  readonly log: CountLog;
}

/** People and weight behind one option. */
interface Said {
  readonly people: bigint;
  readonly weight: bigint;
}

interface Tally {
  readonly motion: Motion;
  readonly said: readonly Said[];
}

function tallied(motion: Motion): Tally {
  const { table, rule, sums } = motion;
  const said = motion.ids.map(() => ({ people: 0n, weight: 0n }));
  for (let ballot = 0; ballot < table.ballotsCount; ballot += 1) {
    const row = ballot * table.candidatesCount;
    const weight = entryAt(table.weights, ballot);
    const option = motion.ids.findIndex((_, candidate) => table.ranks[row + candidate] !== 0);
    const own = entryAt(said, option);
    own.people += rule.weights === 'ballots' ? weight : 1n;
    own.weight += weight;
  }
  return { motion, said: sums === undefined ? said : sums.map((sum) => ({ people: sum, weight: sum })) };
}

function saying(tally: Tally, unit: keyof Said, isCounted: (id: string) => boolean): bigint {
  return tally.said.reduce((sum, own, option) => (isCounted(idOf(tally.motion.ids, option)) ? sum + own[unit] : sum), 0n);
}

interface Base {
  readonly size: bigint;
  readonly unit: keyof Said;
  readonly text: string;
}

function baseOf(tally: Tally, base: MotionBase): Base {
  const { rule } = tally.motion;
  const isVote = (id: string): boolean => id !== rule.abstain;
  switch (base) {
    case 'votes-cast':
      return { size: saying(tally, 'people', isVote), unit: 'people', text: 'votes cast' };
    case 'votes-and-abstentions':
      return { size: saying(tally, 'people', () => true), unit: 'people', text: 'votes and abstentions' };
    case 'weight-cast':
      return { size: saying(tally, 'weight', isVote), unit: 'weight', text: 'weight cast' };
    case 'all':
      return { size: rule.roll === 'unknown' ? 0n : rule.roll, unit: 'people', text: 'all' };
    case 'those-present':
      return { size: rule.present === 'unknown' ? 0n : rule.present, unit: 'people', text: 'those present' };
    default:
      return unreachable(base);
  }
}

/** Compares a number with a share of a size by cross-multiplication. A share of nothing is never met (S31-S33). */
function meetsShare(
  have: bigint,
  comparison: MotionTest['comparison'],
  share: Rational,
  part: { readonly size: bigint; readonly squareRoot: boolean },
): boolean {
  if (part.size <= 0n) return false;
  const left = have * share.denominator;
  if (!part.squareRoot) return compares(left, comparison, share.numerator * part.size);
  return compares(left * left, comparison, share.numerator * share.numerator * part.size);
}

const comparisonWords: Readonly<Record<MotionTest['comparison'], string>> = {
  'at-least': 'at least',
  'more-than': 'more than',
  'at-most': 'at most',
  'fewer-than': 'fewer than',
  exactly: 'exactly',
};

function shareWords(share: Rational, squareRoot: boolean): string {
  return `${showRational(share)} of ${squareRoot ? 'the square root of ' : ''}`;
}

function testLine(tally: Tally, test: MotionTest): Requirement {
  const word = comparisonWords[test.comparison];
  const { ids, rule } = tally.motion;
  const said = (id: string, unit: keyof Said): bigint => tally.said[ids.indexOf(id)]?.[unit] ?? 0n;
  switch (test.kind) {
    case 'share': {
      const base = baseOf(tally, test.base);
      const have = said(test.choice, base.unit);
      const part = { size: base.size, squareRoot: test.squareRoot };
      return {
        requirement: `${word} ${shareWords(test.share, test.squareRoot)}${base.text} are ${test.choice}`,
        have: have.toString(),
        need: `${word} ${shareWords(test.share, test.squareRoot)}${base.size}`,
        met: meetsShare(have, test.comparison, test.share, part),
      };
    }
    case 'number': {
      const have = said(test.choice, test.unit);
      const need = `${word} ${test.amount}`;
      return {
        requirement: `${need} ${test.unit === 'people' ? 'votes' : 'weight'} are ${test.choice}`,
        have: have.toString(),
        need,
        met: compares(have, test.comparison, test.amount),
      };
    }
    case 'lead': {
      const have = said(rule.yes, test.unit) - said(rule.no, test.unit);
      const need = `${word} ${test.amount}`;
      return {
        requirement: `the lead of ${rule.yes} over ${rule.no} is ${need}`,
        have: have.toString(),
        need,
        met: compares(have, test.comparison, test.amount),
      };
    }
    default:
      return unreachable(test);
  }
}

function quorumLine(tally: Tally, quorum: MotionQuorum): Requirement {
  const word = comparisonWords[quorum.comparison];
  const { rule } = tally.motion;
  const present = rule.present === 'unknown' ? 0n : rule.present;
  const have = quorum.counted === 'present' ? present : saying(tally, quorum.counted === 'weight' ? 'weight' : 'people', () => true);
  const what = quorum.counted === 'present' ? 'present' : quorum.counted === 'weight' ? 'weight voting' : 'voting';
  if (quorum.kind === 'number') {
    const need = `${word} ${quorum.amount}`;
    return { requirement: `quorum ${need} ${what}`, have: have.toString(), need, met: compares(have, quorum.comparison, quorum.amount) };
  }
  const base = baseOf(tally, 'all');
  const part = { size: base.size, squareRoot: quorum.squareRoot };
  const need = `${word} ${shareWords(quorum.share, quorum.squareRoot)}`;
  return {
    requirement: `quorum ${need}${base.text} ${what}`,
    have: have.toString(),
    need: `${need}${base.size}`,
    met: meetsShare(have, quorum.comparison, quorum.share, part),
  };
}

function isInclusiveHalf(test: MotionTest): boolean {
  if (test.kind !== 'share' || test.comparison !== 'at-least' || test.squareRoot) return false;
  return (test.base === 'votes-cast' || test.base === 'weight-cast') && 2n * test.share.numerator === test.share.denominator;
}

/**
 * Counts a motion and writes requirements and sums into the log.
 * @returns `passed` where the quorums and all tests hold; `rejected` with the first that does not; `tied` for as many yes as no where a declared tie rule
 * does not settle it, or none is declared and a test asks for at least a half
 * Source: language.md S29-S33, S124, S126
 */
export function yesNo(motion: Motion): CountOutcome {
  const { rule, ids, log, ties } = motion;
  const tally = tallied(motion);
  const quorums = rule.quorums.map((quorum) => quorumLine(tally, quorum));
  const tests = rule.tests.map((test) => testLine(tally, test));
  log.requirements = [...quorums, ...tests];
  const unit = rule.tests.some((test) => (test.kind === 'share' ? test.base === 'weight-cast' : test.unit === 'weight')) ? 'weight' : 'people';
  log.points = ids.map((id, option) => [id, entryAt(tally.said, option)[unit].toString()]);
  const missed = [...quorums, ...tests].find((line) => !line.met);
  const why = (line: Requirement): CountOutcome => ({
    kind: 'rejected',
    reason: `${line.requirement} is not met: it has ${line.have} and needs ${line.need}`,
  });
  const noQuorum = quorums.find((line) => !line.met);
  if (noQuorum !== undefined) return why(noQuorum);
  if (saying(tally, 'people', () => true) === 0n) return { kind: 'rejected', reason: 'nobody voted' };
  const [yes, no] = [ids.indexOf(rule.yes), ids.indexOf(rule.no)];
  // S124: with a tie rule equal yes and no is a tie whatever the tests say. Without one it is a tie where a test asks for exactly a half (GDO032).
  const isEven = tally.said[yes]?.[unit] === tally.said[no]?.[unit];
  const isTie = isEven && (motion.hasTieRule || (missed === undefined && rule.tests.some(isInclusiveHalf)));
  if (!isTie) return missed === undefined ? { kind: 'passed' } : why(missed);
  const at = `between ${rule.yes} and ${rule.no}`;
  const result = ties.settle({ at, tied: [yes, no], take: 1 });
  if (result.kind === 'failed') return { kind: 'rejected', reason: `as many say ${rule.yes} as ${rule.no}, and the tie rule then refuses it` };
  if (result.kind === 'tied') return { kind: 'tied', certain: [], tied: [rule.yes, rule.no], seats: 1, at };
  return result.favoured[0] === yes
    ? { kind: 'passed' }
    : { kind: 'rejected', reason: `as many say ${rule.yes} as ${rule.no}, and the tie rule favours ${rule.no}` };
}
