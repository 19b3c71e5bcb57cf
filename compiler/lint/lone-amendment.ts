// GDO401: one person can change the bylaws.
import { isMerge } from '../analysis/coalition.ts';
import { finding, labelled } from '../finding.ts';
import { amendingProcesses, quickestWay } from './group-reach.ts';
import { firstWitness, groupWitness } from './group-witness.ts';
import type { LintRule } from './rule.ts';
import { placeIn } from './rule.ts';

/** The rule `lone-amendment`. Periods in which others may object are no lone way: silence there is GDO507's. */
export const loneAmendment: LintRule = {
  code: 'GDO401',
  name: 'lone-amendment',
  what: 'One person can change the bylaws, and nobody else has to do anything',
  why: 'Whoever can change the rules alone can give themselves every other power',
  fix: 'Ask for another person: `when 2 other keepers approve go to accepted`; a monarchy says `allow lone-amendment because "..."`',
  bad: `process amendment
  governs bylaws
  started by any keeper
  step notice
    after 7 days go to accepted
  end
end
`,
  good: `process amendment
  governs bylaws
  started by any keeper
  step notice
    when 2 other keepers approve go to accepted
    after 7 days go to refused
  end
end
`,
  witness: (model) =>
    firstWitness(
      amendingProcesses(model.charter).filter((process) => quickestWay(model.charter, process, { people: 1, silent: false }) !== undefined),
      (process) => groupWitness(model, process, isMerge, () => `one person alone changes the bylaws through ${process.name}`),
    ),
  check: (model) =>
    amendingProcesses(model.charter).flatMap((process) => {
      const way = quickestWay(model.charter, process, { people: 1, silent: false });
      if (way === undefined) return [];
      const [start, ...rest] = way.parts;
      const days = Math.floor(way.minutes / 1440);
      return [
        finding('GDO401', placeIn(model, start ?? process, process), {
          message: `One person can change these bylaws alone, through \`${process.name}\``,
          label: '1. one person starts',
          why: `The shortest way takes 1 person, ${days === 1 ? '1 day' : `${days} days`} and nobody else`,
          help: 'ask for another person before the change is accepted, such as:  when 2 other members approve go to accepted; if you mean it, say so:  allow lone-amendment because "..."',
          related: rest.flatMap((part, index) => {
            const place = model.sources.get(part);
            return place === undefined ? [] : [labelled(place, `${index + 2}. then this, with nobody else`)];
          }),
        }),
      ];
    }),
};
