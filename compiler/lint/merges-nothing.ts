// GDO221: `accept the merge` in a process that governs no area (S136).
import { finding } from '../finding.ts';
import type { LintRule } from './rule.ts';
import { placeIn } from './rule.ts';

/** The rule `merges-nothing`. In processes that govern areas the effect is implied and never wrong. */
export const mergesNothing: LintRule = {
  code: 'GDO221',
  name: 'merges-nothing',
  what: 'A process that governs nothing accepts a merge',
  why: 'Nothing is merged, and a reader may believe otherwise',
  fix: 'Delete the line, or say what the process `governs`',
  bad: `process policy
  started by any keeper
  step support
    when 2 other keepers approve go to agreed
    after 30 days go to refused
  end
  outcome agreed
    accept the merge
  end
end
`,
  good: `process policy
  started by any keeper
  step support
    when 2 other keepers approve go to agreed
    after 30 days go to refused
  end
  outcome agreed accepts
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      process.governs.length > 0
        ? []
        : process.stages.flatMap((stage) =>
            stage.kind !== 'outcome'
              ? []
              : stage.effects
                  .filter((effect) => effect.kind === 'accept-merge')
                  .map((effect) =>
                    finding('GDO221', placeIn(model, effect, stage), {
                      message: `\`${process.name}\` governs no area, so nothing is merged here`,
                      label: 'merges nothing',
                      why: 'A reader may believe that files change',
                      help: 'delete the line, or add `governs ...` to the process',
                    }),
                  ),
          ),
    ),
};
