// GDO909: ways that no scenario takes.
import { coverageOf, uncovered } from '../coverage.ts';
import { finding } from '../finding.ts';
import { playScenario } from '../scenario.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { stepSample } from './sample.ts';

const rules = stepSample('when 2 other keepers approve go to accepted', 'after 30 days go to refused');

/** The rule `unexercised-transition`. Only where there are scenarios, and only with `--deep`; said once, with the number. */
export const unexercisedTransition: LintRule = {
  code: 'GDO909',
  name: 'unexercised-transition',
  what: 'No scenario takes some of the ways that cases can take',
  why: 'What nobody has played through is what surprises people on the day it happens',
  fix: 'Add a scenario: `gdo test --coverage` lists what is missing',
  bad: `${rules}\nscenario "Two others agree"\n  on day 0 ada starts policy\n  on day 1 ben, chi approve\n  expect policy is accepted\nend\n`,
  good: rules,
  given: { effort: 'deep' },
  late: true,
  check: (model) => {
    if (model.effort !== 'deep' || model.scenarios.length === 0) return [];
    const results = model.scenarios.map((scenario) => playScenario(scenario, model.charter));
    const missing = uncovered(coverageOf(model.charter, results));
    const [first] = missing;
    const process = model.charter.processes.find((one) => first?.includes(`\`${one.name}\``));
    if (first === undefined || process === undefined) return [];
    return [
      finding('GDO909', placeIn(model, process, model.charter.organization), {
        message: `No scenario covers ${missing.length === 1 ? first : `${first}, and ${missing.length - 1} more`}`,
        label: 'not played',
        why: 'What nobody has played through is what surprises people on the day it happens',
        help: 'list what is missing:  gdo test --coverage',
      }),
    ];
  },
};
