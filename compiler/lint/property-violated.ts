// GDO419: what the authors say of their rules is not so (S67).
import { decideProperty } from '../analysis/properties.ts';
import { finding } from '../finding.ts';
import { allies, castOfGroup, deed } from '../history-of-way.ts';
import { firstWitness } from './group-witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

const modes = { forbid: 'This can happen', always: 'This does not always hold', possible: 'This is not possible' } as const;

/** The rule `property-violated`. */
export const propertyViolated: LintRule = {
  code: 'GDO419',
  name: 'property-violated',
  what: 'The rules do not do what this line says of them',
  why: 'The line was written so that nobody has to check by hand, and what it promises is not so',
  fix: 'Change the rules, or say what is true of them',
  bad: 'always "somebody keeps"\n  at least 1 person holds keeper\nend\n',
  good: 'forbid "no quick amendment"\n  amendment reaches done within 13 days\nend\n',
  late: true,
  witness: (model) =>
    firstWitness(model.charter.properties, (property) => {
      const { claim, mode } = property;
      const role = claim.kind === 'holds' && mode === 'always' ? model.charter.roles.find((one) => one.name === claim.role) : undefined;
      if (role === undefined || decideProperty(model.charter, property, model.analyses).kind !== 'refuted') return undefined;
      const leaving = allies(role.firstHeldBy.length);
      if (!role.lost.some((loss) => loss.kind === 'resignation')) return undefined;
      return {
        title: `everybody leaves ${role.name}`,
        given: castOfGroup(model.charter, leaving),
        events: leaving.map((name, index) => deed(index * 1440, [name], 'resign', { names: [role.name] })),
      };
    }),
  check: (model) =>
    model.charter.properties.flatMap((property) => {
      const decision = decideProperty(model.charter, property, model.analyses);
      if (decision.kind !== 'refuted') return [];
      return [
        finding('GDO419', placeIn(model, property, property), {
          message: `${modes[property.mode]}: "${property.title}"`,
          label: decision.because,
          why: 'The line was written so that nobody has to check by hand, and what it promises is not so',
          help: 'change the rules, or say what is true of them',
        }),
      ];
    }),
};
