// What a case is about, so that one case can refer to another "in the same matter", and when its stages were reached (S122). It starts nothing.
import type { CharterProcess } from './bylaws.ts';
import type { CaseRecord } from './case.ts';
import { casesOf, charterOfCase, processOf } from './case.ts';
import { changeOf } from './gate.ts';
import { namesIn } from './roster.ts';
import type { State } from './state.ts';

/** The people a case is about, or, where there are none, its paths. */
export interface Matter {
  readonly people: readonly string[];
  readonly paths: readonly string[];
}

/** True iff a process speaks of a candidate anywhere in its stages, in a limit too. */
function speaksOfCandidate({ stages }: CharterProcess): boolean {
  const limits = stages.flatMap((stage) => (stage.kind === 'step' ? stage.limits : []));
  return namesIn(stages).includes('candidate') || limits.some((limit) => limit.including === 'candidate');
}

/** The people a case is about: its subjects and candidates; where the process speaks of a candidate and none is named, its author. */
export function peopleAbout(
  process: CharterProcess,
  about: { readonly subjects: readonly string[]; readonly candidates: readonly string[]; readonly author: string },
): readonly string[] {
  const named = [...about.subjects, ...about.candidates];
  return named.length === 0 && about.author !== '' && speaksOfCandidate(process) ? [about.author] : named;
}

/** The matter of a case that is in the state. */
export function matterOf(state: State, record: CaseRecord): Matter {
  const process = processOf(charterOfCase(state, record), record);
  return { people: peopleAbout(process, record), paths: changeOf(state, record).map((entry) => entry.path) };
}

/** True iff two matters are the same: a person in common; where one has no people, a path in common. Pure. Source: language.md S122 */
export function isSameMatter(left: Matter, right: Matter): boolean {
  if (left.people.length > 0 && right.people.length > 0) return left.people.some((member) => right.people.includes(member));
  return left.paths.some((path) => right.paths.includes(path));
}

/**
 * When a case reached what a path names: a stage or an outcome, or a vote of a joint, which opens with it. A process alone is reached by the end of the
 * case. Undefined where it did not. Pure. Source: language.md S122, docs/decisions/0061
 */
export function reachedMs(record: CaseRecord, path: readonly string[]): number | undefined {
  if (path.length === 1) return record.endedMs;
  const stage = path.at(-1);
  return record.reached.find(([name]) => name === stage)?.[1];
}

/**
 * The latest case of `[process, stage]` in the same matter that reached that stage, and when; O(cases of the process).
 * @param except - cases of this matter are left out
 */
export function latestReached(
  state: State,
  path: readonly string[],
  matter: Matter,
  except: Matter = { people: [], paths: [] },
): { readonly atMs: number; readonly record: CaseRecord } | undefined {
  const [process = ''] = path;
  let latest: { readonly atMs: number; readonly record: CaseRecord } | undefined;
  for (const record of casesOf(state, process)) {
    const atMs = reachedMs(record, path);
    if (atMs === undefined || (latest !== undefined && atMs < latest.atMs)) continue;
    const own = matterOf(state, record);
    if (isSameMatter(own, matter) && !isSameMatter(own, except)) latest = { atMs, record };
  }
  return latest;
}
