// Whether a ledger is the one that somebody was told of: the organization by the id of its founding, the line by one checkpoint. Whoever is new believes nothing else.
import { WorldError } from '../cli/command.ts';
import type { LedgerView } from '../ledger/view.ts';

/** What people told each other beside the network. */
export interface WantedLedger {
  /** The id of the founding: 64 hexadecimal digits. */
  readonly genesis: string;
  readonly checkpoint?: { readonly height: number; readonly id: string } | undefined;
}

/** @throws WorldError GDO5020 another organization, GDO1070 another line, GDO4002 too short to tell */
export function mustBeWanted(view: LedgerView, { genesis, checkpoint }: WantedLedger): void {
  if (view.org !== genesis)
    throw new WorldError(
      'GDO5020',
      `The ledger is that of another organization: ${view.org}`,
      `what was asked for is ${genesis}; compare it with what your people know`,
    );
  if (checkpoint === undefined) return;
  const own = [...view.earlier, ...view.checkpoints].find((one) => one.height === checkpoint.height);
  if (own === undefined)
    throw new WorldError('GDO4002', `The ledger ends before checkpoint ${checkpoint.height}, which was asked for`, 'ask a copy that is further');
  if (own.id !== checkpoint.id)
    throw new WorldError(
      'GDO1070',
      `Checkpoint ${checkpoint.height} of the ledger is ${own.id} and not the one that was asked for`,
      'believe neither: ask the people who gave you the id',
    );
}
