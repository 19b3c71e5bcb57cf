// GDO403: an office whose one holder is needed to change the bylaws and to fill the office.
import type { CharterRole } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { departure } from './departure.ts';
import { firstWitness } from './group-witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { choosingVote, officeSample } from './sample.ts';

/** Offices of one person, without whom the bylaws cannot be changed and the office not be filled. Pure. */
export function neededHolders(model: Model): readonly CharterRole[] {
  const rows = model.analyses.lockOuts().filter(({ role, lockedAt }) => lockedAt === 0 && role.held?.most === 1 && role.succeededBy.length === 0);
  return rows.map(({ role }) => role);
}

/** The rule `last-holder-can-go`. */
export const lastHolderCanGo: LintRule = {
  code: 'GDO403',
  name: 'last-holder-can-go',
  what: 'When the one holder leaves, nobody can change the bylaws or fill the office',
  why: 'One resignation, and the organization stands still for ever',
  fix: 'Name who follows: `succeeded by keepers`',
  bad: officeSample(
    ['held by exactly 1 person', 'first held by "ada"', 'gained through choosing', 'lost through resignation or 1 year without activity'],
    ['started by the chair', ...choosingVote],
  ).concat(
    '\nprocess amendment\n  governs bylaws\n  started by the chair\n  on edit refuse\n  step support\n    when 3 keepers approve go to accepted\n    after 30 days go to refused\n  end\nend\n\nprocess keeping\n  started by the chair\n  step support\n    when 3 keepers approve go to kept\n    after 30 days go to refused\n  end\n  outcome kept\n    grant keeper to the candidate\n  end\nend\n',
  ),
  good: officeSample(
    [
      'held by exactly 1 person',
      'first held by "ada"',
      'gained through choosing',
      'lost through resignation or 1 year without activity',
      'succeeded by keepers',
    ],
    ['started by the chair', ...choosingVote],
  ).concat(
    '\nprocess amendment\n  governs bylaws\n  started by the chair\n  on edit refuse\n  step support\n    when 3 keepers approve go to accepted\n    after 30 days go to refused\n  end\nend\n\nprocess keeping\n  started by the chair\n  step support\n    when 3 keepers approve go to kept\n    after 30 days go to refused\n  end\n  outcome kept\n    grant keeper to the candidate\n  end\nend\n',
  ),
  late: true,
  witness: (model) => firstWitness(neededHolders(model), (role) => departure(model, role, 1)),
  check: (model) =>
    neededHolders(model).map((role) =>
      finding('GDO403', placeIn(model, role, role), {
        message: `When the one \`${role.name}\` leaves, nobody can change the bylaws or fill the office`,
        label: 'the last one may go',
        why: 'One resignation, and the organization stands still for ever',
        help: 'name who follows:  succeeded by ...; or let others start the choice',
      }),
    ),
};
