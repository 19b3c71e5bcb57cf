// GDO905: a process that nobody reads to its end.
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { processSample, stepSample } from './sample.ts';

/** The rule `long-process`. */
export const longProcess: LintRule = {
  code: 'GDO905',
  name: 'long-process',
  what: 'This process has more than twelve stages',
  why: 'People lose their way, and rules that nobody reads are broken',
  fix: 'Split it: let one process start the next',
  bad: processSample(
    ...Array.from(
      { length: 13 },
      (_, index) =>
        `step s${index}\n    when 3 other keepers approve go to ${index === 12 ? 'accepted' : `s${index + 1}`}\n    after 30 days go to refused\n  end`,
    ),
  ),
  good: stepSample('when 3 other keepers approve go to accepted', 'after 30 days go to refused'),
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      const count = process.stages.filter((stage) => stage.kind !== 'outcome').length;
      if (count <= 12) return [];
      return [
        finding('GDO905', placeIn(model, process, process), {
          message: `\`${process.name}\` has ${count} stages`,
          label: 'more than twelve',
          why: 'People lose their way, and rules that nobody reads are broken',
          help: 'split it: an outcome can start the next process:  start ...',
        }),
      ];
    }),
};
