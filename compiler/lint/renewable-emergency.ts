// GDO422: an emergency that the same people can declare again before it was ratified.
import { finding } from '../finding.ts';
import { provisionalMerge } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { emergencySample } from './sample.ts';

/** The rule `renewable-emergency`. */
export const renewableEmergency: LintRule = {
  code: 'GDO422',
  name: 'renewable-emergency',
  what: 'The same people can declare the emergency again and again',
  why: 'What was to last thirty days lasts for as long as they like',
  fix: 'Limit it: `limit 1 cases per author per 60 days`',
  bad: emergencySample('work'),
  good: emergencySample('work', 'limit 1 cases per author per 60 days'),
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      const provisional = provisionalMerge(process);
      const isLimited =
        process.limits.some((limit) => limit.counted === 'cases') ||
        process.starts.some((start) => start.kind === 'by' && start.windows.some((window) => window.kind !== 'within'));
      if (provisional === undefined || isLimited) return [];
      return [
        finding('GDO422', placeIn(model, process, process), {
          message: `The same people can start \`${process.name}\` again before the last one was ratified`,
          label: 'no `limit`',
          why: 'What was to last some days lasts for as long as they like',
          help: 'limit it:  limit 1 cases per author per 60 days',
        }),
      ];
    }),
};
