// One vote: its roster and which ballots it takes (S7-S9, S28, S34, S42, S129, S130, S135). What they add up to is tally/motion.ts's.
import type { CharterVote } from '../../../engine/index.ts';
import { sha256Hex, utf8Encode } from '../../../engine/index.ts';
import { delegateOf, delegationFor } from './delegated.ts';
import { ownOption } from './lists.ts';
import { recusalLines, recusedBy, recusedIn } from './recusals.ts';
import { meetsFacts, exceptedPeople, peopleOf } from './rosters.ts';
import { deadline } from './time.ts';
import type { Ballot, Case, OpenVote, Refusal, Roll } from './world.ts';

/** Who votes: a union of roles (S135), those whom the facts fit, without the exceptions (S8), once each. */
function frozenOf(now: Case, vote: CharterVote, roll: Roll): readonly string[] {
  // S7, S47: at the start nobody was drawn yet.
  const subject = vote.voters.asOfTheStart === undefined ? now : { ...now, drawn: new Map<string, readonly string[]>() };
  const { voters } = vote;
  const excepted = exceptedPeople(roll, subject, voters.except);
  const all = [...new Set(voters.roles.flatMap((role) => peopleOf(roll, subject, role)))];
  return all.filter(
    (person) =>
      meetsFacts(roll, person, voters.who, voters.roles) && !excepted.includes(person) && (voters.present === undefined || subject.present.includes(person)),
  );
}

/** Whether a method counts, and no motion is put to the vote. */
export function isElection({ counted }: Pick<CharterVote, 'counted'>): boolean {
  return counted !== undefined;
}

/** Opens a vote at an instant. S7: the roll is that of the opening, or of the start. */
export function openVote(subject: Case, vote: CharterVote, at: { readonly roll: Roll; readonly entry: number; readonly second: boolean }): OpenVote {
  const { entry, second } = at;
  const roll = vote.voters.asOfTheStart === undefined ? at.roll : (subject.startRoll ?? at.roll);
  const frozen = frozenOf(subject, vote, roll);
  return {
    vote,
    entry,
    atMs: at.roll.atMs,
    roll,
    opened: at.roll,
    frozen,
    options: optionsOf(subject, vote),
    ballots: [],
    commitments: new Map(),
    recused: recusedBy(subject, roll, recusalLines(subject, vote)).filter(({ person }) => frozen.includes(person)),
    standing: [],
    extensions: vote.extends.map(() => 0),
    closeMs: deadline(at.roll.atMs, vote.open, roll.charter.organization.dayEnds),
    phase: 'open',
    rule: 0,
    lotHeight: 0,
    second,
    isCounted: false,
  };
}

/** What a ballot may name: what is written, or who and what stands (S121), which without such a step are those the case names; and the default. */
function optionsOf({ askedFrom, given, listed, nominees, openings }: Case, { choices, default: fallback }: CharterVote): readonly string[] {
  const isNominated = openings.slice(askedFrom).some(({ stage }) => stage.kind === 'step' && stage.nominations.length > 0);
  const standing = isNominated ? nominees : given;
  const names = choices.kind === 'list' ? choices.names : choices.kind === 'options' ? (listed ?? [ownOption]) : standing;
  return fallback === undefined || names.includes(fallback) ? names : [...names, fallback];
}

/** S105, S129: when the vote ends, which is after its close where ballots are opened then, or may still come in. */
export function endMs({ vote, closeMs, roll }: OpenVote): number {
  const longer = vote.revealedWithin ?? vote.grace?.duration;
  return longer === undefined ? closeMs : deadline(closeMs, longer, roll.charter.organization.dayEnds);
}

/** The hash a sealed ballot commits to (decision 0054). */
export function commitmentTo(
  at: { readonly case: string; readonly entry: number },
  sealed: { readonly voter: string; readonly choice: unknown; readonly nonce: string },
): string {
  const canonical = JSON.stringify([at.case, at.entry, sealed.voter, sealed.choice, sealed.nonce]);
  return sha256Hex(utf8Encode(`gdo-ballot-v1\0${canonical}`));
}

