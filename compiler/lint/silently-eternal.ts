// GDO413: a protected rule whose guard cannot change the bylaws at all.
import { finding } from '../finding.ts';
import { amends } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `silently-eternal`. Bylaws that nobody can change at all are GDO218. */
export const silentlyEternal: LintRule = {
  code: 'GDO413',
  name: 'silently-eternal',
  what: 'Nobody can ever change this rule, and it does not say so',
  why: 'The guard it names does not govern the bylaws, so every change is refused for ever',
  fix: 'Name a process that governs the bylaws, or say `never changed`',
  bad: `protect removal
  changed through keeping
end
`,
  good: `protect removal
  changed through amendment
end
`,
  check: (model) => {
    if (!model.charter.processes.some((process) => amends(model.charter, process))) return [];
    return model.charter.protections.flatMap((protection) => {
      const guard = model.charter.processes.find((process) => process.name === protection.changedThrough);
      if (guard === undefined || protection.neverChanged === true || amends(model.charter, guard)) return [];
      return [
        finding('GDO413', placeIn(model, protection, model.charter.organization), {
          message: `Only \`${guard.name}\` may change this, and \`${guard.name}\` cannot change the bylaws`,
          label: 'never, without saying so',
          why: 'Every change of it is refused for ever, and nobody wrote that',
          help: 'name a process that governs the bylaws, or say:  never changed',
        }),
      ];
    });
  },
};
