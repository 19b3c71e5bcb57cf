// GDO601: a body with a minimum, and no word about what it may decide below it (S13).
import type { CharterProcess } from '../../engine/index.ts';
import type { Diagnostic } from '../../language/index.ts';
import { mayOpen } from '../analysis/lock-out.ts';
import { finding } from '../finding.ts';
import { granters } from './effects.ts';
import { amendingProcesses } from './group-reach.ts';
import { brokenByRemoval } from './roll-change-breaks-rule.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { roleSample } from './sample.ts';

/** The rule `below-minimum-unruled`. */
export const belowMinimumUnruled: LintRule = {
  code: 'GDO601',
  name: 'below-minimum-unruled',
  what: 'Nothing says what this body may still decide when it is too small',
  why: 'Two people can go on deciding for a body of five as if nothing had happened',
  fix: 'Name what stays possible: `while short only election, amendment`',
  bad: roleSample({ 'while short': '' }),
  good: roleSample({}),
  check: (model) => [...unruled(model), ...shut(model)],
};

/** A body that is short may open none of the processes that would fill it. */
function shut(model: Model): readonly Diagnostic[] {
  return model.charter.roles.flatMap((role) => {
    const { held } = role;
    const filling = granters(model.charter, role.name);
    if (held === undefined || held.least < 1 || role.whileShort === undefined || filling.length === 0) return [];
    const isOpen = (process: CharterProcess): boolean => mayOpen(role, process, held.least - 1);
    // Where the rules cannot be changed either, the body is locked, and that is said (GDO402).
    if (filling.some(isOpen) || !amendingProcesses(model.charter).some(isOpen)) return [];
    return [
      finding('GDO601', placeIn(model, held, role), {
        message: `While \`${role.name}\` is short, nothing that fills it may be opened: ${filling.map(({ name }) => `\`${name}\``).join(', ')}`,
        label: 'short for good',
        why: 'Whoever is left has to change these rules before a seat can be filled',
        help: `name what fills the seats:  while short only ${[filling[0]?.name ?? '', ...role.whileShort].join(', ')}`,
      }),
    ];
  });
}

function unruled(model: Model): readonly Diagnostic[] {
  return model.charter.roles.flatMap((role) => {
    if (role.held === undefined || role.held.least < 2 || role.whileShort !== undefined) return [];
    // One cause, one finding: where a removal breaks a rule, that is said.
    if (brokenByRemoval(model.charter, role) !== undefined) return [];
    return [
      finding('GDO601', placeIn(model, role.held, role), {
        message: `\`${role.name}\` has at least ${role.held.least} holders, and nothing says what fewer of them may decide`,
        label: 'the minimum restricts nothing',
        why: 'Two people can go on deciding for the whole body as if nothing had happened',
        help: `name the processes that stay open, such as the one that fills the seats:  while short only ${granters(model.charter, role.name)[0]?.name ?? '...'}`,
      }),
    ];
  });
}
