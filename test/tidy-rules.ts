// The rules of the house that no linter knows, each as data: a name and a function from one parsed file to its offences. Pure over its input.
import { Node, SyntaxKind, type SourceFile } from 'ts-morph';

/** One rule. `check` gets a file and its path from the project's root, and returns one sentence per offence. */
export interface TidyRule {
  readonly name: string;
  readonly check: (file: SourceFile, path: string) => readonly string[];
}

const mayImport: ReadonlyMap<string, readonly string[]> = new Map([
  ['language', []],
  ['engine', []],
  ['compiler', ['language', 'engine']],
  ['node', ['compiler', 'language', 'engine']],
]);

const pure: readonly string[] = ['language', 'engine', 'compiler'];

/** Packages a folder may import; `node` may import every other runtime dependency and node's own modules. */
const packagesOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['language', []],
  ['engine', ['xstate', '@noble/hashes', '@noble/ed25519']],
  ['compiler', []],
]);

const linesMax = 400;
const functionLinesMax = 70;
const headerLinesMax = 5;
const foldersMax = 2;
const vagueNames: readonly string[] = ['utils', 'util', 'helpers', 'helper', 'common', 'manager', 'service', 'base', 'misc', 'types'];

const topOf = (path: string): string => path.split('/')[0] ?? '';

