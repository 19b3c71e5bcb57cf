// The history in which a group brings one case to an outcome and nobody else does anything; for rules that found such a group.
import type { CharterOutcome, CharterProcess } from '../../engine/index.ts';
import { smallestGroup } from '../analysis/coalition.ts';
import { allies, castOfGroup, deedsAlong, waitingOut } from '../history-of-way.ts';
import type { Matter } from '../history-of-way.ts';
import type { Witness } from '../witness.ts';
import { effectsOf } from './effects.ts';
import type { Model } from './rule.ts';

/** Whom a case of a process has to be about, and which role is asked for, so that it can end as it is meant to. Pure. */
export function matterOf(model: Model, process: CharterProcess, newcomer: string, member: string): Matter {
  const effects = effectsOf(process).map(({ effect }) => effect);
  const isAbout = process.about !== undefined || effects.some((effect) => effect.kind === 'remove' && effect.from === 'subject');
  const proposed = effects.some((effect) => effect.kind === 'grant' && effect.what.kind === 'proposed')
    ? model.charter.roles.find((role) => role.gainedThrough.includes(process.name))?.name
    : undefined;
  const about = isAbout ? member : effects.some((effect) => effect.kind === 'grant') ? newcomer : undefined;
  return {
    ...(about === undefined ? {} : { about }),
    ...(proposed === undefined ? {} : { proposed }),
    ...(process.spends === undefined ? {} : { amount: process.spends.upToUnits }),
  };
}

/** The smallest group that brings a case to an outcome, as it does so; undefined where there is none, or its way cannot be played. Pure. */
export function groupWitness(
  model: Model,
  process: CharterProcess,
  isGoal: (outcome: CharterOutcome) => boolean,
  title: (people: number) => string,
): Witness | undefined {
  const found = smallestGroup(model.charter, process, isGoal);
  if (found === undefined) return undefined;
  const group = allies(found.people);
  const given = castOfGroup(model.charter, group);
  const others = given.flatMap((fact) => (fact.kind === 'holders' ? fact.people.filter((name) => !group.includes(name)) : []));
  const deeds = deedsAlong(model.charter, process, found.way, group, 0, matterOf(model, process, 'newcomer', others[0] ?? group.at(-1) ?? 'newcomer'));
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
