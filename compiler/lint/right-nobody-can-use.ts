// GDO425: a right that refuses everybody.
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { rightSample } from './sample.ts';
import { whyNobody } from './usable-right.ts';

/** The rule `right-nobody-can-use`. */
export const rightNobodyCanUse: LintRule = {
  code: 'GDO425',
  name: 'right-nobody-can-use',
  what: 'Nobody passes all lines of this right',
  why: 'The door is shut for all, or the wrong people wrote themselves in, and nobody notices before they stand in front of it',
  fix: 'Look at who is held and who is denied: the two lines name the same people',
  bad: rightSample('denied to keepers "Not for keepers."'),
  good: rightSample(),
  check: (model) =>
    model.charter.rights.flatMap((right) => {
      const reason = whyNobody(model.charter, right);
      if (reason === undefined) return [];
      return [
        finding('GDO425', placeIn(model, right, model.charter.organization), {
          message: `Nobody can use \`${right.name}\`: ${reason}`,
          label: 'refuses everybody',
          why: 'The door is shut for all, and nobody notices before they stand in front of it',
          help: 'look at who holds it and who is denied',
        }),
      ];
    }),
};
