import type { Knex } from "knex";
import { COLONNES, type Compte } from "./comptes.ts";
import { STILL_OPEN } from "./duree.ts";
import { isSlowedDown, noteFailure, noteSuccess, TROP } from "./echecs.ts";
import { csrfOf, empreinteOf, newJeton } from "./jeton.ts";
import { hashPassword, verifyPassword } from "./password.ts";

/** Someone who came in, by the cookie of the request. */
export interface Connexion {
  /** Its number among the open browsers. */
  readonly id: number;
  readonly compte: Compte;
  /** What each form must give back. */
  readonly csrf: string;
}

/** The cookie to give, or why nobody comes in, in French: never which of the two was wrong. */
type Entree = { readonly jeton: string; readonly compte: Compte } | { readonly refus: string };

const REFUS = "Identifiant ou mot de passe incorrect.";

/** Verified when the account does not exist, so that the time does not tell. */
const LEURRE = hashPassword("personne n'a ce mot de passe");

/**
 * Signs in. Failures slow down both the account and the address that they come from.
 * @param adresse of who asks; with the name of the browser, by which its owner will know it again
 */
export async function signIn(
  db: Knex,
  {
    identifiant,
    motDePasse,
    adresse,
    navigateur,
  }: {
    readonly identifiant: string;
    readonly motDePasse: string;
    readonly adresse: string;
    readonly navigateur?: string | undefined;
  },
): Promise<Entree> {
  const name = identifiant.trim().toLowerCase().slice(0, 100);
  const cles = [`compte:${name}`, `adresse:${adresse}`];
  if (await isSlowedDown(db, cles)) return { refus: TROP };
  // Before the answer is known: a hundred tries at once are a hundred failures.
  await noteFailure(db, cles);
  const row = await db<Compte & { mot_de_passe: string }>("compte")
    .where({ identifiant: name })
    .first(...COLONNES, "mot_de_passe");
  const right = await verifyPassword(motDePasse, row?.mot_de_passe ?? (await LEURRE));
  if (row === undefined || !right || row.disabled_at !== null) return { refus: REFUS };
  await noteSuccess(db, cles);
  const { mot_de_passe: _, ...compte } = row;
  return { jeton: await open(db, compte.id, { adresse, navigateur: navigateur?.slice(0, 300) }), compte };
}

async function open(
  db: Knex,
  compte: number,
  depuis: { readonly adresse: string; readonly navigateur: string | undefined },
): Promise<string> {
  const jeton = newJeton();
  await db("connexion").insert({ jeton_sha256: empreinteOf(jeton), compte_id: compte, ...depuis });
  await db("compte")
    .where({ id: compte })
    .update({ last_sign_in_at: db.raw("horloge()") });
  await db("connexion").whereRaw(`NOT (${STILL_OPEN})`).delete();
  return jeton;
}

/**
 * Who holds this cookie, if anybody.
 * @param signeDeVie someone asks; what a page asks for by itself must not keep a browser in that nobody uses
 */
export async function readConnexion(
  db: Knex,
  jeton: string | undefined,
  { signeDeVie = true }: { readonly signeDeVie?: boolean } = {},
): Promise<Connexion | undefined> {
  if (jeton === undefined || jeton.length > 100) return undefined;
  const { rows } = await db.raw<{ rows: (Compte & { stale: boolean; connexion: number })[] }>(
    `SELECT o.id AS connexion, c.id, c.identifiant, c.nom, c.role, c.disabled_at, o.seen_at < horloge() - interval '1 minute' AS stale
     FROM connexion o JOIN compte c ON c.id = o.compte_id
     WHERE o.jeton_sha256 = ? AND c.disabled_at IS NULL AND ${STILL_OPEN}`,
    [empreinteOf(jeton)],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { stale, connexion: id, ...compte } = row;
  // Not at each request: a page makes several.
  if (stale && signeDeVie)
    await db("connexion")
      .where({ jeton_sha256: empreinteOf(jeton) })
      .update({ seen_at: db.raw("horloge()") });
  return { id, compte, csrf: csrfOf(jeton) };
}

/** Signs out. */
export async function signOut(db: Knex, jeton: string | undefined): Promise<void> {
  if (jeton !== undefined)
    await db("connexion")
      .where({ jeton_sha256: empreinteOf(jeton) })
      .delete();
}
