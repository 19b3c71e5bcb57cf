// Scenarios in the tree: what the authors believe, line by line (S68). Nothing here computes.
import type { Amount, DateLiteral, Duration, Name, Path, Span, Text, TimeLiteral, Value } from './tree-terms.ts';

/** Who acts: people by name, or so many of a role: `4 members`, `4 other members`, and without a count all the others: `other members`. */
export type ScenarioPeople =
  | { readonly kind: 'names'; readonly names: readonly Name[]; readonly span: Span }
  | { readonly kind: 'heads'; readonly count?: number; readonly other: boolean; readonly role: Name; readonly span: Span };

/** What people have: so much of a measure (`50 contributions`), or an attribute with its value (`employer "Acme"`). */
export type ScenarioHad =
  | { readonly kind: 'amount'; readonly amount: number; readonly name: Name }
  | { readonly kind: 'value'; readonly name: Name; readonly value: Text };

/** What a ballot gives an option: `cy 2`. */
export interface ScenarioScore {
  readonly option: Name;
  readonly points: number;
}

/** What is so on the first day: `members are ana, bo`, `9 members joined 2026-01-01`, `ana joined 2026-01-01`. */
export type ScenarioGiven =
  | { readonly kind: 'given'; readonly role: Name; readonly people: readonly Name[]; readonly span: Span }
  | { readonly kind: 'given-heads'; readonly count: number; readonly role: Name; readonly joined?: DateLiteral; readonly span: Span }
  | { readonly kind: 'given-joined'; readonly people: readonly Name[]; readonly joined: DateLiteral; readonly span: Span }
  | { readonly kind: 'given-have'; readonly people: readonly Name[]; readonly had: ScenarioHad; readonly span: Span };

/** What shall be so now: where a case stands, that the last act was refused, who holds a role. */
export type ScenarioExpectation =
  | { readonly kind: 'expect'; readonly subject: Name; readonly is?: Name; readonly span: Span }
  | { readonly kind: 'expect-refusal'; readonly code?: Name; readonly span: Span }
  | { readonly kind: 'expect-has'; readonly person: Name; readonly amount: number; readonly name: Name; readonly span: Span }
  | { readonly kind: 'expect-holds'; readonly person: Name; readonly not: boolean; readonly role: Name; readonly span: Span };

/** One line of a scenario (S68). */
export type ScenarioLine =
  | ScenarioGiven
  | {
      readonly kind: 'on';
      readonly when: DateLiteral | { readonly kind: 'day'; readonly day: number; readonly span: Span };
      /** Time of that day in UTC, `at 20:14`; without it 00:00 on a date, and the start of the scenario's day. */
      readonly at?: TimeLiteral;
      readonly people: ScenarioPeople;
      readonly verb: Name;
      /** A choice may come with its reason, `no "too dear"`, and a named option with its content. */
      readonly object?:
        | { readonly kind: 'text'; readonly text: Text }
        | { readonly kind: 'amount'; readonly amount: number; readonly name: Name }
        | { readonly kind: 'names'; readonly names: readonly Name[]; readonly text?: Text }
        | { readonly kind: 'scores'; readonly scores: readonly ScenarioScore[]; readonly text?: Text };
      /** `for 120.50 EUR`: the amount that a case asks for. */
      readonly price?: { readonly amount: Amount; readonly currency: Name };
      /** `about mal`: the subject or candidate of a case that is started (docs/decisions). */
      readonly about: readonly Name[];
      /** `to bo`: to whom something is delegated, issued or paid. */
      readonly to?: Name;
      /** `as trainer`: the proposed role of a case that is started. */
      readonly proposed?: Name;
      /** `with "policy/doors.md"`: the files that a case or an edit changes. */
      readonly files: readonly Text[];
      /** `with proposal.ballot.open set to 23 hours`: the bylaws that a case or an edit wants, but for this as they are. */
      readonly amended?: { readonly path: Path; readonly value: Value };
      readonly span: Span;
    }
  | { readonly kind: 'after'; readonly duration: Duration; readonly span: Span }
  | ScenarioExpectation;

/** `scenario "..." ... end`. */
export interface ScenarioDeclaration {
  readonly kind: 'scenario';
  readonly title: Text;
  readonly lines: readonly ScenarioLine[];
  readonly span: Span;
}
