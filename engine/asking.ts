// Whom a case asks next: a walk along a role that is held in order (S27). Who then answers is judged like any act.
import type { CharterActor } from './bylaws-terms.ts';
import type { CharterStage } from './bylaws-stages.ts';
import type { Charter } from './bylaws.ts';
import { byCodeUnit } from './canonical.ts';
import type { AskedRow, CaseRecord } from './case.ts';
import { holdersOf, holdingsOf } from './roster.ts';
import type { State } from './state.ts';

type OrderedActor = CharterActor & { readonly kind: 'the'; readonly order: 'first' | 'next' };

function isOrdered(value: object): value is OrderedActor {
  // INVARIANT: in compiled bylaws nothing has an order but an actor of a walk.
  return 'order' in value && value.order !== undefined;
}

/** The actors `the first R` and `the next R` that stand in a part of compiled bylaws, each once. Pure. */
export function orderedActors(part: unknown): readonly OrderedActor[] {
  if (typeof part !== 'object' || part === null) return [];
  if (isOrdered(part)) return [part];
  const found = Object.values(part).flatMap(orderedActors);
  return found.filter((one, index) => found.findIndex((other) => other.role === one.role && other.order === one.order) === index);
}

/** The holders of a role in its order: as they were written at the founding, then as they were granted it; while it is vacant, whoever acts in it (S12). */
export function inOrder(state: State, charter: Charter, role: string): readonly string[] {
  const acting = holdersOf(state, charter, role);
  const held = holdingsOf(state, role);
  if (held.length === 0) return acting;
  const holdings = [...held].sort((left, right) => left.order - right.order || byCodeUnit(left.member, right.member));
  return holdings.map((holding) => holding.member).filter((member) => acting.includes(member));
}

/**
 * The record of a case that opens a stage, with whom the stage asks. `first` begins the walk; `next` is the one after the last who was asked in this
 * case, whoever of them still holds the role; after the last one nobody is asked. Pure.
 */
export function asking(state: State, charter: Charter, record: CaseRecord, stage: CharterStage): CaseRecord {
  const actors = orderedActors(stage);
  const { asks: _asks, ...rest } = record;
  if (actors.length === 0) return rest;
  const asks = actors.map(({ role, order }): AskedRow => {
    const walk = inOrder(state, charter, role);
    const before = (record.asked ?? []).flatMap((row) => (row.role === role ? row.members : []));
    const last = before.findLast((member) => walk.includes(member));
    const place = order === 'first' || last === undefined ? 0 : walk.indexOf(last) + 1;
    return { role, order, members: walk.slice(place, place + 1) };
  });
  return { ...rest, asks, asked: [...(record.asked ?? []), ...asks] };
}
