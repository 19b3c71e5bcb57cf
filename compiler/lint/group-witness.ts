// The history in which a group brings one case to an outcome and nobody else does anything; for rules that found such a group.
import type { CharterOutcome, CharterProcess } from '../../engine/index.ts';
import { smallestGroup } from '../analysis/coalition.ts';
import { withHolders } from '../analysis/holders.ts';
import { allies, castOfGroup, deedsAlong, matterOf, waitingFor, waitingOut } from '../history-of-way.ts';
import type { Witness } from '../witness.ts';
import type { Model } from './rule.ts';

/** The smallest group that brings a case to an outcome, as it does so; undefined where there is none, or its way cannot be played. Pure. @param sizes - bodies
 * of another size than today's */
export function groupWitness(
  model: Model,
  process: CharterProcess,
  isGoal: (outcome: CharterOutcome) => boolean,
  title: (people: number) => string,
  sizes: ReadonlyMap<string, number> = new Map(),
): Witness | undefined {
  const charter = [...sizes].reduce((then, [name, size]) => withHolders(then, name, size), model.charter);
  const found = smallestGroup(charter, process, isGoal);
  if (found === undefined) return undefined;
  const group = allies(found.people);
  const given = castOfGroup(charter, group, sizes);
  const concerned = process.about?.role;
  const others = given.flatMap((fact) =>
    fact.kind === 'holders' && (concerned === undefined || fact.role === concerned) ? fact.people.filter((name) => !group.includes(name)) : [],
  );
  const matter = matterOf(charter, process, 'newcomer', others[0] ?? group.at(-1) ?? 'newcomer');
  const deeds = deedsAlong(charter, process, found.way, group, waitingFor(process), matter);
  return deeds === undefined ? undefined : { title: title(found.people), given, events: waitingOut(deeds) };
}

/** The first witness that can be had. Pure. */
export function firstWitness<T>(things: readonly T[], of: (thing: T) => Witness | undefined): Witness | undefined {
  for (const thing of things) {
    const witness = of(thing);
    if (witness !== undefined) return witness;
  }
  return undefined;
}
