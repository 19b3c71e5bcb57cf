// What the ballots of a motion add up to (S29-S33, S110, S124-S127, S130). Every count starts from the list of ballots; a decided vote is found by trying every completion.
import type { CharterBound, CharterQuorum, CharterTest } from '../../../engine/index.ts';
import { compares, meetsBound, meetsQuantity, sharesOf } from '../interpreter/bounds.ts';
import { castIn, delegationFor, weighed } from '../interpreter/delegated.ts';
import { peopleOf, seated, seatsOf } from '../interpreter/rosters.ts';
import { recusedIn } from '../interpreter/recusals.ts';
import type { Unit } from '../interpreter/sizes.ts';
import { castSize, countedPeople, rosterOf, sizeOf, weightOf } from '../interpreter/sizes.ts';
import { extendedMs } from '../interpreter/vote-clock.ts';
import type { Ballot, Case, OpenVote, Roll } from '../interpreter/world.ts';

/** What one person's ballot says in the end: one choice, or where a method counts the options it puts first (decision 0052); who ranks nobody abstains (0106). */
export type Said = ReadonlyMap<string, readonly string[]>;

/** What each person says by the ballots so far, delegations and recusals included. */
export function saidIn(subject: Case, open: OpenVote, now: Roll): Said {
  const first = (ranks: Ballot['ranks']): readonly string[] =>
    (open.vote.counted?.method === 'approval' && ranks.flat().length > 0 ? ranks.flat() : ranks.find((rank) => rank.length > 0)) ?? ['abstain'];
  return new Map([...castIn(subject, open, now)].map(([person, ranks]) => [person, first(ranks)]));
}

/** In a weighted vote a tie and a lead are in weight. */
function ownUnit({ vote }: OpenVote): Unit {
  return vote.voters.weightedBy === undefined ? 'people' : 'weight';
}

function unitOf(bound: CharterBound): Unit {
  return sharesOf(bound).some(({ role }) => role === 'weight') ? 'weight' : 'people';
}

/** Whether so many people, or their weight, are what a clause asks for. */
export function meets(subject: Case, open: OpenVote, people: Iterable<string>, { comparison, bound }: Pick<CharterQuorum, 'comparison' | 'bound'>): boolean {
  return meetsBound(castSize(open, people, unitOf(bound)), comparison, bound, (share) => sizeOf(subject, open, share));
}

/** S30, S126: one quorum. */
export function isQuorate(subject: Case, open: OpenVote, said: Said, quorum: CharterQuorum): boolean {
  const counts = {
    voting: [...said.keys()],
    present: subject.present,
    saying: [...said].filter(([, own]) => own.some((choice) => quorum.choices?.includes(choice))).map(([person]) => person),
    'over-default': [],
  };
  return meets(subject, open, counts[quorum.counted], quorum);
}

/** S130: the empty seats of the voters' roles, each one more for one choice; decision 0087: of one role, its own. */
function vacancies({ vote, roll }: OpenVote, only?: string): bigint {
  const roles = vote.voters.roles.filter((role) => only === undefined || only === 'electorate' || only === 'weight' || only === role);
  return BigInt(roles.reduce((sum, role) => sum + Math.max(0, seatsOf(roll, role) - seated(roll, role).length), 0));
}

interface Counted {
  readonly role: string;
  readonly people: readonly string[];
}

function saying(open: OpenVote, said: Said, choices: readonly string[], { unit, only }: { readonly unit: Unit; readonly only?: Counted }): bigint {
  const people = [...said].filter(([person, own]) => own.some((choice) => choices.includes(choice)) && (only === undefined || only.people.includes(person)));
  const cast = castSize(
    open,
    people.map(([person]) => person),
    unit,
  );
  const { vacanciesCountAs } = open.vote;
  return vacanciesCountAs !== undefined && choices.includes(vacanciesCountAs) ? cast + vacancies(open, only?.role) : cast;
}

function named(subject: Case, open: OpenVote, role: string): Counted {
  return { role, people: role === 'electorate' || role === 'weight' ? rosterOf(subject, open) : peopleOf(open.roll, subject, role) };
}

/** One test of a result. */
function holdsTest(subject: Case, open: OpenVote, said: Said, test: CharterTest): boolean {
  switch (test.kind) {
    case 'share-of-base': {
      const unit: Unit = test.base === 'weight-cast' || test.role === 'weight' ? 'weight' : 'people';
      const count = saying(open, said, test.choices, { unit });
      const every = [...new Set([...open.options, ...[...said.values()].flat()])];
      const cast = every.filter((choice) => choice !== 'abstain');
      const bases = {
        'votes-cast': saying(open, said, cast, { unit: 'people' }),
        'votes-and-abstentions': saying(open, said, every, { unit: 'people' }),
        'weight-cast': saying(open, said, cast, { unit: 'weight' }),
        'those-present': BigInt(subject.present.length),
        all: sizeOf(subject, open, { kind: 'whole', role: test.role ?? '' }),
      };
      // S33: a share of zero votes is never met.
      return bases[test.base] > 0n && meetsQuantity(count, test.comparison, test.amount, bases[test.base]);
    }
    case 'people-say': {
      const unit: Unit = test.role === 'weight' ? 'weight' : 'people';
      const size = sizeOf(subject, open, { kind: 'whole', role: test.role });
      return meetsQuantity(saying(open, said, test.choices, { unit, only: named(subject, open, test.role) }), test.comparison, test.amount, size);
    }
    case 'none-say':
      return saying(open, said, test.choices, { unit: 'people', only: named(subject, open, test.role) }) === 0n;
    case 'all-say': {
      const people = countedPeople(subject, open, { kind: 'whole', role: test.role });
      return people.length > 0 && people.every((person) => said.get(person)?.some((choice) => test.choices.includes(choice)) === true);
    }
    case 'turnout':
      return meets(subject, open, said.keys(), test);
    case 'lead': {
      const unit = ownUnit(open);
      return compares(saying(open, said, [test.of], { unit }) - saying(open, said, [test.over], { unit }), test.comparison, BigInt(test.value));
    }
  }
}

