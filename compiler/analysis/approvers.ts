// How few people can have approved what a process merges: a bound from below, whatever the others do. Starters, supporters and those who say yes approve.
import type { Charter, CharterProcess, CharterStage, CharterVote } from '../../engine/index.ts';
import { isOther } from '../lint/acting.ts';
import { fewestActing, legalSizes, roleOfActor } from '../lint/legal-sizes.ts';
import type { Analyses } from './analyses.ts';
import { isMerge } from './coalition.ts';
import { firstTally } from './tally-table.ts';

/** Verbs by which people approve, besides starting and voting yes. */
const approving: readonly string[] = ['endorse', 'approve', 'accept'];

/** The fewest people who can have approved when a case merges; every way is looked at, and on each the stage that asks for most. Pure. */
export function leastApprovers(charter: Charter, process: CharterProcess, analyses: Analyses): number {
  const stages = new Map(process.stages.map((stage) => [stage.name, stage]));
  const [first] = process.stages;
  const starters = process.starts.every((start) => start.kind === 'by') ? 1 : 0;
  const done = new Set<string>();
  const open = first === undefined ? [] : [{ name: first.name, people: starters }];
  while (open.length > 0) {
    open.sort((left, right) => left.people - right.people);
    const next = open.shift();
    const stage = next === undefined ? undefined : stages.get(next.name);
    if (next === undefined || stage === undefined || done.has(next.name)) continue;
    done.add(next.name);
    if (stage.kind === 'outcome' && isMerge(stage)) return next.people;
    for (const lead of leads(charter, process, stage, analyses)) open.push({ name: lead.name, people: Math.max(next.people, lead.people) });
  }
  return 0;
}

interface Lead {
  readonly name: string;
  readonly people: number;
}

function leads(charter: Charter, process: CharterProcess, stage: CharterStage, analyses: Analyses): readonly Lead[] {
  switch (stage.kind) {
    case 'step':
      return stage.transitions.map((line) => ({
        name: line.target,
        people:
          line.kind !== 'when' ? 0 : line.acts.reduce((most, act) => Math.max(most, approving.includes(act.verb) ? fewestEver(charter, act.actor) : 0), 0),
      }));
    case 'vote': {
      const yes = leastYes(process, stage, analyses);
      const named = stage.results.map((line) => ({ name: line.target, people: line.result === 'passed' ? yes : 0 }));
      const isNamed = stage.results.some((line) => line.result === 'passed');
      return [...named, ...(stage.otherwise === undefined ? [] : [{ name: stage.otherwise, people: isNamed ? 0 : yes }])];
    }
    case 'joint': {
      const each = stage.votes.map((vote) => leastYes(process, vote, analyses));
      const people = stage.passes?.which === 'any' ? Math.min(...each) : Math.max(...each);
      return [
        ...(stage.passes === undefined ? [] : [{ name: stage.passes.target, people }]),
        ...(stage.otherwise === undefined ? [] : [{ name: stage.otherwise, people: 0 }]),
      ];
    }
    case 'meeting':
    case 'draw':
      return [
        ...stage.results.map((line) => ({ name: line.target, people: 0 })),
        ...(stage.otherwise === undefined ? [] : [{ name: stage.otherwise, people: 0 }]),
      ];
    case 'outcome':
      return [];
  }
}

/** The fewest people an actor is at any legal size of its body; whoever acts as `other` is one more than the starter. */
function fewestEver(charter: Charter, actor: Parameters<typeof fewestActing>[0]): number {
  const role = roleOfActor(charter, actor);
  const others = isOther(actor) ? 1 : 0;
  if (role === undefined) return 1;
  return legalSizes(role).reduce((least, size) => Math.min(least, (fewestActing(actor, Math.max(1, size - others)) ?? 0) + others), Number.MAX_SAFE_INTEGER);
}

/** The fewest who say yes where a vote passes, whoever fills its quorum; 0 where it has no table of all its sizes. */
function leastYes(process: CharterProcess, vote: CharterVote, analyses: Analyses): number {
  const table = analyses.tableOf(process, vote);
  const yes = table?.choices.indexOf('yes') ?? -1;
  if (table === undefined || table.isCut || yes < 0) return 0;
  for (let count = 1; count <= (table.sizes.at(-1) ?? 0); count += 1) {
    if (firstTally(table, (tally) => (tally.counts[yes] ?? 0) === count && table.resultOf(tally) === 'passed') !== undefined) return count;
  }
  return 0;
}
