// The affiliation cap: who is struck when an affiliation would hold more seats than it may, sitting members included. count.ts counts again afterwards.
import type { CountCandidate } from './ballot.ts';
import { type Contest, type Standing, idOf } from './contest.ts';
import type { AffiliationCap } from './rules.ts';

/** One winner to strike, or a tie about which. */
export type Strike = { readonly kind: 'struck'; readonly option: number; readonly reason: string } | Exclude<Standing, { kind: 'order' }>;

/**
 * Finds the winner to strike: of the affiliation that goes over the cap first, the one who stands lowest.
 * @returns undefined where no affiliation is over
 */
export function strikeOver(
  candidates: readonly CountCandidate[],
  contest: Contest,
  found: { readonly winners: readonly number[]; readonly groups: readonly (readonly number[])[]; readonly cap: AffiliationCap },
): Strike | undefined {
  const affiliationOf = (option: number): string | undefined => candidates[option]?.affiliation;
  const sittingOf = (affiliation: string): number => found.cap.sitting.find((entry) => entry.affiliation === affiliation)?.seats ?? 0;
  for (const winner of found.winners) {
    const affiliation = affiliationOf(winner);
    if (affiliation === undefined) continue;
    const own = found.winners.filter((option) => affiliationOf(option) === affiliation);
    if (sittingOf(affiliation) + own.length <= found.cap.seatsMax) continue;
    const lowestGroup = found.groups.findLast((group) => group.some((option) => own.includes(option))) ?? [];
    const tied = lowestGroup.filter((option) => own.includes(option));
    const at = `striking one of \`${affiliation}\` over the cap`;
    const result = contest.ties.settle({ at, tied, take: tied.length - 1 });
    if (result.kind === 'failed') return { kind: 'failed', reason: `a tie ${at}` };
    if (result.kind === 'tied') {
      const certain = found.winners.filter((option) => affiliationOf(option) !== affiliation);
      return { kind: 'tied', certain, tied: result.tied, seats: contest.seats - certain.length, at };
    }
    const option = result.rest[0] ?? winner;
    const reason = `\`${affiliation}\` would have ${sittingOf(affiliation) + own.length} of at most ${found.cap.seatsMax} seats and ${idOf(contest.ids, option)} stands lowest`;
    return { kind: 'struck', option, reason };
  }
  return undefined;
}
