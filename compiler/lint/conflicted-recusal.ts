// GDO604: a request to step aside that the person concerned may decide.
import { rolesBehind } from '../analysis/holders.ts';
import { actorRoles } from '../emit-owners.ts';
import { finding } from '../finding.ts';
import { oneCanDo } from './acting.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { voteSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';

/** The rule `conflicted-recusal`. */
export const conflictedRecusal: LintRule = {
  code: 'GDO604',
  name: 'conflicted-recusal',
  what: 'Whoever is asked to step aside may be the one who decides about it',
  why: 'Nobody is a good judge of their own case, and the others will not believe it',
  fix: 'Let several others decide: `recusal decided by 2 keepers leaves the roster`',
  bad: voteSample('quorum at least 3 keepers voting', 'passes when at least 2/3 of votes cast are yes', 'recusal decided by any keeper leaves the roster'),
  good: voteSample('quorum at least 3 keepers voting', 'passes when at least 2/3 of votes cast are yes', 'recusal decided by 3 keepers leaves the roster'),
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      votesOf(process).flatMap(({ vote }, index) =>
        [...(index === 0 ? process.recusals : []), ...vote.recusals].flatMap((recusal) => {
          const decider = recusal.decidedBy;
          if (decider.kind === 'count' && !oneCanDo(decider)) return [];
          // An office of the body is held by somebody who votes in it.
          const isOfTheBody = (role: string): boolean =>
            [...rolesBehind(model.charter, role)].some((name) => name !== 'person' && vote.voters.roles.includes(name));
          if (!actorRoles(decider).some(isOfTheBody)) return [];
          return [
            finding('GDO604', placeIn(model, recusal, vote), {
              message: `A voter of \`${vote.name}\` whose recusal is asked for may decide about it alone`,
              label: 'may be the person concerned',
              why: 'Nobody is a good judge of their own case, and the others will not believe it',
              help: 'let several decide, or people who do not vote here:  recusal decided by 3 ... leaves the roster',
            }),
          ];
        }),
      ),
    ),
};
