// GDO306: `at least` and `more than` are one person apart at today's size (S31).
import type { Diagnostic } from '../../language/index.ts';
import { finding } from '../finding.ts';
import { exactShares } from './exact-shares.ts';
import type { ExactShare } from './exact-shares.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { voteSample } from './sample.ts';

function say(model: Model, process: object, exact: ExactShare, severity: 'warning' | 'info'): Diagnostic {
  const [word, other] = exact.comparison === 'more-than' ? ['more than', 'at least'] : ['at least', 'more than'];
  const takes = exact.needed === exact.size ? 'everybody' : `${exact.needed}`;
  return finding('GDO306', placeIn(model, exact.thing, process), {
    severity,
    message: `With ${exact.size} people in \`${exact.role}\` this is exactly ${exact.exactly}: \`${word}\` takes ${takes}, \`${other}\` would take ${exact.otherwise}`,
    label: `${word}`,
    why: 'People who argue afterwards about the one vote that was missing have all read the same sentence',
    help: severity === 'warning' ? `if everybody is not meant:  ${other}` : `if it is not what you mean:  ${other}`,
  });
}

/** The rule `strictness-matters`. A warning where the strict word asks for everybody; of all others one is told, as a note (docs/decisions/0130). */
export const strictnessMatters: LintRule = {
  code: 'GDO306',
  name: 'strictness-matters',
  what: "`at least` and `more than` differ at today's size",
  why: 'More than three quarters of four people are four people, and nobody who wrote it had everybody in mind',
  fix: 'Write the word you mean, and say so: `allow strictness-matters because "..."`',
  bad: voteSample('quorum at least 1/2 of keepers voting', 'passes when more than 4/5 of votes cast are yes'),
  good: voteSample('quorum at least 1/2 of keepers voting', 'passes when at least 3/4 of votes cast are yes'),
  check: (model) => {
    const all = model.charter.processes
      .flatMap((process) => exactShares(model.charter, process).map((exact) => ({ process, exact })))
      .filter(({ exact }) => exact.size > 2);
    const everybody = all.filter(({ exact }) => exact.needed === exact.size);
    const [first] = all.filter((one) => !everybody.includes(one));
    return [
      ...everybody.map(({ process, exact }) => say(model, process, exact, 'warning')),
      ...(first === undefined ? [] : [say(model, first.process, first.exact, 'info')]),
    ];
  },
};
