// GDO035: what the bylaws say and this version of the engine cannot run. The engine keeps the list; nothing is silently done otherwise.
import { unsupported } from '../engine/index.ts';
import type { Diagnostic } from '../language/index.ts';
import { finding } from './finding.ts';
import { placeIn } from './lint/rule.ts';
import type { Model } from './lint/rule.ts';

/** Findings for constructs the engine cannot run yet, one for each process and construct. Pure. Source: docs/decisions/0012. */
export function unsupportedFindings(model: Model): readonly Diagnostic[] {
  const { charter } = model;
  return unsupported(charter).map(({ process, construct }) => {
    const owner = charter.processes.find((candidate) => candidate.name === process) ?? declaredIn(model, construct) ?? charter.organization;
    return finding('GDO035', placeIn(model, owner, charter.organization), {
      message: process === undefined ? `This version cannot run \`${construct}\` yet` : `This version cannot run \`${construct}\` in \`${process}\` yet`,
      label: 'not run yet',
      why: 'Adopting it would promise members a rule that nobody carries out',
      help: 'leave the clause out, or wait for the version that runs it',
    });
  });
}

/** The declaration a construct names with its last word, such as `account treasury`. */
function declaredIn(model: Model, construct: string): object | undefined {
  const name = construct.split(' ').at(-1);
  const { roles, measures, points, certificates, delegations, accounts, collaborators, rights, duties } = model.charter;
  const things: readonly { readonly name: string }[] = [
    ...roles,
    ...measures,
    ...points,
    ...certificates,
    ...delegations,
    ...accounts,
    ...collaborators,
    ...rights,
    ...duties,
  ];
  return construct === 'protect' ? model.charter.protections[0] : things.find((thing) => thing.name === name);
}
