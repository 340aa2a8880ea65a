import type { Knex } from "knex";
import type { z } from "zod";
import { change, createCompte, type Resultat, type zCompte } from "./comptes.ts";
import { empreinteOf, newJeton } from "./jeton.ts";
import { hashPassword, passwordDefect } from "./password.ts";

/** The first one is used at once, at the terminal that printed it; the others travel by mail. */
const MINUTES = 15;
const HEURES = 24;

/** What a link still opens: making the first administrator, or choosing the password of an account. */
export type Invitation =
  | { readonly pour: "premier" }
  | { readonly pour: "compte"; readonly identifiant: string; readonly nom: string };

/** What goes into the address of a link, or why there is none, in French. */
export type Lien = { readonly jeton: string } | { readonly refus: string };

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
  await db("invitation").where({ used_at: null, compte_id: null }).delete();
  return insertLien(db, {
    role: "administrateur",
    expire_at: db.raw(`horloge() + interval '${MINUTES} minutes'`),
  });
}

/** Makes an account whose owner chooses the password, by a link that works once, within 24 hours. */
export async function inviteCompte(db: Knex, compte: z.input<typeof zCompte>, acteur: string): Promise<Lien> {
  return db.transaction(async (trx) => {
    // Until the link is used, a password that nobody knows.
    const made = await createCompte(trx, compte, newJeton(), acteur);
    if ("refus" in made) return made;
    return { jeton: await insertLienOf(trx, compte.identifiant) };
  });
}

/** Takes the password of an account away, and its open browsers; a link like {@link inviteCompte}'s gives another one. */
export async function resetCompte(db: Knex, identifiant: string, acteur: string): Promise<Lien> {
  const hash = await hashPassword(newJeton());
  return db.transaction(async (trx) => {
    const done = await change(trx, identifiant, { mot_de_passe: hash }, { acteur, acte: "compte.lien" });
    if ("refus" in done) return done;
    return { jeton: await insertLienOf(trx, identifiant) };
  });
}

async function insertLienOf(trx: Knex.Transaction, identifiant: string): Promise<string> {
  const row = await trx("compte")
    .where({ identifiant: identifiant.trim().toLowerCase() })
    .first("id", "role");
  return insertLien(trx, {
    compte_id: row.id,
    role: row.role,
    expire_at: trx.raw(`horloge() + interval '${HEURES} hours'`),
  });
}

async function insertLien(db: Knex, fields: Readonly<Record<string, unknown>>): Promise<string> {
  const jeton = newJeton();
  await db("invitation").insert({ jeton_sha256: empreinteOf(jeton), ...fields });
  return jeton;
}

/** What this link still opens, if anything. */
export async function readInvitation(db: Knex, jeton: string): Promise<Invitation | undefined> {
  const { rows } = await db.raw<{ rows: { compte_id: number | null; identifiant: string; nom: string }[] }>(
    `SELECT i.compte_id, c.identifiant, c.nom FROM invitation i LEFT JOIN compte c ON c.id = i.compte_id
     WHERE i.jeton_sha256 = ? AND i.used_at IS NULL AND i.expire_at > horloge() AND c.disabled_at IS NULL`,
    [empreinteOf(jeton)],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  if (row.compte_id !== null) return { pour: "compte", identifiant: row.identifiant, nom: row.nom };
  return (await needsFirstAdministrator(db)) ? { pour: "premier" } : undefined;
}

const OVER = { refus: "Ce lien a déjà servi, ou a expiré. Demandez-en un autre." };

/** Makes the first administrator; an account that is refused leaves the link open for another try. */
export async function acceptInvitation(
  db: Knex,
  jeton: string,
  compte: { readonly identifiant: string; readonly nom: string },
  motDePasse: string,
): Promise<Resultat> {
  if ((await readInvitation(db, jeton))?.pour !== "premier") return OVER;
  return use(db, jeton, (trx) =>
    createCompte(trx, { ...compte, role: "administrateur" }, motDePasse, "invitation"),
  );
}

/** Gives the account of the link its password. */
export async function acceptCompte(db: Knex, jeton: string, motDePasse: string): Promise<Resultat> {
  const invitation = await readInvitation(db, jeton);
  if (invitation?.pour !== "compte") return OVER;
  const { identifiant } = invitation;
  const defect = passwordDefect(motDePasse, identifiant);
  if (defect !== undefined) return { refus: defect };
  const mot_de_passe = await hashPassword(motDePasse);
  const act = { acteur: `compte:${identifiant}`, acte: "compte.mot_de_passe" };
  return use(db, jeton, (trx) => change(trx, identifiant, { mot_de_passe }, act));
}

/** Takes the link and does what it is for, or leaves it as it was. */
function use(db: Knex, jeton: string, work: (trx: Knex.Transaction) => Promise<Resultat>): Promise<Resultat> {
  return db.transaction(async (trx) => {
    const link = () => trx("invitation").where({ jeton_sha256: empreinteOf(jeton) });
    const taken = await link()
      .where({ used_at: null })
      .update({ used_at: trx.raw("horloge()") });
    if (taken === 0) return OVER;
    const done = await work(trx);
    if ("refus" in done) await link().update({ used_at: null });
    return done;
  });
}
