// How many there are in a vote, and what they weigh: its roster, the rosters its clauses speak of, ballots (S7, S9, S41, S110). It judges no clause.
import type { CharterShare } from '../../../engine/index.ts';
import { recusedIn } from './recusals.ts';
import { amountOf, holders, exceptedPeople, peopleOf, seatsOf } from './rosters.ts';
import type { Case, OpenVote } from './world.ts';

/** Decision 0050: people, or in a weighted vote what is said in weight. */
export type Unit = 'people' | 'weight';

/** The roster as it counts: without those whose recusal takes them off it (S9, S42). */
export function rosterOf(subject: Case, open: OpenVote): readonly string[] {
  const recused = recusedIn(subject, open);
  return open.frozen.filter((person) => !recused.some((one) => one.person === person && one.countsAs === undefined));
}

/** The weight of a voter, frozen with the roster (S7); one where votes are not weighted. */
export function weightOf({ vote, roll }: OpenVote, person: string): bigint {
  return vote.voters.weightedBy === undefined ? 1n : amountOf(roll, vote.voters.weightedBy, person);
}

/** What so many ballots come to; S41: of a ballot taken for somebody a limit may leave a part of the weight. */
export function castSize(open: OpenVote, people: Iterable<string>, unit: Unit): bigint {
  let sum = 0n;
  for (const person of people) sum += unit === 'weight' ? (open.parts?.get(person) ?? weightOf(open, person)) : 1n;
  return sum;
}

/** How large a roster of the vote is: after exceptions and recusals, before them for a square root (S9, S110). */
export function sizeOf(subject: Case, open: OpenVote, share: CharterShare): bigint {
  if (share.role === 'seats') return BigInt(open.vote.voters.roles.reduce((sum, role) => sum + seatsOf(open.roll, role), 0));
  if (share.role === 'weight') return rosterOf(subject, open).reduce((sum, person) => sum + weightOf(open, person), 0n);
  return BigInt(countedPeople(subject, open, share).length);
}

/** The people of a share, as they count in a vote. */
export function countedPeople(subject: Case, open: OpenVote, share: CharterShare): readonly string[] {
  const { roll, vote } = open;
  const root = share.kind === 'part' && share.squareRoot !== undefined;
  if (share.role === 'electorate') return root ? vote.voters.roles.flatMap((role) => holders(roll, role)) : rosterOf(subject, open);
  const people = peopleOf(roll, subject, share.role);
  if (root) return people;
  const excepted = exceptedPeople(roll, subject, vote.voters.except);
  // S9: a recused person leaves the roster of the role, whether they were among the voters or not.
  const off = recusedIn(subject, open).flatMap(({ person, countsAs }) => (countsAs === undefined ? [person] : []));
  return people.filter((person) => ![...excepted, ...off].includes(person) && (share.other === undefined || !subject.starters.includes(person)));
}
