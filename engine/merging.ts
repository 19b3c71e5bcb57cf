// Merges at the end of an epoch, in the order their cases were accepted: compare-and-swap, areas, what the bylaws forbid, attestations, time (S49-S55).
import type { Charter } from './bylaws.ts';
import { areaOf, areaProblem } from './area.ts';
import type { CaseRecord } from './case.ts';
import { actsOf, supportingVerbs, withdrawAll } from './acts.ts';
import {
  ballotsOf,
  charterInForce,
  charterOfCase,
  currentOf,
  jsonOf,
  processOf,
  proposedCharter,
  requiredCharter,
  stageOf,
  undecided,
  writeCase,
  writeCurrent,
} from './case.ts';
import { beginQuarantine, quarantineOf } from './attestation.ts';
import type { Candidate, MergeRequirement } from './gate.ts';
import { candidateOf, changeOf, declarationFor, requirementsOf } from './gate.ts';
import type { Closing } from './ending.ts';
import { endCase, notice, untimed } from './ending.ts';
import { applyEffects } from './outcome.ts';
import { recount } from './measure-history.ts';
import { begunAgain, goingOnAt, changeInFlight } from './in-flight.ts';
import { outcomeOf } from './missed-outcome.ts';
import { meetsQuantity } from './quantity.ts';
import { holdersOf } from './roster.ts';
import { writeEntry } from './state.ts';
import type { State } from './state.ts';
import { madeUnsatisfiable, unsatisfiable } from './satisfiable.ts';
import { noteSunsets } from './sunset.ts';
import type { RefusalCode } from './verdict.ts';
import { namesChosen } from './vote.ts';
import { mergeHeldBy } from './while-open.ts';
import { holdUnderNewBylaws } from './role-change.ts';
import { keepBylaws } from './was.ts';

/** The people who approve a case: its starters, who endorsed, approved or accepted, and who voted yes in any of its votes. */
export function approvers(state: State, record: CaseRecord): readonly string[] {
  const people = new Set(record.starters);
  for (const act of actsOf(state, record.id)) if (supportingVerbs.includes(act.verb)) people.add(act.by);
  for (let entry = 1; entry <= record.entries; entry += 1) {
    for (const ballot of ballotsOf(state, record.id, entry)) if (namesChosen(ballot.choice).includes('yes')) people.add(ballot.by);
  }
  return [...people].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
}

/** The first `forbid` line over merges that this merge would break; its title. */
function forbidden(state: State, charter: Charter, record: CaseRecord): string | undefined {
  const areas = new Set(changeOf(state, record).map((entry) => areaOf(charter, entry.path)));
  for (const property of charter.properties) {
    const claim = property.claim;
    if (property.mode !== 'forbid' || claim.kind !== 'merge' || !areas.has(claim.area)) continue;
    const people = holdersOf(state, charter, claim.role);
    const have = approvers(state, record).filter((member) => claim.role === 'person' || people.includes(member)).length;
    if (meetsQuantity(BigInt(have), claim.comparison, claim.amount, BigInt(people.length))) return property.title;
  }
  return undefined;
}

function give(closing: Closing, record: CaseRecord, merge: 'stale' | 'refused', code: RefusalCode, reason: string): void {
  const ended = endCase(closing, { ...record, merge, code, reason });
  notice(closing, ended, { kind: 'stale', code, reason });
}

function merge(closing: Closing, record: CaseRecord, candidate: Candidate & { readonly kind: 'ok' }): void {
  const adopted = record.adopts === undefined ? undefined : proposedCharter(candidate.state, record);
  closing.draft.state = candidate.state;
  if (record.adopts !== undefined && adopted !== undefined) {
    closing.draft.state = writeEntry(closing.draft.state, `bylaws/${record.adopts}`, { charter: jsonOf(adopted) });
    closing.adopted.push(record.inFlight === undefined ? { hash: record.adopts } : { hash: record.adopts, inFlight: record.inFlight });
  }
  const ended = endCase(closing, { ...record, merge: 'merged' });
  closing.merges.push({
    case: record.id,
    number: record.number,
    title: record.title,
    change: record.change ?? '',
    head: record.head ?? '',
    bylaws: record.bylaws,
    contentRoot: candidate.contentRoot,
  });
  notice(closing, ended, { kind: 'merged', reason: `\`${record.title}\` is merged` });
  const outcome = outcomeOf(closing.draft.state, ended);
  if (outcome !== undefined) applyEffects(closing, ended, outcome);
}

/** A rule that the new bylaws of a case would leave unsatisfiable, with the people there are (S137). */
function lockedBy(state: State, record: CaseRecord): string | undefined {
  const fresh = record.adopts === undefined ? undefined : proposedCharter(state, record);
  if (fresh === undefined) return undefined;
  const after = unsatisfiable(state, fresh);
  return after.length === 0 ? undefined : madeUnsatisfiable(unsatisfiable(state, charterInForce(state)), after);
}

/** A change whose paths another merge has changed follows `on conflict`; a stage that is an outcome could only decide the same again (S55). */
function conflict(closing: Closing, record: CaseRecord, path: string): void {
  const reason = `\`${path}\` is no longer what the change expects`;
  const process = processOf(charterOfCase(closing.draft.state, record), record);
  const answer = process.onConflict;
  const target = answer.kind === 'stage' ? answer.stage : process.stages[0]?.name;
  if (answer.kind === 'refuse' || target === undefined || stageOf(process, target).kind === 'outcome') return give(closing, record, 'stale', 'GDO2010', reason);
  const back = answer.kind === 'restart' ? begunAgain(record, target, closing.timeMs) : goingOnAt(record, target, closing.timeMs);
  closing.draft.state = writeCase(answer.kind === 'restart' ? withdrawAll(closing.draft.state, record.id) : closing.draft.state, back);
  return notice(closing, back, { kind: 'waiting', code: 'GDO2010', reason: `${reason}: the case goes back to \`${target}\`` });
}

