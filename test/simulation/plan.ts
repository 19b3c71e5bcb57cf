// What a run consists of: an organization and a list of steps, all from one seed. Each step carries chance of its own, so that one can be taken away
// without changing the others.
import { Dice } from '../vectors/dice.ts';

/** What can happen. `write`, `turn` and `ask` are ordinary life, most others faults and attacks. */
export type StepKind =
  | 'write'
  | 'turn'
  | 'ask'
  | 'cut'
  | 'one-way'
  | 'heal'
  | 'unplug'
  | 'crash'
  | 'crash-at-write'
  | 'restart'
  | 'skew'
  | 'jump'
  | 'equivocate'
  | 'duel'
  | 'steal'
  | 'back-date'
  | 'hostile'
  | 'lie'
  | 'accuse'
  | 'deadline'
  | 'hasty'
  | 'race'
  | 'double-spend'
  | 'election'
  | 'promotion'
  | 'rotation'
  | 'backup'
  | 'restore';

/** One step. `waitMs` passes before it; `node` and `other` are taken modulo the nodes. */
export interface Step {
  readonly kind: StepKind;
  readonly waitMs: number;
  readonly node: number;
  readonly other: number;
  readonly chance: number;
}

/** The shape of one run. */
export interface Plan {
  readonly seed: number;
  readonly engine: 0 | 1;
  readonly nodesCount: number;
  readonly witnessesCount: number;
  readonly membersCount: number;
  readonly officersCount: number;
  /** Witnesses that lie, at most f. */
  readonly liarsCount: number;
  /** Members who sign two branches. */
  readonly cheatsCount: number;
  readonly windowBatches: number;
  readonly settleMs: number;
  /** The stream shows some nodes another order, or loses lines. */
  readonly isStreamFaulty: boolean;
  readonly isCryptoReal: boolean;
  readonly steps: readonly Step[];
}

const ordinary: readonly StepKind[] = ['write', 'write', 'write', 'turn', 'turn', 'turn', 'turn', 'turn', 'ask', 'ask', 'ask'];
const faults: readonly StepKind[] = [
  'cut',
  'cut',
  'one-way',
  'heal',
  'heal',
  'unplug',
  'crash',
  'crash-at-write',
  'crash-at-write',
  'restart',
  'restart',
  'skew',
  'jump',
  'equivocate',
  'duel',
  'steal',
  'back-date',
  'hostile',
  'lie',
  'lie',
  'accuse',
  'backup',
  'restore',
];

/** Several people and machines together, by engine. */
const scenes: readonly (readonly StepKind[])[] = [
  ['hasty', 'duel', 'promotion'],
  ['deadline', 'deadline', 'hasty', 'race', 'race', 'double-spend', 'double-spend', 'election', 'rotation'],
];

/** Most steps of a run; the rest of the time is for bringing everybody together again. */
const stepsMax = 90;

function pick<Value>(dice: Dice, list: readonly Value[], otherwise: Value): Value {
  return list[dice.below(list.length)] ?? otherwise;
}

/** The run of a seed. Pure. */
export function planOf(seed: number): Plan {
  const dice = new Dice(seed);
  const witnessesCount = pick(dice, [1, 1, 3, 4, 4, 4, 5, 7], 4);
  const nodesCount = Math.max(3, Math.min(9, witnessesCount + dice.below(witnessesCount === 1 ? 5 : 2)));
  const membersCount = Math.max(nodesCount, 3 + dice.below(dice.once(8) ? 18 : 8));
  const engine = dice.once(2) ? 1 : 0;
  const steps: Step[] = [];
  const stepsCount = 50 + dice.below(stepsMax - 50);
  for (let index = 0; index < stepsCount; index += 1) {
    const kind = dice.once(16) ? pick(dice, scenes[engine] ?? [], 'hasty') : dice.once(5) ? pick(dice, faults, 'heal') : pick(dice, ordinary, 'turn');
    const waitMs = dice.once(12) ? dice.below(1_800_000) : dice.below(6_000);
    steps.push({ kind, waitMs, node: dice.below(1_000), other: dice.below(1_000), chance: dice.below(1_000_000_007) });
  }
  return {
    seed,
    engine,
    nodesCount,
    witnessesCount: Math.min(witnessesCount, nodesCount),
    membersCount,
    officersCount: 2 + dice.below(3),
    liarsCount: dice.once(2) ? Math.floor((witnessesCount - 1) / 3) : 0,
    cheatsCount: dice.below(3),
    windowBatches: dice.once(10) ? 8 : 4_096,
    settleMs: pick(dice, [0, 1_000, 60_000], 0),
    isStreamFaulty: dice.once(10),
    isCryptoReal: seed % 50 === 0,
    steps,
  };
}
