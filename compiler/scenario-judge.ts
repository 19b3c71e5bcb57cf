// Says whether an expectation of a scenario holds and, where it does not, what is so instead, by which rule and why. It changes nothing.
import type { CaseView } from '../engine/index.ts';
import { amountOf, charterInForce, entriesUnder, holds, holdsThing, readCase, unreachable } from '../engine/index.ts';
import type { ScenarioExpected } from './lower-scenario.ts';
import { mergeWords, onHold } from './lower-scenario.ts';
import type { Failure, Run } from './scenario.ts';
import { missingIn, whyMoved } from './scenario-turns.ts';
import { instantText, viewCase } from './virtual-ledger.ts';

/** Judges one expectation at the clock's instant; undefined: it holds. */
export function judge(run: Run, expected: ScenarioExpected): Failure | undefined {
  const message = judged(run, expected);
  return message === undefined ? undefined : { place: expected.place, message };
}

function judged(run: Run, expected: ScenarioExpected): string | undefined {
  switch (expected.kind) {
    case 'expect':
      return run.uses.length > 0 && expected.process === undefined ? judgeUse(run, expected.stage) : judgeCase(run, expected);
    case 'expect-has':
      return judgeHas(run, expected);
    case 'expect-winner':
      return judgeWinner(run, expected.winner);
    case 'expect-refusal':
      return judgeRefusal(run, expected.code);
    case 'expect-holds':
      return judgeHolds(run, expected);
    default:
      return unreachable(expected);
  }
}

/** What a right said to those who used a thing in the last line (S93). */
function judgeUse(run: Run, reason: string): string | undefined {
  const other = run.uses.find((use) => use.reason !== reason);
  return other === undefined ? undefined : `Expected \`${reason}\`, and \`${other.person}\` was told \`${other.reason}\``;
}

function judgeHas(run: Run, expected: Extract<ScenarioExpected, { readonly kind: 'expect-has' }>): string | undefined {
  const { state } = run.ledger;
  const scope = { state, charter: charterInForce(state), atMs: run.ledger.nowMs, role: 'person' };
  const have = amountOf(scope, expected.name, expected.person);
  return have === BigInt(expected.amount) ? undefined : `\`${expected.person}\` has ${have} \`${expected.name}\`, and not ${expected.amount}`;
}

function judgeCase(run: Run, expected: Extract<ScenarioExpected, { readonly kind: 'expect' }>): string | undefined {
  const started = run.cases.findLast((one) => expected.process === undefined || one.process === expected.process);
  if (started === undefined)
    return expected.process === undefined ? 'No case was started before this line' : `No case of \`${expected.process}\` was started before this line`;
  const view = started.id === undefined ? undefined : viewCase(run.ledger, started.id);
  if (view === undefined) {
    return expected.stage === 'refused'
      ? undefined
      : `Expected \`${expected.stage}\`, and the case of \`${started.process}\` was not even started: ${started.reason}`;
  }
  if (expected.stage === onHold && entriesUnder(run.ledger.state, `rests/${view.id}/`).length > 0) return undefined;
  return stands(view, expected.stage) ? undefined : `Expected \`${expected.stage}\`, and ${whereAndWhy(run, view)}`;
}

/** The case as it stands: how it came there, what its open stage still needs, and the last refusal of all. */
function whereAndWhy(run: Run, view: CaseView): string {
  const needed = isOver(view) ? [] : missingIn(run.charter, view, view.needed);
  const move = run.ledger.moves.findLast((one) => one.case === view.id);
  const refused = run.trace.findLast((line) => line.verdict === 'refused');
  return [
    `the case of \`${view.process}\` ${standing(view)}`,
    ...(move === undefined ? [] : whyMoved(run.charter, move)),
    ...(needed.length === 0 ? [] : [`still needed: ${needed.join('; ')}`]),
    ...(refused === undefined ? [] : [`the last refusal was of "${refused.text}": ${refused.reason ?? ''}`]),
  ].join('; ');
}

/** Whether somebody or some option is among those who won the latest vote of the last case. */
function judgeWinner(run: Run, winner: string): string | undefined {
  const id = run.cases.findLast((one) => one.id !== undefined)?.id;
  const record = id === undefined ? undefined : readCase(run.ledger.state, id);
  if (record === undefined) return 'No case was started before this line';
  if (record.winners.includes(winner)) return undefined;
  const view = viewCase(run.ledger, record.id);
  const won = record.winners.length === 0 ? 'nobody won' : `${record.winners.join(', ')} won`;
  return `Expected \`${winner}\` to win, and ${won}${view === undefined ? '' : `; ${whereAndWhy(run, view)}`}`;
}

function judgeRefusal(run: Run, code: string | undefined): string | undefined {
  const wanted = code === undefined ? 'a refusal' : `a refusal with ${code}`;
  if (run.last.length === 0) return `Expected ${wanted}, and nobody did anything before this line`;
  const other = run.last.find((line) => line.verdict !== 'refused' || (code !== undefined && line.code !== code));
  if (other === undefined) return undefined;
  if (other.verdict !== 'refused') return `Expected ${wanted}, and the rules took "${other.text}"`;
  return `Expected ${wanted}, and "${other.text}" was refused with ${other.code ?? 'no code'}: ${other.reason ?? ''}`;
}

function judgeHolds(run: Run, expected: Extract<ScenarioExpected, { readonly kind: 'expect-holds' }>): string | undefined {
  const { person, role } = expected;
  if (!run.cast.people.includes(person)) return `Nobody in this scenario is called \`${person}\``;
  const { state, nowMs } = run.ledger;
  const charter = charterInForce(state);
  const does = holdsThing(state, charter, role, person, nowMs) ?? holds(state, charter, role, person);
  if (does !== expected.not) return undefined;
  const gained = run.charter.roles.find((one) => one.name === role)?.gainedThrough ?? [];
  const last = run.cases.findLast((one) => one.id !== undefined && (expected.not || gained.includes(one.process)))?.id;
  const view = last === undefined ? undefined : viewCase(run.ledger, last);
  const why = view === undefined ? '' : `; ${whereAndWhy(run, view)}`;
  return expected.not ? `\`${person}\` holds \`${role}\`${why}` : `\`${person}\` does not hold \`${role}\`${why}`;
}

/** A case stands at a stage while it is open, and at its outcome afterwards; `accepted` and `refused` also say how it ended (S25). */
function stands(view: CaseView, stage: string): boolean {
  if (isOver(view))
    return (
      view.outcome === stage ||
      (stage === 'accepted' && (view.status === 'accepted' || view.status === 'merged')) ||
      (stage === 'refused' && view.status === 'refused') ||
      (stage === mergeWords.merged && view.status === 'merged') ||
      (stage === mergeWords.notMerged && view.status !== 'merged')
    );
  return view.stage === stage;
}

function isOver(view: CaseView): boolean {
  return view.status !== 'open' && view.status !== 'waiting';
}

function standing(view: CaseView): string {
  if (isOver(view)) return `ended as \`${view.outcome ?? view.status}\`${view.result === undefined ? '' : ` (${view.result})`}`;
  return `is in \`${view.stage}\`${view.dueMs === undefined ? '' : `, due ${instantText(view.dueMs)}`}`;
}
