// GDO224: `since STAGE` in a step that a case can reach without that stage (S117).
import type { CharterAct, CharterStage } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { processSample } from './sample.ts';
import { answerTargets, reachable } from './stage-graph.ts';

/** The rule `since-unvisited`. */
export const sinceUnvisited: LintRule = {
  code: 'GDO224',
  name: 'since-unvisited',
  what: 'This counts since a stage that a case may never have entered',
  why: 'On that way the clock never starts, or the support never counts',
  fix: 'Count from what every case has: `since the start`',
  bad: processSample(
    'step draft',
    '  when any keeper objects go to talk',
    '  when 3 other keepers approve go to final',
    '  after 30 days go to refused',
    'end',
    'step talk',
    '  when 3 other keepers approve since the start go to final',
    '  after 30 days go to refused',
    'end',
    'step final',
    '  after 60 days since talk go to accepted',
    'end',
  ),
  good: processSample(
    'step draft',
    '  when any keeper objects go to talk',
    '  when 3 other keepers approve go to final',
    '  after 30 days go to refused',
    'end',
    'step talk',
    '  when 3 other keepers approve since the start go to final',
    '  after 30 days go to refused',
    'end',
    'step final',
    '  after 60 days since the start go to accepted',
    'end',
  ),
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      process.stages.flatMap((stage) =>
        sinceStages(stage).flatMap((since) => {
          const [first] = process.stages;
          if (first === undefined || since.stage === stage.name || first.name === since.stage) return [];
          const around = reachable(process, [first.name, ...answerTargets(process)], (other) => other.name === since.stage);
          if (!around.has(stage.name)) return [];
          return [
            finding('GDO224', placeIn(model, since, stage), {
              message: `\`${stage.name}\` counts since \`${since.stage}\`, and a case can come here without having been there`,
              label: 'perhaps never entered',
              why: 'On that way the clock never starts, or the support never counts',
              help: 'count from what every case has:  since the start',
            }),
          ];
        }),
      ),
    ),
};

function sinceStages(stage: CharterStage): readonly Extract<NonNullable<CharterAct['since']>, { readonly kind: 'stage' }>[] {
  if (stage.kind !== 'step') return [];
  const clocks = stage.transitions.flatMap((transition) => (transition.kind === 'after' ? [transition.since] : []));
  const acts = stage.transitions.flatMap((transition) =>
    transition.kind === 'when' || transition.kind === 'unless' ? transition.acts.map((act) => act.since) : [],
  );
  return [stage.lastsAtLeast?.since, ...clocks, ...acts].flatMap((since) => (since?.kind === 'stage' ? [since] : []));
}
