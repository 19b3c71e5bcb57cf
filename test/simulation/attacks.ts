// What goes wrong on purpose: members who sign two branches, officers who dismiss each other, stolen keys, lying witnesses, broken and hostile deliveries.
import { encodeCheckpoint, encodeReceipt, encodeVote, zeros64, type Receipt } from '../../engine/index.ts';
import { objectId, type GitObject } from '../../node/git/object.ts';
import { namespaceOf, type StreamDraft } from '../../node/finality/stream.ts';
import { evidenceBody } from '../../node/ledger/possession.ts';
import { judgePush } from '../../node/receive/pre-receive.ts';
import type { LedgerView } from '../../node/ledger/view.ts';
import type { Dice } from '../vectors/dice.ts';
import type { Device } from './founding.ts';
import { Violation, type Machine, type Parcel } from './machine.ts';
import type { World } from './world.ts';
import type { Said } from './workload.ts';

const fact: Said = { kind: 'fact', body: { data: { door: 'side' }, type: 'door.opened' } };

/** Two batches of one number with one key, on two machines that may not hear each other. */
export async function equivocate(world: World, dice: Dice, machines: readonly [Machine, Machine]): Promise<void> {
  const device = world.devices.filter(({ signer }) => world.cheats.has(signer.device))[0];
  if (device === undefined) return;
  for (const machine of machines) {
    const said = (await world.saying(dice, machine))?.said;
    await world.write(device, machine, { said: said ?? [fact], clockMs: world.nowMs, isCheat: true });
  }
}

/** Two officers dismiss each other, each on a machine of their own. */
export async function duel(world: World, dice: Dice): Promise<void> {
  if (world.plan.engine !== 0) return;
  const [first, second] = dice.shuffled(world.devices);
  if (first === undefined || second === undefined) return;
  for (const [by, about] of [
    [first, second],
    [second, first],
  ] as const) {
    const said: Said = { kind: 'act', case: '1'.repeat(64), body: { about: about.member, stage: 1, verb: 'dismiss' } };
    await world.write(by, world.machine(by.home), { said: [said], clockMs: world.nowMs });
  }
}

/** A key is stolen: the thief writes on one machine while the owner revokes it on another with another key. */
export async function steal(world: World, dice: Dice, machine: Machine): Promise<void> {
  const stolen = world.devices.filter(({ signer }) => world.cheats.has(signer.device)).at(-1);
  if (stolen === undefined) return;
  await world.write(stolen, machine, {
    said: [fact, { kind: 'ballot', case: '2'.repeat(64), body: { choice: 'no', stage: 1 } }],
    clockMs: world.nowMs,
    isCheat: true,
  });
  const owner = world.devices.find(({ member, signer }) => member === stolen.member && signer.device !== stolen.signer.device);
  if (owner === undefined || world.cheats.has(owner.signer.device)) return;
  const revocation: Said = { kind: 'key.revoke', body: { device: stolen.signer.device, reason: 'stolen' } };
  await world.write(owner, world.machine(owner.home), { said: [revocation], clockMs: world.nowMs });
  if (dice.once(2)) await world.write(stolen, machine, { said: [fact], clockMs: world.nowMs, isCheat: true });
}

/** An officer removes somebody and says that it was long ago. */
export async function backDate(world: World, dice: Dice): Promise<void> {
  const device = world.devices[dice.below(world.devices.length)];
  const other = world.devices[dice.below(world.devices.length)];
  if (device === undefined || other === undefined) return;
  const said: Said =
    world.plan.engine === 0
      ? { kind: 'act', case: '1'.repeat(64), body: { about: other.member, stage: 1, verb: 'dismiss' } }
      : { kind: 'resign', body: { role: 'councillor' } };
  await world.write(device, world.machine(device.home), { said: [said], clockMs: world.nowMs - dice.below(100_000_000) });
}

/** A delivery with a byte changed, of the wrong kind, or to a ref that nobody may push: nothing of it is taken. */
export async function hostile(dice: Dice, machine: Machine): Promise<void> {
  const { view } = machine;
  if (view === undefined) return;
  const [before, tip] = [view.batches.size, view.tip.id];
  const stored = [...view.batches.values()].at(-1 - dice.below(Math.max(1, view.batches.size)));
  if (stored !== undefined) {
    const parcel = broken(await machine.parcel(stored), dice);
    if (view.genesis.finality === 'F1') await machine.take([parcel]);
    else await pushBroken(machine, view, parcel);
  }
  const refs = [
    'refs/heads/main',
    'refs/gdo/checkpoint',
    'refs/gdo/genesis',
    `refs/gdo/log/${'0'.repeat(64)}`,
    'refs/gdo/log/x',
    'refs/tags/v1',
    `refs/gdo/receipt/${'1'.repeat(64)}`,
  ];
  const ref = refs[dice.below(refs.length)] ?? '';
  const pushed = await judgePush(view.repository, view, [{ ref, old: undefined, next: dice.once(3) ? undefined : (stored?.commit ?? view.tip.commit) }]);
  if (pushed.kind !== 'refused') throw new Violation('I20', `a push to ${ref} is accepted`);
  const after = machine.view;
  if (after !== undefined && (after.batches.size !== before || after.tip.id !== tip)) throw new Violation('I20', 'a hostile delivery has changed something');
}

