// GDO215: a role says it is gained through a process that never grants it, or a process grants a role that does not list it.
import type { CharterProcess } from '../../engine/index.ts';
import { finding, labelled } from '../finding.ts';
import type { LintRule } from './rule.ts';
import { placeIn } from './rule.ts';

/** The rule `gain-path-without-grant`. `grant the proposed role` grants every role that lists the process. */
export const gainPathWithoutGrant: LintRule = {
  code: 'GDO215',
  name: 'gain-path-without-grant',
  what: 'A role is said to be gained through a process that does not grant it',
  why: 'A case would end well and change nothing, or a role would be given by a way its own text does not know',
  fix: 'Add `grant ROLE to the candidate` to the outcome, or name the process after `gained through`',
  bad: `role guest plural guests
  held by 0 to 9 people
  gained through welcome
  lost through resignation or 1 year without activity
end

process welcome
  started by any keeper
  step support
    when 2 other keepers endorse go to accepted
    after 30 days go to refused
  end
end

process visit
  started by any guest
  step support
    when 1 keeper approves go to accepted
    after 30 days go to refused
  end
end
`,
  good: `role guest plural guests
  held by 0 to 9 people
  gained through welcome
  lost through resignation or 1 year without activity
end

process welcome
  started by any keeper
  step support
    when 2 other keepers endorse go to welcomed
    after 30 days go to refused
  end
  outcome welcomed
    grant guest to the candidate
  end
end

process visit
  started by any guest
  step support
    when 1 keeper approves go to accepted
    after 30 days go to refused
  end
end
`,
  check: (model) => {
    const missing = model.charter.roles.flatMap((role) =>
      role.gainedThrough.flatMap((name) => {
        const process = model.charter.processes.find((candidate) => candidate.name === name);
        if (process === undefined || grantsOf(process).some((granted) => granted === role.name || granted === undefined)) return [];
        return [
          finding('GDO215', placeIn(model, role, role), {
            message: `\`${role.name}\` is gained through \`${name}\`, and no outcome of \`${name}\` grants it`,
            label: `says it is gained through ${name}`,
            why: 'A case would end well and nobody would have gained the role',
            help: `add an outcome with:  grant ${role.name} to the candidate`,
            related: [labelled(placeIn(model, process, role), 'grants it nowhere')],
          }),
        ];
      }),
    );
    const unlisted = model.charter.processes.flatMap((process) =>
      [...new Set(grantsOf(process))].flatMap((granted) => {
        const role = model.charter.roles.find((candidate) => candidate.name === granted);
        if (role === undefined || role.gainedThrough.includes(process.name)) return [];
        return [
          finding('GDO215', placeIn(model, process, process), {
            message: `\`${process.name}\` grants \`${role.name}\`, and the role does not say so`,
            label: `grants ${role.name}`,
            why: 'Members who read the role believe that there is no such way to gain it',
            help: `add \`${process.name}\` to its line:  gained through ${[...role.gainedThrough, process.name].join(' or ')}`,
            related: [labelled(placeIn(model, role, process), 'does not list it')],
          }),
        ];
      }),
    );
    return [...missing, ...unlisted];
  },
};

/** The names a process grants; undefined stands for the proposed role. */
function grantsOf(process: CharterProcess): readonly (string | undefined)[] {
  return process.stages.flatMap((stage) =>
    stage.kind === 'outcome'
      ? stage.effects.flatMap((effect) => (effect.kind === 'grant' ? [effect.what.kind === 'named' ? effect.what.name : undefined] : []))
      : [],
  );
}
