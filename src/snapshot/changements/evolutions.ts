import type { Knex } from "knex";
import { numeroAction, numeroFormation, numeroSession } from "../../feed/index.ts";
import { type Raison, raisonOf } from "./raison.ts";

/** One session that reads otherwise in a later feed, by its numbers in the feeds. */
export interface Evolution {
  readonly genre: "creee" | "modifiee" | "supprimee";
  readonly formation: string;
  readonly action: string;
  readonly session: string;
  /** Of the feed in which it came, changed or left. */
  readonly at: Date;
  /** Of a departure. */
  readonly raison?: Raison;
}

interface Ask {
  readonly profil: string;
  readonly base: string;
  /** Snapshots of the profile: what it had, what it has. */
  readonly depuis: number;
  readonly jusqua: number;
  /** Sessions after this one, in the order of their numbers. */
  readonly apres: string;
  /** Sessions looked at: those that came and went in between are no change. */
  readonly taille: number;
}

export interface PageDEvolutions {
  readonly evolutions: readonly Evolution[];
  /** Where the next page begins; undefined when this is the last one. */
  readonly apres: string | undefined;
}

interface Contenus {
  readonly action: string;
  readonly numeroFormation: string | null;
  readonly numeroAction: string | null;
  readonly numeroSession: string | null;
}
type Etat<P extends string> = { readonly [K in keyof Contenus as `${P}_${K}`]: Contenus[K] | null } & {
  readonly [K in `${P}_fragment`]: string | null;
};
type Row = Etat<"avant"> &
  Etat<"apres"> & { readonly session: string } & {
    readonly entree_at: Date | null;
    readonly sortie_at: Date | null;
    readonly motif: string | null;
  };

/** The presence of the session in one snapshot, with its numbers. */
const presence = (name: "avant" | "apres", at: ":depuis" | ":jusqua"): string => `
  LEFT JOIN LATERAL (
    SELECT p.action, p.fragment_sha256, p.from_snapshot, a.contenu->>'numero_lheo' AS numero_formation,
      s.contenu->>'numero_action_lheo' AS numero_action, s.contenu->>'numero_lheo' AS numero_session
    FROM feed_presence p
      LEFT JOIN published_action a ON a.numero = p.action AND a.version = p.action_version
      LEFT JOIN published_session s ON s.numero = p.session AND s.version = p.session_version
    WHERE p.profil = :profil AND p.session = t.session AND p.from_snapshot <= ${at}
      AND (p.to_snapshot IS NULL OR p.to_snapshot > ${at})
  ) ${name} ON true`;

const columns = (name: "avant" | "apres"): string => `
  ${name}.action AS "${name}_action", ${name}.fragment_sha256 AS "${name}_fragment",
  ${name}.numero_formation AS "${name}_numeroFormation", ${name}.numero_action AS "${name}_numeroAction",
  ${name}.numero_session AS "${name}_numeroSession"`;

const touched = (edge: "from_snapshot" | "to_snapshot"): string => `
  SELECT session FROM feed_presence
  WHERE profil = :profil AND session > :apres AND ${edge} > :depuis AND ${edge} <= :jusqua`;

const PAGE = `
  WITH touchee AS (${touched("from_snapshot")} UNION ${touched("to_snapshot")} ORDER BY session LIMIT :taille)
  SELECT t.session, ${columns("avant")}, ${columns("apres")},
    entree.created_at AS entree_at, sortie.created_at AS sortie_at, sortie.motif
  FROM touchee t ${presence("avant", ":depuis")} ${presence("apres", ":jusqua")}
  LEFT JOIN feed_snapshot entree ON entree.id = apres.from_snapshot
  LEFT JOIN LATERAL (
    SELECT f.created_at, p.motif_sortie AS motif FROM feed_presence p JOIN feed_snapshot f ON f.id = p.to_snapshot
    WHERE p.profil = :profil AND p.session = t.session AND p.to_snapshot <= :jusqua
    ORDER BY p.to_snapshot DESC LIMIT 1
  ) sortie ON apres.action IS NULL
  ORDER BY t.session`;

/** What differs between two feeds of a profile, a page at a time. */
export async function readEvolutions(db: Knex, ask: Ask): Promise<PageDEvolutions> {
  const { profil, depuis, jusqua, apres, taille } = ask;
  const { rows } = await db.raw<{ rows: Row[] }>(PAGE, { profil, depuis, jusqua, apres, taille });
  return {
    evolutions: rows.flatMap((row) => evolutionOf(row, ask.base)),
    apres: rows.length < taille ? undefined : rows.at(-1)?.session,
  };
}

function evolutionOf(row: Row, base: string): readonly Evolution[] {
  const { avant_action: avant, apres_action: apres } = row;
  if (apres !== null) {
    if (avant === apres && row.avant_fragment === row.apres_fragment) return [];
    const numeros = numerosOf(base, row.session, {
      action: apres,
      numeroFormation: row.apres_numeroFormation,
      numeroAction: row.apres_numeroAction,
      numeroSession: row.apres_numeroSession,
    });
    const at = row.entree_at ?? NEVER;
    return [{ genre: avant === null ? "creee" : "modifiee", ...numeros, at }];
  }
  if (avant === null) return [];
  const numeros = numerosOf(base, row.session, {
    action: avant,
    numeroFormation: row.avant_numeroFormation,
    numeroAction: row.avant_numeroAction,
    numeroSession: row.avant_numeroSession,
  });
  return [{ genre: "supprimee", ...numeros, at: row.sortie_at ?? NEVER, raison: raisonOf(row.motif ?? "") }];
}

/** A presence always names its snapshots. */
const NEVER = new Date(0);

function numerosOf(base: string, session: string, contenus: Contenus) {
  return {
    formation: numeroFormation(base, {
      numero: contenus.action,
      contenu: { numero_lheo: contenus.numeroFormation },
    }),
    action: numeroAction(base, { numero: session, contenu: { numero_action_lheo: contenus.numeroAction } }),
    session: numeroSession({ numero: session, contenu: { numero_lheo: contenus.numeroSession } }),
  };
}