/** The same by a push, to the hub of an F0 organization: at most a batch that it has already is let in. */
async function pushBroken(machine: Machine, view: LedgerView, { commit, objects }: Parcel): Promise<void> {
  const ref = `refs/gdo/log/${view.batches.get(view.seen.get(commit) ?? '')?.batch.device ?? '0'.repeat(64)}`;
  const pushed = await judgePush(machine.disk.withDelivery(new Map(objects)), view, [{ ref, old: machine.disk.refTip(ref), next: commit }]);
  if (pushed.kind === 'accepted' && pushed.batches.length > 0) throw new Violation('I20', 'a broken batch is accepted');
}

function broken(parcel: Parcel, dice: Dice): Parcel {
  const place = dice.below(parcel.objects.length);
  let { commit } = parcel;
  const objects = parcel.objects.map(([id, object], index): readonly [string, GitObject] => {
    if (index !== place || object.bytes.length === 0) return [id, object];
    const bytes = Uint8Array.from(object.bytes);
    const at = dice.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << dice.below(8));
    const changed = { ...object, bytes };
    // A liar about names, or one who names it right.
    if (dice.once(2)) return [id, changed];
    if (id === commit) commit = objectId(changed);
    return [objectId(changed), changed];
  });
  return { commit, objects };
}

/** What the key of a machine puts on the stream. */
async function put(world: World, { signer, home }: Device, kind: StreamDraft['kind'], bytes: Uint8Array): Promise<void> {
  world.stream.inject({ kind, bytes, armour: await signer.sign(namespaceOf(kind), bytes) }, world.machine(home).index);
}

/** A witness votes for something that nobody has offered. */
export async function voteOddly(world: World, dice: Dice, liar: Device, height: number): Promise<void> {
  const org = world.machine(liar.home).view?.org ?? zeros64;
  await put(world, liar, 'vote', encodeVote({ org, height, value: dice.below(1_000).toString(16).padStart(64, '0') }));
}

/** A lying witness: votes for something else as well, forks its receipts, dates them wrong, offers nonsense. */
export async function lie(world: World, dice: Dice): Promise<void> {
  const liar = world.witnesses.find(({ signer }) => world.liars.has(signer.device));
  const machine = liar === undefined ? undefined : world.machine(liar.home);
  const view = machine?.view;
  if (liar === undefined || machine === undefined || view === undefined) return;
  const height = view.tip.height + 1;
  const candidates = world.stream.lines().filter(({ kind }) => kind === 'candidate');
  switch (dice.below(5)) {
    case 0: {
      await voteOddly(world, dice, liar, height);
      return;
    }
    case 1: {
      const offered = candidates.at(-1);
      if (offered !== undefined) await put(world, liar, 'candidate', offered.bytes);
      return;
    }
    case 2: {
      const { statement } = view.tip;
      const odd = { ...statement, height, prev: view.tip.id, timeMs: world.nowMs + dice.below(3) * 20_000, state: zeros64 };
      for (let count = dice.once(3) ? 10 : 1; count > 0; count -= 1)
        await put(world, liar, 'candidate', encodeCheckpoint({ ...odd, events: statement.events + count }));
      return;
    }
    case 3: {
      await put(world, liar, 'receipt', encodeReceipt(oddReceipt(world, dice, { liar, machine })));
      return;
    }
    default:
      // Silence: its machine does not reach the stream until the links are healed.
      world.unplug(machine.index);
  }
}

/** A receipt with a number that was used before, or with times from long ago or far ahead. */
function oddReceipt(world: World, dice: Dice, from: { readonly liar: Device; readonly machine: Machine }): Receipt {
  const { view } = from.machine;
  const named = view?.receipts.get(from.liar.signer.device);
  const timeMs = [0, world.nowMs - 3_600_000, world.nowMs + 86_400_000][dice.below(3)] ?? 0;
  const batches = (view?.pending ?? [])
    .slice(0, 3)
    .map(({ batch }) => batch.id)
    .toSorted();
  return {
    org: view?.org ?? zeros64,
    witness: from.liar.signer.device,
    seq: (named?.receipt.seq ?? 0) + 1,
    prev: named?.id ?? zeros64,
    upToMs: timeMs,
    entries: batches.map((batch) => [batch, timeMs]),
  };
}

/** Evidence against a witness that has contradicted itself, by somebody whose machine has seen it. */
export async function accuse(world: World, dice: Dice, machine: Machine): Promise<void> {
  const [first] = machine.program?.contradictions() ?? [];
  const own = world.devices.filter(({ home }) => home === machine.index);
  const device = own[dice.below(Math.max(1, own.length))];
  if (first === undefined || device === undefined || world.plan.engine === 0) return;
  await world.write(device, machine, { said: [{ kind: 'evidence', body: evidenceBody(first.kind, first.statements) }], clockMs: world.nowMs });
}
