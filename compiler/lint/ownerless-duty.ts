// GDO611: a duty of a role that may have no holder.
import { finding } from '../finding.ts';
import { emptyActors } from './emptiable.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { namingSample } from './sample.ts';

const minutes = (...more: readonly string[]): string =>
  `role scribe plural scribes
  held by 0 to 2 people
  gained through naming
  lost through resignation or 1 year without activity
${more.map((line) => `  ${line}\n`).join('')}end

${namingSample('naming', 'scribe')}
duty minutes
  owed by any scribe
  every 30 days from 2027-01-01
  done when any scribe reports "minutes"
  otherwise start naming
end
`;

/** The rule `ownerless-duty`. */
export const ownerlessDuty: LintRule = {
  code: 'GDO611',
  name: 'ownerless-duty',
  what: 'This duty can be owed by nobody',
  why: 'The role may be empty, nobody follows in it, and then nobody is late',
  fix: 'Give the role a minimum or a successor: `succeeded by keepers`',
  bad: minutes(),
  good: minutes('succeeded by keepers'),
  check: (model) =>
    model.charter.duties.flatMap((duty) => {
      const names = duty.owedBy === undefined ? undefined : emptyActors(model.charter, [duty.owedBy]);
      if (names === undefined) return [];
      return [
        finding('GDO611', placeIn(model, duty, model.charter.organization), {
          message: `The duty \`${duty.name}\` is owed by \`${names.join(', ')}\`, which may have no holder at all`,
          label: 'may be owed by nobody',
          why: 'Then nobody is late, and what the duty was for does not happen',
          help: 'give the role a minimum of one, or:  succeeded by ...',
        }),
      ];
    }),
};
