// GDO202: a stage or a process that nothing leads out of.
import { finding } from '../finding.ts';
import type { LintRule } from './rule.ts';
import { placeIn } from './rule.ts';
import { targetsOf } from './stage-graph.ts';

/** The rule `dead-end`. A process without stages is one too. */
export const deadEnd: LintRule = {
  code: 'GDO202',
  name: 'dead-end',
  what: 'No transition leaves this stage',
  why: 'Every case that enters it stays there, undecided',
  fix: 'Say where the case goes: `otherwise go to refused`',
  bad: `process appointment
  started by any keeper
  vote ballot
    voters keepers
    open for 7 days
    quorum at least 1/2 of keepers voting
    passes when more than 1/2 of votes cast are yes
  end
end
`,
  good: `process appointment
  started by any keeper
  vote ballot
    voters keepers
    open for 7 days
    quorum at least 1/2 of keepers voting
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      if (process.stages.length === 0) {
        return [
          finding('GDO202', placeIn(model, process, process), {
            message: `The process \`${process.name}\` has no stages`,
            label: 'nothing happens here',
            why: 'A case could be started and never be decided',
            help: 'add a step, a vote or an outcome',
          }),
        ];
      }
      return process.stages.flatMap((stage) =>
        stage.kind === 'outcome' || targetsOf(stage).length > 0
          ? []
          : [
              finding('GDO202', placeIn(model, stage, process), {
                message: `Nothing leads out of \`${stage.name}\``,
                label: 'every case ends up here, undecided',
                why: 'Whatever people do in this stage, no decision follows from it',
                help:
                  stage.kind === 'step'
                    ? 'say where the case goes, and when:  after 30 days go to refused'
                    : 'say where the case goes:  when passed go to accepted, otherwise go to refused',
              }),
            ],
      );
    }),
};
