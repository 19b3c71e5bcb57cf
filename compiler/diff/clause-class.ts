// What a difference of one clause does, by the clause: who starts, who votes, how it is counted, how long it takes, what it covers.
import type { CharterOutcome, CharterProcess, CharterRight, CharterStage, CharterStart, CharterVote } from '../../engine/index.ts';
import { minutesOf } from '../analysis/rights-table.ts';
import type { ProcessIn } from './compare-steps.ts';
import { transitionsClass } from './compare-steps.ts';
import { quorumsDirections, votesClass } from './compare-votes.ts';
import type { ChangeClass, Direction } from './direction.ts';
import { actorDirection, classOf, durationDirection, limitsDirection, opposite, together } from './direction.ts';
import { partText, samePart } from './same.ts';

const counting: readonly string[] = ['passes', 'quorums', 'tie', 'vacanciesCountAs', 'secondCall'];
const quiet: readonly string[] = ['reasonsFor', 'ballots', 'revealedWithin', 'grace'];

/** A clause of a vote. Pure. */
export function voteClauseClass(
  key: keyof CharterVote,
  before: ProcessIn & { readonly vote: CharterVote },
  after: ProcessIn & { readonly vote: CharterVote },
): ChangeClass {
  const [old, fresh] = [before.vote, after.vote];
  if (counting.includes(key)) return votesClass(before, after) ?? 'other';
  if (quiet.includes(key)) return 'other';
  switch (key) {
    case 'title':
      return 'wording';
    case 'open':
      return classOf([durationDirection(old.open, fresh.open)]) ?? 'other';
    case 'holdsFor':
      return classOf([durationDirection(old.holdsFor, fresh.holdsFor)]) ?? 'other';
    case 'closesEarly':
      return fresh.closesEarly === true ? 'easier' : 'harder';
    case 'extends':
      return fresh.extends.length > old.extends.length ? 'harder' : fresh.extends.length < old.extends.length ? 'easier' : 'other';
    case 'limits':
      return classOf([limitsDirection(old.limits, fresh.limits)]) ?? 'other';
    default:
      // Who votes, what is voted on, how ranks are counted, where it leads: somebody gains what another loses.
      return 'power';
  }
}

/** A clause of any stage but a vote. Pure. */
export function stageClauseClass(
  key: string,
  before: ProcessIn & { readonly stage: CharterStage },
  after: ProcessIn & { readonly stage: CharterStage },
): ChangeClass {
  const [old, fresh] = [before.stage, after.stage];
  if (key === 'title') return 'wording';
  if (old.kind === 'step' && fresh.kind === 'step') {
    if (key === 'transitions') return transitionsClass({ ...before, step: old }, { ...after, step: fresh });
    if (key === 'lastsAtLeast') return classOf([durationDirection(old.lastsAtLeast?.duration, fresh.lastsAtLeast?.duration)]) ?? 'other';
    if (key === 'limits') return classOf([limitsDirection(old.limits, fresh.limits)]) ?? 'other';
    if (key === 'concerns' && (old.concerns.length === 0 || fresh.concerns.length === 0)) return fresh.concerns.length === 0 ? 'easier' : 'harder';
  }
  if (old.kind === 'meeting' && fresh.kind === 'meeting') {
    if (key === 'notice') return classOf([durationDirection(old.notice, fresh.notice)]) ?? 'other';
    if (key === 'open') return classOf([opposite(durationDirection(old.open, fresh.open))]) ?? 'other';
    if (key === 'quorums') return classOf(quorumsDirections(old.quorums, fresh.quorums)) ?? 'other';
  }
  if (old.kind === 'outcome' && fresh.kind === 'outcome' && key === 'effects') return effectsClass(old, fresh);
  return 'power';
}

/** An effect that comes sooner or later is no shift; one more or one less is. */
function effectsClass(before: CharterOutcome, after: CharterOutcome): ChangeClass {
  const text = (outcome: CharterOutcome): string => partText(outcome.effects.map((effect) => ('within' in effect ? { ...effect, within: '' } : effect)));
  return text(before) === text(after) ? 'other' : 'power';
}

const processQuiet: readonly string[] = ['onEdit', 'onConflict', 'offline', 'class'];

/** A clause of a process outside of its stages. Pure. */
export function processClauseClass(key: keyof CharterProcess, before: CharterProcess, after: CharterProcess): ChangeClass {
  if (key === 'title') return 'wording';
  if (processQuiet.includes(key)) return 'other';
  if (key === 'starts') return startsClass(before.starts, after.starts);
  if (key === 'limits') return classOf([limitsDirection(before.limits, after.limits)]) ?? 'other';
  if (key === 'about' && (before.about === undefined || after.about === undefined)) return after.about === undefined ? 'easier' : 'harder';
  if (key === 'wordingOnly') return after.wordingOnly === true ? 'harder' : 'easier';
  if (key === 'spends' && before.spends?.account === after.spends?.account) {
    const [old, fresh] = [BigInt(before.spends?.upToUnits ?? '0'), BigInt(after.spends?.upToUnits ?? '0')];
    return fresh > old ? 'easier' : 'harder';
  }
  return 'power';
}

/** Starts are alternatives: one more is easier, one less harder, another one instead a shift. */
function startsClass(before: readonly CharterStart[], after: readonly CharterStart[]): ChangeClass {
  const text = (start: CharterStart): string => partText(start);
  const gone = before.filter((start) => !after.some((other) => text(other) === text(start)));
  const fresh = after.filter((start) => !before.some((other) => text(other) === text(start)));
  if (gone.length !== fresh.length) return gone.length === 0 ? 'easier' : fresh.length === 0 ? 'harder' : 'power';
  return (
    classOf(
      gone.map((start, place): Direction => {
        const other = fresh[place];
        if (start.kind !== 'by' || other?.kind !== 'by') return undefined;
        const facts: Direction = samePart(start.who, other.who) ? 0 : start.who.length === 0 ? 1 : other.who.length === 0 ? -1 : undefined;
        const windows: Direction = samePart(start.windows, other.windows) ? 0 : start.windows.length === 0 ? 1 : other.windows.length === 0 ? -1 : undefined;
        return together([actorDirection(start.actor, other.actor), facts, windows]);
      }),
    ) ?? 'other'
  );
}

/** How many minutes of the week a right opens that it did not, and the reverse; undefined where its hours did not move. Pure. */
export function hoursMoved(before: CharterRight, after: CharterRight): { readonly gained: number; readonly lost: number } | undefined {
  const always = 10_080;
  const [old, fresh] = [minutesOf(before.schedule), minutesOf(after.schedule)];
  const has = (schedule: CharterRight['schedule'], minutes: ReadonlySet<number>, minute: number): boolean => schedule.length === 0 || minutes.has(minute);
  let [gained, lost] = [0, 0];
  for (let minute = 0; minute < always; minute += 1) {
    const [then, now] = [has(before.schedule, old, minute), has(after.schedule, fresh, minute)];
    gained += now && !then ? 1 : 0;
    lost += then && !now ? 1 : 0;
  }
  return gained === 0 && lost === 0 ? undefined : { gained, lost };
}