/** A held merge waits; time that runs out meanwhile is judged when the hold ends (S120). */
function waitHeld(closing: Closing, record: CaseRecord, holder: CaseRecord, isOver: boolean): void {
  const reason = `waits: case ${holder.number} holds the decision`;
  if (record.reason === reason && !isOver) return;
  if (record.reason !== reason) notice(closing, record, { kind: 'waiting', reason });
  closing.draft.state = writeCase(closing.draft.state, isOver ? { ...untimed(record), overdue: true, reason } : { ...record, reason });
}

function tryMerge(closing: Closing, record: CaseRecord): void {
  const state = closing.draft.state;
  const isOver = record.overdue === true || (record.dueMs !== undefined && record.dueMs <= closing.timeMs);
  const holder = mergeHeldBy(state, record);
  if (holder !== undefined) return waitHeld(closing, record, holder, isOver);
  const charter = charterOfCase(state, record);
  const entries = changeOf(state, record);
  // An amendment is judged against the bylaws it names: another one accepted first makes it stale (ledger.md section 10).
  const inForce = closing.adopted.at(-1)?.hash ?? currentOf(state).bylaws;
  if (record.adopts !== undefined && record.bylaws !== inForce) return give(closing, record, 'stale', 'GDO1053', 'the bylaws it amends are no longer in force');
  const candidate = candidateOf(state, entries);
  if (candidate.kind === 'stale') return conflict(closing, record, candidate.path);
  const problem = areaProblem(
    charter,
    processOf(charter, record),
    entries.map((entry) => entry.path),
  );
  if (problem !== undefined) return give(closing, record, 'refused', problem.code, problem.reason);
  const broken = forbidden(state, charter, record);
  if (broken !== undefined) return give(closing, record, 'refused', 'GDO2004', `the bylaws forbid it: ${broken}`);
  const locked = lockedBy(state, record);
  if (locked !== undefined) return give(closing, record, 'refused', 'GDO2013', `\`${locked}\` could never be met by the people there are`);
  const needs = requirementsOf(state, record, candidate);
  for (const need of needs) {
    const begun = need.standing === 'disputed' ? quarantineOf(state, declarationFor(state, record, need.dapp)) : undefined;
    if (begun !== undefined) closing.quarantines.push(begun);
  }
  const rejected = needs.find((one) => one.standing === 'rejected');
  if (rejected !== undefined) return give(closing, record, 'refused', 'GDO2030', `\`${rejected.dapp}\` says reject`);
  const open = needs.find((one) => one.standing !== 'satisfied');
  if (open === undefined) return merge(closing, record, candidate);
  if (isOver) return give(closing, record, 'stale', 'GDO2032', `\`${open.dapp}\` gave no verdict in time`);
  const { code, reason } = waitsFor(open);
  if (record.reason !== reason) {
    closing.draft.state = writeCase(closing.draft.state, { ...record, code, reason });
    notice(closing, record, { kind: 'waiting', code, reason });
  }
  return undefined;
}

/** Why a requirement holds up its merge. */
function waitsFor(open: MergeRequirement): { readonly code: RefusalCode; readonly reason: string } {
  if (open.standing === 'disputed') return { code: 'GDO2031', reason: `waits for \`${open.dapp}\`: its endorsers disagree, and it is quarantined` };
  if (open.standing === 'quarantined')
    return { code: 'GDO2031', reason: `waits for \`${open.dapp}\`, which is quarantined until the bylaws or its manifest change what it is` };
  const said = `${open.attested.length} of ${open.needed} endorsers have attested`;
  if (open.needed === 0) return { code: 'GDO2033', reason: `waits for \`${open.dapp}\`: ${said}` };
  if (open.outdated.length > 0) return { code: 'GDO2020', reason: `waits for \`${open.dapp}\`, which must run again on what has changed: ${said}` };
  return { code: 'GDO2032', reason: `waits for \`${open.dapp}\`: ${said}` };
}

/** Tries every accepted case that waits for its merge, in the order of acceptance, and puts new bylaws in place last. */
export function applyMerges(closing: Closing): void {
  const waiting = undecided(closing.draft.state).filter((record) => record.phase === 'merging');
  for (const record of [...waiting].sort((left, right) => (left.acceptance ?? 0) - (right.acceptance ?? 0))) tryMerge(closing, record);
  // Only now: no merge of this epoch depends on which disagreement was seen first.
  for (const one of closing.quarantines) closing.draft.state = beginQuarantine(closing.draft.state, one);
}

/** Puts the bylaws of the last amendment in force for cases started later (S58). */
export function applyBylaws(closing: Closing): void {
  const adopted = closing.adopted.at(-1);
  if (adopted === undefined) return;
  const current = currentOf(closing.draft.state);
  closing.draft.state = keepBylaws(closing.draft.state, requiredCharter(closing.draft.state, adopted.hash));
  closing.draft.state = recount(writeCurrent(closing.draft.state, { ...current, bylaws: adopted.hash }), current.bylaws);
  closing.draft.state = holdUnderNewBylaws(closing.draft.state, requiredCharter(closing.draft.state, current.bylaws), closing.timeMs);
  closing.draft.state = noteSunsets(closing.draft.state, requiredCharter(closing.draft.state, adopted.hash), closing.timeMs);
  if (adopted.inFlight !== undefined) changeInFlight(closing, adopted.hash, adopted.inFlight);
}
