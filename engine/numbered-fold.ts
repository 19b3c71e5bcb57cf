// The fold under the engine number that a state names: what every node of an organization computes. The numbers themselves are step.ts's and engine-zero.ts's.
import { engineZero } from './engine-zero.ts';
import type { EpochInput, EpochResult } from './fold.ts';
import { foldEpoch } from './fold.ts';
import { engines } from './step.ts';

/** Folds one epoch under an engine number; undefined for one that this version does not know (GDO4010). Pure. */
export function foldNumbered(number: number, input: Omit<EpochInput<never>, 'rules'>): EpochResult | undefined {
  if (number === engineZero.number) return foldEpoch({ ...input, rules: engineZero });
  const rules = engines(number);
  return rules === undefined ? undefined : foldEpoch({ ...input, rules });
}
