// GDO408: two groups that decide against each other while they cannot hear of each other (check.md 3.5).
import { finding } from '../finding.ts';
import { disjointGroups } from '../analysis/partition.ts';
import { decidingBodies } from '../analysis/dominance.ts';
import { firstWitness, groupWitness } from './group-witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `disjoint-quorums`. */
export const disjointQuorums: LintRule = {
  code: 'GDO408',
  name: 'disjoint-quorums',
  what: 'Two groups that share nobody can both decide while they are offline',
  why: 'Both act on it, and when they meet again one decision is undone after people relied on it',
  fix: 'Ask for more than half of all, or wait: `offline waits`',
  bad: `area code covers "src/**"

process change
  governs code
  started by any keeper
  on edit refuse
  on conflict refuse
  offline provisional
  step review
    when 2 other keepers approve go to accepted
    after 30 days go to refused
  end
end
`,
  good: `area code covers "src/**"

process change
  governs code
  started by any keeper
  on edit refuse
  on conflict refuse
  offline provisional
  step review
    when 4 other keepers approve go to accepted
    after 30 days go to refused
  end
end
`,
  late: true,
  witness: (model) =>
    firstWitness(disjointGroups(model.charter, model.analyses), ({ process, size, group, weighted }) => {
      const [body] = decidingBodies(model.charter, process);
      if (body === undefined || weighted === true) return undefined;
      const title = `${group} of ${size} decide ${process.name} while the others hear nothing, who can do the same`;
      return groupWitness(
        model,
        process,
        ({ accepts }) => accepts,
        () => title,
        new Map([[body, size]]),
      );
    }),
  check: (model) =>
    disjointGroups(model.charter, model.analyses).map((split) =>
      finding('GDO408', placeIn(model, split.process, split.process), {
        message: `With ${split.size} people, ${split.group} here and ${split.other ?? split.group} there can both decide \`${split.process.name}\` while they are offline${split.weighted === true ? ', if they weigh the same' : ''}`,
        label: 'acts before the others know',
        why: 'When they meet again, one of the two decisions is undone after people relied on it',
        help: `ask for more than half of all:  more than 1/2 of all ${split.weighted === true ? 'weight' : '...'} are yes; or:  offline waits`,
      }),
    ),
};
