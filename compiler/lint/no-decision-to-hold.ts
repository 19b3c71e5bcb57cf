// GDO222: a process holds or reverses "the decision" without being about one (S66, S120).
import type { CharterProcess } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import type { LintRule } from './rule.ts';
import { placeIn } from './rule.ts';

/** The rule `no-decision-to-hold`: the decision is the one named after `within D of` where the process starts, or where a duty follows. */
export const noDecisionToHold: LintRule = {
  code: 'GDO222',
  name: 'no-decision-to-hold',
  what: '`the decision` is held or reversed, and no decision is named',
  why: 'Nobody could say which decision rests or is undone',
  fix: 'Name it where the process starts: `started by any keeper within 21 days of change.accepted`',
  bad: `process appeal
  started by any keeper
  step support
    when 3 other keepers endorse go to overturned
    after 30 days go to refused
  end
  outcome overturned
    reverse the decision
  end
end
`,
  good: `process appeal
  started by any keeper within 21 days of amendment.accepted
  step support
    when 3 other keepers endorse go to overturned
    after 30 days go to refused
  end
  outcome overturned
    reverse the decision
  end
end
`,
  check: (model) => [
    ...model.charter.processes.flatMap((process) => {
      if (process.starts.some((start) => start.kind === 'after' || (start.kind === 'by' && start.windows.some((window) => window.kind === 'within'))))
        return [];
      return decisionParts(process)
        .slice(0, 1)
        .map((part) =>
          finding('GDO222', placeIn(model, part, process), {
            message: `\`${process.name}\` speaks of the decision, and none is named`,
            label: 'which decision?',
            why: 'Nobody could say what rests or is undone',
            help: 'name it where the process starts, such as:  started by any member within 21 days of change.accepted',
          }),
        );
    }),
    ...model.charter.duties.flatMap((duty) => {
      if (duty.within !== undefined || duty.otherwise === undefined || !effectsOfCases.includes(duty.otherwise.kind)) return [];
      return [
        finding('GDO222', placeIn(model, duty.otherwise, duty), {
          message: `What follows from the duty \`${duty.name}\` is about a case, and the duty follows from none`,
          label: 'of which case?',
          why: 'Nobody could say what is merged, paid or undone',
          help: 'say from which case the duty follows, such as:  within 30 days of grant.paid',
        }),
      ];
    }),
  ],
};

/** Effects that are about one case: its content, its amount, its people, its decision. */
const effectsOfCases: readonly string[] = ['accept-merge', 'refuse-merge', 'pay', 'reverse', 'strike'];

function decisionParts(process: CharterProcess): readonly object[] {
  return [
    ...process.whileOpen.filter((clause) => clause.kind === 'hold' && clause.held.kind === 'decision'),
    ...process.stages.flatMap((stage): readonly object[] => {
      if (stage.kind === 'step') return stage.holds.filter((hold) => hold.held.kind === 'decision');
      return stage.kind === 'outcome' ? stage.effects.filter((effect) => effect.kind === 'reverse') : [];
    }),
  ];
}
