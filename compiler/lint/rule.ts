// What a lint rule is: one file with its code, its page and its check. The list of rules is index.ts's.
import type { Charter } from '../../engine/index.ts';
import type { Diagnostic, DiagnosticCode } from '../../language/index.ts';
import type { SourcePlace } from '../finding.ts';

/** What a rule looks at: the Charter and where each part of it was written. */
export interface Model {
  readonly charter: Charter;
  readonly sources: ReadonlyMap<object, SourcePlace>;
  readonly heads: ReadonlyMap<object, SourcePlace>;
}

/**
 * A structural rule. `bad` and `good` are fragments of bylaws that `framed` completes: `bad` gives exactly this code, `good` gives none.
 * Source: check.md section 2.
 */
export interface LintRule {
  readonly code: DiagnosticCode;
  /** The name in check.md, as `allow` takes it. */
  readonly name: string;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  readonly bad: string;
  readonly good: string;
  /** Finds every breach. Pure; order does not matter. */
  readonly check: (model: Model) => readonly Diagnostic[];
}

/** The place to show for a part of the Charter: its name, else its clause, else those of `fallback` where a part was never written. Pure. */
export function placeIn(model: Model, thing: object, fallback: object): SourcePlace {
  return (
    model.heads.get(thing) ?? model.sources.get(thing) ?? model.heads.get(fallback) ?? model.sources.get(fallback) ?? { file: '', span: { start: 0, end: 0 } }
  );
}

/** Completes a fragment to bylaws that have no finding of their own; a fragment that begins with `gdo 1` is complete. Pure. */
export function framed(fragment: string): string {
  if (fragment.startsWith('gdo 1')) return fragment;
  const bylaws = fragment.includes('area bylaws') ? '' : 'area bylaws covers "bylaws/**"\n\n';
  const amendment = fragment.includes('process amendment') ? '' : frameAmendment;
  return `gdo 1\n\norganization "Example"\n  day ends "UTC"\nend\n\n${bylaws}${frameRole}${amendment}${fragment}`;
}

const frameRole = `role keeper plural keepers
  held by 5 to 9 people
  first held by "ada", "ben", "chi", "dev", "eve"
  gained through keeping
  lost through resignation
end

process keeping
  started by any keeper
  vote ballot
    voters keepers
    open for 7 days
    quorum at least 1/2 of keepers voting
    passes when more than 1/2 of votes cast are yes
    when passed go to kept
    otherwise go to refused
  end
  outcome kept
    grant keeper to the candidate
  end
end

`;

const frameAmendment = `process amendment
  governs bylaws
  started by any keeper
  vote ballot
    voters keepers
    open for 14 days
    quorum at least 2/3 of keepers voting
    passes when at least 2/3 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end

`;
