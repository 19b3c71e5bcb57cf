// Lowers who acts and what counts: shares, bounds, actors, facts, acts, limits. Numbers are lower-terms.ts's.
import { unreachable } from '../engine/index.ts';
import type {
  CharterAct,
  CharterActor,
  CharterBound,
  CharterFact,
  CharterLimit,
  CharterRecusal,
  CharterRemedy,
  CharterShare,
  CharterSince,
} from '../engine/index.ts';
import type { Act, Actor, Bound, Fact, LimitClause, Name, RecusalClause, Remedy, Share, Since } from '../language/index.ts';
import { builtInPeople, builtInRosters, limitCounts, limitPer, recusalCounts } from './built-in.ts';
import { lowerComparison, lowerDuration, lowerMoney, lowerQuantity } from './lower-terms.ts';
import { resolveName, resolveNames, resolvePath, resolveStage, resolveVerb } from './resolve.ts';
import type { Wanted } from './resolve.ts';
import type { Context } from './scope.ts';
import { mark } from './scope.ts';

const roster: Wanted = { kinds: ['role'], builtIn: builtInRosters, noun: 'a role' };

/** What takes a role, or a person or group of the case. */
export const person: Wanted = { kinds: ['role'], builtIn: builtInPeople, noun: 'a role' };

/** What takes whoever acts: also a program, which acts like a person (S8). */
const acting: Wanted = { kinds: ['role', 'collaborator'], builtIn: builtInPeople, noun: 'a role' };

/** What takes a declared role. */
export const role: Wanted = { kinds: ['role'], noun: 'a role' };

/** What takes a process. */
export const process: Wanted = { kinds: ['process'], noun: 'a process' };

/** What takes an area. */
export const area: Wanted = { kinds: ['area'], noun: 'an area' };

/** Lowers a share of a roster. */
export function lowerShare(context: Context, share: Share): CharterShare {
  const named = resolveName(context, share.role, roster);
  const other = share.other ? ({ other: true } as const) : {};
  if (share.kind === 'whole') {
    return mark(context, { kind: 'whole', role: named, ...other, ...(share.except === undefined ? {} : { except: share.except }) }, share.span);
  }
  const amount = share.amount === undefined ? ({ kind: 'share', numerator: 1, denominator: 1 } as const) : lowerQuantity(context, share.amount);
  return mark(context, { kind: 'part', role: named, amount, ...other, ...(share.squareRoot ? ({ squareRoot: true } as const) : {}) }, share.span);
}

/** Lowers a share, or the larger or smaller of two. */
export function lowerBound(context: Context, bound: Bound): CharterBound {
  if (bound.kind === 'whole' || bound.kind === 'part') return lowerShare(context, bound);
  return mark(context, { kind: bound.kind, left: lowerShare(context, bound.left), right: lowerShare(context, bound.right) }, bound.span);
}

/** Lowers who acts; a share without a comparison means at least that many (S108). */
export function lowerActor(context: Context, actor: Actor): CharterActor {
  switch (actor.kind) {
    case 'any':
      return mark(context, { kind: 'one', role: resolveName(context, actor.role, acting), ...(actor.other ? ({ other: true } as const) : {}) }, actor.span);
    case 'a':
      return mark(context, { kind: 'one', role: resolveName(context, actor.role, acting) }, actor.span);
    case 'the':
      return mark(
        context,
        { kind: 'the', role: resolveName(context, actor.role, acting), ...(actor.order === undefined ? {} : { order: actor.order }) },
        actor.span,
      );
    case 'bounded':
      return mark(context, { kind: 'count', comparison: lowerComparison(actor.comparison), bound: lowerBound(context, actor.bound) }, actor.span);
    case 'whole':
    case 'part':
      return mark(context, { kind: 'count', comparison: 'at-least', bound: lowerShare(context, actor) }, actor.span);
    default:
      return unreachable(actor);
  }
}

