// Records events in one's own log and brings it to a node: what every program of a member does, on the command line and in a browser. Judges nothing.
import { WorldError } from '../cli/command.ts';
import type { Remote } from '../git/transport.ts';
import { appendEvents, takeBack, type Append } from '../ledger/append.ts';
import type { StoredBatch } from '../ledger/batch.ts';
import type { Signer } from '../ledger/keys.ts';
import type { LedgerView } from '../ledger/view.ts';
import { pushOwn } from './origin.ts';

/** Who has what was recorded. `refused` and `outrun` (the log there went on elsewhere, GDO1043): nobody, and it was taken back here. `unreachable`: this copy alone. */
export type Reached =
  | { readonly kind: 'node' | 'nobody' | 'outrun' }
  | { readonly kind: 'refused'; readonly lines: readonly string[] }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** What was recorded, and how far it came. */
export interface Recorded {
  readonly stored: StoredBatch;
  readonly reached: Reached;
  /** The ledger of this copy afterwards. */
  readonly view: LedgerView;
}

/** What git says where the log there is longer than the one that was pushed. */
const outrun = /\((?:fetch first|non-fast-forward)\)/;

/**
 * Signs one batch and pushes the own log to a node, where there is one.
 * @throws WorldError GDO5021 where the key is nobody's here, GDO1043 where the log moved meanwhile
 */
export async function recordEvents(
  by: { readonly view: LedgerView; readonly signer: Signer; readonly remote: Remote | undefined },
  append: Append,
): Promise<Recorded> {
  const { stored, view } = await appendEvents(by.view, by.signer, append);
  if (by.remote === undefined) return { stored, reached: { kind: 'nobody' }, view };
  try {
    const pushed = await pushOwn(view.repository, by.remote, by.signer.device);
    const refused = pushed?.refs.filter((ref) => !ref.accepted) ?? [];
    if (refused.length === 0) return { stored, reached: { kind: 'node' }, view };
    // What the node refused must not block the log: its number is signed anew by the next record.
    const before = await takeBack(by.view, stored, append.names);
    if (refused.every((ref) => outrun.test(ref.reason))) return { stored, reached: { kind: 'outrun' }, view: before };
    const lines = [...(pushed?.messages ?? []), ...refused.map((ref) => `${ref.ref}: ${ref.reason}`)];
    return { stored, reached: { kind: 'refused', lines }, view: before };
  } catch (error) {
    if (!(error instanceof WorldError) || error.code !== 'GDO4002') throw error;
    return { stored, reached: { kind: 'unreachable', reason: error.message }, view };
  }
}
