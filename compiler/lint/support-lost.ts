// GDO225: support that an objection makes void: the next step asks for the same act again, and counts from nothing.
import type { CharterAct, CharterProcess, CharterStep } from '../../engine/index.ts';
import { actorRoles } from '../emit-owners.ts';
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { processSample } from './sample.ts';

/** The rule `support-lost`. A step that follows because the support was complete is a new question, and is left alone. */
export const supportLost: LintRule = {
  code: 'GDO225',
  name: 'support-lost',
  what: 'Support given before does not count in the next step',
  why: 'Whoever approved believes that it counts; one objection makes all approvals void, and cases fail for want of them',
  fix: 'Let them count: `when 3 other keepers approve since the start go to accepted`',
  bad: processSample(
    'step review',
    '  when any keeper objects go to talk',
    '  when 3 other keepers approve go to accepted',
    '  after 30 days go to refused',
    'end',
    'step talk',
    '  when 3 other keepers approve go to accepted',
    '  after 30 days go to refused',
    'end',
  ),
  good: processSample(
    'step review',
    '  when any keeper objects go to talk',
    '  when 3 other keepers approve go to accepted',
    '  after 30 days go to refused',
    'end',
    'step talk',
    '  when 3 other keepers approve since the start go to accepted',
    '  after 30 days go to refused',
    'end',
  ),
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      process.stages.flatMap((stage) =>
        stage.kind !== 'step'
          ? []
          : lostIn(process, stage).map((lost) =>
              finding('GDO225', placeIn(model, lost, stage), {
                message: `Whoever did \`${lost.verb}\` in \`${lostFrom(process, stage, lost) ?? ''}\` has to do it again in \`${stage.name}\``,
                label: 'counts from nothing',
                why: 'People believe that their support counts, and the case fails for want of it',
                help: `let it count:  ... ${lost.verb} since the start go to ...; if you mean it:  allow support-lost because "..."`,
              }),
            ),
      ),
    ),
};

const supporting: readonly string[] = ['approve', 'endorse', 'accept'];

function lostIn(process: CharterProcess, step: CharterStep): readonly CharterAct[] {
  return step.transitions.flatMap((transition) =>
    transition.kind === 'when' ? transition.acts.filter((act) => lostFrom(process, step, act) !== undefined) : [],
  );
}

/** The step whose objection leads here although it collects the same support. */
function lostFrom(process: CharterProcess, step: CharterStep, act: CharterAct): string | undefined {
  if (act.since !== undefined || !supporting.includes(act.verb)) return undefined;
  const same = (other: CharterAct): boolean => other.verb === act.verb && actorRoles(other.actor).join() === actorRoles(act.actor).join();
  const earlier = process.stages.find(
    (other) =>
      other.kind === 'step' &&
      other !== step &&
      other.transitions.some((transition) => transition.kind === 'when' && transition.target === step.name && !transition.acts.some(same)) &&
      other.transitions.some((transition) => transition.kind === 'when' && transition.target !== step.name && transition.acts.some(same)),
  );
  return earlier?.name;
}
