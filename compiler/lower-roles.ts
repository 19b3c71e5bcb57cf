// Lowers the organization, areas, attributes, actions and roles. Processes are lower-process.ts's.
import { isIdentifier } from '../engine/index.ts';
import type { CharterAction, CharterArea, CharterAttribute, CharterLoss, CharterOrganization, CharterRole } from '../engine/index.ts';
import type {
  ActionDeclaration,
  AreaDeclaration,
  AttributeDeclaration,
  Loss,
  OrganizationDeclaration,
  RoleClause,
  RoleDeclaration,
} from '../language/index.ts';
import { clausesOf, firstClause, noteAllowances } from './clauses.ts';
import { lowerActor, lowerFacts, lowerLimit, person, process, role } from './lower-actors.ts';
import { lowerDuration, lowerHeadcount, lowerOffset, reportLiteral } from './lower-terms.ts';
import { resolveName, resolveNames } from './resolve.ts';
import type { Context } from './scope.ts';
import { globalName, mark } from './scope.ts';

/** Lowers the organization. Offsets become minutes east of UTC (S5, S92). */
export function lowerOrganization(context: Context, declaration: OrganizationDeclaration): CharterOrganization {
  const clauses = declaration.clauses;
  const zone = firstClause(clauses, 'time-zone');
  const local = firstClause(clauses, 'local-time');
  const dayEnds = firstClause(clauses, 'day-ends');
  const witnessed = firstClause(clauses, 'witnessed');
  const stale = firstClause(clauses, 'stale');
  const retention = firstClause(clauses, 'retention');
  noteAllowances(context, clauses, undefined);
  return mark(
    context,
    {
      name: declaration.name.text,
      ...(zone === undefined ? {} : { timeZone: zone.zone.text }),
      ...(local === undefined ? {} : { localTime: local.offsets.map((offset) => lowerOffset(context, offset)) }),
      ...(dayEnds === undefined ? {} : { dayEnds: lowerOffset(context, dayEnds.offset) }),
      ...(witnessed === undefined ? {} : { witnessed: { role: resolveName(context, witnessed.role, role), finality: witnessed.finality } }),
      ...(stale === undefined ? {} : { stale: lowerDuration(context, stale.after) }),
      ...(retention === undefined ? {} : { retention: lowerDuration(context, retention.duration) }),
    },
    declaration.span,
    declaration.name.span,
  );
}

/** Lowers an area. */
export function lowerArea(context: Context, declaration: AreaDeclaration): CharterArea {
  const name = globalName(context.scope, declaration.name.text);
  return mark(
    context,
    { name, covers: declaration.covers.map((text) => text.text), except: declaration.except.map((text) => text.text) },
    declaration.span,
    declaration.name.span,
  );
}

/** Lowers an attribute. */
export function lowerAttribute(context: Context, declaration: AttributeDeclaration): CharterAttribute {
  return mark(
    context,
    {
      name: globalName(context.scope, declaration.name.text),
      ...(declaration.title === undefined ? {} : { title: declaration.title.text }),
      certifiedBy: lowerActor(context, declaration.certifiedBy),
    },
    declaration.span,
    declaration.name.span,
  );
}

/** Lowers an action: a verb of the organization's own. */
export function lowerAction(context: Context, declaration: ActionDeclaration): CharterAction {
  return mark(
    context,
    {
      name: globalName(context.scope, declaration.name.text),
      ...(declaration.title === undefined ? {} : { title: declaration.title.text }),
      by: lowerActor(context, declaration.by),
    },
    declaration.span,
    declaration.name.span,
  );
}

