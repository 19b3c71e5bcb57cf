// Takeover through delegation (check.md 3.2): allies who are given ballots, and perhaps admit others, until they change the bylaws alone. Ballots are given by
// people who trust somebody; the question is how few that is enough for, and whether the givers can still take them back. Everybody is taken to weigh the same.
import type { Charter, CharterDelegation, CharterProcess } from '../../engine/index.ts';
import { delegationFor } from '../../engine/index.ts';
import { amendingProcesses, quickestWay } from '../lint/group-reach.ts';
import { votesOf } from '../lint/stage-graph.ts';
import { isMerge, smallestAmending, smallestGranting } from './coalition.ts';
import { holdersToday, withHolders } from './holders.ts';
import { withNewcomers } from './takeover.ts';

/** Ballots given and admissions that are followed at most, ten times as many with `--deep`. Source: check.md section 3. */
const motionsMax = 12;

/** So many allies, after so many admissions, with so many ballots of others. `isHeld`: whoever gave one can do nothing about it once the vote is open. */
export interface DelegatedTakeover {
  readonly role: string;
  readonly body: number;
  readonly allies: number;
  readonly admitted: number;
  readonly carried: number;
  readonly minutes: number;
  readonly process: CharterProcess;
  readonly delegation: CharterDelegation;
  readonly isHeld: boolean;
}

/** The most ballots that one delegate is given in a body of this size; undefined where nothing limits it. Shares are rounded down, as the engine does. */
function mostGiven(delegation: CharterDelegation, body: number): number | undefined {
  const mosts = delegation.limits.flatMap(({ amount, per }) => {
    if (!per.some((one) => one.kind === 'each' && one.name === 'delegate')) return [];
    if (amount.kind === 'count') return [amount.value];
    return amount.kind === 'share' ? [Math.floor((body * amount.numerator) / amount.denominator)] : [];
  });
  return mosts.length === 0 ? undefined : Math.min(...mosts);
}

/** For each process over the bylaws whose ballots can be given away: the fewest allies, with the fewest steps, who need fewer people of their own that way. Pure. */
export function delegatedTakeovers(charter: Charter, reach: number = 1): readonly DelegatedTakeover[] {
  return amendingProcesses(charter).flatMap((process) => {
    const delegation = delegationFor(charter, process.name);
    const role = votesOf(process).flatMap(({ vote }) => vote.voters.roles)[0];
    if (delegation === undefined || role === undefined || (delegation.by !== role && delegation.by !== 'person')) return [];
    const body = holdersToday(charter, role);
    const needed = body === undefined ? undefined : smallestAmending(charter, body)?.people;
    if (body === undefined || needed === undefined) return [];
    const isHeld = delegation.revocableUntil === 'opening' && delegation.override !== true;
    for (let allies = 1; allies < needed; allies += 1) {
      const way = fewestSteps(charter, { process, delegation, role, body, allies }, motionsMax * reach);
      if (way !== undefined) return [{ role, body, allies, process, delegation, isHeld, ...way }];
    }
    return [];
  });
}

interface Start {
  readonly process: CharterProcess;
  readonly delegation: CharterDelegation;
  readonly role: string;
  readonly body: number;
  readonly allies: number;
}

/** First those who are admitted, since they can be given ballots as well; the fewest steps in all. */
function fewestSteps(charter: Charter, start: Start, most: number): Pick<DelegatedTakeover, 'admitted' | 'carried' | 'minutes'> | undefined {
  const held = charter.roles.find((one) => one.name === start.role)?.held;
  let best: Pick<DelegatedTakeover, 'admitted' | 'carried' | 'minutes'> | undefined;
  let before = 0;
  for (let admitted = 0; admitted < most; admitted += 1) {
    const [body, allies] = [start.body + admitted, start.allies + admitted];
    const kind = withNewcomers(charter, start.role, admitted);
    const now = withHolders(charter, start.role, body);
    const given = Math.min(body - allies, (mostGiven(start.delegation, body) ?? body) * allies, most - admitted);
    for (let carried = 1; carried <= given && (best === undefined || admitted + carried < best.admitted + best.carried); carried += 1) {
      const way = quickestWay(now, start.process, { ...kind, people: allies, carried }, isMerge);
      if (way !== undefined) best = { admitted, carried, minutes: before + way.minutes };
    }
    const admitting = held?.most !== undefined && body >= held.most ? undefined : smallestGranting(now, start.role, allies, kind);
    if (admitting === undefined || admitting.people > allies) break;
    before = admitting.way.minutes;
  }
  return best;
}
