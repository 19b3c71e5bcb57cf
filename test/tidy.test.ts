// Holds the house: each rule of tidy-rules.ts over the whole tree, each rule against a planted offence, and the package file.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Project } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { tidyRules } from './tidy-rules.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const project = new Project({ useInMemoryFileSystem: true, skipFileDependencyResolution: true });

/** Paths from the root, in one fixed order, of the files below a folder that end as asked. */
function below(folder: string, ending: string): readonly string[] {
  if (!existsSync(`${root}${folder}`)) return [];
  return readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending) && !path.includes('node_modules'))
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

const text = (path: string): string => readFileSync(`${root}${path}`, 'utf8');

const sources = ['language', 'engine', 'compiler', 'node']
  .flatMap((folder) => below(folder, '.ts'))
  .map((path) => [path, project.createSourceFile(path, text(path))] as const);

/** One offence per rule, in the order of the rules, and the path where it is planted. */
const plants: readonly (readonly [rule: string, path: string, source: string])[] = [
  ['imports go one way and enter another folder by its door', 'engine/plant.ts', "import type { A } from '../language/index.ts';"],
  ['imports go one way and enter another folder by its door', 'compiler/plant.ts', "import type { A } from '../engine/step.ts';"],
  ['imports go one way and enter another folder by its door', 'language/plant.ts', "export const a = import('../node/index.ts');"],
  ['a pure folder imports its own packages only', 'language/plant.ts', "import { readFileSync } from 'node:fs';"],
  ['a pure folder imports its own packages only', 'compiler/plant.ts', "import { setup } from 'xstate';"],
  ['index.ts of a top folder names its exports one by one, and nothing else re-exports', 'engine/index.ts', "export * from './step.ts';"],
  ['index.ts of a top folder names its exports one by one, and nothing else re-exports', 'engine/plant.ts', "export { a } from './step.ts';"],
  ['index.ts of a top folder names its exports one by one, and nothing else re-exports', 'node/git/index.ts', "export { a } from './step.ts';"],
  ['a file has 400 lines at most and a function 70', 'engine/plant.ts', '\n'.repeat(400) + 'const a = 1;'],
  ['a file has 400 lines at most and a function 70', 'engine/plant.ts', `function a() {${'\n'.repeat(70)}}`],
  ['names are kebab case, say what is in them, and lie at most two folders deep', 'engine/plantFile.ts', ''],
  ['names are kebab case, say what is in them, and lie at most two folders deep', 'node/utils.ts', ''],
  ['names are kebab case, say what is in them, and lie at most two folders deep', 'node/a/b/c/plant.ts', ''],
  ['a file opens with one to five lines that say what it is', 'engine/plant.ts', 'const a = 1;'],
  ['every export has a docstring', 'engine/plant.ts', '// A plant.\nexport const a: number = 1;'],
  ['no any, no non-null mark, and `as` only under an INVARIANT comment', 'node/plant.ts', "const a = 'b' as string;"],
  ['no any, no non-null mark, and `as` only under an INVARIANT comment', 'node/plant.ts', 'const a = [1][0]!;'],
  ['no any, no non-null mark, and `as` only under an INVARIANT comment', 'node/plant.ts', 'const a: any = 1;'],
  ['no default export, enum, namespace or parameter property', 'node/plant.ts', 'export default 1;'],
  ['no default export, enum, namespace or parameter property', 'node/plant.ts', 'export default function a() {}'],
  ['no default export, enum, namespace or parameter property', 'node/plant.ts', 'enum A { B }'],
  ['no default export, enum, namespace or parameter property', 'node/plant.ts', 'class A { constructor(readonly b: string) {} }'],
  ['the engine has no floats and follows no object in the order of its keys', 'engine/plant.ts', 'const a = 0.5;'],
  ['the engine has no floats and follows no object in the order of its keys', 'engine/plant.ts', 'const a = 1e3;'],
  ['the engine has no floats and follows no object in the order of its keys', 'engine/plant.ts', 'for (const key in {}) key;'],
  ['the engine has no floats and follows no object in the order of its keys', 'engine/plant.ts', 'for (const key of Object.keys(a)) key;'],
  ['pure folders have no try, no async and no lazy import', 'engine/plant.ts', 'try { f(); } finally { g(); }'],
  ['pure folders have no try, no async and no lazy import', 'engine/plant.ts', 'async function a() {}'],
];

