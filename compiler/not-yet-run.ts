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
      help: runnable(model, construct) ?? 'leave the clause out, or wait for the version that runs it',
    });
  });
}

/** Limits that are carried out, where a limit is not: most rules that people mean can be said by one of them. */
function runnable(model: Model, construct: string): string | undefined {
  const [what, , where = 'process', name = ''] = construct.split(' ');
  if (what !== 'limit') return undefined;
  const { roles, delegations, accounts, attributes } = model.charter;
  const group = attributes[0]?.name ?? 'employer';
  const holder = delegations.find((one) => one.name === name)?.by;
  const lines: Readonly<Record<string, readonly string[]>> = {
    role: ['limit 2 terms in a row', `limit 2 ${pluralIn(roles, name)} per ${group}`],
    delegation: [`limit 3 ${pluralIn(roles, holder ?? 'member')} per delegate`, 'limit 1/20 of weight per delegate'],
    account: [`limit 500 ${accounts.find((one) => one.name === name)?.currency ?? 'EUR'} per recipient per 30 days`],
    points: [`limit 10 ${name} per author per 30 days`],
    right: ['limit 3 uses per person per 7 days'],
    process: [
      'limit 1 cases per author per 30 days',
      `limit 2 starters per ${group}`,
      `in a step  limit 2 supporters per ${group}`,
      `in a vote that counts a list  limit 2 winners per ${group}`,
    ],
  };
  return `write a limit that is carried out, such as:  ${(lines[where] ?? []).join(';  ')}`;
}

function pluralIn(roles: Model['charter']['roles'], name: string): string {
  return roles.find((role) => role.name === name)?.plural ?? name;
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
