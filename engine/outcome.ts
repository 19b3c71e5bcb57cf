// Outcomes and what follows from them: grants, removals, the wait for the merge, the end of a case (S25, S52, S136, S137). Merging itself is merging.ts.
import { payAmount } from './account.ts';
import { seatsOf } from './actor.ts';
import type { Award } from './award.ts';
import { awardsFor, makeAward } from './award.ts';
import type { Charter, CharterRole } from './bylaws.ts';
import type { CharterEffect, CharterOutcome } from './bylaws-stages.ts';
import type { CaseRecord } from './case.ts';
import { charterInForce, charterOfCase, currentOf, processOf, reaching, readCase, stageOf, writeCase, writeCurrent } from './case.ts';
import type { ComingSeat } from './coming-seat.ts';
import { comingSeats, forgetSeat, givenBy, goesOn, isFree, keepSeat, seatFor, staySeated } from './coming-seat.ts';
import { certificateProblem, forgetOffices, giveCertificate, takeCertificate } from './certificate.ts';
import { ownOption } from './choices.ts';
import { dueInstant } from './duration.ts';
import { oweDuties } from './duty.ts';
import type { Closing, PendingGrant } from './ending.ts';
import { endCase, notice, noteReached, startMark, untimed } from './ending.ts';
import { meetsFacts } from './facts.ts';
import type { GrantEffect } from './granted.ts';
import { effectCause, grantEffectsOf, peopleGranted, peopleNamed, thingNamed } from './granted.ts';
import { certificateKey, certificateOf } from './held.ts';
import { entryAt } from './invariant.ts';
import { noteRatification } from './ratify.ts';
import { reverseDecision } from './reverse.ts';
import { endOver, endRole, enterRole, isLastWay, leaveRole } from './role-change.ts';
import { holdersOf, holdingsOf, holds, isOpenRole, roleOf } from './roster.ts';
import { madeUnsatisfiable, unsatisfiable } from './satisfiable.ts';
import { readEntry } from './state.ts';
import { strikeFrom } from './strike.ts';
import { hasLapsed } from './sunset.ts';
import { capBroken, capsShare, useCapWaivers, waivedThrough } from './cap-remedy.ts';
import { brokenTermLimit, useWaiver } from './term-limit.ts';
import { keepForGrant, keepForRemoval } from './undo-grant.ts';
import { heldBy } from './while-open.ts';

function grantProblem(
  closing: Closing,
  charter: Charter,
  { factsMs, name, member, holders }: { readonly factsMs: number; readonly name: string; readonly member: string; readonly holders: number },
): string | undefined {
  const state = closing.draft.state;
  if (hasLapsed(state, name, closing.timeMs)) return `\`${name}\` has lapsed`;
  const certificate = charter.certificates.find((one) => one.name === name);
  if (certificate !== undefined) {
    if (closing.draft.ended.has(certificateKey(name, member))) return `\`${name}\` of \`${member}\` was revoked while the case was open`;
    return certificateProblem(state, charter, certificate, member, closing.timeMs);
  }
  const role = roleOf(charter, name);
  if (role === undefined) return `\`${name}\` is not a role`;
  if (readEntry(state, `member/${member}`) === undefined) return `\`${member}\` is not known in this organization`;
  if (closing.draft.ended.has(`role/${name}/${member}`)) return `\`${member}\` lost \`${name}\` while the case was open`;
  const most = role.held?.most;
  const sitting = holdingsOf(state, name).filter((holding) => holding.member !== member).length;
  if (most !== undefined && sitting >= most) return `every seat of \`${name}\` is held: ${sitting} of ${most}`;
  if (capBroken(state, charter, role, member, holders)) return `with \`${member}\` more people of one group would hold \`${name}\` than its cap allows`;
  const broken = brokenTermLimit(state, charter, role, member, closing.timeMs);
  if (broken !== undefined) return `\`${member}\` has served as many terms as \`${name}\` allows${broken.inARow === undefined ? '' : ' in a row'}`;
  const asked = { state, charter, atMs: closing.timeMs, joinedUntilMs: factsMs };
  const isOpen = (line: (typeof role.openTo)[number]): boolean =>
    (line.role === 'person' || holds(state, charter, line.role, member)) && meetsFacts({ ...asked, role: line.role }, line.who, member);
  return role.openTo.length === 0 || role.openTo.some(isOpen) ? undefined : `\`${member}\` is not among those \`${name}\` is open to`;
}

