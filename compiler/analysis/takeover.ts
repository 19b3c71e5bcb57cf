// Takeover in several motions (check.md 3.2): allies admit allies and remove others until they alone change the bylaws, while nobody else acts.
// The body begins with today's size; larger bodies with the same rules are not judged. Every quick process counts: the easiest is the one that is used.
// Whoever is admitted acts in that body, and where its members belong, and in no other.
import type { Charter, CharterOutcome, CharterProcess, CharterRole } from '../../engine/index.ts';
import { expels } from '../lint/effects.ts';
import { amendingProcesses } from '../lint/group-reach.ts';
import { shortest } from '../lint/minutes.ts';
import { votesOf } from '../lint/stage-graph.ts';
import { atFirstCalls, smallestAmending, smallestGranting, smallestOf } from './coalition.ts';
import type { Coalition, Kind } from './coalition.ts';
import { decidingBodies } from './dominance.ts';
import { excludesHolders, holdersToday, rolesBehind, withHolders } from './holders.ts';

/** Motions that are followed at most, ten times as many with `--deep`. Source: check.md section 3. */
const motionsMax = 12;

/** One motion: somebody new comes in, or somebody else goes. */
export type Motion = 'admit' | 'remove';

/** A way to take a body over: so many allies, the motions in order, at least so many minutes. */
export interface Takeover {
  readonly role: string;
  readonly body: number;
  readonly allies: number;
  readonly motions: readonly Motion[];
  readonly minutes: number;
  readonly through: readonly string[];
  readonly amendedThrough: string;
  /** How long those who were admitted wait before they may vote on the bylaws. */
  readonly waitMinutes: number;
  /** Ballots weigh by something that the text does not fix: as if everybody weighed the same. */
  readonly isWeighted: boolean;
  /** One person is enough for every motion in a body of any size: a share of a small body is no such thing. */
  readonly isLone: boolean;
  /** Those who are removed only had to say something, and did not. */
  readonly bySilence: boolean;
}

/** A body that is large enough for a share of it to be more than one person. */
const largeBody = 9;

/** What each motion takes at each size of the body, with so many of it admitted on the way; asked for once. */
type Cost = (at: Standing) => Coalition | undefined;

interface Costs {
  readonly amend: Cost;
  readonly admit: Cost;
  readonly remove: Cost;
}

/** A group of which so many came in on the way. Pure. */
export function withNewcomers(charter: Charter, role: string, count: number): Kind {
  return count === 0 ? atFirstCalls : { ...atFirstCalls, newcomers: { count, roles: rolesBehind(charter, role) } };
}

/** The Charter with those processes only that people of a body can bring to an end: others are decided by people who may not be of that body. */
function within(charter: Charter, role: string): Charter {
  const isTheirs = (process: CharterProcess): boolean =>
    decidingBodies(charter, process).every((body) => body === role || !(excludesHolders(charter, body, role) || excludesHolders(charter, role, body)));
  return { ...charter, processes: charter.processes.filter(isTheirs) };
}

/** @param bySilence - removals that the others let happen count as well: few watch the roll */
function costsOf(whole: Charter, role: string, bySilence: boolean): Costs {
  const charter = within(whole, role);
  const removing = (process: CharterProcess) => (outcome: CharterOutcome) => outcome.effects.some((effect) => expels(charter, process, effect, role));
  const kind = ({ admitted }: Standing): Kind => withNewcomers(whole, role, admitted);
  return {
    amend: remembered((at) => smallestAmending(withHolders(charter, role, at.body), at.body, kind(at))),
    admit: remembered((at) => smallestGranting(withHolders(charter, role, at.body), role, at.body, kind(at))),
    remove: remembered((at) => smallestOf(withHolders(charter, role, at.body), charter.processes, removing, at.body, { ...kind(at), silent: bySilence })),
  };
}

function remembered(ask: Cost): Cost {
  const known = new Map<string, Coalition | undefined>();
  return (at) => {
    const key = `${at.body} ${at.admitted}`;
    if (!known.has(key)) known.set(key, ask(at));
    return known.get(key);
  };
}

