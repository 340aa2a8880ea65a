import type { Knex } from "knex";
import { wallClock } from "../calendar/index.ts";
import { horloge, pendingMigrations } from "../db/index.ts";
import { bad, type Check, good, reason } from "./check.ts";

const VERSION = 14;
const SKEW_MS = 5_000;
const LATE = "10 minutes";

/** Name of the check without which no table may be asked. */
export const SCHEMA = "Schéma de la base";

/** Everything that can be asked of a database; stops at the first check that makes the next ones pointless. */
export async function checkDatabase(db: Knex): Promise<Check[]> {
  const reached = await checkReachable(db);
  if (!reached.ok) return [reached];
  const schema = await checkMigrations(db);
  const checks = [reached, await checkEncoding(db), schema];
  if (!schema.ok) return checks;
  return [...checks, await checkClock(db), await checkDeliveries(db)];
}

async function checkReachable(db: Knex): Promise<Check> {
  const what = "Base de données";
  try {
    const { rows } = await db.raw<{ rows: { num: string; texte: string }[] }>(
      "SELECT current_setting('server_version_num') AS num, current_setting('server_version') AS texte",
    );
    const seen = `PostgreSQL ${rows[0]?.texte}`;
    if (Math.floor(Number(rows[0]?.num) / 10_000) >= VERSION) return good(what, seen);
    return bad(what, seen, `Passez à PostgreSQL ${VERSION} ou plus récent.`);
  } catch (error) {
    return bad(
      what,
      reason(error),
      "Vérifiez l'adresse, le compte et le mot de passe de DATABASE_URL, que PostgreSQL est démarré et qu'il accepte cette machine (pg_hba.conf).",
    );
  }
}

async function checkEncoding(db: Knex): Promise<Check> {
  const what = "Encodage de la base";
  const { rows } = await db.raw<{ rows: { seen: string }[] }>(
    "SELECT current_setting('server_encoding') AS seen",
  );
  const seen = rows[0]?.seen ?? "";
  if (seen === "UTF8") return good(what, seen);
  return bad(
    what,
    seen,
    "Recréez la base avec ENCODING 'UTF8' : les textes de l'offre ont des caractères que cet encodage n'a pas.",
  );
}

async function checkMigrations(db: Knex): Promise<Check> {
  const what = SCHEMA;
  const pending = await pendingMigrations(db);
  if (pending.length === 0) return good(what, "à jour");
  return bad(what, `il manque ${pending.join(", ")}`, "Lancez : offre-info migrate");
}

/** The database's clock decides; a machine far from it misleads whoever reads its log. */
async function checkClock(db: Knex): Promise<Check> {
  const what = "Horloges";
  const skew = Math.round((wallClock().getTime() - (await horloge(db)).getTime()) / 1000);
  const seen = `${Math.abs(skew)} s d'écart entre cette machine et la base`;
  if (Math.abs(skew) * 1000 <= SKEW_MS) return good(what, seen);
  return bad(what, seen, "Réglez les deux machines sur le même serveur de temps (NTP).");
}

async function checkDeliveries(db: Knex): Promise<Check> {
  const what = "Diffusions";
  const { rows } = await db.raw<{ rows: { retard: number; bloquees: number }[] }>(
    // What is only announced waits for its édition, and a partner that is paused or left alone for its own date.
    `SELECT count(*) FILTER (WHERE d.etat IN ('scheduled', 'retry') AND d.due_at < horloge() - interval '${LATE}'
              AND d.snapshot_id IS NOT NULL AND p.etat = 'actif'
              AND (p.ouvert_jusqua IS NULL OR p.ouvert_jusqua <= horloge())) AS retard,
            count(*) FILTER (WHERE d.etat = 'in_flight' AND d.lease_until < horloge()) AS bloquees
     FROM delivery d JOIN partner p ON p.id = d.partner WHERE d.etat IN ('scheduled', 'retry', 'in_flight')`,
  );
  const { retard = 0, bloquees = 0 } = rows[0] ?? {};
  if (retard + bloquees === 0) return good(what, "aucune en retard");
  return bad(
    what,
    `${retard} en retard de plus de ${LATE}, ${bloquees} interrompues`,
    "Vérifiez qu'un processus de diffusion tourne (offre-info start), puis l'état de chaque partenaire.",
  );
}
