// Who holds what: live holders in the state (S12, S87, S100), and rosters frozen when a stage opens (S7). It judges no facts about people.
import type { Charter, CharterRole } from './bylaws.ts';
import type { CharterStage } from './bylaws-stages.ts';
import type { CaseRecord } from './case.ts';
import type { CountInputs } from './count-inputs.ts';
import { inputsFrom, inputsJson, inputsKept } from './count-inputs.ts';
import type { JsonObject } from './canonical.ts';
import { byCodeUnit } from './canonical.ts';
import { rowsOf, textOf, textsOf } from './field.ts';
import { attributesCount } from './attributed.ts';
import type { State } from './state.ts';
import { entriesUnder, readEntry, readRow, writeEntry } from './state.ts';
import type { Removal } from './verdict.ts';

/** One person's place in a role. `order` counts the grants of the role from 0. */
export interface Holding {
  readonly member: string;
  readonly sinceMs: number;
  readonly order: number;
  readonly untilMs?: number;
  /** The last time it was granted, where that was not the first. */
  readonly fromMs?: number;
  /** The processes whose cases waived a cap for the last grant (S114). */
  readonly waivedThrough?: readonly string[];
}

/** Finds a declared role. */
export function roleOf(charter: Charter, name: string): CharterRole | undefined {
  return charter.roles.find((role) => role.name === name);
}

/** True for a role that every member of the ledger holds: held by anyone, gained through nothing (S87). */
export function isOpenRole(role: CharterRole): boolean {
  return role.held === undefined && role.gainedThrough.length === 0;
}

function holdingOf(key: string, value: JsonObject): Holding {
  const holding = { member: key.slice(key.lastIndexOf('/') + 1), sinceMs: Number(value['since']), order: Number(value['order'] ?? 0) };
  const [until, from, waived] = [value['until'], value['from'], value['waived']];
  return {
    ...holding,
    ...(typeof until === 'number' ? { untilMs: until } : {}),
    ...(typeof from === 'number' ? { fromMs: from } : {}),
    ...(waived === undefined ? {} : { waivedThrough: textsOf(waived) }),
  };
}

/** Who was granted a role, suspended holders included, ascending by member. */
export function holdingsOf(state: State, role: string): readonly Holding[] {
  return entriesUnder(state, `role/${role}/`).map(([key, value]) => holdingOf(key, value));
}

/** Everybody in the ledger, ascending. */
export function allMembers(state: State): readonly string[] {
  return entriesUnder(state, 'member/').map(([key]) => key.slice('member/'.length));
}

/** True while an open case suspends the person's role (S100). */
export function isSuspended(state: State, role: string, member: string): boolean {
  return entriesUnder(state, `suspended/${role}/${member}/`).length > 0;
}

function withoutSuspended(state: State, role: string, members: readonly string[]): readonly string[] {
  if (entriesUnder(state, `suspended/${role}/`).length === 0) return members;
  return members.filter((member) => !isSuspended(state, role, member));
}

/** The roles of the office that keeps a collaborator; none for other names. */
function keepersOf(charter: Charter, name: string): readonly string[] {
  const kept = charter.collaborators.find((one) => one.name === name)?.keptBy;
  if (kept === undefined) return [];
  if (kept.kind !== 'count') return roleOf(charter, kept.role) === undefined ? [] : [kept.role];
  const { bound } = kept;
  const [first] = bound.kind === 'whole' || bound.kind === 'part' ? [bound.role] : [bound.left.role];
  return first === undefined || roleOf(charter, first) === undefined ? [] : [first];
}

/** Who acts in a role now, ascending: its holders, or while it is vacant the first holder of the first successor role (S12). */
export function holdersOf(state: State, charter: Charter, name: string): readonly string[] {
  const role = roleOf(charter, name);
  // For a program acts the office that keeps it.
  if (role === undefined) return keepersOf(charter, name).flatMap((keeper) => (keeper === name ? [] : holdersOf(state, charter, keeper)));
  if (isOpenRole(role)) return withoutSuspended(state, name, allMembers(state));
  const holdings = holdingsOf(state, name);
  if (holdings.length > 0)
    return withoutSuspended(
      state,
      name,
      holdings.map((holding) => holding.member),
    );
  for (const successor of role.succeededBy) {
    const first = [...holdingsOf(state, successor)].sort((left, right) => left.order - right.order || byCodeUnit(left.member, right.member))[0];
    // Somebody whom a case keeps from this role does not act in it either (S100).
    if (first !== undefined) return withoutSuspended(state, name, withoutSuspended(state, successor, [first.member]));
  }
  return [];
}

