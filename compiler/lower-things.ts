// Lowers what people have and use: measures, points, certificates, delegations, accounts, dapps, collaborators. Rights and duties are lower-rights.ts's.
import type {
  CharterAccount,
  CharterCertificate,
  CharterCollaborator,
  CharterDapp,
  CharterDelegation,
  CharterMeasure,
  CharterPoints,
} from '../engine/index.ts';
import type {
  AccountDeclaration,
  CertificateDeclaration,
  CollaboratorDeclaration,
  DappDeclaration,
  DelegationDeclaration,
  MeasureDeclaration,
  Name,
  PointsDeclaration,
  Text,
} from '../language/index.ts';
import { measureCounts } from './built-in.ts';
import { clausesOf, firstClause, noteAllowances } from './clauses.ts';
import { finding } from './finding.ts';
import { area, lowerActor, lowerFacts, lowerLimit, person, process, role } from './lower-actors.ts';
import { boundsOf, lowerDuration, lowerQuantity } from './lower-terms.ts';
import { lookUp, resolveName, resolveNames, resolvePath } from './resolve.ts';
import type { Context } from './scope.ts';
import { globalName, mark, placeOf } from './scope.ts';

/** Lowers a measure; what the ledger does not count needs `reported by` (GDO119, S112). */
export function lowerMeasure(context: Context, declaration: MeasureDeclaration): CharterMeasure {
  const bounds = declaration.bounds.map((bound) => boundsOf(bound.comparison, bound.value));
  const least = bounds.reduce((value, bound) => Math.max(value, bound.least), 0);
  const most = bounds
    .flatMap((bound) => (bound.most === undefined ? [] : [bound.most]))
    .reduce((value: number | undefined, next) => (value === undefined ? next : Math.min(value, next)), undefined);
  const reporter = declaration.reportedBy;
  return mark(
    context,
    {
      ...titled(context, declaration.name, declaration.title),
      counts: lowerMeasured(context, declaration),
      each: resolveName(context, declaration.each, person),
      ...(declaration.over === undefined ? {} : { over: lowerDuration(context, declaration.over) }),
      ...(reporter === undefined ? {} : { reportedBy: resolveName(context, reporter, { kinds: ['collaborator'], noun: 'a collaborator' }) }),
      ...(least > 0 ? { least } : {}),
      ...(most === undefined ? {} : { most }),
    },
    declaration.span,
    declaration.name.span,
  );
}

function lowerMeasured(context: Context, declaration: MeasureDeclaration): string {
  const text = declaration.counts.text;
  if (measureCounts.includes(text) || declaration.reportedBy !== undefined) return text;
  const found = lookUp(context, text);
  if (found?.kind === 'action') return resolveName(context, declaration.counts, { kinds: ['action'], noun: 'an action' });
  context.findings.push(
    finding('GDO119', placeOf(context, declaration.counts.span), {
      message: `The ledger does not count \`${text}\``,
      label: 'not recorded',
      why: 'Everybody would have a weight of 0, and nobody is named to say otherwise',
      help: `name who reports it:  counts ${text} by each ${declaration.each.text} reported by ...  (the ledger itself counts ${measureCounts.join(', ')}, and declared actions)`,
    }),
  );
  return text;
}

/** Lowers points with their awards, decay and levels (S64). */
export function lowerPoints(context: Context, declaration: PointsDeclaration): CharterPoints {
  const clauses = declaration.clauses;
  const decay = firstClause(clauses, 'decay');
  const lowered: CharterPoints = mark(
    context,
    {
      ...headed(context, declaration.head),
      earned: clausesOf(clauses, 'earned').map((clause) => ({
        amount: clause.amount,
        by: lowerActor(context, clause.by),
        for: resolvePath(context, clause.for, ['process', 'action']),
      })),
      ...(decay === undefined ? {} : { decay: { amount: lowerQuantity(context, decay.amount), every: lowerDuration(context, decay.every) } }),
      levels: clausesOf(clauses, 'level').map((clause) => ({ name: globalName(context.scope, clause.name.text), from: clause.from })),
      limits: clausesOf(clauses, 'limit').map((clause) => lowerLimit(context, clause)),
    },
    declaration.span,
    declaration.head.name.span,
  );
  noteAllowances(context, clauses, lowered);
  return lowered;
}

/** Lowers a certificate. */
export function lowerCertificate(context: Context, declaration: CertificateDeclaration): CharterCertificate {
  const clauses = declaration.clauses;
  const lasts = firstClause(clauses, 'lasts');
  const revoked = firstClause(clauses, 'revoked');
  const lowered: CharterCertificate = mark(
    context,
    {
      ...headed(context, declaration.head),
      issuedBy: clausesOf(clauses, 'issued-by').map((clause) => lowerActor(context, clause.actor)),
      issuedTo: clausesOf(clauses, 'issued-to').map((clause) => ({ role: resolveName(context, clause.role, person), who: lowerFacts(context, clause.who) })),
      ...(lasts === undefined ? {} : { lasts: lowerDuration(context, lasts.duration) }),
      ...(revoked === undefined ? {} : { revokedBy: lowerActor(context, revoked.actor) }),
    },
    declaration.span,
    declaration.head.name.span,
  );
  noteAllowances(context, clauses, lowered);
  return lowered;
}

