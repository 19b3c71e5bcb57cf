// Our own faults: claims that must hold whatever the input is. Nobody catches a Bug but the command's outermost frame.

/** Thrown when our code is wrong; never for bad input. */
export class Bug extends Error {
  constructor(claim: string) {
    super(`This should never happen: ${claim}`);
    this.name = 'Bug';
  }
}

/** Requires a claim about our own code. @throws Bug when it does not hold */
export function invariant(condition: boolean, claim: string): asserts condition {
  if (!condition) throw new Bug(claim);
}

/** Ends a switch over a union; a new member makes the call a type error. @throws Bug when reached */
export function unreachable(value: never): never {
  throw new Bug(`unknown case ${String(value)}`);
}

/**
 * Reads an entry that is there, so that nothing has to be invented for one that is not. Loops over whole ballots read by themselves: they pay for a call.
 * @throws Bug where the index is outside of the list
 */
export function entryAt<T>(list: { readonly [index: number]: T }, index: number): T {
  const entry = list[index];
  invariant(entry !== undefined, 'the list has an entry at this index');
  return entry;
}
