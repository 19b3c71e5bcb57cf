// What an election results in: what is dropped before it, who wins, and the tests beside it (S44, S45, S115, S131-S133, decisions 0052, 0109).
import type { CharterRole } from '../../../engine/index.ts';
import type { Lot } from '../tally/ballots.ts';
import { following } from '../tally/ballots.ts';
import type { Limit } from '../tally/cap.ts';
import type { Election } from '../tally/election.ts';
import { readBallot, winnersBy, winnersOf } from '../tally/election.ts';
import { isQuorate, meets, passing, quorumsOf, quorumsOverDefault, saidIn } from '../tally/motion.ts';
import { pairwise } from '../tally/pairwise.ts';
import { compares } from './bounds.ts';
import { areaOwning } from './content.ts';
import { castIn, weighed } from './delegated.ts';
import { ownOption, stillThere } from './lists.ts';
import { eachOf, most } from './limits.ts';
import { groupOf } from './records.ts';
import { seated, seatsOf } from './rosters.ts';
import { endingIn, seatsElected } from './seats.ts';
import { castSize } from './sizes.ts';
import { breaksTerms, waivers } from './terms.ts';
import type { Case, OpenVote, Roll, World } from './world.ts';

/** S132: what is settled when the vote opens: nothing but the default to vote on, or no more than there are seats where `when uncontested` stands. */
export function openingResult(subject: Case, open: OpenVote): string | undefined {
  if (open.vote.choices.kind === 'list') return undefined;
  const names = open.options.filter((name) => name !== open.vote.default);
  if (names.length === 0) {
    subject.winners = [];
    return 'empty';
  }
  if (names.length > seatsElected(subject, open) || !open.vote.results.some(({ result }) => result === 'uncontested')) return undefined;
  subject.winners = names;
  return 'uncontested';
}

/** S115, decision 0052: the members who stay, unless every seat is filled or their term ends before the process begins again by the calendar. */
function stayingIn(now: Roll, subject: Case, open: OpenVote, role: CharterRole): readonly string[] {
  if (seatsElected(subject, open) >= seatsOf(open.roll, role.name)) return [];
  const leaving = endingIn(now, subject, open).map(({ person }) => person);
  return seated(now, role.name).filter((person) => !leaving.includes(person));
}

/** S113 to S115: whoever has served as many terms as the role allows may not win, and so many of a group may, with those of the role who stay. */
function limitsOf(world: World, { subject, open }: Count, now: Roll): readonly Limit[] {
  const { roll, vote } = open;
  const role = subject.charter.roles.find(({ name }) => name === vote.elects?.role);
  if (role === undefined) return [];
  const staying = stayingIn(now, subject, open, role);
  const caps = [...role.limits, ...vote.limits].filter(({ counted }) => counted === 'winners' || counted === role.name);
  return [
    { groupOf: (person) => person, most: (person) => (breaksTerms(world, role, person) ? 0 : 1), sitting: [] },
    ...caps.map((limit): Limit => {
      const sitting = limit.counted === 'winners' ? [] : staying;
      return {
        groupOf: (person) => groupOf(roll, eachOf(limit) ?? '', person),
        most: (_, winners) => most(limit, new Set([...sitting, ...winners]).size),
        sitting,
        // S114: a case lets somebody in beyond a cap of the role; those of the vote alone are no matter of a grant.
        isLetIn: (person) =>
          limit.waivedThrough !== undefined && role.limits.includes(limit) && waivers(world, role.name, person, limit.waivedThrough).length > 0,
      };
    }),
  ];
}

/** A vote that is counted by a method, with what each person's ballot says in it. */
interface Count {
  readonly subject: Case;
  readonly open: OpenVote;
  readonly candidates: readonly string[];
  readonly cast: ReturnType<typeof castIn>;
}

/** Who prefers one to another; a ballot that is set aside prefers nothing. */
function preferring({ open, candidates, cast }: Count, a: string, b: string): readonly string[] {
  const { counted } = open.vote;
  if (counted === undefined) return [];
  const unranked = counted.unranked === 'not-compared' ? 'not-compared' : 'tied-last';
  return [...cast].flatMap(([person, own]) => {
    const named = own.map((rank) => rank.filter((name) => candidates.includes(name)));
    const some = named.filter((rank) => rank.length > 0);
    const read = some.length === 0 ? undefined : readBallot({ counted, candidates }, counted.method === 'score' ? named : some);
    // S44: this is before the method runs, so what a ballot says behind its first choice is heard.
    const ranks = read !== undefined && counted.method === 'plurality' ? some : read;
    return ranks !== undefined && pairwise([a, b], [{ weight: 1n, ranks }], unranked)(a, b) > 0n ? [person] : [];
  });
}

