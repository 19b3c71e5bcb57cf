// GDO332: `at most 3 members` where somebody acts and nobody counts who did (S19, docs/decisions/0109).
import type { CharterActor, CharterStage } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import type { LintRule } from './rule.ts';
import { placeIn } from './rule.ts';

const why = 'One person acts and that is enough: nothing waits for others not to act, and nothing would refuse the one who is too many';

/** The rule `upper-bound-of-actors`. In the lines of a step an upper bound says when they fire (S19, S20). */
export const upperBoundOfActors: LintRule = {
  code: 'GDO332',
  name: 'upper-bound-of-actors',
  what: 'A clause that says who acts names at most so many people, and nothing counts them there',
  why,
  fix: 'Say who may act, `any member`; how often is a `limit`, and how many objections are too many is a line of a step: `unless 3 members object within 7 days`',
  bad: `process policy
  started by at most 3 keepers
  step support
    when 2 other keepers approve go to accepted
    after 30 days go to refused
  end
end
`,
  good: `process policy
  started by any keeper
  step support
    unless at least 3 other keepers object within 30 days go to accepted
    otherwise go to refused
  end
end
`,
  check: (model) => {
    const { charter } = model;
    const parts = [
      ...charter.processes.flatMap((process) => [
        ...[...process.starts, ...process.recusals].map((part) => ({ part, owner: process })),
        ...process.stages.flatMap((stage) => actingParts(stage).map((part) => ({ part, owner: stage }))),
      ]),
      ...[charter.attributes, charter.actions, charter.points, charter.certificates, charter.accounts, charter.dapps, charter.collaborators]
        .flat()
        .map((part) => ({ part, owner: part })),
      ...[...charter.rights, ...charter.duties].map((part) => ({ part, owner: part })),
    ];
    return parts.flatMap(({ part, owner }) => {
      const actor = actorsIn(part).find(isUpper);
      if (actor === undefined) return [];
      return [
        finding('GDO332', placeIn(model, part, owner), {
          message: `\`${actor.comparison.split('-').join(' ')}\` counts nobody here`,
          label: 'an upper bound of who acts',
          why,
          help: 'say who may act, such as:  any member;  and bound it with a line of its own, such as:  limit 3 cases per author per 30 days',
        }),
      ];
    });
  },
};

type CountedActor = Extract<CharterActor, { readonly kind: 'count' }>;

function isUpper(actor: CountedActor): boolean {
  return actor.comparison === 'at-most' || actor.comparison === 'fewer-than';
}

/** What of a stage says who acts, the lines of a step that count people left out. A hold begins with what somebody does: it waits for no time to be over. */
function actingParts(stage: CharterStage): readonly object[] {
  switch (stage.kind) {
    case 'step':
      return [...stage.concerns, ...stage.nominations, ...(stage.options === undefined ? [] : [stage.options]), ...stage.holds];
    case 'joint':
      return stage.votes.flatMap(actingParts);
    case 'vote':
      return [...(stage.tie ?? []), ...stage.recusals];
    case 'meeting':
      return [stage.called, stage.attended].flatMap((part) => (part === undefined ? [] : [part]));
    case 'draw':
      return stage.seed === undefined ? [] : [stage.seed];
    default:
      return [];
  }
}

function isCounted(value: object): value is CountedActor {
  // INVARIANT: in compiled bylaws only a counted actor has the kind `count` and a bound.
  return 'kind' in value && value.kind === 'count' && 'bound' in value;
}

function actorsIn(part: unknown): readonly CountedActor[] {
  if (typeof part !== 'object' || part === null) return [];
  return isCounted(part) ? [part] : Object.values(part).flatMap(actorsIn);
}
