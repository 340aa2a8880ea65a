import type { Knex } from "knex";
import { createSessions, SESSIONS_EN_UNE_FOIS } from "../../src/catalogue/index.ts";
import { confirmer, done, OF, uneFichePubliee } from "../../tests/support/catalogue.ts";
import { actionComplete, sessionComplete } from "../../tests/support/saisie.ts";

/** An action online with that many sessions; gives the id of its first. */
export async function fillAction(db: Knex, size: number): Promise<number> {
  const saisie = (rank: number) =>
    sessionComplete({ fin: `202712${String(10 + (rank % 20))}`, commentaire: `Groupe ${rank}` });
  const { id, sessions } = await uneFichePubliee(db, {
    contenu: actionComplete(),
    sessions: [saisie(0)],
  });
  for (let made = 1; made < size; made += SESSIONS_EN_UNE_FOIS) {
    const length = Math.min(SESSIONS_EN_UNE_FOIS, size - made);
    const many = Array.from({ length }, (_, rank) => saisie(made + rank));
    done(await createSessions(db, OF, id, many));
    await confirmer(db, id);
  }
  const [first] = sessions;
  if (first === undefined) throw new Error("no session was made");
  return first;
}
