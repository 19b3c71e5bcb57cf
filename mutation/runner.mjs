// Runs the tests that judge a mutant, for Stryker. Tests and sources are bundled once per run, and one JavaScript realm is kept warm for many mutants: a
// test that fails under a mutant must pass without it in the same realm, or the realm is given up. It is no test runner for people: vitest is.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Script, constants, createContext } from 'node:vm';
import { ASYMMETRIC_MATCHERS_OBJECT, GLOBAL_EXPECT, JestAsymmetricMatchers, JestChaiExpect, JestExtend, chai, setState } from '@vitest/expect';
import { PluginKind, commonTokens, declareClassPlugin, declareValuePlugin, tokens } from '@stryker-mutator/api/plugin';
import { DryRunStatus, MutantRunStatus, TestStatus, determineHitLimitReached, toMutantRunResult } from '@stryker-mutator/api/test-runner';
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

const pathsIn = (name) => (process.env[name] ?? '').split(',').filter((path) => path !== '');

/** Test files in the order in which they are asked; paths begin at the project's root. */
const files = pathsIn('GDO_TESTS');

/** All test files whose word counts: of these, some that were asked earlier may not be asked now. */
const judges = [...new Set([...files, ...pathsIn('GDO_JUDGES')])];

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

/** What was found of mutants by earlier runs: a line for each, in the file that GDO_JOURNAL names. */
const journal = process.env['GDO_JOURNAL'];

/** The digest of each file that is broken, without its tests. */
const digests = Object.entries(JSON.parse(process.env['GDO_DIGESTS'] ?? '{}'));

/** Which share of the mutants is judged; of two shares the smaller one lies in the larger one. */
const share = Number(process.env['GDO_SHARE'] ?? '1');

/** When no further mutant is judged. */
const untilMs = Number(process.env['GDO_UNTIL'] ?? 'Infinity');

/** Tests that take so long together when nothing is broken judge a mutant at most: hundreds of quick ones, and those that play charters by chance last. */
const costMaxMs = 6_000;

/** A test that takes so much longer than with nothing broken does not end. A busy machine takes ten times as long. */
const limitMs = (costMs) => Math.ceil(10_000 + 20 * costMs);

/** Stryker takes a place that runs a hundred times as often as in all tests together for an endless loop; twice is enough, and much sooner over. */
const hitsShare = 50;

const digestOf = (text) => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Which text a mutant is of, where it is and what it is; its number changes from run to run. */
function keyOf({ fileName, location, replacement }) {
  const [, digest] = digests.find(([file]) => fileName.endsWith(file)) ?? [];
  return JSON.stringify([digest, location, replacement]);
}

/** What Stryker puts in to count what is covered: nobody asks for it while mutants are judged. */
const coverage = /stryCov_\w+\((?:"\d+"(?:,\s*)?)+\)/g;

class RealmTestRunner {
  static inject = tokens(commonTokens.logger);

  constructor(log) {
    this.log = log;
    /** How many mutants each test noticed, and what it cost when nothing was broken: those that notice most for their time are asked first. */
    this.noticed = new Map();
    this.costMs = new Map();
    /** Mutants that something runs while a test file is read: they need a realm of their own. */
    this.atReading = new Set();
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    const code = await bundled();
    const scriptOf = (text) => new Script(`(function (require, module, exports) {${text}\n})`, { filename: 'bundle.cjs' });
    this.counting = scriptOf(code);
    this.judging = scriptOf(code.replaceAll(coverage, '0'));
    this.require = createRequire(resolve('entry.js'));
    const lines = journal !== undefined && existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').slice(0, -1) : [];
    this.known = new Map(lines.map((line) => JSON.parse(line)));
    this.testDigests = new Map(judges.map((file) => [file, digestOf(readFileSync(file, 'utf8'))]));
    const digestOfTests = (paths) => digestOf(JSON.stringify(paths.map((file) => [file, this.testDigests.get(file)])));
    this.asked = digestOfTests(files);
    this.current = new Set([...this.testDigests.values(), this.asked, digestOfTests(judges)]);
  }

  /** A realm in which nothing has run yet: the tests of each file, read when they are first asked for. */
  realm(script, state) {
    const realm = createContext(constants.DONT_CONTEXTIFY);
    const { collect, vitest } = collector();
    Object.assign(realm, offered, { vitest, __stryker__: state });
    script.runInContext(realm)(this.require, {}, {});
    realm.prepare();
    const read = new Map();
    return (file) => {
      if (!read.has(file)) read.set(file, collect(realm.load[file]));
      return read.get(file);
    };
  }

