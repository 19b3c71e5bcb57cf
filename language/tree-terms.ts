// Parts that many clauses of the tree share: spans, names, amounts, actors, limits (language.md section 4). Nothing here computes.

/** A piece of one file: offsets in UTF-16 code units, 0-based, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A word that names something, as written; `$word` (a parameter of a module) keeps its `$`. */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** A string literal without its quotes. */
export interface Text {
  readonly text: string;
  readonly span: Span;
}

/** A unit of time, in the singular. */
export type DurationUnit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** A length of time as written, or a parameter of a module. */
export type Duration =
  | { readonly kind: 'duration'; readonly count: number; readonly unit: DurationUnit; readonly span: Span }
  | { readonly kind: 'parameter'; readonly name: Name; readonly span: Span };

/** A quantity as written; `decimal` and `percent` keep their digits (`66.67`), a fraction both its terms. */
export type Amount =
  | { readonly kind: 'integer'; readonly digits: string; readonly span: Span }
  | { readonly kind: 'decimal'; readonly digits: string; readonly span: Span }
  | { readonly kind: 'percent'; readonly digits: string; readonly span: Span }
  | { readonly kind: 'fraction'; readonly numerator: string; readonly denominator: string; readonly span: Span }
  | { readonly kind: 'parameter'; readonly name: Name; readonly span: Span };

/** `2027-03-01` or `2027-03-01T14:00Z`, as written; always UTC. */
export interface DateLiteral {
  readonly kind: 'date';
  readonly text: string;
  readonly span: Span;
}

/** `HH:MM`, local time of the organization (S91). */
export interface TimeLiteral {
  readonly text: string;
  readonly span: Span;
}

/** A value of a parameter, a bound or a setting. */
export type Value =
  | Exclude<Amount, { readonly kind: 'parameter' }>
  | Exclude<Duration, { readonly kind: 'parameter' }>
  | DateLiteral
  | { readonly kind: 'text'; readonly text: string; readonly span: Span }
  | { readonly kind: 'name'; readonly name: Name; readonly span: Span };

/** How a number is compared, such as `at least`. */
export type Comparison = 'at-least' | 'at-most' | 'more-than' | 'fewer-than' | 'exactly';

/** `amendment.both.ballot.open`: names joined by dots. */
export interface Path {
  readonly parts: readonly Name[];
  readonly span: Span;
}

/** `NAME plural NAMES "Title"`. */
export interface Head {
  readonly name: Name;
  readonly plural?: Name;
  readonly title?: Text;
}

/** `all ROLE`, `all but K of ROLE`, with `other`. */
export interface Whole {
  readonly kind: 'whole';
  readonly except?: number;
  readonly other: boolean;
  readonly role: Name;
  readonly span: Span;
}

/** `1/2 of members`, `1/2 of the square root of members`, `5 members`, `the square root of members`. */
export interface Part {
  readonly kind: 'part';
  readonly amount?: Amount;
  readonly squareRoot: boolean;
  readonly other: boolean;
  readonly role: Name;
  readonly span: Span;
}

/** A share of a roster: a whole or a part of it. */
export type Share = Whole | Part;

/** A share, or the larger or smaller of two (S32). */
export type Bound = Share | { readonly kind: 'larger' | 'smaller'; readonly left: Share; readonly right: Share; readonly span: Span };

/** Who acts. `any`/`a`: one person of the role; `the` a single holder; `first`/`next` walk an ordered role (S27). */
export type Actor =
  | { readonly kind: 'any'; readonly other: boolean; readonly role: Name; readonly span: Span }
  | { readonly kind: 'the'; readonly order?: 'first' | 'next'; readonly role: Name; readonly span: Span }
  | { readonly kind: 'bounded'; readonly comparison: Comparison; readonly bound: Bound; readonly span: Span }
  | { readonly kind: 'a'; readonly role: Name; readonly span: Span }
  | Share;

/** One fact after `who`. */
export type Fact =
  | { readonly kind: 'holds'; readonly name: Name; readonly span: Span }
  | { readonly kind: 'does-not-hold'; readonly name: Name; readonly span: Span }
  | { readonly kind: 'has'; readonly comparison: Comparison; readonly amount: Amount; readonly name: Name; readonly span: Span }
  | { readonly kind: 'joined'; readonly ago: Duration; readonly span: Span };

/** From when an act or a clock counts (S117). */
export type Since = { readonly kind: 'start'; readonly span: Span } | { readonly kind: 'stage'; readonly name: Name; readonly span: Span };

/** `any councillor objects "text" since the start`. */
export interface Act {
  readonly actor: Actor;
  readonly verb: Name;
  readonly text?: Text;
  readonly since?: Since;
  readonly span: Span;
}

/** Acts joined by `and`, with an optional window. */
export interface EventPattern {
  readonly acts: readonly Act[];
  readonly within?: Duration;
  readonly span: Span;
}

/** What happens when something other than a grant breaks a cap (S114). */
export type Remedy =
  | { readonly kind: 'start'; readonly process: Name; readonly span: Span }
  | {
      readonly kind: 'leave';
      readonly who: 'newest' | 'oldest' | 'lot' | 'all';
      readonly after?: Duration;
      readonly at?: Path;
      readonly span: Span;
    };

/** `allow RULE because "..." until DATE`: an intended oddity that stays visible. */
export interface AllowClause {
  readonly kind: 'allow';
  readonly rule: Name;
  readonly because: Text;
  readonly until?: DateLiteral;
  readonly span: Span;
}

/** `limit 2 cases per author per 30 days`: every `per` is a name or a window. */
export interface LimitClause {
  readonly kind: 'limit';
  readonly amount: Amount;
  readonly counted: Name;
  readonly per: readonly ({ readonly kind: 'window'; readonly duration: Duration } | { readonly kind: 'each'; readonly name: Name })[];
  readonly inARow: boolean;
  readonly including?: Name;
  readonly otherwise?: Remedy;
  readonly waivedThrough?: Name;
  readonly span: Span;
}

/** `3 to 7 people`, `exactly 1 person`, `at least 5 people`. */
export interface Headcount {
  readonly comparison?: Comparison;
  readonly amount: Amount;
  readonly to?: Amount;
  readonly span: Span;
}

/** What a case or step holds back: the disputed decision, or cases of named processes (S120). */
export type Held = { readonly kind: 'decision'; readonly span: Span } | { readonly kind: 'processes'; readonly names: readonly Name[]; readonly span: Span };