/** S44: whether an option stays: with enough people over the default, and enough more of them than of the others. */
function holdsAgainst(count: Count, option: string, fallback: string): boolean {
  const { open, subject } = count;
  const over = preferring(count, option, fallback);
  const [above, below] = [castSize(open, over, 'weight'), castSize(open, preferring(count, fallback, option), 'weight')];
  // Decision 0191: what a list offers is all about the content of the case; of options only the case's own is.
  const touches = (area: string): boolean =>
    (open.vote.choices.kind !== 'options' || option === ownOption) && (subject.change ?? []).some(({ path }) => areaOwning(subject.charter, path) === area);
  // Decision 0024: by this method nothing stays that does not strictly beat the default.
  if (open.vote.counted?.method === 'condorcet-schulze' && above <= below) return false;
  return (
    quorumsOverDefault(open).every((quorum) => meets(subject, open, over, quorum)) &&
    open.vote.beatsDefault.every(
      ({ comparison, left, right, area }) => (area !== undefined && !touches(area)) || compares(above * BigInt(right), comparison, below * BigInt(left)),
    )
  );
}

function countOf(subject: Case, open: OpenVote, now: Roll): Count {
  const fallback = open.vote.default;
  // S121: whoever was struck since the opening is dropped before the count.
  const candidates = stillThere(subject, open.options, now.atMs).filter((name) => name !== 'abstain');
  const { counted } = open.vote;
  const paper = open.options.filter((name) => name !== 'abstain');
  // Decision 0024: as they were cast, whoever was struck since.
  const isTaken = (ranks: OpenVote['ballots'][number]['ranks']): boolean =>
    counted === undefined || ranks.flat().join() === 'abstain' || readBallot({ counted, candidates: paper }, ranks) !== undefined;
  const cast = new Map([...castIn(subject, open, now)].filter(([, ranks]) => isTaken(ranks)));
  const count = { subject, open, candidates, cast };
  return fallback === undefined ? count : { ...count, candidates: candidates.filter((name) => name === fallback || holdsAgainst(count, name, fallback)) };
}

function electionOf(world: World, count: Count, now: Roll): Election | undefined {
  const { open, subject, candidates, cast } = count;
  const { counted, default: fallback } = open.vote;
  if (counted === undefined) return undefined;
  const ballots = [...cast].map(([person, ranks]) => ({ ranks, weight: castSize(open, [person], 'weight') }));
  return { counted, candidates, ballots, seats: seatsElected(subject, open), limits: limitsOf(world, count, now), fallback };
}

/** What the count says: a result, or `tie`. */
export function electionResult(world: World, subject: Case, vote: OpenVote, now: Roll): string {
  const open = weighed(subject, vote, now);
  // S108: those of the latest vote, so those of an earlier one no longer.
  const none = (result: string): string => {
    subject.winners = [];
    return result;
  };
  if (!quorumsOf(open).every((quorum) => isQuorate(subject, open, saidIn(subject, open, now), quorum))) return none('inquorate');
  // S121, S132: everybody was struck since the opening.
  if (vote.vote.choices.kind !== 'list' && stillThere(subject, open.options, world.nowMs).every((name) => name === open.vote.default)) return none('empty');
  const count = countOf(subject, open, now);
  const election = electionOf(world, count, now);
  const winners = election === undefined ? 'none' : winnersOf(election);
  // Decision 0176: where a test fails whoever wins, nothing is left to a tie rule.
  if (winners === 'tied') return isOpen(count, now) ? 'tie' : none('failed');
  return won(count, now, winners);
}

/** Whether the tests beside a method do not fail already: those of the winner need one. */
function isOpen({ subject, open }: Count, now: Roll): boolean {
  const { passes } = open.vote;
  const asksForWinner = passes.some(({ tests }) => tests.some((test) => test.kind === 'share-of-base' && test.winner !== undefined));
  return passes.length === 0 || asksForWinner || passing(subject, open, saidIn(subject, open, now), undefined) !== 'failed';
}

/** What the count says when every lot falls by an order. */
export function electionByLot(world: World, subject: Case, open: OpenVote, at: { readonly now: Roll; readonly order: readonly string[] }): string {
  const count = countOf(subject, weighed(subject, open, at.now), at.now);
  const election = electionOf(world, count, at.now);
  const lot: Lot = following(at.order);
  return won(count, at.now, election === undefined ? 'none' : winnersBy(election, lot));
}

/** What follows from who wins: in every pair enough people must prefer a winner, and the tests beside the method must hold. */
function won(count: Count, now: Roll, winners: readonly string[] | 'none'): string {
  const { subject, open, candidates } = count;
  const { vote } = open;
  subject.winners = winners === 'none' ? [] : winners;
  const beats = subject.winners.every((winner) =>
    candidates.every((other) =>
      vote.beatsOthers.every(
        ({ comparison, share }) => subject.winners.includes(other) || meets(subject, open, preferring(count, winner, other), { comparison, bound: share }),
      ),
    ),
  );
  const said = vote.passes.length === 0 ? 'passed' : passing(subject, open, saidIn(subject, open, now), subject.winners[0]);
  if (subject.winners.length === 0 || !beats || said === 'failed') {
    subject.winners = [];
    return 'failed';
  }
  // Who wins seats is elected; what wins none has won.
  return said === 'passed' ? (vote.elects === undefined ? 'won' : 'elected') : said;
}
