// Short scenes in which several people and machines act together, for what chance alone seldom brings about: votes at the very instant of a close, a witness
// that offers too early, changes that race, a key that spends on two branches, and witnesses that are elected.
import { entriesUnder, openCases, readCase, readEntry, weightIn, type JsonObject } from '../../engine/index.ts';
import { enrolBody } from '../../node/ledger/possession.ts';
import type { Dice } from '../vectors/dice.ts';
import { accuse, voteOddly } from './attacks.ts';
import type { Device } from './founding.ts';
import type { Machine } from './machine.ts';
import { changeOf, type Said } from './workload.ts';
import type { World } from './world.ts';

const fact: Said = { kind: 'fact', body: { data: { door: 'lock' }, type: 'door.opened' } };

/** Everybody hears everybody, with right clocks, for some rounds. */
async function together(world: World, rounds: number): Promise<void> {
  world.heal();
  for (const machine of world.machines) machine.offsetMs = 0;
  for (let round = 0; round < rounds; round += 1) {
    world.nowMs += 2_500;
    await share(world);
    for (const machine of world.machines) await world.turn(machine);
  }
}

/** Every machine fetches from every other one. */
async function share(world: World): Promise<void> {
  for (const machine of world.machines) for (const other of world.machines) if (other !== machine) await world.ask(machine, other, undefined);
}

async function say(world: World, device: Device | undefined, said: Said | undefined): Promise<void> {
  if (device !== undefined && said !== undefined) await world.write(device, world.machine(device.home), { said: [said], clockMs: world.nowMs });
}

function deviceOf(world: World, member: string): Device | undefined {
  return world.devices.find((device) => device.member === member && !world.cheats.has(device.signer.device));
}

/** Whoever is asked to approve a case does it. */
async function answerAll(world: World, view: Machine['view'], isMeant: (process: string) => boolean): Promise<void> {
  for (const { id, process, acts } of view === undefined ? [] : openCases(view.state)) {
    const asked = acts.find(({ verb }) => verb === 'approve');
    const by = asked?.people.map((member) => deviceOf(world, member)).find((device) => device !== undefined);
    if (asked !== undefined && isMeant(process)) await say(world, by, { kind: 'act', case: id, body: { stage: asked.entry, verb: 'approve' } });
  }
}

/** A vote that is open on a machine. */
function openVote(view: Machine['view']): { readonly case: string; readonly entry: number; readonly closesMs: number } | undefined {
  const [open] =
    view === undefined ? [] : openCases(view.state).flatMap(({ id }) => (readCase(view.state, id)?.votes ?? []).map((vote) => ({ ...vote, case: id })));
  return open;
}

/** Time stands exactly at the close of a vote while people still vote: what comes then is late. */
export async function atDeadline(world: World, dice: Dice): Promise<void> {
  if (world.plan.engine === 0) return;
  const people = dice.shuffled(world.devices);
  const { view } = world.honest()[0] ?? {};
  if (view === undefined) return;
  if (openVote(view) === undefined) {
    const about = people[1]?.member ?? '';
    const body = { bylaws: view.bylawsHash, candidate: about, process: 'council-election', subject: about };
    await say(world, people[0], { kind: 'propose', body });
    await together(world, 2);
  }
  const open = openVote(world.honest()[0]?.view);
  if (open === undefined || open.closesMs <= world.nowMs + 10_000) return;
  world.nowMs = open.closesMs - 6_000;
  await together(world, 2);
  world.nowMs = open.closesMs;
  const said: Said = { kind: 'ballot', case: open.case, body: { choice: 'yes', stage: open.entry } };
  for (const device of people) await say(world, device, said);
  await share(world);
  for (const machine of world.machines) await world.turn(machine);
  await together(world, 1);
}

/** A witness whose turn it is and whose clock is behind offers a checkpoint that lies before what the others have just received. */
export async function hasty(world: World, dice: Dice): Promise<void> {
  await together(world, 1);
  const people = dice.shuffled(world.devices);
  await say(world, people[0], fact);
  await together(world, 3);
  // From here on a checkpoint is as young as it can be, and nobody but the one in turn offers another.
  const view = world.honest()[0]?.view;
  const rows = view?.witnesses.rows ?? [];
  const [device] = rows[((view?.tip.height ?? 0) + 1) % Math.max(1, rows.length)] ?? [];
  const inTurn = world.machines.find(({ signer }) => signer.device === device);
  if (view === undefined || inTurn === undefined) return;
  inTurn.offsetMs = -500;
  for (const [index, laterMs] of [2_500, 3_500].entries()) {
    world.nowMs = Math.max(world.nowMs, view.tip.timeMs + laterMs);
    await say(world, people[index + 1], fact);
    await share(world);
    for (const machine of world.machines) if (machine !== inTurn || index === 0) await world.turn(machine);
  }
  await world.turn(inTurn);
}

