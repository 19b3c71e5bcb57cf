// What members write: for engine 0 removals, grants, ballots and facts, for real bylaws mostly what their open cases ask for.
import { createHash } from 'node:crypto';
import { openCases, type EventDraft, type JsonObject } from '../../engine/index.ts';
import type { LedgerView } from '../../node/ledger/view.ts';
import { note, people } from '../determinism/stream.ts';
import type { Dice } from '../vectors/dice.ts';
import { harbour } from './founding.ts';

/** An event without its time. */
export type Said = Omit<EventDraft, 'tsMs'>;

/** Names that bylaws' workload knows; more members than these have names of their own. */
export function memberName(index: number): string {
  return people[index] ?? `m${index}`;
}

const caseIds = ['1', '2'].map((name) => createHash('sha256').update(`case ${name}`).digest('hex'));

/** One event of engine 0 by somebody. */
export function zeroEvent(dice: Dice, input: { readonly members: readonly string[]; readonly devices: readonly string[] }): Said {
  const of = caseIds[dice.below(2)] ?? '';
  const about = input.members[dice.below(input.members.length)] ?? '';
  const role = dice.once(2) ? 'officer' : 'keeper';
  const act = (body: JsonObject): Said => ({ kind: 'act', case: of, body: { stage: 1, ...body } });
  switch (dice.below(16)) {
    case 0:
      return act({ about, verb: 'dismiss' });
    case 1:
    case 2:
      return act({ about, text: role, verb: 'remove' });
    case 3:
    case 4:
    case 5:
      return act({ about, text: role, verb: 'grant' });
    case 6:
      return act({ verb: 'close' });
    case 7:
      return { kind: 'resign', body: { role } };
    case 8:
      return dice.once(3)
        ? { kind: 'key.revoke', body: { device: input.devices[dice.below(input.devices.length)] ?? '', reason: 'lost' } }
        : { kind: 'fact', body: { data: { door: 'back' }, type: 'door.opened' } };
    case 9:
    case 10:
      return { kind: 'fact', body: { data: { door: dice.once(2) ? 'front' : 'back' }, type: 'door.opened' } };
    default:
      return { kind: 'ballot', case: of, body: { choice: dice.once(2) ? 'yes' : 'no', stage: 1 } };
  }
}

/** One event under real bylaws, with who wants to write it. Changes of governed content are the gate's tests. */
export function bylawsEvent(dice: Dice, view: LedgerView): { readonly by: string; readonly said: Said } {
  const author = { ...harbour(), chance: (below: number) => dice.below(below) };
  const made = note(author, openCases(view.state));
  if (made.change !== undefined) return { by: made.by, said: { kind: 'fact', body: { data: { open: true }, type: 'door.opened' } } };
  return { by: made.by, said: { kind: made.kind, body: made.body, ...(made.case === undefined ? {} : { case: made.case }) } };
}
