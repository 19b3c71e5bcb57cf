// One run: machines, links between them, a stream, people, and time. It plays the steps of a plan and then brings everybody together again.
import { createHash } from 'node:crypto';
import { readEntry, weightIn, type NativeEquation } from '../../engine/index.ts';
import { WorldError } from '../../node/cli/command.ts';
import { forksMax } from '../../node/finality/receive.ts';
import { appendEvents } from '../../node/ledger/append.ts';
import { nativeEquation, type Signer } from '../../node/ledger/keys.ts';
import { seatOf } from '../../node/ledger/received.ts';
import type { LedgerView } from '../../node/ledger/view.ts';
import { Dice } from '../vectors/dice.ts';
import { endorsersOf } from './endorsing.ts';
import { founding, startMs, type Device } from './founding.ts';
import { idealEquation, idealSigner, realSigner } from './ideal-crypto.ts';
import { syncWithHub } from './hub.ts';
import { Machine, Violation, type Parcel } from './machine.ts';
import { Observer } from './observer.ts';
import type { Plan, Step } from './plan.ts';
import { SimulatedStream } from './stream.ts';
import { bylawsEvent, change, memberName, zeroEvent, type Said } from './workload.ts';

interface Message {
  readonly to: number;
  readonly dueMs: number;
  readonly parcels: readonly Parcel[];
}

/** Rounds in which everybody talks to everybody at the end. */
const healingRoundsMax = 60;

/** The last number that a view holds of a key; 0 where it holds none. */
function lastSeqOf(view: LedgerView | undefined, device: string): number {
  const head = view?.heads.get(device)?.batch;
  return head === undefined ? 0 : head.seq + head.count - 1;
}

/** A run in progress. */
export class World {
  readonly plan: Plan;
  readonly machines: readonly Machine[];
  readonly devices: Device[];
  readonly witnesses: readonly Device[];
  /** Devices whose owners sign two branches or were robbed. */
  readonly cheats: ReadonlySet<string>;
  readonly liars: Set<string>;
  readonly stream: SimulatedStream;
  readonly observer: Observer;
  nowMs = startMs;
  /** Faults that happened: links cut, messages lost, late or doubled, crashes, clocks, attacks. */
  faults = 0;
  private readonly messages: Message[] = [];
  private readonly group: number[];
  private readonly deaf = new Set<number>();
  private readonly unplugged = new Set<number>();
  /** What each device's owner knows to have signed last, outside of any machine. */
  private readonly lastSeq = new Map<string, number>();
  /** Devices whose owners do not know whether the last thing they signed was kept when the power failed there. */
  private unsure: readonly { readonly device: string; readonly machine: Machine }[] = [];
  private readonly trail = createHash('sha256');
  private readonly say: (line: string) => void;

  constructor(plan: Plan, say: (line: string) => void) {
    this.plan = plan;
    this.say = say;
    const signerOf = (name: string): Signer => this.signerOf(name);
    const equation: NativeEquation = plan.isCryptoReal ? nativeEquation : idealEquation;
    const dice = new Dice(plan.seed + 7_919);
    const devices: Device[] = [];
    for (let index = 0; index < plan.membersCount; index += 1) {
      const member = memberName(index);
      devices.push({ member, signer: signerOf(`${member} 0`), home: index % plan.nodesCount });
      if (dice.once(4)) devices.push({ member, signer: signerOf(`${member} 1`), home: dice.below(plan.nodesCount) });
    }
    this.devices = devices;
    // The first key of each of the first members is the key of a machine.
    const own = devices.filter(({ signer, member }) => signer.device === signerOf(`${member} 0`).device);
    this.witnesses = own.slice(0, plan.witnessesCount);
    this.liars = new Set(
      dice
        .shuffled(this.witnesses)
        .slice(0, plan.liarsCount)
        .map(({ signer }) => signer.device),
    );
    const others = devices.filter(({ signer }) => !this.witnesses.some((witness) => witness.signer.device === signer.device));
    this.cheats = new Set(
      dice
        .shuffled(others)
        .slice(0, plan.cheatsCount)
        .map(({ signer }) => signer.device),
    );
    const founded = founding({
      engine: plan.engine,
      seed: plan.seed,
      devices,
      witnesses: this.witnesses,
      officers: dice
        .shuffled([...new Set(devices.map(({ member }) => member))])
        .slice(0, plan.officersCount)
        .toSorted(),
      windowBatches: plan.windowBatches,
      settleMs: plan.settleMs,
      equation,
    });
    this.group = Array.from({ length: plan.nodesCount }, () => 0);
    this.observer = new Observer({ engine: plan.engine, liars: this.liars, mayFork: this.cheats });
    this.stream = new SimulatedStream(
      {
        nowMs: () => this.nowMs,
        reaches: (node) => !this.unplugged.has(node),
        sent: (draft, node) => this.observer.sent(draft, (text) => this.machine(node).disk.voteFile.read().includes(text)),
        once: (inSoMany) => dice.once(inSoMany),
      },
      plan.isStreamFaulty,
    );
    this.machines = this.group.map((_, index) => {
      const device = own[index] ?? devices[0];
      if (device === undefined) throw new Error('an organization has people');
      const { signer } = device;
      const isWhole = (view: LedgerView): boolean => lastSeqOf(view, signer.device) === (this.lastSeq.get(signer.device) ?? 0);
      const machine = new Machine(index, founded, { signer, stream: this.stream.port(index), endorsers: endorsersOf(index), isWhole });
      // No two clocks agree.
      machine.offsetMs = (dice.below(41) - 20) * 500;
      return machine;
    });
  }

