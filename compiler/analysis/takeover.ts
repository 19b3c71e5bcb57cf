// Takeover in several motions (check.md 3.2): allies admit more allies until they alone change the bylaws, while nobody else acts.
// The size of the body is today's; larger bodies with the same rules are not judged.
import type { Charter } from '../../engine/index.ts';
import { amendingProcesses } from '../lint/group-reach.ts';
import { votesOf } from '../lint/stage-graph.ts';
import { smallestAmending, smallestGranting } from './coalition.ts';
import { holdersToday, withHolders } from './holders.ts';

/** Motions that are followed at most. Source: check.md section 3. */
const motionsMax = 12;

/** A way to take a body over: so many allies, so many admissions, at least so many minutes. */
export interface Takeover {
  readonly role: string;
  readonly body: number;
  readonly allies: number;
  readonly motions: number;
  readonly minutes: number;
  readonly through: string;
  readonly amendedThrough: string;
}

/** The cheapest takeover of each body that votes on the bylaws; bodies where admission needs as many people as the bylaws are left out. Pure. */
export function takeovers(charter: Charter): readonly Takeover[] {
  const bodies = [...new Set(amendingProcesses(charter).flatMap((process) => votesOf(process).flatMap(({ vote }) => vote.voters.roles)))];
  return bodies.flatMap((role) => {
    const body = holdersToday(charter, role);
    const amending = body === undefined ? undefined : smallestAmending(charter, body);
    const granting = body === undefined ? undefined : smallestGranting(charter, role, body);
    if (body === undefined || amending === undefined || granting === undefined || granting.people >= amending.people) return [];
    const most = charter.roles.find((candidate) => candidate.name === role)?.held?.most ?? body + motionsMax;
    for (let allies = granting.people; allies < amending.people; allies += 1) {
      for (let motions = 1; motions <= motionsMax && body + motions <= most; motions += 1) {
        const later = withHolders(charter, role, body + motions);
        const admits = smallestGranting(withHolders(charter, role, body + motions - 1), role, allies + motions - 1);
        if (admits === undefined) break;
        const way = smallestAmending(later, allies + motions);
        // The new ones are allies, too: what is needed is less than there are.
        if (way === undefined) continue;
        return [
          { role, body, allies, motions, minutes: granting.way.minutes + way.way.minutes, through: granting.process.name, amendedThrough: way.process.name },
        ];
      }
    }
    return [];
  });
}
