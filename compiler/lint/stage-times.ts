// How soon a case can reach each of its stages, whoever acts. It knows no people: group-reach.ts does.
import type { CharterProcess, CharterStage } from '../../engine/index.ts';
import { shortest } from './minutes.ts';

/** The minutes from the start of a case to the opening of each stage that can be reached, at least; not absent means reachable. Pure. */
export function earliestOpenings(process: CharterProcess): ReadonlyMap<string, number> {
  const stages = new Map(process.stages.map((stage) => [stage.name, stage]));
  const times = new Map<string, number>();
  const [first] = process.stages;
  const open: { readonly name: string; readonly minutes: number }[] = first === undefined ? [] : [{ name: first.name, minutes: 0 }];
  while (open.length > 0) {
    open.sort((left, right) => left.minutes - right.minutes);
    const next = open.shift();
    const stage = next === undefined ? undefined : stages.get(next.name);
    if (next === undefined || stage === undefined || times.has(next.name)) continue;
    times.set(next.name, next.minutes);
    open.push(...leads(stage).map(({ name, minutes }) => ({ name, minutes: next.minutes + minutes })));
  }
  return times;
}

/** The stages a stage leads to, each with the least time that takes. */
function leads(stage: CharterStage): readonly { readonly name: string; readonly minutes: number }[] {
  switch (stage.kind) {
    case 'step': {
      const least = stage.lastsAtLeast === undefined ? 0 : shortest(stage.lastsAtLeast.duration);
      return stage.transitions.map((line) => {
        if (line.kind === 'when') return { name: line.target, minutes: least };
        if (line.kind === 'unless') return { name: line.target, minutes: shortest(line.within) };
        return { name: line.target, minutes: line.kind === 'after' ? shortest(line.duration) : 0 };
      });
    }
    case 'vote':
      return toAll(stage, stage.closesEarly === true ? 0 : shortest(stage.open));
    case 'meeting':
      return toAll(stage, shortest(stage.open) + (stage.notice === undefined ? 0 : shortest(stage.notice)));
    case 'draw':
      return toAll(stage, 0);
    case 'joint': {
      const minutes = stage.votes.every((vote) => vote.closesEarly === true) ? 0 : stage.votes.reduce((most, vote) => Math.max(most, shortest(vote.open)), 0);
      const targets = [...(stage.passes === undefined ? [] : [stage.passes.target]), ...(stage.otherwise === undefined ? [] : [stage.otherwise])];
      return targets.map((name) => ({ name, minutes }));
    }
    case 'outcome':
      return [];
  }
}

function toAll(
  stage: { readonly results: readonly { readonly target: string }[]; readonly otherwise?: string },
  minutes: number,
): readonly { readonly name: string; readonly minutes: number }[] {
  const names = [...stage.results.map((line) => line.target), ...(stage.otherwise === undefined ? [] : [stage.otherwise])];
  return names.map((name) => ({ name, minutes }));
}