  /** Notes what happened, for the trace and its hash. */
  note(line: string): void {
    this.trail.update(line).update('\n');
    this.say(line);
  }

  /** The hash of everything noted. */
  traceHash(): string {
    return this.trail.digest('hex');
  }

  private signerOf(name: string): Signer {
    return this.plan.isCryptoReal ? realSigner(name) : idealSigner(name);
  }

  /** One more key of a liar, which lies too. @param name - no other key of theirs has it */
  deviceMade({ member, home }: Device, name: string): Device {
    const device = { member, home, signer: this.signerOf(`${member} ${name}`) };
    this.devices.push(device);
    this.liars.add(device.signer.device);
    return device;
  }

  machine(index: number): Machine {
    const machine = this.machines[index % this.machines.length];
    if (machine === undefined) throw new Error('a simulation has machines');
    return machine;
  }

  /** Starts every machine. */
  async start(): Promise<void> {
    for (const machine of this.machines) await machine.start();
  }

  /** Starts a machine again; people who wrote there look up what was kept. */
  async restart(machine: Machine, restoredMs?: number): Promise<void> {
    try {
      await machine.start(restoredMs);
    } catch (error) {
      // A liar's own machine may find what its key has signed elsewhere; it stays down.
      if (!(error instanceof Violation) || !this.liars.has(machine.signer.device)) throw error;
      return;
    }
    const here = this.unsure.filter((one) => one.machine === machine);
    this.unsure = this.unsure.filter((one) => one.machine !== machine);
    for (const { device } of here) {
      for (const stored of machine.view?.batches.values() ?? []) if (stored.batch.device === device) this.observer.wrote(stored);
      this.lastSeq.set(device, lastSeqOf(machine.view, device));
    }
    if (machine.view !== undefined) await this.observer.look(machine.view, machine);
  }

  /** One turn of a machine's program. */
  async turn(machine: Machine): Promise<void> {
    const clockMs = this.nowMs + machine.offsetMs;
    const { device } = machine.signer;
    const isUp = machine.program !== undefined;
    const before = machine.view?.batches;
    const seq = lastSeqOf(machine.view, device);
    const done = await machine.run((program) => program.turn(clockMs));
    const { view } = machine;
    if (view === undefined && isUp) this.unsure = [...this.unsure, { device, machine }];
    if (view !== undefined) {
      // What its own key has said by itself: attestations.
      for (const stored of view.batches.values()) if (stored.batch.device === device && before?.has(stored.batch.id) !== true) this.observer.wrote(stored);
      if (lastSeqOf(view, device) > seq) this.lastSeq.set(device, lastSeqOf(view, device));
      await this.observer.look(view, machine);
    }
    if (done !== undefined && (done.final.length > 0 || done.voted !== undefined || done.offered !== undefined))
      this.note(`  ${machine.index} final ${done.final.join(',')} voted ${done.voted?.slice(0, 8) ?? '-'} offered ${done.offered?.slice(0, 8) ?? '-'}`);
  }

