// Lists of refs for many at once: whoever asks while a list is made gets the next one, together with all others who asked meanwhile. None is older than its question.

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
