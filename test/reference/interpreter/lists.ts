// Who and what stands on a ballot: nominations and options with their sponsors (S121, decision 0052).
import type { CharterStep, CharterSupport } from '../../../engine/index.ts';
import { sharesOf } from './bounds.ts';
import { withinGroups } from './limits.ts';
import { holders, meetsFacts } from './rosters.ts';
import type { OpenStep } from './steps.ts';
import { actorPeople, areEnough, isAsked } from './steps.ts';
import { deadline } from './time.ts';
import type { Act, Case, Leaving, Refusal, Roll } from './world.ts';

/** The option that a case itself is. */
export const ownOption = 'proposal';

/** What an act is about: the case itself, where it supports nobody. */
function nameOf({ about, person, verb }: Act): string {
  return about[0] ?? (verb === 'endorse' ? ownOption : person);
}

/** The acts that still count of some. Decision 0052: taken back by the verb, or by the name one stood, nominated, supported or added. */
function standing(given: readonly Act[]): readonly Act[] {
  return given.filter(
    (act, index) =>
      !given.slice(index).some((later) => later.verb === 'withdraw' && later.person === act.person && [act.verb, nameOf(act)].includes(later.about[0] ?? '')),
  );
}

function actsHere({ subject, opening }: OpenStep): readonly Act[] {
  return subject.acts.filter(({ entry }) => entry === opening.entry);
}

/** Who may support; decision 0109: their facts are those of the opening. */
export function supporters(open: OpenStep, { by, who }: CharterSupport): readonly string[] {
  const names = by.kind === 'count' ? sharesOf(by.bound).map(({ role }) => role) : [by.role];
  return actorPeople(open, by).filter((person) => meetsFacts(open.opening.roll, person, who ?? [], names));
}

function isSupported(open: OpenStep, support: CharterSupport | undefined, name: string, acts: readonly Act[]): boolean {
  if (support === undefined) return true;
  // Who endorses and names nobody supports the case.
  const given = new Set(acts.filter((act) => act.verb === 'endorse' && nameOf(act) === name).map((act) => act.person));
  const people = [...given].filter((one) => supporters(open, support).includes(one));
  return areEnough(open, support.by, withinGroups(open.opening.roll, open.step.limits, { people, first: [name], noun: 'supporters' }).length);
}

/** Decision 0052: who had enough support and falls below it leaves at once, or after the time given unless it is back by then; `Infinity`: stays. */
function leavesMs(open: OpenStep, support: CharterSupport | undefined, name: string, given: readonly Act[]): number {
  const after = (lostMs: number): number =>
    support?.struckAfter === undefined ? lostMs : deadline(lostMs, support.struckAfter, open.opening.roll.charter.organization.dayEnds);
  let lostMs: number | undefined;
  let had = false;
  for (let count = 1; count <= given.length; count += 1) {
    const atMs = given[count - 1]?.atMs ?? 0;
    if (lostMs !== undefined && (support?.struckAfter === undefined || atMs >= after(lostMs))) return after(lostMs);
    const has = isSupported(open, support, name, standing(given.slice(0, count)));
    lostMs = has ? undefined : had ? (lostMs ?? atMs) : undefined;
    had ||= has;
  }
  return lostMs === undefined ? Infinity : after(lostMs);
}

/** Who or what stands when a step ends, and what of it leaves later. */
export interface Listed {
  readonly names: readonly string[];
  readonly leaving: readonly Leaving[];
}

/** Somebody or something is on the list with enough support, or with the time to find it again. */
function listed(
  open: OpenStep,
  nowMs: number,
  rows: readonly { readonly name: string; readonly support: CharterSupport | undefined; readonly given: readonly Act[]; readonly needsNone?: true }[],
): Listed {
  const standingRows = rows.flatMap(({ name, support, given, needsNone }) => {
    const atMs = leavesMs(open, support, name, given);
    const isThere = needsNone === true || atMs < Infinity || isSupported(open, support, name, standing(given));
    return isThere && atMs > nowMs && !open.subject.struck.includes(name) ? [{ name, atMs }] : [];
  });
  return { names: [...new Set(standingRows.map(({ name }) => name))], leaving: standingRows.filter(({ atMs }) => atMs < Infinity) };
}

/** S121: nominated by themselves or by one who may support, accepted, supported, and of the role when the step ends. */
export function nominees(open: OpenStep, now: Roll): Listed {
  const given = actsHere(open);
  const acts = standing(given);
  const rows = [...now.joined.keys()].flatMap((name) => {
    const about = acts.filter((act) => nameOf(act) === name);
    // Whoever withdraws takes back their own acts; that others nominated or support them stands (decision 0052).
    const self = about.some((act) => act.verb === 'nominate' && act.person === name);
    const stands = self || (about.some((act) => act.verb === 'nominate') && about.some((act) => act.verb === 'accept' && act.person === name));
    const lines = open.step.nominations.filter((line) => holders(now, line.of).includes(name) && meetsFacts(now, name, line.who, [line.of]));
    return stands ? lines.map(({ support }) => ({ name, support, given })) : [];
  });
  return listed(open, now.atMs, rows);
}

/** The name that a new option gets: its own, or the number of its place after the case's own. */
export function newOption({ added }: Case, [name]: readonly string[]): string {
  return name ?? `option-${added.length + 2}`;
}

/** S121: the case's own content first, which needs no sponsors unless it had enough of them; then what was added and has enough. */
export function options(open: OpenStep, nowMs: number): Listed {
  const { acts, added } = open.subject;
  const support = open.step.options?.support;
  const own = { name: ownOption, support, given: acts, needsNone: true } as const;
  return listed(open, nowMs, [own, ...added.flatMap(({ name, isWithdrawn }) => (isWithdrawn ? [] : [{ name, support, given: acts }]))]);
}

/** S121, decision 0052: an option is added under a new word with content of its own; what is there is supported by whoever may. Other acts are the step's. */
export function optionRefusal(open: OpenStep, { options: clause }: Pick<CharterStep, 'options'>, act: Act, now: Roll): Refusal | 'none of these' {
  if (clause === undefined || (act.verb !== 'add' && act.verb !== 'endorse')) return 'none of these';
  const { by, support } = clause;
  const { added } = open.subject;
  const [name] = act.about;
  if (act.verb === 'add') {
    const isNew = name === undefined || (name !== ownOption && /^[a-z]/.test(name) && !added.some((one) => one.name === name));
    const codes = [...(isAsked(open, by, act.person, now) ? [] : ['GDO1040']), ...((act.text ?? '') !== '' && isNew ? [] : ['GDO1052'])];
    return codes.length === 0 ? undefined : { codes, reason: 'not a new option, or another adds it' };
  }
  const standing = [ownOption, ...added.flatMap((one) => (one.isWithdrawn ? [] : [one.name]))];
  const may = support !== undefined && isAsked(open, support.by, act.person, now) && supporters(open, support).includes(act.person);
  const codes = [...(may ? [] : ['GDO1040', 'GDO1052']), ...(name === undefined || standing.includes(name) ? [] : ['GDO1052'])];
  return codes.length === 0 ? undefined : { codes, reason: 'there is no such option, or another supports it' };
}

/** The names of a list that have not left by an instant (S121). */
export function stillThere({ leaving, struck }: Case, names: readonly string[], nowMs: number): readonly string[] {
  return names.filter((name) => !struck.includes(name) && !leaving.some((one) => one.name === name && one.atMs <= nowMs));
}
