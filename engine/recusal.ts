// Recusals: somebody asks that a person take no part, another decides it, and then the person's voice does not count (S42, S134). Recusal by an
// attribute waits for attributes.
import type { CaseScope } from './actor.ts';
import { isMeant, isOneOf } from './actor.ts';
import { actorText } from './wording.ts';
import type { CharterRecusal } from './bylaws-terms.ts';
import type { CharterStage, CharterVote } from './bylaws-stages.ts';
import type { ActRecord, RecusalRecord } from './case.ts';
import { addAct, writeCase } from './case.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import { recusalsNow } from './recused.ts';
import { freeze, roleOf } from './roster.ts';
import { rolesOf } from './start-line.ts';

interface Rule {
  readonly recusal: CharterRecusal;
  /** 0: the whole case. */
  readonly entry: number;
}

function rulesOf(scope: CaseScope, stage: CharterStage): readonly Rule[] {
  const own = stage.kind === 'vote' ? stage.recusals.map((recusal) => ({ recusal, entry: scope.record.entry })) : [];
  return [...own, ...scope.process.recusals.map((recusal) => ({ recusal, entry: 0 }))];
}

/** True iff the person may decide a recusal now: one of those named, and neither the person it is about nor who asked. */
function mayDecide(scope: CaseScope, rule: Rule, asked: RecusalRecord, member: string): boolean {
  if (member === asked.member || member === asked.askedBy) return false;
  const roles = rolesOf(rule.recusal.decidedBy).filter((role) => roleOf(scope.charter, role) !== undefined);
  return isMeant({ ...scope, frozen: freeze(scope.state, scope.charter, roles) }, rule.recusal.decidedBy, member);
}

/** True iff a person has a part in the open stage: a voter or one of its rosters, or a party of the case. */
function hasPart(scope: CaseScope, vote: CharterVote | undefined, member: string): boolean {
  const { record, frozen } = scope;
  if ([...record.starters, ...record.candidates, ...record.subjects].includes(member)) return true;
  return vote === undefined ? frozen.roles.some(([, people]) => people.includes(member)) : isOneOf(scope, 'electorate', member);
}

/** Judges an act `recuse`: a request, or the decision of one; undefined where the bylaws know no recusal. Refuses with GDO1040, GDO1052. */
export function applyRecusal(draft: Draft, scope: CaseScope, stage: CharterStage, act: ActRecord): Outcome | undefined {
  const [rule] = rulesOf(scope, stage);
  if (rule === undefined) return undefined;
  const { record } = scope;
  const [member = act.by] = act.about;
  const known = record.recusals ?? [];
  const asked = recusalsNow(record).find((one) => one.member === member);
  const vote = stage.kind === 'vote' ? stage : undefined;
  if (asked?.decidedBy !== undefined) return refused('GDO1052', `\`${member}\` is recused already`);
  if (asked !== undefined && !mayDecide(scope, rule, asked, act.by))
    return refused(
      'GDO1040',
      `whether \`${member}\` is recused is decided by ${actorText(scope.charter, rule.recusal.decidedBy)}, and by nobody who asked for it`,
    );
  if (asked === undefined && !(hasPart(scope, vote, act.by) && hasPart(scope, vote, member)))
    return refused('GDO1040', 'a recusal is asked for by and about people who take part');
  const { countsAs } = rule.recusal;
  const request: RecusalRecord = { member, entry: rule.entry, askedBy: act.by, atMs: act.atMs, ...(countsAs === undefined ? {} : { countsAs }) };
  const recusals = asked === undefined ? [...known, request] : known.map((one) => (one === asked ? { ...one, decidedBy: act.by } : one));
  draft.state = writeCase(addAct(draft.state, record, act), { ...record, recusals, acts: record.acts + 1 });
  draft.touched.add(record.id);
  return ok();
}
