// GDO222: a process holds or reverses "the decision" without being about one (S66, S120).
import type { CharterProcess } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import type { LintRule } from './rule.ts';
import { placeIn } from './rule.ts';

/** The rule `no-decision-to-hold`: the decision is the one named after `within D of` where the process starts. */
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
  check: (model) =>
    model.charter.processes.flatMap((process) => {
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
};

function decisionParts(process: CharterProcess): readonly object[] {
  return [
    ...process.whileOpen.filter((clause) => clause.kind === 'hold' && clause.held.kind === 'decision'),
    ...process.stages.flatMap((stage): readonly object[] => {
      if (stage.kind === 'step') return stage.holds.filter((hold) => hold.held.kind === 'decision');
      return stage.kind === 'outcome' ? stage.effects.filter((effect) => effect.kind === 'reverse') : [];
    }),
  ];
}
