// GDO809: support that a nomination or an option needs, of more people than may be there to give it (S121).
import { finding } from '../finding.ts';
import { peopleText } from '../number-words.ts';
import { fewestActing, legalSizes, roleOfActor } from './legal-sizes.ts';
import { isOther } from './acting.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { officeSample } from './sample.ts';

const election = (supporters: number): string =>
  officeSample(
    [
      'held by exactly 1 person',
      'first held by "ada"',
      'gained through choosing',
      'lost through resignation or 1 year without activity',
      'succeeded by keepers',
    ],
    [
      'started by any keeper',
      'step nominating',
      `  nominations of keepers supported by ${supporters} other keepers`,
      '  after 14 days go to ballot',
      'end',
      'vote ballot',
      '  voters keepers',
      '  choices the candidates',
      '  counted by approval',
      '  elects 1 chair',
      '  open for 7 days',
      '  quorum at least 2/3 of keepers voting',
      '  tie lot',
      '  when elected go to chosen',
      '  otherwise go to refused',
      'end',
    ],
  );

/** The rule `sponsors-too-few`. Whether a spread over employers can be met depends on who they are, and is not judged. */
export const sponsorsTooFew: LintRule = {
  code: 'GDO809',
  name: 'sponsors-too-few',
  what: 'More people must support a candidate than may be there',
  why: 'Nobody can stand, and the election ends without a candidate',
  fix: 'Ask for fewer: `supported by 2 other keepers`',
  bad: election(5),
  good: election(2),
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      process.stages.flatMap((stage) => {
        if (stage.kind !== 'step') return [];
        const lines = [...stage.nominations.flatMap((line) => line.support ?? []), ...(stage.options?.support === undefined ? [] : [stage.options.support])];
        return lines.flatMap(({ by }) => {
          const role = roleOfActor(model.charter, by);
          const least = role === undefined || role.held === undefined ? undefined : legalSizes(role)[0];
          if (role === undefined || least === undefined || role.held?.least === 0) return [];
          const needed = fewestActing(by, least) ?? (by.kind === 'count' && by.comparison === 'at-most' ? 0 : least + 1);
          const available = least - (isOther(by) ? 1 : 0);
          if (needed <= available) return [];
          return [
            finding('GDO809', placeIn(model, by, stage), {
              message: `With ${peopleText(least)} in \`${role.name}\` too few can support anybody here`,
              label: `${peopleText(available)} can be there`,
              why: 'Nobody can stand, and the election ends without a candidate',
              help: 'ask for fewer supporters, or for a share of the role',
            }),
          ];
        });
      }),
    ),
};
