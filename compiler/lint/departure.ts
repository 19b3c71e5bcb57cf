// The history in which holders of a role resign one after another; for rules about what is left when they are gone.
import type { CharterRole } from '../../engine/index.ts';
import { allies, castOfGroup, deed } from '../history-of-way.ts';
import { holdersToday } from '../analysis/holders.ts';
import { counted } from '../number-words.ts';
import type { Witness } from '../witness.ts';
import type { Model } from './rule.ts';

/** So many holders of a role resign, one a day; undefined where the role is not lost by resigning. Pure. */
export function departure(model: Model, role: CharterRole, count: number): Witness | undefined {
  if (!role.lost.some((loss) => loss.kind === 'resignation')) return undefined;
  const leaving = allies(count);
  return {
    title: `${counted(count, 'resignation')} from ${role.name}, and nobody can go on`,
    given: castOfGroup(model.charter, leaving, new Map([[role.name, holdersToday(model.charter, role.name) ?? count]])),
    events: leaving.map((name, index) => deed(index * 1440, [name], 'resign', { names: [role.name] })),
  };
}