/** Lowers the facts after `who`. */
export function lowerFacts(context: Context, facts: readonly Fact[]): readonly CharterFact[] {
  const held: Wanted = { kinds: ['role', 'certificate', 'level'], noun: 'a role or a certificate' };
  return facts.map((fact): CharterFact => {
    switch (fact.kind) {
      case 'holds':
      case 'does-not-hold':
        return mark(context, { kind: fact.kind, name: resolveName(context, fact.name, held) }, fact.span);
      case 'has': {
        const name = resolveName(context, fact.name, { kinds: ['measure', 'points'], noun: 'a measure or points' });
        return mark(context, { kind: 'has', comparison: lowerComparison(fact.comparison), amount: lowerQuantity(context, fact.amount), name }, fact.span);
      }
      case 'joined':
        return mark(context, { kind: 'joined', ago: lowerDuration(context, fact.ago) }, fact.span);
      default:
        return unreachable(fact);
    }
  });
}

/** Lowers where a clock counts from (S117). */
export function lowerSince(context: Context, since: Since): CharterSince {
  return since.kind === 'start' ? { kind: 'start' } : mark(context, { kind: 'stage', stage: resolveStage(context, since.name) }, since.span);
}

/** Lowers one act: who does what. */
export function lowerAct(context: Context, act: Act): CharterAct {
  return mark(
    context,
    {
      actor: lowerActor(context, act.actor),
      verb: resolveVerb(context, act.verb),
      ...(act.text === undefined ? {} : { text: act.text.text }),
      ...(act.since === undefined ? {} : { since: lowerSince(context, act.since) }),
    },
    act.span,
  );
}

/** Lowers a limit; amounts counted in a currency are money, `decimals` being those of the account at hand (S62). */
export function lowerLimit(context: Context, clause: LimitClause, decimals?: number): CharterLimit {
  const scale = decimals ?? context.currencies.get(clause.counted.text);
  const money = context.currencies.has(clause.counted.text) && scale !== undefined;
  return mark(
    context,
    {
      amount: money ? { kind: 'money', units: lowerMoney(context, clause.amount, scale) } : lowerQuantity(context, clause.amount),
      counted: money ? clause.counted.text : lowerCounted(context, clause.counted),
      per: clause.per.map((per): CharterLimit['per'][number] => {
        if (per.kind === 'window') return { kind: 'window', duration: lowerDuration(context, per.duration) };
        return { kind: 'each', name: resolveName(context, per.name, { kinds: ['attribute', 'role'], builtIn: limitPer, noun: 'an attribute or a person' }) };
      }),
      ...(clause.inARow ? ({ inARow: true } as const) : {}),
      ...(clause.including === undefined ? {} : { including: resolveName(context, clause.including, person) }),
      ...(clause.otherwise === undefined ? {} : { otherwise: lowerRemedy(context, clause.otherwise) }),
      ...(clause.waivedThrough === undefined ? {} : { waivedThrough: resolveName(context, clause.waivedThrough, process) }),
    },
    clause.span,
  );
}

function lowerCounted(context: Context, counted: Name): string {
  const builtIn = limitCounts.find(([plural, singular]) => counted.text === plural || counted.text === singular);
  return builtIn === undefined
    ? resolveName(context, counted, { kinds: ['role', 'points'], builtIn: limitCounts.flat(), noun: 'something that can be counted' })
    : builtIn[0];
}

function lowerRemedy(context: Context, remedy: Remedy): CharterRemedy {
  if (remedy.kind === 'start') return { kind: 'start', process: resolveName(context, remedy.process, process) };
  return {
    kind: 'leave',
    who: remedy.who,
    ...(remedy.after === undefined ? {} : { after: lowerDuration(context, remedy.after) }),
    ...(remedy.at === undefined ? {} : { at: resolvePath(context, remedy.at, ['process']) }),
  };
}

/** Lowers a recusal rule (S42). */
export function lowerRecusal(context: Context, clause: RecusalClause): CharterRecusal {
  const effect = clause.effect;
  return mark(
    context,
    {
      for: resolveNames(context, clause.for, { kinds: ['attribute'], noun: 'an attribute' }),
      decidedBy: lowerActor(context, clause.decidedBy),
      ...(effect.kind === 'leaves'
        ? {}
        : { countsAs: resolveName(context, effect.choice, { kinds: [], builtIn: recusalCounts, noun: '`absent` or `abstain`' }) }),
    },
    clause.span,
  );
}
