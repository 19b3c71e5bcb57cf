// What an amendment means to people: each difference of two Charters by itself, with its class, the sentences before and after, how many people it takes,
// and what protects it. A clause is judged by putting it alone into the old bylaws, so no difference hides behind another. It compares no texts.
import type { Charter, CharterChange } from '../../engine/index.ts';
import { fullPath, touches } from '../../engine/index.ts';
import type { ChangeClass } from './direction.ts';
import { declarationChanges } from './declaration-changes.ts';
import { processChanges } from './process-changes.ts';

/**
 * One difference. `path` as protections name it; `before` and `after` are the sentences that are gone and that are new, empty where the clause only says
 * the default. `people`: how many bring the process to acceptance, where that number moves. `protectedBy`: the process that alone may make this change,
 * or `never`.
 */
export interface RuleChange {
  readonly kind: ChangeClass;
  readonly path: readonly string[];
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly people?: { readonly before: number; readonly after: number };
  readonly note?: string;
  readonly protectedBy?: string;
}

/** The classes in the order in which people should read them. */
const order: readonly ChangeClass[] = ['easier', 'power', 'harder', 'other', 'wording'];

/**
 * Every difference of two sets of bylaws, easier ones first, in each class in the order of the old text. Empty for bylaws that mean the same and have the
 * same titles. Pure. Source: check.md section 4, docs/decisions/0135
 */
export function ruleChanges(before: Charter, after: Charter): readonly RuleChange[] {
  const all = [...declarationChanges(before, after), ...processChanges(before, after)].map((change) => withProtection(before, change));
  return order.flatMap((kind) => all.filter((change) => change.kind === kind));
}

function withProtection(before: Charter, change: RuleChange): RuleChange {
  const own: CharterChange = { kind: 'changed', path: change.path, wordingOnly: change.kind === 'wording' };
  const found = before.protections.find((one) => one.paths.some((path) => touches(own, fullPath(before, path))));
  const guard = found?.neverChanged === true ? 'never' : found?.changedThrough;
  return guard === undefined ? change : { ...change, protectedBy: guard };
}
