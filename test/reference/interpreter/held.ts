// What an open case holds back: cases of other processes, and a decision (S120).
import type { Election, Waiting } from './seats.ts';
import type { Case, World } from './world.ts';
import { isRunning } from './world.ts';

/** What a case holds back. */
export type Held = { readonly kind: 'decision' } | { readonly kind: 'processes'; readonly processes: readonly string[] };

/** What a case holds now: from start to end by its process, from an event on by a step. */
function heldBy(subject: Case): readonly Held[] {
  const whole = subject.process.whileOpen.flatMap((clause) => (clause.kind === 'hold' ? [clause.held] : []));
  return [...whole, ...subject.holding];
}

/** Whether a running case holds the process of a case, which then reaches no outcome. Of cases that wait for one another the first goes on. */
export function isHeld(world: World, subject: Case): boolean {
  const waitsBehind = (other: Case): boolean => other.awaits !== undefined && other.number > subject.number;
  return world.cases.some(
    (other) =>
      other !== subject &&
      isRunning(other) &&
      !waitsBehind(other) &&
      heldBy(other).some((held) => held.kind === 'processes' && held.processes.includes(subject.process.name)),
  );
}

/** Whether a running case holds the decision of a case. */
export function isDecisionHeld(world: World, { number }: Case): boolean {
  return world.cases.some((other) => other.decision === number && isRunning(other) && heldBy(other).some(({ kind }) => kind === 'decision'));
}

/** The last election to a seat that is not free yet whose decision nobody holds. */
export function electionOf(world: World, { elections }: Waiting): Election | undefined {
  return elections.findLast(({ by }) => !isDecisionHeld(world, by));
}

/** S120: other merges into paths that a held decision merged wait, and its own merge does. */
export function isMergeHeld(world: World, subject: Case): boolean {
  return world.cases.some((other) => {
    if (!isDecisionHeld(world, other)) return false;
    if (other === subject) return true;
    const paths = other.merge?.standing === 'merged' ? (other.change ?? []).map(({ path }) => path) : [];
    return (subject.change ?? []).some(({ path }) => paths.includes(path));
  });
}
