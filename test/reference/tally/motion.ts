// What the ballots of a motion add up to (S29-S33, S110, S124-S127, S130). Every count starts from the list of ballots; a decided vote is found by trying every completion.
import type { CharterBound, CharterComparison, CharterQuorum, CharterShare, CharterTest } from '../../../engine/index.ts';
import { compares, meetsBound, meetsQuantity, sharesOf } from '../interpreter/bounds.ts';
import { holders, peopleOf, seated, seatsOf } from '../interpreter/rosters.ts';
import type { Case, OpenVote } from '../interpreter/world.ts';

/** What one person's ballot says in the end: the last one received (S34). */
export type Said = ReadonlyMap<string, string>;

/** The last ballot of each person. */
export function saidIn(open: OpenVote): Said {
  return new Map(open.ballots.map(({ person, ranks }) => [person, ranks[0]?.[0] ?? '']));
}

/** How large a roster of the vote is: after exceptions, before them for a square root (S9, S110). */
function sizeOf(subject: Case, open: OpenVote, share: CharterShare): bigint {
  return BigInt(
    share.role === 'seats' ? open.vote.voters.roles.reduce((sum, role) => sum + seatsOf(open.roll, role), 0) : countedPeople(subject, open, share).length,
  );
}

function countedPeople(subject: Case, { roll, roster, vote }: OpenVote, share: CharterShare): readonly string[] {
  const root = share.kind === 'part' && share.squareRoot !== undefined;
  if (share.role === 'electorate') return root ? vote.voters.roles.flatMap((role) => holders(roll, role)) : roster;
  const people = peopleOf(roll, subject, share.role);
  if (root) return people;
  const excepted = vote.voters.except.flatMap((name) => peopleOf(roll, subject, name));
  return people.filter((person) => !excepted.includes(person) && (share.other === undefined || !subject.starters.includes(person)));
}

function meets(subject: Case, open: OpenVote, count: number, comparison: CharterComparison, bound: CharterBound): boolean {
  return meetsBound(BigInt(count), comparison, bound, (share) => sizeOf(subject, open, share));
}

/** S30, S126: one quorum. */
export function isQuorate(subject: Case, open: OpenVote, said: Said, quorum: CharterQuorum): boolean {
  const counts = {
    voting: said.size,
    present: subject.present.length,
    saying: [...said.values()].filter((choice) => quorum.choices?.includes(choice)).length,
    'over-default': 0,
  };
  return meets(subject, open, counts[quorum.counted], quorum.comparison, quorum.bound);
}

/** S130: the empty seats of the voters' roles, each one more for one choice; decision 0087: of one role, its own. */
function vacancies({ vote, roll }: OpenVote, only?: string): number {
  const roles = vote.voters.roles.filter((role) => only === undefined || only === 'electorate' || only === role);
  return roles.reduce((sum, role) => sum + Math.max(0, seatsOf(roll, role) - seated(roll, role).length), 0);
}

interface Counted {
  readonly role: string;
  readonly people: readonly string[];
}

function saying(open: OpenVote, said: Said, choices: readonly string[], only?: Counted): number {
  const people = only?.people;
  const cast = [...said].filter(([person, choice]) => choices.includes(choice) && (people === undefined || people.includes(person))).length;
  const { vacanciesCountAs } = open.vote;
  return vacanciesCountAs !== undefined && choices.includes(vacanciesCountAs) ? cast + vacancies(open, only?.role) : cast;
}

function named(subject: Case, open: OpenVote, role: string): Counted {
  return { role, people: role === 'electorate' ? open.roster : peopleOf(open.roll, subject, role) };
}

/** One test of a result. */
function holdsTest(subject: Case, open: OpenVote, said: Said, test: CharterTest): boolean {
  switch (test.kind) {
    case 'share-of-base': {
      const count = BigInt(saying(open, said, test.choices));
      const every = [...new Set([...open.options, ...said.values()])];
      const bases = {
        'votes-cast': saying(
          open,
          said,
          every.filter((choice) => choice !== 'abstain'),
        ),
        'votes-and-abstentions': saying(open, said, every),
        'weight-cast': saying(
          open,
          said,
          every.filter((choice) => choice !== 'abstain'),
        ),
        'those-present': subject.present.length,
        all: Number(sizeOf(subject, open, { kind: 'whole', role: test.role ?? '' })),
      };
      // S33: a share of zero votes is never met.
      return bases[test.base] > 0 && meetsQuantity(count, test.comparison, test.amount, BigInt(bases[test.base]));
    }
    case 'people-say':
      return meetsQuantity(
        BigInt(saying(open, said, test.choices, named(subject, open, test.role))),
        test.comparison,
        test.amount,
        sizeOf(subject, open, { kind: 'whole', role: test.role }),
      );
    case 'none-say':
      return saying(open, said, test.choices, named(subject, open, test.role)) === 0;
    case 'all-say': {
      const people = countedPeople(subject, open, { kind: 'whole', role: test.role });
      return people.length > 0 && people.every((person) => test.choices.includes(said.get(person) ?? ''));
    }
    case 'turnout':
      return meets(subject, open, said.size, test.comparison, test.bound);
    case 'lead':
      return compares(BigInt(saying(open, said, [test.of]) - saying(open, said, [test.over])), test.comparison, BigInt(test.value));
  }
}

/** What these ballots give if the vote ends with them: a result, or `tie` for the tie rule to say (S124, S125). */
export function resultOf(subject: Case, open: OpenVote, said: Said): string {
  const { vote } = open;
  const second = open.second ? vote.secondCall : undefined;
  // S101: a second call has the quorum written there, or none.
  const quorums = second === undefined ? vote.quorums : second.quorum === undefined ? [] : [second.quorum];
  if (!quorums.every((quorum) => isQuorate(subject, open, said, quorum))) return 'inquorate';
  // S33: with no ballot nothing passes.
  if (said.size === 0) return 'failed';
  if (vote.tie !== undefined && saying(open, said, ['yes']) === saying(open, said, ['no'])) return 'tie';
  return vote.passes.find(({ tests }) => tests.every((test) => holdsTest(subject, open, said, test)))?.result ?? 'failed';
}

/** S127: no completion by those who have not voted gives another result. Every completion is tried; people who count alike are interchangeable. */
export function isDecided(subject: Case, open: OpenVote): boolean {
  const said = saidIn(open);
  const missing = open.roster.filter((person) => !said.has(person));
  const result = resultOf(subject, open, said);
  const kinds = new Map<string, string[]>();
  for (const person of missing) {
    const kind = namedRoles(open)
      .filter((role) => peopleOf(open.roll, subject, role).includes(person))
      .join();
    kinds.set(kind, [...(kinds.get(kind) ?? []), person]);
  }
  return everyCompletion([...kinds.values()], open.options, said, (completed) => resultOf(subject, open, completed) === result);
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
    const extended = new Map([...said, ...people.slice(0, count).map((person) => [person, choice] as const)]);
    if (!everyOf(people.slice(count), others, extended, holds)) return false;
  }
  return true;
}
