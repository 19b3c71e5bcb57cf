// Who witnesses: the set that the state names, and how it follows the bylaws (ledger.md section 12). Votes and receipts are finality.ts's and receipt.ts's.
import { byCodeUnit } from './canonical.ts';
import { charterInForce } from './case.ts';
import type { WitnessSet } from './finality.ts';
import { holdersOf } from './roster.ts';
import type { State } from './state.ts';
import { entriesUnder, eraseEntry, readEntry, writeEntry } from './state.ts';

/** The set for the next height: the state's `witness/` entries, or the first set where the state has none (engine 0). */
export function witnessSetOf(state: State, first: readonly (readonly [device: string, weight: number])[]): WitnessSet {
  const entries = entriesUnder(state, 'witness/').map(([key, value]) => ({ device: key.slice('witness/'.length), value }));
  if (entries.length === 0) return { rows: first, silenced: new Set() };
  return {
    rows: entries.map(({ device, value }) => [device, typeof value['weight'] === 'number' ? value['weight'] : 1] as const),
    silenced: new Set(entries.filter(({ value }) => value['evidence'] !== undefined).map(({ device }) => device)),
  };
}

/** The oldest key of a member that is not revoked; of equals the least device. */
function oldestKey(state: State, member: string): string | undefined {
  const keys = entriesUnder(state, 'key/').filter(([, value]) => value['member'] === member && value['revoked'] === undefined);
  const since = (value: { readonly [field: string]: unknown }): number => (typeof value['since'] === 'number' ? value['since'] : 0);
  const [first] = keys.sort(([left, one], [right, other]) => since(one) - since(other) || byCodeUnit(left, right));
  return first?.[0].slice('key/'.length);
}

/**
 * Writes the set that the bylaws in force name, where it differs from the one that is. Called for a checkpoint that leaves out no received batch.
 * Nobody is left without a witness: a role that nobody holds with a key changes nothing. What was proven of a holder stays with the seat: another key counts
 * no more than the one that signed two things, and without a key the weight stays in n and q (docs/decisions/0117).
 */
export function renewWitnesses(state: State): State {
  if (readEntry(state, 'current') === undefined) return state;
  const charter = charterInForce(state);
  const { witnessed } = charter.organization;
  if (witnessed === undefined || witnessed.finality !== 'quorum') return state;
  const proven = provenHolders(state);
  const named = holdersOf(state, charter, witnessed.role).flatMap((member) => {
    const device = oldestKey(state, member) ?? proven.get(member)?.device;
    return device === undefined ? [] : [{ member, device }];
  });
  if (named.length === 0) return state;
  let next = state;
  for (const [key] of entriesUnder(state, 'witness/')) if (!named.some(({ device }) => key === `witness/${device}`)) next = eraseEntry(next, key);
  for (const { member, device } of named) {
    const evidence = proven.get(member)?.evidence;
    if (readEntry(next, `witness/${device}`) === undefined)
      next = writeEntry(next, `witness/${device}`, { member, weight: 1, ...(evidence === undefined ? {} : { evidence }) });
  }
  return next;
}

/** The silenced witnesses by their member, each with the key that it had and the event that showed it. */
function provenHolders(state: State): ReadonlyMap<string, { readonly device: string; readonly evidence: string }> {
  return new Map(
    entriesUnder(state, 'witness/').flatMap(([key, { member, evidence }]) =>
      typeof member === 'string' && typeof evidence === 'string' ? [[member, { device: key.slice('witness/'.length), evidence }] as const] : [],
    ),
  );
}
