// The stages of a process as a graph: which stage leads where. Pure data; what is wrong with a graph is for the rules.
import type { CharterProcess, CharterStage, CharterVote } from '../../engine/index.ts';

/** The stages a stage can lead to, in source order and once each; outcomes lead nowhere. Pure. Source: language.md section 6.3. */
export function targetsOf(stage: CharterStage): readonly string[] {
  switch (stage.kind) {
    case 'step':
      return [...new Set(stage.transitions.map((transition) => transition.target))];
    case 'joint':
      return [...new Set([...(stage.passes === undefined ? [] : [stage.passes.target]), ...(stage.otherwise === undefined ? [] : [stage.otherwise])])];
    case 'vote':
    case 'meeting':
    case 'draw':
      return [...new Set([...stage.results.map((result) => result.target), ...(stage.otherwise === undefined ? [] : [stage.otherwise])])];
    case 'outcome':
      return [];
  }
}

/** Stages that an edit or a conflict leads to from anywhere (S50, S55). Pure. */
export function answerTargets(process: CharterProcess): readonly string[] {
  return [process.onEdit, process.onConflict].flatMap((answer) => (answer.kind === 'stage' ? [answer.stage] : []));
}

/** All stages that can be reached from the given ones, themselves included, without going on from a stage that `blocks`. Pure. */
export function reachable(process: CharterProcess, from: readonly string[], blocks: (stage: CharterStage) => boolean = () => false): ReadonlySet<string> {
  const stages = new Map(process.stages.map((stage) => [stage.name, stage]));
  const seen = new Set<string>();
  const open = [...from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const stage = stages.get(name);
    if (stage === undefined || seen.has(name)) continue;
    seen.add(name);
    if (!blocks(stage)) open.push(...targetsOf(stage));
  }
  return seen;
}

/** A vote with the stage it stands in: itself, or a joint. */
export interface PlacedVote {
  readonly stage: CharterStage;
  readonly vote: CharterVote;
}

/** The votes of a process, those inside joints too. Pure. */
export function votesOf(process: CharterProcess): readonly PlacedVote[] {
  return process.stages.flatMap((stage): readonly PlacedVote[] => {
    if (stage.kind === 'vote') return [{ stage, vote: stage }];
    return stage.kind === 'joint' ? stage.votes.map((vote) => ({ stage, vote })) : [];
  });
}
