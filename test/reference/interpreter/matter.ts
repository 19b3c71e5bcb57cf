// When two cases are about the same matter (S122).
import type { CharterProcess } from '../../../engine/index.ts';
import type { Matter } from './world.ts';

/** S122: two cases are about one matter if they share a subject or candidate; where one has none, a path. */
export function sameMatter(one: Matter, other: Matter): boolean {
  if (one.people.length > 0 && other.people.length > 0) return one.people.some((person) => other.people.includes(person));
  return one.paths.some((path) => other.paths.includes(path));
}

/** Says whether a word stands anywhere in a process: one that speaks of the subject needs one. */
export function names(part: unknown, word: string): boolean {
  return part === word || (typeof part === 'object' && part !== null && Object.values(part).some((inner) => names(inner, word)));
}

/** An outcome of it grants or takes the proposed role. */
export function asksForRole({ stages }: CharterProcess): boolean {
  return stages.some(
    (stage) =>
      stage.kind === 'outcome' && stage.effects.some((effect) => (effect.kind === 'grant' || effect.kind === 'remove') && effect.what.kind === 'proposed'),
  );
}
