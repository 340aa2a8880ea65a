import type { Knex } from "knex";
import { createCompte, type Resultat } from "./comptes.ts";
import { empreinteOf, newJeton } from "./jeton.ts";

const MINUTES = 15;

/** Is there nobody yet who could let others in? */
export async function needsFirstAdministrator(db: Knex): Promise<boolean> {
  return (await db("compte").where({ role: "administrateur", disabled_at: null }).first("id")) === undefined;
}

/**
 * A link that makes the first administrator: once, within 15 minutes, and only while there is none. Print it on a
 * terminal, never in a journal.
 * @returns what goes into the address
 */
export async function inviteFirstAdministrator(db: Knex): Promise<string> {
  const jeton = newJeton();
  await db("invitation").where({ used_at: null }).delete();
  await db("invitation").insert({
    jeton_sha256: empreinteOf(jeton),
    role: "administrateur",
    expire_at: db.raw(`horloge() + interval '${MINUTES} minutes'`),
  });
  return jeton;
}

/** Does this link still open anything? */
export async function isInvitationOpen(db: Knex, jeton: string): Promise<boolean> {
  const row = await db("invitation")
    .where({ jeton_sha256: empreinteOf(jeton), used_at: null })
    .where("expire_at", ">", db.raw("horloge()"))
    .first("role");
  return row !== undefined && (await needsFirstAdministrator(db));
}

/** Uses the link; an account that is refused leaves it open for another try. */
export async function acceptInvitation(
  db: Knex,
  jeton: string,
  compte: { readonly identifiant: string; readonly nom: string },
  motDePasse: string,
): Promise<Resultat> {
  const over = { refus: "Ce lien a déjà servi, ou a expiré. Relancez l'application pour en avoir un autre." };
  if (!(await isInvitationOpen(db, jeton))) return over;
  return db.transaction(async (trx) => {
    const taken = await trx("invitation")
      .where({ jeton_sha256: empreinteOf(jeton), used_at: null })
      .update({ used_at: trx.raw("horloge()") });
    if (taken === 0) return over;
    const made = await createCompte(trx, { ...compte, role: "administrateur" }, motDePasse, "invitation");
    if ("refus" in made)
      await trx("invitation")
        .where({ jeton_sha256: empreinteOf(jeton) })
        .update({ used_at: null });
    return made;
  });
}
