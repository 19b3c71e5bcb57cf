// What follows where nobody did a duty in time (S65): the effects of an outcome, about the case that the duty follows from. What is owed is duty.ts's.
import type { CharterEffect } from './bylaws-stages.ts';
import type { CaseRecord } from './case.ts';
import { currentOf, readCase } from './case.ts';
import type { DutyMissed } from './duty.ts';
import type { Closing } from './ending.ts';
import { notice } from './ending.ts';
import { peopleNamed } from './granted.ts';
import { outcomeByDuty } from './missed-outcome.ts';
import { applyEffect, decide } from './outcome.ts';
import { reverseDecision, withdrawMerge } from './reverse.ts';
import { strikeFrom } from './strike.ts';
import { heldBy } from './while-open.ts';

/** Ends the case of a duty that is still undecided, as its process would; a case that waits for its merge can only be refused it. */
function endByDuty(
  closing: Closing,
  { duty }: DutyMissed,
  record: CaseRecord,
  effect: CharterEffect & { readonly kind: 'accept-merge' | 'refuse-merge' },
): void {
  const isRefusal = effect.kind === 'refuse-merge';
  if (record.phase === 'merging' && isRefusal) withdrawMerge(closing, record, `nobody did the duty \`${duty.name}\` in time`);
  if (record.phase === 'merging' || record.phase === 'decided') return;
  const holder = heldBy(closing.draft.state, record);
  if (holder !== undefined) {
    notice(closing, record, { kind: 'waiting', reason: `the duty \`${duty.name}\` ends nothing: case ${holder.number} holds \`${record.process}\`` });
    return;
  }
  const { dueMs: _dueMs, ...rest } = record;
  decide(closing, { ...rest, endedBy: [currentOf(closing.draft.state).bylaws, duty.name] }, outcomeByDuty(effect));
}

/** Takes back the decision that the case of a duty is about, or else its own. */
function reverseByDuty(closing: Closing, { duty }: DutyMissed, record: CaseRecord): void {
  const target = record.decision === undefined ? record : readCase(closing.draft.state, record.decision);
  if (target !== undefined) reverseDecision(closing, target, { kind: 'duty' }, `nobody did the duty \`${duty.name}\` in time`);
}

/** Lets happen what follows from a missed duty; a case it starts comes with those that the rules start. */
export function applyMissed(closing: Closing, missed: DutyMissed): void {
  const { duty, effect, atMs } = missed;
  // The case may have gone on in this epoch.
  const record = missed.record === undefined ? undefined : readCase(closing.draft.state, missed.record.id);
  applyEffect(closing, record, effect, `duty-${duty.name}-${atMs}${record === undefined ? '' : `-${record.id}`}`);
  if (record === undefined) return;
  if (effect.kind === 'accept-merge' || effect.kind === 'refuse-merge') endByDuty(closing, missed, record, effect);
  if (effect.kind === 'reverse') reverseByDuty(closing, missed, record);
  if (effect.kind === 'strike') strikeFrom(closing, effect.from, peopleNamed(record, effect.who));
}
