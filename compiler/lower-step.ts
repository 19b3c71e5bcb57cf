// Lowers a step: its minimum, concerns, nominations, options, holds and transitions in source order (S17).
import { unreachable } from '../engine/index.ts';
import type { CharterStep, CharterSupport, CharterTransition } from '../engine/index.ts';
import type { StepClause, StepStage, Support, Transition } from '../language/index.ts';
import { clausesOf, firstClause, noteAllowances } from './clauses.ts';
import { finding } from './finding.ts';
import { lowerAct, lowerActor, lowerFacts, lowerLimit, lowerSince, person } from './lower-actors.ts';
import { lowerHeldBack } from './lower-held.ts';
import { lowerDuration } from './lower-terms.ts';
import { resolveName, resolveStage } from './resolve.ts';
import type { Context } from './scope.ts';
import { mark, placeOf, plainName } from './scope.ts';

/** Lowers a step. */
export function lowerStep(context: Context, stage: StepStage): CharterStep {
  const clauses = stage.clauses;
  const lasts = firstClause(clauses, 'lasts');
  const options = firstClause(clauses, 'options');
  const lowered: CharterStep = mark(
    context,
    {
      kind: 'step',
      name: plainName(context, stage.name),
      ...(stage.title === undefined ? {} : { title: stage.title.text }),
      ...(lasts === undefined
        ? {}
        : {
            lastsAtLeast: mark(
              context,
              { duration: lowerDuration(context, lasts.duration), ...(lasts.since === undefined ? {} : { since: lowerSince(context, lasts.since) }) },
              lasts.span,
            ),
          }),
      concerns: clausesOf(clauses, 'concerns').map((clause) => ({
        by: lowerActor(context, clause.by),
        ...(clause.reasons ? { reasons: true as const } : {}),
        resolvedBy: clause.resolvedBy.map((actor) => lowerActor(context, actor)),
      })),
      nominations: clausesOf(clauses, 'nominations').map((clause) =>
        mark(
          context,
          { of: resolveName(context, clause.of, person), who: lowerFacts(context, clause.who), ...lowerSupport(context, clause.support) },
          clause.span,
        ),
      ),
      ...(options === undefined
        ? {}
        : { options: mark(context, { by: lowerActor(context, options.by), ...lowerSupport(context, options.support) }, options.span) }),
      holds: clausesOf(clauses, 'hold').map((clause) =>
        mark(
          context,
          {
            held: lowerHeldBack(context, clause.held),
            acts: clause.event.acts.map((act) => lowerAct(context, act)),
            ...(clause.event.within === undefined ? {} : { within: lowerDuration(context, clause.event.within) }),
          },
          clause.span,
        ),
      ),
      limits: clausesOf(clauses, 'limit').map((clause) => lowerLimit(context, clause)),
      transitions: clauses
        .filter(isTransition)
        .toSorted((left, right) => transitionRank[left.kind] - transitionRank[right.kind])
        .map((clause) => lowerTransition(context, clause)),
    },
    stage.span,
    stage.name.span,
  );
  noteAllowances(context, clauses, lowered);
  return lowered;
}

function lowerSupport(context: Context, support: Support | undefined): { readonly support?: CharterSupport } {
  if (support === undefined) return {};
  const struck = support.struckAfter === undefined ? {} : { struckAfter: lowerDuration(context, support.struckAfter) };
  const who = lowerFacts(context, support.who);
  return { support: { by: lowerActor(context, support.by), ...(who.length === 0 ? {} : { who }), ...struck } };
}

/** Events, then deadlines, then `otherwise`, as they are written by formatting (S84), which may not change the hash (S86). Among themselves their order has meaning (S17, S18). */
const transitionRank = { when: 0, unless: 1, after: 1, otherwise: 2 } as const;

function isTransition(clause: StepClause): clause is Transition {
  return clause.kind === 'when' || clause.kind === 'unless' || clause.kind === 'otherwise' || clause.kind === 'after';
}

function lowerTransition(context: Context, clause: Transition): CharterTransition {
  switch (clause.kind) {
    case 'when':
      return mark(
        context,
        {
          kind: 'when',
          acts: clause.event.acts.map((act) => lowerAct(context, act)),
          ...(clause.event.within === undefined ? {} : { within: lowerDuration(context, clause.event.within) }),
          ...(clause.withoutConcerns ? ({ withoutConcerns: true } as const) : {}),
          target: resolveStage(context, clause.target),
        },
        clause.span,
      );
    case 'unless':
      return lowerUnless(context, clause);
    case 'otherwise':
      return mark(context, { kind: 'otherwise', target: resolveStage(context, clause.target) }, clause.span);
    case 'after':
      return mark(
        context,
        {
          kind: 'after',
          duration: lowerDuration(context, clause.duration),
          ...(clause.since === undefined ? {} : { since: lowerSince(context, clause.since) }),
          ...(clause.inARow ? ({ inARow: true } as const) : {}),
          ...(clause.without === undefined
            ? {}
            : {
                without:
                  clause.without.kind === 'concerns' ? ({ kind: 'concerns' } as const) : ({ kind: 'act', act: lowerAct(context, clause.without.act) } as const),
              }),
          target: resolveStage(context, clause.target),
        },
        clause.span,
      );
    default:
      return unreachable(clause);
  }
}

function lowerUnless(context: Context, clause: Extract<Transition, { readonly kind: 'unless' }>): CharterTransition {
  if (clause.event.within === undefined) {
    context.findings.push(
      finding('GDO204', placeOf(context, clause.span), {
        message: 'This `unless` never says how long people may object',
        label: 'no `within`',
        why: 'Silence can only mean consent once a time has passed, and none is given',
        help: 'add the time:  unless a member objects within 7 days go to ...',
      }),
    );
  }
  return mark(
    context,
    {
      kind: 'unless',
      acts: clause.event.acts.map((act) => lowerAct(context, act)),
      within: clause.event.within === undefined ? { count: 1, unit: 'day' } : lowerDuration(context, clause.event.within),
      target: resolveStage(context, clause.target),
    },
    clause.span,
  );
}
