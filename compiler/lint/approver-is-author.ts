// GDO418: an approval that the author may give to their own proposal.
import type { Charter, CharterAct, CharterActor } from '../../engine/index.ts';
import { rolesBehind } from '../analysis/holders.ts';
import { actorRoles } from '../emit-owners.ts';
import { finding } from '../finding.ts';
import { actsOf, isOther, startRoles, wholeNumber } from './acting.ts';
import { acceptingNames } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { stepSample } from './sample.ts';

/** A body that decides as a whole, or by half of it and more: the author is one of it, and without them it would be smaller, not more careful. */
function isOfTheBody(actor: CharterActor): boolean {
  if (actor.kind !== 'count') return false;
  const { bound } = actor;
  if (bound.kind === 'whole') return true;
  return bound.kind === 'part' && bound.amount.kind === 'share' && bound.amount.numerator * 2 >= bound.amount.denominator;
}

/** The act by others, as it would be written. */
function withoutAuthor(charter: Charter, { actor, verb }: CharterAct): string {
  const name = actorRoles(actor)[0] ?? '';
  const plural = charter.roles.find((role) => role.name === name)?.plural ?? name;
  const count = wholeNumber(actor);
  if (actor.kind === 'count' && count !== undefined && count > 1) return `${count} other ${plural} ${verb}`;
  return `any other ${name} ${verb}s`;
}

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
      const found = actsOf(process).flatMap(({ step, transition, act, target }) => {
        const deciding = transition.kind === 'when' && accepting.has(target) && ['approve', 'accept', 'endorse'].includes(act.verb);
        if (!deciding || isOther(act.actor) || isOfTheBody(act.actor)) return [];
        // What is merged may be the work of an approver who is also of the body that starts; whoever is admitted or paid is not the one who asks.
        const merges = process.governs.length > 0;
        const mayStart = actorRoles(act.actor).some((role) =>
          [...(merges ? rolesBehind(model.charter, role) : [role])].some((name) => starters.includes(name)),
        );
        if (!mayStart || (act.actor.kind === 'the' && !(merges && model.charter.roles.some(({ name }) => name === actorRoles(act.actor)[0])))) return [];
        return [
          finding('GDO418', placeIn(model, act, step), {
            message: `Whoever starts \`${process.name}\` may be one of those who ${act.verb} it in \`${step.name}\``,
            label: 'the author counts',
            why: "One approval fewer than the text promises is another person's",
            help: `leave the author out:  when ${withoutAuthor(model.charter, act)} go to ${target}`,
          }),
        ];
      });
      // One way of starting is one cause, however many steps follow.
      return found.slice(0, 1);
    }),
};