/** True iff a person holds or acts in a role now. */
export function holds(state: State, charter: Charter, name: string, member: string): boolean {
  const role = roleOf(charter, name);
  if (role === undefined) return false;
  if (isOpenRole(role)) return readEntry(state, `member/${member}`) !== undefined && !isSuspended(state, name, member);
  if (readEntry(state, `role/${name}/${member}`) !== undefined) return !isSuspended(state, name, member);
  return role.succeededBy.length > 0 && holdersOf(state, charter, name).includes(member);
}

/** True iff a concurrent removal takes a role or certificate from the event that is judged (ledger.md section 9). Pure. */
export function isTaken(without: readonly Removal[], name: string): boolean {
  return without.some(({ power }) => power !== 'everything' && power.role === name);
}

/** True iff a person holds a role now and a concurrent removal has not taken it from the event that is judged (ledger.md section 9). */
export function holdsStill(
  state: State,
  charter: Charter,
  held: { readonly role: string; readonly member: string; readonly without: readonly Removal[] },
): boolean {
  return !isTaken(held.without, held.role) && holds(state, charter, held.role, held.member);
}

/** When a person's roll place in a role, or for `person` and open roles in the ledger, began. */
export function joinedMs(state: State, role: string, member: string): number | undefined {
  const since = (readEntry(state, `role/${role}/${member}`) ?? readEntry(state, `member/${member}`))?.['since'];
  return typeof since === 'number' ? since : undefined;
}

/**
 * Rosters as a stage froze them: role names ascending, members ascending; a vote adds its own roster as `electorate`. `except` are people taken out
 * of every count but a square root (S8, S110); `seats` and `vacant` are the voters' seats and the empty ones among them.
 */
export interface Frozen {
  /** The opening they belong to. */
  readonly entry: number;
  readonly roles: readonly (readonly [role: string, members: readonly string[]])[];
  readonly except: readonly string[];
  readonly seats: number;
  readonly vacant: number;
  /** The empty seats of each of the voters' roles, where there are several and a test may ask for one. */
  readonly vacancies?: readonly (readonly [role: string, count: number])[];
  /** The weight of the whole electorate, where the vote is weighted; each voter's own is an entry of its own. */
  readonly weight?: bigint;
  /** How many changes of attributes had been made: what attributes were is read by it. */
  readonly attributes: number;
  /** The same at the opening of a vote whose roster is of the start: what was delegated by then is read by it. */
  readonly opened?: number;
  /** What the vote was counted from beside all that: only where it is counted again, and the state may say otherwise by now. */
  readonly inputs?: CountInputs;
}

/** The people of one frozen roster, whoever is excepted or recused included; undefined where the opening froze none of that name. */
export function rosterIn(frozen: Frozen, name: string): readonly string[] | undefined {
  return frozen.roles.find(([role]) => role === name)?.[1];
}

/** Everybody on the roster of a vote; nobody where the rosters are not those of a vote. */
export function electorateIn(frozen: Frozen): readonly string[] {
  return rosterIn(frozen, 'electorate') ?? [];
}

const builtIn: readonly string[] = ['person', 'electorate', 'weight', 'seats', 'starters', 'author', 'candidate', 'subject', 'raiser', 'winners'];

/** True for a roster that no declaration names. */
export function isBuiltInRoster(name: string): boolean {
  return builtIn.includes(name);
}

const keysOfNames: readonly string[] = ['role', 'from', 'of', 'to', 'with'];
const keysOfLists: readonly string[] = ['roles', 'except'];

function byKey(left: readonly [string, unknown], right: readonly [string, unknown]): number {
  return byCodeUnit(left[0], right[0]);
}

/** Every roster name that a part of compiled bylaws speaks of, each once, ascending. */
export function namesIn(part: unknown): readonly string[] {
  const names = new Set<string>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(walk);
    } else if (typeof value === 'object' && value !== null) {
      // The lead of one choice over another names choices, not people.
      if ('kind' in value && value.kind === 'lead') return;
      // Whoever is struck is struck from the cases of a process.
      if ('kind' in value && value.kind === 'strike' && 'who' in value) {
        names.add(String(value.who));
        return;
      }
      for (const [key, member] of Object.entries(value).sort(byKey)) {
        if (keysOfNames.includes(key) && typeof member === 'string') names.add(member);
        else if (keysOfLists.includes(key) && Array.isArray(member)) member.forEach((name) => names.add(String(name)));
        else walk(member);
      }
    }
  };
  walk(part);
  return [...names].sort(byCodeUnit);
}

/** The declared roles whose rosters a stage reads, each once, ascending. */
export function rolesRead(charter: Charter, stage: CharterStage): readonly string[] {
  return namesIn(stage).filter((name) => roleOf(charter, name) !== undefined || charter.collaborators.some((one) => one.name === name));
}

