import type { Knex } from "knex";
import { type Filtre, listDeliveries, type Resume } from "../../../delivery/index.ts";

/** A line of the list. */
export interface Ligne extends Resume {
  readonly nom: string;
  /** When the last attempt began. */
  readonly essai_at: Date | null;
  /** What the partner said, the first one first. */
  readonly accuses: readonly { readonly etape: string; readonly issue: string; readonly refusees: number }[];
}

export interface Page {
  /** Content to come, the next to leave first; at most one per partner, hence not paged. */
  readonly annoncees: readonly Ligne[];
  readonly lignes: readonly Ligne[];
  /** Where the next page starts; undefined on the last one. */
  readonly suivant: string | undefined;
}

const SHOWN = 50;
/** There is one per partner. */
const MOST_ANNONCEES = 500;

/** A page of deliveries, the latest made first; what is announced comes before them, on the first page. */
export async function readPage(db: Knex, filtre: Filtre, apres: string | undefined): Promise<Page> {
  const first = apres === undefined && filtre.annoncee !== false;
  const annoncees = first
    ? await listDeliveries(db, { ...filtre, annoncee: true }, { limit: MOST_ANNONCEES })
    : [];
  const found =
    filtre.annoncee === true
      ? []
      : await listDeliveries(db, { ...filtre, annoncee: false }, { limit: SHOWN + 1, apres });
  const lignes = found.slice(0, SHOWN);
  const complete = await completer(db, [...annoncees, ...lignes]);
  return {
    annoncees: annoncees.map(complete).sort((a, b) => a.due_at.getTime() - b.due_at.getTime()),
    lignes: lignes.map(complete),
    suivant: found.length > SHOWN ? lignes.at(-1)?.id : undefined,
  };
}

type Complement = Pick<Ligne, "nom" | "essai_at" | "accuses">;

/** What the list says beside what is listed, read for the lines shown only. */
async function completer(db: Knex, shown: readonly Resume[]): Promise<(one: Resume) => Ligne> {
  const { rows } = await db.raw<{ rows: (Complement & { readonly id: string })[] }>(
    `SELECT d.id, p.nom,
       (SELECT a.started_at FROM attempt a WHERE a.delivery_id = d.id ORDER BY a.epoch DESC LIMIT 1) AS essai_at,
       coalesce((SELECT jsonb_agg(jsonb_build_object('etape', r.etape, 'issue', r.issue, 'refusees', r.refusees)
                                  ORDER BY r.id)
                 FROM receipt r WHERE r.delivery_id = d.id), '[]') AS accuses
     FROM delivery d JOIN partner p ON p.id = d.partner WHERE d.id = ANY(?)`,
    [shown.map(({ id }) => id)],
  );
  const by = new Map(rows.map(({ id, ...rest }) => [id, rest]));
  return (one) => ({ ...one, ...(by.get(one.id) ?? { nom: one.partner, essai_at: null, accuses: [] }) });
}

export interface Destinataire {
  readonly id: string;
  readonly nom: string;
}

/** Partners that a filter offers. */
export async function readDestinataires(db: Knex): Promise<Destinataire[]> {
  return db<Destinataire>("partner").select("id", "nom").orderBy("nom");
}
