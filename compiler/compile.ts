// From trees to one Charter: expands imports, collects names, lowers every declaration, emits bytes and hash. Structural rules are check.ts's.
import type { Charter } from '../engine/index.ts';
import type { BylawsFile, Declaration, Diagnostic, Span } from '../language/index.ts';
import { lineAndColumn } from '../language/index.ts';
import { reportEqualPatterns, reportUnknownRules, reportUnreportedCounts, reportUnreportedFacts, reportUnused } from './charter-checks.ts';
import { noteAllowances } from './clauses.ts';
import { emitCharter, isWritable } from './emit.ts';
import { compareFindings, compareText, finding, labelled } from './finding.ts';
import type { SourcePlace } from './finding.ts';
import { lowerProcess } from './lower-process.ts';
import { lowerAction, lowerArea, lowerAttribute, lowerOrganization, lowerRole } from './lower-roles.ts';
import { lowerDuty, lowerProperty, lowerProtection, lowerRight } from './lower-rights.ts';
import { lowerScenario } from './lower-scenario.ts';
import type { CompiledScenario } from './lower-scenario.ts';
import { lowerAccount, lowerCertificate, lowerCollaborator, lowerDapp, lowerDelegation, lowerMeasure, lowerPoints } from './lower-things.ts';
import { reportMisses, suggestedNames } from './misses.ts';
import { declared, expandImports, isModule } from './modules.ts';
import type { Expansion, ModuleSource, Unit } from './modules.ts';
import { collectNames } from './name-table.ts';
import { bylawsAreaNames } from './process-class.ts';
import { listPlaces } from './places.ts';
import type { NamedPlace } from './places.ts';
import { reportScenarioWords } from './scenario-words.ts';
import type { Allowance, Context } from './scope.ts';

/** A declaration under the heading it stands below in a literate file (S80); `line` counts from 1. */
export interface Article {
  readonly name: string;
  readonly heading: string;
  readonly file: string;
  readonly line: number;
}

/** What compiling gives: a value even for faulty bylaws. */
export interface Compiled {
  /** Undefined where an error of GDO0xx or GDO1xx stands in the way, and for modules alone. */
  readonly charter: Charter | undefined;
  /** The bylaws hash; defined exactly when `charter` is. */
  readonly hash: string | undefined;
  readonly bytes: Uint8Array | undefined;
  /** Findings about names, types and values, sorted; findings of the parser are not repeated, structural rules are `checkBylaws`. */
  readonly diagnostics: readonly Diagnostic[];
  readonly articles: readonly Article[];
  readonly scenarios: readonly CompiledScenario[];
  /** Every declaration and stage by name, such as `amendment` and `amendment.ballot`. */
  readonly places: readonly NamedPlace[];
  /** All files that were read, modules included, by path. */
  readonly files: readonly BylawsFile[];
  /** Where each part of `charter` was written, by identity. */
  readonly sources: ReadonlyMap<object, SourcePlace>;
  /** Where the name of each named part of `charter` stands. */
  readonly heads: ReadonlyMap<object, SourcePlace>;
  readonly allowances: readonly Allowance[];
}

/**
 * Compiles bylaws. Files are taken by path, so their order does not matter; files that are modules count only where they are imported.
 * Errors: GDO006, GDO101 to GDO121, GDO204, GDO706. Pure if `modules` is. Source: language.md sections 6 to 8 and 12.
 * @param modules - gives the text and digest of an import path; absent: there are no modules but those among `files`
 */
export function compileBylaws(files: readonly BylawsFile[], modules?: ModuleSource): Compiled {
  const sorted = [...files].sort((left, right) => compareText(left.path, right.path));
  const expansion = expandImports(sorted, modules ?? (() => undefined));
  const table = collectNames(expansion);
  const context: Context = {
    scope: expansion.units[0]?.scope ?? { file: '', prefix: '', module: undefined, locals: new Set(), parameters: new Map() },
    names: table.names,
    currencies: collectCurrencies(expansion.units),
    process: undefined,
    sources: new Map(),
    heads: new Map(),
    findings: [],
    misses: [],
    used: new Set(),
    allowances: [],
  };
  const charter = lowerCharter(context, expansion.units);
  const scenarios = expansion.units.flatMap((unit) =>
    unit.scope.prefix === '' ? declared(unit, 'scenario').map((declaration) => lowerScenario({ ...context, scope: unit.scope }, declaration)) : [],
  );
  const diagnostics = [
    ...expansion.findings,
    ...table.findings,
    ...context.findings,
    ...reportMisses(context),
    ...reportEqualPatterns(context, charter),
    ...reportUnreportedFacts(context, charter),
    ...reportUnreportedCounts(context, expansion.units, charter),
    ...reportScenarioWords(context, expansion.units),
    ...reportUnknownRules(context),
    ...reportUnused(context, suggestedNames(context)),
  ].sort(compareFindings);
  const blocked = expansion.units.length === 0 || diagnostics.some(preventsCharter) || !isWritable(charter);
  let emitted: ReturnType<typeof emitCharter> | undefined;
  // Who only checks bylaws needs neither bytes nor hash, and hashing costs as much as half of the check.
  const emit = (): typeof emitted => (emitted ??= blocked ? undefined : emitCharter(charter));
  return {
    charter: blocked ? undefined : charter,
    get hash() {
      return emit()?.hash;
    },
    get bytes() {
      return emit()?.bytes;
    },
    diagnostics,
    articles: sorted.flatMap((file) => (isModule(file) ? [] : articlesOf(file))),
    scenarios,
    places: listPlaces(charter, context.sources),
    files: [...sorted, ...expansion.moduleFiles],
    sources: context.sources,
    heads: context.heads,
    allowances: context.allowances,
  };
}