/** The cheapest takeover of each body that votes on the bylaws; bodies where nothing takes fewer people than the bylaws are left out. Pure. */
export function takeovers(charter: Charter, reach: number = 1): readonly Takeover[] {
  const bodies = [...new Set(amendingProcesses(charter).flatMap((process) => votesOf(process).flatMap(({ vote }) => vote.voters.roles)))];
  return bodies.flatMap((role) => {
    const body = holdersToday(charter, role);
    const declared = charter.roles.find(({ name }) => name === role);
    if (body === undefined || declared === undefined) return [];
    const today = { allies: 0, admitted: 0, body };
    const easiest = (costs: Costs, below: number): Omit<Takeover, 'role' | 'body' | 'bySilence'> | undefined => {
      const needed = costs.amend(today)?.people;
      if (needed === undefined) return undefined;
      const first = Math.min(...[costs.admit(today), costs.remove(today)].map((group) => group?.people ?? needed));
      for (let allies = Math.max(1, first); allies < Math.min(needed, below); allies += 1) {
        const way = shortestTakeover(declared, { ...today, allies }, costs, motionsMax * reach);
        if (way !== undefined) return { allies, ...way };
      }
      return undefined;
    };
    const open = easiest(costsOf(charter, role, false), body);
    // What takes as many people when the others are awake is the same accident.
    const silent = easiest(costsOf(charter, role, true), open?.allies ?? body);
    return [...(open === undefined ? [] : [{ ...open, bySilence: false }]), ...(silent === undefined ? [] : [{ ...silent, bySilence: true }])].map((way) => ({
      role,
      body,
      ...way,
    }));
  });
}

/** A body on the way: `admitted` of the allies came in meanwhile. */
interface Standing {
  readonly allies: number;
  readonly admitted: number;
  readonly body: number;
}

/** The fewest motions, breadth first; admissions before removals where both do. */
function shortestTakeover(role: CharterRole, from: Standing, costs: Costs, most: number): Omit<Takeover, 'role' | 'body' | 'allies' | 'bySilence'> | undefined {
  const { held } = role;
  const seen = new Set<string>();
  let open: readonly { readonly at: Standing; readonly motions: readonly Motion[] }[] = [{ at: from, motions: [] }];
  for (let depth = 0; depth <= most && open.length > 0; depth += 1) {
    const next: { readonly at: Standing; readonly motions: readonly Motion[] }[] = [];
    for (const { at, motions } of open) {
      const amending = costs.amend(at);
      if (amending !== undefined && amending.people <= at.allies) return taken(role, from, motions, amending, costs);
      const steps: readonly (readonly [Motion, Standing, boolean])[] = [
        ['admit', { allies: at.allies + 1, admitted: at.admitted + 1, body: at.body + 1 }, held?.most === undefined || at.body < held.most],
        ['remove', { ...at, body: at.body - 1 }, at.body > Math.max(at.allies, held?.least ?? 1)],
      ];
      for (const [motion, to, isLegal] of steps) {
        const key = `${to.allies} ${to.body}`;
        if (!isLegal || seen.has(key) || (costs[motion](at)?.people ?? at.allies + 1) > at.allies) continue;
        seen.add(key);
        next.push({ at: to, motions: [...motions, motion] });
      }
    }
    open = next;
  }
  return undefined;
}

/** The times add up over the kinds of motions: several of one kind can run side by side. */
function taken(
  { name: role, held }: CharterRole,
  from: Standing,
  motions: readonly Motion[],
  amending: Coalition,
  costs: Costs,
): Omit<Takeover, 'role' | 'body' | 'allies' | 'bySilence'> {
  const large = { ...from, body: Math.min(largeBody, held?.most ?? largeBody) };
  const kinds = [...new Set(motions)].flatMap((motion) => costs[motion](from) ?? []);
  const voters = votesOf(amending.process).flatMap(({ vote }) => (vote.voters.roles.includes(role) ? [vote.voters] : []));
  const waits = motions.includes('admit') ? voters.flatMap(({ who }) => who.flatMap((fact) => (fact.kind === 'joined' ? [shortest(fact.ago)] : []))) : [];
  const waitMinutes = Math.max(0, ...waits);
  return {
    motions,
    minutes: kinds.reduce((sum, group) => sum + group.way.minutes, amending.way.minutes + waitMinutes),
    through: kinds.map((group) => group.process.name),
    amendedThrough: amending.process.name,
    waitMinutes,
    isWeighted: voters.some(({ weightedBy }) => weightedBy !== undefined),
    isLone: from.allies === 1 && motions.every((motion) => costs[motion](large)?.people === 1),
  };
}
