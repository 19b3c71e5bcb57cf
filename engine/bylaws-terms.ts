// Parts that many declarations of a Charter share: durations, quantities, actors, facts, limits. Data only.

/** A length of time as written: minutes, hours, days, weeks are exact, months and years are calendar arithmetic in UTC (S2). */
export interface CharterDuration {
  readonly count: number;
  readonly unit: 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
}

/** A whole number of people (or weight, or seats), or an exact fraction. `denominator` >= 1. */
export type Quantity =
  | { readonly kind: 'count'; readonly value: number }
  | { readonly kind: 'share'; readonly numerator: number; readonly denominator: number };

/** How a number is compared. */
export type CharterComparison = 'at-least' | 'at-most' | 'more-than' | 'fewer-than' | 'exactly';

/**
 * A roster measure. `role` is a declared role, a draw of the process, or one of the built-in rosters `person`, `electorate`, `weight`, `seats`,
 * `starters`, `candidate`, `subject`, `author`, `raiser`, `winners`. `except` is K of "all but K".
 */
export type CharterShare =
  | { readonly kind: 'whole'; readonly role: string; readonly other?: true; readonly except?: number }
  | { readonly kind: 'part'; readonly role: string; readonly amount: Quantity; readonly other?: true; readonly squareRoot?: true };

/** A share, or the larger or smaller of two (S32). */
export type CharterBound = CharterShare | { readonly kind: 'larger' | 'smaller'; readonly left: CharterShare; readonly right: CharterShare };

/** `one`: any holder. `the`: whoever holds it (S108), `order` walks an ordered role (S27). `count`: distinct people up to a bound. */
export type CharterActor =
  | { readonly kind: 'one'; readonly role: string; readonly other?: true }
  | { readonly kind: 'the'; readonly role: string; readonly order?: 'first' | 'next' }
  | { readonly kind: 'count'; readonly comparison: CharterComparison; readonly bound: CharterBound };

/** One frozen fact about a person; all facts of a list must hold. */
export type CharterFact =
  | { readonly kind: 'holds'; readonly name: string }
  | { readonly kind: 'does-not-hold'; readonly name: string }
  | { readonly kind: 'has'; readonly comparison: CharterComparison; readonly amount: Quantity; readonly name: string }
  | { readonly kind: 'joined'; readonly ago: CharterDuration };

/** From when an act or a clock counts (S117). */
export type CharterSince = { readonly kind: 'start' } | { readonly kind: 'stage'; readonly stage: string };

/** `verb` in its base form (`endorse`). */
export interface CharterAct {
  readonly actor: CharterActor;
  readonly verb: string;
  readonly text?: string;
  readonly since?: CharterSince;
}

/** What happens when a cap is broken by something other than a grant (S114). */
export type CharterRemedy =
  | { readonly kind: 'start'; readonly process: string }
  | { readonly kind: 'leave'; readonly who: 'newest' | 'oldest' | 'lot' | 'all'; readonly after?: CharterDuration; readonly at?: readonly string[] };

/** `limit AMOUNT COUNTED per ...`; `per` in source order. Money amounts are decimal strings in the smallest unit (S62). */
export interface CharterLimit {
  readonly amount: Quantity | { readonly kind: 'money'; readonly units: string };
  readonly counted: string;
  readonly per: readonly ({ readonly kind: 'window'; readonly duration: CharterDuration } | { readonly kind: 'each'; readonly name: string })[];
  readonly inARow?: true;
  readonly including?: string;
  readonly otherwise?: CharterRemedy;
  readonly waivedThrough?: string;
}

/** What a case holds back (S120). */
export type CharterHeld = { readonly kind: 'decision' } | { readonly kind: 'processes'; readonly processes: readonly string[] };

/** `countsAs` absent: the recused person leaves the roster. */
export interface CharterRecusal {
  readonly for: readonly string[];
  readonly decidedBy: CharterActor;
  readonly countsAs?: string;
}
