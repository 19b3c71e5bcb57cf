// GDO908: a scenario that ends otherwise than its authors expected (S68).
import { finding } from '../finding.ts';
import { playScenario } from '../scenario.ts';
import type { LintRule } from './rule.ts';
import { stepSample } from './sample.ts';

const sample = (outcome: string): string =>
  `${stepSample('when 2 other keepers approve go to accepted', 'after 30 days go to refused')}\nscenario "Two others agree"\n  on day 0 ada starts policy\n  on day 1 ben, chi approve\n  expect policy is ${outcome}\nend\n`;

/** The rule `scenario-failed`. Scenarios are played by `gdo test`; a check plays them with `--deep` only. */
export const scenarioFailed: LintRule = {
  code: 'GDO908',
  name: 'scenario-failed',
  what: 'A scenario ends otherwise than it expects',
  why: 'The authors wrote down what they meant, and the rules do something else',
  fix: 'Look at its story with `gdo test`, and change the rule or the scenario',
  bad: sample('refused'),
  good: sample('accepted'),
  given: { effort: 'deep' },
  late: true,
  check: (model) =>
    model.effort !== 'deep'
      ? []
      : model.scenarios.flatMap((scenario) => {
          const { failure } = playScenario(scenario, model.charter);
          if (failure === undefined) return [];
          return [
            finding('GDO908', failure.place, {
              message: `The scenario "${scenario.title}" goes otherwise`,
              label: failure.message,
              why: 'The authors wrote down what they meant, and the rules do something else',
              help: 'look at its story:  gdo test; then change the rule or the scenario',
            }),
          ];
        }),
};
