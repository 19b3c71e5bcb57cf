// The outcome a case ended with: one of its process, or what a duty that nobody did made of it (S25, S65). It decides nothing.
import type { CharterEffect, CharterOutcome } from './bylaws-stages.ts';
import type { CaseRecord } from './case.ts';
import { charterOfCase, processOf, requiredCharter } from './case.ts';
import type { State } from './state.ts';

/** The implicit outcome by which a duty ends a case: `accepted` with the merge as the duty words it, or `refused` (S25). Pure. */
export function outcomeByDuty(effect: CharterEffect & { readonly kind: 'accept-merge' | 'refuse-merge' }): CharterOutcome {
  const accepts = effect.kind === 'accept-merge';
  return { kind: 'outcome', name: accepts ? 'accepted' : 'refused', accepts, effects: [effect] };
}

/** The outcome of a decided case with its effects; undefined where it has none. Pure. */
export function outcomeOf(state: State, record: CaseRecord): CharterOutcome | undefined {
  if (record.endedBy !== undefined) {
    const [bylaws, name] = record.endedBy;
    const effect = requiredCharter(state, bylaws).duties.find((duty) => duty.name === name)?.otherwise;
    // To refuse the merge changes nothing that an effect could do or take back.
    return effect?.kind === 'accept-merge' ? outcomeByDuty(effect) : undefined;
  }
  const stages = processOf(charterOfCase(state, record), record).stages;
  return stages.find((stage): stage is CharterOutcome => stage.kind === 'outcome' && stage.name === record.outcome);
}
