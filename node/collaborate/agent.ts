// Acts on decisions: each once where the world allows it. What an act does is the caller's; when it is done again, and that this is said, is decided here.
import type { ActJournal } from './journal.ts';

/** Something to be done, by the key of what it follows from. */
export interface Act {
  readonly key: string;
}

/** How an act is done. */
export interface AgentPorts<A extends Act> {
  readonly journal: ActJournal;
  /**
   * Does it, and answers a receipt. `again`: an earlier try may have succeeded. The peer must get the key where it keeps keys.
   * @throws Error where it could not be done, or nobody can know
   */
  readonly perform: (act: A, again: boolean) => Promise<string>;
  /** Whether the peer does nothing for a key that it has seen. Where it does not, an act may be done twice, and `note` says so. */
  readonly peer: 'keeps-keys' | 'keeps-nothing';
  readonly note: (sentence: string) => void;
}

/** What one round did. `repeated`: acts that may have happened before, at a peer that keeps no keys. */
export interface CarriedOut {
  readonly done: number;
  readonly repeated: number;
  /** Acts that failed; they are tried again in the next round. */
  readonly failed: number;
}

/**
 * Carries out what has not been done, in order. It is exactly once at a peer that keeps keys, whenever the process dies; at one that does not it is at
 * least once, and every act that may be a second one is said. An act that fails does not stop those after it.
 * @param stop - once aborted no further act is begun; the one that runs is finished
 */
export async function carryOut<A extends Act>(acts: readonly A[], ports: AgentPorts<A>, stop?: AbortSignal): Promise<CarriedOut> {
  let [done, repeated, failed] = [0, 0, 0];
  for (const act of acts) {
    const standing = ports.journal.standing(act.key);
    if (standing.kind === 'done') continue;
    if (stop?.aborted === true) break;
    const again = standing.kind === 'begun';
    if (!again) ports.journal.begin(act.key);
    if (again && ports.peer === 'keeps-nothing') {
      repeated += 1;
      ports.note(`The act ${act.key.slice(0, 12)} was begun before and may have happened: it is done again, because its peer keeps no keys`);
    }
    try {
      ports.journal.finish(act.key, await ports.perform(act, again));
      done += 1;
    } catch (error) {
      failed += 1;
      ports.note(`The act ${act.key.slice(0, 12)} failed and is tried again: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { done, repeated, failed };
}
