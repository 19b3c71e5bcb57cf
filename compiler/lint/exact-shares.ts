// Shares of people that a body of today's size can meet exactly, so that `at least` and `more than` say different things. Which matter is for the rules.
import type { Charter, CharterComparison, CharterProcess } from '../../engine/index.ts';
import { holdersToday } from '../analysis/holders.ts';
import { countedBounds } from './counted-bounds.ts';
import { fewestOf } from './legal-sizes.ts';
import { votesOf } from './stage-graph.ts';

/** A share that so many of the body are exactly. `needed` and `otherwise`: the people it takes as written, and with the other word. */
export interface ExactShare {
  readonly thing: object;
  readonly role: string;
  readonly size: number;
  readonly exactly: number;
  readonly comparison: 'at-least' | 'more-than';
  readonly needed: number;
  readonly otherwise: number;
}

function lowerBound(comparison: CharterComparison): 'at-least' | 'more-than' | undefined {
  return comparison === 'at-least' || comparison === 'more-than' ? comparison : undefined;
}

function exactShare(charter: Charter, thing: object, role: string, comparison: CharterComparison, share: readonly [number, number]): readonly ExactShare[] {
  const size = holdersToday(charter, role);
  const word = lowerBound(comparison);
  const [numerator, denominator] = share;
  if (size === undefined || size < 2 || word === undefined || numerator >= denominator || (size * numerator) % denominator !== 0) return [];
  const exactly = (size * numerator) / denominator;
  const bound = { kind: 'part', role, amount: { kind: 'share', numerator, denominator } } as const;
  const [strict, loose] = [fewestOf('more-than', bound, size), fewestOf('at-least', bound, size)];
  if (strict === undefined || loose === undefined) return [];
  return [{ thing, role, size, exactly, comparison: word, needed: word === 'more-than' ? strict : loose, otherwise: word === 'more-than' ? loose : strict }];
}

/** The shares of a process that today's bodies can meet exactly: counts of people, and tests of votes in which all of one role take part. Pure. */
export function exactShares(charter: Charter, process: CharterProcess): readonly ExactShare[] {
  const deciding = countedBounds(process).filter(({ use }) => use === 'act' || use === 'quorum' || use === 'test');
  const counts = deciding.flatMap((counted) =>
    counted.shares.flatMap((share) =>
      share.kind === 'part' && share.amount.kind === 'share' && share.squareRoot !== true && share.other !== true
        ? exactShare(charter, counted.thing, share.role, counted.comparison, [share.amount.numerator, share.amount.denominator])
        : [],
    ),
  );
  const tests = votesOf(process).flatMap(({ vote }) => {
    const [role, ...others] = vote.voters.roles;
    if (role === undefined || others.length > 0 || vote.voters.except.length > 0) return [];
    const ratios = vote.beatsDefault.flatMap((line) => exactShare(charter, vote, role, line.comparison, [line.left, line.left + line.right]));
    const shares = vote.passes.flatMap((line) =>
      line.tests.flatMap((test) =>
        test.kind === 'share-of-base' && test.role === undefined && test.amount.kind === 'share' && test.base !== 'weight-cast'
          ? exactShare(charter, test, role, test.comparison, [test.amount.numerator, test.amount.denominator])
          : [],
      ),
    );
    return [...ratios, ...shares];
  });
  return [...counts, ...tests];
}
