// Engine 1: what each kind of event does to an organization, and the end of an epoch. Order, filter and checkpoints are the fold's.
import { caseNamed } from './event.ts';
import { applyAct } from './act.ts';
import { keepAttestation } from './attestation.ts';
import { applyCertify } from './attribute.ts';
import { applyBallot } from './cast.ts';
import { applyIssue, applyRevoke } from './certificate.ts';
import { charterInForce, charterOfCase, processOf, readCase } from './case.ts';
import { isObject } from './canonical.ts';
import { closeEpoch } from './closing.ts';
import type { Draft, Outcome } from './draft.ts';
import { beginDraft, ok, refused } from './draft.ts';
import type { DutifulAct } from './duty.ts';
import { noteDutifulAct } from './duty.ts';
import type { LedgerEvent } from './event.ts';
import { applyEvidence } from './evidence.ts';
import { textOf } from './field.ts';
import type { ApplyContext, EngineRules } from './fold.ts';
import { classOfKind } from './fold.ts';
import { mayAttest } from './gate.ts';
import { unreachable } from './invariant.ts';
import { applyEnrol, applyKeyRevoke } from './keys.ts';
import { applyLock, applyRelease } from './lock.ts';
import { keepOpenVotes } from './open-vote.ts';
import { applyPerform } from './perform.ts';
import { applyReport, reportFact } from './report.ts';
import { applyUse, useFact } from './right-use.ts';
import { noteActivity, resign } from './role-change.ts';
import { applyDelegate } from './delegated.ts';
import { roleOf } from './roster.ts';
import { applySpend } from './spend.ts';
import { applyPropose } from './start.ts';
import { readEntry, readRow } from './state.ts';

