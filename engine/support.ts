// What engine 1 cannot run yet, found in compiled bylaws (GDO035): better refused before adoption than run with another meaning.
import type { Charter, CharterProcess } from './bylaws.ts';
import type { CharterStage, CharterStep, CharterVote } from './bylaws-stages.ts';
import type { CharterLimit } from './bylaws-terms.ts';
import { countsMoney } from './account.ts';
import { orderedActors } from './asking.ts';
import { countsPoints } from './award.ts';
import { capsSeats } from './cap.ts';
import { limitsDelegates } from './delegated.ts';
import { limitsStarts } from './limit.ts';
import { countsUses } from './right-use.ts';
import { capsHolders } from './role-cap.ts';
import { isBuiltInRoster, namesIn, roleOf } from './roster.ts';
import { countsTerms } from './term-limit.ts';

/** One construct this engine does not run, with the process it stands in. `construct` is written as in the bylaws. */
export interface Unsupported {
  readonly process?: string;
  readonly construct: string;
}

type Name = (construct: string) => void;

/** True for a limit that says nothing but how many: what else a role's limit may say, such as its waiver, is heard at a grant only. */
function isBare(limit: CharterLimit): boolean {
  return limit.inARow === undefined && limit.otherwise === undefined && limit.waivedThrough === undefined;
}

/** True for `limit n supporters per ATTRIBUTE`, with or without the candidate first (S115). */
function limitsSupport(charter: Charter, limit: CharterLimit): boolean {
  const isPlain = isBare(limit) && limit.amount.kind === 'count';
  const isPerAttribute = limit.per.length > 0 && limit.per.every((per) => per.kind === 'each' && charter.attributes.some((one) => one.name === per.name));
  return limit.counted === 'supporters' && isPlain && isPerAttribute;
}

function inStep(step: CharterStep, charter: Charter, name: Name): void {
  if (!step.limits.every((limit) => limitsSupport(charter, limit))) name('limit');
}

function inVote(vote: CharterVote, name: Name): void {
  if (!vote.limits.every((limit) => vote.counted !== undefined && isBare(limit) && capsSeats(limit, vote.elects?.role))) name('limit');
}

const effectsRun: readonly string[] = ['accept-merge', 'refuse-merge', 'grant', 'remove', 'award', 'pay', 'reverse', 'start', 'strike'];

function inStage(stage: CharterStage, charter: Charter, name: Name): void {
  switch (stage.kind) {
    case 'step':
      return inStep(stage, charter, name);
    case 'vote':
      return inVote(stage, name);
    case 'joint':
      for (const vote of stage.votes) inVote(vote, name);
      return undefined;
    case 'draw':
      // The limits of a draw are of the people it picks, in groups.
      if (!stage.limits.every((limit) => isBare(limit) && limit.amount.kind !== 'money' && limit.per.every((per) => per.kind === 'each'))) name('limit');
      return undefined;
    case 'outcome':
      for (const effect of stage.effects) {
        if (!effectsRun.includes(effect.kind)) name(effect.kind);
      }
      return undefined;
    default:
      return undefined;
  }
}

/** A draw's name is a roster from the draw on (S47). */
function isDrawn(process: CharterProcess, roster: string): boolean {
  return process.stages.some((stage) => stage.kind === 'draw' && stage.name === roster);
}

function isCollaborator(charter: Charter, roster: string): boolean {
  return charter.collaborators.some((collaborator) => collaborator.name === roster);
}

function inProcess(process: CharterProcess, charter: Charter, name: Name): void {
  if (!process.limits.every((limit) => limitsStarts(charter, limit) || countsMoney(limit))) name('limit');
  // A walk belongs to the stages of a case, along a role that is held in order.
  const unordered = orderedActors(process.stages).filter((actor) => roleOf(charter, actor.role)?.held?.inOrder === undefined);
  for (const actor of [...unordered, ...orderedActors(process.recusals)]) name(`the ${actor.order} ${actor.role}`);
  for (const stage of process.stages) inStage(stage, charter, name);
  for (const roster of namesIn([process.stages, process.starts.filter((start) => start.kind === 'by')])) {
    if (!isBuiltInRoster(roster) && roleOf(charter, roster) === undefined && !isDrawn(process, roster) && !isCollaborator(charter, roster))
      name(`the roster ${roster}`);
  }
}

function inRoles(charter: Charter, name: Name): void {
  for (const role of charter.roles) {
    if (!role.limits.every((limit) => countsTerms(charter, role, limit) || capsHolders(charter, role, limit))) name(`limit in role ${role.name}`);
  }
}

/**
 * Lists what engine 1 does not run. Empty: everything in these bylaws runs as language.md section 6 says. Declarations alone (an attribute nobody
 * reads, a property, a vacancy's process) need nothing from the engine and are not listed. Pure; each construct once, in the order of the text.
 */
export function unsupported(charter: Charter): readonly Unsupported[] {
  const found: Unsupported[] = [];
  const add = (entry: Unsupported): void => {
    if (!found.some((one) => one.process === entry.process && one.construct === entry.construct)) found.push(entry);
  };
  inRoles(charter, (construct) => add({ construct }));
  for (const points of charter.points) if (!points.limits.every((limit) => countsPoints(points, limit))) add({ construct: `limit in points ${points.name}` });
  for (const delegation of charter.delegations) {
    if (!delegation.limits.every(limitsDelegates)) add({ construct: `limit in delegation ${delegation.name}` });
  }
  for (const account of charter.accounts) if (!account.limits.every(countsMoney)) add({ construct: `limit in account ${account.name}` });
  for (const process of charter.processes) inProcess(process, charter, (construct) => add({ process: process.name, construct }));
  for (const right of charter.rights) if (!right.limits.every(countsUses)) add({ construct: `limit in right ${right.name}` });
  return found;
}
