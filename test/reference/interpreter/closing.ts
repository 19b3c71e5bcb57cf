// How a vote ends: at its close, early, by an extension later, or after its tie (S40, S127, S128, decision 0054).
import { isDecided, isQuorate, quorumsOf, resultNow, saidIn } from '../tally/motion.ts';
import { weighed } from './delegated.ts';
import { electionResult, openingResult } from './elections.ts';
import { awaitsRecusal } from './recusals.ts';
import { rollFor } from './rosters.ts';
import { advanceTie, settle } from './ties.ts';
import { extendedMs, heldMs, noteStanding } from './vote-clock.ts';
import { endMs, isElection } from './votes.ts';
import type { Case, OpenVote, Roll, World } from './world.ts';

/** Decision 0054: what stands is judged at each ballot. */
export function noteBallot(world: World, subject: Case, open: OpenVote): void {
  if (open.vote.extends.length === 0 && open.vote.holdsFor === undefined) return;
  const now = rollFor(world, subject);
  const said = saidIn(subject, open, now);
  const result = provisional(world, subject, open, now);
  const quorate = quorumsOf(open).every((quorum) => isQuorate(subject, weighed(subject, open, now), said, quorum));
  noteStanding(open, { nowMs: world.nowMs, result: result.text, passes: isPass(open, result.text), quorate });
}

/** What the count would say now; the winners are part of it, and the case keeps those it has. */
function provisional(world: World, subject: Case, open: OpenVote, now: Roll): { readonly text: string } {
  if (!isElection(open.vote)) return { text: resultNow(subject, open, now) };
  const trial = { ...subject };
  const result = electionResult(world, trial, open, now);
  return { text: result === 'elected' || result === 'won' ? `${result} ${trial.winners.toSorted().join()}` : result };
}

/** A result that a line of `passes` or an election gives. */
export function isPass({ vote }: OpenVote, result: string): boolean {
  return /^(elected|won)\b/.test(result) || vote.passes.some((line) => line.result === result);
}

/** Ends a vote whose time has come. */
export function closeVote(world: World, subject: Case, open: OpenVote): void {
  if (open.phase !== 'open') {
    advanceTie(world, subject, open);
    return;
  }
  const atOnce = openingResult(subject, open);
  if (atOnce !== undefined) {
    open.phase = 'closed';
    open.result = atOnce;
    return;
  }
  const now = rollFor(world, subject);
  const held = heldMs(open, (result) => isPass(open, result));
  const isHeld = held !== undefined && world.nowMs >= held;
  if (!isHeld && !closesEarly(subject, open, now) && world.nowMs < endMs(open)) return;
  const before = subject.winners;
  const counted = isElection(open.vote) ? electionResult(world, subject, open, now) : resultNow(subject, open, now);
  // S40: what has not held long enough at the close fails.
  const result = open.vote.holdsFor !== undefined && !isHeld && (counted === 'tie' || isPass(open, counted)) ? 'failed' : counted;
  const extended = isHeld || world.nowMs < endMs(open) ? undefined : extendedMs(open, result);
  if (extended !== undefined) {
    open.closeMs = extended.closeMs;
    open.extensions[extended.line] = (open.extensions[extended.line] ?? 0) + 1;
    // What stands when a close moves is no result yet.
    subject.winners = before;
    return;
  }
  if (result === 'tie') {
    settle(world, subject, open);
    return;
  }
  if (result !== counted) subject.winners = [];
  open.phase = 'closed';
  open.result = result;
}

/** S127; a vote with `holds for` has its own end. */
export function closesEarly(subject: Case, open: OpenVote, now: Roll): boolean {
  return open.vote.closesEarly !== undefined && open.vote.holdsFor === undefined && !awaitsRecusal(subject, open) && isDecided(subject, open, now);
}
