// GDO507: an outcome that is reached because nobody says anything.
import { finding } from '../finding.ts';
import { acceptingNames } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { stepSample } from './sample.ts';

/** The rule `silence-consents`. */
export const silenceConsents: LintRule = {
  code: 'GDO507',
  name: 'silence-consents',
  what: 'Silence is taken for consent here',
  why: 'People who did not see the proposal have agreed to it',
  fix: 'Nothing to repair: know it, and see that proposals are announced',
  bad: stepSample('unless any keeper objects within 7 days go to accepted', 'otherwise go to refused'),
  good: stepSample('when 3 other keepers approve go to accepted', 'after 30 days go to refused'),
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      const accepting = acceptingNames(process);
      return process.stages.flatMap((stage) => {
        if (stage.kind !== 'step') return [];
        const silent = stage.transitions.find(
          (line) => (line.kind === 'unless' || (line.kind === 'after' && line.without?.kind !== 'act')) && accepting.has(line.target),
        );
        if (silent === undefined) return [];
        return [
          finding('GDO507', placeIn(model, silent, stage), {
            message: `In \`${stage.name}\` a case of \`${process.name}\` is accepted if nobody says anything`,
            label: 'silence accepts',
            why: 'People who did not see the proposal have agreed to it',
            help: 'know it, and see that proposals are announced',
          }),
        ];
      });
    }),
};