/** Says to people what became of an effect; an effect without a case is told to nobody. */
function tell(closing: Closing, record: CaseRecord | undefined, reason: string): void {
  if (record !== undefined) notice(closing, record, { kind: 'decided', code: 'GDO1040', reason });
}

/** The bylaws an effect is under: those of its case (S57), or those in force. */
function charterFor(closing: Closing, record: CaseRecord | undefined): Charter {
  return record === undefined ? charterInForce(closing.draft.state) : charterOfCase(closing.draft.state, record);
}

/** The people of the case whom an effect names, or the holders of the role it names. */
function peopleOfEffect(closing: Closing, charter: Charter, record: CaseRecord | undefined, name: string): readonly string[] {
  if (roleOf(charter, name) !== undefined) return holdersOf(closing.draft.state, charter, name);
  return record === undefined ? [] : peopleNamed(record, name);
}

function receivers(closing: Closing, charter: Charter, { record, effect }: PendingGrant): readonly string[] {
  if (record === undefined || roleOf(charter, effect.to) !== undefined) return peopleOfEffect(closing, charter, record, effect.to);
  return peopleGranted(effect, record, processOf(charter, record));
}

/** What an effect grants to whom. */
interface Granted {
  readonly charter: Charter;
  readonly name: string;
  readonly people: readonly string[];
  /** The seats its people waited for, which are free now; undefined where winners may have to wait for one. */
  readonly seats?: readonly ComingSeat[];
}

/** Lets a person have what an effect grants. @param holders - how many hold it once all grants of the effect are made */
function give(closing: Closing, { record, effect }: PendingGrant, { charter, name }: Granted, member: string, holders: number): void {
  const grant = {
    member,
    atMs: closing.timeMs,
    dayEnds: charter.organization.dayEnds,
    ...(effect.for === undefined ? {} : { forDuration: effect.for }),
    ...(record === undefined ? {} : { by: record.id }),
  };
  // A decision that is taken back gives back what there was before it.
  closing.draft.state = keepForGrant(closing.draft.state, charter, record, { name, member });
  const certificate = charter.certificates.find((one) => one.name === name);
  if (certificate !== undefined) closing.draft.state = giveCertificate(forgetOffices(closing.draft.state, name, member), certificate, grant);
  const role = roleOf(charter, name);
  if (role === undefined || isOpenRole(role)) return;
  closing.draft.capsTouched = true;
  const waived = waivedThrough(closing.draft.state, charter, role, member, holders);
  closing.draft.state = useWaiver(closing.draft.state, charter, role, member, closing.timeMs);
  closing.draft.state = useCapWaivers(enterRole(closing.draft.state, charter, { ...grant, role }), name, member, waived);
}

/** A grant that takes voters away can leave a vote that nobody could ever pass (S137). */
function lockProblem(closing: Closing, charter: Charter, role: CharterRole | undefined, member: string): string | undefined {
  if (role === undefined || isOpenRole(role)) return undefined;
  const { state } = closing.draft;
  const rules = charterInForce(state);
  const after = unsatisfiable(enterRole(state, charter, { role, member, atMs: closing.timeMs }), rules);
  const locked = after.length === 0 ? undefined : madeUnsatisfiable(unsatisfiable(state, rules), after);
  return locked === undefined ? undefined : `\`${locked}\` could then never be met`;
}

/** The winner of a seat ends the term of whoever sits there; a decision that is taken back gives it back (S66). */
function unseat(closing: Closing, charter: Charter, record: CaseRecord, seat: ComingSeat): void {
  const left = { role: seat.role, member: seat.after };
  closing.draft.state = keepForRemoval(closing.draft.state, charter, record, { name: left.role, member: left.member, how: 'unseated' });
  // As with every term that is over: it takes nothing that the same instant gives.
  endRole(closing.draft, charter, { ...left, atMs: closing.timeMs });
}

/** Lets a winner wait for a seat that is not free yet (S131). @returns undefined where they need not wait; why they have no seat at all, if so */
function waitForSeat(closing: Closing, { record, effect }: PendingGrant, { charter, name }: Granted, member: string): readonly string[] | undefined {
  const role = roleOf(charter, name);
  if (record === undefined || role === undefined || effect.to !== 'winners') return undefined;
  const seating = seatFor({ state: closing.draft.state, charter, process: processOf(charter, record), record }, role, member);
  if (seating.kind === 'none') return [`another winner waits for the seat of \`${member}\`, and no other comes free`];
  let waits = false;
  for (const seat of seating.kind === 'now' ? [] : seating.seats) {
    const isNow = seat.fromMs <= closing.timeMs && seat.member === member;
    // Their term is over, and only the vote about their seat ends it.
    if (isNow && seat.after !== member) unseat(closing, charter, record, seat);
    closing.draft.state = isNow ? forgetSeat(closing.draft.state, seat) : keepSeat(closing.draft.state, seat);
    waits ||= !isNow && seat.member === member;
  }
  return waits ? [] : undefined;
}

