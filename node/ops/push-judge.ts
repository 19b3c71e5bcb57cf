// Judges pushes with the ledger that the node holds in memory, within what a peer and a signing key may still use. The rules are node/receive's.
import { readCase } from '../../engine/index.ts';
import type { LedgerView } from '../ledger/view.ts';
import { judgeInQuarantine, type PushVerdict } from '../receive/pre-receive.ts';
import type { AskedPush } from '../receive/judge-channel.ts';
import { freePart } from './disk.ts';
import type { Organization } from './organization.ts';
import type { Quota } from './quota.ts';

/** node.md section 8: below this free part of the disk nothing is received. */
const freePartLeast = 0.05;

/** Decides one push of one peer. */
export async function judgePeerPush(
  organization: Organization,
  asked: AskedPush,
  from: { readonly peer: string; readonly quota: Quota },
): Promise<PushVerdict> {
  const { metrics } = organization.ports;
  const verdict = await judged(organization, asked, from);
  if (verdict.kind === 'accepted') {
    if (verdict.batches.length > 0) metrics.add('gdo_batches_total', { org: organization.name, result: 'taken', code: 'ok' }, verdict.batches.length);
  } else {
    for (const { code } of verdict.refusals) metrics.add('gdo_batches_total', { org: organization.name, result: 'refused', code });
  }
  return verdict;
}

async function judged(organization: Organization, asked: AskedPush, from: { readonly peer: string; readonly quota: Quota }): Promise<PushVerdict> {
  const { repository } = organization;
  const ref = asked.updates[0]?.ref ?? '';
  if (freePart(repository.gitDirectory) < freePartLeast)
    return refusal(ref, 'GDO4021', 'The disk of this node is nearly full', 'Tell its operator, and push to another node.');
  const { view } = organization;
  if (view === undefined) return refusal(ref, 'GDO5020', 'This node has no ledger yet', 'Push again later, or to another node.');
  const judge = (seen: LedgerView): Promise<PushVerdict> =>
    judgeInQuarantine({
      path: repository.gitDirectory,
      quarantine: asked.quarantine,
      updates: asked.updates,
      waiting: asked.waiting,
      view: () => Promise.resolve(seen),
      measured: (objectsCount) => from.quota.use(from.peer, 'objects', objectsCount),
    });
  let verdict = await judge(view);
  // What it builds on may have been pushed a moment ago.
  if (verdict.kind === 'refused' && organization.isBehind) {
    await organization.refreshed();
    verdict = await judge(organization.view ?? view);
  }
  return verdict.kind === 'accepted' ? withinMeasure(organization, verdict, { asked, quota: from.quota }) : verdict;
}

/** node.md section 7: batches of one key by the minute, proposals of one key that are still open. */
async function withinMeasure(
  organization: Organization,
  verdict: Extract<PushVerdict, { kind: 'accepted' }>,
  input: { readonly asked: AskedPush; readonly quota: Quota },
): Promise<PushVerdict> {
  const { limits } = organization.ports.configuration;
  const counts = new Map<string, number>();
  for (const { batch } of verdict.batches) counts.set(batch.device, (counts.get(batch.device) ?? 0) + 1);
  for (const [device, count] of counts)
    if (!input.quota.takeBatches(device, count))
      return refusal(`refs/gdo/log/${device}`, 'GDO4001', `One key may push ${limits.batchesPerDeviceMinute} batches in a minute`, 'Push again in a minute.');
  const proposals = new Set(input.asked.updates.flatMap(({ ref }) => (ref.startsWith('refs/gdo/proposal/') ? [ref.slice(0, ref.lastIndexOf('/'))] : [])));
  for (const prefix of proposals) {
    const known = await organization.repository.list(prefix);
    const fresh = input.asked.updates.filter(({ ref }) => ref.startsWith(`${prefix}/`) && known.every((one) => one.ref !== ref)).length;
    if (known.length + fresh <= limits.proposalsPerDevice) continue;
    const counts = openHead(organization.view);
    if (known.filter((one) => counts(one.id)).length + fresh > limits.proposalsPerDevice)
      return refusal(prefix, 'GDO4001', `One key may have ${limits.proposalsPerDevice} proposals that are not decided`, 'Wait until one of them is decided.');
  }
  return verdict;
}

/**
 * Whether the commit of a proposal is still to be decided. Where a view begins at a snapshot, one that no event names may be of a case that was decided before:
 * it does not count.
 */
function openHead(view: LedgerView | undefined): (head: string) => boolean {
  const open = new Map<string, boolean>();
  for (const { batch } of view?.batches.values() ?? [])
    for (const { id, kind, body } of batch.events) {
      const { head } = body;
      if (view !== undefined && kind === 'propose' && typeof head === 'string') open.set(head, readCase(view.state, id)?.phase !== 'decided');
    }
  return (head) => open.get(head) ?? view?.earlier.length === 0;
}

function refusal(ref: string, code: `GDO${string}`, reason: string, advice: string): PushVerdict {
  return { kind: 'refused', refusals: [{ ref, code, reason, advice: [advice] }] };
}
