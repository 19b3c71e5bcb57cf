// Lowers a process: its clauses, its stages in order, the implicit outcomes, its class. What stands inside a stage is lower-step.ts's and others'.
import { unreachable } from '../engine/index.ts';
import type {
  CharterAnswer,
  CharterOutcome,
  CharterProcess,
  CharterShortage,
  CharterStage,
  CharterStart,
  CharterStartWindow,
  CharterWhileOpen,
} from '../engine/index.ts';
import type { ProcessClause, ProcessDeclaration, Shortage, Stage, StartWindow } from '../language/index.ts';
import { builtInPeople, implicitOutcomes } from './built-in.ts';
import { clausesOf, firstClause, noteAllowances } from './clauses.ts';
import { finding, labelled } from './finding.ts';
import { area, lowerActor, lowerFacts, lowerLimit, lowerRecusal, person, role } from './lower-actors.ts';
import { lowerHeldBack } from './lower-held.ts';
import { lowerOutcome } from './lower-outcome.ts';
import { lowerDraw, lowerJoint, lowerMeeting } from './lower-stages.ts';
import { lowerStep } from './lower-step.ts';
import { lowerDuration, lowerHeadcount, lowerMoney } from './lower-terms.ts';
import { lowerVote } from './lower-vote.ts';
import { processClass } from './process-class.ts';
import { currencyDecimals, resolveName, resolveNames, resolvePath, resolveStage } from './resolve.ts';
import type { Context, ProcessScope } from './scope.ts';
import { globalName, mark, placeOf } from './scope.ts';

/** Lowers a process. `bylawsAreas` are the areas that hold the bylaws, which raise its class. */
export function lowerProcess(outer: Context, declaration: ProcessDeclaration, bylawsAreas: ReadonlySet<string>): CharterProcess {
  const scope = processScope(outer, declaration);
  const context: Context = { ...outer, process: scope };
  reportRepeatedStages(context, declaration.stages);
  const clauses = declaration.clauses;
  const governs = clausesOf(clauses, 'governs');
  const areas = governs.flatMap((clause) => resolveNames(context, clause.areas, area));
  const about = firstClause(clauses, 'about');
  const stages = declaration.stages.map((stage) => lowerStage(context, stage, areas.length > 0));
  const common = {
    name: scope.name,
    ...(declaration.title === undefined ? {} : { title: declaration.title.text }),
    governs: areas,
    ...(governs.some((clause) => clause.wordingOnly) ? ({ wordingOnly: true } as const) : {}),
    // Who may start it, then what starts it by itself, as formatting writes them (S84): it may not change the hash (S86).
    starts: [...clauses.filter(isStartedBy), ...clauses.filter((clause) => !isStartedBy(clause))].flatMap((clause) => lowerStart(context, clause)),
    ...(about === undefined ? {} : { about: { role: resolveName(context, about.role, person), who: lowerFacts(context, about.who) } }),
    ...lowerSpends(context, clauses),
    whileOpen: clauses.flatMap((clause) => lowerWhileOpen(context, clause)),
    onEdit: lowerAnswer(context, clauses, 'edit'),
    onConflict: lowerAnswer(context, clauses, 'conflict'),
    inFlight: firstClause(clauses, 'in-flight')?.choices ?? (['keep'] as const),
    offline: firstClause(clauses, 'offline')?.mode ?? 'waits',
    limits: clausesOf(clauses, 'limit').map((clause) => lowerLimit(context, clause)),
    recusals: clausesOf(clauses, 'recusal').map((clause) => lowerRecusal(context, clause)),
    stages: [...stages, ...implicitStages(scope, areas.length > 0)],
  };
  const lowered: CharterProcess = mark(outer, { ...common, class: processClass(common, bylawsAreas) }, declaration.span, declaration.name.span);
  noteAllowances(context, clauses, lowered);
  return lowered;
}

function processScope(context: Context, declaration: ProcessDeclaration): ProcessScope {
  return {
    name: globalName(context.scope, declaration.name.text),
    stages: new Set(declaration.stages.map((stage) => stage.name.text)),
    draws: new Set(declaration.stages.flatMap((stage) => (stage.kind === 'draw' ? [stage.name.text] : []))),
    implicit: new Set(),
  };
}

function reportRepeatedStages(context: Context, stages: readonly Stage[]): void {
  const seen = new Map<string, Stage>();
  for (const stage of stages.flatMap((outer): readonly Stage[] => (outer.kind === 'joint' ? [outer, ...outer.votes] : [outer]))) {
    const earlier = seen.get(stage.name.text);
    if (earlier === undefined) {
      seen.set(stage.name.text, stage);
      continue;
    }
    context.findings.push(
      finding('GDO103', placeOf(context, stage.name.span), {
        message: `This process has two stages called \`${stage.name.text}\``,
        label: 'again here',
        why: 'A `go to` could mean either of them',
        help: 'rename one of the two',
        related: [labelled(placeOf(context, earlier.name.span), 'first here')],
      }),
    );
  }
}

