// GDO402: a size at which nobody can change the bylaws and nobody can fill the body (check.md 3.1).
import { finding } from '../finding.ts';
import { departure } from './departure.ts';
import { firstWitness } from './group-witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { roleSample } from './sample.ts';
import { unsatisfiableTests } from './unsatisfiable-tests.ts';

/** The rule `lock-out`. */
export const lockOut: LintRule = {
  code: 'GDO402',
  name: 'lock-out',
  what: 'With this many people left nobody can change the bylaws, and nobody can fill the seats',
  why: 'The organization stands still for ever, and no rule of its own can mend it',
  fix: 'Use a share, which follows the roster, and name the election in `while short only`',
  bad: roleSample({ 'while short': 'while short only removal' }),
  good: roleSample({}),
  late: true,
  witness: (model) =>
    firstWitness(model.analyses.lockOuts(), ({ role, today, lockedAt }) => (lockedAt < 0 ? undefined : departure(model, role, today - lockedAt))),
  check: (model) => {
    // Where a vote can never pass, that is the cause, and what follows from it is not told as well.
    if (unsatisfiableTests.check(model).length > 0) return [];
    return model.analyses.lockOuts().flatMap((row) => {
      const least = row.role.held?.least ?? 0;
      // One resignation can lead below the minimum, and nothing refuses it (S137).
      const isNext = row.lockedAt >= 2 && row.lockedAt === row.today - 1;
      const isLegal = isNext || row.lockedAt >= Math.max(2, least) || (row.closedByText && row.lockedAt === least - 1);
      if (!isLegal || row.lockedAt > row.today) return [];
      return [
        finding('GDO402', placeIn(model, row.role, row.role), {
          message: `With ${row.lockedAt} of ${row.today} people left in \`${row.role.name}\` nobody can change the bylaws or fill the seats`,
          label: row.closedByText ? 'below the minimum' : 'too few to decide, too few to be filled',
          why: `${row.today - row.lockedAt === 1 ? 'One person leaves' : `${row.today - row.lockedAt} people leave`}, and the organization stands still for ever`,
          help: row.closedByText
            ? 'name the process that fills the seats:  while short only ...'
            : 'use shares, which follow the roster, instead of numbers of people',
        }),
      ];
    });
  },
};
