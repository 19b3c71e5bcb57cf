// Recusals: somebody asks that a person take no part, another decides it, and then the person's voice does not count (S42, S134). Recusal by an
// attribute needs nobody.
import type { CaseScope } from './actor.ts';
import { isMeant, isOneOf, neededOf } from './actor.ts';
import { attributeOf } from './attributed.ts';
import { actorText } from './wording.ts';
import type { CharterRecusal } from './bylaws-terms.ts';
import type { CharterStage } from './bylaws-stages.ts';
import type { ActRecord } from './acts.ts';
import type { RecusalRecord, VoteRecord } from './case.ts';
import { addAct } from './acts.ts';
import { authorOf, votesIn, writeCase } from './case.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import { freeze, roleOf } from './roster.ts';
import { rolesOf } from './start-line.ts';
import { inVote } from './vote-result.ts';

interface Rule {
  readonly recusal: CharterRecusal;
  /** 0: the whole case. */
  readonly entry: number;
}

/** The recusal lines that bind in the open stage: those of its votes first, then those of the process. */
function rulesOf(scope: CaseScope, stage: CharterStage): readonly Rule[] {
  const votes = votesIn(stage);
  const own = votes.flatMap((vote) => {
    const entry = scope.record.votes.find((running) => running.name === vote.name)?.entry ?? scope.record.entry;
    return vote.recusals.map((recusal) => ({ recusal, entry }));
  });
  return [...own, ...scope.process.recusals.map((recusal) => ({ recusal, entry: 0 }))];
}

/** The scope in which a line names who decides: its roles as they are now. */
function deciding(scope: CaseScope, { recusal }: Rule): CaseScope {
  const roles = rolesOf(recusal.decidedBy).filter((role) => roleOf(scope.charter, role) !== undefined);
  return { ...scope, frozen: freeze(scope.state, scope.charter, roles) };
}

/** The entries that the recusals of the open stage are for: the whole case, the stage, and each of its votes. */
function entriesNow({ record }: CaseScope): readonly number[] {
  return [0, record.entry, ...record.votes.map((running) => running.entry)];
}

/** True iff a person takes no part in the open stage, or in one of its votes: they decide on no recusal in it either (S134). */
function isOut(scope: CaseScope, member: string): boolean {
  const entries = entriesNow(scope);
  return (scope.record.recusals ?? []).some((one) => one.member === member && one.decidedBy !== undefined && entries.includes(one.entry));
}

/** True iff a person may decide a recusal now: one of those named who is not recused, and neither the person it is about nor who asked. */
function mayDecide(scope: CaseScope, rule: Rule, asked: RecusalRecord, member: string): boolean {
  return member !== asked.member && member !== asked.askedBy && !isOut(scope, member) && isMeant(deciding(scope, rule), rule.recusal.decidedBy, member);
}

/** True iff a person has a part in the open stage: a voter or one of its rosters, or a party of the case. */
function hasPart(scope: CaseScope, stage: CharterStage, member: string): boolean {
  const { record, frozen } = scope;
  if ([...record.starters, ...record.candidates, ...record.subjects].includes(member)) return true;
  if (stage.kind !== 'vote' && stage.kind !== 'joint') return frozen.roles.some(([, people]) => people.includes(member));
  return record.votes.some((running) => isOneOf(inVote(scope, running.entry), 'electorate', member));
}

/** A request with one voice more for it; decided once as many as the line asks for say so. */
function decidedBy(scope: CaseScope, rule: Rule, asked: RecusalRecord, member: string): RecusalRecord {
  const saying = [...(asked.saying ?? []).filter((one) => one !== member), member];
  const needed = neededOf(deciding(scope, rule), rule.recusal.decidedBy);
  if (needed === undefined || saying.length < needed) return { ...asked, saying };
  const { countsAs } = rule.recusal;
  const { saying: _saying, countsAs: _countsAs, ...rest } = asked;
  return { ...rest, entry: rule.entry, decidedBy: member, ...(countsAs === undefined ? {} : { countsAs }) };
}

/** True for a vote that takes ballots at an instant, or has them opened. */
function takesBallots({ result, waits, closesMs, standsMs }: VoteRecord, atMs: number): boolean {
  return result === undefined && waits === undefined && atMs < (standsMs ?? closesMs);
}

/**
 * Judges an act `recuse`: a request, or a voice for one; undefined where the bylaws know no recusal. With several lines the first by which a person
 * may decide is the one that then binds. Refuses with GDO1040, GDO1052.
 */
export function applyRecusal(draft: Draft, scope: CaseScope, stage: CharterStage, act: ActRecord): Outcome | undefined {
  const rules = rulesOf(scope, stage);
  const [first] = rules;
  if (first === undefined) return undefined;
  const { record } = scope;
  // Before the close (S42): in a joint every vote may be over, or wait for its second call (S101).
  if (stage.kind === 'joint' && record.votes.every((one) => !takesBallots(one, act.atMs))) return refused('GDO1051', `nobody votes in \`${stage.name}\` now`);
  const [member = act.by] = act.about;
  const known = record.recusals ?? [];
  const entries = entriesNow(scope);
  const asked = known.find((one) => one.member === member && entries.includes(one.entry));
  if (asked?.decidedBy !== undefined) return refused('GDO1052', `\`${member}\` is recused already`);
  const rule = asked === undefined ? first : rules.find((one) => mayDecide(scope, one, asked, act.by));
  if (rule === undefined) {
    const who = rules.map((one) => actorText(scope.charter, one.recusal.decidedBy)).join(' or ');
    return refused('GDO1040', `whether \`${member}\` is recused is decided by ${who}, and by nobody who asked for it`);
  }
  if (asked === undefined && !(hasPart(scope, stage, act.by) && hasPart(scope, stage, member)))
    return refused('GDO1040', 'a recusal is asked for by and about people who take part');
  const request: RecusalRecord = { member, entry: rule.entry, askedBy: act.by, atMs: act.atMs };
  const recusals = asked === undefined ? [...known, request] : known.map((one) => (one === asked ? decidedBy(scope, rule, asked, act.by) : one));
  draft.state = writeCase(addAct(draft.state, record, act), { ...record, recusals, acts: record.acts + 1 });
  draft.touched.add(record.id);
  return ok();
}

/**
 * Recusals that apply by themselves when a stage or vote opens: of whoever shares an attribute with the author, candidate or subject (S42).
 * @param scope - with the rosters of the opening, whose entry it is
 * @param people - those who could take part
 */
export function recusedByAttribute(scope: CaseScope, recusals: readonly CharterRecusal[], people: readonly string[]): readonly RecusalRecord[] {
  const { record, frozen, state } = scope;
  const parties = [...authorOf(record), ...record.candidates, ...record.subjects];
  const found: RecusalRecord[] = [];
  for (const { for: attributes, countsAs } of recusals) {
    for (const attribute of attributes) {
      const values = new Set(parties.flatMap((member) => attributeOf(state, attribute, member, frozen.attributes) ?? []));
      if (values.size === 0) continue;
      for (const member of people) {
        const value = attributeOf(state, attribute, member, frozen.attributes);
        if (value === undefined || !values.has(value) || found.some((one) => one.member === member)) continue;
        const rest = countsAs === undefined ? {} : { countsAs };
        found.push({ member, entry: frozen.entry, askedBy: '', atMs: record.openedMs, decidedBy: byAttribute, ...rest });
      }
    }
  }
  return found;
}

/** Stands for who decided, where nobody had to. */
const byAttribute = 'the rules';
