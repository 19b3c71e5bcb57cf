// Imports (S73-S75): reads, pins and binds modules, so that lowering sees one list of declarations, each with its scope. Fetches nothing.
import { parseBylaws, printValue } from '../language/index.ts';
import type { BylawsFile, Declaration, Diagnostic, ImportDeclaration, ParameterDeclaration, Value } from '../language/index.ts';
import { finding } from './finding.ts';
import { compareValues, fitsParameter } from './parameter.ts';
import type { BoundParameter, Scope } from './scope.ts';

/** The bytes behind an import path: their text, and their SHA-256 as `sha256:<hex>` or bare hex. Undefined: there is no such module. */
export type ModuleSource = (path: string) => { readonly text: string; readonly digest: string } | undefined;

/** Declarations that share one scope: a bylaws file, or one import of a module. */
export interface Unit {
  readonly scope: Scope;
  readonly declarations: readonly Declaration[];
}

/** All units in order, the module files that were read, and the names of imports that could not be read. */
export interface Expansion {
  readonly units: readonly Unit[];
  readonly moduleFiles: readonly BylawsFile[];
  readonly broken: readonly { readonly scope: Scope; readonly declaration: ImportDeclaration }[];
  readonly findings: readonly Diagnostic[];
}

/** How deep imports may nest (S75). */
const importDepthMax = 8;

/** Expands the imports of files that are no modules themselves, files in order of path. Pure if `modules` is. */
export function expandImports(files: readonly BylawsFile[], modules: ModuleSource): Expansion {
  const expansion: Growing = { units: [], moduleFiles: [], broken: [], findings: [] };
  for (const file of files) {
    if (isModule(file)) continue;
    const scope: Scope = { file: file.path, prefix: '', module: undefined, locals: new Set(), parameters: new Map() };
    expandUnit(expansion, { scope, declarations: file.declarations }, modules, []);
  }
  return expansion;
}

/** Says whether a file is a module, which is compiled only where it is imported. Pure. */
export function isModule(file: BylawsFile): boolean {
  return file.declarations.some((declaration) => declaration.kind === 'module');
}

interface Growing {
  readonly units: Unit[];
  readonly moduleFiles: BylawsFile[];
  readonly broken: { readonly scope: Scope; readonly declaration: ImportDeclaration }[];
  readonly findings: Diagnostic[];
}

function expandUnit(into: Growing, unit: Unit, modules: ModuleSource, chain: readonly string[]): void {
  into.units.push(unit);
  for (const declaration of unit.declarations) {
    if (declaration.kind === 'import') expandImport(into, unit.scope, declaration, modules, chain);
  }
}

function expandImport(into: Growing, scope: Scope, declaration: ImportDeclaration, modules: ModuleSource, chain: readonly string[]): void {
  const fail = (message: string, label: string, help: string, span = declaration.from.span): void => {
    into.broken.push({ scope, declaration });
    into.findings.push(
      finding(
        'GDO111',
        { file: scope.file, span },
        {
          message,
          label,
          why: 'A rule that is imported without being pinned to exact bytes can be changed by people who are not members',
          help,
        },
      ),
    );
  };
  const path = declaration.from.text;
  if (chain.includes(path)) return fail(`The import \`${path}\` imports itself in the end`, 'a circle', 'take one import out of the circle');
  if (chain.length >= importDepthMax) return fail('Imports nest more than 8 deep', 'one too deep', 'import the inner module directly');
  const source = modules(path);
  if (source === undefined) {
    return fail(`There is no module \`${path}\``, 'not found', 'name a file of this repository or a module of the standard library, such as "std/elections"');
  }
  const digest = source.digest.startsWith('sha256:') ? source.digest : `sha256:${source.digest}`;
  if (digest !== declaration.pinned.text) {
    return fail(
      `The module \`${path}\` is not the one that is pinned here`,
      'pinned to other bytes',
      `read the module again, and if you agree with it, write pinned "${digest}"`,
      declaration.pinned.span,
    );
  }
  const parsed = parseBylaws({ path, text: source.text });
  const head = parsed.file.declarations.find((inner) => inner.kind === 'module');
  if (parsed.diagnostics.some((found) => found.severity === 'error') || head === undefined) {
    return fail(`The module \`${path}\` cannot be read`, 'faulty module', 'run `gdo check` on the module itself');
  }
  into.moduleFiles.push(parsed.file);
  const locals = new Set(parsed.file.declarations.flatMap(declaredTexts));
  const prefix = `${scope.prefix}${declaration.name.text}-`;
  const parameters = bindParameters(into, scope, declaration, parsed.file.declarations.filter(isParameter));
  expandUnit(into, { scope: { file: path, prefix, module: head.name.text, locals, parameters }, declarations: parsed.file.declarations }, modules, [
    ...chain,
    path,
  ]);
}

