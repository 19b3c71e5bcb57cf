// GDO206: a clause of a step that an earlier or shorter one always takes the place of.
import type { CharterAct, CharterTransition } from '../../engine/index.ts';
import { actorRoles } from '../emit-owners.ts';
import { finding, labelled } from '../finding.ts';
import { isOther, wholeNumber } from './acting.ts';
import { longest, shortest } from './minutes.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { stepSample } from './sample.ts';

/** The rule `shadowed-transition`. */
export const shadowedTransition: LintRule = {
  code: 'GDO206',
  name: 'shadowed-transition',
  what: 'Another clause always fires before this one',
  why: 'The clause reads as if it decided something, and never does',
  fix: 'Put the stricter count first, and keep the shorter of two deadlines',
  bad: stepSample('when 2 other keepers approve go to refused', 'when 4 other keepers approve go to accepted', 'after 30 days go to refused'),
  good: stepSample('when 4 other keepers approve go to accepted', 'after 30 days go to refused'),
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      process.stages.flatMap((stage) =>
        stage.kind !== 'step'
          ? []
          : stage.transitions.flatMap((later, index) => {
              const first = stage.transitions.find((other, at) => shadows(other, later, at < index));
              if (first === undefined) return [];
              const place = model.sources.get(first);
              return [
                finding('GDO206', placeIn(model, later, process), {
                  message: `This clause of \`${stage.name}\` never fires: another one always fires before it`,
                  label: 'never fires',
                  why: 'The clause reads as if it decided something, and never does',
                  help:
                    later.kind === 'after'
                      ? 'delete the longer deadline, or give it to another step'
                      : 'put the clause that asks for more people first, or delete it',
                  related: place === undefined ? [] : [labelled(place, 'fires before it')],
                }),
              ];
            }),
      ),
    ),
};

function shadows(first: CharterTransition, later: CharterTransition, isEarlier: boolean): boolean {
  if (first === later) return false;
  if (first.kind === 'after' && later.kind === 'after') {
    if (first.without !== undefined || later.without !== undefined || !sameSince(first.since, later.since)) return false;
    return longest(first.duration) < shortest(later.duration) || (isEarlier && longest(first.duration) === shortest(later.duration));
  }
  if (first.kind !== 'when' || later.kind !== 'when' || !isEarlier || first.within !== undefined || first.withoutConcerns === true) return false;
  const [ours, theirs] = [first.acts[0], later.acts[0]];
  if (ours === undefined || theirs === undefined || first.acts.length !== 1 || later.acts.length !== 1) return false;
  if (ours.verb !== theirs.verb || ours.text !== undefined || !sameSince(ours.since, theirs.since) || isOther(ours.actor) !== isOther(theirs.actor))
    return false;
  const [fewer, more] = [wholeNumber(ours.actor), wholeNumber(theirs.actor)];
  const roles = [actorRoles(ours.actor), actorRoles(theirs.actor)];
  if (ours.actor.kind === 'the' || theirs.actor.kind === 'the') return false;
  return fewer !== undefined && more !== undefined && fewer <= more && roles[0]?.join() === roles[1]?.join();
}

function sameSince(left: CharterAct['since'], right: CharterAct['since']): boolean {
  const word = (since: CharterAct['since']): string => (since === undefined ? '' : since.kind === 'stage' ? `stage ${since.stage}` : since.kind);
  return word(left) === word(right);
}
