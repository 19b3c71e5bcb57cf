// Mutants that no test can notice, because what they change cannot be seen, each with the reason. A reason is read like code.

/** What stood in a file, as Stryker names it, what it became (anything, where nothing is said), and why that changes nothing. */
export interface Equivalent {
  readonly file: string;
  readonly was: string;
  readonly becomes?: string;
  readonly reason: string;
}

/** All of them, by file. */
export const equivalents: readonly Equivalent[] = [];
