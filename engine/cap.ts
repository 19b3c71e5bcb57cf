// Caps inside a count: so many of one value of an attribute among the people of a role, or among the winners (S114, S115). Striking and counting again is
// tally/'s.
import type { CharterVote } from './bylaws-stages.ts';
import type { CharterLimit } from './bylaws-terms.ts';
import type { CaseScope } from './actor.ts';
import { seatsOf } from './actor.ts';
import { attributeOf } from './attributed.ts';
import { invariant } from './invariant.ts';
import { holdingsOf, roleOf } from './roster.ts';
import { roundsAbout } from './rule-start.ts';
import { waivers } from './term-limit.ts';
import type { SeatCap } from './tally/rules.ts';

/** True for a cap that a count can keep: so many, or a share, of the role or of the winners per attribute. */
export function capsSeats(limit: CharterLimit, role: string | undefined): boolean {
  return limit.amount.kind !== 'money' && limit.per.length === 1 && limit.per[0]?.kind === 'each' && (limit.counted === 'winners' || limit.counted === role);
}

/** When the process that holds the vote begins again by the calendar; undefined where it does not. */
export function nextRoundMs(scope: Pick<CaseScope, 'process'>, atMs: number): number | undefined {
  const next = scope.process.starts.flatMap((start) => (start.kind === 'every' ? (roundsAbout(start, atMs).nextMs ?? []) : []));
  return next.length === 0 ? undefined : Math.min(...next);
}

/** Sitting members whose seats are not filled by a vote that opens at an instant: their term goes on beyond the next vote (S131). */
export function staying(scope: CaseScope, role: string, atMs: number): readonly string[] {
  const nextMs = nextRoundMs(scope, atMs);
  return holdingsOf(scope.state, role).flatMap((holding) =>
    nextMs !== undefined && holding.untilMs !== undefined && holding.untilMs < nextMs ? [] : [holding.member],
  );
}

/** The seats that stand empty at an instant, and those whose term ends before the next vote of the calendar (S131). */
export function vacantAt(scope: CaseScope, role: string, atMs: number): number {
  return Math.max(0, seatsOf(scope.charter, role) - staying(scope, role, atMs).length);
}

function limitsOf(scope: CaseScope, vote: CharterVote, role: string): readonly CharterLimit[] {
  const own = roleOf(scope.charter, role)?.limits ?? [];
  return [...own, ...vote.limits].filter((limit) => capsSeats(limit, role));
}

/** How many of `whole` people a cap allows. A share is not rounded up: of seven a third is two; it always leaves one (decisions 0057, 0169). */
function mostOf(limit: CharterLimit, whole: number): number {
  if (limit.amount.kind === 'count') return limit.amount.value;
  invariant(limit.amount.kind === 'share', 'a cap of seats is no money');
  return Math.max(1, Number((BigInt(limit.amount.numerator) * BigInt(whole)) / BigInt(limit.amount.denominator)));
}

/** The value that a member or candidate is counted under. */
export function valueOf({ state, frozen }: CaseScope, attribute: string, member: string): string | undefined {
  return frozen.inputs?.groups.get(`${attribute}/${member}`) ?? attributeOf(state, attribute, member, frozen.attributes);
}

/** The attributes by which a vote that elects a role keeps caps. */
export function cappedBy(scope: CaseScope, vote: CharterVote, role: string): readonly string[] {
  return [...new Set(limitsOf(scope, vote, role).flatMap(({ per }) => per.flatMap((one) => (one.kind === 'each' ? [one.name] : []))))];
}

/** The members who stay beside those whom a vote elects to so many seats (S115). A body whose every seat is filled has none. */
export function sittingBeside(scope: CaseScope, role: string, seats: number): readonly string[] {
  return seats >= seatsOf(scope.charter, role) ? [] : (scope.frozen.inputs?.sitting ?? staying(scope, role, scope.record.openedMs));
}

function waivedKey(process: string, member: string): string {
  return `${process}/${member}`;
}

/** The processes whose accepted cases let candidates come in beyond a cap of the role, with whom they let in (S114): a grant needs, and uses up, one of them. */
export function waivedFor({ state, charter }: Pick<CaseScope, 'state' | 'charter'>, role: string, candidates: readonly string[]): readonly string[] {
  const processes = new Set(
    (roleOf(charter, role)?.limits ?? []).filter((limit) => capsSeats(limit, role)).flatMap(({ waivedThrough }) => waivedThrough ?? []),
  );
  return [...processes].flatMap((process) =>
    candidates.flatMap((member) => (waivers(state, role, member, process).length === 0 ? [] : [waivedKey(process, member)])),
  );
}

/** The candidates whom cases let in beyond one cap of a role; nobody for a line of the vote alone, which no grant asks. */
function waivedOf(scope: CaseScope, limit: CharterLimit, role: string): readonly string[] {
  const { waivedThrough } = limit;
  if (waivedThrough === undefined || roleOf(scope.charter, role)?.limits.includes(limit) !== true) return [];
  const { nominees } = scope.record;
  const waived = scope.frozen.inputs?.waived ?? waivedFor(scope, role, nominees);
  return nominees.filter((member) => waived.includes(waivedKey(waivedThrough, member)));
}

/**
 * The caps of a vote that elects a role, with the members who stay (S115).
 * @param counts - how many win, and how many people sit in the end: shares are of the ones or of the others
 */
export function capsOf(
  scope: CaseScope,
  vote: CharterVote,
  role: string,
  { sitting, ...counts }: { readonly sitting: readonly string[]; readonly winners: number; readonly people: number },
): readonly SeatCap[] {
  return limitsOf(scope, vote, role).map((limit) => {
    const [per] = limit.per;
    const attribute = per?.kind === 'each' ? per.name : '';
    const isOfWinners = limit.counted === 'winners';
    const values = new Map<string, number>();
    for (const member of isOfWinners ? [] : sitting) {
      const value = valueOf(scope, attribute, member);
      if (value !== undefined) values.set(value, (values.get(value) ?? 0) + 1);
    }
    const seatsMax = mostOf(limit, isOfWinners ? counts.winners : counts.people);
    const beside = { sitting: [...values].map(([value, seats]) => ({ value, seats })), standing: isOfWinners ? [] : sitting };
    return { attribute, seatsMax, ...beside, waived: isOfWinners ? [] : waivedOf(scope, limit, role) };
  });
}
