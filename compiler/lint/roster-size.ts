// How many people can hold a role, as far as the text says. What follows from the numbers is for the rules.
import type { Charter, CharterComparison, CharterProcess, CharterShare, CharterVote } from '../../engine/index.ts';

/** `most` undefined: no upper bound; `today` is the number of first holders, undefined where none are named; `open`: a role without a roll (S87). */
export interface RosterSize {
  readonly least: number;
  readonly most: number | undefined;
  readonly today: number | undefined;
  readonly open: boolean;
}

/** The size of a declared role, a draw or a built-in roster; undefined where the text fixes nothing. Pure. */
export function rosterSize(charter: Charter, name: string, process?: CharterProcess, vote?: CharterVote): RosterSize | undefined {
  const role = charter.roles.find((candidate) => candidate.name === name);
  if (role !== undefined) {
    const today = role.firstHeldBy.length === 0 ? undefined : role.firstHeldBy.length;
    if (role.held === undefined) return { least: 0, most: undefined, today, open: role.gainedThrough.length === 0 };
    return { least: role.held.least, most: role.held.most, today, open: false };
  }
  const draw = process?.stages.find((stage) => stage.kind === 'draw' && stage.name === name);
  if (draw?.kind === 'draw' && draw.picks !== undefined) return { least: draw.picks.count, most: draw.picks.count, today: undefined, open: false };
  if (name === 'person') return { least: 0, most: undefined, today: undefined, open: true };
  if (name !== 'electorate' || vote === undefined) return undefined;
  const sizes = vote.voters.roles.map((voters) => rosterSize(charter, voters, process));
  if (sizes.some((size) => size?.open === true)) return { least: 0, most: undefined, today: undefined, open: true };
  return sizes.length === 1 ? sizes[0] : undefined;
}

/** The number of people a count asks for, `more than` being one more; undefined for fractions and for upper bounds. Pure. */
export function countNeeded(share: CharterShare, comparison: CharterComparison): number | undefined {
  if (share.kind !== 'part' || share.amount.kind !== 'count' || share.squareRoot === true) return undefined;
  if (comparison === 'at-most' || comparison === 'fewer-than') return undefined;
  return share.amount.value + (comparison === 'more-than' ? 1 : 0);
}

/** People of a role a vote surely leaves out, and people it may leave out. Pure. Source: language.md S8. */
export function excludedFrom(process: CharterProcess, vote: CharterVote, role: string): { readonly surely: number; readonly perhaps: number } {
  const removed = process.stages.some(
    (stage) =>
      stage.kind === 'outcome' &&
      stage.effects.some((effect) => effect.kind === 'remove' && effect.what.kind === 'named' && effect.what.name === role && effect.from === 'subject'),
  );
  const holder = removed || process.about?.role === role;
  return { surely: holder && vote.voters.except.includes('subject') ? 1 : 0, perhaps: vote.voters.except.length };
}
