// What a node of an F1 organization keeps of a key that signed many branches (ledger.md section 2), and what a witness does that was restored from a backup.
import { describe, expect, it } from 'vitest';
import { receiveBatches, forksMax } from '../../../node/finality/receive.ts';
import { Witness } from '../../../node/finality/witness.ts';
import { appendEvents } from '../../../node/ledger/append.ts';
import { signBatch, type SignedBatch } from '../../../node/ledger/batch.ts';
import { nativeEquation } from '../../../node/ledger/keys.ts';
import type { LedgerView } from '../../../node/ledger/view.ts';
import { voteStoreIn } from '../../../node/ledger/votes.ts';
import { objectId, type GitObject } from '../../../node/git/object.ts';
import { Disk } from '../../../node/story/disk.ts';
import { found, founding, startMs } from '../../simulation/founding.ts';
import { realSigner } from '../../simulation/ideal-crypto.ts';

const names = ['ada', 'ben', 'chi', 'dev'];

async function organization(): Promise<{ readonly disk: Disk; readonly view: LedgerView }> {
  const devices = names.map((member, home) => ({ member, signer: realSigner(member), home }));
  const founded = founding({ engine: 0, seed: 1, devices, witnesses: devices, officers: ['ada'], windowBatches: 64, settleMs: 0, equation: nativeEquation });
  const disk = new Disk();
  return { disk, view: await found(founded, disk.repository) };
}

/** One more batch of a member's key. @param number - makes it another one */
function batchBy(view: LedgerView, member: string, number: number, more: { readonly on?: SignedBatch; readonly dep?: SignedBatch } = {}): Promise<SignedBatch> {
  const { on, dep } = more;
  return signBatch(realSigner(member), {
    org: view.org,
    actor: member,
    seq: on === undefined ? 1 : on.batch.seq + 1,
    prev: on === undefined ? undefined : { id: on.batch.id, commit: on.commit },
    deps: dep === undefined ? [] : [{ id: dep.batch.id, commit: dep.commit }],
    base: view.tip.id,
    events: [{ kind: 'fact', body: { data: { number }, type: 'door.opened' }, tsMs: startMs }],
    attachments: [],
  });
}

async function receive(
  at: { readonly disk: Disk; readonly view: LedgerView },
  batches: readonly SignedBatch[],
  named: readonly SignedBatch[] = [],
): ReturnType<typeof receiveBatches> {
  const objects = batches.flatMap((one): readonly GitObject[] => one.objects);
  return receiveBatches(at.view, at.disk.withDelivery(new Map(objects.map((object) => [objectId(object), object]))), {
    commits: batches.map(({ commit }) => commit),
    objects,
    isNamed: (batch) => named.some((one) => one.batch.id === batch),
  });
}

describe('branches of one key', () => {
  const many = async (view: LedgerView): Promise<readonly SignedBatch[]> =>
    Promise.all(Array.from({ length: forksMax + 2 }, (_, number) => batchBy(view, 'dev', number)));

  it(`are kept up to the log and ${forksMax} others; one more may come again (GDO1043)`, async () => {
    const at = await organization();
    const received = await receive(at, await many(at.view));
    expect(received.taken).toHaveLength(forksMax + 1);
    expect(received.rejected).toMatchObject([{ kind: 'parked', code: 'GDO1043' }]);
    expect(at.disk.refsUnder('refs/gdo/fork/')).toHaveLength(forksMax);
  });

  it('are kept beyond that where a candidate names one, or another key builds on one', async () => {
    const at = await organization();
    const branches = await many(at.view);
    const first = await receive(at, branches.slice(0, -1));
    const [last] = branches.slice(-1);
    if (last === undefined) throw new Error('there are branches');
    expect((await receive({ ...at, view: first.view }, [last], [last])).taken).toHaveLength(1);
    const another = await organization();
    const upon = await batchBy(at.view, 'ben', 0, { dep: last });
    expect((await receive(another, [...branches, upon])).taken).toHaveLength(branches.length + 1);
  });

  it('let their owner go on where their own log ends, whichever branch is longer or has the first id (simulator seed 5065)', async () => {
    const fact = { kind: 'fact', body: { data: { number: 100 }, type: 'door.opened' } } as const;
    for (const own of [0, 1, 2]) {
      const at = await organization();
      const branches = (await many(at.view)).slice(0, 3);
      const [mine] = branches.splice(own, 1);
      if (mine === undefined) throw new Error('there are branches');
      const others = [...branches, ...(await Promise.all(branches.map((branch, number) => batchBy(at.view, 'dev', 50 + number, { on: branch }))))];
      const first = await receive(at, [mine]);
      const { view } = await receive({ ...at, view: first.view }, own === 2 ? branches : others);
      const { stored } = await appendEvents(view, realSigner('dev'), { events: [fact], clockMs: startMs + 1 });
      expect([stored.batch.prev, stored.batch.seq]).toEqual([mine.batch.id, 2]);
    }
  });

  it('carry nothing in that builds on one which was not kept (GDO1022)', async () => {
    const at = await organization();
    const branches = await many(at.view);
    const [last] = branches.slice(-1);
    if (last === undefined) throw new Error('there are branches');
    const child = await batchBy(at.view, 'dev', 99, { on: last });
    const received = await receive(at, [...branches, child]);
    expect(received.rejected.map(({ code }) => code)).toEqual(['GDO1043', 'GDO1022']);
    expect(received.view.batches.has(child.batch.id)).toBe(false);
  });
});

describe('a witness restored from a backup', () => {
  it('signs nothing while it cannot hear what it said before, and does once it can (T15)', async () => {
    const at = await organization();
    const { view } = await receive(at, [await batchBy(at.view, 'ben', 0)]);
    let isHeard = false;
    const stream = { read: () => Promise.resolve(isHeard ? [] : ('out of reach' as const)), append: () => Promise.resolve() };
    const witness = new Witness(view, { stream, signer: realSigner('ada'), votes: voteStoreIn(at.disk.voteFile) }, startMs + 1_000);
    await witness.turn(startMs + 5_000);
    expect(at.disk.refsUnder('refs/gdo/receipt/')).toEqual([]);
    isHeard = true;
    await witness.turn(startMs + 6_000);
    expect(at.disk.refsUnder('refs/gdo/receipt/')).toHaveLength(1);
  });
});
