// The reference as a judge of epochs: events one by one, then whatever stage is due (S17, S18; ledger.md section 9). Written from the papers alone.
import type { Answer, Epoch, Founding, Judge, Signed } from '../differential/stream.ts';
import { eventIdOf } from '../differential/stream.ts';
import { actRefusal, ballotOf } from './acts.ts';
import { adopt } from './amendments.ts';
import { advance, endMerged, endUndecided, enter } from './cases.ts';
import { endUnratified, note } from './decisions.ts';
import { isHeld } from './held.ts';
import { dueMs } from './due.ts';
import { doDuty, endDuties, noteDuties } from './duties.ts';
import { answerConflict } from './edits.ts';
import { endTerms, firstHoldings, lose, takeAway } from './holding.ts';
import { endLost, headcounts, noteClosedVotes, noteVacancies, overdueProcesses } from './losses.ts';
import { mendCaps } from './limits.ts';
import { attest, mergeAll } from './merges.ts';
import { certify, deed, delegate, giveCertificates, issue, perform, report, revoke } from './office.ts';
import { applyGrants, applyOutcome } from './outcomes.ts';
import { nothingRecorded } from './records.ts';
import { firstClocks, lapse } from './lapses.ts';
import { lock, release } from './rights.ts';
import { rollNow, seated } from './rosters.ts';
import { startAfterCases, startByClocks, startByOutcome, startForSeat } from './rule-starts.ts';
import type { Open } from './rule-starts.ts';
import { giveUpSeats } from './seats.ts';
import { proposalRefusal, proposed, startedByRule } from './starts.ts';
import { stateLines } from './state-lines.ts';
import { notePast, use } from './uses.ts';
import type { Case, Event, Refusal, World } from './world.ts';
import { namesIn } from './world.ts';

/** The reference as a judge; its world can be looked at. */
export interface ReferenceJudge extends Judge {
  readonly world: World;
  readonly fork: () => ReferenceJudge;
}

/** Founds an organization in the reference. */
export function referenceJudge(founding: Founding): ReferenceJudge {
  const { charter, bylawsHash, people, holders, startMs, content } = founding;
  const world: World = {
    charter,
    written: charter,
    bylawsHash,
    content: new Map(content),
    attestations: [],
    quarantined: [],
    accepted: 0,
    adopted: 0,
    adopting: undefined,
    started: [],
    closedVotes: [],
    terms: [],
    waived: [],
    vacancies: [],
    waiting: [],
    owed: [],
    activeMs: new Map(),
    lapsed: [],
    clocks: firstClocks(charter, startMs),
    joined: new Map(people.map((person) => [person, startMs])),
    holdings: firstHoldings(charter.roles, holders, startMs),
    cases: [],
    records: nothingRecorded,
    payments: [],
    broken: new Map(),
    short: new Set(),
    ruledMs: startMs,
    reached: [],
    locks: [],
    uses: [],
    pasts: [],
    said: [],
    issuing: [],
    removed: [],
    grants: [],
    entering: [],
    nowMs: startMs,
    height: 0,
    events: 0,
    notes: new Set(),
  };
  noteDuties(world, []);
  notePast(world);
  return judgeOver(world, founding);
}

function judgeOver(world: World, founding: Founding): ReferenceJudge {
  return {
    world,
    dueMs: () => dueMs(world),
    epoch: (epoch: Epoch) => runEpoch(world, epoch, founding),
    state: () => stateLines(world),
    fork: () => judgeOver(structuredClone(world), founding),
  };
}

function runEpoch(world: World, { height, timeMs, events }: Epoch, founding: Founding): readonly Answer[] {
  world.nowMs = timeMs;
  world.height = height;
  world.removed.length = 0;
  for (const subject of world.cases) subject.moved = false;
  const before = headcounts(world);
  const answers = events.map((signed) => {
    const event = eventOf(world, signed, founding);
    const refusal = judge(world, event);
    if (refusal === undefined) noteDone(world, event);
    return refusal === undefined ? { ok: true, codes: [], reason: '' } : { ok: false, ...refusal };
  });
  // A case that is held when the epoch ends its stages is held in it.
  const held = world.cases.filter((subject) => isHeld(world, subject));
  for (const subject of world.cases) if (subject.awaits === undefined || !held.includes(subject)) advance(world, subject);
  noteClosedVotes(world);
  // What a decision has given for a time ends with the decision, where both end at one instant: everybody holds again what they held before it (S56).
  endUnratified(world);
  endTerms(world);
  endLost(world);
  endDuties(world);
  lapse(world);
  mergeAll(world, {
    merged: (subject) => {
      merged(world, subject);
    },
    conflict: answerConflict,
  });
  endMerged(world);
  applyGrants(world);
  giveCertificates(world);
  adopt(world, (subject) => {
    endUndecided(world, subject);
  });
  mendCaps(world, (person, role) => {
    lose(world, person, role);
  });
  noteVacancies(world, before);
  startAll(world);
  notePast(world);
  return answers;
}

