import type { Knex } from "knex";

/** Most calls in one run. */
const MOST = 100;

interface Call<One, Answer> {
  readonly one: One;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Makes one run of calls that come together: those of one turn of the loop, then those that came while a run was under
 * way. Ten deliveries that end at the same time cost one statement. A run that fails is made again for each call by
 * itself, so that one which cannot be done fails alone; on a transaction each call is by itself from the start.
 * @param run answers for all, in the same order; never waits for one on behalf of another (`SKIP LOCKED`), and may be
 *   made again
 */
export function together<One, Answer>(
  run: (db: Knex, all: readonly One[]) => Promise<readonly Answer[]>,
): (db: Knex, one: One) => Promise<Answer> {
  const waiting = new WeakMap<Knex, Call<One, Answer>[]>();

  const alone = async (db: Knex, one: One): Promise<Answer> => {
    const [answer] = await run(db, [one]);
    return answer as Answer;
  };
  const settle = async (db: Knex, calls: readonly Call<One, Answer>[]): Promise<void> => {
    try {
      const answers = await run(
        db,
        calls.map(({ one }) => one),
      );
      for (const [rank, { resolve }] of calls.entries()) resolve(answers[rank] as Answer);
    } catch (error) {
      if (calls.length === 1) for (const { reject } of calls) reject(error);
      else for (const { one, resolve, reject } of calls) alone(db, one).then(resolve, reject);
    }
  };
  const serve = async (db: Knex, calls: Call<One, Answer>[]): Promise<void> => {
    while (calls.length > 0) await settle(db, calls.splice(0, MOST));
    waiting.delete(db);
  };
  return (db, one) => {
    if (db.isTransaction === true) return alone(db, one);
    return new Promise<Answer>((resolve, reject) => {
      const calls = waiting.get(db);
      if (calls !== undefined) calls.push({ one, resolve, reject });
      else {
        const begun = [{ one, resolve, reject }];
        waiting.set(db, begun);
        setImmediate(() => void serve(db, begun));
      }
    });
  };
}
