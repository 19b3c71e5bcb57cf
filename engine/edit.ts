// Editing an open case that carries no files: its text changes, support given before does not move to the new one, and the case starts again or goes
// to the stage the bylaws name (S50, S117). Changed files are a new proposal.
import type { CaseRecord } from './case.ts';
import { addAct, withdrawAll, writeCase } from './case.ts';
import type { ActRecord } from './case.ts';
import type { CaseScope } from './actor.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';

/** Judges an act `edit`; undefined where the process knows none and the stage must judge the verb. Refuses with GDO1040, GDO1052. */
export function applyEdit(draft: Draft, scope: CaseScope, act: ActRecord): Outcome | undefined {
  const { process, record } = scope;
  if (process.onEdit.kind === 'refuse' || process.governs.length > 0) return undefined;
  if (act.by !== record.author) return refused('GDO1040', `the case is edited by its author, \`${record.author}\``);
  if (act.text === undefined) return refused('GDO1052', 'an edit brings the new text');
  const isRestart = process.onEdit.kind === 'restart';
  const first = process.stages[0]?.name ?? record.stage;
  const { dueMs: _dueMs, result: _result, ...rest } = record;
  const edited: CaseRecord = {
    ...rest,
    ...(isRestart ? { startedMs: act.atMs, firsts: [] } : {}),
    text: act.text,
    phase: 'opening',
    stage: process.onEdit.kind === 'stage' ? process.onEdit.stage : first,
    votes: [],
    acts: record.acts + 1,
    dueMs: act.atMs,
  };
  draft.state = addAct(withdrawAll(draft.state, record.id), record, act);
  draft.state = writeCase(draft.state, edited);
  draft.touched.add(record.id);
  return ok();
}
