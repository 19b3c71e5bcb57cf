// Finds the history behind a finding of compiled bylaws. How it is played is scenario.ts's.
import type { Compiled } from './compile.ts';
import { modelOf } from './lint/rule.ts';
import { lintRules } from './lint/rules.ts';
import type { Witness } from './witness.ts';

/** The history that shows what a code is about in these bylaws; undefined where the rule finds nothing or has none. Pure. */
export function witnessOf(compiled: Compiled, code: string): Witness | undefined {
  const { charter } = compiled;
  return charter === undefined ? undefined : lintRules.find((rule) => rule.code === code)?.witness?.(modelOf(compiled, charter));
}
