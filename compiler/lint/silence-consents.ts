// GDO507: an outcome that is reached because nobody says anything.
import type { CharterProcess, CharterStage } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { acceptingNames } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { stepSample } from './sample.ts';
import { targetsOf } from './stage-graph.ts';

/** Verbs by which people agree: what follows on them was not decided by silence. */
const agreeing: readonly string[] = ['endorse', 'approve', 'accept', 'adopt'];

/** The stages a case can come to before anybody has agreed to it; what a vote has passed is agreed to, however long it then waits. */
function silentStages(process: CharterProcess): ReadonlySet<string> {
  const stages = new Map(process.stages.map((stage) => [stage.name, stage]));
  const reached = new Set<string>(process.stages.slice(0, 1).map((stage) => stage.name));
  for (const name of reached) {
    const stage = stages.get(name);
    if (stage === undefined) continue;
    if (stage.kind === 'step') {
      for (const line of stage.transitions) if (line.kind !== 'when' || !line.acts.some((act) => agreeing.includes(act.verb))) reached.add(line.target);
    } else {
      const agreed = stage.kind === 'vote' ? ['passed', 'won', 'elected', ...stage.passes.map((line) => line.result)] : [];
      const isAgreed = (target: string): boolean =>
        stage.kind === 'joint' || (stage.kind === 'vote' && stage.results.some((line) => agreed.includes(line.result) && line.target === target));
      for (const target of targetsOf(stage)) if (!isAgreed(target)) reached.add(target);
    }
  }
  return reached;
}

/** The part of a stage that accepts while nobody says anything. */
function silentWay(stage: CharterStage, accepts: (target: string) => boolean): object | undefined {
  if (stage.kind === 'step')
    return stage.transitions.find((line) => (line.kind === 'unless' || (line.kind === 'after' && line.without?.kind !== 'act')) && accepts(line.target));
  if (stage.kind === 'joint') return stage.otherwise !== undefined && accepts(stage.otherwise) ? stage : undefined;
  if (stage.kind !== 'vote' && stage.kind !== 'meeting') return undefined;
  // Without a ballot a vote misses its quorum, or fails where it has none (S33); a meeting to which nobody comes is not quorate.
  const result = stage.quorums.length > 0 ? 'inquorate' : stage.kind === 'vote' ? 'failed' : 'quorate';
  const named = stage.results.find((line) => line.result === result);
  const target = named?.target ?? stage.otherwise;
  return target !== undefined && accepts(target) ? (named ?? stage) : undefined;
}

/** The rule `silence-consents`. */
export const silenceConsents: LintRule = {
  code: 'GDO507',
  name: 'silence-consents',
  what: 'Silence is taken for consent here',
  why: 'People who did not see the proposal have agreed to it',
  fix: 'Nothing to repair: know it, and see that proposals are announced',
  bad: stepSample('unless any keeper objects within 7 days go to accepted', 'otherwise go to refused'),
  good: stepSample('when 3 other keepers approve go to accepted', 'after 30 days go to refused'),
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      const accepting = acceptingNames(process);
      const silentlyReached = silentStages(process);
      return process.stages.flatMap((stage) => {
        const silent = silentlyReached.has(stage.name) ? silentWay(stage, (target) => accepting.has(target)) : undefined;
        if (silent === undefined) return [];
        return [
          finding('GDO507', placeIn(model, silent, stage), {
            message: `In \`${stage.name}\` a case of \`${process.name}\` is accepted if nobody says anything`,
            label: 'silence accepts',
            why: 'People who did not see the proposal have agreed to it',
            help: 'know it, and see that proposals are announced',
          }),
        ];
      });
    }),
};