/** Seats that are free now and that one line of one outcome gives. */
interface FreeSeats {
  readonly record: CaseRecord;
  readonly effect: GrantEffect;
  readonly name: string;
  readonly seats: readonly ComingSeat[];
}

/** The seats that are free now, where nobody holds the decision (S120): those of one line of an outcome together, in the order of the elections. */
function freeSeats(closing: Closing): readonly FreeSeats[] {
  const { state } = closing.draft;
  const found = new Map<string, FreeSeats>();
  for (const seat of comingSeats(state)) {
    const record = givenBy(state, seat);
    if (record === undefined || !isFree(state, seat, closing.timeMs)) continue;
    const process = processOf(charterFor(closing, record), record);
    const effects = grantEffectsOf(record, process);
    const place = effects.findIndex((one) => thingNamed(one.what, record) === seat.role && peopleGranted(one, record, process).includes(seat.member));
    const effect = entryAt(effects, place);
    const key = effectCause(record, place);
    found.set(key, { record, effect, name: seat.role, seats: [...(found.get(key)?.seats ?? []), seat] });
  }
  return [...found.values()];
}

/** Gives winners the seats that are free by now (S131). */
function giveSeats(closing: Closing): void {
  closing.draft.state = staySeated(closing.draft.state, closing.timeMs);
  const coming = comingSeats(closing.draft.state);
  const free = freeSeats(closing);
  // All whose term is over leave before anybody who comes is judged.
  for (const { record, seats } of free)
    for (const seat of seats) if (!goesOn(closing.draft.state, seat.role, seat.after)) unseat(closing, charterFor(closing, record), record, seat);
  for (const { record, effect, name, seats } of free) {
    for (const seat of seats) closing.draft.state = forgetSeat(closing.draft.state, seat);
    giveOrTell(closing, { record, effect }, { charter: charterFor(closing, record), name, people: seats.map(({ member }) => member), seats });
  }
  // So does whoever may not go on yet.
  const charter = charterInForce(closing.draft.state);
  for (const { role, member } of coming) endOver(closing.draft, charter, { role, member, atMs: closing.timeMs });
}

/** Whoever goes on beside a winner leaves only where no other seat is empty (docs/decisions/0107). */
function makeRoom(closing: Closing, { record }: PendingGrant, { charter, name }: Granted, seat: ComingSeat): void {
  const isFull = holdingsOf(closing.draft.state, name).length >= seatsOf(charter, name);
  if (record !== undefined && isFull && seat.after !== seat.member) unseat(closing, charter, record, seat);
}

/** Applies the grants of the epoch, in the order their cases ended; one that may not be is refused and told (S137). */
export function applyGrants(closing: Closing): void {
  giveSeats(closing);
  for (const pending of closing.grants) {
    const charter = charterFor(closing, pending.record);
    const name = thingNamed(pending.effect.what, pending.record);
    giveOrTell(closing, pending, { charter, name, people: receivers(closing, charter, pending) });
  }
}

/** Grants to one after another, where so many hold it in the end: who is refused leaves the seat to the next. @returns why some may not have it */
function giveEach(closing: Closing, pending: PendingGrant, granted: Granted, holders: number): readonly string[] {
  const { charter, name, people, seats } = granted;
  return people.flatMap((member) => {
    const waiting = seats === undefined ? waitForSeat(closing, pending, granted, member) : undefined;
    if (waiting !== undefined) return waiting;
    const seat = seats?.find((one) => one.member === member);
    if (seat !== undefined) makeRoom(closing, pending, granted, seat);
    const problem =
      grantProblem(closing, charter, { factsMs: pending.record?.startedMs ?? closing.timeMs, name, member, holders }) ??
      lockProblem(closing, charter, roleOf(charter, name), member);
    if (problem === undefined) give(closing, pending, granted, member, holders);
    // Whoever may not go on in their own seat loses it like anybody else whose term is over, and is none of those who hold the role in the end.
    else if (seat !== undefined) endOver(closing.draft, charterInForce(closing.draft.state), { role: name, member, atMs: closing.timeMs });
    return problem ?? [];
  });
}

