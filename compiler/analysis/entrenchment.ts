// The entrenchment graph (check.md 3.8): who guards a protected rule, who can change the guard, who can change what guards the guard, and so on.
import type { Charter, CharterProtection } from '../../engine/index.ts';
import { amendingProcesses } from '../lint/group-reach.ts';
import { smallestAmending, smallestGroup } from './coalition.ts';
import type { Coalition } from './coalition.ts';

/** A protected rule whose guard more people are needed for than to change the guard itself. `first`: the guards that are changed on the way, the last one first. */
export interface WeakGuard {
  readonly protection: CharterProtection;
  readonly guard: Coalition;
  readonly bypass: Coalition;
  readonly first: readonly string[];
}

/** Protections whose guard can be weakened by fewer people, in source order. Groups are counted with today's holders. Pure. */
export function weakGuards(charter: Charter): readonly WeakGuard[] {
  return charter.protections.flatMap((protection) => {
    const name = protection.changedThrough;
    const guard = name === undefined ? undefined : useOf(charter, name);
    const change = name === undefined ? undefined : changeOf(charter, name, new Set());
    if (guard === undefined || change === undefined || change.by.people >= guard.people) return [];
    return [{ protection, guard, bypass: change.by, first: change.first }];
  });
}

/** The fewest people who change the bylaws through a process; undefined where it does not change them. */
function useOf(charter: Charter, name: string): Coalition | undefined {
  const process = charter.processes.find((one) => one.name === name);
  return process === undefined ? undefined : smallestGroup(charter, process);
}

interface Change {
  readonly by: Coalition;
  readonly first: readonly string[];
}

/** The fewest people who can change the rules of a process, be it by changing first what protects them; undefined where nobody can. */
function changeOf(charter: Charter, name: string, asked: ReadonlySet<string>): Change | undefined {
  if (asked.has(name)) return undefined;
  const guards = charter.protections.filter((one) => one.paths.some((path) => path.length === 1 && path[0] === name));
  if (guards.some((one) => one.neverChanged === true)) return undefined;
  const through = guards.flatMap((one) => one.changedThrough ?? []);
  const [guard] = through;
  if (guard === undefined) {
    const by = smallestAmending(charter);
    return by === undefined || !amendingProcesses(charter).includes(by.process) ? undefined : { by, first: [name] };
  }
  const direct = useOf(charter, guard);
  const before = guard === name ? undefined : changeOf(charter, guard, new Set([...asked, name]));
  const ways = [
    ...(direct === undefined ? [] : [{ by: direct, first: [name] }]),
    ...(before === undefined ? [] : [{ by: before.by, first: [...before.first, name] }]),
  ];
  return ways.reduce((best: Change | undefined, way) => (best === undefined || way.by.people < best.by.people ? way : best), undefined);
}
