// What rests while a case is open: suspended roles, processes that reach no outcome, a decision that is held (S100, S120). What follows for the cases
// that wait is decided where they would go on.
import type { CharterHeld } from './bylaws-terms.ts';
import type { CharterProcess } from './bylaws.ts';
import { holdAmount } from './account.ts';
import type { CaseRecord } from './case.ts';
import { charterOfCase, processOf, readCase, theCase } from './case.ts';
import type { Draft } from './draft.ts';
import { changeOf } from './gate.ts';
import { grantsOf, peopleNamed } from './granted.ts';
import type { State } from './state.ts';
import { entriesUnder, eraseEntry, firstKeyUnder, readEntry, writeEntry } from './state.ts';
import type { Removal } from './verdict.ts';
import { keepBefore } from './was.ts';

type Changing = Pick<Draft, 'state'>;

function suspend(draft: Changing, role: string, member: string, by: CaseRecord): readonly Removal[] {
  const key = `suspended/${role}/${member}/${by.id}`;
  draft.state = writeEntry(keepBefore(draft.state, member, key), key, {});
  return [{ member, power: { role } }];
}

/** Holds processes, or the decision a case is about, until the case ends; what it takes from people at once is returned. Source: language.md S120 */
export function holdFor(draft: Changing, record: CaseRecord, held: CharterHeld): readonly Removal[] {
  if (held.kind === 'processes') {
    for (const name of held.processes) draft.state = writeEntry(draft.state, `held/${name}/${record.id}`, {});
    return [];
  }
  const decision = record.decision === undefined ? undefined : readCase(draft.state, record.decision);
  const key = `rests/${record.decision ?? ''}/${record.id}`;
  if (decision === undefined || readEntry(draft.state, key) !== undefined) return [];
  draft.state = writeEntry(draft.state, key, {});
  const process = processOf(charterOfCase(draft.state, decision), decision);
  return (
    grantsOf(decision, process)
      // A grant that was refused, or that another one has followed, gave nothing that could rest.
      .filter(({ role, member }) => readEntry(draft.state, `role/${role}/${member}`)?.['by'] === decision.id)
      .flatMap(({ role, member }) => suspend(draft, role, member, record))
  );
}

/** Puts to rest what a process says rests while its cases are open, from the start of the case on; what it takes from people is returned. */
export function suspendWhileOpen(draft: Changing, process: CharterProcess, record: CaseRecord): readonly Removal[] {
  const removals: Removal[] = [];
  for (const clause of process.whileOpen) {
    if (clause.kind === 'hold-amount') draft.state = holdAmount(draft.state, clause.account, record);
    if (clause.kind === 'hold') removals.push(...holdFor(draft, record, clause.held));
    if (clause.kind !== 'suspend') continue;
    // It rests for whoever is named, also for somebody whose role rests already because of another case, or who gains it meanwhile.
    for (const member of peopleNamed(record, clause.of)) removals.push(...suspend(draft, clause.role, member, record));
  }
  return removals;
}

/** Ends what a case suspended or held. */
export function resumeAfter(state: State, process: CharterProcess, record: CaseRecord): State {
  const holds = process.stages.some((stage) => stage.kind === 'step' && stage.holds.length > 0);
  if (process.whileOpen.length === 0 && !holds) return state;
  let next = state;
  for (const prefix of ['suspended/', 'held/', 'held-amount/', 'rests/']) {
    for (const [key] of entriesUnder(state, prefix))
      if (key.endsWith(`/${record.id}`)) next = eraseEntry(prefix === 'suspended/' ? keepBefore(next, key.split('/')[2] ?? '', key) : next, key);
  }
  return next;
}

function holdersUnder(state: State, prefix: string): readonly CaseRecord[] {
  return entriesUnder(state, prefix).flatMap(([key]) => readCase(state, key.slice(prefix.length)) ?? []);
}

/**
 * The case that keeps another one from its outcome; undefined where none does. A case holds itself back never, and of cases that wait for one
 * another the first goes on, so that no circle waits for ever.
 */
export function heldBy(state: State, record: CaseRecord): CaseRecord | undefined {
  return holdersUnder(state, `held/${record.process}/`).find(
    (holder) => holder.id !== record.id && !(holder.phase === 'held' && holder.number > record.number),
  );
}

/** True while an open case holds the decision of a case: what has not happened of it waits (S120). */
export function isDecisionHeld(state: State, id: string): boolean {
  return firstKeyUnder(state, `rests/${id}/`) !== undefined;
}

/** The case because of which a merge waits: its own decision rests, or a decision that merged one of its paths does. */
export function mergeHeldBy(state: State, record: CaseRecord): CaseRecord | undefined {
  const [own] = holdersUnder(state, `rests/${record.id}/`);
  if (own !== undefined) return own;
  const paths = changeOf(state, record).map((entry) => entry.path);
  for (const [key] of entriesUnder(state, 'rests/')) {
    const [, decision = '', holder = ''] = key.split('/');
    const resting = theCase(state, decision);
    if (resting.merge !== 'merged' || holder === record.id) continue;
    if (changeOf(state, resting).some((entry) => paths.includes(entry.path))) return readCase(state, holder);
  }
  return undefined;
}
