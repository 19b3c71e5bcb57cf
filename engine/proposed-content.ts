// The content that a proposal or an edit brings: whether the process may merge it and whether the bylaws in force let themselves be changed like that
// (S51, S52, S57-S60, S88). Whether it still fits when it is merged is merging.ts's.
import type { Charter, CharterProcess } from './bylaws.ts';
import { areaProblem } from './area.ts';
import type { JsonObject } from './canonical.ts';
import { charterAsWritten, jsonOf } from './case.ts';
import { isWordingOnly } from './charter-diff.ts';
import type { Outcome } from './draft.ts';
import { refused } from './draft.ts';
import type { Batch, ChangeSet } from './event.ts';
import { amendmentProblem } from './protection.ts';
import type { State } from './state.ts';
import { writeEntry } from './state.ts';
import { lapsedOf } from './sunset.ts';

/** What content is judged by: the rules of the case, never the ones it brings (S57). */
export interface ContentScope {
  readonly state: State;
  readonly charter: Charter;
  readonly process: CharterProcess;
  readonly body: JsonObject;
  readonly batch: Batch;
}

/** The change set that the body names, if it is attached. */
export function changeNamed({ body, batch }: ContentScope): ChangeSet | undefined {
  return batch.changes.find((one) => one.id === body['change']);
}

function bylawsProblem(scope: ContentScope, fresh: Charter): Outcome | undefined {
  const { charter, process, state } = scope;
  // The text still says what has lapsed, and a change of words leaves it there.
  if (process.wordingOnly !== undefined && !isWordingOnly(charterAsWritten(state), fresh))
    return refused('GDO2002', `the process \`${process.name}\` changes wording only, and this changes rules`);
  const problem = amendmentProblem(charter, fresh, process.name, lapsedOf(state));
  return problem === undefined ? undefined : refused('GDO2004', problem);
}

/** Why a case of the process may not carry this content; undefined where it may. Refuses with GDO2001, GDO2002, GDO2004, GDO2011, GDO2013. */
export function contentProblem(scope: ContentScope): Outcome | undefined {
  const { body, process, charter, batch } = scope;
  const adopts = body['adopts'];
  if (body['change'] === undefined) return adopts === undefined ? undefined : refused('GDO2011', 'new bylaws come with the change that writes them');
  const change = changeNamed(scope);
  if (change === undefined) return refused('GDO2011', 'the change set is not attached');
  if (body['head'] === undefined) return refused('GDO2011', 'the change names no commit that holds it');
  const paths = change.entries.map((entry) => entry.path);
  const problem = areaProblem(charter, process, paths);
  if (problem !== undefined) return refused(problem.code, problem.reason);
  if (adopts === undefined) return undefined;
  if (!paths.some((path) => path.startsWith('bylaws/'))) return refused('GDO2011', 'new bylaws come with a change under `bylaws/`');
  const fresh = batch.charters.find((one) => one.hash === adopts);
  return fresh === undefined ? refused('GDO2013', 'the new bylaws are not attached') : bylawsProblem(scope, fresh.charter);
}

/** Keeps the content beside the case: the entries of the change, and the bylaws it adopts. */
export function keepContent(scope: ContentScope, id: string): State {
  let { state } = scope;
  const change = changeNamed(scope);
  if (change !== undefined) state = writeEntry(state, `change/${change.id}`, { entries: change.entries.map((entry) => [entry.path, entry.old, entry.new]) });
  const adopted = scope.batch.charters.find((one) => one.hash === scope.body['adopts']);
  return adopted === undefined ? state : writeEntry(state, `proposed/${id}`, { charter: jsonOf(adopted.charter) });
}
