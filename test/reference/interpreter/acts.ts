// Acts and ballots in a case: which stage they are for, and what they add to its lists (S17, S24, S42; ledger.md section 11).
import { noteBallot } from './closing.ts';
import { drawRefusal } from './draws.ts';
import { edit } from './edits.ts';
import { meetingRefusal } from './meetings.ts';
import { newOption, optionRefusal } from './lists.ts';
import { deed } from './office.ts';
import { recusalRefusal, recusalRules } from './recusals.ts';
import { rollFor } from './rosters.ts';
import { asDraw, asMeeting } from './stages.ts';
import { join, joiningRefusal } from './starts.ts';
import { concernOf, stepRefusal } from './steps.ts';
import { declarationRefusal } from './ties.ts';
import { ballotRefusal } from './votes.ts';
import type { CharterCounted } from '../../../engine/index.ts';
import type { Act, Ballot, Case, Event, Refusal, World } from './world.ts';
import { currentOf, namesIn } from './world.ts';

/** A case that waits for its outcome while it is held takes nothing more. */
function isOver({ ended, awaits }: Case): boolean {
  return ended !== undefined || awaits !== undefined;
}

/** ledger.md section 11: an act names the entry of its stage; an older one is late, a newer one not open yet. */
function entryRefusal(subject: Case, stage: unknown): Refusal {
  const early = subject.openings.length === 0 || Number(stage) > subject.entries;
  const codes = !isOver(subject) && early ? ['GDO1050'] : ['GDO1051'];
  // Between two calls no stage is open, and the paper does not say whether the first is late or the second early.
  if (subject.again !== undefined || currentOf(subject)?.votes.some(({ phase }) => phase === 'again') === true) codes.push('GDO1050', 'GDO1051');
  return { codes: [...codes, 'GDO1052'], reason: 'this entry is not open' };
}

/** An act: to the stage that is open, or by somebody who joins the starters. */
export function actRefusal(world: World, subject: Case, event: Event): Refusal {
  const { person, body, id, atMs } = event;
  const opening = currentOf(subject);
  const [verb = ''] = namesIn(body['verb']);
  if (subject.ended === undefined && opening === undefined && verb === 'start' && body['stage'] === 1) {
    const refusal = joiningRefusal(world, subject, person);
    // Decision 0030: others add themselves; the paper names no code for somebody who has already.
    if (subject.starters.includes(person)) return { codes: [], reason: 'is among the starters already' };
    if (refusal === undefined) join(world, subject, person);
    return refusal;
  }
  // A recusal may be asked for in one vote of a joint, by the entry of the vote, and a tie is decided by it (decision 0105); an edit is about the case, whichever of them it names.
  const ofVotes = verb === 'recuse' || verb === 'edit' || verb === 'declare';
  const entries = opening === undefined ? [] : [opening.entry, ...(ofVotes ? opening.votes.map(({ entry }) => entry) : [])];
  if (isOver(subject) || opening === undefined || !entries.some((entry) => entry === body['stage']) || subject.again !== undefined) {
    const refused = entryRefusal(subject, body['stage']);
    return refused === undefined || verb !== 'edit' || person === subject.author ? refused : { ...refused, codes: [...refused.codes, 'GDO1040'] };
  }
  const text = typeof body['text'] === 'string' ? { text: body['text'] } : {};
  const part = verb === 'commit' ? body['hash'] : body['secret'];
  const secret = typeof part === 'string' ? { secret: part } : {};
  const act: Act = { id, atMs, person, verb, about: namesIn(body['about']), entry: opening.entry, ...text, ...secret };
  const meeting = asMeeting(subject, opening);
  const draw = asDraw(subject, opening);
  const tied = opening.votes.find(({ phase, entry }) => phase === 'tie' && entry === body['stage']);
  let refusal: Refusal = { codes: ['GDO1050', 'GDO1052'], reason: 'this stage takes no such acts' };
  if (verb === 'edit') return edit(world, subject, event);
  if (verb === 'recuse' && recusalRules(subject, opening).length > 0) refusal = recusalRefusal(subject, opening, act, rollFor(world, subject));
  else if (opening.stage.kind === 'step') {
    const step = { subject, opening, step: opening.stage };
    const offered = optionRefusal(step, opening.stage, act, rollFor(world, subject));
    refusal = offered === 'none of these' ? stepRefusal(step, act, rollFor(world, subject)) : offered;
  } else if (draw !== undefined) refusal = drawRefusal(draw, act, rollFor(world, subject));
  else if (meeting !== undefined)
    refusal = meetingRefusal(meeting, act, { now: rollFor(world, subject), startMs: typeof body['at'] === 'number' ? body['at'] : undefined });
  else if (tied !== undefined) refusal = declarationRefusal(world, subject, tied, act);
  if (refusal !== undefined) return refusal;
  if (verb === 'withdraw') {
    const taken = subject.acts.filter((one) => one.person === person && act.about.includes(one.verb)).map((one) => one.id);
    world.records = { ...world.records, deeds: world.records.deeds.filter((one) => one.act === undefined || !taken.includes(one.act)) };
  }
  if (world.charter.actions.some(({ name }) => name === verb)) deed(world, verb, person, id);
  subject.acts.push(act);
  if (verb === 'add' && opening.stage.kind === 'step' && opening.stage.options !== undefined)
    subject.added.push({ name: newOption(subject, act.about), person, isWithdrawn: false });
  const taken =
    verb === 'withdraw' ? subject.added.find(({ name, isWithdrawn, ...one }) => act.about.includes(name) && one.person === person && !isWithdrawn) : undefined;
  if (taken !== undefined) taken.isWithdrawn = true;
  if (verb === 'raise') subject.concerns.push({ id: `c${subject.concerns.length + 1}`, raiser: person, raisedMs: atMs });
  const closed = verb === 'resolve' || (verb === 'withdraw' && act.about.length > 0) ? concernOf(subject, act) : undefined;
  // S119: only its raiser withdraws a concern.
  if (closed !== undefined && (verb === 'resolve' || closed.raiser === person)) closed.closedMs = atMs;
  return undefined;
}

