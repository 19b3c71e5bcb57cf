// GDO204: a stage that can stay open for ever (S26).
import type { CharterStage } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { waitsForProgram } from './nondeterministic-report.ts';
import type { LintRule } from './rule.ts';
import { placeIn } from './rule.ts';
import { targetsOf } from './stage-graph.ts';

/** The rule `no-deadline`. Stages that lead nowhere at all are GDO202, steps that wait for a program GDO217; votes without `open for` are found while compiling. */
export const noDeadline: LintRule = {
  code: 'GDO204',
  name: 'no-deadline',
  what: 'This stage can stay open for ever',
  why: 'A case that waits for people who do not act blocks its subject, its files and its money without an end',
  fix: 'Add a last instant: `after 30 days go to refused`',
  bad: `process appointment
  started by any keeper
  step nomination
    when 2 other keepers endorse go to accepted
  end
end
`,
  good: `process appointment
  started by any keeper
  step nomination
    when 2 other keepers endorse go to accepted
    after 30 days go to refused
  end
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      process.stages.flatMap((stage) => {
        const isOthers = stage.kind === 'step' && waitsForProgram(model.charter, stage);
        const reason = targetsOf(stage).length === 0 || isOthers ? undefined : endless(stage);
        if (reason === undefined) return [];
        return [
          finding('GDO204', placeIn(model, stage, process), {
            message: `\`${stage.name}\` can stay open for ever: ${reason.because}`,
            label: 'no last instant',
            why: 'A case that waits for people who do not act is never decided',
            help: reason.help,
          }),
        ];
      }),
    ),
};

function endless(stage: CharterStage): { readonly because: string; readonly help: string } | undefined {
  const help = 'add a last instant:  after 30 days go to refused';
  if (stage.kind === 'meeting') {
    return stage.called !== undefined && stage.called.within === undefined
      ? { because: 'nobody has to call the meeting', help: 'say by when:  called by ... within 30 days' }
      : undefined;
  }
  if (stage.kind !== 'step') return undefined;
  const afters = stage.transitions.flatMap((transition) => (transition.kind === 'after' ? [transition] : []));
  if (afters.some((after) => after.without === undefined)) return undefined;
  const waits = stage.transitions.some((transition) => transition.kind === 'unless');
  if (waits && stage.transitions.some((transition) => transition.kind === 'otherwise')) return undefined;
  if (waits) return { because: 'it does not say what follows an objection', help: 'add the line:  otherwise go to refused' };
  // Clocks that people can start again are GDO522's.
  if (afters.length > 0) return undefined;
  return { because: 'it waits for people to act, without an end', help };
}
