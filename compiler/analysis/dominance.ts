// Dominance of processes (check.md 3.4): one is weaker than another if everything that passes the other passes it, and something passes it alone.
// Votes are compared count by count where both can be tabled; everything else by the smallest group that decides, at several legal sizes.
import type { Charter, CharterOutcome, CharterProcess, CharterVote } from '../../engine/index.ts';
import { actorRoles } from '../emit-owners.ts';
import { actsOf } from '../lint/acting.ts';
import { quickestWay } from '../lint/group-reach.ts';
import { votesOf } from '../lint/stage-graph.ts';
import { peopleText } from '../number-words.ts';
import type { Analyses } from './analyses.ts';
import { peopleMax, smallestGroup } from './coalition.ts';
import { holdersToday, rolesBehind, withHolders } from './holders.ts';
import { firstTally, tallyText } from './tally-table.ts';

/** Which outcome counts as a pass. */
export type IsGoal = (outcome: CharterOutcome) => boolean;

/** A process with the outcome that is meant. */
export interface Contender {
  readonly process: CharterProcess;
  readonly isGoal: IsGoal;
}

/** A proof that the first is weaker: a count of ballots, or a number of people, that is enough for it alone. */
export interface Dominated {
  readonly enough: string;
}

/** The declared roles whose votes and acts decide a process, sorted; two processes of different bodies cannot be compared. Pure. */
export function decidingBodies(charter: Charter, process: CharterProcess): readonly string[] {
  const names = [...votesOf(process).flatMap(({ vote }) => vote.voters.roles), ...actsOf(process).flatMap(({ act }) => actorRoles(act.actor))];
  return [...new Set(names.filter((name) => charter.roles.some((role) => role.name === name)))].sort();
}

/** True where the same declared bodies decide two processes, so that they can be compared. Pure. */
export function sameBodies(charter: Charter, left: CharterProcess, right: CharterProcess): boolean {
  const bodies = decidingBodies(charter, left);
  return bodies.length > 0 && bodies.join(' ') === decidingBodies(charter, right).join(' ');
}

/** The time a case of a process takes at least when everybody agrees; undefined where people alone cannot bring it about. Pure. */
export function quickest(charter: Charter, { process, isGoal }: Contender): number | undefined {
  return quickestWay(charter, process, { people: peopleMax, silent: false }, isGoal)?.minutes;
}

/** Why everything that passes the right one passes the left one, and more; undefined where that is not so or not known. Pure. */
export function weakerThan(charter: Charter, left: Contender, right: Contender, analyses: Analyses): Dominated | undefined {
  if (!sameBodies(charter, left.process, right.process)) return undefined;
  const [one, other] = [onlyVote(left.process), onlyVote(right.process)];
  if (one !== undefined && other !== undefined) {
    const compared = weakerVote(analyses, [left.process, one], [right.process, other]);
    if (compared !== 'unknown') return compared;
  }
  return weakerGroups(charter, decidingBodies(charter, left.process), left, right);
}

/** The same where officers of a body decide the left one and the body the right one: a few of those who would have had to agree. Pure. */
export function weakerForBody(charter: Charter, left: Contender, right: Contender, analyses: Analyses): Dominated | undefined {
  const [few, many] = [decidingBodies(charter, left.process), decidingBodies(charter, right.process)];
  const areOfIt = few.length > 0 && few.every((role) => [...rolesBehind(charter, role)].some((name) => many.includes(name)));
  if (sameBodies(charter, left.process, right.process) || !areOfIt) return weakerThan(charter, left, right, analyses);
  return weakerGroups(charter, [...new Set([...few, ...many])].sort(), left, right);
}

/** The one vote of a process in which nothing else decides; waiting and withdrawing decide nothing. */
function onlyVote(process: CharterProcess): CharterVote | undefined {
  const [first, ...others] = votesOf(process);
  return first === undefined || others.length > 0 || first.stage.kind === 'joint' || actsOf(process).length > 0 ? undefined : first.vote;
}

type Placed = readonly [process: CharterProcess, vote: CharterVote];

function weakerVote(analyses: Analyses, [leftProcess, left]: Placed, [rightProcess, right]: Placed): Dominated | undefined | 'unknown' {
  const [one, other] = [analyses.tableOf(leftProcess, left), analyses.tableOf(rightProcess, right)];
  if (one === undefined || other === undefined || one.choices.join(' ') !== other.choices.join(' ') || one.sizes.join(' ') !== other.sizes.join(' '))
    return 'unknown';
  const alone = firstTally(one, (tally) => one.resultOf(tally) === 'passed' && other.resultOf(tally) !== 'passed');
  if (alone === undefined) return undefined;
  const enough = `${tallyText(one, alone)} are enough`;
  const isMixed = firstTally(one, (tally) => other.resultOf(tally) === 'passed' && one.resultOf(tally) !== 'passed') !== undefined;
  return isMixed ? undefined : { enough };
}

/** Compares the smallest groups as things are today, and with each body at its smallest and its largest. */
function weakerGroups(charter: Charter, bodies: readonly string[], left: Contender, right: Contender): Dominated | undefined {
  const sizes = bodies.flatMap((name) => otherSizes(charter, name).map((size) => ({ name, size })));
  const variants = [{ charter, where: '' }, ...sizes.map(({ name, size }) => ({ charter: withHolders(charter, name, size), where: ` of ${size}` }))];
  let found: Dominated | undefined;
  for (const { charter: variant, where } of variants) {
    const many = smallestGroup(variant, right.process, right.isGoal)?.people;
    const few = smallestGroup(variant, left.process, left.isGoal)?.people;
    if (many === undefined || few === undefined || few > many) return undefined;
    if (few < many)
      found ??= { enough: where === '' ? `${peopleText(few)} ${few === 1 ? 'is' : 'are'} enough` : `${few}${where} people ${few === 1 ? 'is' : 'are'} enough` };
  }
  return found;
}

function otherSizes(charter: Charter, name: string): readonly number[] {
  const held = charter.roles.find((role) => role.name === name)?.held;
  const sizes = held === undefined ? [] : [held.least, ...(held.most === undefined ? [] : [held.most])];
  return [...new Set(sizes)].filter((size) => size > 0 && size <= peopleMax && size !== holdersToday(charter, name));
}
