// GDO217: a step that only a program can move on, without a last instant. People who do not act are GDO204.
import type { Charter, CharterStep } from '../../engine/index.ts';
import { actorRoles } from '../emit-owners.ts';
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `nondeterministic-report`. */
export const nondeterministicReport: LintRule = {
  code: 'GDO217',
  name: 'nondeterministic-report',
  what: 'This step waits for a program, without an end',
  why: 'When the program is down, or its keeper has gone, every case stops here for ever',
  fix: 'Add a last instant: `after 30 days go to refused`',
  bad: `collaborator forge kept by any keeper
  reports "merged"
end

process policy
  started by any keeper
  step wait
    when the forge reports go to accepted
  end
end
`,
  good: `collaborator forge kept by any keeper
  reports "merged"
end

process policy
  started by any keeper
  step wait
    when the forge reports go to accepted
    after 30 days go to refused
  end
end
`,
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      process.stages.flatMap((stage) => {
        if (stage.kind !== 'step' || !waitsForProgram(model.charter, stage)) return [];
        return [
          finding('GDO217', placeIn(model, stage, process), {
            message: `\`${stage.name}\` waits for a program to report, without an end`,
            label: 'no last instant',
            why: 'When the program is down, or its keeper has gone, every case stops here for ever',
            help: 'add a last instant:  after 30 days go to refused',
          }),
        ];
      }),
    ),
};

/** True for a step without any clock, all of whose acts are a program's. Pure. */
export function waitsForProgram(charter: Charter, step: CharterStep): boolean {
  const acts = step.transitions.flatMap((transition) => (transition.kind === 'when' ? transition.acts : []));
  if (acts.length === 0 || step.transitions.some((transition) => transition.kind !== 'when')) return false;
  return acts.every((act) => actorRoles(act.actor).every((role) => charter.collaborators.some((program) => program.name === role)));
}
