// How many cases of a process there may be: `limit 2 cases per author per 30 days` (S62, S108). Limits of roles are term-limit.ts's.
import type { CharterProcess } from './bylaws.ts';
import type { CharterLimit } from './bylaws-terms.ts';
import type { CaseRecord } from './case.ts';
import { casesOf } from './case.ts';
import { addDuration } from './duration.ts';
import { peopleAbout } from './matter.ts';
import type { NewCase } from './start-problem.ts';
import type { State } from './state.ts';

const perPeople: readonly string[] = ['author', 'starters', 'person', 'candidate', 'subject'];

/** True iff this engine counts a limit of a process: whole cases, for people of the case or for everybody, in a window or open at once. */
export function countsCases(limit: CharterLimit): boolean {
  const isPlain = limit.inARow === undefined && limit.including === undefined && limit.otherwise === undefined && limit.waivedThrough === undefined;
  return (
    limit.counted === 'cases' && limit.amount.kind === 'count' && isPlain && limit.per.every((per) => per.kind === 'window' || perPeople.includes(per.name))
  );
}

/** The people of a case that a limit counts for; a case counts for each of its starters (S108). */
function peopleOf(process: CharterProcess, name: string, about: Pick<CaseRecord, 'starters' | 'candidates' | 'subjects' | 'author'>): readonly string[] {
  if (name === 'subject') return about.subjects;
  return name === 'candidate' ? peopleAbout(process, { ...about, subjects: [] }) : about.starters;
}

/** A case counts while each window since its start is open; without a window, while it is not decided. */
function isCounted(limit: CharterLimit, record: CaseRecord, atMs: number): boolean {
  const windows = limit.per.flatMap((per) => (per.kind === 'window' ? [per.duration] : []));
  if (windows.length === 0) return record.phase !== 'decided';
  return windows.every((duration) => atMs < addDuration(record.startedMs, duration));
}

/**
 * Why a limit of the process keeps a case from starting, or a person from being one of its starters; undefined where none does. Pure.
 * @param starters - whoever starts it now; empty where the rules do
 * @param except - the case itself, when it is there already
 */
export function caseLimitProblem(start: NewCase, starters: readonly string[], except?: string): string | undefined {
  const { state, process, atMs } = start;
  for (const limit of process.limits) {
    if (limit.amount.kind !== 'count') continue;
    const names = limit.per.flatMap((per) => (per.kind === 'each' ? [per.name] : []));
    const counted = casesCounted(state, process, limit, atMs).filter((record) => record.id !== except);
    const about = { author: starters[0] ?? '', candidates: start.candidates, subjects: start.subjects, starters };
    const groups = names.map((name) => ({ name, people: peopleOf(process, name, about) }));
    for (const choice of combinations(groups)) {
      const have = counted.filter((record) => choice.every(({ name, member }) => peopleOf(process, name, record).includes(member))).length;
      if (have < limit.amount.value) continue;
      const who = choice.map(({ name, member }) => `${name} \`${member}\``).join(' and ');
      return `\`${process.name}\` has its limit of ${limit.amount.value}${who === '' ? '' : ` for the ${who}`}`;
    }
  }
  return undefined;
}

function casesCounted(state: State, process: CharterProcess, limit: CharterLimit, atMs: number): readonly CaseRecord[] {
  return casesOf(state, process.name).filter((record) => isCounted(limit, record, atMs));
}

interface Named {
  readonly name: string;
  readonly member: string;
}

/** One person of each group, in every way; without groups the one empty way. */
function combinations(groups: readonly { readonly name: string; readonly people: readonly string[] }[]): readonly (readonly Named[])[] {
  let ways: readonly (readonly Named[])[] = [[]];
  for (const { name, people } of groups) ways = ways.flatMap((way) => people.map((member) => [...way, { name, member }]));
  return ways;
}
