// Cases that several people start: the first proposes, the others add themselves by the act `start`, and the case opens once a line has enough
// (S108, docs/decisions/0030). Nothing an author writes about others is believed.
import { entryAt, invariant } from './invariant.ts';
import { byCodeUnit } from './canonical.ts';
import type { CaseScope } from './actor.ts';
import { neededOf } from './actor.ts';
import { actorText } from './wording.ts';
import type { CaseRecord, StartingRow } from './case.ts';
import { addAct } from './acts.ts';
import { currentOf, writeCase } from './case.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import { dayMs } from './duration.ts';
import type { LedgerEvent } from './event.ts';
import { textOf } from './field.ts';
import type { ApplyContext } from './fold.ts';
import { changeOf } from './gate.ts';
import { caseLimitProblem, startersCounted, useCaseWaivers } from './limit.ts';
import { allMembers, freeze, roleOf, writeFrozen } from './roster.ts';
import type { StartLine, StartRequest } from './start-line.ts';
import { isNamedBy, rolesOf, startersText, startLines, windowProblem } from './start-line.ts';
import { hasLapsed } from './sunset.ts';
import type { RequirementLine } from './vote.ts';
import { suspendWhileOpen } from './while-open.ts';

/** How long a case waits for the people it still needs to start: long enough for a monthly meeting (docs/decisions/0030). */
export const startersWaitMs: number = 30 * dayMs;

/** The number that an act `start` names as its stage: the first entry of the case, which is not open yet. */
export const startEntry = 1;

/** The rolls that the number of starters is taken of, frozen when the case is proposed, as entry 0. */
function startScope(scope: Omit<CaseScope, 'frozen'>): CaseScope {
  const roles = startLines(scope.process).flatMap((line) => rolesOf(line.actor).filter((role) => roleOf(scope.charter, role) !== undefined));
  return {
    ...scope,
    frozen: freeze(scope.state, scope.charter, [...new Set(roles)].sort(byCodeUnit)),
  };
}

/** How far each line of a case is that waits for its starters (S108). Pure. */
function startingOf({ starting }: CaseRecord): readonly StartingRow[] {
  invariant(starting !== undefined, 'a case that waits for its starters keeps who they are');
  return starting;
}

/** True iff enough of the people of a line count (S115). */
function isFull({ state, process, record }: Omit<CaseScope, 'frozen'>, row: StartingRow): boolean {
  return startersCounted(state, process, { people: row.people, candidates: record.candidates }).length >= row.needed;
}

/**
 * Completes the record of a case that is proposed: with one starter it opens, otherwise it waits for the others.
 * @param lines - the lines that the author may start by, at least one
 * @returns the record, or the refusal where no line could ever be filled
 */
export function begunBy(draft: Draft, scope: Omit<CaseScope, 'frozen'>, lines: readonly StartLine[], atMs: number): CaseRecord | Outcome {
  const frozen = startScope(scope);
  const rows = startLines(scope.process).flatMap((line, index): readonly StartingRow[] => {
    const needed = neededOf(frozen, line.actor);
    return needed === undefined ? [] : [{ line: index, needed, people: lines.includes(line) ? scope.record.starters : [] }];
  });
  if (rows.some((row) => isFull(scope, row))) return scope.record;
  if (rows.length === 0) return refused('GDO1040', `\`${scope.process.name}\` needs more people to start it than there are`);
  draft.state = writeFrozen(draft.state, scope.record, 0, frozen.frozen);
  return { ...scope.record, phase: 'starting', starting: rows, dueMs: atMs + startersWaitMs };
}

