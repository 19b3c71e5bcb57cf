// Some people leave without permission and go on by themselves; later what they changed comes back. Neither organization takes anything from the other but
// through a proposal, and what both have changed is named (SPEC.md section 8, docs/decisions/0128).
import { digest, initialState, openCases, publicKeyText, utf8Encode, type Genesis } from '../../engine/index.ts';
import { contentPairs } from '../../node/git/content.ts';
import { appendEvents } from '../../node/ledger/append.ts';
import { forkProblem, heldRoles, rejoinOf, type Rejoining } from '../../node/ledger/fork.ts';
import { memberOf, type LedgerView } from '../../node/ledger/view.ts';
import { judgePush } from '../../node/receive/pre-receive.ts';
import type { Dice } from '../vectors/dice.ts';
import { endorsersOf } from './endorsing.ts';
import { foundedOn, type Device } from './founding.ts';
import { Machine, Violation } from './machine.ts';
import { race } from './scenes.ts';
import { change, type Said } from './workload.ts';
import type { World } from './world.ts';

/** Changes that those who left try to make. */
const changesCount = 3;

/** Plays a fork of the organization as it stands, changes in both, and the way back. */
export async function leaveAndReturn(world: World, dice: Dice): Promise<void> {
  const parent = world.honest().find(({ view }) => view !== undefined);
  const view = parent?.view;
  if (world.plan.engine === 0 || parent === undefined || view === undefined) return;
  const people = leavers(dice, world, view);
  const [steward] = people;
  if (steward === undefined || people.length < 2) return;
  const fork = await forked(view, people, parent);
  for (let count = 0; count < changesCount; count += 1) await changeAlone(fork, people, dice);
  await race(world, dice);
  world.note(`fork ${fork.view?.tip.height} ${fork.view?.tip.id} ${fork.view?.merges.length}`);
  await checkApart(parent, fork);
  await checkReturn(parent, fork, view);
}

/** Members with a key in force, one key each. */
function leavers(dice: Dice, world: World, view: LedgerView): readonly Device[] {
  const known = new Map<string, Device>();
  for (const device of dice.shuffled(world.devices)) if (memberOf(view.state, device.signer.device) === device.member) known.set(device.member, device);
  return [...known.values()].slice(0, 4);
}

async function forked(view: LedgerView, people: readonly Device[], parent: Machine): Promise<Machine> {
  const ids = people.map(({ member }) => member).toSorted();
  const keys = new Map(people.map(({ member, signer }) => [member, signer]));
  const devices = (id: string): readonly string[] => [keys.get(id)?.device ?? ''];
  const [steward] = people;
  if (steward === undefined) throw new Error('somebody leaves');
  const genesis: Genesis = {
    ...view.genesis,
    nonce: digest('gdo-key-v1', utf8Encode(`fork of ${view.org}`)),
    timeMs: view.tip.timeMs + 1,
    bylaws: view.bylawsHash,
    mainCommit: view.mainCommit,
    mainContent: view.tip.statement.mainContent,
    members: ids.map((id) => [id, people.filter(({ member }) => member === id).map(({ signer }) => publicKeyText(signer.publicKey))]),
    roles: heldRoles(view.state, ids),
    witnesses: [[steward.signer.device, 1]],
    finality: 'F0',
    params: { ...view.genesis.params, settleMs: 0 },
    parent: { org: view.org, checkpoint: view.tip.id },
  };
  const problem = forkProblem(view, genesis);
  if (problem !== undefined) throw new Violation('I20', `a fork of what everybody holds is none: ${problem}`);
  const stranger = heldRoles(view.state, ids).map(([role]) => [role, ['nobody']] as const);
  if (stranger.length > 0 && forkProblem(view, { ...genesis, roles: stranger }) === undefined) throw new Violation('I20', 'a fork gives a role to a stranger');
  const content = await contentPairs(view.repository, view.mainFiles);
  const { roles, timeMs, witnesses } = genesis;
  const facts = { org: view.org, timeMs, charter: view.charter, bylawsHash: view.bylawsHash, members: ids.map((id) => [id, devices(id)] as const) };
  const state = initialState({ ...facts, roles, witnesses, content });
  const founded = foundedOn({ genesis, charter: view.charter, state, mainFiles: view.mainFiles }, { objects: [], equation: view.equation });
  const stream = { read: () => Promise.resolve('out of reach' as const), append: () => Promise.resolve() };
  const machine = new Machine(0, founded, { signer: steward.signer, stream, endorsers: endorsersOf(0), isWhole: () => true });
  machine.disk.keep(parent.disk.lackedBy(machine.disk));
  await machine.start();
  return machine;
}

