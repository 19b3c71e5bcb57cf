// What a step still needs: for each of its lines the fewest acts after which it fires. Each set is tried on the step's own clock before it is named.
import type { CharterStep, CharterTransition } from './bylaws-stages.ts';
import type { CharterActor } from './bylaws-terms.ts';
import type { CaseScope } from './actor.ts';
import { areFewEnough, isAtMost, isMeant } from './actor.ts';
import type { ActRecord } from './acts.ts';
import { actsOf } from './acts.ts';
import { earliest, filled, firingInstants, progressOf, untilOf } from './due.ts';
import type { MissingAct, Outlook, WayOn } from './outlook-ways.ts';
import { ended } from './outlook-ways.ts';
import { allMembers } from './roster.ts';

type Condition = CharterTransition & { readonly kind: 'when' | 'unless' };

/** People who are tried one by one where several kinds of acts are asked for; among more than that somebody fits who stands before them. */
const triedMax = 1_000;

interface Row {
  readonly asked: Condition['acts'][number];
  readonly needed: number;
  readonly people: readonly string[];
  /** Who else could do it. */
  readonly others: readonly string[];
}

/** Acts that lead on: what is missing, and the same as acts of certain people. */
interface Leading {
  readonly missing: readonly MissingAct[];
  readonly acts: readonly ActRecord[];
}

/** The role an actor is named by. Pure. */
export function roleOfActor(actor: CharterActor): string {
  if (actor.kind !== 'count') return actor.role;
  return actor.bound.kind === 'whole' || actor.bound.kind === 'part' ? actor.bound.role : actor.bound.left.role;
}

/** Who belongs to such an actor changes while the step is open, so that it is never too late for more of them. */
function canGrow(actor: CharterActor): boolean {
  return ['person', 'raiser', 'candidate'].includes(roleOfActor(actor)) || (actor.kind === 'the' && actor.order !== undefined);
}

function supposed(scope: CaseScope, asked: Row['asked'], by: string, atMs: number): ActRecord {
  const text = asked.text === undefined ? {} : { text: asked.text };
  return { event: '', entry: scope.record.entry, by, verb: asked.verb, atMs, about: [], ...text };
}

function placesOf(rows: readonly Row[], added: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return rows.flatMap((row, place) => Array.from({ length: row.needed }, () => [...row.people, ...(added[place] ?? [])]));
}

/** Who could still fill a place of a row, one alone. */
function helping(rows: readonly Row[], place: number, added: readonly (readonly string[])[]): readonly string[] {
  const before = filled(placesOf(rows, added));
  const others = rows[place]?.others ?? [];
  // Whoever fits in one row only is named first: somebody who fits in two may be needed in the other.
  const alone = others.filter((member) => rows.every((row, other) => other === place || !row.others.includes(member)));
  const tried = [...alone, ...others.filter((member) => !alone.includes(member))].slice(0, triedMax);
  return tried.filter((member) => {
    const more = rows.map((_, other) => [...(added[other] ?? []), ...(other === place ? [member] : [])]);
    return filled(placesOf(rows, more)) > before;
  });
}

/** Who must still act for each row, where nobody counts for two (S19); undefined where there are too few. */
function chosen(rows: readonly Row[]): readonly (readonly string[])[] | undefined {
  const [only] = rows;
  if (rows.length === 1 && only !== undefined) {
    const count = Math.max(0, only.needed - only.people.length);
    return count > only.others.length ? undefined : [only.others.slice(0, count)];
  }
  const added = rows.map(() => new Array<string>());
  const all = rows.reduce((sum, row) => sum + row.needed, 0);
  while (filled(placesOf(rows, added)) < all) {
    const next = rows.flatMap((_, place) =>
      helping(rows, place, added)
        .slice(0, 1)
        .map((member) => ({ place, member })),
    )[0];
    if (next === undefined) return undefined;
    added[next.place]?.push(next.member);
  }
  return added;
}

function rowsOf(scope: CaseScope, step: CharterStep, rule: Condition, nowMs: number): readonly Row[] | undefined {
  const acts = actsOf(scope.state, scope.record.id);
  const untilMs = untilOf(scope, rule.within);
  const { rows } = progressOf(scope, step, rule.acts, acts, untilMs);
  const everybody = allMembers(scope.state);
  const whole: Row[] = [];
  for (const { asked, needed, people } of rows) {
    // What must not be too many lacks nobody; where they are too many already, nobody can help.
    if (isAtMost(asked.actor) && areFewEnough(scope, asked.actor, people.length)) continue;
    if (needed === undefined) return undefined;
    const named = everybody.filter((member) => isMeant(scope, asked.actor, member) && !people.includes(member));
    // A limit of supporters lets only so many of one group count (S115).
    const counts = (member: string): boolean =>
      progressOf(scope, step, [asked], [...acts, supposed(scope, asked, member, nowMs + 1)], untilMs).rows[0]?.people.includes(member) === true;
    whole.push({ asked, needed, people, others: step.limits.length === 0 || named.length > triedMax ? named : named.filter(counts) });
  }
  return whole;
}

