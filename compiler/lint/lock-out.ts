// GDO402: a size at which nobody can change the bylaws and nobody can fill the body (check.md 3.1).
import type { CharterRole } from '../../engine/index.ts';
import type { Diagnostic } from '../../language/index.ts';
import { endsOfTerms } from '../analysis/end-of-terms.ts';
import { finding, labelled } from '../finding.ts';
import type { SourcePlace } from '../finding.ts';
import { counted, peopleText } from '../number-words.ts';
import { departure } from './departure.ts';
import { firstWitness } from './group-witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
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
    const leaving = model.analyses.lockOuts().flatMap((row) => {
      const least = row.role.held?.least ?? 0;
      // One resignation can lead below the minimum, and nothing refuses it (S137).
      const isNext = row.lockedAt >= 2 && row.lockedAt === row.today - 1;
      const isLegal = isNext || row.lockedAt >= Math.max(2, least) || (row.closedByText && row.lockedAt === least - 1);
      if (!isLegal || row.lockedAt > row.today) return [];
      return [
        finding('GDO402', placeIn(model, row.role, row.role), {
          message: `With ${row.lockedAt} of ${row.today} people left in \`${row.role.name}\` nobody can change the bylaws or fill the seats`,
          label: row.closedByText ? 'below the minimum' : 'too few to decide, too few to be filled',
          why: `${peopleText(row.today - row.lockedAt)} ${row.today - row.lockedAt === 1 ? 'leaves' : 'leave'}, and the organization stands still for ever`,
          help: helpFor(row.closedByText, row.role),
        }),
      ];
    });
    return leaving.length > 0 ? leaving : endsOfTerms(model.charter).map((roles) => allAtOnce(model, roles));
  },
};

function helpFor(closedByText: boolean, role: CharterRole): string {
  const named = role.whileShort ?? [];
  if (!closedByText) return 'use shares, which follow the roster, instead of numbers of people';
  if (named.length === 0) return 'name the process that fills the seats:  while short only ...';
  return `let ${named.map((name) => `\`${name}\``).join(' or ')} ask for no more people than are left: a share, which follows the roster, or other people than these`;
}

function allAtOnce(model: Model, roles: readonly CharterRole[]): Diagnostic {
  const [first = '', ...others] = roles.map(({ name }) => `\`${name}\``);
  const [body] = roles;
  const placeOf = (role: CharterRole): SourcePlace => placeIn(model, role.term ?? role, role);
  const { count = 1, unit = 'year' } = body?.term?.duration ?? {};
  const length = counted(count, unit);
  return finding('GDO402', body === undefined ? placeIn(model, model.charter.organization, model.charter.organization) : placeOf(body), {
    message: `When the terms of ${[first, ...others].join(' and ')} end, all on one day, nobody can fill the seats or change the bylaws`,
    label: 'all at once',
    // Whoever may leave before that day empties a seat in time, and so the choice may begin; where the term alone ends the office, nothing does.
    severity: roles.some((role) => role.lost.some((loss) => loss.kind !== 'expiry')) ? 'warning' : 'error',
    why: 'Whoever would begin the choice, or vote in it, has left at the same instant, and the organization stands still for ever',
    help: `let the choice begin before the terms end:  starts every ${length} from 2027-01-01; or let them end one after another:  term ${length} in 2 staggered groups`,
    related: roles.slice(1).map((role) => labelled(placeOf(role), 'on the same day')),
  });
}
