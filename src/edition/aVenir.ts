import type { Knex } from "knex";
import { type Echeance, eligibleAt, parisTime } from "../calendar/index.ts";
import { horloge } from "../db/index.ts";
import type { Profil } from "../feed/index.ts";
import { pendingDemandes } from "./demandes.ts";
import { waterMarkOf } from "./sorties.ts";

/** What was published and no édition has yet written for a profile. */
export interface AVenir {
  readonly profil: Profil;
  /** Mise en ligne, or withdrawal, of the earliest of it. */
  readonly origine: Date;
  /** When that may leave; each day that puts it off is explained. */
  readonly eligible: Echeance;
}

/** How the published offer stands beside the éditions already made. */
export interface EtatDesEditions {
  readonly maintenant: Date;
  readonly aVenir: readonly AVenir[];
  /** Clock of the last édition done, by profile; a profile that is absent never had one. */
  readonly dernieres: ReadonlyMap<string, Date>;
  /** Éditions asked for and not made yet; `aLaMinute`: one of them cannot wait (S75). */
  readonly demandes: { readonly nombre: number; readonly aLaMinute: boolean };
}

/**
 * Reads, from the published versions alone, what each profile is still to receive and from when (DESIGN: the wait
 * belongs to version and partner, withdrawals are eligible at once). The scope is not read: what comes may turn out not to
 * concern the profile.
 *
 * Costs a few index lookups for each profile, whatever the size of the offer.
 */
export async function readAVenir(db: Knex, profils: readonly Profil[]): Promise<EtatDesEditions> {
  const maintenant = await horloge(db);
  const dernieres = await readDernieres(db, profils);
  const aVenir: AVenir[] = [];
  for (const profil of profils) {
    const derniere = dernieres.get(profil.id);
    if (derniere === undefined) continue;
    const { version, immediat } = await readEarliest(db, waterMarkOf(profil, derniere), derniere);
    const candidates = [
      ...(version === null
        ? []
        : [{ origine: version, eligible: eligibleAt(version, profil.attente, profil.calendrier) }]),
      ...(immediat === null ? [] : [{ origine: immediat, eligible: { at: immediat, explain: [] } }]),
    ].sort((a, b) => a.eligible.at.getTime() - b.eligible.at.getTime());
    const [first] = candidates;
    if (first !== undefined) aVenir.push({ profil, ...first });
  }
  return { maintenant, aVenir, dernieres, demandes: await pendingDemandes(db) };
}

/** Why an édition is to be made now. */
export type RaisonEdition = "premiere" | "nouveau_jour" | "demandee" | "contenu_eligible";

/**
 * Is an édition to be made? As soon as something may leave, so that what waits for a window is always the newest; but
 * not more often than `ecartMs` unless it cannot wait, and once at each new civil day, which alone makes sessions end.
 */
export function raisonEdition(
  { maintenant, aVenir, dernieres, demandes }: EtatDesEditions,
  profils: readonly Pick<Profil, "id">[],
  ecartMs: number,
): RaisonEdition | undefined {
  const dates = profils.map(({ id }) => dernieres.get(id));
  if (dates.length === 0) return undefined;
  if (dates.some((date) => date === undefined)) return "premiere";
  const oldest = Math.min(...dates.map((date) => date?.getTime() ?? 0));
  if (parisTime(new Date(oldest)).jour !== parisTime(maintenant).jour) return "nouveau_jour";
  if (demandes.aLaMinute) return "demandee";
  if (maintenant.getTime() - oldest < ecartMs) return undefined;
  if (demandes.nombre > 0) return "demandee";
  return aVenir.some(({ eligible }) => eligible.at <= maintenant) ? "contenu_eligible" : undefined;
}

async function readDernieres(db: Knex, profils: readonly Profil[]): Promise<Map<string, Date>> {
  const { rows } = await db.raw<{ rows: { profil: string; horloge: Date | null }[] }>(
    `SELECT p.id AS profil, e.horloge FROM unnest(?::text[]) AS p(id) LEFT JOIN LATERAL
       (SELECT horloge FROM edition WHERE etat = 'faite' AND p.id = ANY (profils) ORDER BY id DESC LIMIT 1) e ON true`,
    [profils.map(({ id }) => id)],
  );
  return new Map(rows.flatMap(({ profil, horloge: at }) => (at === null ? [] : [[profil, at] as const])));
}

/** Versions wait; withdrawals and what the registers say do not. */
const EARLIEST = `
  SELECT least(${["organisme", "action", "session"].map((kind) => earliest(kind, "mis_en_ligne_at", ":watermark", "IS NULL")).join(", ")}) AS version,
    least(${["certification", "habilitation"].map((kind) => earliest(kind, "mis_en_ligne_at", ":derniere", "IS NULL")).join(", ")},
      ${["organisme", "action", "session", "certification", "habilitation"].map((kind) => earliest(kind, "retired_at", ":derniere", "IS NOT NULL")).join(", ")}) AS immediat`;

function earliest(kind: string, column: string, after: string, retired: string): string {
  return `(SELECT min(${column}) FROM published_${kind} WHERE ${column} > ${after} AND retired_at ${retired})`;
}

async function readEarliest(
  db: Knex,
  watermark: Date,
  derniere: Date,
): Promise<{ version: Date | null; immediat: Date | null }> {
  const { rows } = await db.raw<{ rows: { version: Date | null; immediat: Date | null }[] }>(EARLIEST, {
    watermark,
    derniere,
  });
  return rows[0] ?? { version: null, immediat: null };
}
