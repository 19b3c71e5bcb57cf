// GDO120: `the ROLE` acts, and several people may hold the role (S108).
import type { CharterActor, CharterProcess } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { rosterSize } from './roster-size.ts';
import type { LintRule } from './rule.ts';
import { placeIn } from './rule.ts';

/** The rule `one-of-several`. `the first` and `the next` are meant to pick one and are left alone, and so are people of the case. */
export const oneOfSeveral: LintRule = {
  code: 'GDO120',
  name: 'one-of-several',
  what: '`the` names one person, and several may hold the role',
  why: 'Any one of them can act, which is less than a reader of `the chair` expects',
  fix: 'Write `any chair`, or let one person hold the role',
  bad: `process policy
  started by any keeper
  step support
    when the keeper approves go to accepted
    after 30 days go to refused
  end
end
`,
  good: `process policy
  started by any keeper
  step support
    when any other keeper approves go to accepted
    after 30 days go to refused
  end
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      theActors(process).flatMap((actor) => {
        const declared = actor.kind === 'the' && actor.order === undefined && model.charter.roles.some((role) => role.name === actor.role);
        const size = declared ? rosterSize(model.charter, actor.role) : undefined;
        if (actor.kind !== 'the' || size === undefined || size.most === 1) return [];
        return [
          finding('GDO120', placeIn(model, actor, process), {
            message: `\`the ${actor.role}\` is any one of several people`,
            label: size.most === undefined ? 'any number of people' : `up to ${size.most} people`,
            why: 'Any one of them can act alone, which is less than a reader expects',
            help: `write \`any ${actor.role}\`, or a number such as \`2 ${actor.role}\``,
          }),
        ];
      }),
    ),
};

function theActors(process: CharterProcess): readonly CharterActor[] {
  const starts = process.starts.flatMap((start) => (start.kind === 'by' ? [start.actor] : []));
  const steps = process.stages.flatMap((stage): readonly CharterActor[] => {
    if (stage.kind === 'vote') return (stage.tie ?? []).flatMap((rule) => (rule.kind === 'decided' ? [rule.by] : []));
    if (stage.kind === 'meeting') return stage.called === undefined ? [] : [stage.called.by];
    if (stage.kind !== 'step') return [];
    return stage.transitions.flatMap((transition) =>
      transition.kind === 'when' || transition.kind === 'unless' ? transition.acts.map((act) => act.actor) : [],
    );
  });
  return [...starts, ...steps];
}
