// GDO410: a protected rule whose guard can be weakened first (check.md 3.8).
import { finding } from '../finding.ts';
import { weakGuards } from '../analysis/entrenchment.ts';
import { isMerge } from '../analysis/coalition.ts';
import { peopleText } from '../number-words.ts';
import { firstWitness, groupWitness } from './group-witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `two-step-bypass`. */
export const twoStepBypass: LintRule = {
  code: 'GDO410',
  name: 'two-step-bypass',
  what: 'The guard of this protected rule can be weakened first, and then the rule changed',
  why: 'Two easy steps do what one hard step was meant to prevent',
  fix: 'Protect the guard as well: `protect charter-change changed through charter-change`',
  bad: `process charter-change
  governs bylaws
  started by any keeper
  on edit refuse
  step support
    when 4 other keepers approve go to accepted
    after 30 days go to refused
  end
end

protect removal
  changed through charter-change
end
`,
  good: `process charter-change
  governs bylaws
  started by any keeper
  on edit refuse
  step support
    when 4 other keepers approve go to accepted
    after 30 days go to refused
  end
end

protect removal, charter-change
  changed through charter-change
end
`,
  late: true,
  witness: (model) =>
    firstWitness(weakGuards(model.charter), ({ bypass, first }) =>
      groupWitness(
        model,
        bypass.process,
        isMerge,
        (people) => `${peopleText(people)} can change what guards ${first.at(-1) ?? ''}, through ${bypass.process.name}`,
      ),
    ),
  check: (model) =>
    weakGuards(model.charter).map((weak) =>
      finding('GDO410', placeIn(model, weak.protection, model.charter.organization), {
        message: `\`${weak.guard.process.name}\` guards this with ${peopleText(weak.guard.people)}, and ${peopleText(weak.bypass.people)} can change ${weak.first.map((name) => `\`${name}\``).join(', then ')} first, through \`${weak.bypass.process.name}\``,
        label: 'the guard is not guarded',
        why: 'Two easy steps do what one hard step was meant to prevent',
        help: `protect the guard as well:  protect ${weak.guard.process.name} changed through ${weak.guard.process.name}`,
      }),
    ),
};
