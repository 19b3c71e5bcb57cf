// A ledger of a node, opened where there is no machine: fetched over HTTP into memory, replayed signature by signature, and written to in its author's own log. What the
// node says is believed for its signatures alone.
import { WorldError } from '../cli/command.ts';
import { memoryFiles } from '../git/file-store.ts';
import { memoryRepository } from '../git/portable-repository.ts';
import type { Remote } from '../git/transport.ts';
import { appendEvents, type Append } from '../ledger/append.ts';
import { bundleOf } from '../ledger/bundle.ts';
import type { Signer } from '../ledger/keys.ts';
import type { LedgerView } from '../ledger/view.ts';
import { fetchLedger, type Fetched } from '../sync/fetch-ledger.ts';
import { recordEvents, type Reached } from '../sync/record.ts';
import { mustBeWanted, type WantedLedger } from '../sync/wanted-ledger.ts';

/** Where a ledger is, and which one it must be: no node is asked that. */
export interface RemoteLedgerRequest extends WantedLedger {
  /** `https://` or `http://`, and the path of the organization at its node: `https://example.org/git/shed`. */
  readonly address: string;
}

/** A ledger in memory and the node that it follows. Immutable: each step gives the next one. */
export interface RemoteLedger {
  readonly remote: Remote;
  readonly view: LedgerView;
}

/** Fetches and replays a ledger. @throws WorldError GDO4002 unreachable, GDO4011 over a budget, GDO5020, GDO1070, or the code of the first fault found in it */
export async function openRemoteLedger(request: RemoteLedgerRequest): Promise<RemoteLedger> {
  const remote = { address: request.address };
  const repository = memoryRepository(memoryFiles());
  const accepts = (view: LedgerView): void => mustBeWanted(view, request);
  const { view } = await fetchLedger({ repository, remote, from: 'origin', accepts });
  return { remote, view };
}

/** Fetches what is new. What was recorded here and has not reached the node stays. @throws WorldError as `openRemoteLedger` does; then nothing was taken in */
export async function refreshRemoteLedger({ remote, view }: RemoteLedger): Promise<{ readonly ledger: RemoteLedger; readonly fetched: Fetched }> {
  const fetched = await fetchLedger({ repository: view.repository, remote, from: 'origin', previous: view });
  return { ledger: { remote, view: fetched.view }, fetched };
}

/** What was recorded: its events and how far it came. Whether it counts is for the next checkpoint to say. */
export interface RemoteRecord {
  readonly ledger: RemoteLedger;
  readonly events: readonly string[];
  readonly reached: Reached;
}

/**
 * Signs one batch of events in the signer's own log and brings it to the node, with whatever of the log the node does not have yet.
 * @throws WorldError GDO5021 where the key is nobody's in this organization
 */
export async function recordRemotely(ledger: RemoteLedger, signer: Signer, append: Append): Promise<RemoteRecord> {
  const { stored, reached, view } = await recordEvents({ view: ledger.view, signer, remote: ledger.remote }, append);
  return { ledger: { ...ledger, view }, events: stored.batch.events.map((event) => event.id), reached };
}

/** Signs as `recordRemotely` does, and asks nobody: to be handed over with `handOver`, or brought to the node by the next record. */
export async function recordHere(ledger: RemoteLedger, signer: Signer, append: Append): Promise<RemoteLedger> {
  const { view } = await appendEvents(ledger.view, signer, append);
  return { ...ledger, view };
}

/** The whole ledger as one file, with what was recorded here: `gdo bundle FILE` takes it in on any other copy. @throws WorldError GDO4014 of a copy that was pruned */
export function handOver({ view }: RemoteLedger): Promise<Uint8Array> {
  if (view.pruned !== undefined)
    throw new WorldError('GDO4014', `This copy does not hold what was recorded before checkpoint ${view.pruned.height}`, 'open the ledger at a node that does');
  return bundleOf(view);
}
