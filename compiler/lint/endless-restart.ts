// GDO522: a clock that an act or a concern starts again, and nothing else that ends the step.
import type { CharterStep, CharterTransition } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { stepSample } from './sample.ts';

/** The rule `endless-restart`. */
export const endlessRestart: LintRule = {
  code: 'GDO522',
  name: 'endless-restart',
  what: 'People can start this clock again for ever',
  why: 'One objection every nine days keeps the case open for as long as somebody likes',
  fix: 'Add a last instant beside it: `after 60 days go to refused`',
  bad: stepSample('after 10 days without any keeper objects go to accepted', 'when 3 keepers withdraw go to refused'),
  good: stepSample('when 3 keepers withdraw go to refused', 'after 10 days without any keeper objects go to accepted', 'after 60 days go to refused'),
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      process.stages.flatMap((stage) => {
        const clock = stage.kind === 'step' ? restartedForEver(stage) : undefined;
        if (clock === undefined) return [];
        return [
          finding('GDO522', placeIn(model, clock, stage), {
            message: `\`${stage.name}\` can stay open for ever: people can start its clock again and again`,
            label: 'can be restarted',
            why: 'One objection a week keeps the case open for as long as somebody likes',
            help: 'add a last instant beside it:  after 60 days go to refused',
          }),
        ];
      }),
    ),
};

/** The clock of a step that acts start again, where no other ends it; undefined elsewhere. Pure. */
export function restartedForEver(step: CharterStep): CharterTransition | undefined {
  const clocks = step.transitions.flatMap((line) => (line.kind === 'after' ? [line] : []));
  return clocks.some((line) => line.without === undefined) ? undefined : clocks[0];
}
