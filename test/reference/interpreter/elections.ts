// Who stands for election, and what an election results in (S45, S121, S131, S132).
import type { Lot } from '../tally/ballots.ts';
import { following } from '../tally/ballots.ts';
import type { Election } from '../tally/election.ts';
import { winnersBy, winnersOf } from '../tally/election.ts';
import { isQuorate, quorumsOf, saidIn } from '../tally/motion.ts';
import { holders, meetsFacts } from './rosters.ts';
import type { OpenStep } from './steps.ts';
import { actorPeople, areEnough } from './steps.ts';
import { castIn, weightOf } from './votes.ts';
import type { Case, OpenVote, Roll } from './world.ts';

/** S121: nominated by themselves or by one who may support, accepted, supported, and of the role when the step ends. */
export function nominees(open: OpenStep, now: Roll): readonly string[] {
  const { subject, opening, step } = open;
  const given = subject.acts.filter(({ entry }) => entry === opening.entry);
  // Decision 0052: taken back by the verb, or by the name one stood, nominated or supported under.
  const acts = given.filter(
    (act, index) =>
      !given
        .slice(index)
        .some((later) => later.verb === 'withdraw' && later.person === act.person && [act.verb, act.about[0] ?? act.person].includes(later.about[0] ?? '')),
  );
  return [...now.joined.keys()].filter((person) => {
    const about = acts.filter((act) => (act.about[0] ?? act.person) === person);
    // Whoever withdraws takes back their own acts; that others nominated or support them stands (decision 0052).
    const self = about.some((act) => act.verb === 'nominate' && act.person === person);
    const stands = self || (about.some((act) => act.verb === 'nominate') && about.some((act) => act.verb === 'accept' && act.person === person));
    return (
      stands &&
      step.nominations.some(({ of, who, support }) => {
        const supporters = new Set(about.filter((act) => act.verb === 'endorse').map((act) => act.person));
        const counting = support === undefined ? [] : [...supporters].filter((one) => actorPeople(open, support.by).includes(one));
        return (
          holders(now, of).includes(person) && meetsFacts(now, person, who, [of]) && (support === undefined || areEnough(open, support.by, counting.length))
        );
      })
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

function electionOf(subject: Case, open: OpenVote, now: Roll): Election | undefined {
  const { counted } = open.vote;
  if (counted === undefined) return undefined;
  const ballots = [...castIn(subject, open, now)].map(([person, ranks]) => ({ ranks, weight: weightOf(open, person) }));
  return { counted, candidates: open.options, ballots, seats: seatsOf(open) };
}

/** What the count says: a result, or `tie`. */
export function electionResult(subject: Case, open: OpenVote, now: Roll): string {
  const election = electionOf(subject, open, now);
  if (!quorumsOf(open).every((quorum) => isQuorate(subject, open, saidIn(subject, open, now), quorum))) return 'inquorate';
  const winners = election === undefined ? 'none' : winnersOf(election);
  if (winners === 'tied') return 'tie';
  return won(subject, winners);
}

/** What the count says when every lot falls by an order. */
export function electionByLot(subject: Case, open: OpenVote, at: { readonly now: Roll; readonly order: readonly string[] }): string {
  const election = electionOf(subject, open, at.now);
  const lot: Lot = following(at.order);
  return won(subject, election === undefined ? 'none' : winnersBy(election, lot));
}

function won(subject: Case, winners: readonly string[] | 'none'): string {
  subject.winners = winners === 'none' ? [] : winners;
  return subject.winners.length > 0 ? 'elected' : 'failed';
}
