// The outlook of a case in sentences that an organizer understands: what is missing, what happens otherwise, and what can no longer be. It judges nothing.
import type { Charter } from './bylaws.ts';
import type { CharterStage } from './bylaws-stages.ts';
import { scopeOf } from './act.ts';
import type { CaseScope } from './actor.ts';
import type { VoteRecord } from './case.ts';
import { awaited, currentOf, stageOf, votesIn } from './case.ts';
import { unreachable } from './invariant.ts';
import { outlookOf } from './outlook.ts';
import type { MissingAct, Outlook, WayOn } from './outlook-ways.ts';
import type { State } from './state.ts';
import { actorText, pluralOf } from './wording.ts';

/** Names that are listed in one sentence; more are counted. */
const namesMax = 6;

function namesText(people: readonly string[]): string {
  const shown = people.slice(0, namesMax).join(', ');
  return people.length <= namesMax ? shown : `${shown} and ${people.length - namesMax} more`;
}

function peopleText(charter: Charter, act: MissingAct): string {
  if (act.definite !== undefined && act.count === 1) return `the ${act.of}`;
  const name = act.of === 'electorate' ? (act.count === 1 ? 'voter' : 'voters') : act.count === 1 ? act.of : pluralOf(charter, act.of);
  return `${act.count} more ${name === 'person' || name === 'people' ? (act.count === 1 ? 'person' : 'people') : name}`;
}

function voteText(who: string, act: MissingAct): string {
  const { count, choice = 'yes', free = 0 } = act;
  if (free === 0) return `${who} must vote ${choice}`;
  if (free === count) return `${who} must vote, whatever they say`;
  return `${who} must vote, and it works even if ${free} of them ${free === 1 ? 'does' : 'do'} not say ${choice}`;
}

function openBallotText(who: string, { count, choice = 'yes', free = 0 }: MissingAct): string {
  const open = `${who} must open ${count === 1 ? 'their sealed ballot' : 'their sealed ballots'}`;
  if (free === count) return `${open}, whatever ${count === 1 ? 'it says' : 'they say'}`;
  if (count === 1) return `${open}, and it must say ${choice}`;
  return `${open}, and ${free === 0 ? 'they' : `all but ${free} of them`} must say ${choice}`;
}

/** One missing act: `2 more members must approve`. Pure. */
export function missingActText(charter: Charter, act: MissingAct): string {
  if (act.verb === 'resolve') return `${act.count} open ${act.count === 1 ? 'concern' : 'concerns'} must be resolved`;
  if (act.verb === 'attest') return `\`${act.of}\` must be attested by ${act.count} more ${act.count === 1 ? 'endorser' : 'endorsers'}`;
  const who = peopleText(charter, act);
  if (act.verb === 'open') return openBallotText(who, act);
  if (act.verb === 'vote') return `${voteText(who, act)}${act.in === undefined ? '' : ` in \`${act.in.vote}\``}`;
  return `${who} must ${act.verb}${act.text === undefined ? '' : ` "${act.text}"`}`;
}

function whereText(way: WayOn): string {
  if (way.target === 'merged') return 'is merged';
  if (way.target === 'stale') return 'becomes stale: its time to merge is over';
  if (way.accepts === undefined) return `goes on to \`${way.target}\``;
  const word = way.accepts ? 'is accepted' : 'is refused';
  return way.target === 'accepted' || way.target === 'refused' ? word : `${word} as \`${way.target}\``;
}

const results: ReadonlyMap<string, string> = new Map([
  ['inquorate', 'the quorum is not reached'],
  ['failed', 'the votes do not carry it'],
  ['passed', 'the votes carry it'],
  ['empty', 'there is nobody and nothing to vote on'],
  ['quorate', 'the meeting has its quorum'],
]);

function whyText(way: WayOn): string {
  const why = way.result === undefined ? undefined : results.get(way.result);
  return why === undefined ? '' : `, because ${why}`;
}

function wayText(scope: CaseScope, way: WayOn, when: string): string {
  const parts = way.acts.map((act) => {
    const isNamed = (way.acts.length === 1 || act.named !== undefined) && act.people.length > 0 && act.verb !== 'resolve';
    return `${missingActText(scope.charter, act)}${isNamed ? ` (${namesText(act.people)} can)` : ''}`;
  });
  return `It ${whereText(way)}${when} if ${way.atMost === undefined ? 'this' : 'at most this'} happens: ${parts.join(', and ')}.`;
}