/** One of those who left proposes, another approves, and their steward closes epochs. */
async function changeAlone(fork: Machine, people: readonly Device[], dice: Dice): Promise<void> {
  const by = people[dice.below(people.length)];
  if (by === undefined || fork.view === undefined) return;
  await sayAlone(fork, by, await change(dice, fork.view, by.member));
  for (const { id, acts } of openCases(fork.view.state)) {
    const asked = acts.find(({ verb }) => verb === 'approve');
    const other = people.find(({ member }) => asked?.people.includes(member) === true);
    if (asked !== undefined) await sayAlone(fork, other, { kind: 'act', case: id, body: { stage: asked.entry, verb: 'approve' } });
  }
}

async function sayAlone(fork: Machine, device: Device | undefined, said: Said | undefined): Promise<void> {
  if (device === undefined || said === undefined) return;
  const { attachments = [], objects = [], ...event } = said;
  await fork.run(async (program) => {
    await program.view.repository.writeObjects(objects);
    const clockMs = program.view.tip.timeMs + 2_000;
    program.view = (await appendEvents(program.view, device.signer, { events: [event], attachments, clockMs })).view;
    await program.turn(clockMs);
  });
}

/** What one organization signed is nothing to the other, and both read their own disks as before (T09). */
async function checkApart(parent: Machine, fork: Machine): Promise<void> {
  const [view, theirs] = [parent.view, fork.view];
  if (view === undefined || theirs === undefined) return;
  const again = await fork.replay();
  if (again.tip.id !== theirs.tip.id) throw new Violation('I03', 'a replay of the fork ends elsewhere');
  const [stored] = theirs.batches.values();
  if (stored === undefined) return;
  const { commit, objects } = await fork.parcel(stored);
  const ref = `refs/gdo/log/${stored.batch.device}`;
  const pushed = await judgePush(parent.disk.withDelivery(new Map(objects)), view, [{ ref, old: parent.disk.refTip(ref), next: commit }]);
  const isStranger = pushed.kind === 'refused' && pushed.refusals.some(({ code }) => code === 'GDO1014');
  if (!isStranger) throw new Violation('I20', 'a batch of the fork is let into the organization that it left');
}

/** What comes back is what the fork changed since they parted, or the paths that both changed. */
async function checkReturn(parent: Machine, fork: Machine, parting: LedgerView): Promise<void> {
  const [ours, theirs] = [parent.view, fork.view];
  if (ours === undefined || theirs === undefined) return;
  const pairs = async (view: LedgerView): Promise<ReadonlyMap<string, string>> => new Map(await contentPairs(view.repository, view.mainFiles));
  const [base, mine, other] = [await pairs(parting), await pairs(ours), await pairs(theirs)];
  const paths = [...new Set([...base.keys(), ...mine.keys(), ...other.keys()])];
  const brought = paths.filter((path) => other.get(path) !== base.get(path) && other.get(path) !== mine.get(path));
  const both = brought.filter((path) => mine.get(path) !== base.get(path));
  const amended = [ours, theirs].every(({ bylawsHash }) => bylawsHash !== parting.bylawsHash) && ours.bylawsHash !== theirs.bylawsHash;
  parent.disk.keep(fork.disk.lackedBy(parent.disk));
  const found = await rejoinOf(ours, theirs);
  const expected: Rejoining['kind'] = both.length > 0 || amended ? 'conflicts' : brought.length === 0 ? 'nothing' : 'change';
  const named = found.kind === 'conflicts' || found.kind === 'change' ? found.paths : [];
  const meant = expected === 'conflicts' ? both : brought;
  if (found.kind !== expected || named.toSorted().join() !== meant.toSorted().join())
    throw new Violation('I19', `coming back is ${found.kind} of ${named.join()} and not ${expected} of ${meant.join()}`);
  if (found.kind !== 'change') return;
  const result = new Map(await contentPairs(ours.repository, found.files));
  const isRight = paths.every((path) => result.get(path) === (brought.includes(path) ? other.get(path) : mine.get(path)));
  if (!isRight) throw new Violation('I19', 'what would come back is not our main with their changes');
}