/** Why the author of an event has no standing at all: an unknown or revoked key, or powers that a concurrent removal took. */
function authorProblem(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome | undefined {
  const key = readRow(draft.state, 'key/', event.device);
  if (key === undefined || key['member'] !== event.actor || readRow(draft.state, 'member/', event.actor) === undefined) {
    return refused('GDO1040', `this key does not belong to \`${event.actor}\` in this organization`);
  }
  if (key['revoked'] !== undefined) return refused('GDO1042', 'this key is revoked');
  // The filter took it from what this device signed alone, or from all that the person did.
  return context.without.some(({ power }) => power === 'everything') ? refused('GDO1042', 'this key or membership ended at the same time') : undefined;
}

function applyResign(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  const charter = charterInForce(draft.state);
  const name = textOf(event.body['role']);
  if (readEntry(draft.state, `role/${name}/${event.actor}`) === undefined) return refused('GDO1040', `\`${event.actor}\` does not hold \`${name}\``);
  const role = roleOf(charter, name);
  if (role !== undefined && !role.lost.some((loss) => loss.kind === 'resignation')) return refused('GDO1040', `\`${name}\` is not lost through resignation`);
  // What is lost with the role is taken from concurrent acts as well (S111).
  const ended = resign(draft, charter, { role: name, member: event.actor, atMs: context.receivedMs });
  return ok(...ended.map((one) => ({ member: event.actor, power: { role: one } })));
}

function applyAttest(draft: Draft, event: LedgerEvent): Outcome {
  const record = readCase(draft.state, caseNamed(event));
  if (record === undefined || record.change === undefined) return refused('GDO1052', 'there is no such case with a change');
  if (record.phase === 'decided') return refused('GDO1051', 'the case is decided');
  const dapp = event.body['dapp'];
  const name = isObject(dapp) ? textOf(dapp['name']) : '';
  if (!mayAttest(draft.state, record.id, name, event.actor)) return refused('GDO1040', `\`${event.actor}\` is not an endorser of \`${name}\` for this case`);
  const { candidate, output, patterns, reads, verdict } = event.body;
  const after = keepAttestation(draft.state, {
    case: record.id,
    dapp: name,
    member: event.actor,
    candidate: textOf(candidate),
    output: textOf(output),
    patterns,
    reads: textOf(reads),
    verdict: textOf(verdict),
  });
  if (after === undefined) return refused('GDO1043', 'this endorser has attested something else for the same candidate');
  draft.state = after;
  return ok();
}

/** Facts that rules read, by their type; others are kept and read by nobody. */
function applyFact(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  if (event.body['type'] === reportFact) return applyReport(draft, event, context);
  return event.body['type'] === useFact ? applyUse(draft, event, context) : ok();
}

function judge(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  switch (event.kind) {
    case 'propose':
      return applyPropose(draft, event, context);
    case 'act':
      return applyAct(draft, event, context);
    case 'ballot':
      return applyBallot(draft, event, context);
    case 'attest':
      return applyAttest(draft, event);
    case 'key.enrol':
      return applyEnrol(draft, event, context);
    case 'key.revoke':
      return applyKeyRevoke(draft, event, context);
    case 'resign':
      return applyResign(draft, event, context);
    case 'delegate':
      return applyDelegate(draft, event, context);
    case 'certify':
      return applyCertify(draft, event, context);
    case 'issue':
      return applyIssue(draft, event, context);
    case 'revoke':
      return applyRevoke(draft, event, context);
    case 'perform':
      return applyPerform(draft, event, context);
    case 'fact':
      return applyFact(draft, event, context);
    case 'complaint':
      return ok();
    case 'evidence':
      return applyEvidence(draft, event) ? ok() : refused('GDO1040', 'this is no evidence against a witness');
    case 'lock':
      return applyLock(draft, event, context);
    case 'release':
      return applyRelease(draft, event, context);
    case 'spend':
      return applySpend(draft, event, context);
    case 'suspend':
      return refused('GDO1040', 'bylaws give nobody the power to suspend by themselves: a role rests while a case is open that says so');
    case 'reserve':
      return refused('GDO1040', 'bylaws lend nothing out: a right answers when a thing is used');
    default:
      return unreachable(event.kind);
  }
}

/** Events of a case have the class of its process (ledger.md section 6); other kinds have their own. */
function classOf(state: Draft['state'], event: LedgerEvent): 0 | 1 | 2 {
  if (event.kind === 'propose') return charterInForce(state).processes.find((process) => process.name === event.body['process'])?.class ?? 2;
  if (event.kind === 'act' || event.kind === 'ballot') {
    const record = readCase(state, caseNamed(event));
    return record === undefined ? 2 : processOf(charterOfCase(state, record), record).class;
  }
  return classOfKind(event.kind);
}

function dutifulAct(event: LedgerEvent, context: ApplyContext): DutifulAct {
  const [verb, text] = [textOf(event.body['verb']), textOf(event.body['text'])];
  const act = { member: event.actor, verb, text, atMs: context.receivedMs, without: context.without };
  return event.case === undefined ? act : { ...act, case: event.case };
}

/** The rules of engine number 1 (language.md section 6; ledger.md sections 9 to 11). Pure towards its caller. */
export const engine1: EngineRules<Draft> = {
  number: 1,
  begin: beginDraft,
  apply: (draft, event, context) => {
    const before = draft.state;
    const outcome = authorProblem(draft, event, context) ?? judge(draft, event, context);
    if (outcome.verdict.kind !== 'ok') {
      draft.state = before;
    } else if (event.kind === 'propose' || event.kind === 'act' || event.kind === 'ballot' || event.kind === 'perform') {
      const acted = draft.state;
      draft.state = noteActivity(acted, event.actor, context.receivedMs);
      keepOpenVotes(draft, acted);
      if (event.kind === 'act' || event.kind === 'perform') draft.state = noteDutifulAct(draft.state, dutifulAct(event, context));
    }
    return { draft, verdict: outcome.verdict, removals: outcome.removals };
  },
  end: closeEpoch,
  classOf,
};

/** The rules behind an engine number; undefined for one this version does not know (GDO4010). */
export function engines(number: number): EngineRules<Draft> | undefined {
  return number === engine1.number ? engine1 : undefined;
}
