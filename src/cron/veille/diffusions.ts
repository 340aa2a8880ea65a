import type { Knex } from "knex";
import type { Alerte } from "../../alert/index.ts";
import { BREAKER_AFTER, dueDeliveries } from "../../delivery/index.ts";
import { SEUILS } from "../seuils.ts";

/** What is true now, under the code of the table below. */
export type Constat = Omit<Alerte, "code">;

const MOST_EXAMPLES = 5;
const LOOKED_AT = 1_000;

/** What is due and does not move, by the dates of the database: the health of a queue says nothing of it. */
export async function retards(db: Knex): Promise<Constat[]> {
  const minutes = SEUILS.retardMinutes.valeur;
  const due = await dueDeliveries(db, { horizonMs: 0, limit: LOOKED_AT });
  const late = due.filter(({ overdueMs }) => overdueMs > minutes * 60_000);
  const { rows } = await db.raw<{ rows: { nombre: number }[] }>(
    "SELECT count(*)::int AS nombre FROM outbox WHERE done_at IS NULL AND created_at < horloge() - ? * interval '1 minute'",
    [minutes],
  );
  const annonces = rows[0]?.nombre ?? 0;
  const [first] = late;
  return [
    ...(first === undefined
      ? []
      : [
          {
            cle: "retard:diffusions",
            message: `${late.length} diffusion(s) due(s) depuis plus de ${minutes} minutes n'avancent pas. La plus ancienne : ${first.deliveryId}, en retard de ${Math.round(first.overdueMs / 60_000)} minutes.`,
            detail: {
              nombre: late.length,
              exemples: late.slice(0, MOST_EXAMPLES).map((one) => one.deliveryId),
            },
          },
        ]),
    ...(annonces === 0
      ? []
      : [
          {
            cle: "retard:annonces",
            message: `${annonces} annonce(s) attendent depuis plus de ${minutes} minutes que quelqu'un les traite.`,
            detail: { nombre: annonces },
          },
        ]),
  ];
}

interface Last {
  readonly partner: string;
  readonly nom: string;
  readonly diffusion: string;
  readonly motif: string | null;
}

/** Active partners whose last file was given up. One that is stopped, or that refused a file, is told elsewhere. */
export async function abandons(db: Knex): Promise<Constat[]> {
  const { rows } = await db.raw<{ rows: Last[] }>(
    `SELECT p.id AS partner, p.nom, d.id AS diffusion, d.motif FROM partner p CROSS JOIN LATERAL (
       SELECT id, etat, motif FROM delivery WHERE partner = p.id AND etat IN ('accepted', 'dead', 'rejected')
       ORDER BY created_at DESC, id DESC LIMIT 1) d
     WHERE p.etat = 'actif' AND d.etat = 'dead' ORDER BY p.id`,
  );
  return rows.map(({ partner, nom, diffusion, motif }) => ({
    cle: `abandon:${partner}`,
    message: `La dernière diffusion pour ${nom} est abandonnée. ${motif ?? ""}`.trim(),
    detail: { partenaire: partner, diffusion },
  }));
}

/**
 * Active partners that have not taken anything for a while though we try: failures in a row, or a secret of ours that is
 * missing, which counts as nobody's failure. Nothing is given up yet, and a night may still be saved.
 */
export async function pannes(db: Knex): Promise<Constat[]> {
  const { rows } = await db.raw<{ rows: Panne[] }>(
    `SELECT p.id AS partner, p.nom, p.echecs_suite AS echecs, d.id AS diffusion, d.due_at AS prochain, a.issue,
       a.detail->>'message' AS message
     FROM partner p JOIN delivery d ON d.partner = p.id AND d.etat IN ('scheduled', 'retry')
       LEFT JOIN LATERAL (SELECT x.issue, x.detail FROM delivery o JOIN attempt x ON x.delivery_id = o.id
         WHERE o.partner = p.id AND o.created_at > d.created_at - interval '7 days'
         ORDER BY x.started_at DESC LIMIT 1) a ON true
     WHERE p.etat = 'actif' AND (p.echecs_suite >= ? OR (d.etat = 'retry' AND a.issue = 'secret_indisponible'))
     ORDER BY p.id`,
    [BREAKER_AFTER],
  );
  return rows.map(({ partner, nom, echecs, diffusion, message }) => ({
    cle: `panne:${partner}`,
    message:
      `${nom} ne prend plus rien${echecs === 0 ? "" : ` : ${echecs} échecs de suite`}. ${message ?? ""}`.trim(),
    detail: { partenaire: partner, diffusion },
  }));
}

interface Panne {
  readonly partner: string;
  readonly nom: string;
  readonly echecs: number;
  readonly diffusion: string;
  readonly message: string | null;
}

/** What is held by the product itself; what an operator holds is no news to operators. */
export async function retenues(db: Knex): Promise<Constat[]> {
  const { rows } = await db.raw<{ rows: Last[] }>(
    `SELECT p.id AS partner, p.nom, d.id AS diffusion, d.motif FROM delivery d JOIN partner p ON p.id = d.partner
     WHERE d.etat = 'held' AND d.retenue IS DISTINCT FROM 'operateur' ORDER BY p.id`,
  );
  return rows.map(({ partner, nom, diffusion, motif }) => ({
    cle: `retenue:${partner}`,
    message: `La diffusion pour ${nom} est retenue. ${motif ?? ""}`.trim(),
    detail: { partenaire: partner, diffusion },
  }));
}

/** Partners to which nothing leaves. */
export async function partenairesArretes(db: Knex): Promise<Constat[]> {
  const rows: { id: string; nom: string; etat: string; etat_motif: string | null }[] = await db("partner")
    .whereNot({ etat: "actif" })
    .orderBy("id")
    .select("id", "nom", "etat", "etat_motif");
  return rows.map(({ id, nom, etat, etat_motif }) => ({
    cle: `partenaire:${id}`,
    message:
      `Rien ne part plus vers ${nom} : il est ${etat === "en_pause" ? "en pause" : "désactivé"}. ${etat_motif ?? ""}`.trim(),
    detail: { partenaire: id, etat },
  }));
}
