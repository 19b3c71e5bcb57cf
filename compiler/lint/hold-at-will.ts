// GDO428: a decision that one person can hold back (S120).
import { finding } from '../finding.ts';
import { oneCanDo } from './acting.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `hold-at-will`. */
export const holdAtWill: LintRule = {
  code: 'GDO428',
  name: 'hold-at-will',
  what: 'One person can hold back decisions of others',
  why: 'A single objection at the right time, again and again, and nothing takes effect',
  fix: 'Ask for sponsors: `started by 3 keepers`',
  bad: `process review
  started by any keeper within 14 days of keeping.done
  while open hold keeping
  step support
    when 4 other keepers approve go to accepted
    after 14 days go to refused
  end
end
`,
  good: `process review
  started by 3 keepers within 14 days of keeping.done
  while open hold keeping
  step support
    when 2 other keepers approve go to accepted
    after 14 days go to refused
  end
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      const holding = process.whileOpen.find((clause) => clause.kind === 'hold');
      const alone = process.starts.some((start) => start.kind === 'by' && oneCanDo(start.actor));
      if (holding === undefined || !alone || process.limits.some((limit) => limit.counted === 'cases')) return [];
      return [
        finding('GDO428', placeIn(model, holding, process), {
          message: `One person who starts \`${process.name}\` holds back what others decided or decide`,
          label: 'from the start on',
          why: 'A single case at the right time, again and again, and nothing takes effect',
          help: 'ask for sponsors, and limit how often:  started by 3 ..., limit 1 cases per author per 60 days',
        }),
      ];
    }),
};
