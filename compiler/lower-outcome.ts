// Lowers outcomes and their effects (S136). An accepting outcome of a process that governs areas merges, written or implied.
import { unreachable } from '../engine/index.ts';
import type { CharterEffect, CharterGranted, CharterOutcome } from '../engine/index.ts';
import type { Effect, Granted, OutcomeStage } from '../language/index.ts';
import { noteAllowances } from './clauses.ts';
import { person, process } from './lower-actors.ts';
import { lowerDuration } from './lower-terms.ts';
import { resolveName } from './resolve.ts';
import type { Context } from './scope.ts';
import { mark, plainName } from './scope.ts';

/** Lowers an outcome; `governing` says whether its process governs areas, so that acceptance merges. */
export function lowerOutcome(context: Context, stage: OutcomeStage, governing: boolean): CharterOutcome {
  const written = stage.effects.flatMap((effect) => (effect.kind === 'allow' ? [] : [lowerEffect(context, effect)]));
  const accepts = stage.verdict !== 'refuses' && !written.some((effect) => effect.kind === 'refuse-merge');
  const implied = accepts && governing && !written.some((effect) => effect.kind === 'accept-merge');
  const lowered: CharterOutcome = mark(
    context,
    {
      kind: 'outcome',
      name: plainName(context, stage.name),
      ...(stage.title === undefined ? {} : { title: stage.title.text }),
      accepts,
      effects: implied ? [{ kind: 'accept-merge' }, ...written] : written,
    },
    stage.span,
    stage.name.span,
  );
  noteAllowances(context, stage.effects, lowered);
  return lowered;
}

/** Lowers one effect; `allow` is no effect and is taken out before. */
export function lowerEffect(context: Context, effect: Exclude<Effect, { readonly kind: 'allow' }>): CharterEffect {
  switch (effect.kind) {
    case 'accept-merge': {
      const ratified = effect.ratifiedThrough;
      return mark(
        context,
        {
          kind: 'accept-merge',
          ...(effect.within === undefined ? {} : { within: lowerDuration(context, effect.within) }),
          ...(ratified === undefined
            ? {}
            : { ratified: { process: resolveName(context, ratified.process, process), within: lowerDuration(context, ratified.within) } }),
        },
        effect.span,
      );
    }
    case 'refuse-merge':
    case 'reverse':
      return mark(context, { kind: effect.kind }, effect.span);
    case 'grant':
      return mark(
        context,
        {
          kind: 'grant',
          what: lowerGranted(context, effect.what),
          to: resolveName(context, effect.to, person),
          ...(effect.select?.kind === 'first' ? { first: effect.select.count } : {}),
          ...(effect.select?.kind === 'other' ? ({ others: true } as const) : {}),
          ...(effect.for === undefined ? {} : { for: lowerDuration(context, effect.for) }),
        },
        effect.span,
      );
    case 'remove':
      return mark(context, { kind: 'remove', what: lowerGranted(context, effect.what), from: resolveName(context, effect.from, person) }, effect.span);
    case 'award':
      return mark(
        context,
        {
          kind: 'award',
          amount: effect.amount,
          points: resolveName(context, effect.points, { kinds: ['points'], noun: 'points' }),
          to: resolveName(context, effect.to, person),
        },
        effect.span,
      );
    case 'pay':
      return mark(context, { kind: 'pay', account: resolveName(context, effect.account, { kinds: ['account'], noun: 'an account' }) }, effect.span);
    case 'strike':
      return mark(context, { kind: 'strike', who: resolveName(context, effect.who, person), from: resolveName(context, effect.from, process) }, effect.span);
    case 'start':
      return mark(context, { kind: 'start', process: resolveName(context, effect.process, process) }, effect.span);
    default:
      return unreachable(effect);
  }
}

function lowerGranted(context: Context, granted: Granted): CharterGranted {
  if (granted.kind === 'proposed-role') return { kind: 'proposed' };
  return { kind: 'named', name: resolveName(context, granted.name, { kinds: ['role', 'certificate'], noun: 'a role' }) };
}
