// GDO603: an office, or whatever it holds, that one person hands on alone.
import { finding } from '../finding.ts';
import { granters, grantsRole } from './effects.ts';
import { quickestWay } from './group-reach.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { officeSample } from './sample.ts';

/** The rule `one-person-transfer`. */
export const onePersonTransfer: LintRule = {
  code: 'GDO603',
  name: 'one-person-transfer',
  what: 'The holder can hand on this office alone',
  why: 'Whoever is talked into it, or loses the key, gives the office away, and nobody had to agree',
  fix: 'Ask for another person: `when 2 keepers approve go to chosen`',
  bad: officeSample(
    [
      'held by exactly 1 person',
      'first held by "ada"',
      'gained through choosing',
      'lost through resignation or 1 year without activity',
      'vacancy filled through choosing within 30 days',
    ],
    ['started by the chair', 'step notice', '  after 7 days go to chosen', 'end'],
  ),
  good: officeSample(
    [
      'held by exactly 1 person',
      'first held by "ada"',
      'gained through choosing',
      'lost through resignation or 1 year without activity',
      'vacancy filled through choosing within 30 days',
    ],
    ['started by the chair', 'step notice', '  when 2 keepers approve go to chosen', '  after 7 days go to refused', 'end'],
  ),
  check: (model) =>
    model.charter.roles.flatMap((role) => {
      if (role.held?.most !== 1) return [];
      return granters(model.charter, role.name).flatMap((process) => {
        const way = quickestWay(model.charter, process, { people: 1, silent: false, role: role.name }, (outcome) =>
          outcome.effects.some((effect) => grantsRole(model.charter, process, effect, role.name)),
        );
        if (way === undefined) return [];
        return [
          finding('GDO603', placeIn(model, way.parts[0] ?? process, process), {
            message: `The \`${role.name}\` can hand on the office alone, through \`${process.name}\``,
            label: 'one person starts, and nobody has to agree',
            why: 'Whoever is talked into it, or loses the key, gives the office away',
            help: 'ask for another person before the grant:  when 2 ... approve go to ...',
          }),
        ];
      });
    }),
};
