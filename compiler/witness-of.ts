// Finds the history behind a finding of compiled bylaws. How it is played is scenario.ts's.
import { analysesOf } from './analysis/analyses.ts';
import type { Compiled } from './compile.ts';
import { lintRules } from './lint/rules.ts';
import type { Witness } from './witness.ts';

/** The history that shows what a code is about in these bylaws; undefined where the rule finds nothing or has none. Pure. */
export function witnessOf(compiled: Compiled, code: string): Witness | undefined {
  const { charter, sources, heads } = compiled;
  if (charter === undefined) return undefined;
  return lintRules.find((rule) => rule.code === code)?.witness?.({ charter, sources, heads, analyses: analysesOf(charter) });
}
