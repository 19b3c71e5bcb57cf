// GDO427: a thing that anybody at all can lock for all (S95).
import { actorRoles } from '../emit-owners.ts';
import { finding } from '../finding.ts';
import { oneCanDo } from './acting.ts';
import { rosterSize } from './roster-size.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { rightSample } from './sample.ts';

/** The rule `safety-lock-by-everyone`. Usually meant: whoever sees that a machine is broken should be able to stop it. */
export const safetyLockByEveryone: LintRule = {
  code: 'GDO427',
  name: 'safety-lock-by-everyone',
  what: 'Anybody who comes along can lock this for all',
  why: 'That is how a safety lock should be, and it is also how a prank works',
  fix: 'Know it; or let members lock: `locked by any keeper`',
  bad: rightSample('locked by any person released by any keeper'),
  good: rightSample('locked by any keeper released by any keeper'),
  check: (model) =>
    model.charter.rights.flatMap((right) => {
      const actor = right.locked?.by;
      if (actor === undefined || !oneCanDo(actor) || !actorRoles(actor).some((name) => rosterSize(model.charter, name)?.open === true)) return [];
      return [
        finding('GDO427', placeIn(model, actor, right), {
          message: `Anybody can lock \`${right.name}\` for all`,
          label: 'no roll of its own',
          why: 'That is how a safety lock should be, and it is also how a prank works',
          help: 'if that is not meant, name who may lock',
        }),
      ];
    }),
};
