// A door that decides alone: a checked slice, and the uses it recorded since. It opens nothing; whoever turns the lock asks it.
import type { RightAnswer } from '../../engine/index.ts';
import type { HeldSlice } from '../ledger/slice.ts';
import { decideAtDoor } from '../ledger/slice.ts';
import type { UseRecord } from './use-record.ts';

/** What somebody wants at a door. `person` absent: nobody is known by the credential. */
export interface DoorWish {
  readonly thing: string;
  readonly person?: string;
  readonly credential?: 'disabled';
  readonly atMs: number;
  readonly offsetMinutes: number;
}

/** The answer, and the use to write down before the door moves. */
export interface DoorDecision {
  readonly answer: RightAnswer;
  readonly use: UseRecord;
}

/** Decides a wish by a slice and the uses recorded at this door. Pure. */
export function decideWish(slice: HeldSlice, recorded: readonly UseRecord[], wish: DoorWish): DoorDecision {
  const { thing, person, credential, atMs, offsetMinutes } = wish;
  const own = (right: string, of: string | undefined): readonly number[] =>
    recorded.filter((use) => use.reason === 'allowed' && use.right === right && (of === undefined || use.person === of)).map((use) => use.atMs);
  const answer = decideAtDoor(slice, { thing, person, atMs, offsetMinutes, own, ...(credential === undefined ? {} : { credential }) });
  const { right } = answer;
  return {
    answer,
    use: {
      atMs,
      checkpoint: slice.id,
      offset: offsetMinutes,
      ...(person === undefined ? {} : { person }),
      reason: answer.kind === 'allowed' ? 'allowed' : answer.reason,
      ...(right === undefined ? {} : { right }),
      thing,
    },
  };
}
