// GDO414: one rule that is both never changed and changed through a process.
import { finding, labelled } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `eternal-has-amender`. */
export const eternalHasAmender: LintRule = {
  code: 'GDO414',
  name: 'eternal-has-amender',
  what: 'This rule is never changed, and changed through a process',
  why: 'Two groups will read the same text and be sure of opposite things',
  fix: 'Keep one of the two lines',
  bad: `protect removal
  never changed
end

protect removal.ballot
  changed through amendment
end
`,
  good: `protect removal
  never changed
end
`,
  check: (model) =>
    model.charter.protections.flatMap((eternal) => {
      if (eternal.neverChanged !== true) return [];
      const reaches = (left: readonly string[], right: readonly string[]): boolean =>
        left.every((name, index) => right[index] === undefined || right[index] === name);
      const other = model.charter.protections.find(
        (one) => one.changedThrough !== undefined && one.paths.some((path) => eternal.paths.some((fixed) => reaches(path, fixed))),
      );
      if (other === undefined) return [];
      const place = model.sources.get(other);
      return [
        finding('GDO414', placeIn(model, eternal, model.charter.organization), {
          message: `\`${eternal.paths[0]?.join('.') ?? ''}\` is never changed, and changed through \`${other.changedThrough ?? ''}\``,
          label: 'never changed',
          why: 'Two groups will read the same text and be sure of opposite things',
          help: 'keep one of the two lines',
          related: place === undefined || other === eternal ? [] : [labelled(place, 'changed through a process')],
        }),
      ];
    }),
};
