// GDO425: a right that refuses everybody.
import type { CharterRight } from '../../engine/index.ts';
import type { Diagnostic } from '../../language/index.ts';
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { rightSample } from './sample.ts';
import { deadLines, whyNobody } from './usable-right.ts';

/** Others pass, so the door opens; those whom this line meant stand before it. */
function deadLine(model: Model, right: CharterRight, line: object, role: string, reason: string): Diagnostic {
  return finding('GDO425', placeIn(model, line, right), {
    severity: 'warning',
    message: `No \`${role}\` can use \`${right.name}\`: ${reason}`,
    label: 'lets nobody in',
    why: 'The line names people, and refuses each of them',
    help: 'look at what the line asks for, or delete it',
  });
}

/** The rule `right-nobody-can-use`. A warning where others can use the right (docs/decisions/0102). */
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
      if (reason === undefined) return deadLines(model.charter, right).map(({ line, role, reason: why }) => deadLine(model, right, line, role, why));
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