/** Lowers a role. `held by anyone` has no head count. */
export function lowerRole(context: Context, declaration: RoleDeclaration): CharterRole {
  const clauses = declaration.clauses;
  const term = firstClause(clauses, 'term');
  const lostWith = firstClause(clauses, 'lost-with');
  const vacancy = firstClause(clauses, 'vacancy');
  const whileShort = firstClause(clauses, 'while-short');
  const head = declaration.head;
  const lowered: CharterRole = mark(
    context,
    {
      name: globalName(context.scope, head.name.text),
      ...(head.plural === undefined ? {} : { plural: globalName(context.scope, head.plural.text) }),
      ...(head.title === undefined ? {} : { title: head.title.text }),
      ...lowerHeld(context, clauses),
      firstHeldBy: lowerFirstHolders(context, clauses),
      openTo: clausesOf(clauses, 'open-to').map((clause) => ({ role: resolveName(context, clause.role, person), who: lowerFacts(context, clause.who) })),
      ...(term === undefined
        ? {}
        : {
            term: { duration: lowerDuration(context, term.duration), ...(term.staggeredGroups === undefined ? {} : { staggeredGroups: term.staggeredGroups }) },
          }),
      gainedThrough: clausesOf(clauses, 'gained').flatMap((clause) => resolveNames(context, clause.through, process)),
      lost: clausesOf(clauses, 'lost').flatMap((clause) => clause.through.map((loss) => lowerLoss(context, loss))),
      ...(lostWith === undefined ? {} : { lostWith: resolveName(context, lostWith.role, role) }),
      ...(vacancy === undefined
        ? {}
        : { vacancy: { process: resolveName(context, vacancy.through, process), within: lowerDuration(context, vacancy.within) } }),
      ...(whileShort === undefined ? {} : { whileShort: resolveNames(context, whileShort.processes, process) }),
      succeededBy: clausesOf(clauses, 'succeeded').flatMap((clause) => resolveNames(context, clause.by, role)),
      limits: clausesOf(clauses, 'limit').map((clause) => lowerLimit(context, clause)),
    },
    declaration.span,
    declaration.head.name.span,
  );
  noteAllowances(context, clauses, lowered);
  return lowered;
}

/** The first holders, by the names that they have in the ledger; any other name could never have a key. */
function lowerFirstHolders(context: Context, clauses: readonly RoleClause[]): readonly string[] {
  const [clause] = clausesOf(clauses, 'first-held');
  if (clause === undefined) return [];
  for (const { text, span } of clause.people) {
    const isName: boolean = isIdentifier(text);
    if (!isName)
      reportLiteral(context, span, `\`${text}\` cannot be the name of a person`, `use small letters a to z, digits and hyphens: ${personLike(text)}`);
  }
  return mark(
    context,
    clause.people.map(({ text }) => text),
    clause.span,
  );
}

/** A name like a text that a ledger takes, in quotes as it is written; a usual one where the text has letters that no name has. */
function personLike(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/[ '._]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return `"${isIdentifier(plain) ? plain : 'ana-maria'}"`;
}

function lowerHeld(context: Context, clauses: readonly RoleClause[]): Pick<CharterRole, 'held'> {
  const held = firstClause(clauses, 'held');
  if (held === undefined || held.by === 'anyone') return {};
  return { held: mark(context, { ...lowerHeadcount(context, held.by), ...(held.inOrder ? ({ inOrder: true } as const) : {}) }, held.span) };
}

function lowerLoss(context: Context, loss: Loss): CharterLoss {
  switch (loss.kind) {
    case 'inactivity':
      return mark(context, { kind: 'inactivity', duration: lowerDuration(context, loss.duration) }, loss.span);
    case 'missed-votes':
      return { kind: 'missed-votes', count: loss.count };
    case 'named':
      if (loss.of !== undefined) return mark(context, { kind: 'report', report: loss.name.text, duration: lowerDuration(context, loss.of) }, loss.span);
      if (loss.name.text === 'resignation' || loss.name.text === 'expiry') return { kind: loss.name.text };
      return { kind: 'process', process: resolveName(context, loss.name, { kinds: ['process'], builtIn: ['resignation', 'expiry'], noun: 'a process' }) };
  }
}
