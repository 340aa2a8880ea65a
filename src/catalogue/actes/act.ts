import type { Knex } from "knex";
import { isRefus, type Refus } from "../refus.ts";

/** Undoes the transaction that it is thrown in, and is then the answer: nothing half done stands. */
class Undone extends Error {
  readonly answer: Refus;
  constructor(answer: Refus) {
    super(answer.refus);
    this.answer = answer;
  }
}

/** Runs an act in one transaction; one that answers a refusal, wherever it got to, has changed nothing. */
export async function act<T extends object>(
  db: Knex,
  work: (trx: Knex.Transaction) => Promise<T | Refus>,
): Promise<T | Refus> {
  try {
    return await db.transaction(async (trx) => {
      const answer = await work(trx);
      if (isRefus(answer)) throw new Undone(answer);
      return answer;
    });
  } catch (error) {
    if (error instanceof Undone) return error.answer;
    throw error;
  }
}

/** Why, in words; an act that takes an offer away is not done without. */
export function motifOf(text: string): { readonly motif: string } | Refus {
  const motif = text.trim();
  if (motif === "") return { refus: "Indiquez le motif : il reste dans l'historique de la fiche." };
  if (motif.length > 1000) return { refus: "Le motif dépasse 1 000 caractères : raccourcissez-le." };
  return { motif };
}