function lowerStage(context: Context, stage: Stage, governing: boolean): CharterStage {
  switch (stage.kind) {
    case 'step':
      return lowerStep(context, stage);
    case 'vote':
      return lowerVote(context, stage);
    case 'joint':
      return lowerJoint(context, stage);
    case 'meeting':
      return lowerMeeting(context, stage);
    case 'draw':
      return lowerDraw(context, stage);
    case 'outcome':
      return lowerOutcome(context, stage, governing);
    default:
      return unreachable(stage);
  }
}

function implicitStages(scope: ProcessScope, governing: boolean): readonly CharterOutcome[] {
  return implicitOutcomes
    .filter((name) => scope.implicit.has(name))
    .map((name) => {
      const accepts = name === 'accepted';
      return { kind: 'outcome', name, accepts, effects: accepts && governing ? [{ kind: 'accept-merge' }] : [] };
    });
}

function lowerStart(context: Context, clause: ProcessClause): readonly CharterStart[] {
  switch (clause.kind) {
    case 'started-by':
      return [
        mark(
          context,
          {
            kind: 'by',
            actor: lowerActor(context, clause.actor),
            who: lowerFacts(context, clause.who),
            windows: clause.windows.map((window) => lowerWindow(context, window)),
          },
          clause.span,
        ),
      ];
    case 'starts-when':
      return [mark(context, { kind: 'when', shortage: lowerShortage(context, clause.shortage) }, clause.span)];
    case 'starts-every':
      return [mark(context, { kind: 'every', duration: lowerDuration(context, clause.duration), from: clause.from.text }, clause.span)];
    case 'starts-after':
      return [mark(context, { kind: 'after', path: resolvePath(context, clause.path, ['process']) }, clause.span)];
    default:
      return [];
  }
}

function isStartedBy(clause: ProcessClause): boolean {
  return clause.kind === 'started-by';
}

function lowerWindow(context: Context, window: StartWindow): CharterStartWindow {
  if (window.kind === 'not-between') {
    return { kind: 'not-between', from: resolvePath(context, window.from, ['process']), until: resolvePath(context, window.until, ['process']) };
  }
  return mark(context, { kind: window.kind, duration: lowerDuration(context, window.duration), of: resolvePath(context, window.of, ['process']) }, window.span);
}

function lowerShortage(context: Context, shortage: Shortage): CharterShortage {
  const named = resolveName(context, shortage.role, role);
  if (shortage.kind === 'vacant') return { kind: 'vacant', which: shortage.which, role: named };
  const bounds = lowerHeadcount(context, shortage.headcount);
  const comparison = shortage.headcount.comparison ?? 'exactly';
  const upper = comparison === 'fewer-than' || comparison === 'at-most';
  const amount = upper ? (bounds.most ?? 0) : bounds.least;
  return { kind: 'headcount', comparison: upper ? 'at-most' : comparison === 'more-than' ? 'at-least' : comparison, amount, role: named };
}

function lowerSpends(context: Context, clauses: readonly ProcessClause[]): Pick<CharterProcess, 'spends'> {
  const clause = firstClause(clauses, 'spends');
  if (clause === undefined) return {};
  const account = resolveName(context, clause.account, { kinds: ['account'], noun: 'an account' });
  return { spends: mark(context, { account, upToUnits: lowerMoney(context, clause.upTo, currencyDecimals(context, clause.currency)) }, clause.span) };
}

function lowerWhileOpen(context: Context, clause: ProcessClause): readonly CharterWhileOpen[] {
  switch (clause.kind) {
    case 'while-open-suspend':
      return [
        mark(
          context,
          {
            kind: 'suspend',
            role: resolveName(context, clause.role, { kinds: ['role', 'right'], noun: 'a role or a right' }),
            of: resolveName(context, clause.of, { kinds: [], builtIn: builtInPeople, noun: '`subject` or `candidate`' }),
          },
          clause.span,
        ),
      ];
    case 'while-open-hold-amount':
      return [mark(context, { kind: 'hold-amount', account: resolveName(context, clause.account, { kinds: ['account'], noun: 'an account' }) }, clause.span)];
    case 'while-open-hold':
      return [mark(context, { kind: 'hold', held: lowerHeldBack(context, clause.held) }, clause.span)];
    default:
      return [];
  }
}

function lowerAnswer(context: Context, clauses: readonly ProcessClause[], what: 'edit' | 'conflict'): CharterAnswer {
  const clause = clausesOf(clauses, 'on').find((candidate) => candidate.what === what);
  if (clause === undefined) return { kind: 'refuse' };
  // Marked, so that a rule can tell an answer that was written from the default.
  if (clause.answer === 'refuse') return mark(context, { kind: 'refuse' }, clause.span);
  if (clause.answer === 'restart') return mark(context, { kind: 'restart' }, clause.span);
  return mark(context, { kind: 'stage', stage: resolveStage(context, clause.answer) }, clause.span);
}