  /** Somebody writes on a machine. @param clockMs - what the author's clock says */
  async write(device: Device, machine: Machine, input: { readonly said: readonly Said[]; readonly clockMs: number; readonly isCheat?: true }): Promise<void> {
    const { signer } = device;
    const seq = lastSeqOf(machine.view, signer.device);
    // An honest client fetches its own log first and keeps its last number outside of the clone (ledger.md section 2).
    if (input.isCheat === undefined && seq !== (this.lastSeq.get(signer.device) ?? 0)) return;
    await machine.run(async (program) => {
      try {
        const attachments = input.said.flatMap((one) => one.attachments ?? []);
        const objects = input.said.flatMap((one) => one.objects ?? []);
        if (objects.length > 0) await program.view.repository.writeObjects(objects);
        const appended = await appendEvents(program.view, signer, {
          events: input.said.map(({ attachments: _files, objects: _objects, ...event }) => event),
          attachments,
          clockMs: Math.max(0, input.clockMs),
        });
        program.view = appended.view;
        this.observer.wrote(appended.stored);
        if (input.isCheat === undefined) this.lastSeq.set(signer.device, seq + input.said.length);
        this.note(`  ${device.member} writes ${input.said.map(({ kind }) => kind).join(',')} as ${appended.stored.batch.id.slice(0, 8)}`);
      } catch (error) {
        // Nobody's key any more; or a cheat whose log was taken over by the other branch, who signs with another key.
        const isKnown = error instanceof WorldError && (error.code === 'GDO5021' || (error.code === 'GDO1043' && this.cheats.has(signer.device)));
        if (!isKnown) throw error;
      }
    });
    if (machine.program === undefined) this.unsure = [...this.unsure, { device: signer.device, machine }];
  }

  /** What somebody may want to say now on a machine, by whom. */
  async saying(dice: Dice, machine: Machine): Promise<{ readonly device: Device; readonly said: readonly Said[] } | undefined> {
    const { view } = machine;
    if (view === undefined) return undefined;
    if (this.plan.engine === 0) {
      const device = this.devices[dice.below(this.devices.length)];
      const members = [...new Set(this.devices.map(({ member }) => member))];
      const input = { members, devices: this.devices.map(({ signer }) => signer.device) };
      return device === undefined ? undefined : { device, said: Array.from({ length: dice.once(5) ? 2 : 1 }, () => zeroEvent(dice, input)) };
    }
    if (dice.once(4)) {
      const here = this.devices.filter(({ home }) => this.machine(home) === machine);
      const device = here[dice.below(Math.max(1, here.length))];
      const said = device === undefined ? undefined : await change(dice, view, device.member);
      if (device !== undefined && said !== undefined) return { device, said: [said] };
    }
    const { by, said } = bylawsEvent(dice, view);
    const own = this.devices.filter(({ member }) => member === by);
    const device = own[dice.below(Math.max(1, own.length))];
    return device === undefined ? undefined : { device, said: [said] };
  }

