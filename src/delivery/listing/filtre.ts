import { z } from "zod";
import { ETATS } from "./mots.ts";

const zList = z.array(z.string().min(1)).min(1).optional();

/** Which deliveries: those that meet every criterion given. Plain JSON once written, dates as ISO 8601. */
export const zFiltre = z.strictObject({
  ids: zList,
  partenaires: zList,
  profils: zList,
  etats: z.array(z.enum(ETATS)).min(1).optional(),
  /** Only those whose content is to come, or only the others. */
  annoncee: z.boolean().optional(),
  /** Made, or attempted, at this instant or after it… */
  depuis: z.coerce.date().optional(),
  /** … and before this one. */
  jusqua: z.coerce.date().optional(),
  /** How an attempt ended, in the period if there is one: `delai`, `temporaire`… */
  issues: zList,
  /** A session number, as in the feed. */
  session: z.string().min(1).optional(),
});

export type Filtre = z.output<typeof zFiltre>;

/** A condition of SQL on `delivery d` joined to `partner p`, and its named values. */
export interface Condition {
  readonly sql: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The filter as SQL; each criterion is one that an index answers. */
export function conditionOf(filtre: Filtre): Condition {
  const { ids, partenaires, profils, etats, annoncee, depuis, jusqua, issues, session } = filtre;
  const period = (column: string): string =>
    [depuis && `${column} >= :depuis`, jusqua && `${column} < :jusqua`].filter(Boolean).join(" AND ");
  const dated = depuis !== undefined || jusqua !== undefined;
  const parts = [
    ids && "d.id = ANY(:ids)",
    partenaires && "d.partner = ANY(:partenaires)",
    profils && "p.profil = ANY(:profils)",
    etats && "d.etat = ANY(:etats)",
    annoncee !== undefined && `${annoncee ? "" : "NOT "}(d.etat = 'scheduled' AND d.snapshot_id IS NULL)`,
    dated &&
      `d.id IN (SELECT id FROM delivery WHERE ${period("created_at")}
                UNION SELECT delivery_id FROM attempt WHERE ${period("started_at")})`,
    issues &&
      `EXISTS (SELECT 1 FROM attempt a WHERE a.delivery_id = d.id AND a.issue = ANY(:issues)
               ${dated ? `AND ${period("a.started_at")}` : ""})`,
    // Snapshots are numbered in the order they were made, for all profiles together.
    session &&
      `EXISTS (SELECT 1 FROM feed_presence f WHERE f.profil = p.profil AND f.session = :session
               AND f.from_snapshot <= d.snapshot_id AND (f.to_snapshot IS NULL OR f.to_snapshot > d.snapshot_id))`,
  ].filter((part) => part !== undefined && part !== false && part !== "");
  const values = { ids, partenaires, profils, etats, depuis, jusqua, issues, session };
  return { sql: parts.length === 0 ? "true" : parts.join("\n AND "), values: given(values) };
}

/** Does it let every delivery through? */
export function isUnlimited(filtre: Filtre): boolean {
  return Object.keys(given(filtre)).length === 0;
}

function given(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