function bindParameters(
  into: Growing,
  scope: Scope,
  declaration: ImportDeclaration,
  parameters: readonly ParameterDeclaration[],
): ReadonlyMap<string, BoundParameter> {
  const bound = new Map<string, BoundParameter>();
  const complain = (code: 'GDO101' | 'GDO103' | 'GDO112', name: string, span: Value['span'], message: string, help: string): void => {
    into.findings.push(
      finding(code, { file: scope.file, span }, { message, label: `\`${name}\``, why: 'The module works only within the bounds its authors tested', help }),
    );
  };
  for (const setting of declaration.settings) {
    const parameter = parameters.find((candidate) => candidate.name.text === setting.name.text);
    if (parameter === undefined) {
      complain(
        'GDO101',
        setting.name.text,
        setting.name.span,
        `The module has no parameter \`${setting.name.text}\``,
        `it has: ${parameters.map((known) => known.name.text).join(', ')}`,
      );
      continue;
    }
    if (bound.has(parameter.name.text)) {
      complain('GDO103', parameter.name.text, setting.span, `The parameter \`${parameter.name.text}\` is set twice`, 'delete one of the two lines');
      continue;
    }
    bound.set(parameter.name.text, { value: setting.value, scope });
    const outside =
      (parameter.from !== undefined && compareValues(setting.value, parameter.from) < 0) ||
      (parameter.to !== undefined && compareValues(setting.value, parameter.to) > 0);
    if (!fitsParameter(setting.value, parameter.type)) {
      complain(
        'GDO112',
        parameter.name.text,
        setting.value.span,
        `The parameter \`${parameter.name.text}\` is a ${parameter.type}, and this is not`,
        `write a ${parameter.type}`,
      );
    } else if (outside) {
      complain(
        'GDO112',
        parameter.name.text,
        setting.value.span,
        `The parameter \`${parameter.name.text}\` is set outside its bounds`,
        `choose for \`${parameter.name.text}\` a value ${boundsText(parameter)}`,
      );
    }
  }
  for (const parameter of parameters) {
    if (bound.has(parameter.name.text)) continue;
    if (parameter.default !== undefined) bound.set(parameter.name.text, { value: parameter.default, scope });
    else
      complain(
        'GDO112',
        parameter.name.text,
        declaration.name.span,
        `The parameter \`${parameter.name.text}\` has no value`,
        `add: set ${parameter.name.text} to ...`,
      );
  }
  return bound;
}

/** The bounds of a parameter as the module writes them. */
function boundsText({ from, to }: ParameterDeclaration): string {
  return [...(from === undefined ? [] : [`from ${printValue(from)}`]), ...(to === undefined ? [] : [`to ${printValue(to)}`])].join(' ');
}

function isParameter(declaration: Declaration): declaration is ParameterDeclaration {
  return declaration.kind === 'parameter';
}

/** The names a declaration gives, singular first; none for declarations without a name. Pure. */
export function declaredTexts(declaration: Declaration): readonly string[] {
  switch (declaration.kind) {
    case 'role':
    case 'points':
    case 'certificate':
      return [declaration.head.name.text, ...(declaration.head.plural === undefined ? [] : [declaration.head.plural.text]), ...levelTexts(declaration)];
    case 'area':
    case 'attribute':
    case 'measure':
    case 'delegation':
    case 'account':
    case 'dapp':
    case 'collaborator':
    case 'action':
    case 'process':
    case 'right':
    case 'duty':
    case 'import':
      return [declaration.name.text];
    default:
      return [];
  }
}

function levelTexts(declaration: Declaration): readonly string[] {
  if (declaration.kind !== 'points') return [];
  return declaration.clauses.flatMap((clause) => (clause.kind === 'level' ? [clause.name.text] : []));
}

/** Declarations of one kind in a unit, in source order. Pure. */
export function declared<K extends Declaration['kind']>(unit: Unit, kind: K): readonly Extract<Declaration, { readonly kind: K }>[] {
  return unit.declarations.filter((declaration): declaration is Extract<Declaration, { readonly kind: K }> => declaration.kind === kind);
}