/** S101: the quorum clauses of this call; a second one has the quorum written there, or none. */
function clausesOf({ vote, second }: OpenVote): readonly CharterQuorum[] {
  const call = second ? vote.secondCall : undefined;
  if (call === undefined) return vote.quorums;
  return call.quorum === undefined ? [] : [call.quorum];
}

/** The quorums of the vote itself. */
export function quorumsOf(open: OpenVote): readonly CharterQuorum[] {
  return clausesOf(open).filter(({ counted }) => counted !== 'over-default');
}

/** S44: the quorums that each option needs over the default. */
export function quorumsOverDefault(open: OpenVote): readonly CharterQuorum[] {
  return clausesOf(open).filter(({ counted }) => counted === 'over-default');
}

/** What ballots give if the vote ends with them: a result, or `tie` for the tie rule to say (S124, S125). */
function resultOf(subject: Case, open: OpenVote, said: Said): string {
  const { vote } = open;
  if (!quorumsOf(open).every((quorum) => isQuorate(subject, open, said, quorum))) return 'inquorate';
  // S33: with no ballot nothing passes.
  if (said.size === 0) return 'failed';
  const unit = ownUnit(open);
  if (vote.tie !== undefined && saying(open, said, ['yes'], { unit }) === saying(open, said, ['no'], { unit })) return 'tie';
  return passing(subject, open, said);
}

/** What the ballots so far give if the vote ends now. */
export function resultNow(subject: Case, open: OpenVote, now: Roll): string {
  return resultOf(subject, weighed(subject, open, now), saidIn(subject, open, now));
}

/** S125: the first line of `passes` that holds; `winner` is what the count elects, where a test speaks of it (decision 0109). */
export function passing(subject: Case, open: OpenVote, said: Said, winner?: string): string {
  const meant = (test: CharterTest): CharterTest => (test.kind === 'share-of-base' && test.winner !== undefined ? { ...test, choices: [winner ?? ''] } : test);
  return open.vote.passes.find(({ tests }) => tests.every((test) => holdsTest(subject, open, said, meant(test))))?.result ?? 'failed';
}

/** S127: no completion by those who have not voted gives another result. Every completion is tried; people who count alike are interchangeable. */
export function isDecided(subject: Case, open: OpenVote, now: Roll): boolean {
  const voted = new Set(open.ballots.map(({ person }) => person));
  const result = resultNow(subject, open, now);
  // A vote that would be extended if it closed now stays open.
  if (extendedMs({ ...open, closeMs: now.atMs }, result) !== undefined) return false;
  // Who delegates is among those who have not voted, who is recused votes no more.
  const missing = open.frozen.filter((person) => !voted.has(person) && !recusedIn(subject, open).some((one) => one.person === person));
  // Decision 0053: with a limit of delegates everybody must have voted.
  if ((delegationFor(subject, open.roll)?.limits.length ?? 0) > 0) return missing.length === 0;
  const said = saidIn(subject, open, now);
  const kinds = new Map<string, string[]>();
  for (const person of missing) {
    const kind = namedRoles(open)
      .filter((role) => peopleOf(open.roll, subject, role).includes(person))
      .concat(String(weightOf(open, person)))
      .join();
    kinds.set(kind, [...(kinds.get(kind) ?? []), person]);
  }
  const cast = new Map([...said].filter(([person]) => !missing.includes(person)));
  return everyCompletion([...kinds.values()], open.options, cast, (completed) => resultOf(subject, open, completed) === result);
}

function namedRoles({ vote }: OpenVote): readonly string[] {
  const tests = vote.passes.flatMap((line) => line.tests).flatMap((test) => ('role' in test && test.role !== undefined ? [test.role] : []));
  return [...tests, ...vote.quorums.flatMap((quorum) => sharesOf(quorum.bound).map((share) => share.role))];
}

function everyCompletion(kinds: readonly (readonly string[])[], options: readonly string[], said: Said, holds: (said: Said) => boolean): boolean {
  const [people, ...rest] = kinds;
  return people === undefined ? holds(said) : everyOf(people, options, said, (next) => everyCompletion(rest, options, next, holds));
}

/** The first k of interchangeable people say the first choice, for every k; the others say one of the other choices, or nothing. */
function everyOf(people: readonly string[], choices: readonly string[], said: Said, holds: (said: Said) => boolean): boolean {
  const [choice, ...others] = choices;
  if (choice === undefined || people.length === 0) return holds(said);
  for (let count = 0; count <= people.length; count += 1) {
    const extended = new Map([...said, ...people.slice(0, count).map((person) => [person, [choice]] as const)]);
    if (!everyOf(people.slice(count), others, extended, holds)) return false;
  }
  return true;
}
