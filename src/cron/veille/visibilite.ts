import type { Knex } from "knex";
import { parisTime, visibleOn } from "../../calendar/index.ts";
import { zProfil } from "../../feed/index.ts";
import type { Constat } from "./diffusions.ts";

/**
 * Partners that say what they make of each file, and have said nothing of one by the day when it should show (profile's
 * `visibilite`, counted from mise en ligne as for a session). A file is whole: what they say of one speaks for those
 * before it. A partner that never acknowledges a treatment is not waited for.
 */
export async function visibilites(db: Knex, maintenant: Date): Promise<Constat[]> {
  const today = parisTime(maintenant).jour;
  const constats: Constat[] = [];
  for (const partner of await readSilent(db)) {
    const { visibilite, calendrier } = zProfil.parse(partner.definition);
    const late = partner.diffusions.filter(({ publie, recue }) => {
      // Nothing published later than the watermark is in the file.
      const visible = visibleOn(new Date(publie), visibilite, calendrier).jour;
      const received = parisTime(new Date(recue)).jour;
      return (visible < received ? received : visible) < today;
    });
    const [first, last] = [late[0], late.at(-1)];
    if (first === undefined || last === undefined) continue;
    const { nombre, exemples } = await readSessions(db, partner, last.snapshot);
    const shown = exemples.length === 0 ? "" : ` Par exemple : ${exemples.join(", ")}.`;
    constats.push({
      cle: `visibilite:${partner.id}`,
      message: `${partner.nom} n'a pas dit ce qu'il a fait de ${late.length} fichier(s) reçu(s), le premier le ${day(parisTime(new Date(first.recue)).jour)} : ${nombre} session(s) devraient y être visibles.${shown}`,
      detail: { partenaire: partner.id, diffusions: late.map(({ id }) => id), sessions: nombre, exemples },
    });
  }
  return constats;
}

interface Diffusion {
  readonly id: string;
  readonly snapshot: number;
  /** Watermark of its content, and end of its attempt: ISO 8601. */
  readonly publie: string;
  readonly recue: string;
}

interface Silent {
  readonly id: string;
  readonly nom: string;
  readonly profil: string;
  readonly definition: unknown;
  /** Snapshot of the last file of which they said something; 0 when there is none. */
  readonly traite: number;
  /** Accepted since, the oldest first. */
  readonly diffusions: readonly Diffusion[];
}

/** Files kept in the detail of one alert. */
const MOST = 50;
const MOST_EXAMPLES = 5;

async function readSilent(db: Knex): Promise<Silent[]> {
  const { rows } = await db.raw<{ rows: Silent[] }>(
    `SELECT p.id, p.nom, p.profil, f.definition, coalesce(t.snapshot_id, 0) AS traite, d.diffusions
     FROM partner p JOIN profil f ON f.id = p.profil
       LEFT JOIN LATERAL (SELECT d.created_at, d.snapshot_id FROM receipt r JOIN delivery d ON d.id = r.delivery_id
         WHERE r.partner = p.id AND r.etape = 'traitement' ORDER BY d.created_at DESC LIMIT 1) t ON true
       CROSS JOIN LATERAL (SELECT jsonb_agg(to_jsonb(o) ORDER BY o.cree) AS diffusions FROM (
         SELECT d.id, d.snapshot_id AS snapshot, s.watermark AS publie, d.updated_at AS recue, d.created_at AS cree
         FROM delivery d JOIN feed_snapshot s ON s.id = d.snapshot_id
         WHERE d.partner = p.id AND d.etat = 'accepted' AND (t.created_at IS NULL OR d.created_at > t.created_at)
         ORDER BY d.created_at LIMIT ${MOST}) o) d
     WHERE p.etat <> 'desactive' AND d.diffusions IS NOT NULL
       AND (t.created_at IS NOT NULL
         OR EXISTS (SELECT 1 FROM partner_accuse a WHERE a.partner = p.id AND a.etape = 'traitement'))
     ORDER BY p.id`,
  );
  return rows;
}

/** Sessions that entered or changed since what they last spoke of, and of which they said nothing. */
async function readSessions(
  db: Knex,
  { id, profil, traite }: Silent,
  until: number,
): Promise<{ nombre: number; exemples: string[] }> {
  const { rows } = await db.raw<{ rows: { nombre: number; exemples: string[] }[] }>(
    `SELECT count(*)::int AS nombre, coalesce((array_agg(p.session ORDER BY p.session))[1:${MOST_EXAMPLES}], '{}') AS exemples
     FROM feed_presence p
     WHERE p.profil = :profil AND p.to_snapshot IS NULL AND p.from_snapshot > :traite AND p.from_snapshot <= :until
       AND NOT EXISTS (SELECT 1 FROM session_accuse a WHERE a.partner = :id AND a.session = p.session
         AND a.depuis >= p.from_snapshot AND a.etat <> 'acquittee')`,
    { id, profil, traite, until },
  );
  return rows[0] ?? { nombre: 0, exemples: [] };
}

const day = (jour: string): string => `${jour.slice(6)}/${jour.slice(4, 6)}/${jour.slice(0, 4)}`;
