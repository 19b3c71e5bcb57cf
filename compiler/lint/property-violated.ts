// GDO419: what the authors say of their rules is not so (S67).
import type { CharterProperty } from '../../engine/index.ts';
import { compares } from '../../engine/index.ts';
import { isMerge, smallestGroup } from '../analysis/coalition.ts';
import { withHolders } from '../analysis/holders.ts';
import { decideProperty } from '../analysis/properties.ts';
import { finding } from '../finding.ts';
import type { Witness } from '../witness.ts';
import { departure } from './departure.ts';
import { firstWitness, groupWitness } from './group-witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';

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
    firstWitness(model.charter.properties, (property) =>
      decideProperty(model.charter, property, model.analyses).kind === 'refuted' ? historyAgainst(model, property) : undefined,
    ),
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

/** What happens that the line says never does, or who leaves of those it says are always there; undefined for what is shown by a bound alone. */
function historyAgainst(model: Model, { claim, mode }: CharterProperty): Witness | undefined {
  const { charter } = model;
  if (claim.kind === 'holds') {
    const role = mode === 'always' ? charter.roles.find((one) => one.name === claim.role) : undefined;
    return role === undefined ? undefined : departure(model, role, role.firstHeldBy.length);
  }
  if (mode !== 'forbid') return undefined;
  if (claim.kind === 'reaches') {
    const process = charter.processes.find((one) => one.name === claim.path[0]);
    return process === undefined
      ? undefined
      : groupWitness(
          model,
          process,
          ({ name }) => name === claim.outcome,
          () => `${process.name} reaches ${claim.outcome}`,
        );
  }
  const { amount, comparison, role, area } = claim;
  if (amount.kind !== 'count') return undefined;
  const sizes = [undefined, charter.roles.find((one) => one.name === role)?.held?.least];
  return firstWitness(
    charter.processes.filter((process) => process.governs.includes(area)),
    (process) =>
      firstWitness(sizes, (size) => {
        const then = size === undefined ? charter : withHolders(charter, role, size);
        const people = size === 0 ? undefined : smallestGroup(then, process, isMerge)?.people;
        if (people === undefined || !compares(BigInt(people), comparison, BigInt(amount.value))) return undefined;
        return groupWitness(
          model,
          process,
          isMerge,
          () => `${people} merge in ${area} through ${process.name}`,
          new Map(size === undefined ? [] : [[role, size]]),
        );
      }),
  );
}
