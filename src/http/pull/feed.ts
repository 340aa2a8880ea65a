import type { Knex } from "knex";
import { partnerOfKey } from "../../access/index.ts";
import { viaOf, zProfil } from "../../feed/index.ts";
import { type Snapshot, snapshotById } from "../../snapshot/index.ts";
import { openMarques } from "./marque.ts";

/** A feed that may be served, or the answer that is given instead, in French. */
export type Feed =
  | {
      readonly snapshot: Snapshot;
      /** For who asked alone: no cache in between may keep it for others. */
      readonly prive: boolean;
      /** Who asks, when a key says it. */
      readonly partner: string | null;
    }
  | Refus;

export interface Refus {
  readonly statut: 400 | 401 | 404 | 410;
  readonly message: string;
}

/** Who comes in at a profile, and what it serves, if anything yet. */
interface Entree {
  readonly snapshot: Snapshot | undefined;
  readonly prive: boolean;
  readonly partner: string | null;
}

/** Who asks, by the header that names them. */
export type Authorization = string | undefined;

/** The feeds of a base, each looked up again for every request. */
export interface Feeds {
  /** What a profile serves now: also when it is empty, which its manifest says. */
  current(id: string, authorization: Authorization): Promise<Feed>;
  /** The feed that a profile serves now as a file: an empty one is none. */
  currentFile(id: string, authorization: Authorization): Promise<Feed>;
  /** A feed that a profile served or serves, by the sha256 of its XML. */
  bySha256(id: string, sha256: string, authorization: Authorization): Promise<Feed>;
}

/** No other text is looked up: it could not be the name of a profile. */
const PROFIL = /^[a-z][a-z0-9-]{0,63}$/;

export function openFeeds(db: Knex): Feeds {
  const marqueOf = openMarques(db);

  /** A restricted feed is opened by a key of a partner that takes this very profile; a key also tells who takes a public one. */
  async function enter(id: string, authorization: Authorization): Promise<Refus | Entree> {
    const marque = PROFIL.test(id) ? await marqueOf(id) : undefined;
    if (marque === undefined)
      return {
        statut: 404,
        message: PROFIL.test(id) ? `Le profil « ${id} » n'existe pas.` : "Ce n'est le nom d'aucun profil.",
      };
    const { profil, snapshot } = marque;
    const via = viaOf(profil);
    if (via !== undefined)
      return {
        statut: 404,
        message: `Le profil « ${id} » n'a pas de fichier à lui : ${profil.nom} est servi par le profil « ${via} ».`,
      };
    const holder = authorization === undefined ? undefined : await partnerOfKey(db, authorization);
    if (profil.acces === "public") return { snapshot, prive: false, partner: holder?.partner ?? null };
    if (holder?.profil === id) return { snapshot, prive: true, partner: holder.partner };
    return {
      statut: 401,
      message:
        authorization === undefined
          ? `Le flux du profil « ${id} » est réservé à son destinataire : donnez sa clé (Authorization).`
          : `Cette clé n'ouvre pas le flux du profil « ${id} ».`,
    };
  }

  async function current(id: string, authorization: Authorization): Promise<Feed> {
    const entry = await enter(id, authorization);
    if ("statut" in entry) return entry;
    const { snapshot, prive, partner } = entry;
    return snapshot === undefined
      ? { statut: 404, message: `Le profil « ${id} » n'a pas encore de flux : aucune édition ne l'a publié.` }
      : { snapshot, prive, partner };
  }

  return {
    current,
    async currentFile(id, authorization) {
      const feed = await current(id, authorization);
      if (!("snapshot" in feed) || feed.snapshot.file !== null) return feed;
      const before = await db("feed_snapshot").where({ profil: id }).whereNotNull("sha256").first("id");
      return before === undefined
        ? { statut: 404, message: `Rien n'est dans le périmètre du profil « ${id} » : il n'a pas de flux.` }
        : {
            statut: 410,
            message: `Plus rien n'est dans le périmètre du profil « ${id} » : son flux a été retiré.`,
          };
    },
    async bySha256(id, sha256, authorization) {
      const entry = await enter(id, authorization);
      if ("statut" in entry) return entry;
      const { prive, partner } = entry;
      const row = await db("feed_snapshot").where({ profil: id, sha256 }).orderBy("id", "desc").first("id");
      const snapshot = row === undefined ? undefined : await snapshotById(db, row.id);
      return snapshot === undefined
        ? { statut: 404, message: `Le profil « ${id} » n'a jamais publié de flux de cette empreinte.` }
        : { snapshot, prive, partner };
    },
  };
}

/** Profiles that anybody may read, in the order in which an offer of several of them is looked for. */
export async function publicProfils(db: Knex): Promise<string[]> {
  const rows = await db("profil").select("id", "definition").orderBy("id");
  return rows
    .map(({ definition }) => zProfil.parse(definition))
    .filter((profil) => profil.acces === "public" && viaOf(profil) === undefined)
    .map(({ id }) => id);
}
