// Who may do what, read off a Charter: one row for each kind of people and thing they may do. It judges nobody and knows no holders.
import { actorRoles, spoken } from '../../compiler/index.ts';
import type { Charter, CharterStage } from '../../engine/index.ts';

/** Rows of who, what, and the process and stage that say so; grouped by who, in the order of the roles. Pure. */
export function powers(charter: Charter): readonly (readonly string[])[] {
  const found: { readonly role: string; readonly what: string; readonly where: string }[] = [];
  const add = (roles: readonly string[], what: string, where: string): void => {
    for (const role of new Set(roles)) found.push({ role, what, where });
  };
  for (const process of charter.processes) {
    const title = process.title ?? capital(spoken(process.name));
    for (const start of process.starts) if (start.kind === 'by') add(actorRoles(start.actor), 'start a case', title);
    for (const stage of process.stages) addStage(stage, title, add);
    for (const recusal of process.recusals) add(actorRoles(recusal.decidedBy), 'decide about recusals', title);
  }
  for (const certificate of charter.certificates) {
    for (const actor of certificate.issuedBy) add(actorRoles(actor), `issue ${spoken(certificate.name)}`, 'Certificates');
    if (certificate.revokedBy !== undefined) add(actorRoles(certificate.revokedBy), `revoke ${spoken(certificate.name)}`, 'Certificates');
  }
  for (const account of charter.accounts)
    if (account.keptBy !== undefined) add(actorRoles(account.keptBy), `keep the account ${spoken(account.name)}`, 'Money');
  for (const attribute of charter.attributes) add(actorRoles(attribute.certifiedBy), `certify ${spoken(attribute.name)}`, 'People');
  for (const action of charter.actions) add(actorRoles(action.by), spoken(action.name), 'Actions');
  for (const right of charter.rights) {
    if (right.locked === undefined) continue;
    add(actorRoles(right.locked.by), 'lock', right.title ?? capital(spoken(right.name)));
    for (const actor of right.locked.releasedBy) add(actorRoles(actor), 'release a lock', right.title ?? capital(spoken(right.name)));
  }
  return grouped(charter, found);
}

type Add = (roles: readonly string[], what: string, where: string) => void;

function addStage(stage: CharterStage, title: string, add: Add): void {
  if (stage.kind === 'vote') {
    add(stage.voters.roles, 'vote', title);
    for (const rule of stage.tie ?? []) if (rule.kind === 'decided') add(actorRoles(rule.by), 'decide a tie', title);
  }
  if (stage.kind === 'joint') for (const vote of stage.votes) addStage(vote, title, add);
  if (stage.kind === 'meeting') {
    if (stage.called !== undefined) add(actorRoles(stage.called.by), 'call the meeting', title);
    if (stage.attended !== undefined) add([stage.attended.role], 'attend the meeting', title);
  }
  if (stage.kind !== 'step') return;
  for (const rule of stage.transitions) {
    if (rule.kind !== 'when' && rule.kind !== 'unless') continue;
    for (const act of rule.acts) add(actorRoles(act.actor), spoken(act.verb), title);
  }
  for (const row of stage.concerns) add(actorRoles(row.by), 'raise a concern', title);
  for (const row of stage.nominations) add([row.of], 'become a candidate', title);
  if (stage.options !== undefined) add(actorRoles(stage.options.by), 'add an option', title);
}

/** Those who are no role: anybody, and whom a case makes what they are. */
const peopleOfCases: ReadonlyMap<string, string> = new Map([
  ['person', 'Anyone'],
  ['author', 'Whoever started the case'],
  ['subject', 'The person concerned'],
  ['raiser', 'Whoever raised the concern'],
  ['starters', 'Those who started the case'],
  ['winners', 'The winners'],
  ['candidate', 'The candidate'],
]);

function grouped(charter: Charter, found: readonly { readonly role: string; readonly what: string; readonly where: string }[]): readonly (readonly string[])[] {
  const declared = charter.roles.map((role) => role.name);
  const others = [...new Set(found.map((row) => row.role))].filter((role) => !declared.includes(role) && role !== 'person');
  return ['person', ...declared, ...others].flatMap((role) => {
    const rows = found.filter((row) => row.role === role);
    const whats = [...new Set(rows.map((row) => row.what))];
    const who = peopleOfCases.get(role) ?? capital(spoken(role));
    return whats.map((what, index) => [index === 0 ? who : '', what, [...new Set(rows.flatMap((row) => (row.what === what ? [row.where] : [])))].join('; ')]);
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
