// Judges the decided cases of a ledger by other bylaws: the first stage of each that they would have led elsewhere. It changes nothing.
import type { Charter } from '../../engine/index.ts';
import { retally } from '../../engine/index.ts';
import { verifyCase } from '../ledger/verify.ts';
import type { DecisionStep } from '../ledger/verify.ts';
import { allCases } from './case-list.ts';
import type { Session } from './session.ts';

/** A case that would have ended otherwise: at which stage, where that led, and what the other rules say of it. */
export interface OtherEnd {
  readonly number: number;
  readonly title: string;
  readonly stage: string;
  readonly ledTo: string;
  readonly now: string;
}

/** `judged` cases in all; those that cannot be judged are named with the reason, and are not among `otherwise`. */
export interface RetallyReport {
  readonly judged: number;
  readonly otherwise: readonly OtherEnd[];
  readonly undecided: readonly { readonly number: number; readonly title: string; readonly reason: string }[];
}

/** Judges every decided case by other bylaws. It says nothing about people who would have acted otherwise. Source: check.md section 4 */
export function retallyCases(session: Session, charter: Charter): RetallyReport {
  const decided = allCases(session).filter((found) => found.phase === 'decided');
  const otherwise: OtherEnd[] = [];
  const undecided: { number: number; title: string; reason: string }[] = [];
  for (const found of decided) {
    const named = { number: found.number, title: found.title === '' ? found.process : found.title };
    const steps = (verifyCase(session.view, found.id)?.steps ?? []).filter((step) => step.stage !== step.next && step.stage !== found.outcome);
    for (const step of steps) {
      const next = step.next === 'merged' ? (found.outcome ?? step.next) : step.next;
      const at = { stage: step.stage, entry: step.entry, closedMs: step.timeMs };
      const stages = charter.processes.find((process) => process.name === found.process)?.stages ?? [];
      const again = retally(session.view.state, found.id, at, charter);
      if (again.kind === 'decided' && !stages.some((stage) => stage.name === next)) {
        undecided.push({ ...named, reason: `there is no stage \`${next}\` any more` });
        break;
      }
      if (again.kind === 'undecided') {
        undecided.push({ ...named, reason: again.reason });
        break;
      }
      const now = elsewhere(step, next, again.redecided);
      if (now === undefined) continue;
      otherwise.push({ ...named, stage: step.stage, ledTo: next, now });
      break;
    }
  }
  return { judged: decided.length, otherwise, undecided };
}

type Redecided = Extract<ReturnType<typeof retally>, { readonly kind: 'decided' }>['redecided'];

/** Where the other rules lead instead; undefined where they lead to the same. */
function elsewhere(step: DecisionStep, next: string, { result, leads, lines }: Redecided): string | undefined {
  const unmet = lines.find((line) => !line.met);
  const why = unmet === undefined ? '' : ` (${unmet.requirement}: ${unmet.have}, needed: ${unmet.need})`;
  if (!leads.includes(next)) return `it ${result === undefined ? 'leads' : `is ${result} and leads`} to ${leads.join(' or ')}${why}`;
  // A step is left by acts: what nobody had done enough of by the other rules did not happen.
  const isMet = (rows: DecisionStep['lines']): boolean => rows.some((line) => line.met);
  if (result !== undefined || step.lines.length === 0 || lines.length === 0 || isMet(step.lines) === isMet(lines)) return undefined;
  return isMet(lines) ? 'it would have gone on' : `it would not have gone on${why}`;
}
