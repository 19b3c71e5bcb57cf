// One `started by` line: who may start by it, with which facts, and when (S108, S122). How many people it needs is starters.ts's.
import type { Charter, CharterProcess, CharterStart, CharterStartWindow } from './bylaws.ts';
import type { CharterActor } from './bylaws-terms.ts';
import { leavesOut } from './actor.ts';
import { inOrder } from './asking.ts';
import type { CaseRecord } from './case.ts';
import { readCase } from './case.ts';
import { dueInstant } from './duration.ts';
import { meetsFacts } from './facts.ts';
import { unreachable } from './invariant.ts';
import { latestReached, peopleAbout, reachedMs } from './matter.ts';
import type { Matter } from './matter.ts';
import { holdsStill } from './roster.ts';
import type { State } from './state.ts';
import { readEntry } from './state.ts';
import type { Removal } from './verdict.ts';
import { durationText, supportText } from './wording.ts';

/** A person who wants to start a case, or to be one of several who do, with what the case is about. */
export interface StartRequest {
  readonly state: State;
  readonly charter: Charter;
  readonly process: CharterProcess;
  readonly member: string;
  readonly author: string;
  readonly candidates: readonly string[];
  readonly subjects: readonly string[];
  readonly paths: readonly string[];
  /** What a case was about before its content changes; absent for a start. */
  readonly before?: readonly string[];
  /** The decision that the author names. */
  readonly decision?: string;
  /** The declaration that the case renews (S60). */
  readonly renews?: string;
  readonly atMs: number;
  readonly without: readonly Removal[];
}

/** A `started by` line. */
export type StartLine = CharterStart & { readonly kind: 'by' };

/** The `started by` lines of a process, in source order: they are alternatives. */
export function startLines(process: CharterProcess): readonly StartLine[] {
  return process.starts.flatMap((start) => (start.kind === 'by' ? [start] : []));
}

/** Who starts a process, as its bylaws say it: `any member who joined at least 90 days ago`; empty where only the rules do. Pure. */
export function startersText(charter: Charter, process: CharterProcess): string {
  return startLines(process)
    .map(({ actor, who }) => supportText(charter, { by: actor, who }))
    .join(' or ');
}

/** The rosters an actor takes its people from. */
export function rolesOf(actor: CharterActor): readonly string[] {
  if (actor.kind !== 'count') return [actor.role];
  return actor.bound.kind === 'whole' || actor.bound.kind === 'part' ? [actor.bound.role] : [actor.bound.left.role, actor.bound.right.role];
}

function isIn(request: StartRequest, role: string): boolean {
  if (role === 'person') return readEntry(request.state, `member/${request.member}`) !== undefined;
  if (role === 'candidate') return request.candidates.includes(request.member);
  if (role === 'subject') return request.subjects.includes(request.member);
  return holdsStill(request.state, request.charter, { role, member: request.member, without: request.without });
}

/** True iff the person is one of those a line names, with its facts. Its windows are another question. */
export function isNamedBy(request: StartRequest, line: StartLine): boolean {
  const { state, charter, atMs, member, without } = request;
  const { actor } = line;
  // Whoever starts a case is one of its starters, so that here `other` leaves out those it is about (docs/decisions/0061).
  if (leavesOut(actor) && peopleAbout(request.process, request).includes(member)) return false;
  if (actor.kind === 'the' && actor.order !== undefined && inOrder(state, charter, actor.role)[0] !== member) return false;
  return rolesOf(line.actor).some((role) => isIn(request, role) && meetsFacts({ state, charter, atMs, role, without }, line.who, member));
}

function matterOf(request: StartRequest): Matter {
  return { people: peopleAbout(request.process, request), paths: request.paths };
}

/** The latest case in the same matter that reached a window's stage, and when. What a case was about before its content changed is left out (S50). */
function latestFor(request: StartRequest, path: readonly string[]): ReturnType<typeof latestReached> {
  const matter = matterOf(request);
  return latestReached(request.state, path, matter, request.before === undefined ? undefined : { ...matter, paths: request.before });
}

/** When a window's stage was reached: by the decision the author names, if it is of that process, else by the latest case in the same matter. */
function reachedFor(request: StartRequest, path: readonly string[]): { readonly atMs: number; readonly record: CaseRecord } | undefined {
  const named = request.decision === undefined ? undefined : readCase(request.state, request.decision);
  if (named === undefined || named.process !== path[0]) return latestFor(request, path);
  const atMs = reachedMs(named, path);
  return atMs === undefined ? undefined : { atMs, record: named };
}

/** The decision a case is about: the one its author names, or the one that a line's `within D of` finds (S120). */
export function decisionOf(request: StartRequest, line: StartLine): string | undefined {
  if (request.decision !== undefined) return request.decision;
  const [window] = line.windows.flatMap((one) => (one.kind === 'within' ? [one] : []));
  return window === undefined ? undefined : reachedFor(request, window.of)?.record.id;
}

/** True iff cases of a process hold or reverse a decision, so that one must be named or found (S66, S120). */
export function needsDecision(process: CharterProcess): boolean {
  const steps = process.stages.flatMap((stage) => (stage.kind === 'step' ? stage.holds : []));
  const effects = process.stages.flatMap((stage) => (stage.kind === 'outcome' ? stage.effects : []));
  const isHeld = process.whileOpen.some((clause) => clause.kind === 'hold' && clause.held.kind === 'decision');
  return isHeld || steps.some((hold) => hold.held.kind === 'decision') || effects.some((effect) => effect.kind === 'reverse');
}

/** Why a line's windows keep a start back now; undefined where all hold. They are half-open (S4). Source: language.md S122 */
export function windowProblem(request: StartRequest, line: StartLine): string | undefined {
  return line.windows.map((window) => problemOf(request, window)).find((problem) => problem !== undefined);
}

/**
 * Why a line's windows keep a case that has started from new content: what it was not about before is asked of the windows that shut, as at a start now. One that
 * opens is asked at the start alone: whoever names a decision there brings what content they like, too. Source: language.md S50, S122, docs/decisions/0205
 */
export function contentWindowProblem(request: StartRequest, line: StartLine, before: readonly string[]): string | undefined {
  const shut = line.windows.filter(({ kind }) => kind !== 'within');
  return shut.map((window) => problemOf({ ...request, before }, window)).find((problem) => problem !== undefined);
}

function problemOf(request: StartRequest, window: CharterStartWindow): string | undefined {
  const { charter, atMs } = request;
  const named = (path: readonly string[]): string => `\`${path.join('.')}\``;
  if (window.kind === 'not-between') {
    const fromMs = latestFor(request, window.from)?.atMs;
    const untilMs = latestReached(request.state, window.until, matterOf(request))?.atMs;
    const isShut = fromMs !== undefined && (untilMs === undefined || untilMs <= fromMs);
    return isShut ? `not from ${named(window.from)} until ${named(window.until)} in the same matter` : undefined;
  }
  const latestMs = reachedFor(request, window.of)?.atMs;
  const endMs = latestMs === undefined ? undefined : dueInstant(latestMs, window.duration, charter.organization.dayEnds);
  const isInside = endMs !== undefined && atMs < endMs;
  const time = durationText(window.duration);
  switch (window.kind) {
    case 'within':
      return isInside ? undefined : `only within ${time} of ${named(window.of)} in the same matter`;
    case 'not-within':
      return isInside ? `not within ${time} of ${named(window.of)} in the same matter` : undefined;
    default:
      return unreachable(window);
  }
}
