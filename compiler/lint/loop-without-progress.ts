// GDO205: a cycle of stages through which a case can go for ever while nobody acts.
import type { CharterProcess, CharterStage } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { processSample } from './sample.ts';

/** The rule `loop-without-progress`. A vote that nobody casts a ballot in fails, and then it leads on as it says; that is no act either. */
export const loopWithoutProgress: LintRule = {
  code: 'GDO205',
  name: 'loop-without-progress',
  what: 'A case can go round these stages for ever without anybody doing anything',
  why: 'It never ends, and whatever it holds back is held back for ever',
  fix: 'Let one of the stages end the case: `after 30 days go to refused`',
  bad: processSample(
    'step first',
    '  when 3 other keepers approve go to accepted',
    '  after 7 days go to second',
    'end',
    'step second',
    '  when any keeper objects go to refused',
    '  after 7 days go to first',
    'end',
  ),
  good: processSample(
    'step first',
    '  when 3 other keepers approve go to accepted',
    '  after 7 days go to second',
    'end',
    'step second',
    '  when any keeper objects go to first',
    '  after 7 days go to refused',
    'end',
  ),
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      const names = new Set<string>();
      return process.stages.flatMap((stage) => {
        const round = names.has(stage.name) ? undefined : silentRound(process, stage.name);
        if (round === undefined) return [];
        for (const name of round) names.add(name);
        return [
          finding('GDO205', placeIn(model, stage, process), {
            message: `A case of \`${process.name}\` can go round ${round.map((name) => `\`${name}\``).join(', ')} for ever while nobody acts`,
            label: 'comes back here',
            why: 'It never ends, and whatever waits for it waits for ever',
            help: 'let one of the stages end the case:  after 30 days go to refused',
          }),
        ];
      });
    }),
};

/** The stages a case leaves for when nobody acts: deadlines, missed objections, votes without ballots, meetings nobody comes to. */
function silentTargets(stage: CharterStage): readonly string[] {
  switch (stage.kind) {
    case 'step':
      return stage.transitions.flatMap((transition) => (transition.kind === 'after' || transition.kind === 'unless' ? [transition.target] : []));
    case 'joint':
      return stage.otherwise === undefined ? [] : [stage.otherwise];
    case 'vote':
    case 'meeting':
    case 'draw': {
      const named = stage.results.find((result) => result.result === 'inquorate') ?? stage.results.find((result) => result.result === 'failed');
      const target = named?.target ?? stage.otherwise;
      return target === undefined ? [] : [target];
    }
    case 'outcome':
      return [];
  }
}

function silentRound(process: CharterProcess, from: string): readonly string[] | undefined {
  const stages = new Map(process.stages.map((stage) => [stage.name, stage]));
  const before = new Map<string, string>();
  const open = [from];
  for (let name = open.shift(); name !== undefined; name = open.shift()) {
    const stage = stages.get(name);
    for (const target of stage === undefined ? [] : silentTargets(stage)) {
      if (target === from) return pathBack(before, from, name);
      if (before.has(target)) continue;
      before.set(target, name);
      open.push(target);
    }
  }
  return undefined;
}

function pathBack(before: ReadonlyMap<string, string>, from: string, last: string): readonly string[] {
  const round = [last];
  for (let name = last; name !== from;) {
    name = before.get(name) ?? from;
    round.unshift(name);
  }
  return round;
}
