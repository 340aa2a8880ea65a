import type { Knex } from "knex";

/** What the feed of a profile showed of a session. */
export interface VersionsVues {
  readonly session: number;
  readonly action: number;
  readonly organisme: number;
}

export const SENS = ["entree", "modification", "sortie"] as const;
export type Sens = (typeof SENS)[number];

/** What happened to one session between a snapshot and the one before. */
export interface Changement {
  readonly action: string;
  readonly session: string;
  readonly sens: Sens;
  /** Of a departure, coded. */
  readonly motif: string | null;
  readonly avant: VersionsVues | null;
  readonly apres: VersionsVues | null;
  readonly intitule: string;
  readonly organisme: string;
  readonly nomOrganisme: string;
}

/** How many of each kind; departures by coded cause, the most frequent first. */
export interface ComptesDeChangement {
  readonly entrees: number;
  readonly modifications: number;
  readonly sorties: readonly { readonly motif: string; readonly nombre: number }[];
}

interface Row {
  readonly action: string;
  readonly session: string;
  readonly sens: Sens;
  readonly motif: string | null;
  readonly avant: readonly [number, number, number] | null;
  readonly apres: readonly [number, number, number] | null;
  readonly intitule: string | null;
  readonly organisme: string | null;
  readonly nomOrganisme: string | null;
}

const versions = (row: string): string =>
  `jsonb_build_array(${row}.session_version, ${row}.action_version, ${row}.organisme_version)`;

/** A session that reads otherwise has a presence that ends and one that begins. */
const CHANGES = `
  SELECT o.action, o.session, CASE WHEN p.session IS NULL THEN 'entree' ELSE 'modification' END AS sens,
    NULL AS motif, CASE WHEN p.session IS NOT NULL THEN ${versions("p")} END AS avant, ${versions("o")} AS apres,
    o.action_version, o.organisme_version
  FROM feed_presence o LEFT JOIN feed_presence p
    ON p.profil = o.profil AND p.session = o.session AND p.to_snapshot = :snapshot
  WHERE o.from_snapshot = :snapshot
  UNION ALL
  SELECT p.action, p.session, 'sortie', p.motif_sortie, ${versions("p")}, NULL, p.action_version, p.organisme_version
  FROM feed_presence p WHERE p.to_snapshot = :snapshot AND p.motif_sortie <> 'remplacee'`;

/** Where a page of changes ends. */
export interface Reprise {
  readonly action: string;
  readonly session: string;
}

/**
 * What changed from the snapshot before to this one, session by session, in the order of the feed: by action, then by
 * session.
 * @param apres last change of the page before
 */
export async function readChangements(
  db: Knex,
  snapshot: number,
  page: {
    readonly sens?: Sens | undefined;
    readonly apres?: Reprise | undefined;
    readonly limit: number;
  },
): Promise<Changement[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `SELECT c.action, c.session, c.sens, c.motif, c.avant, c.apres, a.intitule, a.organisme, o.nom AS "nomOrganisme"
     FROM (SELECT * FROM (${CHANGES}) every
       WHERE (CAST(:sens AS text) IS NULL OR sens = :sens)
         AND (action, session) > (CAST(:action AS text), CAST(:session AS text))
       ORDER BY action, session LIMIT :limit) c
     LEFT JOIN LATERAL (SELECT contenu->>'intitule' AS intitule, organisme FROM published_action
       WHERE numero = c.action AND version = c.action_version) a ON true
     LEFT JOIN LATERAL (SELECT contenu->>'nom' AS nom FROM published_organisme
       WHERE numero = a.organisme AND version = c.organisme_version) o ON true
     ORDER BY c.action, c.session`,
    {
      snapshot,
      sens: page.sens ?? null,
      action: page.apres?.action ?? "",
      session: page.apres?.session ?? "",
      limit: page.limit,
    },
  );
  return rows.map(({ avant, apres, intitule, organisme, nomOrganisme, ...row }) => ({
    ...row,
    avant: versionsOf(avant),
    apres: versionsOf(apres),
    intitule: intitule ?? "",
    organisme: organisme ?? "",
    nomOrganisme: nomOrganisme ?? "",
  }));
}

function versionsOf(read: readonly [number, number, number] | null): VersionsVues | null {
  if (read === null) return null;
  const [session, action, organisme] = read;
  return { session, action, organisme };
}

/** How much changed, without reading what. */
export async function countChangements(db: Knex, snapshot: number): Promise<ComptesDeChangement> {
  const { rows } = await db.raw<{ rows: { motif: string | null; nombre: number }[] }>(
    `SELECT NULL AS motif, count(*)::int AS nombre FROM feed_presence WHERE from_snapshot = ?
     UNION ALL SELECT motif_sortie, count(*)::int FROM feed_presence WHERE to_snapshot = ? GROUP BY 1`,
    [snapshot, snapshot],
  );
  const nombreOf = (motif: string | null): number => rows.find((row) => row.motif === motif)?.nombre ?? 0;
  const modifications = nombreOf("remplacee");
  const sorties = rows.flatMap(({ motif, nombre }) =>
    motif === null || motif === "remplacee" ? [] : [{ motif, nombre }],
  );
  return {
    entrees: nombreOf(null) - modifications,
    modifications,
    sorties: sorties.sort((a, b) => b.nombre - a.nombre),
  };
}
