// GDO801: points that people give themselves.
import { finding } from '../finding.ts';
import { awardsOf, isBounded, oneBringsAbout, pointsSample } from './awards.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** People of a case who are the ones that act in it. */
const acting: readonly string[] = ['author', 'starters'];

const praise = (...lines: readonly string[]): string =>
  pointsSample([], ['started by any keeper', 'step review', ...lines, 'end', 'outcome praised', '  award 1 merit to the author', 'end']);

/** The rule `self-earned`. */
export const selfEarned: LintRule = {
  code: 'GDO801',
  name: 'self-earned',
  what: 'Points are earned by what the earner does alone',
  why: 'Whoever has time has points, and what they open or weigh is theirs for the asking',
  fix: 'Let another person have a part in it: `when 1 other keeper approves go to praised`',
  bad: praise('  after 3 days go to praised'),
  good: praise('  when 1 other keeper approves go to praised', '  after 30 days go to refused'),
  check: (model) =>
    awardsOf(model).flatMap((award) => {
      const isOwn = award.process === undefined || acting.includes(award.to) || model.charter.roles.some((role) => role.name === award.to);
      if (!isOwn || isBounded(award) || !oneBringsAbout(model, award)) return [];
      return [
        finding('GDO801', placeIn(model, award.thing, award.points), {
          message: `\`${award.points.name}\` are earned ${award.process === undefined ? 'by an act' : `through \`${award.process.name}\``} with nobody else taking part`,
          label: 'earned alone',
          why: 'Whoever has time has points, and what they open or weigh is theirs for the asking',
          help: 'let another person have a part in it, or limit it:  limit 5 ... per person per 30 days',
        }),
      ];
    }),
};