/** Lowers a delegation (S41). */
export function lowerDelegation(context: Context, declaration: DelegationDeclaration): CharterDelegation {
  const clauses = declaration.clauses;
  const depth = firstClause(clauses, 'depth');
  const revocable = firstClause(clauses, 'revocable');
  const lasts = firstClause(clauses, 'lasts');
  const lowered: CharterDelegation = mark(
    context,
    {
      ...titled(context, declaration.name, declaration.title),
      by: resolveName(context, declaration.by, role),
      for: clausesOf(clauses, 'for').flatMap((clause) => resolveNames(context, clause.processes, process)),
      ...(depth === undefined ? {} : { depth: depth.depth }),
      ...(firstClause(clauses, 'override') === undefined ? {} : ({ override: true } as const)),
      ...(revocable === undefined ? {} : { revocableUntil: revocable.until }),
      ...(lasts === undefined ? {} : { lasts: lowerDuration(context, lasts.duration) }),
      limits: clausesOf(clauses, 'limit').map((clause) => lowerLimit(context, clause)),
    },
    declaration.span,
    declaration.name.span,
  );
  noteAllowances(context, clauses, lowered);
  return lowered;
}

/** Lowers an account; its limits are amounts of its own currency (S62). */
export function lowerAccount(context: Context, declaration: AccountDeclaration): CharterAccount {
  const clauses = declaration.clauses;
  const decimals = declaration.decimals ?? 0;
  const kept = firstClause(clauses, 'kept');
  const lowered: CharterAccount = mark(
    context,
    {
      ...titled(context, declaration.name, declaration.title),
      currency: declaration.currency.text,
      decimals,
      ...(kept === undefined ? {} : { keptBy: lowerActor(context, kept.by) }),
      limits: clausesOf(clauses, 'limit').map((clause) => lowerLimit(context, clause, decimals)),
    },
    declaration.span,
    declaration.name.span,
  );
  noteAllowances(context, clauses, lowered);
  return lowered;
}

/** Lowers a dapp; an image that is not named by its digest is GDO111. */
export function lowerDapp(context: Context, declaration: DappDeclaration): CharterDapp {
  const clauses = declaration.clauses;
  const answers = firstClause(clauses, 'answers');
  const endorsed = firstClause(clauses, 'endorsed');
  if (!/^sha256:[0-9a-f]{64}$/.test(declaration.image.text)) {
    context.findings.push(
      finding('GDO111', placeOf(context, declaration.image.span), {
        message: 'This image is not named by its digest',
        label: 'can change',
        why: 'Whoever can publish under that name could change what judges your merges, without a vote',
        help: 'write the digest of the image:  image "sha256:<64 hexadecimal digits>"',
      }),
    );
  }
  const lowered: CharterDapp = mark(
    context,
    {
      ...titled(context, declaration.name, declaration.title),
      image: declaration.image.text,
      checks: clausesOf(clauses, 'checks').flatMap((clause) => resolveNames(context, clause.areas, area)),
      ...(answers === undefined ? {} : { answersWithin: lowerDuration(context, answers.within) }),
      ...(endorsed === undefined ? {} : { endorsedBy: lowerActor(context, endorsed.by) }),
    },
    declaration.span,
    declaration.name.span,
  );
  noteAllowances(context, clauses, lowered);
  return lowered;
}

/** Lowers a collaborator: a program an office answers for. */
export function lowerCollaborator(context: Context, declaration: CollaboratorDeclaration): CharterCollaborator {
  const clauses = declaration.clauses;
  const lowered: CharterCollaborator = mark(
    context,
    {
      ...titled(context, declaration.name, declaration.title),
      keptBy: lowerActor(context, declaration.keptBy),
      reports: clausesOf(clauses, 'reports').flatMap((clause) => clause.reports.map((text) => text.text)),
      actsOn: clausesOf(clauses, 'acts').flatMap((clause) => clause.on.map((path) => resolvePath(context, path, ['process']))),
    },
    declaration.span,
    declaration.name.span,
  );
  noteAllowances(context, clauses, lowered);
  return lowered;
}

/** Name and title of a declaration, as the Charter holds them. */
export function titled(context: Context, name: Name, title: Text | undefined): { readonly name: string; readonly title?: string } {
  return { name: globalName(context.scope, name.text), ...(title === undefined ? {} : { title: title.text }) };
}

function headed(context: Context, head: PointsDeclaration['head']): { readonly name: string; readonly plural?: string; readonly title?: string } {
  return { ...titled(context, head.name, head.title), ...(head.plural === undefined ? {} : { plural: globalName(context.scope, head.plural.text) }) };
}
