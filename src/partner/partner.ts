import type { Knex } from "knex";
import { z } from "zod";
import { zLimites, zSurInconnue } from "./limites.ts";
import { zTransport } from "./transport.ts";

const ETATS = ["actif", "en_pause", "desactive"] as const;

/** `en_pause`: deliveries wait; `desactive`: nothing is planned any more. */
export type EtatPartenaire = (typeof ETATS)[number];

/** Someone who waits for the file of one profile. */
export const zPartner = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/, "minuscules, chiffres et tirets"),
    nom: z.string().min(1),
    profil: z.string(),
    transport: zTransport,
    /** May live on an inside address, and be reached without TLS. */
    interne: z.boolean().default(false),
    /** Takes the demonstration offer; no other partner ever does. */
    demo: z.boolean().default(false),
    limites: zLimites.prefault({}),
    sur_inconnue: zSurInconnue.default("renvoyer"),
  })
  .refine(
    ({ transport, interne }) => interne || transport.type !== "https" || transport.url.startsWith("https:"),
    {
      path: ["transport", "url"],
      error: "une adresse https://… : seul un destinataire interne peut s'en passer",
    },
  );

export type Partner = z.output<typeof zPartner> & {
  readonly etat: EtatPartenaire;
  /** Why it is not `actif`, in French. */
  readonly etatMotif: string | null;
};

/** A partner as its row has it, checked by nobody yet. */
export interface Row {
  readonly id: string;
  readonly nom: string;
  readonly profil: string;
  readonly transport: unknown;
  readonly interne: boolean;
  readonly demo: boolean;
  readonly limites: unknown;
  readonly sur_inconnue: string;
  readonly etat: EtatPartenaire;
  readonly etat_motif: string | null;
}

const COLUMNS = [
  "id",
  "nom",
  "profil",
  "transport",
  "interne",
  "demo",
  "limites",
  "sur_inconnue",
  "etat",
  "etat_motif",
] as const;

/** All partners, by name of id. */
export async function readPartners(db: Knex): Promise<Partner[]> {
  const rows = await db<Row>("partner")
    .select(...COLUMNS)
    .orderBy("id");
  return rows.map(partnerOf);
}

/** One partner, if it is there. */
export async function readPartner(db: Knex, id: string): Promise<Partner | undefined> {
  const row = await db<Row>("partner")
    .where({ id })
    .first(...COLUMNS);
  return row === undefined ? undefined : partnerOf(row);
}

/**
 * Adds a partner, or brings its definition up to date, and announces it: it is then planned what it is to receive. Its
 * state (pause, disabled) is an act of its own and stays.
 * @throws z.ZodError when the definition is wrong
 */
export async function upsertPartner(db: Knex, partner: z.input<typeof zPartner>): Promise<void> {
  const { transport, limites, ...fields } = zPartner.parse(partner);
  await db.transaction(async (trx) => {
    await trx("partner")
      .insert({ ...fields, transport: JSON.stringify(transport), limites: JSON.stringify(limites) })
      .onConflict("id")
      .merge(["nom", "profil", "transport", "interne", "demo", "limites", "sur_inconnue"]);
    await announcePartner(trx, fields.id);
  });
}

/**
 * Pauses, disables or wakes a partner. What waits for one that is paused leaves when it wakes, and its breaker is then
 * closed.
 * @param motif in French, shown to the operator
 */
export async function setPartnerState(
  db: Knex,
  id: string,
  etat: EtatPartenaire,
  motif: string | null,
): Promise<void> {
  await db.transaction(async (trx) => {
    const closed = etat === "actif" ? { echecs_suite: 0, ouvert_jusqua: null } : {};
    await trx("partner")
      .where({ id })
      .update({ etat, etat_motif: motif, ...closed });
    await announcePartner(trx, id);
  });
}

/** Asks that a partner be planned again what it is to receive. */
export async function announcePartner(trx: Knex.Transaction, partenaire: string): Promise<void> {
  await trx("outbox").insert({ sujet: "partenaire.modifie", charge: JSON.stringify({ partenaire }) });
}

/**
 * SQL that gives a partner as JSON, for a statement that reads it beside other things; {@link partnerOf} reads it.
 * @param alias of the table `partner` there
 */
export const partnerJson = (alias: string): string =>
  `jsonb_build_object(${COLUMNS.map((column) => `'${column}', ${alias}.${column}`).join(", ")})`;

/** @throws z.ZodError when the row holds what this version does not know */
export function partnerOf(row: Row): Partner {
  const { etat, etat_motif, ...fields } = row;
  return { ...zPartner.parse(fields), etat, etatMotif: etat_motif };
}
