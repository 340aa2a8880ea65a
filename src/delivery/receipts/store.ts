import type { Knex } from "knex";
import { tell } from "./alerts.ts";
import type { Accuse, EtapeAccuse } from "./mapping.ts";
import { type Delivery, resolve } from "./match.ts";
import type { Lecture } from "./read.ts";
import { rejectDelivery } from "./reject.ts";
import type { Remarque } from "./remarques.ts";
import { moveStates } from "./state.ts";

/** How a partner's word on a delivery ended. */
export type IssueAccuse = "recue" | "acceptee" | "partielle" | "refusee" | "inconnue" | "illisible";

export interface Comptes {
  readonly lignes: number;
  readonly acquittees: number;
  readonly visibles: number;
  readonly refusees: number;
  readonly illisibles: number;
  /** Of sessions that this delivery did not hold. */
  readonly inconnues: number;
}

const NONE: Comptes = { lignes: 0, acquittees: 0, visibles: 0, refusees: 0, illisibles: 0, inconnues: 0 };

/** A receipt that was written. */
export interface Stored {
  readonly receipt: number;
  readonly issue: IssueAccuse;
  readonly comptes: Comptes;
  readonly delivery: string | undefined;
  /** The whole file was refused, and the delivery was accepted until now. */
  readonly rejetee: boolean;
}

export interface ToStore {
  readonly partner: string;
  readonly etape: EtapeAccuse;
  readonly source: string;
  readonly delivery: Delivery | undefined;
  /** As for {@link resolve}. */
  readonly base: string | undefined;
  /** The staged lines are resolved for this delivery already. */
  readonly resolu?: boolean;
  /** Already taken; the lines are staged when there are any. */
  readonly lecture: Pick<Lecture, "entete" | "coupee" | "remarques">;
  readonly lignes: number;
  readonly reste: Accuse["reste"];
  readonly fichier?: { readonly nom: string; readonly sha256: string; readonly octets: number } | undefined;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** When it is already known, by counts that the partner gave. */
  readonly issue?: IssueAccuse;
}

/**
 * Writes a receipt, its lines matched to sessions, and all that it changes.
 * @param trx holds the lock of the partner
 */
export async function storeReceipt(trx: Knex.Transaction, given: ToStore): Promise<Stored> {
  const { partner, etape, delivery, lecture } = given;
  const { refus } = lecture.entete;
  // What a file that we could not read to the end, or that was refused, leaves out proves nothing.
  const reste = given.reste === "rien" || lecture.coupee || refus !== undefined ? null : given.reste;
  const [row] = await trx("receipt").insert(
    {
      delivery_id: delivery?.id ?? null,
      partner,
      etape,
      issue: "recue",
      source: given.source,
      nom: given.fichier?.nom ?? null,
      sha256: given.fichier?.sha256 ?? null,
      octets: given.fichier?.octets ?? null,
      reste,
      detail: JSON.stringify(detailOf(given, lecture.remarques)),
    },
    ["id"],
  );
  const receipt = Number(row?.id);
  const comptes = given.lignes === 0 ? NONE : await insertLines(trx, receipt, given);
  if (delivery !== undefined && (given.lignes > 0 || reste !== null))
    await moveStates(trx, { partner, receipt, delivery, reste });
  const issue = given.issue ?? (await issueOf(trx, given, comptes));
  await trx("receipt")
    .where({ id: receipt })
    .update({ ...comptes, issue });
  const rejetee =
    refus !== undefined && delivery !== undefined && (await rejectDelivery(trx, partner, delivery, refus));
  await tell(trx, { partner, issue, delivery, nom: given.fichier?.nom, rejetee });
  return { receipt, issue, comptes, delivery: delivery?.id, rejetee };
}

function detailOf(
  { detail = {}, lecture }: ToStore,
  remarques: readonly Remarque[],
): Readonly<Record<string, unknown>> {
  return {
    ...detail,
    ...(Object.keys(lecture.entete).length === 0 ? {} : { entete: lecture.entete }),
    ...(remarques.length === 0 ? {} : { remarques }),
    ...(lecture.coupee ? { coupee: true } : {}),
  };
}

async function insertLines(trx: Knex.Transaction, receipt: number, given: ToStore): Promise<Comptes> {
  const { delivery } = given;
  if (delivery !== undefined && given.resolu !== true) await resolve(trx, delivery, given.base);
  const found =
    delivery === undefined
      ? "SELECT NULL::integer AS rang, NULL::text AS session WHERE false"
      : "SELECT rang, session FROM accuse_resolu";
  await trx.raw(
    `INSERT INTO receipt_line (receipt_id, rang, ecrit, session, statut, mot, code, message)
     SELECT ?, l.rang, coalesce(nullif(l.session, ''), l.action), r.session,
       CASE WHEN l.statut <> 'illisible' AND r.session IS NULL THEN 'inconnue_de_nous' ELSE l.statut END,
       l.mot, l.code, l.message
     FROM accuse_lu l LEFT JOIN (${found}) r ON r.rang = l.rang`,
    [receipt],
  );
  return countsOf(trx, receipt);
}

async function countsOf(trx: Knex.Transaction, receipt: number): Promise<Comptes> {
  const { rows } = await trx.raw<{ rows: Comptes[] }>(
    `SELECT count(*)::int AS lignes,
       count(*) FILTER (WHERE statut = 'acquittee')::int AS acquittees,
       count(*) FILTER (WHERE statut = 'visible')::int AS visibles,
       count(*) FILTER (WHERE statut = 'refusee')::int AS refusees,
       count(*) FILTER (WHERE statut = 'illisible')::int AS illisibles,
       count(*) FILTER (WHERE statut = 'inconnue_de_nous')::int AS inconnues
     FROM receipt_line WHERE receipt_id = ?`,
    [receipt],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("count(*) answered nothing");
  return row;
}

async function issueOf(
  trx: Knex.Transaction,
  { etape, lecture, delivery, lignes }: ToStore,
  { acquittees, visibles, refusees }: Comptes,
): Promise<IssueAccuse> {
  if (lecture.entete.refus !== undefined) return "refusee";
  if (lecture.coupee && lignes === 0) return "illisible";
  if (etape === "reception") return "recue";
  if (lignes === 0) return "acceptee";
  if (delivery === undefined || acquittees + visibles + refusees === 0) return "inconnue";
  if (refusees === 0) return "acceptee";
  if (acquittees + visibles > 0) return "partielle";
  return (await sessionsOf(trx, delivery)) > refusees ? "partielle" : "refusee";
}

async function sessionsOf(trx: Knex.Transaction, { snapshot_id }: Delivery): Promise<number> {
  const row = await trx("feed_snapshot").where({ id: snapshot_id }).first("sessions");
  return Number(row?.sessions ?? 0);
}