describe('the tree', () => {
  for (const rule of tidyRules) {
    it(
      rule.name,
      () => {
        expect(sources.flatMap(([path, file]) => rule.check(file, path).map((offence) => `${path}: ${offence}`))).toEqual([]);
        // A busy machine reads the whole tree slowly.
      },
      600_000,
    );
  }

  it('holds every test file that is started first because it takes long', () => {
    const named = [...text('test/longest-first.ts').matchAll(/'(test\/[^']+)'/g)].map(([, path = '']) => path);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
  });

  it('takes properties from test/seeded.ts, which gives them their seed and lists as long as they may be', () => {
    const importing = below('test', '.ts').filter((path) => /^import .* from 'fast-check'/m.test(text(path)));
    expect(importing).toEqual(['test/seeded.ts']);
  });

  it('names no address of a registry, no path of one machine in any text that is shipped', () => {
    const machine = new RegExp(['/wo', 'rk/(main|shared)|"reso', 'lved":|regi', 'stry\\.npm'].join(''));
    const texts = ['.npmrc', 'package.json', 'package-lock.json', 'README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'].filter(
      (path) => existsSync(`${root}${path}`),
    );
    const all = [...texts, ...sources.map(([path]) => path), ...['test', 'docs', 'examples', 'bylaws', 'stdlib'].flatMap((folder) => below(folder, ''))];
    const files = all.filter((path) => /\.(ts|mjs|json|md|gdo|npmrc)$/.test(path));
    expect(files.filter((path) => machine.test(text(path)))).toEqual([]);
  });
});

describe('the decision records', () => {
  it('have a number each, and the number on their first line', () => {
    const records = below('docs/decisions', '.md').map((path) => [path.slice('docs/decisions/'.length, 'docs/decisions/'.length + 4), path] as const);
    expect(records.filter(([number], at) => records.findIndex(([other]) => other === number) !== at)).toEqual([]);
    expect(records.filter(([number, path]) => !text(path).startsWith(`# ${number} `))).toEqual([]);
  });

  it('are there where a text names one', () => {
    const numbers = new Set(below('docs/decisions', '.md').map((path) => path.slice('docs/decisions/'.length, 'docs/decisions/'.length + 4)));
    const texts = ['CHANGELOG.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...below('docs', '.md')].map((path) => [path, text(path)] as const);
    const named = texts.flatMap(([path, words]) => [...words.matchAll(/decisions\/([0-9]{4})/g)].map((match) => [path, match[1] ?? ''] as const));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(([, number]) => !numbers.has(number))).toEqual([]);
  });
});

describe('the package file', () => {
  const manifest = new Map<string, unknown>(Object.entries(JSON.parse(text('package.json'))));
  const versions = ['dependencies', 'devDependencies'].flatMap((group) => Object.entries(Object(manifest.get(group))));

  it('names every version exactly', () => {
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([]);
  });

  it('stays private and has at most 20 runtime dependencies, each with a decision record', () => {
    const runtime = Object.keys(Object(manifest.get('dependencies')));
    const records = below('docs/decisions', '.md').map(text).join('\n');
    expect(manifest.get('private')).toBe(true);
    expect(runtime.length).toBeLessThanOrEqual(20);
    expect(runtime.filter((name) => !records.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('a planted offence', () => {
  for (const [name, path, source] of plants) {
    it(`is seen in ${path}: ${source.trim().slice(0, 60)}`, () => {
      const file = new Project({ useInMemoryFileSystem: true, skipFileDependencyResolution: true }).createSourceFile(path, source);
      const offences = tidyRules.filter((rule) => rule.name === name).flatMap((rule) => rule.check(file, path));
      expect(offences).toHaveLength(1);
    });
  }

  it('exists for every rule', () => {
    expect(tidyRules.map((rule) => rule.name).filter((name) => !plants.some(([planted]) => planted === name))).toEqual([]);
  });
});