/** Joins a relative import to the folder of the importing file; both use `/` and start at the project's root. */
function target(path: string, specifier: string): string {
  const parts = path.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function specifiers(file: SourceFile): readonly string[] {
  const fixed = [...file.getImportDeclarations(), ...file.getExportDeclarations()].map((declaration) => declaration.getModuleSpecifierValue() ?? '');
  const lazy = file
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .filter((call) => call.getExpression().getKind() === SyntaxKind.ImportKeyword)
    .map((call) => call.getArguments()[0]?.getText().slice(1, -1) ?? '');
  return [...fixed, ...lazy].filter((specifier) => specifier !== '');
}

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const at = (node: Node): string => `line ${node.getStartLineNumber()}`;

const direction: TidyRule = {
  name: 'imports go one way and enter another folder by its door',
  check: (file, path) =>
    specifiers(file)
      .filter((specifier) => specifier.startsWith('.'))
      .flatMap((specifier) => {
        const entered = target(path, specifier);
        if (topOf(entered) === topOf(path)) return [];
        if (mayImport.get(topOf(path))?.includes(topOf(entered)) !== true) return [`imports ${entered}`];
        return entered === `${topOf(entered)}/index.ts` ? [] : [`enters ${entered} beside its index.ts`];
      }),
};

const packages: TidyRule = {
  name: 'a pure folder imports its own packages only',
  check: (file, path) => {
    const allowed = packagesOf.get(topOf(path));
    const outside = specifiers(file).filter((specifier) => !specifier.startsWith('.'));
    return allowed === undefined ? [] : outside.filter((specifier) => !allowed.includes(packageOf(specifier))).map((specifier) => `imports ${specifier}`);
  },
};

const doors: TidyRule = {
  name: 'index.ts of a top folder names its exports one by one, and nothing else re-exports',
  check: (file, path) => {
    // Of node/ there is a second one, for where there is no machine around it (docs/decisions/0165).
    const isDoor = path === `${topOf(path)}/index.ts` || path === 'node/browser.ts';
    if (!isDoor && path.endsWith('/index.ts')) return ['is a door below a top folder'];
    const passed = file.getExportDeclarations().filter((declaration) => declaration.hasModuleSpecifier());
    if (!isDoor) return passed.map((declaration) => `re-exports at ${at(declaration)}`);
    const stars = passed.filter((declaration) => declaration.isNamespaceExport()).map((declaration) => `export * at ${at(declaration)}`);
    return [
      ...stars,
      ...file
        .getStatements()
        .filter((statement) => !Node.isExportDeclaration(statement))
        .map((statement) => `holds code at ${at(statement)}`),
    ];
  },
};

const functionKinds = [SyntaxKind.FunctionDeclaration, SyntaxKind.MethodDeclaration, SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression] as const;
const lineCount = (node: Node): number => node.getEndLineNumber() - node.getStartLineNumber() + 1;

const sizes: TidyRule = {
  name: 'a file has 400 lines at most and a function 70',
  check: (file) => {
    const lines = file.getFullText().trimEnd().split('\n').length;
    // Kind by kind: a wrapper for every node of the tree would cost most of this file's time.
    const functions = functionKinds.flatMap((kind) => file.getDescendantsOfKind(kind));
    // Only a text of over 70 lines is worth counting line by line.
    const long = functions.filter((node) => node.getFullText().split('\n').length > functionLinesMax && lineCount(node) > functionLinesMax);
    return [...(lines > linesMax ? [`has ${lines} lines`] : []), ...long.map((node) => `has a function of ${lineCount(node)} lines at ${at(node)}`)];
  },
};

const names: TidyRule = {
  name: 'names are kebab case, say what is in them, and lie at most two folders deep',
  check: (_file, path) => {
    const parts = path.replace(/(\.d)?\.ts$/, '').split('/');
    const bad = parts.filter((part) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(part)).map((part) => `${part} is not kebab case`);
    const vague = parts.filter((part) => vagueNames.includes(part)).map((part) => `${part} does not say what is in it`);
    return [...bad, ...vague, ...(parts.length - 2 > foldersMax ? ['lies too deep'] : [])];
  },
};

const headers: TidyRule = {
  name: 'a file opens with one to five lines that say what it is',
  check: (file) => {
    const lines = file
      .getFullText()
      .split('\n')
      .filter((line, index) => index > 0 || !line.startsWith('#!'));
    const length = lines.findIndex((line) => !line.startsWith('//'));
    return length >= 1 && length <= headerLinesMax ? [] : [`opens with ${length} comment lines`];
  },
};

const docstrings: TidyRule = {
  name: 'every export has a docstring',
  check: (file, path) =>
    path.endsWith('/index.ts')
      ? []
      : file
          .getStatements()
          .filter(
            (statement) => Node.isExportable(statement) && statement.hasExportKeyword() && Node.isJSDocable(statement) && statement.getJsDocs().length === 0,
          )
          .filter((statement) => !isOverload(statement))
          .map((statement) => `no docstring at ${at(statement)}`),
};

/** A second signature of one function speaks for itself: the first one has the docstring. */
function isOverload(node: Node): boolean {
  return (
    Node.isFunctionDeclaration(node) &&
    node.getPreviousSibling((before) => Node.isFunctionDeclaration(before) && before.getName() === node.getName()) !== undefined
  );
}

const casts: TidyRule = {
  name: 'no any, no non-null mark, and `as` only under an INVARIANT comment',
  check: (file) => {
    const lines = file.getFullText().split('\n');
    const claimed = (node: Node): boolean =>
      lines.slice(Math.max(0, node.getStartLineNumber() - 4), node.getStartLineNumber()).some((line) => line.includes('INVARIANT:'));
    const cast = file.getDescendantsOfKind(SyntaxKind.AsExpression).filter((node) => node.getTypeNode()?.getText() !== 'const' && !claimed(node));
    return [
      ...cast.map((node) => `casts at ${at(node)}`),
      ...file.getDescendantsOfKind(SyntaxKind.NonNullExpression).map((node) => `non-null mark at ${at(node)}`),
      ...file.getDescendantsOfKind(SyntaxKind.AnyKeyword).map((node) => `any at ${at(node)}`),
    ];
  },
};

const constructs: TidyRule = {
  name: 'no default export, enum, namespace or parameter property',
  check: (file) => [
    ...file
      .getExportAssignments()
      .filter((node) => node.isExportEquals())
      .map((node) => `default export at ${at(node)}`),
    ...file
      .getDescendantsOfKind(SyntaxKind.DefaultKeyword)
      .filter((node) => !Node.isDefaultClause(node.getParent()))
      .map((node) => `default export at ${at(node)}`),
    ...file.getEnums().map((node) => `enum at ${at(node)}`),
    // What a foreign package is, where it does not say so itself, is none of ours.
    ...file
      .getModules()
      .filter((node) => !/^['"]/.test(node.getName()))
      .map((node) => `namespace at ${at(node)}`),
    ...file
      .getDescendantsOfKind(SyntaxKind.Parameter)
      .filter((node) => node.isParameterProperty())
      .map((node) => `parameter property at ${at(node)}`),
  ],
};

const purity: TidyRule = {
  name: 'pure folders have no try, no async and no lazy import',
  check: (file, path) => {
    if (!pure.includes(topOf(path))) return [];
    const found = [SyntaxKind.TryStatement, SyntaxKind.AsyncKeyword, SyntaxKind.AwaitExpression].flatMap((kind) => file.getDescendantsOfKind(kind));
    const lazy = file.getDescendantsOfKind(SyntaxKind.CallExpression).filter((call) => call.getExpression().getKind() === SyntaxKind.ImportKeyword);
    return [...found, ...lazy].map((node) => `${node.getKindName()} at ${at(node)}`);
  },
};

const ordered: TidyRule = {
  name: 'the engine has no floats and follows no object in the order of its keys',
  check: (file, path) => {
    if (topOf(path) !== 'engine') return [];
    const floats = file.getDescendantsOfKind(SyntaxKind.NumericLiteral).filter((node) => !/^(0x[0-9a-f_]+|[0-9_]+)$/i.test(node.getText()));
    const loose = file
      .getDescendantsOfKind(SyntaxKind.ForOfStatement)
      .filter((node) => /^Object\.(keys|values|entries)\([^()]*\)$/.test(node.getExpression().getText()));
    return [...floats, ...file.getDescendantsOfKind(SyntaxKind.ForInStatement), ...loose].map((node) => `${node.getKindName()} at ${at(node)}`);
  },
};

/** All rules for source files. Source: house-style.md. */
export const tidyRules: readonly TidyRule[] = [direction, packages, doors, sizes, names, headers, docstrings, casts, constructs, purity, ordered];