  /** Everything that one machine has and the other lacks goes on its way; it may be late, doubled or lost. */
  async ask(from: Machine, of: Machine, dice: Dice | undefined): Promise<void> {
    const [mine, theirs] = [from.view, of.view];
    if (mine === undefined || theirs === undefined) return;
    if (mine.genesis.finality === 'F0') return this.sync(from);
    const missing = [...theirs.batches.values()].filter(({ batch }) => !mine.batches.has(batch.id));
    if (missing.length === 0) return;
    const parcels = await Promise.all(missing.map((stored) => of.parcel(stored)));
    if (dice === undefined) {
      await from.take(parcels);
      return;
    }
    if (!this.isLinked(of.index, from.index)) return;
    const copies = dice.once(10) ? (dice.once(2) ? 0 : 2) : 1;
    if (copies !== 1) this.faults += 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const isLate = dice.once(6);
      if (isLate) this.faults += 1;
      this.messages.push({
        to: from.index,
        dueMs: this.nowMs + (isLate ? dice.below(600_000) : dice.below(2_000)),
        parcels: dice.once(5) ? dice.shuffled(parcels) : parcels,
      });
    }
  }

  /** A clone and the hub, where they hear each other. Honest keys whose records had to be taken back know it. */
  private async sync(machine: Machine): Promise<void> {
    const hub = this.machine(0);
    if (machine === hub || hub.program === undefined || !this.isLinked(hub.index, machine.index) || !this.isLinked(machine.index, hub.index)) return;
    const [refused] = await syncWithHub(machine, hub, this.cheats);
    if (refused !== undefined) throw new Violation('I14', `an honest log is refused: ${refused}`);
    for (const { signer, home } of this.devices) {
      if (home % this.machines.length !== machine.index || machine.view === undefined) continue;
      const seq = lastSeqOf(machine.view, signer.device);
      if (seq < (this.lastSeq.get(signer.device) ?? 0)) this.lastSeq.set(signer.device, seq);
    }
    for (const { view, index } of [machine, hub]) if (view !== undefined) await this.observer.look(view, this.machine(index));
  }

  /** Delivers what has arrived by now. */
  async deliver(): Promise<void> {
    const due = this.messages.filter(({ dueMs }) => dueMs <= this.nowMs);
    for (const message of due) {
      this.messages.splice(this.messages.indexOf(message), 1);
      const rejected = await this.machine(message.to).take(message.parcels);
      const refused = rejected.find(({ kind }) => kind === 'refused');
      if (refused !== undefined) throw new Violation('I14', `an honest batch is refused: ${refused.code} ${refused.reason}`);
    }
  }

  private isLinked(from: number, to: number): boolean {
    return this.group[from] === this.group[to] && !this.deaf.has(to);
  }

  /** Cuts the machines into groups that do not hear each other. */
  cut(dice: Dice): void {
    for (const index of this.group.keys()) this.group[index] = dice.below(3);
  }

  /** One machine hears nobody, and is heard. */
  deafen(index: number): void {
    this.deaf.add(index % this.machines.length);
  }

  /** One machine does not reach the stream. */
  unplug(index: number): void {
    this.unplugged.add(index % this.machines.length);
  }

  /** All links are whole again. */
  heal(): void {
    this.group.fill(0);
    this.deaf.clear();
    this.unplugged.clear();
  }

  /** Everybody up, connected, with a right clock: what is received becomes final, the same for all (I01, I14). */
  async comeTogether(): Promise<void> {
    this.heal();
    this.messages.length = 0;
    for (const machine of this.machines) {
      machine.offsetMs = 0;
      machine.disk.hold();
      if (machine.program === undefined) await this.restart(machine);
    }
    // Beyond every time that a wrong clock has signed.
    this.nowMs = Math.max(this.nowMs, this.observer.latestMs) + 10_000;
    for (let round = 0; round < healingRoundsMax; round += 1) {
      this.nowMs += 5_000;
      for (const machine of this.machines) for (const other of this.machines) if (other !== machine) await this.ask(machine, other, undefined);
      for (const machine of this.machines) await this.turn(machine);
      if (round > 2 && this.isSettled()) return;
    }
    if (this.mustSettle()) throw new Violation('I14', this.unsettled());
  }

  /** The machines whose key does not lie. */
  honest(): readonly Machine[] {
    return this.machines.filter(({ signer }) => !this.liars.has(signer.device));
  }

  private isSettled(): boolean {
    const honest = this.honest();
    const tips = new Set(honest.map(({ view }) => view?.tip.id));
    return tips.size === 1 && honest.every(({ view }) => view !== undefined && this.waiting(view).length === 0);
  }

  /** Batches of enrolled keys that no checkpoint holds, without those that a machine at its bound of branches of a key may not have kept (ledger.md section 2). */
  private waiting(view: LedgerView): readonly string[] {
    const seqs = new Map<string, Set<number>>();
    const counts = new Map<string, number>();
    for (const { batch } of view.batches.values()) {
      seqs.set(batch.device, (seqs.get(batch.device) ?? new Set()).add(batch.events[0]?.seq ?? 0));
      counts.set(batch.device, (counts.get(batch.device) ?? 0) + 1);
    }
    const branches = (device: string): number => (counts.get(device) ?? 0) - (seqs.get(device)?.size ?? 0);
    return view.pending
      .filter(({ batch }) => readEntry(view.state, `key/${batch.device}`)?.['member'] === batch.actor && branches(batch.device) < forksMax)
      .map(({ batch }) => batch.id);
  }

  /** False where a faulty stream, or witnesses that may not vote (without a machine, or restored from a backup), may keep the rest from going on. */
  private mustSettle(): boolean {
    if (this.plan.isStreamFaulty) return false;
    const view = this.honest()[0]?.view;
    if (view === undefined) return true;
    // In F0 nobody goes on where the steward's last key or membership has ended.
    if (view.genesis.finality === 'F0') return seatOf(view, this.machine(0).signer.device) !== undefined;
    const total = view.witnesses.rows.reduce((sum, [, weight]) => sum + weight, 0);
    const voting = this.honest().filter(({ program }) => program?.isRestored === false);
    const up = voting.reduce((sum, { signer }) => sum + weightIn(view.witnesses, signer.device), 0);
    return up >= Math.floor((total + Math.floor((total - 1) / 3)) / 2) + 1;
  }

  private unsettled(): string {
    const rows = this.machines.map(
      ({ index, view, program }) =>
        `${index}: height ${view?.tip.height} waiting ${view === undefined ? '?' : this.waiting(view).length} ${program?.standing().kind}`,
    );
    return `after healing not everything is final: ${rows.join('; ')}`;
  }

  /** A step's own chance. */
  diceOf(step: Step): Dice {
    return new Dice(step.chance);
  }
}
