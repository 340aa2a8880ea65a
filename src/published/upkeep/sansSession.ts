import type { Knex } from "knex";
import { horloge } from "../../db/index.ts";
import { addDays, lastDay, parisDay } from "../../lheo/index.ts";
import { ecrituresDuDernierJour } from "./ecritures.ts";
import { finLimite, JOURS_APRES_FIN } from "./perimee.ts";

/** Some of a number of records. */
export interface Extrait<T> {
  readonly nombre: number;
  readonly premiers: readonly T[];
}

export interface ActionSansSession {
  readonly numero: string;
  readonly intitule: string;
  readonly organisme: string;
}

/** A session is what its newest version says. */
const DERNIERE = (session: string): string =>
  `${session}.retired_at IS NULL AND NOT EXISTS (SELECT FROM published_session n
     WHERE n.numero = ${session}.numero AND n.version > ${session}.version AND n.retired_at IS NULL)`;

/** Published actions that no published session belongs to any more: they have left the feeds (H6). */
export async function actionsSansSession(db: Knex, limit: number): Promise<Extrait<ActionSansSession>> {
  const { rows } = await db.raw<{ rows: (ActionSansSession & { nombre: number })[] }>(
    `WITH sans AS (
       SELECT DISTINCT a.numero FROM published_action a WHERE a.retired_at IS NULL
          AND NOT EXISTS (SELECT FROM published_session s WHERE s.action = a.numero AND ${DERNIERE("s")}))
     SELECT p.numero, d.intitule, d.organisme, (SELECT count(*) FROM sans) AS nombre
       FROM (SELECT numero FROM sans ORDER BY numero LIMIT ?) p
      CROSS JOIN LATERAL (SELECT contenu->>'intitule' AS intitule, organisme FROM published_action
        WHERE numero = p.numero AND retired_at IS NULL ORDER BY version DESC LIMIT 1) d
      ORDER BY p.numero`,
    [Math.max(1, limit)],
  );
  const premiers = rows.slice(0, limit).map(({ nombre: _, ...action }) => action);
  return { nombre: rows[0]?.nombre ?? 0, premiers };
}

export interface SessionBientotPerimee {
  readonly numero: string;
  readonly action: string;
  readonly fin: string;
  /** The first day on which it is shown nowhere, AAAAMMJJ. */
  readonly sort: string;
  /** Its action is then left without a session (H5, H6). */
  readonly derniere: boolean;
}

/** Sessions that leave within so many days because they ended, the first to leave first. */
export async function sessionsBientotPerimees(
  db: Knex,
  { jours, limit }: { readonly jours: number; readonly limit: number },
): Promise<Extrait<SessionBientotPerimee>> {
  const limite = finLimite(parisDay(await horloge(db)));
  const fins = Array.from({ length: jours }, (_, day) => addDays(limite, day)).flatMap(
    ecrituresDuDernierJour,
  );
  const { rows } = await db.raw<{
    rows: { numero: string; action: string; fin: string; derniere: boolean; nombre: number }[];
  }>(
    `SELECT s.numero, s.action, s.fin, count(*) OVER () AS nombre,
            NOT EXISTS (SELECT FROM published_session o WHERE o.action = s.action AND ${DERNIERE("o")}
              AND o.fin <> ALL (CAST(:fins AS text[])) AND NOT (o.fin > '00000000' AND o.fin < :limite)) AS derniere
       FROM published_session s WHERE s.fin = ANY (CAST(:fins AS text[])) AND ${DERNIERE("s")}
      ORDER BY s.fin, s.numero LIMIT :limit`,
    { fins, limite, limit: Math.max(1, limit) },
  );
  const premiers = rows.slice(0, limit).map(({ numero, action, fin, derniere }) => ({
    numero,
    action,
    fin,
    sort: addDays(lastDay(fin) ?? fin, JOURS_APRES_FIN + 1),
    derniere,
  }));
  return { nombre: rows[0]?.nombre ?? 0, premiers };
}
