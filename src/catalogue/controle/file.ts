import type { Knex } from "knex";
import { horloge } from "../../db/index.ts";
import { parisDay } from "../../lheo/index.ts";
import { type Auteur, porteeOf } from "../auteur.ts";
import type { Cadre } from "../fiche.ts";
import { type Delai, delaiDeControle } from "./delai.ts";

/** What the control is asked for: a new action (S40), or other certifications of one that is online (S41). */
export const TYPES_DE_CONTROLE = ["creation", "certification"] as const;
export type TypeDeControle = (typeof TYPES_DE_CONTROLE)[number];

const ETATS = { creation: "creee", certification: "modifiee" } as const satisfies Record<
  TypeDeControle,
  string
>;

export interface AControler {
  readonly id: number;
  readonly reference: string;
  readonly intitule: string;
  readonly cadre: Cadre;
  readonly structure: string;
  readonly nomStructure: string;
  readonly type: TypeDeControle;
  readonly soumise_at: Date;
  readonly delai: Delai;
  readonly enRetard: boolean;
  /** Sessions that wait with it. */
  readonly sessions: number;
  readonly pris: Prise | undefined;
}

/** Who has it in hand. */
export interface Prise {
  readonly acteur: string;
  readonly nom: string;
  readonly at: Date;
}

/** Where a page ends. */
export interface Reprise {
  /** AAAA-MM-JJ. */
  readonly echeance: string;
  readonly id: number;
}

export interface FileDeControle {
  readonly actions: readonly AControler[];
  readonly suite: Reprise | undefined;
}

interface Row extends Omit<AControler, "type" | "delai" | "enRetard" | "pris"> {
  readonly etat: "creee" | "modifiee";
  readonly echeance: string;
  readonly pris_par: string | null;
  readonly pris_nom: string | null;
  readonly pris_at: Date | null;
}

const COLONNES = `a.id, a.reference, coalesce(a.contenu->>'intitule', '') AS intitule, a.cadre, a.structure,
  st.nom AS "nomStructure", a.etat, a.soumise_at, to_char(a.echeance, 'YYYY-MM-DD') AS echeance,
  (SELECT count(*)::int FROM catalogue_session s WHERE s.action_id = a.id AND s.etat IN ('soumise', 'modifiee')
     AND s.revision IS DISTINCT FROM s.publiee_revision) AS sessions,
  p.par AS pris_par, p.nom AS pris_nom, p.at AS pris_at`;

/** What was taken before the OF confirmed again is not in hand any more. */
const JOINTURES = `JOIN structure st ON st.numero = a.structure
  LEFT JOIN LATERAL (SELECT a.pris_par AS par, coalesce(c.nom, a.pris_par) AS nom, a.pris_at AS at
    FROM (SELECT) one LEFT JOIN compte c ON 'compte:' || c.identifiant = a.pris_par
    WHERE a.pris_at >= a.soumise_at) p ON true`;

/** What waits for the control, the one that is due first on top; read from an index, a page at a time. */
export async function readFileDeControle(
  db: Knex,
  auteur: Auteur,
  {
    type,
    limit,
    apres,
  }: {
    readonly type?: TypeDeControle | undefined;
    readonly limit: number;
    readonly apres?: Reprise | undefined;
  },
): Promise<FileDeControle> {
  const { sql, bindings } = porteeOf(auteur);
  const { rows } = await db.raw<{ rows: Row[] }>(
    `SELECT ${COLONNES} FROM catalogue_action a ${JOINTURES}
     WHERE ${sql} AND a.etat IN ('creee', 'modifiee') AND a.etat = ANY (:etats::text[])
       AND (a.echeance, a.id) > (:echeance::date, :id::bigint)
     ORDER BY a.echeance, a.id LIMIT :plus`,
    {
      ...bindings,
      etats: type === undefined ? Object.values(ETATS) : [ETATS[type]],
      echeance: apres?.echeance ?? "-infinity",
      id: apres?.id ?? 0,
      plus: limit + 1,
    },
  );
  const jour = parisDay(await horloge(db));
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    actions: shown.map((row) => toAControler(row, jour)),
    suite:
      rows.length > limit && last !== undefined
        ? { echeance: last.echeance, id: Number(last.id) }
        : undefined,
  };
}

/** One of them; nothing when it does not wait for the control. */
export async function readAControler(db: Knex, auteur: Auteur, id: number): Promise<AControler | undefined> {
  const { sql, bindings } = porteeOf(auteur);
  const { rows } = await db.raw<{ rows: Row[] }>(
    `SELECT ${COLONNES} FROM catalogue_action a ${JOINTURES}
     WHERE ${sql} AND a.id = :id AND a.etat IN ('creee', 'modifiee')`,
    { ...bindings, id },
  );
  const [row] = rows;
  return row === undefined ? undefined : toAControler(row, parisDay(await horloge(db)));
}

function toAControler(
  { etat, echeance, pris_par, pris_nom, pris_at, ...row }: Row,
  jour: string,
): AControler {
  // As it was set when the OF confirmed: what is due does not move with a calendar.
  const auPlusTard = echeance.replaceAll("-", "");
  return {
    ...row,
    id: Number(row.id),
    type: etat === "creee" ? "creation" : "certification",
    delai: { ...delaiDeControle(row.soumise_at), auPlusTard },
    enRetard: auPlusTard < jour,
    pris:
      pris_par === null || pris_at === null
        ? undefined
        : { acteur: pris_par, nom: pris_nom ?? pris_par, at: pris_at },
  };
}

/** How many wait, of each type; the queue is short beside the catalogue. */
export async function countFileDeControle(
  db: Knex,
  auteur: Auteur,
): Promise<Readonly<Record<TypeDeControle | "retard", number>>> {
  const { sql, bindings } = porteeOf(auteur);
  const { rows } = await db.raw<{ rows: { etat: string; nombre: number; retard: number }[] }>(
    `SELECT a.etat, count(*)::int AS nombre,
       count(*) FILTER (WHERE a.echeance < (horloge() AT TIME ZONE 'Europe/Paris')::date)::int AS retard
     FROM catalogue_action a WHERE ${sql} AND a.etat IN ('creee', 'modifiee') GROUP BY a.etat`,
    { ...bindings },
  );
  const nombreOf = (etat: string) => rows.find((row) => row.etat === etat)?.nombre ?? 0;
  return {
    creation: nombreOf(ETATS.creation),
    certification: nombreOf(ETATS.certification),
    retard: rows.reduce((sum, { retard }) => sum + retard, 0),
  };
}
