// Who stands for election, and what an election results in (S45, S121, S131, S132).
import type { Lot } from '../tally/ballots.ts';
import { following } from '../tally/ballots.ts';
import type { Election } from '../tally/election.ts';
import { winnersBy, winnersOf } from '../tally/election.ts';
import { withinGroups } from './limits.ts';
import { isQuorate, quorumsOf, saidIn } from '../tally/motion.ts';
import { holders, meetsFacts } from './rosters.ts';
import type { OpenStep } from './steps.ts';
import { actorPeople, areEnough } from './steps.ts';
import { deadline } from './time.ts';
import { castIn, weightOf } from './votes.ts';
import { breaksTerms } from './terms.ts';
import type { Act, Case, OpenVote, Roll, World } from './world.ts';

type Nomination = OpenStep['step']['nominations'][number];

/** The acts of a step that count after so many were given. Decision 0052: taken back by the verb, or by the name one stood, nominated or supported under. */
function standingActs({ subject, opening }: OpenStep, count?: number): readonly Act[] {
  const given = subject.acts.filter(({ entry }) => entry === opening.entry).slice(0, count);
  return given.filter(
    (act, index) =>
      !given
        .slice(index)
        .some((later) => later.verb === 'withdraw' && later.person === act.person && [act.verb, act.about[0] ?? act.person].includes(later.about[0] ?? '')),
  );
}

function isSupported(open: OpenStep, { support }: Nomination, person: string, acts: readonly Act[]): boolean {
  if (support === undefined) return true;
  // Decision 0052: about a candidate; who endorses and names nobody supports the case.
  const supporters = new Set(acts.filter((act) => act.verb === 'endorse' && act.about[0] === person).map((act) => act.person));
  const people = [...supporters].filter((one) => actorPeople(open, support.by).includes(one));
  return areEnough(open, support.by, withinGroups(open.opening.roll, open.step.limits, { people, first: [person], noun: 'supporters' }).length);
}

/** Decision 0052: who had enough support and falls below it leaves at once, or after the time given unless it is back by then. */
function isStruck(open: OpenStep, line: Nomination, person: string, nowMs: number): boolean {
  const given = open.subject.acts.filter(({ entry }) => entry === open.opening.entry);
  let lostMs: number | undefined;
  let had = false;
  for (let count = 1; count <= given.length; count += 1) {
    const atMs = given[count - 1]?.atMs ?? 0;
    if (lostMs !== undefined && atMs >= struckMs(open, line, lostMs)) return true;
    const has = isSupported(open, line, person, standingActs(open, count));
    lostMs = has ? undefined : had ? atMs : lostMs;
    if (lostMs !== undefined && line.support?.struckAfter === undefined) return true;
    had = has;
  }
  return lostMs !== undefined && nowMs >= struckMs(open, line, lostMs);
}

function struckMs({ opening }: OpenStep, { support }: Nomination, lostMs: number): number {
  return support?.struckAfter === undefined ? lostMs : deadline(lostMs, support.struckAfter, opening.roll.charter.organization.dayEnds);
}

/** S121: nominated by themselves or by one who may support, accepted, supported, and of the role when the step ends. */
export function nominees(open: OpenStep, now: Roll): readonly string[] {
  const acts = standingActs(open);
  return [...now.joined.keys()].filter((person) => {
    const about = acts.filter((act) => (act.about[0] ?? act.person) === person);
    // Whoever withdraws takes back their own acts; that others nominated or support them stands (decision 0052).
    const self = about.some((act) => act.verb === 'nominate' && act.person === person);
    const stands = self || (about.some((act) => act.verb === 'nominate') && about.some((act) => act.verb === 'accept' && act.person === person));
    return (
      stands &&
      !open.subject.struck.includes(person) &&
      open.step.nominations.some(
        (line) =>
          holders(now, line.of).includes(person) &&
          meetsFacts(now, person, line.who, [line.of]) &&
          isSupported(open, line, person, acts) &&
          !isStruck(open, line, person, now.atMs),
      )
    );
  });
}

function seatsOf({ vote }: OpenVote): number {
  return vote.elects?.seats ?? 1;
}

/** S132: what is settled when the vote opens: nobody to vote on, or no more candidates than seats where `when uncontested` stands. */
export function openingResult(subject: Case, open: OpenVote): string | undefined {
  if (open.vote.choices.kind !== 'candidates') return undefined;
  if (open.options.length === 0) return 'empty';
  if (open.options.length > seatsOf(open) || !open.vote.results.some(({ result }) => result === 'uncontested')) return undefined;
  subject.winners = open.options;
  return 'uncontested';
}

/** S113, S115: whoever has served as many terms as the role allows. */
function barredIn(world: World, subject: Case, { vote }: OpenVote): Pick<Election, 'barred'> {
  const role = subject.charter.roles.find(({ name }) => name === vote.elects?.role);
  return role === undefined ? {} : { barred: (person) => breaksTerms(world, role, person) };
}

function electionOf(world: World, subject: Case, open: OpenVote, now: Roll): Election | undefined {
  const { counted } = open.vote;
  if (counted === undefined) return undefined;
  // S121: whoever was struck since the opening is dropped before the count.
  const stands = (name: string): boolean => name !== 'abstain' && !subject.struck.includes(name);
  const ballots = [...castIn(subject, open, now)].map(([person, ranks]) => ({
    ranks: ranks.map((rank) => rank.filter(stands)).filter((rank) => rank.length > 0),
    weight: weightOf(open, person),
  }));
  return { counted, candidates: open.options.filter(stands), ballots, seats: seatsOf(open), ...barredIn(world, subject, open) };
}

/** What the count says: a result, or `tie`. */
export function electionResult(world: World, subject: Case, open: OpenVote, now: Roll): string {
  const election = electionOf(world, subject, open, now);
  if (!quorumsOf(open).every((quorum) => isQuorate(subject, open, saidIn(subject, open, now), quorum))) return 'inquorate';
  const winners = election === undefined ? 'none' : winnersOf(election);
  if (winners === 'tied') return 'tie';
  return won(subject, open, winners);
}

/** What the count says when every lot falls by an order. */
export function electionByLot(world: World, subject: Case, open: OpenVote, at: { readonly now: Roll; readonly order: readonly string[] }): string {
  const election = electionOf(world, subject, open, at.now);
  const lot: Lot = following(at.order);
  return won(subject, open, election === undefined ? 'none' : winnersBy(election, lot));
}

function won(subject: Case, { vote }: OpenVote, winners: readonly string[] | 'none'): string {
  subject.winners = winners === 'none' ? [] : winners;
  if (subject.winners.length === 0) return 'failed';
  // Who wins seats is elected; what wins none has won.
  return vote.elects === undefined ? 'won' : 'elected';
}
