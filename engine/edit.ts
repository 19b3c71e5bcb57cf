// Editing an open case: its text or its files change, support given before does not move to the new content, and the case starts again or goes to the
// stage the bylaws name (S50, S117).
import type { CaseScope } from './actor.ts';
import type { ActRecord } from './acts.ts';
import type { CaseRecord } from './case.ts';
import { addAct, withdrawAll } from './acts.ts';
import { currentOf, writeCase } from './case.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import type { ChangeSet, LedgerEvent } from './event.ts';
import { textOf } from './field.ts';
import type { ApplyContext } from './fold.ts';
import { begunAgain, goingOnAt } from './in-flight.ts';
import { changeOf } from './gate.ts';
import { changeNamed, contentProblem, keepContent } from './proposed-content.ts';
import { contentWindowProblem, isNamedBy, startLines } from './start-line.ts';
import { eraseEntry } from './state.ts';

/** Why the windows of its start keep a case from being about these files; undefined where those of one line do not (S122). */
function windowsProblem(draft: Draft, { charter, process, record }: CaseScope, change: ChangeSet, context: ApplyContext): Outcome | undefined {
  const { author, candidates, subjects } = record;
  const about = { candidates, subjects, paths: change.entries.map(({ path }) => path) };
  const asked = { state: draft.state, charter, process, member: author, author, atMs: context.receivedMs, without: context.without, ...about };
  const lines = startLines(process);
  const named = lines.filter((line) => isNamedBy(asked, line));
  const before = changeOf(draft.state, record).map(({ path }) => path);
  // Whom no line names any more edits the case all the same, as one of those who could start it.
  const problems = (named.length === 0 ? lines : named).map((line) => contentWindowProblem(asked, line, before));
  if (problems.length === 0 || problems.includes(undefined)) return undefined;
  const windows = problems.filter((problem) => problem !== undefined).join(', or ');
  return refused('GDO1040', `about these files the process \`${process.name}\` starts ${windows}`);
}

/** The new content that an edit brings: files, new bylaws with them, or a text; the refusal where it may not. */
function contentOf(draft: Draft, scope: CaseScope, event: LedgerEvent, context: ApplyContext): Partial<CaseRecord> | Outcome {
  const { charter, process, record } = scope;
  const { change, head, adopts, text } = event.body;
  const texts = text === undefined ? {} : { text: textOf(text) };
  if (change === undefined) {
    if (text === undefined) return refused('GDO1052', 'an edit brings the new text or the new files');
    return adopts === undefined ? texts : refused('GDO2011', 'new bylaws come with the change that writes them');
  }
  if (process.governs.length === 0) return refused('GDO2002', `the process \`${process.name}\` merges nothing`);
  const content = { state: draft.state, charter, process, body: event.body, batch: context.batch };
  const brought = changeNamed(content);
  const problem = contentProblem(content) ?? (brought === undefined ? undefined : windowsProblem(draft, scope, brought, context));
  if (problem !== undefined) return problem;
  // Rules that judge a change are those of the case; an amendment of other bylaws than those in force would be stale anyway (S57).
  if (adopts !== undefined && record.bylaws !== currentOf(draft.state).bylaws) return refused('GDO1053', 'the bylaws it would amend are no longer in force');
  draft.state = keepContent({ ...content, state: eraseEntry(draft.state, `proposed/${record.id}`) }, record.id);
  return { ...texts, change: textOf(change), head: textOf(head), ...(adopts === undefined ? {} : { adopts: textOf(adopts) }) };
}

/**
 * Judges an act `edit`; undefined where the bylaws do not answer edits of a case without files and the stage must judge the verb. Refuses with GDO1040,
 * GDO1052, GDO1053 and what content is refused with. Source: language.md S50
 */
export function applyEdit(draft: Draft, scope: CaseScope, event: LedgerEvent, context: ApplyContext): Outcome | undefined {
  const { process, record } = scope;
  if (process.onEdit.kind === 'refuse') {
    if (event.body['change'] === undefined) return undefined;
    return refused('GDO1052', `\`${process.name}\` refuses edits: changed content is a new proposal`);
  }
  if (event.actor !== record.author) return refused('GDO1040', `the case is edited by its author, \`${record.author}\``);
  const content = contentOf(draft, scope, event, context);
  if ('verdict' in content) return content;
  const first = process.stages[0]?.name ?? record.stage;
  const target = process.onEdit.kind === 'stage' ? process.onEdit.stage : first;
  const atMs = context.receivedMs;
  const { adopts: _adopts, ...withoutBylaws } = record;
  const edited: CaseRecord = { ...(content.change === undefined ? record : withoutBylaws), ...content };
  // Who is at the meeting of the case is still there when its words change: presence is no support.
  const back = process.onEdit.kind === 'restart' ? begunAgain(edited, target, atMs) : goingOnAt(edited, target, atMs);
  const { text } = event.body;
  const act: ActRecord = {
    event: event.id,
    entry: record.entry,
    by: event.actor,
    verb: 'edit',
    atMs,
    about: [],
    ...(text === undefined ? {} : { text: textOf(text) }),
  };
  draft.state = addAct(withdrawAll(draft.state, record.id), record, act);
  draft.state = writeCase(draft.state, { ...back, acts: record.acts + 1 });
  draft.touched.add(record.id);
  return ok();
}