/** A ballot as it was sent. */
export interface Sent {
  readonly ballot: Ballot;
  readonly choice: unknown;
  readonly nonce: string | undefined;
  readonly text: string | undefined;
}

/** Refuses a ballot, or takes it: from the roster, for a choice there is, with its reason, and not a second one where ballots are final (S34, S130). */
export function ballotRefusal(subject: Case, open: OpenVote, now: Roll, sent: Sent): Refusal {
  const { ballot, text } = sent;
  const { person } = ballot;
  const codes: string[] = [];
  if (!open.frozen.includes(person) || recusedIn(subject, open).some((one) => one.person === person)) codes.push('GDO1057');
  const delegation = delegationFor(subject, open.roll);
  // What is opened was cast before.
  const isOpening = open.vote.ballots === 'sealed' && sent.nonce !== undefined;
  if (!isOpening && delegation !== undefined && delegation.override === undefined && delegateOf(subject, open, now, person) !== undefined)
    return { codes: [], reason: 'has delegated this vote' };
  const sealed = open.vote.ballots === 'sealed';
  if (!sealed && sent.nonce !== undefined) codes.push('GDO1052');
  if (sealed && sent.nonce === undefined) {
    if (now.atMs >= open.closeMs) return { codes: ['GDO1051', ...codes], reason: 'the time to commit is over' };
    if (typeof sent.choice !== 'string' || !/^[0-9a-f]{64}$/.test(sent.choice)) codes.push('GDO1052');
    if (codes.length > 0) return { codes, reason: 'no commitment, or of no voter' };
    open.commitments.set(person, String(sent.choice));
    // S34, S129: the last one counts, once it is opened. A close that was moved lets somebody commit again whose ballot is open.
    for (let place = open.ballots.length - 1; place >= 0; place -= 1) if (open.ballots[place]?.person === person) open.ballots.splice(place, 1);
    return undefined;
  }
  if (!sealed && now.atMs >= open.closeMs) return { codes: ['GDO1051', ...codes], reason: 'only offline ballots may come in late' };
  const named = ballot.ranks.flat();
  const [choice] = named;
  const isOn = (one: string): boolean => open.options.includes(one) || (one === 'abstain' && isElection(open.vote));
  // A ballot names each option once, and none that is not on it; only a motion needs exactly one.
  // S28: `abstain` is a ballot of its own where a method counts, and ranks nobody.
  if (ballot.isBad === true || new Set(named).size < named.length || !named.every(isOn) || (!isElection(open.vote) && named.length !== 1))
    codes.push('GDO1052');
  if (sealed) {
    if (now.atMs < open.closeMs) return { codes: ['GDO1050', 'GDO1052', ...codes], reason: 'nobody opens a ballot before the close' };
    const own = commitmentTo({ case: subject.id, entry: open.entry }, { voter: person, choice: sent.choice, nonce: sent.nonce ?? '' });
    if (open.ballots.some((one) => one.person === person)) return { codes: [], reason: 'it is open already' };
    if (open.commitments.get(person) !== own) codes.push('GDO1052', 'GDO1057');
  }
  if (named.length > (open.vote.marks ?? Infinity)) return { codes: [], reason: 'too many marks' };
  if (codes.length > 0) return { codes, reason: 'not a voter, or not a choice' };
  const final = open.vote.ballots === 'final' || open.vote.closesEarly !== undefined;
  if (final && open.ballots.some((one) => one.person === person)) return { codes: [], reason: 'ballots are final' };
  if (choice !== undefined && open.vote.reasonsFor.includes(choice) && (text ?? '') === '') return { codes: [], reason: 'a reason is missing' };
  open.ballots.push(ballot);
  return undefined;
}
