// A finding about bylaws as a value: what is wrong, why it matters to people, what to do, and where. Printing is node/cli's.
import type { Span } from './tree-terms.ts';

/** A stable code of `codes.ts`, such as `GDO301`. */
export type DiagnosticCode = `GDO${string}`;

/** How bad a finding is: `error` cannot work or hands power over, `warning` is a known accident, `info` a fact to know (check.md section 1). */
export type Severity = 'error' | 'warning' | 'info';

/** A place in one file, with the words shown beside it. */
export interface Place {
  readonly file: string;
  readonly span: Span;
  readonly label: string;
}

/** An edit that would mend the finding; `safe` ones never change who decides, how many, or by when (check.md section 6). */
export interface Fix {
  readonly safety: 'safe' | 'unsafe';
  readonly edits: readonly { readonly file: string; readonly span: Span; readonly text: string }[];
}

/**
 * One finding. `message` is one plain sentence: capital first, no full stop, the user's words in backticks. `why` says what it means
 * for people, `help` what to do. `related` places come in text order. Source: house-style.md, "When things go wrong".
 */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly place: Place;
  readonly related: readonly Place[];
  readonly why: string;
  readonly help: string;
  readonly fixes: readonly Fix[];
}
