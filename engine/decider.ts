// Who decides a tie: those a rule names, without whoever is a party or recused, but where the text says `though concerned` (S37, S134). It decides nothing.
import type { CharterTieRule } from './bylaws-stages.ts';
import type { CaseScope } from './actor.ts';
import { isMeant } from './actor.ts';
import { isRecused } from './recused.ts';

/** A tie rule that names somebody. */
export type DecidedTie = CharterTieRule & { readonly kind: 'decided' };

/** The scope in which a rule names its people: recusals are judged with the parties, and with `though concerned` nobody is taken off the roster (S134). */
export function decidingScope(scope: CaseScope, rule: DecidedTie): CaseScope {
  const { recusals: _recusals, ...unconcerned } = scope.record;
  const frozen = rule.thoughConcerned === undefined ? scope.frozen : { ...scope.frozen, except: [] };
  return { ...scope, record: unconcerned, frozen };
}

/** True iff a person whom the rule names is skipped: a party of the case, or recused (S37, S134). */
export function isSkipped({ record }: CaseScope, rule: DecidedTie, member: string): boolean {
  if (rule.thoughConcerned !== undefined) return false;
  return isRecused(record, member) || [record.author, ...record.candidates, ...record.subjects].includes(member);
}

/** True iff a person may decide a tie by a rule, as the rosters of its vote are. */
export function isDecider(scope: CaseScope, rule: DecidedTie, member: string): boolean {
  return isMeant(decidingScope(scope, rule), rule.by, member) && !isSkipped(scope, rule, member);
}
