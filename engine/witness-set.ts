// Who witnesses: the set that the state names, and how it follows the bylaws (ledger.md section 12). Votes and receipts are finality.ts's and receipt.ts's.
import { byCodeUnit } from './canonical.ts';
import { charterInForce } from './case.ts';
import { textOf } from './field.ts';
import type { WitnessSet } from './finality.ts';
import { holdersOf } from './roster.ts';
import type { State } from './state.ts';
import { entriesUnder, eraseEntry, writeEntry } from './state.ts';

/** One entry of the set. `evidence`: the event that showed two statements of it that exclude each other. */
interface Witness {
  readonly key: string;
  readonly device: string;
  readonly member: string;
  readonly weight: number;
  readonly evidence?: string;
}

function witnessesIn(state: State): readonly Witness[] {
  return entriesUnder(state, 'witness/').map(([key, { member, weight, evidence }]) => ({
    key,
    device: key.slice('witness/'.length),
    member: textOf(member),
    weight: Number(weight),
    ...(evidence === undefined ? {} : { evidence: textOf(evidence) }),
  }));
}

/** The set for the next height: the state's `witness/` entries, or the first set where the state has none (engine 0). */
export function witnessSetOf(state: State, first: readonly (readonly [device: string, weight: number])[]): WitnessSet {
  const witnesses = witnessesIn(state);
  if (witnesses.length === 0) return { rows: first, silenced: new Set() };
  return {
    rows: witnesses.map(({ device, weight }) => [device, weight] as const),
    silenced: new Set(witnesses.filter(({ evidence }) => evidence !== undefined).map(({ device }) => device)),
  };
}

/** The oldest key of a member that is not revoked; of equals the least device. */
function oldestKey(state: State, member: string): string | undefined {
  const keys = entriesUnder(state, 'key/').filter(([, value]) => value['member'] === member && value['revoked'] === undefined);
  const [first] = keys.sort(([left, one], [right, other]) => Number(one['since']) - Number(other['since']) || byCodeUnit(left, right));
  return first?.[0].slice('key/'.length);
}

/**
 * Writes the set that the bylaws in force name. Called for a checkpoint that leaves out no received batch.
 * Nobody is left without a witness: a role that nobody holds with a key changes nothing. What was proven of a holder stays with the seat: another key counts
 * no more than the one that signed two things, and without a key the weight stays in n and q (docs/decisions/0117).
 */
export function renewWitnesses(state: State): State {
  const charter = charterInForce(state);
  const { witnessed } = charter.organization;
  if (witnessed?.finality !== 'quorum') return state;
  const before = witnessesIn(state);
  const proven = new Map(before.flatMap((one) => (one.evidence === undefined ? [] : [[one.member, one] as const])));
  const named = holdersOf(state, charter, witnessed.role).flatMap((member) => {
    const device = oldestKey(state, member) ?? proven.get(member)?.device;
    return device === undefined ? [] : [{ member, device }];
  });
  if (named.length === 0) return state;
  const without = before.reduce((next, { key }) => eraseEntry(next, key), state);
  return named.reduce((next, { member, device }) => {
    const evidence = proven.get(member)?.evidence;
    return writeEntry(next, `witness/${device}`, { member, weight: 1, ...(evidence === undefined ? {} : { evidence }) });
  }, without);
}
