// Runs the tests that judge a mutant, for Stryker. Tests and sources are bundled once per run; every mutant gets a JavaScript realm of its own, so that
// nothing an earlier mutant left behind in a cache is seen, and code that is compiled once serves them all. It is no test runner for people: vitest is.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Script, constants, createContext } from 'node:vm';
import { ASYMMETRIC_MATCHERS_OBJECT, GLOBAL_EXPECT, JestAsymmetricMatchers, JestChaiExpect, JestExtend, chai, setState } from '@vitest/expect';
import { PluginKind, commonTokens, declareClassPlugin, declareValuePlugin, tokens } from '@stryker-mutator/api/plugin';
import { DryRunStatus, TestStatus, determineHitLimitReached, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import { build } from 'esbuild';

// Realms share what is compiled: it is worth compiling well, and keeping.
setFlagsFromString('--always-sparkplug');
setFlagsFromString('--no-flush-bytecode');

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

const expect = Object.assign((value, message) => chai.expect(value, message), chai.expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT]);
globalThis[GLOBAL_EXPECT] = expect;
setState({ assertionCalls: 0 }, expect);

const globals = (names) => Object.fromEntries(names.split(' ').map((name) => [name, globalThis[name]]));

/** What node offers and JavaScript does not. Typed arrays are those of this realm, because `Buffer` and `TextEncoder` make them. */
const offered = {
  ...globals('process console Buffer URL TextEncoder TextDecoder structuredClone setTimeout clearTimeout setImmediate queueMicrotask performance'),
  ...globals('ArrayBuffer Uint8Array Uint16Array Uint32Array Int32Array BigUint64Array BigInt64Array Float64Array DataView'),
};

/** Test files in the order in which they are asked; paths begin at the project's root. */
const files = (process.env['GDO_TESTS'] ?? '').split(',').filter((path) => path !== '');

/** One file of code: nothing of a module runs before it is asked for. */
async function bundled() {
  const root = process.cwd();
  const entry = [
    `globalThis.prepare = () => { require('./engine/index.ts'); require('./compiler/index.ts'); };`,
    `globalThis.load = { ${files.map((path) => `${JSON.stringify(path)}: () => require(${JSON.stringify(`./${path}`)})`).join(', ')} };`,
  ];
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents: entry.join('\n'), resolveDir: root, sourcefile: 'entry.js', loader: 'js' },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning',
    plugins: [
      {
        name: 'tests of this runner',
        setup(context) {
          context.onResolve({ filter: /^vitest$/ }, () => ({ path: 'vitest', namespace: 'runner' }));
          context.onLoad({ filter: /.*/, namespace: 'runner' }, () => ({ contents: 'module.exports = globalThis.vitest;', loader: 'js' }));
          context.onLoad({ filter: /\/test\/.*\.ts$/ }, ({ path }) => ({
            contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
            loader: 'ts',
          }));
        },
      },
    ],
  });
  return outputFiles[0].text;
}

/** What test files ask vitest for: tests are noted, not run. A name that comes twice in a file gets its number. */
function collector() {
  const noted = { tests: [], path: [], named: new Map() };
  const note = (name, run) => {
    const full = [...noted.path, name].join(' > ');
    const times = (noted.named.get(full) ?? 0) + 1;
    noted.named.set(full, times);
    noted.tests.push({ name: times === 1 ? full : `${full} (${times})`, run });
  };
  const each =
    (register) =>
    (table) =>
    (name, ...rest) => {
      const run = called(rest);
      for (const row of table) register(`${name} ${shown(row)}`, () => (Array.isArray(row) ? run(...row) : run(row)));
    };
  const it = (name, ...rest) => note(name, called(rest));
  const describe = (name, ...rest) => {
    noted.path.push(name);
    called(rest)();
    noted.path.pop();
  };
  const unless = (register) => (skipped) => (skipped ? () => undefined : register);
  Object.assign(it, { each: each(it), skipIf: unless(it) });
  Object.assign(describe, { each: each(describe), skipIf: unless(describe) });
  const collect = (load) => {
    Object.assign(noted, { tests: [], path: [], named: new Map() });
    try {
      load();
      return noted.tests;
    } catch (error) {
      return [{ name: unread, run: () => Promise.reject(error) }];
    }
  };
  return { collect, vitest: { describe, it, expect } };
}

/** The name of the test that stands for a file that could not be read to its end. */
const unread = '(unread)';

/** The function among what follows a name: options stand before it, a limit of time after it. */
const called = (words) => words.find((word) => typeof word === 'function');

/** The part of a row that tells tests of one table apart. */
function shown(row) {
  const first = Array.isArray(row) ? row[0] : row;
  return typeof first === 'string' || typeof first === 'number' || typeof first === 'bigint' ? String(first).slice(0, 80) : '';
}

