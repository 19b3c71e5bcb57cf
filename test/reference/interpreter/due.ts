// When something happens without an act: the next deadline of anything that is open (S18; ledger.md section 11).
import { closesEarly, isPass } from './closing.ts';
import { decisionDueMs } from './decisions.ts';
import { drawDueMs } from './draws.ts';
import { openingResult } from './elections.ts';
import { dutyDueMs } from './duties.ts';
import { lossDueMs } from './losses.ts';
import { termDueMs } from './holding.ts';
import { lapseDueMs } from './lapses.ts';
import { capDueMs } from './limits.ts';
import { meetingDueMs } from './meetings.ts';
import { mergeDueMs } from './merges.ts';
import { rollFor } from './rosters.ts';
import { ruleDueMs } from './rule-starts.ts';
import { seatDueMs } from './seats.ts';
import { asDraw, asMeeting, asStep } from './stages.ts';
import { stepDueMs } from './steps.ts';
import { joiningDays } from './starts.ts';
import { plus } from './time.ts';
import { heldMs } from './vote-clock.ts';
import { endMs } from './votes.ts';
import type { World } from './world.ts';
import { currentOf } from './world.ts';

/** The next instant at which something happens without an act. */
export function dueMs(world: World): number | undefined {
  const instants = world.cases.flatMap((subject) => {
    if (subject.ended !== undefined || subject.awaits !== undefined) return [];
    if (subject.sentTo !== undefined) return [world.nowMs];
    const opening = currentOf(subject);
    if (opening === undefined) return [plus(subject.proposedMs, joiningDays)];
    if (subject.again !== undefined) return [subject.again.atMs];
    const step = asStep(subject, opening);
    const now = rollFor(world, subject);
    const early = opening.votes.some((open) => open.phase === 'open' && closesEarly(subject, open, now));
    const closes = opening.votes.flatMap((open) => {
      if (open.phase === 'closed') return [];
      if (open.phase === 'lot') return [world.nowMs];
      return open.phase === 'tie' || open.phase === 'again'
        ? [open.closeMs]
        : [Math.min(endMs(open), heldMs(open, (result) => isPass(open, result)) ?? Infinity)];
    });
    const meeting = asMeeting(subject, opening);
    const over = meeting === undefined ? undefined : meetingDueMs(meeting);
    if (over !== undefined) closes.push(over);
    const draw = asDraw(subject, opening);
    if (draw !== undefined) closes.push(drawDueMs(draw));
    if (opening.votes.some((open) => open.phase === 'open' && openingResult(subject, open) !== undefined)) closes.push(world.nowMs);
    return [...(step === undefined ? [] : [stepDueMs(step, world.nowMs) ?? []].flat()), ...closes, ...(early ? [world.nowMs] : [])];
  });
  const first = Math.min(
    ...instants,
    termDueMs(world) ?? Infinity,
    seatDueMs(world),
    capDueMs(world),
    ruleDueMs(world),
    mergeDueMs(world),
    decisionDueMs(world),
    lapseDueMs(world),
    lossDueMs(world),
    dutyDueMs(world),
  );
  return first === Infinity ? undefined : first;
}