/** Decision 0106: pairs of an option and points within the range, as one group for each number; undefined: something else. */
function pointRanks({ from = 0, to = 0 }: CharterCounted, pairs: readonly unknown[]): Ballot['ranks'] | undefined {
  const ranks: string[][] = Array.from({ length: to - from + 1 }, () => []);
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== 'string') return undefined;
    const rank = ranks[to - Number(pair[1])];
    if (rank === undefined || typeof pair[1] !== 'number') return undefined;
    rank.push(pair[0]);
  }
  return pairs.length === 0 ? undefined : ranks;
}

/** A ballot in a vote that is open. */
export function ballotOf(world: World, subject: Case, event: Event): Refusal {
  const { person, body, atMs } = event;
  const opening = currentOf(subject);
  const open = opening?.votes.find(({ entry, phase }) => entry === body['stage'] && phase === 'open');
  if (isOver(subject) || open === undefined) {
    return !isOver(subject) && subject.again === undefined && opening?.entry === body['stage'] && opening?.votes.length === 0
      ? { codes: ['GDO1052'], reason: 'no vote' }
      : entryRefusal(subject, body['stage']);
  }
  const choice = body['choice'];
  const text = (name: string): string | undefined => {
    const value = body[name];
    return typeof value === 'string' ? value : undefined;
  };
  const points = Array.isArray(choice) && open.vote.counted?.method === 'score' ? pointRanks(open.vote.counted, choice) : undefined;
  const plain = Array.isArray(choice) ? choice.map(namesIn) : namesIn(choice).map((one) => [one]);
  // Decision 0106: one name is no ballot of points, but that it abstains.
  const isBad = open.vote.counted?.method === 'score' && points === undefined && choice !== 'abstain';
  const ballot: Ballot = { atMs, person, ranks: points ?? plain, isBad };
  const now = rollFor(world, subject);
  const count = open.ballots.length;
  const refusal = ballotRefusal(subject, open, now, { ballot, choice, nonce: text('nonce'), text: text('text') });
  if (open.ballots.length > count) {
    noteBallot(world, subject, open);
    // Decision 0050: one a person and vote, of when it was cast last.
    const id = `${subject.number} ${open.entry} ${person}`;
    world.records = { ...world.records, deeds: world.records.deeds.filter((one) => one.act !== id) };
    deed(world, 'ballots', person, id);
  }
  return refusal;
}
