// Scenarios in the tree: what the authors believe, line by line (S68). Nothing here computes.
import type { DateLiteral, Duration, Name, Span, Text, TimeLiteral } from './tree-terms.ts';

/** One line of a scenario (S68). */
export type ScenarioLine =
  | { readonly kind: 'given'; readonly role: Name; readonly people: readonly Name[]; readonly span: Span }
  | {
      readonly kind: 'on';
      readonly when: DateLiteral | { readonly kind: 'day'; readonly day: number; readonly span: Span };
      /** Time of that day in UTC, `at 20:14`; without it 00:00 on a date, and the start of the scenario's day. */
      readonly at?: TimeLiteral;
      readonly people: readonly Name[];
      readonly verb: Name;
      readonly object?: { readonly kind: 'text'; readonly text: Text } | { readonly kind: 'names'; readonly names: readonly Name[] };
      /** `about mal`: the subject or candidate of a case that is started (docs/decisions). */
      readonly about: readonly Name[];
      /** `as trainer`: the proposed role of a case that is started. */
      readonly proposed?: Name;
      readonly span: Span;
    }
  | { readonly kind: 'after'; readonly duration: Duration; readonly span: Span }
  | { readonly kind: 'expect'; readonly subject: Name; readonly is?: Name; readonly span: Span };

/** `scenario "..." ... end`. */
export interface ScenarioDeclaration {
  readonly kind: 'scenario';
  readonly title: Text;
  readonly lines: readonly ScenarioLine[];
  readonly span: Span;
}
