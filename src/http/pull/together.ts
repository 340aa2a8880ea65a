/** The same question asked while its answer is on its way gets that answer: one look in the database for a burst of them. */
export function together<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const underWay = new Map<string, Promise<T>>();
  return (key) => {
    const asked = underWay.get(key);
    if (asked !== undefined) return asked;
    const answer = ask(key).finally(() => underWay.delete(key));
    underWay.set(key, answer);
    return answer;
  };
}