/** Two people propose one file's content and its mode, each on the same main, and both are approved. */
export async function race(world: World, dice: Dice): Promise<void> {
  if (world.plan.engine === 0) return;
  await together(world, 1);
  const { view } = world.machine(dice.below(9));
  const files = view?.mainFiles.filter(({ path }) => !path.startsWith('bylaws/')) ?? [];
  const old = files[dice.below(Math.max(1, files.length))];
  if (view === undefined || old === undefined) return;
  const process = old.path.includes('charts') ? 'charting' : 'note';
  const edits = [
    { path: old.path, process, mode: old.mode === '100644' ? '100755' : '100644', bytes: undefined },
    { path: old.path, process, mode: old.mode, bytes: Buffer.from(`Raced ${dice.below(1_000)}\n`, 'utf8') },
  ];
  const people = dice.shuffled(world.devices).filter(({ home }) => world.machine(home).view?.tip.id === view.tip.id);
  for (const [index, edit] of edits.entries()) {
    const device = people[index];
    await say(world, device, device === undefined ? undefined : await changeOf(view, device.member, edit));
  }
  await together(world, 2);
  await answerAll(world, world.honest()[0]?.view, (name) => name === process);
  await together(world, 3);
}

/** Somebody is paid and spends it twice, with one key on two machines that do not hear each other. */
export async function doubleSpend(world: World, dice: Dice): Promise<void> {
  const cheat = world.devices.find(({ signer }) => world.cheats.has(signer.device));
  const view = world.honest()[0]?.view;
  if (world.plan.engine === 0 || cheat === undefined || view === undefined) return;
  const paid = entriesUnder(view.state, 'paid/till/').find(([, value]) => value['recipient'] === cheat.member);
  if (paid === undefined) {
    const body = { amount: String(500 + dice.below(2_000)), bylaws: view.bylawsHash, process: 'payment', recipient: cheat.member };
    await say(
      world,
      dice.shuffled(world.devices).find(({ signer }) => !world.cheats.has(signer.device)),
      { kind: 'propose', body },
    );
    await together(world, 2);
    await answerAll(world, world.honest()[0]?.view, (process) => process === 'payment');
    await together(world, 2);
    return;
  }
  const [key, { amount }] = paid;
  const body = { account: 'till', amount: typeof amount === 'string' ? amount : '1', escrow: key.slice('paid/till/'.length), to: 'chandler' };
  const first = dice.below(world.machines.length);
  for (const machine of [world.machine(first), world.machine(first + 1)])
    await world.write(cheat, machine, { said: [{ kind: 'spend', body }], clockMs: world.nowMs, isCheat: true });
}

/** A member becomes a keeper, so that the set of witnesses is another one from then on. */
export async function election(world: World, dice: Dice): Promise<void> {
  if (world.plan.engine === 0) return;
  await together(world, 1);
  const view = world.honest()[0]?.view;
  const machines = dice.shuffled(world.machines.map(({ signer }) => signer.device));
  const candidate = world.devices.find(
    ({ member, signer }) => machines.includes(signer.device) && view !== undefined && readEntry(view.state, `role/keeper/${member}`) === undefined,
  );
  const [councillor] = view === undefined ? [] : entriesUnder(view.state, 'role/councillor/');
  if (view === undefined || councillor === undefined || candidate === undefined) return;
  const by = deviceOf(world, councillor[0].slice('role/councillor/'.length));
  const body = { bylaws: view.bylawsHash, candidate: candidate.member, process: 'keeper-election', subject: candidate.member };
  await say(world, by, { kind: 'propose', body });
  await together(world, 2);
  await answerAll(world, world.honest()[0]?.view, (process) => process === 'keeper-election');
  await together(world, 2);
}

/** A witness votes for two values at one height, somebody shows it, and the witness goes on with a key of its own choice. */
export async function rotation(world: World, dice: Dice): Promise<void> {
  const liar = world.witnesses.find(({ signer }) => world.liars.has(signer.device));
  if (world.plan.engine === 0 || liar === undefined) return;
  await together(world, 1);
  const { view } = world.machine(liar.home);
  if (view === undefined) return;
  if (weightIn(view.witnesses, liar.signer.device) > 0) {
    for (let votes = 0; votes < 3; votes += 1) await voteOddly(world, dice, liar, view.tip.height + 1);
    await together(world, 1);
    for (const machine of world.honest().slice(0, 1)) await accuse(world, dice, machine);
    await together(world, 2);
  }
  const fresh = world.deviceMade(liar, `${world.devices.length}`);
  await say(world, liar, { kind: 'key.enrol', body: await enrolBody(view.org, liar.member, fresh.signer) });
  await together(world, 2);
  await say(world, liar, { kind: 'key.revoke', body: { device: liar.signer.device, reason: 'another one is used from now on' } });
  await together(world, 2);
  await voteOddly(world, dice, fresh, (world.machine(liar.home).view?.tip.height ?? 0) + 1);
}

/** An officer makes somebody an officer, who acts as one before any checkpoint says so (T27). */
export async function promotion(world: World, dice: Dice): Promise<void> {
  const view = world.honest()[0]?.view;
  const [officer] = view === undefined ? [] : entriesUnder(view.state, 'role/officer/');
  const by = officer === undefined ? undefined : deviceOf(world, officer[0].slice('role/officer/'.length));
  const people = dice.shuffled(world.devices).filter(({ member }) => view !== undefined && readEntry(view.state, `role/officer/${member}`) === undefined);
  const fresh = people.find(({ signer }) => !world.cheats.has(signer.device));
  if (world.plan.engine === 1 || by === undefined || fresh === undefined) return;
  await together(world, 1);
  const act = (body: JsonObject): Said => ({ kind: 'act', case: '1'.repeat(64), body: { stage: 1, ...body } });
  await say(world, by, act({ about: fresh.member, text: 'officer', verb: 'grant' }));
  await share(world);
  await say(world, fresh, act({ about: by.member, text: 'keeper', verb: 'grant' }));
  await together(world, 3);
}
