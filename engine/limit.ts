// How many cases of a process there may be: `limit 2 cases per author per 30 days`, and how many starters of one group count: `limit 2 starters per
// employer` (S62, S108, S115). Limits of roles are term-limit.ts's.
import { groupOf } from './attributed.ts';
import type { Charter, CharterProcess } from './bylaws.ts';
import type { CharterLimit } from './bylaws-terms.ts';
import type { CaseRecord } from './case.ts';
import { casesOf } from './case.ts';
import { addDuration } from './duration.ts';
import { peopleAbout } from './matter.ts';
import type { NewCase } from './start-problem.ts';
import type { State } from './state.ts';
import { writeEntry } from './state.ts';
import { waivers } from './term-limit.ts';

const perPeople: readonly string[] = ['author', 'starters', 'person', 'candidate', 'subject'];

function isAttribute(charter: Charter, name: string): boolean {
  return charter.attributes.some((one) => one.name === name);
}

/**
 * True iff this engine keeps a limit of a process: whole cases, for people of the case, for one value of an attribute or for everybody, in windows, in a
 * row or open at once; or starters per value of an attribute. Nothing but a start breaks such a limit, so a remedy has nothing to do.
 */
export function limitsStarts(charter: Charter, limit: CharterLimit): boolean {
  if (limit.amount.kind !== 'count') return false;
  const names = limit.per.flatMap((per) => (per.kind === 'each' ? [per.name] : []));
  if (limit.counted === 'starters') return names.length === 1 && limit.per.length === 1 && names.every((name) => isAttribute(charter, name));
  return limit.counted === 'cases' && names.every((name) => perPeople.includes(name) || isAttribute(charter, name));
}

interface About {
  readonly author: string;
  readonly starters: readonly string[];
  readonly candidates: readonly string[];
  readonly subjects: readonly string[];
}

/** The people of a case, or the groups of its starters, that a limit counts for; a case counts for each of its starters (S108). */
function countedFor(start: Pick<NewCase, 'state' | 'process'>, name: string, about: About): readonly string[] {
  if (name === 'subject') return about.subjects;
  if (name === 'candidate') return peopleAbout(start.process, { ...about, subjects: [] });
  return perPeople.includes(name) ? about.starters : about.starters.map((member) => groupOf(start.state, name, member));
}

/** A case counts while each window since its start is open; without a window, while it is not decided. In a row every case counts. */
function isCounted(limit: CharterLimit, record: CaseRecord, atMs: number): boolean {
  const windows = limit.per.flatMap((per) => (per.kind === 'window' ? [per.duration] : []));
  if (windows.length === 0) return limit.inARow !== undefined || record.phase !== 'decided';
  return windows.every((duration) => atMs < addDuration(record.startedMs, duration));
}

interface Named {
  readonly name: string;
  readonly member: string;
}

function alreadyThere(start: NewCase, limit: CharterLimit, choice: readonly Named[], except: string | undefined): number {
  const records = casesOf(start.state, start.process.name).filter((record) => record.id !== except && isCounted(limit, record, start.atMs));
  const isFor = (record: CaseRecord): boolean => choice.every(({ name, member }) => countedFor(start, name, record).includes(member));
  if (limit.inARow === undefined) return records.filter(isFor).length;
  const last = records.findLastIndex((record) => !isFor(record));
  return records.length - 1 - last;
}

/** One person of each group, in every way; without groups the one empty way. */
function combinations(groups: readonly { readonly name: string; readonly people: readonly string[] }[]): readonly (readonly Named[])[] {
  let ways: readonly (readonly Named[])[] = [[]];
  for (const { name, people } of groups) ways = ways.flatMap((way) => people.map((member) => [...way, { name, member }]));
  return ways;
}

/** A limit on cases that a start breaks, and for whom. */
interface Broken {
  readonly limit: CharterLimit & { readonly amount: { readonly kind: 'count' } };
  readonly choice: readonly Named[];
}

function brokenBy(start: NewCase, starters: readonly string[], except: string | undefined): readonly Broken[] {
  const about = { author: starters[0] ?? '', candidates: start.candidates, subjects: start.subjects, starters };
  return start.process.limits.flatMap((limit): readonly Broken[] => {
    const { amount } = limit;
    if (limit.counted !== 'cases' || amount.kind !== 'count') return [];
    const names = limit.per.flatMap((per) => (per.kind === 'each' ? [per.name] : []));
    const ways = combinations(names.map((name) => ({ name, people: countedFor(start, name, about) })));
    const choice = ways.find((way) => alreadyThere(start, limit, way, except) >= amount.value);
    return choice === undefined ? [] : [{ limit: { ...limit, amount }, choice }];
  });
}

function waiverOf(start: NewCase, starters: readonly string[], through: string): { readonly member: string; readonly id: string } | undefined {
  for (const member of starters) {
    const [id] = waivers(start.state, start.process.name, member, through);
    if (id !== undefined) return { member, id };
  }
  return undefined;
}

/**
 * Why a limit of the process keeps a case from starting, or a person from being one of its starters; undefined where none does. Pure.
 * @param starters - whoever starts it now; empty where the rules do
 * @param except - the case itself, when it is there already
 */
export function caseLimitProblem(start: NewCase, starters: readonly string[], except?: string): string | undefined {
  const broken = brokenBy(start, starters, except).find(
    ({ limit }) => limit.waivedThrough === undefined || waiverOf(start, starters, limit.waivedThrough) === undefined,
  );
  if (broken === undefined) return undefined;
  const who = broken.choice.map(({ name, member }) => `${name} \`${perPeople.includes(name) ? member : member.slice(member.indexOf(' ') + 1)}\``).join(' and ');
  const row = broken.limit.inARow === undefined ? '' : ' in a row';
  return `\`${start.process.name}\` has its limit of ${broken.limit.amount.value}${row}${who === '' ? '' : ` for the ${who}`}`;
}

/** Uses up the waivers that a start needs: one case for each accepted case about one of its starters (S114). */
export function useCaseWaivers(start: NewCase, starters: readonly string[], except?: string): State {
  let { state } = start;
  for (const { limit } of brokenBy(start, starters, except)) {
    const waiver = limit.waivedThrough === undefined ? undefined : waiverOf({ ...start, state }, starters, limit.waivedThrough);
    if (waiver !== undefined) state = writeEntry(state, `waived/${start.process.name}/${waiver.member}/${waiver.id}`, {});
  }
  return state;
}

/** Of people who want to start a case those who count: of one value of an attribute so many as a limit allows, the candidate first if it says so (S115). */
export function startersCounted(
  state: State,
  process: CharterProcess,
  about: { readonly people: readonly string[]; readonly candidates: readonly string[] },
): readonly string[] {
  let { people } = about;
  for (const limit of process.limits) {
    const [each] = limit.per;
    if (limit.counted !== 'starters' || limit.amount.kind !== 'count' || each?.kind !== 'each') continue;
    const most = limit.amount.value;
    const counts = new Map<string, number>();
    const take = (member: string): boolean => {
      const group = groupOf(state, each.name, member);
      const count = (counts.get(group) ?? 0) + 1;
      counts.set(group, count);
      return count <= most;
    };
    if (limit.including === 'candidate') about.candidates.forEach(take);
    people = people.filter(take);
  }
  return people;
}
