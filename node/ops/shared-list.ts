// Lists of refs for many at once, and again while no ref moves: whoever asks while a list is made gets the next one, together with all others who asked meanwhile. None is older than its question.

/** Answers questions by a key, at most one run of a key at a time. */
export function sharedList<Answer>(run: (key: string) => Promise<Answer>): (key: string) => Promise<Answer> {
  const running = new Map<string, Promise<unknown>>();
  const next = new Map<string, Promise<Answer>>();
  return (key) => {
    const joined = next.get(key);
    if (joined !== undefined) return joined;
    const begin = async (): Promise<Answer> => {
      await running.get(key);
      next.delete(key);
      const answer = run(key);
      const ended = answer.then(
        () => undefined,
        () => undefined,
      );
      running.set(key, ended);
      await ended;
      if (running.get(key) === ended) running.delete(key);
      return answer;
    };
    const made = begin();
    next.set(key, made);
    return made;
  };
}

/** What keeps answers. `mark`: equal marks mean that the answers would be equal; undefined, that nothing is known. `isKept`: whether an answer is worth keeping. */
export interface KeptTerms<Answer> {
  readonly mark: () => string | undefined;
  readonly isKept: (answer: Answer) => boolean;
}

/** Keeps the newest answer for each key while the mark stays the same. */
export function keptWhile<Answer>({ mark, isKept }: KeptTerms<Answer>, run: (key: string) => Promise<Answer>): (key: string) => Promise<Answer> {
  const kept = new Map<string, { readonly mark: string; readonly answer: Answer }>();
  return async (key) => {
    // Taken before the answer is made: whatever moves meanwhile makes the next question ask anew.
    const now = mark();
    const known = kept.get(key);
    if (known !== undefined && known.mark === now) return known.answer;
    kept.delete(key);
    const answer = await run(key);
    if (now !== undefined && isKept(answer)) kept.set(key, { mark: now, answer });
    return answer;
  };
}