/** The fewest acts that meet a line's condition; undefined where there are too few people for it. */
function actsMissing(scope: CaseScope, step: CharterStep, rule: Condition, nowMs: number): Leading | undefined {
  const rows = rowsOf(scope, step, rule, nowMs);
  const people = rows === undefined ? undefined : chosen(rows);
  if (rows === undefined || people === undefined) return undefined;
  let atMs = nowMs;
  const none = rows.map(() => new Array<string>());
  const leading = rows.map((row, place) => {
    const { actor, verb, text } = row.asked;
    const own = people[place] ?? [];
    const acts = own.map((member) => supposed(scope, row.asked, member, (atMs += 1)));
    const can = rows.length === 1 || own.length === 0 ? row.others : helping(rows, place, none);
    const act: MissingAct = {
      verb,
      count: own.length,
      of: roleOfActor(actor),
      people: can,
      ...(actor.kind === 'the' ? { definite: true as const } : {}),
      ...(text === undefined ? {} : { text }),
    };
    return { acts, missing: own.length === 0 ? [] : [act] };
  });
  return { missing: leading.flatMap((one) => one.missing), acts: leading.flatMap((one) => one.acts) };
}

function concernsMissing(scope: CaseScope, step: CharterStep): readonly MissingAct[] {
  const open = scope.record.concerns.filter((concern) => concern.closedMs === undefined);
  if (open.length === 0) return [];
  const resolvers = step.concerns.flatMap((rule) => rule.resolvedBy);
  const people = allMembers(scope.state).filter(
    (member) => open.some((concern) => concern.by === member) || resolvers.some((actor) => isMeant(scope, actor, member)),
  );
  return [{ verb: 'resolve', count: open.length, of: 'concern', people }];
}

/** The acts that a line of a step needs, and where they lead; undefined where there are none, or too few people. */
function leadingBy(scope: CaseScope, step: CharterStep, rule: CharterTransition, nowMs: number): Leading | undefined {
  switch (rule.kind) {
    case 'when': {
      const leading = actsMissing(scope, step, rule, nowMs);
      const concerns = rule.withoutConcerns === undefined ? [] : concernsMissing(scope, step);
      return leading === undefined ? undefined : { ...leading, missing: [...leading.missing, ...concerns] };
    }
    case 'unless':
      return actsMissing(scope, step, rule, nowMs);
    case 'after':
      return rule.without?.kind === 'concerns' ? { missing: concernsMissing(scope, step), acts: [] } : undefined;
    default:
      return undefined;
  }
}

/** What a step would do after these acts, and when: the line that then fires first. */
function tried(scope: CaseScope, step: CharterStep, { missing, acts }: Leading, nowMs: number): Pick<WayOn, 'target' | 'atMs'> | undefined {
  const doneMs = nowMs + Math.max(1, acts.length);
  const closes = missing.some((act) => act.verb === 'resolve');
  const concerns = closes ? scope.record.concerns.map((one) => ({ ...one, closedMs: one.closedMs ?? doneMs })) : scope.record.concerns;
  const instants = firingInstants({ ...scope, record: { ...scope.record, concerns } }, step, [...actsOf(scope.state, scope.record.id), ...acts]);
  const firstMs = earliest(instants);
  const fires = firstMs === undefined ? undefined : step.transitions[instants.indexOf(firstMs)];
  if (fires === undefined || firstMs === undefined) return undefined;
  return firstMs <= doneMs ? { target: fires.target } : { target: fires.target, atMs: firstMs };
}

/** What can become of an open step (S17-S22, S116-S119). Pure. */
export function outlookOfStep(scope: CaseScope, step: CharterStep, nowMs: number): Outlook {
  const instants = firingInstants(scope, step, actsOf(scope.state, scope.record.id));
  const firstMs = earliest(instants);
  const fires = firstMs === undefined ? undefined : step.transitions[instants.indexOf(firstMs)];
  const ifNothing = fires === undefined || firstMs === undefined ? undefined : ended(scope, { target: fires.target, acts: [], atMs: firstMs });
  const other = step.transitions.find((rule) => rule.kind === 'otherwise')?.target;
  const found = step.transitions.map((rule, place) => {
    const target = rule.kind === 'unless' ? other : rule.target;
    const canMore = rule.kind === 'when' && rule.acts.every((act) => canGrow(act.actor));
    if (target === undefined || (instants[place] !== undefined && rule.kind !== 'unless')) return { target: rule.target, ways: [], isOpen: true };
    const leading = leadingBy(scope, step, rule, nowMs);
    const leads = leading === undefined || leading.missing.length === 0 ? undefined : tried(scope, step, leading, nowMs);
    // Where nothing leads there too, acts may only lead there sooner.
    const isNews = target !== ifNothing?.target || (leads?.atMs ?? 0) < (ifNothing.atMs ?? 0);
    const ways = leads?.target === target && leading !== undefined && isNews ? [ended(scope, { ...leads, acts: leading.missing })] : [];
    return { target, ways, isOpen: canMore || rule.kind !== 'when' || leading !== undefined };
  });
  const open = new Set([
    ifNothing?.target,
    ...step.transitions.flatMap((rule) => (rule.kind === 'when' ? [] : [rule.target])),
    ...found.flatMap((one) => (one.isOpen ? [one.target] : [])),
  ]);
  const shut = [...new Set(step.transitions.map((rule) => rule.target))].filter((target) => !open.has(target));
  const ways = found.flatMap((one) => one.ways);
  return ifNothing === undefined ? { ways, shut } : { ifNothing, ways, shut };
}
