// GDO805: an appeal that goes to those who have decided already.
import { decidingBodies } from '../analysis/dominance.ts';
import { finding } from '../finding.ts';
import { answers, appealSample, appealedBy, isAgainstSomebody } from './appeals.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

const panel = `role elder plural elders
  held by 3 to 5 people
  first held by "fay", "gil", "hal"
  gained through choosing-elders
  lost through resignation or 2 years without activity
  vacancy filled through choosing-elders within 60 days
  while short only choosing-elders
end

process choosing-elders
  started by any keeper
  step review
    when 3 other keepers approve go to kept
    after 30 days go to refused
  end
  outcome kept
    grant elder to the candidate
  end
end

`;

/** The rule `appeal-to-same-body`. */
export const appealToSameBody: LintRule = {
  code: 'GDO805',
  name: 'appeal-to-same-body',
  what: 'The appeal is decided by those who decided the first time',
  why: 'Nobody likes to say that they were wrong, and the person has nobody else to ask',
  fix: 'Let another or a larger body decide it',
  bad: panel.concat(appealSample(['step review', '  when 3 keepers approve go to overturned', '  after 30 days go to refused', 'end'])),
  good: panel.concat(appealSample(['step review', '  when 2 elders approve go to overturned', '  after 30 days go to refused', 'end'])),
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      if (!answers(process)) return [];
      const bodies = decidingBodies(model.charter, process);
      const same = appealedBy(process).find((name) => {
        const first = model.charter.processes.find((one) => one.name === name);
        const others = first === undefined || !isAgainstSomebody(first) ? [] : decidingBodies(model.charter, first);
        return bodies.length > 0 && others.length > 0 && bodies.every((body) => others.includes(body));
      });
      if (same === undefined) return [];
      return [
        finding('GDO805', placeIn(model, process, process), {
          message: `\`${process.name}\` is decided by \`${bodies.join(', ')}\`, who decided \`${same}\``,
          label: 'the same body',
          why: 'Nobody likes to say that they were wrong, and the person has nobody else to ask',
          help: 'let another or a larger body decide it, or a draw:  draw panel picks 5 ...',
        }),
      ];
    }),
};
