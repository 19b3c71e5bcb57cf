// What keeps a case from starting whoever starts it: a short role, the people it is about, the role it asks for (S13, S121, S123). Who may start is start-line.ts's.
import type { Charter, CharterProcess } from './bylaws.ts';
import { meetsFacts } from './facts.ts';
import { holdingsOf, holds, namesIn, roleOf } from './roster.ts';
import type { State } from './state.ts';
import { readEntry } from './state.ts';
import { supportText } from './wording.ts';

/** A case that is to start. `author` is empty where the rules start it. */
export interface NewCase {
  readonly state: State;
  readonly charter: Charter;
  readonly process: CharterProcess;
  readonly author: string;
  readonly candidates: readonly string[];
  readonly subjects: readonly string[];
  readonly role?: string;
  readonly atMs: number;
}

/** A refusal before it is one. */
export interface StartProblem {
  readonly code: 'GDO1040' | 'GDO1052';
  readonly reason: string;
}

/** Roles below their least head count that let only some processes open (S13). */
function shortProblem({ state, charter, process }: NewCase): StartProblem | undefined {
  for (const role of charter.roles) {
    if (role.whileShort === undefined || role.held === undefined || role.whileShort.includes(process.name)) continue;
    if (namesIn(process.stages).includes(role.name) && holdingsOf(state, role.name).length < role.held.least)
      return { code: 'GDO1040', reason: `too few people hold \`${role.name}\`, and \`${process.name}\` may not open while it is short` };
  }
  return undefined;
}

/** True iff cases of the process are about a subject, so that one must be named. */
function needsSubject(process: CharterProcess): boolean {
  return namesIn([process.stages, process.whileOpen]).includes('subject');
}

/** True iff cases of the process ask for a role, so that one must be named. */
export function needsRole(process: CharterProcess): boolean {
  return process.stages.some((stage) => stage.kind === 'outcome' && stage.effects.some((effect) => 'what' in effect && effect.what.kind === 'proposed'));
}

function peopleProblem(start: NewCase): StartProblem | undefined {
  const { state, charter, process, candidates, subjects } = start;
  for (const member of [...candidates, ...subjects]) {
    if (readEntry(state, `member/${member}`) === undefined) return { code: 'GDO1052', reason: `\`${member}\` is not known in this organization` };
  }
  if (subjects.length === 0 && needsSubject(process)) return { code: 'GDO1052', reason: `the process \`${process.name}\` needs a subject` };
  const about = process.about;
  if (about === undefined) return undefined;
  const author = start.author === '' ? [] : [start.author];
  const people = subjects.length > 0 ? subjects : candidates.length > 0 ? candidates : author;
  const scope = { state, charter, atMs: start.atMs, role: about.role };
  const wrong = people.find((member) => (about.role !== 'person' && !holds(state, charter, about.role, member)) || !meetsFacts(scope, about.who, member));
  const meant = supportText(charter, { by: { kind: 'one', role: about.role }, who: about.who });
  return wrong === undefined ? undefined : { code: 'GDO1040', reason: `the process \`${process.name}\` is about ${meant}, and \`${wrong}\` is not among them` };
}

function roleProblem({ charter, process, role }: NewCase): StartProblem | undefined {
  if (!needsRole(process)) return undefined;
  if (role === undefined) return { code: 'GDO1052', reason: `the process \`${process.name}\` needs the role that is asked for` };
  return roleOf(charter, role) === undefined ? { code: 'GDO1052', reason: `\`${role}\` is not a role` } : undefined;
}

/** Why a case may not start; undefined where it may. Pure. */
export function startProblem(start: NewCase): StartProblem | undefined {
  return shortProblem(start) ?? peopleProblem(start) ?? roleProblem(start);
}
