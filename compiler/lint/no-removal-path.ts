// GDO605: an office or a body whose holders stay for as long as they like.
import { finding } from '../finding.ts';
import { removers } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { roleSample } from './sample.ts';

/** The rule `no-removal-path`. */
export const noRemovalPath: LintRule = {
  code: 'GDO605',
  name: 'no-removal-path',
  what: 'Holders of this role cannot be removed, and no term ends it',
  why: 'A holder who abuses the role, or has long gone, keeps it until they choose to leave',
  fix: 'Add a process that removes them, a term, or a loss by inactivity',
  bad: roleSample({ lost: 'lost through resignation' }).concat(
    '\nprocess removal\n  started by any keeper\n  step review\n    when 3 other keepers approve go to accepted\n    after 30 days go to refused\n  end\nend\n',
  ),
  good: roleSample({ lost: 'lost through resignation or 1 year without activity' }).concat(
    '\nprocess removal\n  started by any keeper\n  step review\n    when 3 other keepers approve go to accepted\n    after 30 days go to refused\n  end\nend\n',
  ),
  check: (model) =>
    model.charter.roles.flatMap((role) => {
      const ends = role.lost.some((loss) => loss.kind !== 'resignation') || role.lostWith !== undefined || role.term !== undefined;
      if (role.held === undefined || ends || removers(model.charter, role.name).length > 0) return [];
      return [
        finding('GDO605', placeIn(model, role, role), {
          message: `Nobody can take the role \`${role.name}\` from its holders, and it never ends`,
          label: 'held until they choose to leave',
          why: 'A holder who abuses the role, or has long gone, keeps it',
          help: 'add a process that ends in:  remove ... from the subject; or a term; or:  lost through 1 year without activity',
        }),
      ];
    }),
};
