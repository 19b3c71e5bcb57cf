// GDO401: one person can change the bylaws.
import { finding, labelled } from '../finding.ts';
import { amendingProcesses, quickestWay } from './group-reach.ts';
import { actorRoles } from '../emit-owners.ts';
import type { Witness } from '../witness.ts';
import type { LintRule, Model } from './rule.ts';
import { placeIn } from './rule.ts';

/** One person starts the process and nobody does anything more. */
function loneWitness(model: Model): Witness | undefined {
  for (const process of amendingProcesses(model.charter)) {
    const way = quickestWay(model.charter, process, { people: 1, silent: false });
    const start = process.starts.find((one) => one.kind === 'by');
    if (way === undefined || start?.kind !== 'by') continue;
    const [name = 'person'] = actorRoles(start.actor);
    const role = model.charter.roles.find((one) => one.name === name);
    const person = role?.firstHeldBy[0] ?? `${name}-1`;
    const given = model.charter.roles.flatMap((one) =>
      one.held === undefined ? [] : [{ kind: 'heads' as const, role: one.name, count: Math.max(one.held.least, one.firstHeldBy.length, one === role ? 1 : 0) }],
    );
    return {
      title: `${person} alone changes the bylaws through ${process.name}`,
      given,
      events: [
        { kind: 'act', day: 0, people: [person], verb: 'start', process: process.name },
        { kind: 'wait', count: way.minutes + 1, unit: 'minute' },
      ],
    };
  }
  return undefined;
}

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
  witness: loneWitness,
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
