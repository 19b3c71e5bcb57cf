// Whom one has to trust with the order of things: who of the witnesses can stall an organization, or show it two histories. Arithmetic and words only.
import { finalityNumbers, totalWeight, type WitnessSet } from '../../engine/index.ts';
import { counted } from '../cli/table.ts';

/** The smallest groups of witnesses that can do harm; undefined where no group can. */
export interface HarmfulGroups {
  /** So many, silent, and no checkpoint becomes final. */
  readonly stall: number | undefined;
  /** So many, signing twice, and two parts of the network may hold different histories. A lower bound: how the honest ones are divided matters too. */
  readonly fork: number | undefined;
}

/**
 * The smallest groups, counting the heaviest first: the silenced are lost already, and sign nothing that counts. Pure.
 * Source: ledger.md section 12. With a weight `heard` that still votes, two quorums share at least 2q - heard, and q are missing where more than heard - q are silent.
 */
export function harmfulGroups(set: WitnessSet): HarmfulGroups {
  const { quorum } = finalityNumbers(totalWeight(set));
  const weights = set.rows.filter(([device]) => !set.silenced.has(device)).map(([, weight]) => weight);
  const sorted = weights.toSorted((left, right) => right - left);
  const heard = sorted.reduce((sum, weight) => sum + weight, 0);
  const reaching = (weightLeast: number): number | undefined => {
    let sum = 0;
    for (const [index, weight] of sorted.entries()) {
      if (sum >= weightLeast) return index;
      sum += weight;
    }
    return sum >= weightLeast ? sorted.length : undefined;
  };
  return { stall: heard < quorum ? 0 : reaching(heard - quorum + 1), fork: heard < quorum ? undefined : reaching(Math.max(1, 2 * quorum - heard)) };
}

/** The groups in words. @param name - what a witness is called */
export function trustWords(set: WitnessSet, name: (device: string) => string): string {
  const { total, faulty, quorum } = finalityNumbers(totalWeight(set));
  const [only, ...others] = set.rows;
  if (only !== undefined && others.length === 0)
    return `${name(only[0])} alone says when things happened: silent, nothing is decided; lying, two histories are shown, and audits name who signed both`;
  const { stall, fork } = harmfulGroups(set);
  const weights = set.rows.every(([, weight]) => weight === 1) ? '' : ` of weight ${total}`;
  const head = `${counted(set.rows.length, 'witness', 'witnesses')}${weights}, ${quorum} decide, ${faulty} may lie`;
  if (stall === 0) return `${head}: too few are left to decide anything`;
  const byFork =
    fork === undefined ? 'none can show two histories' : `it takes ${fork === 1 ? 'one that signs' : `${fork} that sign`} twice to show two histories`;
  return `${head}: ${stall === 1 ? 'one that is silent stalls' : `${stall} that are silent stall`} all, ${byFork}; none can decide for members`;
}
