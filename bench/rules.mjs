// Exact quorum and threshold rules: gdo's fractions against an expression language planned once and a policy engine with its policies parsed once.
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { celEnv, parse, plan } from '@bufbuild/cel';
import { build } from 'esbuild';
import { lowerQuartiles } from './clock.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cedar = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs');
const evaluations = 20_000;

/** The engine's own comparison, which no door exports. */
async function quantities() {
  const outfile = `${root}dist/bench/quantity.mjs`;
  const stdin = { contents: "export { meetsBound, meetsQuantity } from './engine/quantity.ts';", resolveDir: root, loader: 'ts' };
  await build({ absWorkingDir: root, stdin, outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' });
  return import(pathToFileURL(outfile).href);
}

/** "A third of the members vote, and more than half of the votes cast are yes", as each of them writes it; true for exactly the same numbers. */
async function rules() {
  const { meetsBound, meetsQuantity } = await quantities();
  const third = { kind: 'part', role: 'members', amount: { kind: 'share', numerator: 1, denominator: 3 } };
  const half = { kind: 'share', numerator: 1, denominator: 2 };
  const planned = plan(celEnv(), parse('voting * 3 >= members && yes * 2 > cast'));
  const policy = 'permit(principal, action, resource) when { context.voting * 3 >= context.members && context.yes * 2 > context.cast };';
  const read = cedar.preparsePolicySet('rule', { staticPolicies: { rule: policy } });
  if (read.type !== 'success') throw new Error(JSON.stringify(read));
  const who = {
    principal: { type: 'P', id: 'p' },
    action: { type: 'Action', id: 'a' },
    resource: { type: 'R', id: 'r' },
    preparsedPolicySetId: 'rule',
    entities: [],
  };
  return [
    {
      name: 'gdo, exact fractions',
      holds: ({ voting, members, yes, cast }) =>
        meetsBound(
          () => BigInt(voting),
          'at-least',
          third,
          () => BigInt(members),
        ) && meetsQuantity(BigInt(yes), 'more-than', half, BigInt(cast)),
    },
    {
      name: '@bufbuild/cel, planned',
      goal: 3,
      holds: ({ voting, members, yes, cast }) => planned({ voting: BigInt(voting), members: BigInt(members), yes: BigInt(yes), cast: BigInt(cast) }) === true,
    },
    { name: 'cedar-wasm, stateful', goal: 200, holds: (context) => cedar.statefulIsAuthorized({ ...who, context }).response?.decision === 'allow' },
  ];
}

const numbersOf = (index) => {
  const members = 3 + (index % 97);
  const voting = (index * 7) % (members + 1);
  const cast = (index * 5) % (voting + 1);
  return { members, voting, cast, yes: (index * 3) % (cast + 1) };
};

/** Rows of the table. Fails where the three do not agree on every case. */
export async function ruleRows() {
  const entries = await rules();
  const cases = Array.from({ length: evaluations }, (_, index) => numbersOf(index));
  for (const one of cases.slice(0, 2_000)) {
    const answers = entries.map(({ holds }) => holds(one));
    if (new Set(answers).size !== 1) throw new Error(`${JSON.stringify(one)} is ${answers.join(', ')}`);
  }
  const shares = entries.map(({ goal }) => (goal === 200 ? cases.slice(0, 1_000) : cases));
  const runners = entries.map(({ holds }, index) => ({
    prepare: () => shares[index],
    run: (input) => {
      let met = 0;
      for (const one of input) if (holds(one)) met += 1;
      if (met === 0) throw new Error('no case was met');
    },
  }));
  const rates = lowerQuartiles(runners, 15).map((seconds, index) => shares[index].length / seconds);
  return entries.map(({ name, goal }, index) => ({
    what: `rule, ${name}`,
    rate: rates[index],
    ratio: goal === undefined ? undefined : rates[0] / rates[index],
    goal,
  }));
}
