/** Asks at most once in so many milliseconds, however often it is called; those who come meanwhile share the answer. */
export function onceAtATime<Answer>(ask: () => Promise<Answer>, keptMs: number): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let isOpen = false;
  return () => {
    if (answer && (isOpen || performance.now() - askedAt < keptMs)) return answer;
    askedAt = performance.now();
    isOpen = true;
    answer = ask().finally(() => {
      isOpen = false;
    });
    return answer;
  };
}
