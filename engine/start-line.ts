// One `started by` line: who may start by it, with which facts, and when (S108, S122). How many people it needs is starters.ts's.
import type { Charter, CharterProcess, CharterStart, CharterStartWindow } from './bylaws.ts';
import type { CharterActor } from './bylaws-terms.ts';
import { dueInstant } from './duration.ts';
import { meetsFacts } from './facts.ts';
import { unreachable } from './invariant.ts';
import { latestReached, latestReachedMs, peopleAbout } from './matter.ts';
import type { Matter } from './matter.ts';
import { holdsStill } from './roster.ts';
import type { State } from './state.ts';
import { readEntry } from './state.ts';
import type { Removal } from './verdict.ts';

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
  readonly atMs: number;
  readonly without: readonly Removal[];
}

/** A `started by` line. */
export type StartLine = CharterStart & { readonly kind: 'by' };

/** The `started by` lines of a process, in source order: they are alternatives. */
export function startLines(process: CharterProcess): readonly StartLine[] {
  return process.starts.flatMap((start) => (start.kind === 'by' ? [start] : []));
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
  const { state, charter, atMs, member } = request;
  return rolesOf(line.actor).some((role) => isIn(request, role) && meetsFacts({ state, charter, atMs, role }, line.who, member));
}

function matterOf(request: StartRequest): Matter {
  return { people: peopleAbout(request.process, request), paths: request.paths };
}

/** The case of the decision that a line's `within D of` names, if it is there (S120). */
export function decisionOf(request: StartRequest, line: StartLine): string | undefined {
  const [window] = line.windows.flatMap((one) => (one.kind === 'within' ? [one] : []));
  return window === undefined ? undefined : latestReached(request.state, window.of, matterOf(request))?.record.id;
}

/** Why a line's windows keep a start back now; undefined where all hold. They are half-open (S4). Source: language.md S122 */
export function windowProblem(request: StartRequest, line: StartLine): string | undefined {
  const matter = matterOf(request);
  for (const window of line.windows) {
    const problem = problemOf(request, window, matter);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemOf(request: StartRequest, window: CharterStartWindow, matter: Matter): string | undefined {
  const { state, charter, atMs } = request;
  const named = (path: readonly string[]): string => `\`${path.join('.')}\``;
  if (window.kind === 'not-between') {
    const fromMs = latestReachedMs(state, window.from, matter);
    const untilMs = latestReachedMs(state, window.until, matter);
    const isShut = fromMs !== undefined && (untilMs === undefined || untilMs <= fromMs);
    return isShut ? `not from ${named(window.from)} until ${named(window.until)} in the same matter` : undefined;
  }
  const latestMs = latestReachedMs(state, window.of, matter);
  const endMs = latestMs === undefined ? undefined : dueInstant(latestMs, window.duration, charter.organization.dayEnds);
  const isInside = endMs !== undefined && atMs < endMs;
  const time = `${window.duration.count} ${window.duration.unit}${window.duration.count === 1 ? '' : 's'}`;
  switch (window.kind) {
    case 'within':
      return isInside ? undefined : `only within ${time} of ${named(window.of)} in the same matter`;
    case 'not-within':
      return isInside ? `not within ${time} of ${named(window.of)} in the same matter` : undefined;
    default:
      return unreachable(window);
  }
}
