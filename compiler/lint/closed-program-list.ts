// GDO423: a program that has a say by its own name, so that no other can ever have it under the same rule (S8).
import { actorRoles } from '../emit-owners.ts';
import { finding } from '../finding.ts';
import { actsOf } from './acting.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { stepSample } from './sample.ts';

/** What a program tells; everything else a program does is a say. */
const telling: readonly string[] = ['report', 'declare', 'call', 'attend'];

const checker = 'collaborator checker kept by any keeper\n  reports "green", "no green"\nend\n\n';

/** The rule `closed-program-list`. */
export const closedProgramList: LintRule = {
  code: 'GDO423',
  name: 'closed-program-list',
  what: 'A program has a say by its own name',
  why: 'No other program can be admitted under the same rule: to replace it, or to add a second, the rule itself must be changed',
  fix: 'Let a role have the say, and let programs hold it like people',
  bad: checker.concat(stepSample('when 3 other keepers approve and the checker approves go to accepted', 'after 30 days go to refused')),
  good: checker.concat(stepSample('when 3 other keepers approve and the checker reports "green" go to accepted', 'after 30 days go to refused')),
  check: (model) =>
    model.charter.processes.flatMap((process) =>
      actsOf(process).flatMap(({ act }) => {
        const program = model.charter.collaborators.find((one) => actorRoles(act.actor).includes(one.name));
        if (program === undefined || telling.includes(act.verb)) return [];
        return [
          finding('GDO423', placeIn(model, act, process), {
            message: `The program \`${program.name}\` has a say in \`${process.name}\` by its own name`,
            label: 'no other program can have it',
            why: 'To replace it, or to add a second, the rule itself must be changed',
            help: 'let a role have the say, which programs may hold like people and are admitted to',
          }),
        ];
      }),
    ),
};
