import type { Knex } from "knex";
import { type Profil, viaOf, zProfil } from "../../feed/index.ts";
import { currentSnapshot, type Snapshot, snapshotById } from "../../snapshot/index.ts";

/** A feed that may be served, or the answer that is given instead, in French. */
export type Feed =
  | { readonly snapshot: Snapshot }
  | { readonly statut: 401 | 404 | 410; readonly message: string };

/** What a profile serves now: also when it is empty, which its manifest says. */
export async function currentFeed(db: Knex, id: string): Promise<Feed> {
  const profil = await readProfil(db, id);
  const denied = denial(profil, id);
  if (denied !== undefined) return denied;
  const snapshot = await currentSnapshot(db, id);
  return snapshot === undefined
    ? { statut: 404, message: `Le profil « ${id} » n'a pas encore de flux : aucune édition ne l'a publié.` }
    : { snapshot };
}

/** The feed that a profile serves now as a file: an empty one is none. */
export async function currentFile(db: Knex, id: string): Promise<Feed> {
  const feed = await currentFeed(db, id);
  if (!("snapshot" in feed) || feed.snapshot.file !== null) return feed;
  const before = await db("feed_snapshot").where({ profil: id }).whereNotNull("sha256").first("id");
  return before === undefined
    ? { statut: 404, message: `Rien n'est dans le périmètre du profil « ${id} » : il n'a pas de flux.` }
    : {
        statut: 410,
        message: `Plus rien n'est dans le périmètre du profil « ${id} » : son flux a été retiré.`,
      };
}

/** A feed that a profile served or serves, by the sha256 of its XML. */
export async function feedBySha256(db: Knex, id: string, sha256: string): Promise<Feed> {
  const denied = denial(await readProfil(db, id), id);
  if (denied !== undefined) return denied;
  const row = await db("feed_snapshot").where({ profil: id, sha256 }).orderBy("id", "desc").first("id");
  const snapshot = row === undefined ? undefined : await snapshotById(db, row.id);
  return snapshot === undefined
    ? { statut: 404, message: `Le profil « ${id} » n'a jamais publié de flux de cette empreinte.` }
    : { snapshot };
}

/** No other text is looked up: it could not be the name of a profile. */
const PROFIL = /^[a-z][a-z0-9-]{0,63}$/;

async function readProfil(db: Knex, id: string): Promise<Profil | undefined> {
  if (!PROFIL.test(id)) return undefined;
  const row = await db("profil").where({ id }).first("definition");
  return row === undefined ? undefined : zProfil.parse(row.definition);
}

/** A restricted feed is never opened: there are no credentials yet to open it with. */
function denial(profil: Profil | undefined, id: string): Extract<Feed, { statut: number }> | undefined {
  if (profil === undefined)
    return {
      statut: 404,
      message: PROFIL.test(id) ? `Le profil « ${id} » n'existe pas.` : "Ce n'est le nom d'aucun profil.",
    };
  const via = viaOf(profil);
  if (via !== undefined)
    return {
      statut: 404,
      message: `Le profil « ${id} » n'a pas de fichier à lui : ${profil.nom} est servi par le profil « ${via} ».`,
    };
  if (profil.acces === "public") return undefined;
  return { statut: 401, message: `Le flux du profil « ${id} » est réservé à son destinataire.` };
}
