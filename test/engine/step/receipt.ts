// An election played to its end, and what a receipt of it holds (docs/decisions/0197), for tests of deciding it again.
import { expect } from 'vitest';
import type { JsonObject, State } from '../../../engine/index.ts';
import { emptyState, entriesUnder, redecide, writeEntry } from '../../../engine/index.ts';
import type { Note, Organization } from './organization.ts';
import { day, found, hour, notesFor } from './organization.ts';

export const names: readonly string[] = ['ana', 'bo', 'cy', 'dee', 'eve', 'fay'];

/** An election of directors: clauses of its ballot, declarations before it, limits of the role. */
export const text = (clauses: string, more = '', limits = ''): string => `gdo 1
organization "Test"
end
attribute employer certified by the teller
role member plural members
  held by 1 to 99 people
end
role teller plural tellers
  held by 1 person
end
role director plural directors
  held by 0 to 4 people
  term 1 year
  gained through election
  lost through resignation
${limits}end
${more}process election
  started by any member
  step nominating
    nominations of members
    after 7 days go to ballot
  end
  vote ballot
    voters members
${clauses}    open for 7 days
    when elected go to seated
    when uncontested go to seated
    otherwise go to refused
  end
  outcome seated
    grant director to the winners
  end
end
`;

/** A ballot that fills the seats that stand empty. */
export const vacant = '    choices the candidates\n    counted by approval\n    elects the vacant directors\n';

/** What a receipt of a case holds. */
export function received(state: State, id: string, bylaws: string): State {
  const own = entriesUnder(state, '').filter(([key]) => key.includes(`/${id}`) || key === `bylaws/${bylaws}` || key === 'current');
  return own.reduce((all, [key, value]) => writeEntry(all, key, value), emptyState);
}

/** What happens in an election of directors. */
export interface Played {
  /** When the case starts; at the founding without it. */
  readonly startMs?: number;
  readonly sitting?: readonly string[];
  readonly candidates: readonly string[];
  readonly ballots?: Readonly<Record<string, readonly string[]>>;
  readonly before?: readonly Note[];
  /** While the ballot is open. */
  readonly during?: (notes: ReturnType<typeof notesFor>) => readonly Note[];
  readonly after?: readonly Note[];
}

/** How an election ended, what is kept of its ballot, and what the ballot says again. */
export interface Ended {
  readonly result: string | undefined;
  readonly outcome: string | undefined;
  readonly kept: readonly (readonly [key: string, value: JsonObject])[];
  readonly again: ReturnType<typeof redecide>;
}

/** Plays an election to its end, with what happens afterwards, and decides its ballot again from the receipt. */
export function played(bylaws: string, { startMs = 0, sitting = [], candidates, ballots = {}, before = [], during, after = [] }: Played): Ended {
  const org: Organization = found(bylaws, { member: names, teller: ['tia'], director: sitting });
  const { propose, act, ballot } = notesFor(org);
  if (before.length > 0) expect(org.epoch(0, ...before).verdicts.every((one) => one === 'ok')).toBe(true);
  org.epoch(startMs, propose('ana', 'election'));
  if (candidates.length > 0) org.epoch(startMs + hour, ...candidates.map((name) => act(name, 1, 'nominate')));
  org.epoch(startMs + 7 * day);
  const settled = org.view(1).status !== 'open';
  const cast = Object.entries(ballots).map(([by, choice]) => ballot(by, 1, [...choice]));
  if (cast.length > 0) expect(org.epoch(startMs + 8 * day, ...cast).verdicts.every((one) => one === 'ok')).toBe(true);
  if (during !== undefined) expect(org.epoch(startMs + 9 * day, ...during(notesFor(org))).verdicts.every((one) => one === 'ok')).toBe(true);
  org.epoch(startMs + 14 * day);
  if (after.length > 0) org.epoch(startMs + 15 * day, ...after);
  const { id, result, outcome } = org.view(1);
  const state = received(org.state(), id, org.hash);
  const closedMs = startMs + (settled ? 7 : 14) * day;
  const kept = entriesUnder(state, 'counted/').map(([key, value]) => [key.replace(id, 'CASE'), value] as const);
  return { result, outcome, kept, again: redecide(state, id, { stage: 'ballot', entry: 2, closedMs }) };
}