/** Freezes the rosters of the named roles as they are now (S7). */
export function freeze(state: State, charter: Charter, names: readonly string[]): Frozen {
  const roles = names.map((name) => [name, holdersOf(state, charter, name)] as const);
  return { entry: 0, roles, except: [], seats: 0, vacant: 0, attributes: attributesCount(state) };
}

function rosterKey(id: string, entry: number): string {
  return `roster/${id}/${String(entry).padStart(4, '0')}`;
}

/** Stores the rosters of one opening. */
export function writeFrozen(state: State, record: CaseRecord, entry: number, frozen: Frozen): State {
  const { roles, except, seats, vacant, vacancies, weight, attributes, opened } = frozen;
  const more = {
    ...(vacancies === undefined ? {} : { vacancies }),
    ...(weight === undefined ? {} : { weight: String(weight) }),
    ...(attributes === 0 ? {} : { attributes }),
    ...(opened === undefined || opened === attributes ? {} : { opened }),
  };
  return writeEntry(state, rosterKey(record.id, entry), { roles, except, seats, vacant, ...more });
}

/** Reads the rosters of one opening; empty where none were stored. The same stored value gives the same object. */
export function readFrozen(state: State, id: string, entry: number): Frozen {
  return frozenOf(readRow(state, `roster/${id}/`, String(entry).padStart(4, '0')), entry);
}

function frozenOf(value: JsonObject | undefined, entry: number): Frozen {
  if (value === undefined) return noRosters;
  const known = decoded.get(value);
  if (known !== undefined) return known;
  const { roles, vacancies, weight, opened } = value;
  const inputs = inputsFrom(value['inputs']);
  const frozen: Frozen = {
    entry,
    attributes: Number(value['attributes'] ?? 0),
    ...(opened === undefined ? {} : { opened: Number(opened) }),
    ...(inputs === undefined ? {} : { inputs }),
    ...(typeof weight === 'string' ? { weight: BigInt(weight) } : {}),
    roles: rowsOf(roles).map(([role, members]) => [textOf(role), textsOf(members)] as const),
    except: textsOf(value['except']),
    seats: Number(value['seats']),
    vacant: Number(value['vacant']),
    ...(vacancies === undefined ? {} : { vacancies: rowsOf(vacancies).map(([role, count]) => [textOf(role), Number(count)] as const) }),
  };
  decoded.set(value, frozen);
  return frozen;
}

const noRosters: Frozen = { entry: 0, roles: [], except: [], seats: 0, vacant: 0, attributes: 0 };

// A stored value never changes, so what it means is worked out once: every ballot asks for the roster of its vote.
const decoded: WeakMap<JsonObject, Frozen> = new WeakMap();
const sets: WeakMap<readonly string[], ReadonlySet<string>> = new WeakMap();

/** A roster as a set, which is made once. @param people - never changed afterwards */
export function peopleSet(people: readonly string[]): ReadonlySet<string> {
  const known = sets.get(people);
  if (known !== undefined) return known;
  const made = new Set(people);
  sets.set(people, made);
  return made;
}

/** True iff a roster holds a person. O(1) after the first question about the roster. @param people - never changed afterwards */
export function includesPerson(people: readonly string[], person: string): boolean {
  return peopleSet(people).has(person);
}

function weightKey(id: string, entry: number, member: string): string {
  return `weight/${id}/${String(entry).padStart(4, '0')}/${member}`;
}

/** Stores what a voter's ballot weighs in one vote; nothing for a weight of 0. O(log n). */
export function writeWeight(state: State, at: { readonly id: string; readonly entry: number; readonly member: string }, weight: bigint): State {
  return weight === 0n ? state : writeEntry(state, weightKey(at.id, at.entry, at.member), { weight: String(weight) });
}

/** What a voter's ballot weighs in a weighted vote. O(log n). */
export function readWeight(state: State, id: string, entry: number, member: string): bigint {
  const weight = readEntry(state, weightKey(id, entry, member))?.['weight'];
  return typeof weight === 'string' ? BigInt(weight) : 0n;
}

/** The state with what a vote was counted from in its rosters, for a count that is made again. For reading alone. */
export function withInputs(state: State, id: string, entry: number): State {
  const key = rosterKey(id, entry);
  const row = readEntry(state, key);
  return row === undefined ? state : writeEntry(state, key, { ...row, inputs: inputsJson(inputsKept(state, id, entry)) });
}

/** Gives the opening of a vote the rosters and weights of the start of its case. */
export function copyFrozen(state: State, record: CaseRecord, from: number, to: number): State {
  const frozen = readFrozen(state, record.id, from);
  let next = writeFrozen(state, record, to, { ...frozen, opened: attributesCount(state) });
  if (frozen.weight === undefined) return next;
  for (const member of electorateIn(frozen)) next = writeWeight(next, { id: record.id, entry: to, member }, readWeight(state, record.id, from, member));
  return next;
}
