// What of a log no longer counts because another clone signed with the same key at the same time (GDO1043): told to whoever signed it, and to everybody else who
// knew of it. Which of the two branches counts is the fetch's.
import type { LedgerEvent } from '../../engine/index.ts';
import type { LedgerView } from '../ledger/view.ts';
import type { Fetched } from '../sync/fetch-ledger.ts';
import { allEvents, sentence } from './event-lines.ts';
import { visible } from './terminal.ts';

/** A log that went two ways, with the events that only the branch had which does not count. */
export interface SignAnew {
  readonly ref: string;
  readonly commit: string;
  readonly events: readonly LedgerEvent[];
}

/** The logs that a fetch replaced. @param before - the ledger as it was here; without it no event is known */
export function toSignAnew(fetched: Pick<Fetched, 'replaced' | 'view'>, before: LedgerView | undefined): readonly SignAnew[] {
  if (fetched.replaced.length === 0) return [];
  const counting = new Set(allEvents(fetched.view).map(({ event }) => event.id));
  const gone = (before?.pending ?? []).flatMap(({ batch }) => batch.events).filter(({ id }) => !counting.has(id));
  return fetched.replaced.map(({ ref, commit }) => ({ ref, commit, events: gone.filter(({ device }) => ref.endsWith(`/${device}`)) }));
}

/** Lines for people, each event in plain words. @param device - the key at hand, whose owner is spoken to; all others are spoken of */
export function signAnewLines(logs: readonly SignAnew[], view: LedgerView, device: string | undefined): readonly string[] {
  return logs.flatMap(({ ref, commit, events }) => {
    const who = visible(events[0]?.actor ?? 'somebody');
    const isOwn = device !== undefined && ref.endsWith(`/${device}`);
    const whose = isOwn ? '✗ GDO1043 Another clone signed with your key' : `✗ GDO1043 Another clone signed with a key of ${who}`;
    if (events.length === 0) return [`${whose} at the same time: what ${commit.slice(0, 7)} said must be signed again.`];
    return [
      `${whose} at the same time, and what it signed counts. ${isOwn ? 'Sign again what this one signed:' : `Until ${who} signs it again, this does not:`}`,
      ...events.map((event) => `    ${sentence(view, event)} (${event.id.slice(0, 7)})`),
    ];
  });
}