/** Judges an act in a case that waits for its starters. Refuses with GDO1040, GDO1050, GDO1052, GDO1053. */
export function applyStart(draft: Draft, scope: CaseScope, event: LedgerEvent, context: ApplyContext): Outcome {
  const { record, process } = scope;
  const member = event.actor;
  if (textOf(event.body['verb']) !== 'start') return refused('GDO1050', 'the case waits for more people to start it');
  if (record.starters.includes(member)) return refused('GDO1052', `\`${member}\` has started it already`);
  if (record.bylaws !== currentOf(draft.state).bylaws) return refused('GDO1053', 'the bylaws have changed since the case was proposed: propose it again');
  if (hasLapsed(draft.state, process.name, context.receivedMs)) return refused('GDO1052', `\`${process.name}\` has lapsed, and starts no more cases`);
  const request = requestOf(scope, member, context.receivedMs, context);
  const lines = startLines(process);
  const may = (row: StartingRow): boolean => {
    const line = entryAt(lines, row.line);
    return isNamedBy(request, line) && windowProblem(request, line) === undefined;
  };
  const rows = startingOf(record).map((row) => (may(row) ? { ...row, people: [...row.people, member] } : row));
  if (!rows.some((row) => row.people.includes(member))) {
    const who = startersText(scope.charter, process);
    return refused('GDO1040', `the process \`${process.name}\` is started by ${who}, and \`${member}\` is not among them`);
  }
  const limit = caseLimitProblem({ ...request, atMs: context.receivedMs }, [member], record.id);
  if (limit !== undefined) return refused('GDO1040', limit);
  draft.state = useCaseWaivers({ ...request, state: draft.state, atMs: context.receivedMs }, [member], record.id);
  draft.state = addAct(draft.state, record, { event: event.id, entry: 0, by: member, verb: 'start', atMs: context.receivedMs, about: [] });
  const started: CaseRecord = { ...record, starters: [...record.starters, member], starting: rows, acts: record.acts + 1 };
  if (!rows.some((row) => isFull({ ...scope, record: started }, row))) {
    draft.state = writeCase(draft.state, started);
    return ok();
  }
  const { starting: _starting, ...complete } = started;
  const opening: CaseRecord = { ...complete, phase: 'opening', startedMs: context.receivedMs, openedMs: context.receivedMs, dueMs: context.receivedMs };
  draft.state = writeCase(draft.state, opening);
  draft.touched.add(record.id);
  return ok(...suspendWhileOpen(draft, process, opening));
}

function requestOf(scope: CaseScope, member: string, atMs: number, context: Pick<ApplyContext, 'without'>): StartRequest {
  const { state, charter, process, record } = scope;
  const paths = changeOf(state, record).map((entry) => entry.path);
  const { author, candidates, subjects, decision } = record;
  // Whoever joins starts the case about the same decision as its author.
  const about = decision === undefined ? {} : { decision };
  return { state, charter, process, member, author, candidates, subjects, paths, atMs, without: context.without, ...about };
}

/** Who of some people could still start a case that waits. */
export function whoMayStart(scope: CaseScope, members: readonly string[]): readonly string[] {
  const atMs = currentOf(scope.state).timeMs;
  const lines = startLines(scope.process);
  return members.filter((member) => {
    const request = requestOf(scope, member, atMs, { without: [] });
    return lines.some((line) => isNamedBy(request, line) && windowProblem(request, line) === undefined);
  });
}

/** How far each line of a case that waits for its starters is. */
export function startingLines(scope: CaseScope): readonly RequirementLine[] {
  const lines = startLines(scope.process);
  return startingOf(scope.record).map((row) => {
    const line = entryAt(lines, row.line);
    const people = startersCounted(scope.state, scope.process, { people: row.people, candidates: scope.record.candidates });
    const have = people.length === 0 ? '0' : `${people.length} (${people.join(', ')})`;
    return { requirement: `started by ${actorText(scope.charter, line.actor)}`, have, need: String(row.needed), met: people.length >= row.needed };
  });
}

/** What each line of a case that waits for its starters still lacks: so many more people, and who they could be. */
export function startActsMissing(
  scope: CaseScope,
): readonly (readonly { readonly verb: string; readonly count: number; readonly of: string; readonly people: readonly string[] }[])[] {
  const lines = startLines(scope.process);
  const people = whoMayStart(scope, allMembers(scope.state)).filter((member) => !scope.record.starters.includes(member));
  return startingOf(scope.record).flatMap((row) => {
    const line = entryAt(lines, row.line);
    const counted = startersCounted(scope.state, scope.process, { people: row.people, candidates: scope.record.candidates }).length;
    const can = people.filter((member) => {
      const request = requestOf(scope, member, currentOf(scope.state).timeMs, { without: [] });
      return isNamedBy(request, line) && windowProblem(request, line) === undefined;
    });
    return counted >= row.needed ? [] : [[{ verb: 'start', count: row.needed - counted, of: rolesOf(line.actor)[0] ?? 'person', people: can }]];
  });
}
