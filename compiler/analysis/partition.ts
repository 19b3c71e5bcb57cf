// Partition safety (check.md 3.5): decisions that act before the others know of them must not be within reach of two groups that share nobody.
import type { Charter, CharterActor, CharterProcess, CharterRole } from '../../engine/index.ts';
import { meetsBound } from '../../engine/index.ts';
import { acceptingNames } from '../lint/effects.ts';
import { isOther } from '../lint/acting.ts';
import { votesOf } from '../lint/stage-graph.ts';
import type { Analyses } from './analyses.ts';
import { weightedSplit } from './weighted-partition.ts';

/** A process that two groups of the same size can both bring to acceptance, at one legal size of the body; `weighted`: if they weigh the same, and then there
 * may be more people in the `other` one. */
export interface Split {
  readonly weighted?: true;
  readonly other?: number;
  readonly process: CharterProcess;
  readonly size: number;
  readonly group: number;
}

/** Sizes of bodies without an upper bound that are looked at, ten times as many with `--deep`. */
const sizeMax = 30;

/** The provisional processes that can be decided twice, with the smallest size at which they can. Those absent vote on neither side. Pure. */
export function disjointGroups(charter: Charter, analyses: Analyses): readonly Split[] {
  return charter.processes.flatMap((process) => {
    if (process.offline !== 'provisional') return [];
    const splits = [...voteSplits(charter, process, analyses), ...actSplits(charter, process, analyses.reach)];
    const first = splits.toSorted((left, right) => left.size - right.size)[0];
    return first === undefined ? [] : [{ process, ...first }];
  });
}

type Found = Omit<Split, 'process'>;

function voteSplits(charter: Charter, process: CharterProcess, analyses: Analyses): readonly Found[] {
  return votesOf(process).flatMap(({ vote }) => {
    if (vote.voters.weightedBy !== undefined) {
      const role = charter.roles.find((candidate) => candidate.name === vote.voters.roles[0]);
      const split = role === undefined ? undefined : weightedSplit(charter, vote, sizesOf(role, analyses.reach));
      return split === undefined ? [] : [{ ...split, weighted: true }];
    }
    const table = analyses.tableOf(process, vote);
    if (table === undefined) return [];
    return table.sizes.flatMap((size): readonly Found[] => {
      for (let group = 1; 2 * group <= size; group += 1) {
        if (table.resultOf({ size, counts: table.choices.map((choice) => (choice === 'yes' ? group : 0)) }) === 'passed') return [{ size, group }];
      }
      return [];
    });
  });
}

function actSplits(charter: Charter, process: CharterProcess, reach: number): readonly Found[] {
  const accepting = acceptingNames(process);
  return process.stages.flatMap((stage) =>
    stage.kind !== 'step'
      ? []
      : stage.transitions.flatMap((line) =>
          line.kind === 'when' && line.acts.length === 1 && accepting.has(line.target) ? line.acts.flatMap((act) => splitsOf(charter, act.actor, reach)) : [],
        ),
  );
}

/** The legal sizes of a body of two and more, as far as they are looked at. */
function sizesOf(role: CharterRole, reach: number): readonly number[] {
  const least = Math.max(2, role.held?.least ?? 2);
  const most = Math.min(role.held?.most ?? sizeMax * reach, sizeMax * reach);
  return Array.from({ length: Math.max(0, most - least + 1) }, (_, index) => least + index);
}

function splitsOf(charter: Charter, actor: CharterActor, reach: number): readonly Found[] {
  const bound = actor.kind === 'count' ? actor.bound : undefined;
  const name = actor.kind !== 'count' ? actor.role : bound?.kind === 'whole' || bound?.kind === 'part' ? bound.role : undefined;
  const role = charter.roles.find((candidate) => candidate.name === name);
  if (role === undefined) return [];
  const starters = isOther(actor) ? 1 : 0;
  for (const size of sizesOf(role, reach)) {
    for (let group = 1; 2 * (group + starters) <= size; group += 1) {
      const enough =
        actor.kind !== 'count' ||
        meetsBound(
          () => BigInt(group),
          actor.comparison,
          actor.bound,
          () => BigInt(size - starters),
        );
      if (enough) return [{ size, group: group + starters }];
    }
  }
  return [];
}