  async dryRun() {
    const state = {};
    const testsOf = this.realm(this.counting, state);
    const results = [];
    for (const file of files) {
      const before = results.length;
      state.currentTestId = `${file}#`;
      for (const test of testsOf(file)) {
        state.currentTestId = `${file}#${test.name}`;
        const startMs = process.cpuUsage().user / 1000;
        const result = await outcome(file, test);
        results.push(result);
        this.costMs.set(result.id, process.cpuUsage().user / 1000 - startMs);
      }
      // What runs while a file is read decides what its tests see: each of them covers it.
      const { perTest = {} } = state.mutantCoverage ?? {};
      const read = perTest[`${file}#`] ?? {};
      for (const mutant of Object.keys(read)) this.atReading.add(mutant);
      for (const { id } of results.slice(before)) perTest[id] = summed(perTest[id] ?? {}, read);
      delete perTest[`${file}#`];
    }
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage: state.mutantCoverage ?? { static: {}, perTest: {} } };
  }

  /**
   * A mutant that a test noticed stays noticed while that test file is as it was; any other is judged again when a test changes, or stays a survivor where
   * no time is left: a figure is only lower by it.
   */
  async mutantRun(options) {
    const key = keyOf(options.activeMutant);
    const [under, earlier] = this.known.get(key) ?? [];
    const isLate = Date.now() > untilMs;
    if (this.current.has(under) || (isLate && earlier?.status === MutantRunStatus.Survived)) return earlier;
    if (earlier === undefined && (isLate || parseInt(digestOf(key).slice(0, 8), 16) >= share * 2 ** 32))
      return { status: MutantRunStatus.Error, errorMessage: 'not in the sample' };
    const { failed, result } = await this.judge(options);
    const by = failed === undefined ? undefined : this.testDigests.get(failed.file);
    if (journal !== undefined) appendFileSync(journal, `${JSON.stringify([key, [by ?? this.asked, result]])}\n`);
    return result;
  }

  async judge({ activeMutant, testFilter, hitLimit, mutantActivation }) {
    const { id } = activeMutant;
    const limits = { hitLimit: hitLimit === undefined ? undefined : Math.ceil(hitLimit / hitsShare), ids: this.ordered(testFilter) };
    if (mutantActivation !== 'static' && !this.atReading.has(id)) {
      this.warm ??= this.warmRealm();
      const { state, testsOf } = this.warm;
      const found = await this.judgeIn(state, testsOf, id, limits);
      const isSound = found.failed === undefined || (await passes(found.failed));
      // What never ran was answered out of a cache that an earlier mutant filled.
      if (!isSound || found.result.status === MutantRunStatus.Timeout) this.warm = undefined;
      if (isSound && found.hits > 0) return found;
    }
    const state = mutantActivation === 'static' ? { activeMutant: id } : {};
    return this.judgeIn(state, this.realm(this.judging, state), id, limits);
  }

  warmRealm() {
    const state = {};
    return { state, testsOf: this.realm(this.judging, state) };
  }

  /** Those that noticed most mutants for their time first, and not more than a survivor is worth. */
  ordered(testFilter) {
    const costOf = (id) => this.costMs.get(id) ?? 0;
    const worth = (id) => ((this.noticed.get(id) ?? 0) + 1) / (costOf(id) + 1);
    let costMs = 0;
    return testFilter
      ?.toSorted((left, right) => worth(right) - worth(left))
      .filter((id) => {
        const isInTime = costMs <= costMaxMs;
        costMs += costOf(id);
        return isInTime;
      });
  }

  async judgeIn(state, testsOf, mutant, { hitLimit, ids }) {
    Object.assign(state, { hitCount: 0, hitLimit });
    const results = [];
    let failed;
    let endless;
    for (const { file, test, id } of this.tests(state, testsOf, ids, mutant)) {
      state.activeMutant = mutant;
      const result = await outcome(file, test, limitMs(this.costMs.get(id) ?? 0));
      if (result === undefined) endless = { status: DryRunStatus.Timeout, reason: `${id} does not end` };
      else results.push(result);
      if (result?.status === TestStatus.Success) continue;
      this.noticed.set(id, (this.noticed.get(id) ?? 0) + 1);
      failed = { file, test };
      break;
    }
    state.activeMutant = undefined;
    const complete = { status: DryRunStatus.Complete, tests: results };
    const result = toMutantRunResult(determineHitLimitReached(state.hitCount, hitLimit) ?? endless ?? complete);
    return { failed, result, hits: state.hitCount };
  }

  /** The tests that are asked for, one after the other; a file that could not be read to its end has one test that says so. */
  *tests(state, testsOf, ids, mutant) {
    const wanted = ids ?? files.flatMap((file) => testsOf(file).map(({ name }) => `${file}#${name}`));
    for (const id of wanted) {
      const file = id.slice(0, id.indexOf('#'));
      if (this.atReading.has(mutant)) state.activeMutant = mutant;
      const test = testsOf(file).find(({ name }) => name === unread || `${file}#${name}` === id);
      if (test !== undefined) yield { file, test, id };
    }
  }
}

async function passes({ file, test }) {
  const { status } = await outcome(file, test);
  return status === TestStatus.Success;
}

/** Calls what `asked` holds: a script can be ended from outside, a function cannot. */
const call = new Script('asked()');

/** What a test says; undefined where it has not ended by then. What it waits for is not limited here: Stryker does. */
async function outcome(file, { name, run }, timeout = 3_600_000) {
  const test = { id: `${file}#${name}`, name: `${file} ${name}`, fileName: resolve(file) };
  const start = performance.now();
  try {
    globalThis.asked = run;
    await call.runInThisContext({ timeout });
    return { ...test, status: TestStatus.Success, timeSpentMs: performance.now() - start };
  } catch (error) {
    if (error?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
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
