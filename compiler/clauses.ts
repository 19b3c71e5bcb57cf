// Picks clauses of one kind out of a block. Whether a clause may stand twice was the parser's question (S138).
import type { AllowClause } from '../language/index.ts';
import type { Context } from './scope.ts';

/** All clauses of a kind, in source order. Pure. */
export function clausesOf<C extends { readonly kind: string }, K extends C['kind']>(
  clauses: readonly C[],
  kind: K,
): readonly Extract<C, { readonly kind: K }>[] {
  return clauses.filter((clause): clause is Extract<C, { readonly kind: K }> => clause.kind === kind);
}

/** The first clause of a kind. Pure. */
export function firstClause<C extends { readonly kind: string }, K extends C['kind']>(
  clauses: readonly C[],
  kind: K,
): Extract<C, { readonly kind: K }> | undefined {
  return clausesOf(clauses, kind)[0];
}

/** Collects the `allow` lines of a block; `subject` is the compiled thing they stand in, undefined for the whole organization. */
export function noteAllowances(context: Context, clauses: readonly { readonly kind: string }[], subject: object | undefined): void {
  for (const clause of clauses) {
    if (isAllow(clause)) context.allowances.push({ clause, file: context.scope.file, subject });
  }
}

function isAllow(clause: { readonly kind: string }): clause is AllowClause {
  return clause.kind === 'allow';
}
