// What happens when a vote is tied: each rule in turn, until one says how it ends (S37, S38, S124, S134).
import { lotOrder, lotSeed, sha256Bytes, utf8Encode } from '../../../engine/index.ts';
import { checkpointName } from '../differential/stream.ts';
import { recusedIn } from './recusals.ts';
import { exceptedPeople, rollFor } from './rosters.ts';
import { actorPeople, isAsked } from './steps.ts';
import { electionByLot } from './elections.ts';
import { isElection } from './votes.ts';
import { deadline, plus } from './time.ts';
import type { Act, Case, Opening, OpenVote, Refusal, World } from './world.ts';
import { currentOf } from './world.ts';

/** The opening of a vote with the roles as the vote froze them: at the start of the case, where it says so. */
function openingOf(subject: Case, { roll }: OpenVote): Opening | undefined {
  const opening = currentOf(subject);
  return opening === undefined ? undefined : { ...opening, roll };
}

/** S37, S7: whoever decides by a rule of the tie, by the roll of the opening: not a party to the case, unless `though concerned`. */
function deciders(subject: Case, open: OpenVote): readonly string[] {
  const rule = open.vote.tie?.[open.rule];
  const opening = openingOf(subject, open);
  if (rule?.kind !== 'decided' || opening === undefined) return [];
  // S134: `though concerned` reaches also those whom `except` took off the roster, so without it they decide nothing.
  const excepted = exceptedPeople(open.roll, subject, open.vote.voters.except);
  const recused = recusedIn(subject, open).map(({ person }) => person);
  const parties = rule.thoughConcerned === undefined ? [subject.author, ...subject.candidates, ...subject.subjects, ...excepted, ...recused] : [];
  return actorPeople({ subject, opening }, rule.by).filter((person) => !parties.includes(person));
}

/** Goes to the rule at `open.rule`, or ends the vote by it. A list that has no more rules fails. */
export function settle(world: World, subject: Case, open: OpenVote): void {
  open.counted ??= { now: rollFor(world, subject), closeMs: open.closeMs };
  const rule = open.vote.tie?.[open.rule];
  if (rule?.kind === 'lot') {
    // S38, ledger.md section 11: by the checkpoint that closes the vote, so in the fold of the next one.
    open.phase = 'lot';
    open.lotHeight = world.height;
    return;
  }
  if (rule?.kind === 'decided') {
    if (deciders(subject, open).length === 0) {
      open.rule += 1;
      settle(world, subject, open);
      return;
    }
    open.phase = 'tie';
    // S37: the vote's open time, at most 7 days.
    open.closeMs = Math.min(deadline(world.nowMs, open.vote.open, world.charter.organization.dayEnds), plus(world.nowMs, { count: 7, unit: 'day' }));
    return;
  }
  if (isElection(open.vote)) subject.winners = [];
  // Where nothing is written of ties, `tied` is a result like any other (S70).
  close(open, open.vote.tie === undefined ? 'tied' : 'failed');
}

function close(open: OpenVote, result: string): void {
  open.phase = 'closed';
  open.result = result;
}

/** Moves a tied vote on: the decider's time is over, or the checkpoint of the lot is there. */
export function advanceTie(world: World, subject: Case, open: OpenVote): void {
  if (open.phase === 'tie' && world.nowMs >= open.closeMs) {
    open.rule += 1;
    settle(world, subject, open);
  } else if (open.phase === 'lot' && world.height > open.lotHeight) {
    const names = isElection(open.vote) ? open.options : ['passed', 'failed'];
    const seed = lotSeed(sha256Bytes(utf8Encode(checkpointName(open.lotHeight))), subject.id, String(open.entry));
    const order = lotOrder(seed, names, [...names.keys()]).map((index) => names[index] ?? '');
    close(
      open,
      isElection(open.vote) ? electionByLot(world, subject, open, { now: open.counted?.now ?? rollFor(world, subject), order }) : (order[0] ?? 'failed'),
    );
  }
}

/** The decider names `passed` or `failed`. */
export function declarationRefusal(world: World, subject: Case, open: OpenVote, act: Act): Refusal {
  const rule = open.vote.tie?.[open.rule];
  const opening = openingOf(subject, open);
  const asked =
    rule?.kind === 'decided' &&
    opening !== undefined &&
    deciders(subject, open).includes(act.person) &&
    isAsked({ subject, opening }, rule.by, act.person, rollFor(world, subject));
  const [named = ''] = act.about;
  const codes = [
    ...(act.verb === 'declare' ? [] : ['GDO1050', 'GDO1052']),
    ...(asked ? [] : ['GDO1040']),
    ...(named === 'passed' || named === 'failed' ? [] : ['GDO1052']),
  ];
  if (codes.length > 0) return { codes, reason: 'a tie waits for its decider' };
  close(open, named);
  return undefined;
}
