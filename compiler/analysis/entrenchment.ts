// The entrenchment graph (check.md 3.8), as far as it is two steps deep: who guards a protected rule, and who can change the guard.
import type { Charter, CharterProtection } from '../../engine/index.ts';
import { amendingProcesses } from '../lint/group-reach.ts';
import { smallestGroup } from './coalition.ts';
import type { Coalition } from './coalition.ts';

/** A protected rule whose guard more people are needed for than to change the guard itself. */
export interface WeakGuard {
  readonly protection: CharterProtection;
  readonly guard: Coalition;
  readonly bypass: Coalition;
}

/** Protections whose guard can be weakened by fewer people, in source order. Groups are counted with today's holders. Pure. */
export function weakGuards(charter: Charter): readonly WeakGuard[] {
  const amending = amendingProcesses(charter);
  return charter.protections.flatMap((protection) => {
    const name = protection.changedThrough;
    const guardProcess = charter.processes.find((process) => process.name === name);
    if (name === undefined || guardProcess === undefined || isGuarded(charter, name)) return [];
    const guard = smallestGroup(charter, guardProcess);
    if (guard === undefined) return [];
    const bypass = amending
      .filter((process) => process !== guardProcess)
      .flatMap((process) => smallestGroup(charter, process) ?? [])
      .find((group) => group.people < guard.people);
    return bypass === undefined ? [] : [{ protection, guard, bypass }];
  });
}

/** A guard is guarded where a protection of its whole process stands, by itself or for ever (S59). */
function isGuarded(charter: Charter, name: string): boolean {
  return charter.protections.some(
    (one) => one.paths.some((path) => path.length === 1 && path[0] === name) && (one.neverChanged === true || one.changedThrough === name),
  );
}
