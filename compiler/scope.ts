// What lowering carries along: the file and import a declaration stands in, the name table, and what was found so far. It resolves nothing itself.
import type { AllowClause, Diagnostic, Name, Span, Value } from '../language/index.ts';
import type { SourcePlace } from './finding.ts';

/** What a top-level name stands for; `import` is an import whose module could not be read, so that nothing about it is judged. */
export type NameKind =
  | 'role'
  | 'area'
  | 'attribute'
  | 'measure'
  | 'points'
  | 'level'
  | 'certificate'
  | 'delegation'
  | 'account'
  | 'dapp'
  | 'collaborator'
  | 'action'
  | 'process'
  | 'right'
  | 'duty'
  | 'import';

/** One declared name. `stages` are the targets a `go to` may name, `inner` the votes of joints; both only for processes. */
export interface DeclaredName {
  readonly name: string;
  readonly kind: NameKind;
  readonly place: SourcePlace;
  readonly stages: ReadonlySet<string>;
  readonly inner: ReadonlySet<string>;
}

/** Where a declaration stands: its file and, within an import, what the module's names and parameters stand for. */
export interface Scope {
  readonly file: string;
  /** What is put before the names of the module: `N-`; empty outside of modules. */
  readonly prefix: string;
  /** The module's own name: the process of that name appears as the import's name (S75). */
  readonly module: string | undefined;
  /** Names the module declares, singular and plural, as written. */
  readonly locals: ReadonlySet<string>;
  readonly parameters: ReadonlyMap<string, BoundParameter>;
}

/** What a parameter stands for, with the scope in which a name among the values is to be resolved (S74). */
export interface BoundParameter {
  readonly value: Value;
  readonly scope: Scope;
}

/** The process being lowered. `implicit` collects the implicit outcomes that something names (S25). */
export interface ProcessScope {
  readonly name: string;
  readonly stages: ReadonlySet<string>;
  readonly draws: ReadonlySet<string>;
  readonly implicit: Set<string>;
}

/** A use of a name that nobody declared, until uses of one misspelling are put together (S72). */
export interface Miss {
  readonly code: 'GDO101' | 'GDO102' | 'GDO105';
  readonly text: string;
  readonly place: SourcePlace;
  /** What was expected there, with its article: `a role`. */
  readonly noun: string;
  readonly suggestions: readonly string[];
  /** What can stand there, for the help to list; absent where the list would be of no use. */
  readonly known?: readonly string[];
  /** The process whose stages were searched; empty otherwise. */
  readonly within: string;
}

/** An `allow` with the compiled thing it stands in; `subject` undefined at the top level. */
export interface Allowance {
  readonly clause: AllowClause;
  readonly file: string;
  readonly subject: object | undefined;
}

/** Everything lowering reads and collects. The collections are filled while lowering and read afterwards. */
export interface Context {
  readonly scope: Scope;
  readonly names: ReadonlyMap<string, DeclaredName>;
  /** Decimals of every currency an account is kept in. */
  readonly currencies: ReadonlyMap<string, number>;
  readonly process: ProcessScope | undefined;
  readonly sources: Map<object, SourcePlace>;
  /** The name of what has one: a frame shows it instead of the whole block. */
  readonly heads: Map<object, SourcePlace>;
  readonly findings: Diagnostic[];
  readonly misses: Miss[];
  readonly used: Set<string>;
  readonly allowances: Allowance[];
}

/** Remembers where a compiled thing was written, and where its name stands if it has one, and hands it on. */
export function mark<T extends object>(context: Context, thing: T, span: Span, head?: Span): T {
  context.sources.set(thing, { file: context.scope.file, span });
  if (head !== undefined) context.heads.set(thing, { file: context.scope.file, span: head });
  return thing;
}

/** The place of a span in the file at hand. */
export function placeOf(context: Context, span: Span): SourcePlace {
  return { file: context.scope.file, span };
}

/** The name a declaration of the scope has in the Charter (S75). Pure. */
export function globalName(scope: Scope, text: string): string {
  return scope.module === text ? scope.prefix.slice(0, -1) : `${scope.prefix}${text}`;
}

/** The text of a name that stands for itself (a stage, a choice); a parameter of kind name is replaced by its value. */
export function plainName(context: Context, name: Name): string {
  const bound = name.text.startsWith('$') ? context.scope.parameters.get(name.text.slice(1)) : undefined;
  return bound !== undefined && bound.value.kind === 'name' ? bound.value.name.text : name.text;
}