/** Starts what the rules start; what opens may be what a case starts after, so it goes on until nothing does. */
function startAll(world: World): void {
  const open: Open = (process, about, by) => {
    enter(world, startedByRule(world, process, about, by), process.stages[0]?.name ?? '');
  };
  const byOutcomes = (): void => {
    for (const { process, by } of world.started.splice(0)) startByOutcome(world, process, by, open);
  };
  startByClocks(world, open);
  // Decision 0191: what follows from a duty comes before a vacancy, which asks whether a case is under way.
  const all = world.started.splice(0);
  for (const { process, by, isOwed } of all) if (isOwed === true) startByOutcome(world, process, by, open);
  world.started.push(...all.filter(({ isOwed }) => isOwed !== true));
  for (const seat of overdueProcesses(world)) startForSeat(world, seat, open);
  do {
    byOutcomes();
    const reached = world.reached.splice(0);
    noteDuties(world, reached);
    startAfterCases(world, reached, open);
    for (const stage of world.entering.splice(0)) stage();
  } while (world.reached.length > 0 || world.started.length > 0);
}

/** What a decision does once its change is on main. */
function merged(world: World, subject: Case): void {
  const { adopts, change } = subject;
  // As they are written: what had lapsed of them stays so.
  const before = { hash: world.bylawsHash, charter: world.written };
  if (adopts !== undefined) world.adopting = { ...adopts, by: subject };
  note(subject, { kind: 'merged', change: change ?? [], before: adopts === undefined ? undefined : before, adopted: adopts });
  const outcome = subject.process.stages.find(({ name, kind }) => name === subject.ended?.outcome && kind === 'outcome');
  if (outcome?.kind === 'outcome') applyOutcome(world, subject, outcome);
  for (const person of subject.starters) deed(world, 'accepted-merges', person);
}

function eventOf(world: World, { atMs, person, kind, case: number, body, change, adopts, decision, saysMs = 0 }: Signed, { amendment }: Founding): Event {
  world.events += 1;
  const subject = world.cases.find((one) => one.number === number);
  const next = adopts === undefined ? undefined : amendment(adopts);
  return { id: eventIdOf(world.events), atMs, person, kind, subject, body, change, adopts: next, decision, saysMs };
}

/** What was taken is a sign of life, and may be what somebody owed. */
function noteDone(world: World, { person, kind, body, subject }: Event): void {
  // What somebody does in cases and by actions; what offices say, facts and resignations are none.
  if (kind === 'propose' || kind === 'act' || kind === 'ballot' || kind === 'perform') world.activeMs.set(person, world.nowMs);
  if (kind !== 'act' && kind !== 'perform') return;
  const text = typeof body['text'] === 'string' ? body['text'] : undefined;
  doDuty(world, { person, text, verb: namesIn(body['verb'])[0] ?? '', ...(subject === undefined ? {} : { subject }) });
}

/** One event: its verdict, and what it adds to the lists. */
function judge(world: World, event: Event): Refusal {
  const { person, kind, body, subject } = event;
  if (!world.joined.has(person)) return { codes: ['GDO1040', 'GDO1015'], reason: 'nobody of this organization' };
  switch (kind) {
    case 'propose': {
      const refusal = proposalRefusal(world, event);
      if (refusal === undefined) proposed(world, event);
      return refusal;
    }
    case 'resign': {
      const [role = ''] = namesIn(body['role']);
      const declared = world.charter.roles.find(({ name }) => name === role);
      // Decision 0196: nobody is held in a role that the bylaws no longer have.
      const isLost = declared === undefined || declared.lost.some(({ kind: loss }) => loss === 'resignation');
      if (!seated(rollNow(world), role).includes(person) || !isLost)
        return { codes: ['GDO1040'], reason: 'does not hold it, or it is not lost through resignation' };
      giveUpSeats(world, person, () => {
        takeAway(world, person, role);
      });
      return undefined;
    }
    case 'act':
      return subject === undefined ? { codes: ['GDO1052'], reason: 'there is no such case' } : actRefusal(world, subject, event);
    case 'ballot':
      return subject === undefined ? { codes: ['GDO1052'], reason: 'there is no such case' } : ballotOf(world, subject, event);
    case 'attest':
      return attest(world, event);
    case 'certify':
      return certify(world, event);
    case 'issue':
      return issue(world, event);
    case 'revoke':
      return revoke(world, event);
    case 'perform':
      return perform(world, event);
    case 'delegate':
      return delegate(world, event);
    case 'lock':
      return lock(world, event);
    case 'release':
      return release(world, event);
    case 'fact':
      return body['type'] === 'right.used' ? use(world, event) : report(world, event);
    default:
      return { codes: ['GDO1040'], reason: 'this kind of event is not in the reference yet' };
  }
}