function giveOrTell(closing: Closing, pending: PendingGrant, granted: Granted): void {
  const { charter, name, people } = granted;
  const role = roleOf(charter, name);
  const before = closing.draft.state;
  let holders = new Set([...holdingsOf(before, name).map((holding) => holding.member), ...people]).size;
  let problems = giveEach(closing, pending, granted, holders);
  // A cap may be a share of those who hold the role in the end: whoever was refused is none of them. They are fewer each time, so this ends.
  while (role !== undefined && capsShare(charter, role) && holdingsOf(closing.draft.state, name).length < holders) {
    holders = holdingsOf(closing.draft.state, name).length;
    closing.draft.state = before;
    problems = giveEach(closing, pending, granted, holders);
  }
  for (const problem of problems) tell(closing, pending.record, `Not granted: ${problem}`);
}

function applyRemoval(closing: Closing, record: CaseRecord | undefined, effect: CharterEffect & { readonly kind: 'remove' }): void {
  const charter = charterFor(closing, record);
  const name = thingNamed(effect.what, record);
  const role = roleOf(charter, name);
  for (const member of peopleOfEffect(closing, charter, record, effect.from)) {
    if (role !== undefined && isLastWay(closing.draft.state, role, member)) {
      tell(closing, record, `Not removed: nobody else could ever hold \`${name}\``);
      continue;
    }
    // A decision that is taken back gives what it took back as it was (S66).
    if (record !== undefined) closing.draft.state = keepForRemoval(closing.draft.state, charter, record, { name, member, how: 'removed' });
    if (role === undefined) {
      // As with a role: whoever held it is given none in the same epoch, and taking nothing takes nothing.
      if (certificateOf(closing.draft.state, name, member, closing.timeMs) !== undefined) closing.draft.ended.add(certificateKey(name, member));
      closing.draft.state = takeCertificate(closing.draft.state, name, member);
    } else leaveRole(closing.draft, charter, { role: name, member, atMs: closing.timeMs });
  }
}

function applyAward(closing: Closing, record: CaseRecord | undefined, effect: CharterEffect & { readonly kind: 'award' }, cause: string): void {
  const charter = charterFor(closing, record);
  const points = charter.points.find((one) => one.name === effect.points);
  if (points === undefined) return;
  for (const to of peopleOfEffect(closing, charter, record, effect.to))
    award(closing, record, { points, amount: effect.amount, to, cause, place: `award-${to}`, author: record?.author ?? '' });
}

function award(closing: Closing, record: CaseRecord | undefined, made: Award): void {
  const state = makeAward(closing.draft.state, made, closing.timeMs);
  if (typeof state === 'string') tell(closing, record, `Not awarded: ${state}`);
  else closing.draft.state = state;
}

/** Pays before the case lets go of what it held; the hold of the case itself is not counted (S62). */
function applyPayment(closing: Closing, record: CaseRecord, account: string): void {
  const state = payAmount(closing.draft.state, charterFor(closing, record), account, record, closing.timeMs);
  if (typeof state === 'string') notice(closing, record, { kind: 'decided', code: 'GDO1054', reason: `Not paid: ${state}` });
  else closing.draft.state = state;
}

/** Lets one effect happen that is no merge and is about no other case. @param cause - what an award is known by */
export function applyEffect(closing: Closing, record: CaseRecord | undefined, effect: CharterEffect, cause: string): void {
  if (effect.kind === 'grant') closing.grants.push({ record, effect });
  if (effect.kind === 'remove') applyRemoval(closing, record, effect);
  if (effect.kind === 'award') applyAward(closing, record, effect, cause);
  if (effect.kind === 'pay' && record !== undefined) applyPayment(closing, record, effect.account);
}

/** Takes back the decision that a case is about; one that is gone, or was taken back before, changes nothing. */
function reverse(closing: Closing, record: CaseRecord): void {
  const target = record.decision === undefined ? undefined : readCase(closing.draft.state, record.decision);
  if (target !== undefined)
    reverseDecision(closing, target, { kind: 'case', process: record.process }, `case ${record.number} of \`${record.process}\` reversed it`);
}