/** What happens if nobody does anything more. */
function nothingText(scope: CaseScope, way: WayOn, at: string): string {
  if (way.waits === 'tie') return `it ends in a tie${at}, which has to be broken then`;
  if (way.waits === 'call') return `it has no quorum${at}, and \`${scope.record.stage}\` is called once more`;
  return `it ${whereText(way)}${at}${whyText(way)}`;
}

/** What can become of a case, the good news first. Pure. @param when - writes an instant for people */
export function outlookText(scope: CaseScope, outlook: Outlook, when: (atMs: number) => string): readonly string[] {
  const { ifNothing, ways, shut, ballotsChange } = outlook;
  const lines: string[] = [];
  const at = (atMs: number | undefined): string => (atMs === undefined ? '' : ` ${when(atMs)}`);
  for (const way of [...ways].sort((left, right) => Number(right.accepts === true) - Number(left.accepts === true)))
    lines.push(wayText(scope, way, way.atMs === ifNothing?.atMs ? '' : at(way.atMs)));
  if (ifNothing !== undefined) lines.push(`If nobody does anything more, ${nothingText(scope, ifNothing, at(ifNothing.atMs))}.`);
  const unless = ballotsChange === undefined ? '' : ', unless ballots are changed';
  for (const target of shut)
    lines.push(`It can no longer ${target === 'accepted' ? 'be accepted' : target === 'refused' ? 'be refused' : `reach \`${target}\``} from here${unless}.`);
  return lines;
}

/** What is to be known of an open stage before anybody can say what it lacks. */
function openText(scope: CaseScope, stage: CharterStage, when: (atMs: number) => string): readonly string[] {
  const { record, state } = scope;
  const nowMs = currentOf(state).timeMs;
  if (stage.kind === 'meeting' && stage.called !== undefined && record.meetingMs === undefined && record.secondCall === undefined)
    return [`\`${stage.name}\` has to be called by ${actorText(scope.charter, stage.called.by)}.`];
  if (stage.kind === 'meeting' && record.meetingMs !== undefined && record.meetingMs > nowMs) return [`\`${stage.name}\` begins ${when(record.meetingMs)}.`];
  return votesIn(stage).flatMap((vote) => {
    const running = record.votes.find((one) => one.name === vote.name);
    if (running?.waits !== undefined) return [jointWaitText(running.name, running.waits)];
    if (running === undefined || vote.ballots !== 'sealed' || nowMs >= running.closesMs) return [];
    const stands = when(running.standsMs ?? running.closesMs);
    return [
      `Ballots in \`${vote.name}\` are sealed until its close ${when(running.closesMs)}, and those that are not opened after it do not count. The result stands ${stands}.`,
    ];
  });
}

/** Why a case that waits for no person's act waits. */
function waitText(scope: CaseScope, when: (atMs: number) => string): readonly string[] {
  const { record } = scope;
  const stage = stageOf(scope.process, record.stage);
  switch (record.phase) {
    case 'held':
      return [`It waits before \`${awaited(record)}\`: another case holds \`${record.process}\`.`];
    case 'tie':
      return [`\`${stage.name}\` ended in a tie, which waits to be decided.`];
    case 'lot':
      return ['The tie is broken by lot at the next checkpoint.'];
    case 'between':
      return [`\`${stage.name}\` had no quorum and is called once more.`];
    case 'opening':
      return [`\`${stage.name}\` opens with the next checkpoint.`];
    case 'open':
      return openText(scope, stage, when);
    default:
      return [];
  }
}

function jointWaitText(vote: string, waits: NonNullable<VoteRecord['waits']>): string {
  switch (waits) {
    case 'call':
      return `\`${vote}\` had no quorum and is called once more.`;
    case 'lot':
      return `The tie in \`${vote}\` is broken by lot at the next checkpoint.`;
    case 'tie':
      return `\`${vote}\` ended in a tie, which waits to be decided.`;
    default:
      return unreachable(waits);
  }
}

/**
 * What is missing in a case, what happens otherwise, and what can no longer be, as sentences; empty for a decided case. Pure.
 * @param atMs - from when people still act, where that is later than the last checkpoint
 */
export function outlookSentences(state: State, id: string, when: (atMs: number) => string, atMs: number = 0): readonly string[] {
  const scope = scopeOf(state, id);
  if (scope === undefined || scope.record.phase === 'decided') return [];
  return [...waitText(scope, when), ...outlookText(scope, outlookOf(state, id, atMs), when)];
}
