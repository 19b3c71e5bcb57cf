// GDO418: an approval that the author may give to their own proposal.
import { actorRoles } from '../emit-owners.ts';
import { finding } from '../finding.ts';
import { actsOf, isOther, startRoles } from './acting.ts';
import { acceptingNames } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { stepSample } from './sample.ts';

/** The rule `approver-is-author`. Only acts that decide are meant; whoever signs a petition of their own is counted by design. */
export const approverIsAuthor: LintRule = {
  code: 'GDO418',
  name: 'approver-is-author',
  what: 'The author counts among those who approve',
  why: "Two approvals are one person's and one other's: half of the care that the text promises",
  fix: 'Leave the author out: `when 2 other keepers approve`',
  bad: stepSample('when 3 keepers approve go to accepted', 'after 30 days go to refused'),
  good: stepSample('when 3 other keepers approve go to accepted', 'after 30 days go to refused'),
  check: (model) =>
    model.charter.processes.flatMap((process) => {
      const accepting = acceptingNames(process);
      const starters = startRoles(process);
      return actsOf(process).flatMap(({ step, transition, act, target }) => {
        const deciding = transition.kind === 'when' && accepting.has(target) && ['approve', 'accept', 'endorse'].includes(act.verb);
        if (!deciding || act.actor.kind === 'the' || isOther(act.actor) || !actorRoles(act.actor).some((role) => starters.includes(role))) return [];
        // Everybody, the author included: leaving the author out would be a smaller body, not a more careful one.
        if (act.actor.kind === 'count' && act.actor.bound.kind === 'whole') return [];
        return [
          finding('GDO418', placeIn(model, act, step), {
            message: `Whoever starts \`${process.name}\` may be one of those who ${act.verb} it in \`${step.name}\``,
            label: 'the author counts',
            why: "One approval fewer than the text promises is another person's",
            help: 'leave the author out:  when 2 other ... approve go to ...',
          }),
        ];
      });
    }),
};
