// GDO614: an office for members of a body, which stays when they leave the body.
import { finding } from '../finding.ts';
import { granters, grantsRole, outcomesOf, removesRole } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { choosingVote, officeSample } from './sample.ts';

/** The rule `office-outlives-seat`. */
export const officeOutlivesSeat: LintRule = {
  code: 'GDO614',
  name: 'office-outlives-seat',
  what: 'This office stays with somebody who has left the body it is open to',
  why: 'Eligibility is asked once, at the grant; a former member goes on chairing',
  fix: 'Let it end with the seat: `lost with keeper`',
  bad: officeSample(
    [
      'held by exactly 1 person',
      'first held by "ada"',
      'open to keepers',
      'gained through choosing',
      'lost through resignation or 1 year without activity',
      'vacancy filled through choosing within 30 days',
    ],
    ['started by any keeper', ...choosingVote],
  ),
  good: officeSample(
    [
      'held by exactly 1 person',
      'first held by "ada"',
      'open to keepers',
      'gained through choosing',
      'lost through resignation or 1 year without activity',
      'lost with keeper',
      'vacancy filled through choosing within 30 days',
    ],
    ['started by any keeper', ...choosingVote],
  ),
  check: (model) =>
    model.charter.roles.flatMap((role) => {
      const bodies = role.openTo.filter((line) =>
        model.charter.roles.some((body) => body.name === line.role && (body.held !== undefined || body.gainedThrough.length > 0)),
      );
      const [first] = bodies;
      if (first === undefined || role.openTo.length > 1 || role.lostWith !== undefined || role.held === undefined) return [];
      // Whoever rises from one to the other gives the first up by that.
      const ways = granters(model.charter, role.name);
      const rises = ways.every((process) =>
        outcomesOf(process).every(
          ({ effects }) =>
            !effects.some((effect) => grantsRole(model.charter, process, effect, role.name)) ||
            effects.some((effect) => removesRole(model.charter, process, effect, first.role)),
        ),
      );
      if (ways.length > 0 && rises) return [];
      return [
        finding('GDO614', placeIn(model, first, role), {
          message: `Whoever holds \`${role.name}\` and is no longer \`${first.role}\` keeps the office`,
          label: 'asked at the grant only',
          why: 'A former member of the body goes on deciding for it',
          help: `let it end with the seat:  lost with ${first.role}`,
        }),
      ];
    }),
};