/** What was found of mutants by runs that were killed: a line for each, in the file that GDO_JOURNAL names. */
const journal = process.env['GDO_JOURNAL'];

/** The digest of each file that is broken, with its tests. */
const digests = Object.entries(JSON.parse(process.env['GDO_DIGESTS'] ?? '{}'));

/** Which text a mutant is of, where it is and what it is; its number changes from run to run. */
function keyOf({ fileName, location, replacement }) {
  const [, digest] = digests.find(([file]) => fileName.endsWith(file)) ?? [];
  return JSON.stringify([digest, location, replacement]);
}

class RealmTestRunner {
  static inject = tokens(commonTokens.logger);

  constructor(log) {
    this.log = log;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    const code = await bundled();
    this.script = new Script(`(function (require, module, exports) {${code}\n})`, { filename: 'bundle.cjs' });
    this.require = createRequire(resolve('entry.js'));
    const lines = journal !== undefined && existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').slice(0, -1) : [];
    this.known = new Map(lines.map((line) => JSON.parse(line)));
  }

  /** A realm in which nothing has run yet. */
  realm(state) {
    const realm = createContext(constants.DONT_CONTEXTIFY);
    const { collect, vitest } = collector();
    Object.assign(realm, offered, { vitest, __stryker__: state });
    this.script.runInContext(realm)(this.require, {}, {});
    realm.prepare();
    return (file) => collect(realm.load[file]);
  }

  async dryRun() {
    const state = {};
    const testsOf = this.realm(state);
    const results = [];
    for (const file of files) {
      const before = results.length;
      state.currentTestId = `${file}#`;
      for (const test of testsOf(file)) {
        state.currentTestId = `${file}#${test.name}`;
        results.push(await outcome(file, test));
      }
      // What runs while a file is read decides what its tests see: each of them covers it.
      const { perTest = {} } = state.mutantCoverage ?? {};
      for (const { id } of results.slice(before)) perTest[id] = summed(perTest[id] ?? {}, perTest[`${file}#`] ?? {});
      delete perTest[`${file}#`];
    }
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage: state.mutantCoverage ?? { static: {}, perTest: {} } };
  }

  async mutantRun(options) {
    const key = keyOf(options.activeMutant);
    const result = this.known.get(key) ?? (await this.judge(options));
    if (journal !== undefined && !this.known.has(key)) appendFileSync(journal, `${JSON.stringify([key, result])}\n`);
    return result;
  }

  async judge({ activeMutant, testFilter, hitLimit, mutantActivation }) {
    const asked = testFilter === undefined ? undefined : new Set(testFilter);
    const state = { hitCount: 0, hitLimit };
    if (mutantActivation === 'static') state.activeMutant = activeMutant.id;
    const results = [];
    const done = () => toMutantRunResult(determineHitLimitReached(state.hitCount, hitLimit) ?? { status: DryRunStatus.Complete, tests: results });
    const testsOf = this.realm(state);
    state.activeMutant = activeMutant.id;
    for (const file of files) {
      if (asked !== undefined && ![...asked].some((id) => id.startsWith(`${file}#`))) continue;
      for (const test of testsOf(file)) {
        const id = `${file}#${test.name}`;
        if (asked !== undefined && !asked.has(id) && test.name !== unread) continue;
        const result = await outcome(file, test);
        results.push(result);
        if (result.status === TestStatus.Failed) return done();
      }
    }
    return done();
  }
}

async function outcome(file, { name, run }) {
  const test = { id: `${file}#${name}`, name: `${file} ${name}`, fileName: resolve(file) };
  const start = performance.now();
  try {
    await run();
    return { ...test, status: TestStatus.Success, timeSpentMs: performance.now() - start };
  } catch (error) {
    return { ...test, status: TestStatus.Failed, failureMessage: String(error?.message ?? error).slice(0, 500), timeSpentMs: performance.now() - start };
  }
}

function summed(left, right) {
  const sum = { ...left };
  for (const [id, hits] of Object.entries(right)) sum[id] = (sum[id] ?? 0) + hits;
  return sum;
}

const claims = ['invariant', 'unreachable'];

/** Claims about our own code are not broken: no input reaches what would be said then. The cases of a full switch end in one. */
const claimIgnorer = {
  shouldIgnore(path) {
    const { node } = path;
    const isClaim = (one) => one?.type === 'CallExpression' && claims.includes(one.callee.name);
    const isLastCase = node.type === 'SwitchCase' && node.test === null && isClaim(node.consequent[0]?.argument);
    return isClaim(node) || isLastCase ? 'a claim about our own code' : undefined;
  },
};

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'realm', RealmTestRunner),
  declareValuePlugin(PluginKind.Ignore, 'claims', claimIgnorer),
];
