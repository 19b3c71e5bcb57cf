// Lowers rights, duties, protections and properties. What people hold and use is lower-things.ts's.
import { unreachable } from '../engine/index.ts';
import type { CharterClaim, CharterDuty, CharterProperty, CharterProtection, CharterRight } from '../engine/index.ts';
import type { Claim, Day, DutyDeclaration, PropertyDeclaration, ProtectDeclaration, RightDeclaration } from '../language/index.ts';
import { suggest } from '../language/index.ts';
import { builtInRosters, implicitOutcomes, refusalReasons } from './built-in.ts';
import { clausesOf, firstClause, noteAllowances } from './clauses.ts';
import { compareText, finding } from './finding.ts';
import { area, lowerAct, lowerActor, lowerFacts, lowerLimit, person, process, role } from './lower-actors.ts';
import { lowerEffect } from './lower-outcome.ts';
import { lowerComparison, lowerDuration, lowerQuantity, lowerTime, lowerValue } from './lower-terms.ts';
import { titled } from './lower-things.ts';
import { resolveName, resolveNames, resolvePath } from './resolve.ts';
import type { Context, NameKind } from './scope.ts';
import { mark, placeOf } from './scope.ts';

/** What a path of `protect` may begin with: everything that can be declared. */
const anything: readonly NameKind[] = [
  'role',
  'area',
  'attribute',
  'measure',
  'points',
  'certificate',
  'delegation',
  'account',
  'dapp',
  'collaborator',
  'action',
  'process',
  'right',
  'duty',
];

/** Lowers a right; a refusal for a word outside S93 is GDO118. */
export function lowerRight(context: Context, declaration: RightDeclaration): CharterRight {
  const clauses = declaration.clauses;
  const covers = clausesOf(clauses, 'covers');
  const locked = firstClause(clauses, 'locked');
  const offline = firstClause(clauses, 'offline-for');
  const lowered: CharterRight = mark(
    context,
    {
      ...titled(context, declaration.name, declaration.title),
      covers: covers.flatMap((clause) => clause.patterns.map((text) => text.text)),
      except: covers.flatMap((clause) => clause.except.map((text) => text.text)),
      heldBy: clausesOf(clauses, 'held-by').map((clause) =>
        mark(context, { roles: resolveNames(context, clause.roles, person), who: lowerFacts(context, clause.who) }, clause.span),
      ),
      denied: clausesOf(clauses, 'denied').map((clause) => ({
        roles: resolveNames(context, clause.roles, role),
        ...(clause.sentence === undefined ? {} : { sentence: clause.sentence.text }),
      })),
      schedule: clausesOf(clauses, 'days').map((clause) =>
        mark(context, { days: daysOfWeek(clause.days), fromMinutes: lowerTime(clause.from), toMinutes: lowerTime(clause.to) }, clause.span),
      ),
      ...(locked === undefined
        ? {}
        : { locked: { by: lowerActor(context, locked.by), releasedBy: locked.releasedBy.map((actor) => lowerActor(context, actor)) } }),
      ...(offline === undefined ? {} : { offline: lowerDuration(context, offline.most) }),
      refusals: clausesOf(clauses, 'refusal')
        .map((clause) => ({ reason: lowerReason(context, clause.reason), says: clause.says.text }))
        // Formatting puts them in the order of S93 (S84), and may not change what they compile to (S86).
        .sort((left, right) => refusalReasons.indexOf(left.reason) - refusalReasons.indexOf(right.reason)),
      limits: clausesOf(clauses, 'limit').map((clause) => lowerLimit(context, clause)),
    },
    declaration.span,
    declaration.name.span,
  );
  noteAllowances(context, clauses, lowered);
  return lowered;
}

function lowerReason(context: Context, reason: { readonly text: string; readonly span: { readonly start: number; readonly end: number } }): string {
  if (refusalReasons.includes(reason.text)) return reason.text;
  const meant = suggest(reason.text, [...refusalReasons].sort(compareText));
  context.findings.push(
    finding('GDO118', placeOf(context, reason.span), {
      message: `No door ever refuses for the reason \`${reason.text}\``,
      label: 'no such reason',
      why: 'The person who is refused would never read this sentence',
      help: `${meant.length > 0 ? `did you mean ${meant.map((word) => `\`${word}\``).join(' or ')}? ` : ''}The reasons are ${refusalReasons.join(', ')}`,
    }),
  );
  return reason.text;
}

/** Days as numbers, 1 = Monday to 7 = Sunday, ascending and once each. Pure. Source: language.md S91. */
function daysOfWeek(days: readonly Day[]): readonly number[] {
  const numbers = days.flatMap(dayNumbers);
  return [1, 2, 3, 4, 5, 6, 7].filter((day) => numbers.includes(day));
}

function dayNumbers(day: Day): readonly number[] {
  switch (day) {
    case 'daily':
      return [1, 2, 3, 4, 5, 6, 7];
    case 'weekdays':
      return [1, 2, 3, 4, 5];
    case 'weekends':
      return [6, 7];
    case 'monday':
      return [1];
    case 'tuesday':
      return [2];
    case 'wednesday':
      return [3];
    case 'thursday':
      return [4];
    case 'friday':
      return [5];
    case 'saturday':
      return [6];
    case 'sunday':
      return [7];
    default:
      return unreachable(day);
  }
}

