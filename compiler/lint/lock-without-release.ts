// GDO426: a lock that nobody may be there to release (S95).
import { finding } from '../finding.ts';
import { emptyActors } from './emptiable.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { namingSample, rightSample } from './sample.ts';

const warden = (...lines: readonly string[]): string =>
  `${['role warden plural wardens', '  held by 0 to 2 people', '  gained through naming', '  lost through resignation or 1 year without activity', ...lines.map((line) => `  ${line}`), 'end'].join('\n')}

${namingSample('naming', 'warden')}
${rightSample('locked by any keeper released by any warden')}`;

/** The rule `lock-without-release`. */
export const lockWithoutRelease: LintRule = {
  code: 'GDO426',
  name: 'lock-without-release',
  what: 'A lock may be on, and nobody there who may take it off',
  why: 'The machine stands still although it has long been repaired',
  fix: 'Give the role a minimum or a successor: `succeeded by keepers`',
  bad: warden(),
  good: warden('succeeded by keepers'),
  check: (model) =>
    model.charter.rights.flatMap((right) => {
      const names = right.locked === undefined ? undefined : emptyActors(model.charter, right.locked.releasedBy);
      if (names === undefined || right.locked === undefined) return [];
      return [
        finding('GDO426', placeIn(model, right.locked.releasedBy[0] ?? right, right), {
          message: `Only \`${names.join(', ')}\` may release a lock of \`${right.name}\`, and there may be nobody who is one`,
          label: 'may have no holder',
          why: 'What was locked once stays locked, although it has long been repaired',
          help: 'give the role a minimum of one, or a successor, or let another role release it, too',
        }),
      ];
    }),
};
