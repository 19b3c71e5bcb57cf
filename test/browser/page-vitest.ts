// Stands for vitest in a page: the same assertions, and as much of its describing as the contract of repositories uses. It runs one test after another and tells how each ended.
import { JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';
import * as chai from 'chai';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

/** How one test ended: undefined is well. */
export interface TestEnd {
  readonly name: string;
  readonly fault: string | undefined;
}

type Body = (...given: readonly unknown[]) => unknown;
type Cleaning = (() => unknown) | undefined;

interface Test {
  readonly name: string;
  readonly run: () => Promise<void>;
}

const tests: Test[] = [];
const last: (() => unknown)[] = [];
let path: readonly string[] = [];
let befores: readonly (() => unknown)[] = [];

function titled(title: string, row: unknown): string {
  const first: unknown = Array.isArray(row) ? row[0] : row;
  return title.replace(/\$name/, String(first instanceof Object && 'name' in first ? first.name : '')).replace(/%[sj]/, String(first));
}

/** Describes what belongs together. */
export function describe(name: string, body: () => void): void {
  const outer = { path, befores };
  path = [...path, name];
  body();
  ({ path, befores } = outer);
}

describe.each =
  (rows: readonly unknown[]) =>
  (title: string, body: Body): void => {
    for (const row of rows) describe(titled(title, row), () => void body(row));
  };

/** One test. */
export function it(name: string, body: Body): void {
  const before = befores;
  tests.push({
    name: [...path, name].join(' > '),
    run: async () => {
      const cleanings: Cleaning[] = [];
      for (const one of before) {
        const cleaning = await one();
        if (typeof cleaning === 'function') cleanings.push(() => cleaning());
      }
      try {
        await body();
      } finally {
        for (const one of cleanings) await one?.();
      }
    },
  });
}

it.each =
  (rows: readonly unknown[]) =>
  (title: string, body: Body): void => {
    for (const row of rows) it(titled(title, row), () => body(...(Array.isArray(row) ? row : [row])));
  };

/** Runs before each test of a description. What it gives back runs after it. */
export function beforeEach(body: () => unknown): void {
  befores = [...befores, body];
}

/** Runs after all tests. */
export function afterAll(body: () => unknown): void {
  last.push(body);
}

/** The assertions of vitest. */
export const expect: typeof chai.expect = chai.expect;

/** Runs all that was described. */
export async function runTests(): Promise<readonly TestEnd[]> {
  const ends: TestEnd[] = [];
  for (const { name, run } of tests) {
    try {
      await run();
      ends.push({ name, fault: undefined });
    } catch (error) {
      ends.push({ name, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  for (const one of last) await one();
  return ends;
}
