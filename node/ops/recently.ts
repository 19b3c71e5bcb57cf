// Who did something a short while ago. Bounded: whoever did it longest ago is forgotten first.

/** Names that are remembered. */
const namesMax = 10_000;

/** Names, each remembered for the same time from when it was last added. */
export interface Recently {
  readonly add: (name: string) => void;
  readonly has: (name: string) => boolean;
}

/** Remembers nobody yet. @param clockMs - a clock that does not jump */
export function recently(keptMs: number, clockMs: () => number): Recently {
  // In the order in which they were added.
  const addedMs = new Map<string, number>();
  return {
    add: (name) => {
      addedMs.delete(name);
      addedMs.set(name, clockMs());
      const [oldest] = addedMs.keys();
      if (addedMs.size > namesMax && oldest !== undefined) addedMs.delete(oldest);
    },
    has: (name) => clockMs() - (addedMs.get(name) ?? Number.NEGATIVE_INFINITY) < keptMs,
  };
}
