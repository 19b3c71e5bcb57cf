// One organization and the list of what people sign in it: the only thing that engine and reference share. It judges nothing.
import type { ChangeEntry, Charter, EventKind, JsonObject } from '../../../engine/index.ts';

/** Who there is on the first day, and the rules they live by. */
export interface Founding {
  readonly charter: Charter;
  readonly bylawsHash: string;
  readonly people: readonly string[];
  readonly holders: readonly (readonly [role: string, people: readonly string[]])[];
  readonly startMs: number;
  /** What is on main on the first day. */
  readonly content: readonly (readonly [path: string, entry: string])[];
  /** Bylaws that a proposal may bring, so many by chance, by their place; undefined where the text could not be changed in that way. */
  readonly amendments: number;
  readonly amendment: (place: number) => { readonly hash: string; readonly charter: Charter } | undefined;
}

/** One signed event, received at an instant. `case` is the number of a case, from 1; one that does not exist is allowed. */
export interface Signed {
  readonly atMs: number;
  readonly person: string;
  readonly kind: EventKind;
  readonly case?: number;
  readonly body: JsonObject;
  /** What it wants merged, the place of the bylaws that come with it, and the number of the case whose decision it is about. */
  readonly change?: readonly ChangeEntry[];
  readonly adopts?: number;
  readonly decision?: number;
  /** The instant that its author says it is; 0 where it says none. */
  readonly saysMs?: number;
}

/** What became of one event. `codes` of the reference are all reasons the paper names for this refusal; none means that it names none. */
export interface Answer {
  readonly ok: boolean;
  readonly codes: readonly string[];
  readonly reason: string;
}

/** One checkpoint: its number, its time, and what was received at that instant. */
export interface Epoch {
  readonly height: number;
  readonly timeMs: number;
  readonly events: readonly Signed[];
}

/** A judge of epochs: the engine or the reference. */
export interface Judge {
  /** The earliest instant at which something happens without anybody's act. */
  readonly dueMs: () => number | undefined;
  readonly epoch: (epoch: Epoch) => readonly Answer[];
  /** What is true now, as lines that can be compared. */
  readonly state: () => readonly string[];
  /** Another judge that goes on from here; what happens at one is not seen at the other. */
  readonly fork: () => Judge;
}

/** The things that both judges are asked about, whatever rights there are. */
export const thingsAsked: readonly string[] = ['doors/front', 'doors/back', 'machines/laser'];

/** The id of the n-th event of a stream, counted from 1; the id of a case is that of its proposal. */
export function eventIdOf(count: number): string {
  return count.toString(16).padStart(64, '0');
}

/** The name under which checkpoint `height` is hashed for lots. */
export function checkpointName(height: number): string {
  return `checkpoint ${height}`;
}
