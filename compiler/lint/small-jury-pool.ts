// GDO804: a draw that picks more people than can be there (S47).
import { finding } from '../finding.ts';
import { peopleText } from '../number-words.ts';
import { rosterSize } from './roster-size.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { processSample } from './sample.ts';

const jury = (count: number): string =>
  processSample(
    'draw panel',
    `  picks ${count} keepers except the author`,
    '  when drawn go to ballot',
    '  otherwise go to refused',
    'end',
    'vote ballot',
    '  voters panel',
    '  open for 7 days',
    '  quorum at least 2/3 of panel voting',
    '  passes when more than 1/2 of votes cast are yes',
    '  when passed go to accepted',
    '  otherwise go to refused',
    'end',
  );

/** The rule `small-jury-pool`. An error where not even the largest body has enough people, a warning at a passing low. */
export const smallJuryPool: LintRule = {
  code: 'GDO804',
  name: 'small-jury-pool',
  what: 'This draw picks more people than there can be',
  why: 'No panel ever comes together, and the case goes the other way without being heard',
  fix: 'Draw fewer people, or from a larger role',
  bad: jury(9),
  good: jury(3),
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      process.stages.flatMap((stage) => {
        const picks = stage.kind === 'draw' ? stage.picks : undefined;
        const size = picks === undefined ? undefined : rosterSize(model.charter, picks.role, process);
        if (picks === undefined || size === undefined || size.open) return [];
        // Whoever is excepted may be several people at once only where a case has several starters.
        const left = picks.except.length;
        const never = size.most !== undefined && picks.count > size.most - left;
        if (!never && (size.least === 0 || picks.count <= size.least - left)) return [];
        const people = never ? size.most : size.least;
        return [
          finding('GDO804', placeIn(model, stage, process), {
            severity: never ? 'error' : 'warning',
            message: `This draws ${peopleText(picks.count)}, and of \`${picks.role}\` there ${never ? 'are at most' : 'may be only'} ${people}${left > 0 ? ', not all of whom can be drawn' : ''}`,
            label: `picks ${picks.count}`,
            why: 'No panel comes together, and the case goes the other way without being heard',
            help: 'draw fewer people, or from a larger role',
          }),
        ];
      }),
    ),
};