/** Lets the effects of an outcome happen, but for the merge. */
export function applyEffects(closing: Closing, record: CaseRecord, outcome: CharterOutcome): void {
  outcome.effects.forEach((effect, place) => {
    applyEffect(closing, record, effect, effectCause(record, place));
    if (effect.kind === 'start') closing.reached.push({ record, stage: startMark, starts: [effect.process] });
    if (effect.kind === 'reverse') reverse(closing, record);
    if (effect.kind === 'strike') strikeFrom(closing, effect.from, peopleNamed(record, effect.who));
  });
  noteRatification(closing, record, outcome);
}

/** A case has reached a stage or an outcome: what starts with it, which duties follow, which points are earned. */
export function reachStage(closing: Closing, record: CaseRecord, stage: string): void {
  const charter = charterFor(closing, record);
  closing.draft.state = oweDuties(closing.draft.state, charter, record, stage, closing.timeMs);
  noteReached(closing, record, stage);
  for (const earned of awardsFor(closing.draft.state, charter, record, stage)) award(closing, record, earned);
}

/** True where another option than the case's own content has won: its files are not what was decided (S121). */
function hasOtherContent(closing: Closing, record: CaseRecord): boolean {
  const process = processOf(charterOfCase(closing.draft.state, record), record);
  const isAmongOptions = process.stages.some((stage) => stage.kind === 'vote' && stage.choices.kind === 'options');
  return isAmongOptions && record.winners.length > 0 && !record.winners.includes(ownOption);
}

/** Decides a case by an outcome: its effects happen, or it waits for its merge. */
export function decide(closing: Closing, record: CaseRecord, outcome: CharterOutcome): void {
  const merge = outcome.effects.find((effect) => effect.kind === 'accept-merge');
  const { secondCall: _secondCall, awaits: _awaits, ...rest } = untimed(record);
  const clean: CaseRecord = { ...reaching(rest, outcome.name, closing.timeMs), outcome: outcome.name, accepted: outcome.accepts, votes: [] };
  reachStage(closing, clean, outcome.name);
  if (merge === undefined || record.change === undefined || hasOtherContent(closing, record)) {
    const ended = endCase(closing, clean);
    notice(closing, ended, {
      kind: 'decided',
      reason: `\`${record.process}\` reached \`${outcome.name}\``,
      ...(record.result === undefined ? {} : { result: record.result }),
    });
    applyEffects(closing, ended, outcome);
    return;
  }
  const current = currentOf(closing.draft.state);
  const charter = charterOfCase(closing.draft.state, record);
  const waiting: CaseRecord = { ...clean, phase: 'merging', merge: 'waiting', acceptance: current.acceptances + 1 };
  const dueMs = merge.within === undefined ? undefined : dueInstant(closing.timeMs, merge.within, charter.organization.dayEnds);
  closing.draft.state = writeCurrent(writeCase(closing.draft.state, dueMs === undefined ? waiting : { ...waiting, dueMs }), {
    ...current,
    acceptances: current.acceptances + 1,
  });
  notice(closing, waiting, {
    kind: 'decided',
    reason: `\`${record.process}\` reached \`${outcome.name}\`: the change may be merged`,
    ...(record.result === undefined ? {} : { result: record.result }),
  });
}

/** Keeps a case before its outcome until another case, which holds its process, has ended (S120). */
function waitHeld(closing: Closing, record: CaseRecord, name: string, holder: CaseRecord): void {
  const reason = `\`${name}\` waits: case ${holder.number} holds \`${record.process}\``;
  if (record.phase === 'held' && record.awaits === name && record.dueMs === undefined) return;
  closing.draft.state = writeCase(closing.draft.state, { ...untimed(record), phase: 'held', awaits: name, votes: [] });
  notice(closing, record, { kind: 'waiting', reason });
}

/** Sends a case to a stage: an outcome happens now, any other stage opens with this checkpoint. */
export function enterStage(closing: Closing, record: CaseRecord, name: string): void {
  const process = processOf(charterOfCase(closing.draft.state, record), record);
  const stage = stageOf(process, name);
  if (stage.kind === 'outcome') {
    const holder = heldBy(closing.draft.state, record);
    if (holder !== undefined) {
      waitHeld(closing, record, name, holder);
      return;
    }
    decide(closing, { ...record, stage: name }, stage);
    return;
  }
  const { secondCall: _secondCall, meetingMs: _meetingMs, ...rest } = untimed(record);
  closing.draft.state = writeCase(closing.draft.state, { ...rest, phase: 'opening', stage: name, votes: [] });
  closing.openings.push(record.id);
}
