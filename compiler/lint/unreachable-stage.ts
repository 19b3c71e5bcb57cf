// GDO201: a stage that no case can enter.
import { finding } from '../finding.ts';
import type { LintRule } from './rule.ts';
import { placeIn } from './rule.ts';
import { answerTargets, reachable } from './stage-graph.ts';

/** The rule `unreachable-stage`. Of stages that lead to one another only the first is reported. */
export const unreachableStage: LintRule = {
  code: 'GDO201',
  name: 'unreachable-stage',
  what: 'No `go to` leads to this stage',
  why: 'Members believe in a step that never takes place, such as a hearing or an appeal',
  fix: 'Lead to it with a `go to`, or delete it',
  bad: `process appointment
  started by any keeper
  step nomination
    when 2 other keepers endorse go to accepted
    after 14 days go to refused
  end
  step hearing
    after 7 days go to accepted
  end
end
`,
  good: `process appointment
  started by any keeper
  step nomination
    when 2 other keepers endorse go to hearing
    after 14 days go to refused
  end
  step hearing
    after 7 days go to accepted
  end
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      const [first] = process.stages;
      if (first === undefined) return [];
      const covered = new Set(reachable(process, [first.name, ...answerTargets(process)]));
      return process.stages.flatMap((stage) => {
        if (covered.has(stage.name)) return [];
        for (const name of reachable(process, [stage.name])) covered.add(name);
        return [
          finding('GDO201', placeIn(model, stage, process), {
            message: `No case of \`${process.name}\` ever reaches \`${stage.name}\``,
            label: 'nothing leads here',
            why: 'Members believe in a step that never takes place',
            help: `lead to it from another stage with \`go to ${stage.name}\`, or delete it`,
          }),
        ];
      });
    }),
};
