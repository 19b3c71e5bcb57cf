// Takeover in several motions (check.md 3.2): allies admit allies and remove others until they alone change the bylaws, while nobody else acts.
// The body begins with today's size; larger bodies with the same rules are not judged. Every quick process counts: the easiest is the one that is used.
import type { Charter, CharterOutcome, CharterProcess } from '../../engine/index.ts';
import { removesRole } from '../lint/effects.ts';
import { amendingProcesses } from '../lint/group-reach.ts';
import { votesOf } from '../lint/stage-graph.ts';
import { smallestAmending, smallestGranting, smallestOf } from './coalition.ts';
import type { Coalition } from './coalition.ts';
import { decidingBodies } from './dominance.ts';
import { excludesHolders, holdersToday, withHolders } from './holders.ts';

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
}

/** What each motion takes at each size of the body; asked for once. */
interface Costs {
  readonly amend: (body: number) => Coalition | undefined;
  readonly admit: (body: number) => Coalition | undefined;
  readonly remove: (body: number) => Coalition | undefined;
}

/** The Charter with those processes only that people of a body can bring to an end: others are decided by people who may not be of that body. */
function within(charter: Charter, role: string): Charter {
  const isTheirs = (process: CharterProcess): boolean =>
    decidingBodies(charter, process).every((body) => body === role || !(excludesHolders(charter, body, role) || excludesHolders(charter, role, body)));
  return { ...charter, processes: charter.processes.filter(isTheirs) };
}

function costsOf(whole: Charter, role: string): Costs {
  const charter = within(whole, role);
  const removing = (process: CharterProcess) => (outcome: CharterOutcome) => outcome.effects.some((effect) => removesRole(charter, process, effect, role));
  return {
    amend: remembered((body) => smallestAmending(withHolders(charter, role, body), body)),
    admit: remembered((body) => smallestGranting(withHolders(charter, role, body), role, body)),
    remove: remembered((body) => smallestOf(withHolders(charter, role, body), charter.processes, removing, body)),
  };
}

function remembered(ask: (body: number) => Coalition | undefined): (body: number) => Coalition | undefined {
  const known = new Map<number, Coalition | undefined>();
  return (body) => {
    if (!known.has(body)) known.set(body, ask(body));
    return known.get(body);
  };
}

/** The cheapest takeover of each body that votes on the bylaws; bodies where nothing takes fewer people than the bylaws are left out. Pure. */
export function takeovers(charter: Charter, reach: number = 1): readonly Takeover[] {
  const bodies = [...new Set(amendingProcesses(charter).flatMap((process) => votesOf(process).flatMap(({ vote }) => vote.voters.roles)))];
  return bodies.flatMap((role) => {
    const body = holdersToday(charter, role);
    if (body === undefined) return [];
    const costs = costsOf(charter, role);
    const needed = costs.amend(body)?.people;
    if (needed === undefined) return [];
    const first = Math.min(...[costs.admit(body), costs.remove(body)].map((group) => group?.people ?? needed));
    for (let allies = Math.max(1, first); allies < needed; allies += 1) {
      const way = shortestTakeover(charter, role, { allies, body }, costs, motionsMax * reach);
      if (way !== undefined) return [{ role, body, allies, ...way }];
    }
    return [];
  });
}

interface Standing {
  readonly allies: number;
  readonly body: number;
}

/** The fewest motions, breadth first; admissions before removals where both do. */
function shortestTakeover(charter: Charter, role: string, from: Standing, costs: Costs, most: number): Omit<Takeover, 'role' | 'body' | 'allies'> | undefined {
  const held = charter.roles.find((candidate) => candidate.name === role)?.held;
  const seen = new Set<string>();
  let open: readonly { readonly at: Standing; readonly motions: readonly Motion[] }[] = [{ at: from, motions: [] }];
  for (let depth = 0; depth <= most && open.length > 0; depth += 1) {
    const next: { readonly at: Standing; readonly motions: readonly Motion[] }[] = [];
    for (const { at, motions } of open) {
      const amending = costs.amend(at.body);
      if (amending !== undefined && amending.people <= at.allies) return taken(from, motions, amending, costs);
      const steps: readonly (readonly [Motion, Standing, boolean])[] = [
        ['admit', { allies: at.allies + 1, body: at.body + 1 }, held?.most === undefined || at.body < held.most],
        ['remove', { allies: at.allies, body: at.body - 1 }, at.body > Math.max(at.allies, held?.least ?? 1)],
      ];
      for (const [motion, to, isLegal] of steps) {
        const key = `${to.allies} ${to.body}`;
        if (!isLegal || seen.has(key) || (costs[motion](at.body)?.people ?? at.allies + 1) > at.allies) continue;
        seen.add(key);
        next.push({ at: to, motions: [...motions, motion] });
      }
    }
    open = next;
  }
  return undefined;
}

/** The times add up over the kinds of motions: several of one kind can run side by side. */
function taken(from: Standing, motions: readonly Motion[], amending: Coalition, costs: Costs): Omit<Takeover, 'role' | 'body' | 'allies'> {
  const kinds = [...new Set(motions)].flatMap((motion) => costs[motion](from.body) ?? []);
  return {
    motions,
    minutes: kinds.reduce((sum, group) => sum + group.way.minutes, amending.way.minutes),
    through: kinds.map((group) => group.process.name),
    amendedThrough: amending.process.name,
  };
}