/** Lowers a duty (S65). */
export function lowerDuty(context: Context, declaration: DutyDeclaration): CharterDuty {
  const clauses = declaration.clauses;
  const owed = firstClause(clauses, 'owed');
  const within = firstClause(clauses, 'within');
  const every = firstClause(clauses, 'every');
  const done = firstClause(clauses, 'done');
  const effect = firstClause(clauses, 'otherwise')?.effect;
  const lowered: CharterDuty = mark(
    context,
    {
      ...titled(context, declaration.name, declaration.title),
      ...(owed === undefined ? {} : { owedBy: lowerActor(context, owed.by) }),
      ...(within === undefined ? {} : { within: { duration: lowerDuration(context, within.duration), of: resolvePath(context, within.of, ['process']) } }),
      ...(every === undefined ? {} : { every: { duration: lowerDuration(context, every.duration), from: every.from.text } }),
      ...(done === undefined ? {} : { done: lowerAct(context, done.when) }),
      ...(effect === undefined || effect.kind === 'allow' ? {} : { otherwise: lowerEffect(context, effect) }),
    },
    declaration.span,
    declaration.name.span,
  );
  noteAllowances(context, clauses, lowered);
  return lowered;
}

/** Lowers a protection (S59, S60). */
export function lowerProtection(context: Context, declaration: ProtectDeclaration): CharterProtection {
  const clauses = declaration.clauses;
  const changed = firstClause(clauses, 'changed');
  const lapses = firstClause(clauses, 'lapses');
  const lowered: CharterProtection = mark(
    context,
    {
      paths: declaration.paths.map((path) => resolvePath(context, path, anything)),
      ...(declaration.title === undefined ? {} : { title: declaration.title.text }),
      ...(changed === undefined ? {} : { changedThrough: resolveName(context, changed.through, process) }),
      ...(firstClause(clauses, 'never') === undefined ? {} : ({ neverChanged: true } as const)),
      bounds: clausesOf(clauses, 'bounds').map((clause) => ({
        path: resolvePath(context, clause.path, anything),
        from: lowerValue(context, clause.from),
        to: lowerValue(context, clause.to),
      })),
      ...(lapses === undefined
        ? {}
        : {
            lapses: {
              ...(lapses.when.kind === 'after' ? { after: lowerDuration(context, lapses.when.duration) } : { on: lapses.when.date.text }),
              ...(lapses.renewedThrough === undefined ? {} : { renewedThrough: resolveName(context, lapses.renewedThrough, process) }),
            },
          }),
    },
    declaration.span,
    declaration.paths[0]?.span,
  );
  noteAllowances(context, clauses, lowered);
  return lowered;
}

/** Lowers a property (S67). */
export function lowerProperty(context: Context, declaration: PropertyDeclaration): CharterProperty {
  return mark(
    context,
    { mode: declaration.mode, title: declaration.title.text, claim: lowerClaim(context, declaration.claim) },
    declaration.span,
    declaration.title.span,
  );
}

function lowerClaim(context: Context, claim: Claim): CharterClaim {
  const roster = { kinds: ['role'], builtIn: builtInRosters, noun: 'a role' } as const;
  switch (claim.kind) {
    case 'merge':
      return mark(
        context,
        {
          kind: 'merge',
          area: resolveName(context, claim.area, area),
          comparison: lowerComparison(claim.comparison),
          amount: lowerQuantity(context, claim.amount),
          role: resolveName(context, claim.role, roster),
        },
        claim.span,
      );
    case 'holds': {
      const people = resolveName(context, claim.people, { kinds: ['role'], builtIn: [...builtInRosters, 'people'], noun: 'a role' });
      return mark(
        context,
        {
          kind: 'holds',
          comparison: lowerComparison(claim.comparison),
          amount: lowerQuantity(context, claim.amount),
          people: people === 'people' ? 'person' : people,
          role: resolveName(context, claim.role, role),
        },
        claim.span,
      );
    }
    case 'reaches': {
      const path = resolvePath(context, claim.path, ['process']);
      const condition = claim.with;
      return mark(
        context,
        {
          kind: 'reaches',
          path,
          outcome: lowerReached(context, path, claim.outcome),
          ...(condition === undefined
            ? {}
            : {
                with: {
                  comparison: lowerComparison(condition.comparison),
                  amount: lowerQuantity(context, condition.amount),
                  role: resolveName(context, condition.role, roster),
                },
              }),
          ...(claim.within === undefined ? {} : { within: lowerDuration(context, claim.within) }),
        },
        claim.span,
      );
    }
    default:
      return unreachable(claim);
  }
}

function lowerReached(
  context: Context,
  path: readonly string[],
  outcome: { readonly text: string; readonly span: { readonly start: number; readonly end: number } },
): string {
  const owner = context.names.get(path[0] ?? '');
  if (owner === undefined || owner.kind !== 'process' || owner.stages.has(outcome.text) || implicitOutcomes.includes(outcome.text)) return outcome.text;
  const known = [...owner.stages, ...implicitOutcomes].sort(compareText);
  context.misses.push({
    code: 'GDO102',
    text: outcome.text,
    place: placeOf(context, outcome.span),
    noun: `a stage of \`${owner.name}\``,
    suggestions: suggest(outcome.text, known),
    within: owner.name,
  });
  return outcome.text;
}
