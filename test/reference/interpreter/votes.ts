// One vote: its roster and which ballots it takes (S7-S9, S28, S34, S130, S135). What they add up to is tally/motion.ts's.
import type { CharterVote } from '../../../engine/index.ts';
import { meetsFacts, peopleOf } from './rosters.ts';
import { deadline } from './time.ts';
import type { Ballot, Case, OpenVote, Refusal, Roll } from './world.ts';

/** Who votes: a union of roles (S135), those whom the facts fit, without the exceptions (S8), once each. */
export function rosterOf(subject: Case, vote: CharterVote, roll: Roll): readonly string[] {
  const { voters } = vote;
  const excepted = voters.except.flatMap((name) => peopleOf(roll, subject, name));
  const all = [...new Set(voters.roles.flatMap((role) => peopleOf(roll, subject, role)))];
  return all.filter(
    (person) =>
      meetsFacts(roll, person, voters.who, voters.roles) && !excepted.includes(person) && (voters.present === undefined || subject.present.includes(person)),
  );
}

/** Whether people are chosen, and not a motion put to the vote. */
export function isElection({ choices, counted }: CharterVote): boolean {
  return choices.kind === 'candidates' && counted !== undefined;
}

/** Opens a vote at an instant. S7: the roll is that of the opening, or of the start. */
export function openVote(subject: Case, vote: CharterVote, at: { readonly roll: Roll; readonly entry: number; readonly second: boolean }): OpenVote {
  const { entry, second } = at;
  const roll = vote.voters.asOfTheStart === undefined ? at.roll : (subject.startRoll ?? at.roll);
  return {
    vote,
    entry,
    atMs: at.roll.atMs,
    roll,
    roster: rosterOf(subject, vote, roll),
    options: vote.choices.kind === 'list' ? vote.choices.names : subject.nominees,
    ballots: [],
    closeMs: deadline(at.roll.atMs, vote.open, roll.charter.organization.dayEnds),
    phase: 'open',
    rule: 0,
    lotHeight: 0,
    second,
  };
}

/** Refuses a ballot, or takes it: from the roster, for a choice there is, with its reason, and not a second one where ballots are final (S34, S130). */
export function ballotRefusal(open: OpenVote, ballot: Ballot, text: string | undefined): Refusal {
  const codes: string[] = [];
  if (!open.roster.includes(ballot.person)) codes.push('GDO1057');
  const named = ballot.ranks.flat();
  const [choice] = named;
  // A ballot names each option once, and none that is not on it; only a motion needs exactly one.
  if (new Set(named).size < named.length || named.some((one) => !open.options.includes(one)) || (!isElection(open.vote) && named.length !== 1))
    codes.push('GDO1052');
  if (named.length > (open.vote.marks ?? Infinity)) return { codes: [], reason: 'too many marks' };
  if (codes.length > 0) return { codes, reason: 'not a voter, or not a choice' };
  const final = open.vote.ballots === 'final' || open.vote.closesEarly !== undefined;
  if (final && open.ballots.some(({ person }) => person === ballot.person)) return { codes: [], reason: 'ballots are final' };
  if (choice !== undefined && open.vote.reasonsFor.includes(choice) && (text ?? '') === '') return { codes: [], reason: 'a reason is missing' };
  return undefined;
}
