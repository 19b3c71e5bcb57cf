// GDO401: one person can change the bylaws.
import type { CharterProcess } from '../../engine/index.ts';
import type { Diagnostic, Place } from '../../language/index.ts';
import { atFirstCalls, isMerge } from '../analysis/coalition.ts';
import { smallestTogether } from '../analysis/together.ts';
import { finding, labelled } from '../finding.ts';
import { daysText } from '../number-words.ts';
import { amendingProcesses, quickestWay } from './group-reach.ts';
import type { Way } from './group-reach.ts';
import { firstWitness, groupWitness } from './group-witness.ts';
import type { LintRule, Model } from './rule.ts';
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
    firstWitness(lonePaths(model), ({ process }) => groupWitness(model, process, isMerge, () => `one person alone changes the bylaws through ${process.name}`)),
  check: (model) => lonePaths(model).map((lone) => (lone.offices.length === 0 ? aloneToday(model, lone) : aloneInOffices(model, lone))),
};

/** A way for one person; `offices`: the roles that this person has to hold at once, where they are different people's today. */
interface LonePath {
  readonly process: CharterProcess;
  readonly way: Way;
  readonly offices: readonly string[];
}

function lonePaths({ charter }: Model): readonly LonePath[] {
  return amendingProcesses(charter).flatMap((process) => {
    const way = quickestWay(charter, process, { ...atFirstCalls, people: 1 });
    if (way === undefined) return [];
    const today = smallestTogether(charter, process, 'today', atFirstCalls);
    if (today === undefined || today.people === 1) return [{ process, way: today?.way ?? way, offices: [] }];
    const both = smallestTogether(charter, process, 'ever', atFirstCalls);
    if (both?.people !== 1) return [];
    return [{ process, way: both.way, offices: [...new Set(both.needs.flatMap(({ roles, people }) => (people > 0 && roles.length === 1 ? roles : [])))] }];
  });
}

function aloneToday(model: Model, { process, way }: LonePath): Diagnostic {
  return finding('GDO401', placeIn(model, way.parts[0] ?? process, process), {
    message: `One person can change these bylaws alone, through \`${process.name}\``,
    label: '1. one person starts',
    why: `The shortest way takes 1 person, ${daysText(way.minutes)} and nobody else`,
    help: 'ask for another person before the change is accepted, such as:  when 2 other members approve go to accepted; if you mean it, say so:  allow lone-amendment because "..."',
    related: steps(model, way),
  });
}

/** They are different people today, so it is no error; nothing keeps one person from coming to hold all of it. */
function aloneInOffices(model: Model, { process, way, offices }: LonePath): Diagnostic {
  const [first = '', ...others] = offices.map((name) => `\`${name}\``);
  return finding('GDO401', placeIn(model, way.parts[0] ?? process, process), {
    message: `Whoever comes to hold ${[first, ...others].join(' and ')} can change these bylaws alone, through \`${process.name}\``,
    label: '1. one person starts',
    severity: 'warning',
    why: 'They are different people today, and nothing says that they have to be',
    help: `keep the offices apart:  open to ... who does not hold ${others.at(-1) ?? first}; or ask for another person, such as:  when 2 other members approve go to accepted`,
    related: steps(model, way),
  });
}

function steps(model: Model, way: Way): readonly Place[] {
  return way.parts.slice(1).flatMap((part, index) => {
    const place = model.sources.get(part);
    return place === undefined ? [] : [labelled(place, `${index + 2}. then this, with nobody else`)];
  });
}
