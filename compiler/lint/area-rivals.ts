// Pairs of processes that decide about one area, with the weaker and quicker of the two. What that means is for the rules.
import type { CharterOutcome, CharterProcess } from '../../engine/index.ts';
import { smallestGroup } from '../analysis/coalition.ts';
import { decidingBodies, quickest, sameBodies, weakerThan } from '../analysis/dominance.ts';
import type { Dominated } from '../analysis/dominance.ts';
import { startRoles } from './acting.ts';
import { outcomesOf } from './effects.ts';
import type { Model } from './rule.ts';
import { ballotSample } from './sample.ts';

/** Two processes of one area: whatever passes the strong one passes the weak one, and more. Minutes are the least each takes. */
export interface Rivals {
  readonly area: string;
  readonly weak: CharterProcess;
  readonly strong: CharterProcess;
  readonly proof: Dominated;
  readonly weakMinutes: number;
  readonly strongMinutes: number;
}

/** What merges for good; what has to be ratified is an emergency, and GDO415 looks at those. */
export function mergesForGood(outcome: CharterOutcome): boolean {
  return outcome.effects.some((effect) => effect.kind === 'accept-merge' && effect.ratified === undefined);
}

/** Processes that merge anything at all in their areas. */
function deciding(model: Model): readonly CharterProcess[] {
  return model.charter.processes.filter((process) => process.wordingOnly !== true && process.governs.length > 0 && outcomesOf(process).some(mergesForGood));
}

/** True where whoever wants to pass the strong one may take the weak one: all its starters may, or those who decide both, who then need nobody else. */
function mayTakeInstead(model: Model, weak: CharterProcess, strong: CharterProcess): boolean {
  const open = startRoles(weak);
  if (startRoles(strong).every((name) => open.includes(name))) return true;
  const bodies = decidingBodies(model.charter, strong);
  const needed = [strong, weak].map((process) => smallestGroup(model.charter, process, mergesForGood)?.people);
  // An outsider who starts the strong one is not of the body, so those who decide are one fewer.
  const [many, few] = needed;
  return open.length > 0 && open.every((name) => bodies.includes(name)) && many !== undefined && few !== undefined && few < many - 1;
}

/** Every pair of which one is provably weaker and no slower, does all the other does, and can be started by all who can start or decide the other. Pure. */
export function rivalsOf(model: Model): readonly Rivals[] {
  const processes = deciding(model);
  return processes.flatMap((weak) =>
    processes.flatMap((strong): readonly Rivals[] => {
      const area = weak.governs.find((name) => strong.governs.includes(name));
      // Who may change more files at once is needed for those, whatever the other asks for.
      const isCovered = strong.governs.every((name) => weak.governs.includes(name));
      if (weak === strong || area === undefined || !isCovered || !mayTakeInstead(model, weak, strong)) return [];
      const [left, right] = [
        { process: weak, isGoal: mergesForGood },
        { process: strong, isGoal: mergesForGood },
      ];
      if (!sameBodies(model.charter, weak, strong)) return [];
      const [weakMinutes, strongMinutes] = [quickest(model.charter, left), quickest(model.charter, right)];
      if (weakMinutes === undefined || strongMinutes === undefined || weakMinutes > strongMinutes) return [];
      const proof = weakerThan(model.charter, left, right, model.analyses);
      return proof === undefined ? [] : [{ area, weak, strong, proof, weakMinutes, strongMinutes }];
    }),
  );
}

/** A second process over the bylaws beside the frame's amendment, for samples. Pure. */
export function rivalSample(share: string, days: number, name: string = 'reform', area: string = 'bylaws'): string {
  return ballotSample(name, [`governs ${area}`, 'on edit refuse'], `at least ${share}`, 'voters keepers', 'accept the merge within 60 days').replace(
    '14 days',
    `${days} days`,
  );
}
