// What must hold if our own code is right. It judges no bylaws: faults in a text are findings.

/** Throws where our own code broke a claim; a text can never make it throw. */
export function invariant(condition: boolean, claim: string): asserts condition {
  if (!condition) throw new Error(`Bug: ${claim}`);
}

/** Marks a case the type says cannot be. */
export function unreachable(value: never): never {
  throw new Error(`Bug: unreachable ${String(value)}`);
}
