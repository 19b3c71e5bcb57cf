// What an act throws, for tests that look at more of it than its message.

/** Runs an act. @returns what it threw, or undefined where it threw nothing */
export function errorOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
