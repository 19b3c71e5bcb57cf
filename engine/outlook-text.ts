// The outlook of a case in sentences that an organizer understands: what is missing, what happens otherwise, and what can no longer be. It judges nothing.
import type { Charter } from './bylaws.ts';
import { scopeOf } from './act.ts';
import type { CaseScope } from './actor.ts';
import type { VoteRecord } from './case.ts';
import { awaited, stageOf } from './case.ts';
import { unreachable } from './invariant.ts';
import type { MissingAct, Outlook, WayOn } from './outlook.ts';
import { outlookOf } from './outlook.ts';
import type { State } from './state.ts';
import { pluralOf } from './wording.ts';

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

/** One missing act: `2 more members must approve`. Pure. */
export function missingActText(charter: Charter, act: MissingAct): string {
  if (act.verb === 'resolve') return `${act.count} open ${act.count === 1 ? 'concern' : 'concerns'} must be resolved`;
  if (act.verb === 'attest') return `\`${act.of}\` must be attested by ${act.count} more ${act.count === 1 ? 'endorser' : 'endorsers'}`;
  const who = peopleText(charter, act);
  return act.verb === 'vote' ? voteText(who, act) : `${who} must ${act.verb}${act.text === undefined ? '' : ` "${act.text}"`}`;
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

function wayText(scope: CaseScope, way: WayOn): string {
  const parts = way.acts.map((act) => missingActText(scope.charter, act));
  const [only] = way.acts;
  const can = way.acts.length === 1 && only !== undefined && only.people.length > 0 && only.verb !== 'resolve' ? ` (${namesText(only.people)} can)` : '';
  return `It ${whereText(way)} if this happens: ${parts.join(', and ')}${can}.`;
}

/** What can become of a case, the good news first. Pure. @param when - writes an instant for people */
export function outlookText(scope: CaseScope, outlook: Outlook, when: (atMs: number) => string): readonly string[] {
  const { ifNothing, ways, shut } = outlook;
  const lines: string[] = [];
  for (const way of [...ways].sort((left, right) => Number(right.accepts === true) - Number(left.accepts === true))) lines.push(wayText(scope, way));
  if (ifNothing !== undefined) {
    const at = ifNothing.atMs === undefined ? '' : ` ${when(ifNothing.atMs)}`;
    lines.push(`If nobody does anything more, it ${whereText(ifNothing)}${at}${whyText(ifNothing)}.`);
  }
  for (const target of shut)
    lines.push(`It can no longer ${target === 'accepted' ? 'be accepted' : target === 'refused' ? 'be refused' : `reach \`${target}\``} from here.`);
  return lines;
}

/** Why a case that waits for no person's act waits. */
function waitText(scope: CaseScope): readonly string[] {
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
      return record.votes.flatMap((running) => (running.waits === undefined ? [] : [jointWaitText(running.name, running.waits)]));
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

/** What is missing in a case, what happens otherwise, and what can no longer be, as sentences; empty for a decided case. Pure. */
export function outlookSentences(state: State, id: string, when: (atMs: number) => string): readonly string[] {
  const scope = scopeOf(state, id);
  if (scope === undefined || scope.record.phase === 'decided') return [];
  return [...waitText(scope), ...outlookText(scope, outlookOf(state, id), when)];
}