function preventsCharter(found: Diagnostic): boolean {
  return found.severity === 'error' && /^GDO[017]/.test(found.code);
}

function collectCurrencies(units: Expansion['units']): ReadonlyMap<string, number> {
  const currencies = new Map<string, number>();
  for (const unit of units) {
    for (const account of declared(unit, 'account')) {
      if (!currencies.has(account.currency.text)) currencies.set(account.currency.text, account.decimals ?? 0);
    }
  }
  return currencies;
}

function lowerCharter(context: Context, units: readonly Unit[]): Charter {
  const each = <K extends Declaration['kind'], R>(
    kind: K,
    lower: (inner: Context, declaration: Extract<Declaration, { readonly kind: K }>) => R,
  ): readonly R[] => units.flatMap((unit) => declared(unit, kind).map((declaration) => lower({ ...context, scope: unit.scope }, declaration)));
  const organizations = each('organization', lowerOrganization);
  reportSecondOrganization(context, units);
  for (const unit of units) noteAllowances({ ...context, scope: unit.scope }, unit.declarations, undefined);
  const areas = each('area', lowerArea);
  const bylawsAreas = bylawsAreaNames(areas);
  return {
    v: 1,
    organization: organizations[0] ?? { name: '' },
    areas,
    attributes: each('attribute', lowerAttribute),
    roles: each('role', lowerRole),
    actions: each('action', lowerAction),
    measures: each('measure', lowerMeasure),
    points: each('points', lowerPoints),
    certificates: each('certificate', lowerCertificate),
    delegations: each('delegation', lowerDelegation),
    accounts: each('account', lowerAccount),
    dapps: each('dapp', lowerDapp),
    collaborators: each('collaborator', lowerCollaborator),
    processes: each('process', (inner, declaration) => lowerProcess(inner, declaration, bylawsAreas)),
    rights: each('right', lowerRight),
    duties: each('duty', lowerDuty),
    protections: each('protect', lowerProtection),
    properties: each('property', lowerProperty),
  };
}

function reportSecondOrganization(context: Context, units: readonly Unit[]): void {
  const all = units.flatMap((unit) => declared(unit, 'organization').map((declaration) => ({ file: unit.scope.file, span: declaration.name.span })));
  const [first, ...others] = all;
  for (const place of others) {
    context.findings.push(
      finding('GDO103', place, {
        message: 'The organization is declared twice',
        label: 'again here',
        why: 'Nobody could say which name, day end and witnesses count',
        help: 'keep one of the two blocks',
        related: first === undefined ? [] : [labelled(first, 'first here')],
      }),
    );
  }
}

function articlesOf(file: BylawsFile): readonly Article[] {
  return file.declarations.flatMap((declaration) => {
    const name = articleName(declaration);
    const heading = file.articles.filter((article) => article.span.start < declaration.span.start).at(-1);
    if (name === undefined || heading === undefined) return [];
    return [{ name, heading: heading.heading, file: file.path, line: lineOf(file, declaration.span) }];
  });
}

function articleName(declaration: Declaration): string | undefined {
  switch (declaration.kind) {
    case 'role':
    case 'points':
    case 'certificate':
      return declaration.head.name.text;
    case 'organization':
      return declaration.name.text;
    case 'property':
    case 'scenario':
      return declaration.title.text;
    case 'protect':
      return declaration.paths[0]?.parts.map((part) => part.text).join('.');
    case 'allow':
      return declaration.rule.text;
    default:
      return declaration.name.text;
  }
}

function lineOf(file: BylawsFile, span: Span): number {
  return lineAndColumn(file.text, span.start).line;
}
