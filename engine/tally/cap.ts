// Caps on how many of one group may sit: who is struck when a group would hold more seats than it may, sitting members included. count.ts counts again.
import type { CountCandidate } from './ballot.ts';
import { type Contest, type Standing, idOf } from './contest.ts';
import type { SeatCap } from './rules.ts';

/** Winners to strike before the next count, or a tie about which. */
export type Strike =
  | { readonly kind: 'struck'; readonly struck: readonly { readonly option: number; readonly reason: string }[] }
  | Exclude<Standing, { kind: 'order' }>;

/** A group over a cap: how many seats it would have, who of it can be struck for that, and how many of these are too many. */
interface Excess {
  readonly cap: SeatCap;
  readonly value: string;
  readonly seats: number;
  readonly own: readonly number[];
  readonly beyond: number;
}

function excesses(candidates: readonly CountCandidate[], winners: readonly number[], caps: readonly SeatCap[]): Excess[] {
  return caps.flatMap((cap) => {
    const valueOf = (option: number): string | undefined => candidates[option]?.groups?.find(([attribute]) => attribute === cap.attribute)?.[1];
    const values = new Set(winners.flatMap((option) => valueOf(option) ?? []));
    return [...values].flatMap((value) => {
      const isIn = (list: readonly string[] | undefined, option: number): boolean => list?.includes(candidates[option]?.id ?? '') === true;
      // Whoever sits and wins again adds nobody to the group, so striking them would bring nobody back within the cap.
      const coming = winners.filter((option) => valueOf(option) === value && !isIn(cap.standing, option));
      const sitting = cap.sitting.find((entry) => entry.value === value)?.seats ?? 0;
      const beyond = coming.filter((option, place) => sitting + place >= cap.seatsMax && !isIn(cap.waived, option)).length;
      const own = coming.filter((option) => !isIn(cap.waived, option));
      return beyond > 0 ? [{ cap, value, seats: sitting + coming.length, own, beyond }] : [];
    });
  });
}

function reasonOf(contest: Contest, over: readonly Excess[], option: number): string {
  const broken = over
    .filter(({ own }) => own.includes(option))
    .map(({ cap, value, seats }) => `\`${value}\` would have ${seats} seats, and has at most ${cap.seatsMax}`);
  return `${broken.join('; ')}; ${idOf(contest.ids, option)} stands lowest`;
}

/**
 * Finds whom to strike: of all winners in a group over its cap the one who stands lowest; several where all who stand equally low have to go anyway.
 * @param found - `groups`: the standing, best first; `winners` of it
 * @returns undefined where no group is over
 * Source: language.md S115
 */
export function strikeOver(
  candidates: readonly CountCandidate[],
  contest: Contest,
  found: { readonly winners: readonly number[]; readonly groups: readonly (readonly number[])[]; readonly caps: readonly SeatCap[] },
): Strike | undefined {
  const over = excesses(candidates, found.winners, found.caps);
  if (over.length === 0) return undefined;
  const within = new Set(over.flatMap(({ own }) => own));
  const lowest = found.groups.findLast((group) => group.some((option) => within.has(option))) ?? [];
  const equal = lowest.filter((option) => within.has(option));
  const mayStay = over.some(({ own, beyond }) => own.filter((option) => equal.includes(option)).length > beyond);
  const strike = (options: readonly number[]): Strike => ({
    kind: 'struck',
    struck: options.map((option) => ({ option, reason: reasonOf(contest, over, option) })),
  });
  if (!mayStay) return strike(equal);
  const at = `striking one of ${over.map(({ value }) => `\`${value}\``).join(', ')} over the cap`;
  const result = contest.ties.settle({ at, tied: equal, take: equal.length - 1 });
  if (result.kind === 'failed') return { kind: 'failed', reason: `a tie ${at}` };
  if (result.kind === 'split') return strike(result.rest);
  const certain = found.winners.filter((option) => !within.has(option));
  return { kind: 'tied', certain, tied: result.tied, seats: contest.seats - certain.length, at };
}
