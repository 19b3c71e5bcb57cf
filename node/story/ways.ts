// Every way through a chapter: each order of its steps, and each order that was cut once. A cut is a power failure between two steps or at any write inside one,
// after which the others go on in whatever order. States that two ways share are looked at once, so all ways cost as much as their states.
import { PowerLoss, type Disk } from './disk.ts';

/** The disks of everybody in the chapter, by name. */
export type Disks = ReadonlyMap<string, Disk>;

/** One step: what it touches, and what it does there. It may be done again after it was cut. */
export interface Step {
  readonly name: string;
  readonly touches: readonly string[];
  readonly play: (disks: Disks) => Promise<void>;
}

/** Steps of several that go on at the same time: within one row the order stays. A phase is over when all its rows are. */
export type Phase = readonly (readonly Step[])[];

/** What all ways came to. */
export interface Ways {
  /** Orders in which nothing was cut. */
  readonly orders: bigint;
  /** Orders that were cut once, and went on. */
  readonly cut: bigint;
  /** Different places of a cut inside a step: one for each write of each step as it was met. */
  readonly places: number;
  readonly states: number;
  /** What `ends` says of the last states, without repetition. */
  readonly ends: readonly string[];
}

interface Reached {
  readonly at: readonly (readonly number[])[];
  readonly disks: Disks;
  orders: bigint;
  cut: bigint;
}

interface Outcomes {
  readonly whole: Disks;
  readonly torn: readonly Disks[];
}

/** Far more states than a chapter has: a step that never comes to the same would run on without it. */
const statesMax = 100_000;

/** Plays every way. @param ends - what a last state comes to */
export async function everyWay(begin: Disks, phases: readonly Phase[], ends: (disks: Disks) => Promise<string>): Promise<Ways> {
  const known = new Map<string, Outcomes>();
  const start: Reached = { at: phases.map((phase) => phase.map(() => 0)), disks: begin, orders: 1n, cut: 0n };
  let level = new Map([[keyOf(start), start]]);
  let states = 0;
  for (;;) {
    for (const reached of level.values()) {
      const steps = nextSteps(phases, reached.at);
      if (reached.orders === 0n || steps.length === 0) continue;
      for (const { step } of steps) {
        const { torn } = await outcomes(step, reached.disks, known);
        // The step is still to be done: what was written of it is there.
        for (const disks of torn) arrive(level, { at: reached.at, disks, orders: 0n, cut: reached.orders });
      }
      if (reached !== start) reached.cut += reached.orders;
    }
    states += level.size;
    if (states > statesMax) throw new Error('the chapter does not come to an end');
    const next = new Map<string, Reached>();
    for (const { at, disks, orders, cut } of level.values()) {
      for (const { step, phase, row } of nextSteps(phases, at)) {
        const { whole } = await outcomes(step, disks, known);
        arrive(next, { at: at.map((rows, p) => rows.map((done, r) => (p === phase && r === row ? done + 1 : done))), disks: whole, orders, cut });
      }
    }
    if (next.size === 0) break;
    level = next;
  }
  const last = [...level.values()];
  const places = [...known.values()].reduce((sum, { torn }) => sum + torn.length, 0);
  return {
    orders: last.reduce((sum, { orders }) => sum + orders, 0n),
    cut: last.reduce((sum, { cut }) => sum + cut, 0n),
    places,
    states,
    ends: [...new Set(await Promise.all(last.map(({ disks }) => ends(disks))))],
  };
}

/** The steps that can be next: of the first phase that is not over, the first of each row that is not done. */
function nextSteps(phases: readonly Phase[], at: Reached['at']): readonly { readonly step: Step; readonly phase: number; readonly row: number }[] {
  for (const [phase, rows] of phases.entries()) {
    const open = rows.flatMap((steps, row) => {
      const step = steps[at[phase]?.[row] ?? 0];
      return step === undefined ? [] : [{ step, phase, row }];
    });
    if (open.length > 0) return open;
  }
  return [];
}

function arrive(level: Map<string, Reached>, reached: Reached): void {
  const key = keyOf(reached);
  const here = level.get(key);
  if (here === undefined) level.set(key, reached);
  else {
    here.orders += reached.orders;
    here.cut += reached.cut;
  }
}

function keyOf({ at, disks }: Pick<Reached, 'at' | 'disks'>): string {
  return JSON.stringify([at, [...disks].map(([name, disk]) => [name, disk.fingerprint()])]);
}

/** Does a step once, and once for each write of it with the power failing there. */
async function outcomes(step: Step, disks: Disks, known: Map<string, Outcomes>): Promise<Outcomes> {
  const key = JSON.stringify([step.name, step.touches.map((name) => disks.get(name)?.fingerprint())]);
  let done = known.get(key);
  if (done === undefined) {
    const whole = copied(step, disks);
    await step.play(whole);
    const torn: Disks[] = [];
    for (const name of step.touches) {
      const writes = whole.get(name)?.writes ?? 0;
      for (let write = 0; write < writes; write += 1) torn.push(await playTorn(step, disks, { name, write }));
    }
    done = { whole, torn };
    known.set(key, done);
  }
  const placed = (touched: Disks): Disks => new Map([...disks].map(([name, disk]) => [name, touched.get(name) ?? disk]));
  return { whole: placed(done.whole), torn: done.torn.map(placed) };
}

function copied(step: Step, disks: Disks): Disks {
  return new Map(step.touches.flatMap((name) => [...disks].filter(([one]) => one === name).map(([, disk]) => [name, disk.backup()] as const)));
}

/** @param cut - whose power fails, and how many writes come before that */
async function playTorn(step: Step, disks: Disks, cut: { readonly name: string; readonly write: number }): Promise<Disks> {
  const touched = copied(step, disks);
  const disk = touched.get(cut.name);
  disk?.failAfter(cut.write);
  try {
    await step.play(touched);
  } catch (error) {
    if (!(error instanceof PowerLoss)) throw error;
  }
  disk?.crash();
  return touched;
}
