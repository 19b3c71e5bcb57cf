// GDO610: a duty that nothing follows from.
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `duty-without-consequence`. */
export const dutyWithoutConsequence: LintRule = {
  code: 'GDO610',
  name: 'duty-without-consequence',
  what: 'Nothing happens when this duty is not done',
  why: 'People believe that it is enforced, and it is not',
  fix: 'Add what follows: `otherwise start removal`',
  bad: `duty minutes
  owed by any keeper
  every 30 days from 2027-01-01
  done when any keeper reports "minutes"
end
`,
  good: `duty minutes
  owed by any keeper
  every 30 days from 2027-01-01
  done when any keeper reports "minutes"
  otherwise start amendment
end
`,
  check: (model) =>
    model.charter.duties.flatMap((duty) =>
      duty.otherwise !== undefined
        ? []
        : [
            finding('GDO610', placeIn(model, duty, model.charter.organization), {
              message: `Nothing follows when the duty \`${duty.name}\` is not done`,
              label: 'no `otherwise`',
              why: 'People believe that it is enforced, and it is not',
              help: 'add what follows, such as:  otherwise start ...',
            }),
          ],
    ),
};
