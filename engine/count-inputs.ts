// What a vote was counted from beside its rosters and ballots: its list, seats that stood empty, members who stay, groups, limits of terms, ballots that were
// given to others. It is kept with the result, so that a tie that is broken later, and a receipt, are of the same vote when those things have long changed.
// It counts nothing.
import type { Json, JsonObject } from './canonical.ts';
import { isObject } from './canonical.ts';
import { rowsOf, textOf, textsOf } from './field.ts';
import type { State } from './state.ts';
import { eraseEntry, readEntry, writeEntry } from './state.ts';

/** What a count reads of a state that goes on changing. */
export interface CountInputs {
  /** The candidates or options that stood, where the vote is on such a list. */
  readonly listed?: readonly string[];
  /** The seats of `elects the vacant R`. */
  readonly seats?: number;
  /** When a vote was settled at its opening, without a ballot (S132). */
  readonly settledMs?: number;
  /** Members of the elected role who stay. */
  readonly sitting: readonly string[];
  /** Candidates whom a limit of terms keeps from winning. */
  readonly barred: readonly string[];
  /** The processes by whose cases candidates may come in beyond a cap, and who, with a slash between. */
  readonly waived: readonly string[];
  /** The value of an attribute of a person, under both names with a slash between. */
  readonly groups: ReadonlyMap<string, string>;
  /** Whose ballot counts for whom: by the person who gave theirs away. */
  readonly given: ReadonlyMap<string, string>;
}

/** Nothing but what the rosters and ballots say. */
export const noInputs: CountInputs = { sitting: [], barred: [], waived: [], groups: new Map(), given: new Map() };

function inputsKey(id: string, entry: number): string {
  return `counted/${id}/${String(entry).padStart(4, '0')}`;
}

function pairsOf(value: JsonObject, name: string): ReadonlyMap<string, string> {
  return new Map(rowsOf(value[name]).map(([key, other]) => [textOf(key), textOf(other)]));
}

/** Reads inputs as they are kept; undefined for anything else. */
export function inputsFrom(value: Json | undefined): CountInputs | undefined {
  if (!isObject(value)) return undefined;
  const { listed, seats, settled } = value;
  return {
    ...(listed === undefined ? {} : { listed: textsOf(listed) }),
    ...(seats === undefined ? {} : { seats: Number(seats) }),
    ...(settled === undefined ? {} : { settledMs: Number(settled) }),
    sitting: textsOf(value['sitting']),
    barred: textsOf(value['barred']),
    waived: textsOf(value['waived']),
    groups: pairsOf(value, 'groups'),
    given: pairsOf(value, 'given'),
  };
}

/** Inputs as they are kept. Pure. */
export function inputsJson({ listed, seats, settledMs, sitting, barred, waived, groups, given }: CountInputs): JsonObject {
  return {
    ...(listed === undefined ? {} : { listed }),
    ...(seats === undefined ? {} : { seats }),
    ...(settledMs === undefined ? {} : { settled: settledMs }),
    ...(sitting.length === 0 ? {} : { sitting }),
    ...(barred.length === 0 ? {} : { barred }),
    ...(waived.length === 0 ? {} : { waived }),
    ...(groups.size === 0 ? {} : { groups: [...groups] }),
    ...(given.size === 0 ? {} : { given: [...given] }),
  };
}

/** What a vote was counted from the last time. */
export function inputsKept(state: State, id: string, entry: number): CountInputs {
  return inputsFrom(readEntry(state, inputsKey(id, entry))) ?? noInputs;
}

/** Keeps what a vote is counted from, if there is anything. */
export function keepInputs(state: State, id: string, entry: number, inputs: CountInputs): State {
  const value = inputsJson(inputs);
  return Object.keys(value).length === 0 ? eraseEntry(state, inputsKey(id, entry)) : writeEntry(state, inputsKey(id, entry), value);
}
