// Forked ledgers in three partitions: whatever each of them holds, in whatever order it came and in whatever order they are merged, the same checkpoints
// give the same roots (I01). It folds what random ledgers hold; that git brings the same is the simulator's to show.
import { engineZero, foldEpoch, stateRoot, verdictsRoot, type Batch } from '../../engine/index.ts';
import { Dice } from './dice.ts';
import { randomHistory, type LedgerHistory } from './ledger-dump.ts';

/** The orders in which three partitions can be merged. */
const mergeOrders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

/** What a run of shuffled ledgers came to. */
export interface ShuffleFigures {
  readonly ledgers: number;
  /** Ledgers in which a key has signed two branches. */
  readonly forked: number;
  readonly replays: number;
  /** Batches that some partition held and another did not, over all ledgers. */
  readonly apart: number;
  /** One line for each root that differs. */
  readonly differences: readonly string[];
}

/** A batch with all that it builds on. */
function withPast(batch: Batch, byId: ReadonlyMap<string, Batch>, taken: Map<string, Batch>): void {
  const open = [batch];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (taken.has(next.id)) continue;
    taken.set(next.id, next);
    open.push(...[next.prev, ...next.deps].flatMap((parent) => byId.get(parent) ?? []));
  }
}

/** Three sets that together hold everything, each with the past of what it holds, each in an order of its own. */
function partitionsOf({ batches }: LedgerHistory, dice: Dice): readonly (readonly Batch[])[] {
  const byId = new Map(batches.map((batch) => [batch.id, batch]));
  const parts = [new Map<string, Batch>(), new Map<string, Batch>(), new Map<string, Batch>()] as const;
  for (const batch of dice.shuffled(batches)) withPast(batch, byId, dice.of(parts));
  return parts.map((part) => dice.shuffled([...part.values()]));
}

/** Replays all checkpoints over the batches in this order. @returns what differs from the checkpoints */
function replay(history: LedgerHistory, arrived: readonly Batch[]): readonly string[] {
  const differences: string[] = [];
  const final = new Set<string>();
  let { state } = history;
  for (const { statement, previous, times } of history.epochs) {
    const result = foldEpoch({
      state,
      batches: arrived.filter(({ id }) => !final.has(id)),
      receivedMs: (id) => times.get(id),
      timeMs: statement.timeMs,
      height: statement.height,
      previousCheckpoint: previous,
      rules: engineZero,
      windowBatches: history.genesis.params.windowBatches,
    });
    state = result.state;
    for (const id of result.included) final.add(id);
    if (stateRoot(state) !== statement.state) differences.push(`height ${statement.height}: state`);
    if (verdictsRoot(result.verdicts) !== statement.verdicts) differences.push(`height ${statement.height}: verdicts`);
    if (JSON.stringify(result.heads) !== JSON.stringify(statement.heads)) differences.push(`height ${statement.height}: heads`);
  }
  return differences;
}

function isForked({ batches }: LedgerHistory): boolean {
  return new Set(batches.map(({ device, seq }) => `${device} ${seq}`)).size < batches.length;
}

/** Makes ledgers from seeds, cuts each in three, and merges the parts in all six orders. */
export async function shuffleLedgers(options: { readonly seed: number; readonly count: number }): Promise<ShuffleFigures> {
  const differences: string[] = [];
  const sums = { ledgers: 0, forked: 0, replays: 0, apart: 0 };
  for (let seed = options.seed; seed < options.seed + options.count; seed += 1) {
    const history = await randomHistory(seed);
    const parts = partitionsOf(history, new Dice(seed));
    sums.ledgers += 1;
    sums.forked += isForked(history) ? 1 : 0;
    sums.apart += history.batches.filter((batch) => parts.some((part) => !part.includes(batch))).length;
    for (const order of mergeOrders) {
      // What came first stands first: a merge adds what was not there.
      const merged = new Set(order.flatMap((index) => parts[index] ?? []));
      sums.replays += 1;
      differences.push(...replay(history, [...merged]).map((what) => `seed ${seed}, merged ${order.join('')}: ${what}`));
    }
  }
  return { ...sums, differences };
}

/** Prints what a run came to. @returns the exit code */
export async function printShuffles(options: { readonly seed: number; readonly count: number }, print: (line: string) => void): Promise<number> {
  const { ledgers, forked, replays, apart, differences } = await shuffleLedgers(options);
  for (const line of differences) print(line);
  print(`${ledgers} ledgers, ${forked} with a forked key, ${apart} batches not everywhere; ${replays} merges, ${differences.length} differences`);
  return differences.length === 0 && forked > 0 ? 0 : 1;
}
