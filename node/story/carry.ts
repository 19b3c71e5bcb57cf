// What goes from one disk in memory to another: a fetch and a push by the node's own program, without git in between.
import type { Arrival } from '../git/arrival.ts';
import type { RefChange, RefEntry, Repository } from '../git/repository.ts';
import { openLedger } from '../ledger/replay.ts';
import type { LedgerView } from '../ledger/view.ts';
import { judgePush, type PushVerdict } from '../receive/pre-receive.ts';
import { takeIn, type Fetched } from '../sync/fetch-ledger.ts';
import type { Disk } from './disk.ts';

/** What a fetch finds on the other side. */
export interface Cargo {
  readonly refs: readonly RefEntry[];
  readonly arrival: Arrival;
}

/** What another disk has for this one: its refs, and the objects that are not here, not yet taken in. */
export async function cargo(from: Disk, to: Disk): Promise<Cargo> {
  const missing = from.lackedBy(to);
  return {
    refs: await from.repository.list('refs/gdo'),
    arrival: {
      repository: to.withDelivery(missing),
      objectsCount: missing.size,
      over: [],
      promote: () => to.keep(missing),
      discard: () => undefined,
    },
  };
}

/** Takes in what was found. @throws WorldError as `takeIn` does */
export function unload(here: { readonly repository: Repository; readonly previous: LedgerView }, { refs, arrival }: Cargo): Promise<Fetched> {
  return takeIn({ ...here, remote: { address: 'hub' }, from: 'origin' }, refs, () => Promise.resolve(arrival));
}

/** Pushes refs to a disk whose ledger has this view, and judges them there as the gate does. @returns the verdict, and the view after it */
export async function pushOver(
  from: Disk,
  to: Disk,
  { view, refs }: { readonly view: LedgerView; readonly refs: readonly string[] },
): Promise<{ readonly verdict: PushVerdict; readonly view: LedgerView }> {
  const delivered = from.lackedBy(to);
  const updates: RefChange[] = refs.map((ref) => ({ ref, old: to.refTip(ref), next: from.refTip(ref) }));
  const verdict = await judgePush(to.withDelivery(delivered), view, updates);
  if (verdict.kind === 'refused') return { verdict, view };
  await to.repository.writeObjects([...delivered.values()]);
  await to.repository.updateRefs(updates);
  return { verdict, view: await openLedger(to.repository, view) };
}
