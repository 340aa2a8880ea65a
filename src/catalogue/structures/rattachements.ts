import type { Knex } from "knex";
import { recordAct } from "../../audit/index.ts";
import { act, motifOf } from "../actes/act.ts";
import type { Refus } from "../refus.ts";
import { ADMINISTRATEUR, type Gerant, PAS_LA_VOTRE, peutGerer } from "./gerant.ts";
import {
  LIBELLES_PROFILS,
  LIBELLES_TYPES,
  PROFILS_PAR_TYPE,
  type ProfilDeStructure,
  type TypeStructure,
} from "./profils.ts";
import { readStructure, type Structure } from "./structure.ts";

/** What an account is, or asks to be, for a structure. */
export interface Rattachement {
  readonly id: number;
  readonly structure: string;
  readonly nomStructure: string;
  readonly type: TypeStructure;
  readonly siret: string | null;
  readonly identifiant: string;
  readonly nom: string;
  readonly profil: ProfilDeStructure;
  readonly referent: boolean;
  readonly etat: "demande" | "actif" | "refuse" | "retire";
  readonly demande_at: Date;
  readonly decide_at: Date | null;
  readonly decide_par: string | null;
  /** Why it was refused. */
  readonly motif: string | null;
}

type Fait = { readonly fait: true } | Refus;

/** Nothing of that number that this person may answer. */
export const DEMANDE_INCONNUE: Refus = {
  refus: "Cette demande n'existe pas, ou n'est pas d'une structure dont vous êtes le référent.",
};

/** Attaches an account at once (S5–S7, S10); what it had asked for is thereby agreed to. */
export async function attach(
  db: Knex,
  gerant: Gerant,
  {
    identifiant,
    structure,
    profil,
    referent = false,
  }: { identifiant: string; structure: string; profil: ProfilDeStructure; referent?: boolean },
): Promise<Fait> {
  if (!gerant.administrateur) return ADMINISTRATEUR;
  return act(db, async (trx) => {
    const found = await readStructure(trx, structure);
    const refus = refusDuProfil(found, structure, profil);
    if (refus !== undefined) return refus;
    const compte = await trx("compte").where({ identifiant: identifiant.trim().toLowerCase() }).first("id");
    if (compte === undefined) return { refus: `Il n'y a pas de compte « ${identifiant} ».` };
    const rattachement = await give(trx, gerant, { compte_id: compte.id, structure, profil, referent });
    await trace(trx, gerant, "rattachement.donner", structure, {
      compte: identifiant,
      profil,
      referent,
      rattachement,
    });
    return { fait: true };
  });
}

/**
 * Attaches an account, over what it had asked for or already was.
 * @returns id of the attachment
 */
export async function give(
  trx: Knex.Transaction,
  { acteur }: Pick<Gerant, "acteur">,
  what: {
    readonly compte_id: number;
    readonly structure: string;
    readonly profil: ProfilDeStructure;
    readonly referent: boolean;
  },
): Promise<number> {
  const [given] = await trx("rattachement")
    .insert({ ...what, etat: "actif", decide_at: trx.raw("horloge()"), decide_par: acteur })
    .onConflict(trx.raw("(compte_id, structure, profil) WHERE etat IN ('demande', 'actif')"))
    .merge(["etat", "referent", "decide_at", "decide_par"])
    .returning("id");
  return Number(given.id);
}

/** Asks the referent of a structure to be attached to it (S9, S13). */
export async function requestAttachment(
  db: Knex,
  compte: { readonly id: number; readonly identifiant: string },
  { structure, profil }: { structure: string; profil: ProfilDeStructure },
): Promise<Fait> {
  return act(db, async (trx) => {
    const found = await readStructure(trx, structure);
    if (found === undefined || found.disabled_at !== null)
      return { refus: "Choisissez une structure de la liste, puis validez." };
    const refus = refusDuProfil(found, structure, profil);
    if (refus !== undefined) return refus;
    const made = await trx("rattachement")
      .insert({ compte_id: compte.id, structure, profil, etat: "demande" })
      .onConflict(trx.raw("(compte_id, structure, profil) WHERE etat IN ('demande', 'actif')"))
      .ignore()
      .returning("id");
    if (made.length === 0)
      return { refus: "Vous avez déjà ce profil sur cette structure, ou l'avez demandé." };
    await trace(trx, { acteur: `compte:${compte.identifiant}` }, "rattachement.demander", structure, {
      profil,
    });
    return { fait: true };
  });
}

/** Takes one's own request back. */
export async function cancelRequest(
  db: Knex,
  compte: { readonly id: number; readonly identifiant: string },
  id: number,
): Promise<Fait> {
  return act(db, async (trx) => {
    const mine = await trx("rattachement").where({ id, compte_id: compte.id }).first("id");
    if (mine === undefined) return DEMANDE_INCONNUE;
    const [row] = await trx("rattachement")
      .where({ id, etat: "demande" })
      .update({ etat: "retire", decide_at: trx.raw("horloge()"), decide_par: `compte:${compte.identifiant}` })
      .returning(["structure", "profil"]);
    if (row === undefined) return { refus: "Cette demande n'est plus en attente." };
    await trace(trx, { acteur: `compte:${compte.identifiant}` }, "rattachement.annuler", row.structure, {
      profil: row.profil,
    });
    return { fait: true };
  });
}

/** The referent of the structure, or an administrator, agrees to a request or refuses it and says why. */
export async function decideRequest(
  db: Knex,
  gerant: Gerant,
  id: number,
  decision: { readonly accord: true } | { readonly accord: false; readonly motif: string },
): Promise<Fait> {
  const raison = decision.accord ? undefined : motifOf(decision.motif);
  if (raison !== undefined && "refus" in raison) return raison;
  return changeRow(db, gerant, id, "demande", {
    fields: { etat: decision.accord ? "actif" : "refuse", motif: raison?.motif ?? null },
    acte: decision.accord ? "rattachement.accorder" : "rattachement.refuser",
    motif: raison?.motif,
    sinon: "Cette demande n'est plus en attente.",
  });
}

/** Ends an attachment: from the next page on, the account has no right from it. */
export async function detach(db: Knex, gerant: Gerant, id: number): Promise<Fait> {
  return changeRow(db, gerant, id, "actif", {
    fields: { etat: "retire" },
    acte: "rattachement.retirer",
    sinon: "Ce rattachement a déjà pris fin.",
  });
}

/** Makes somebody the referent of a structure, who decides whom else it takes in; or no longer. */
export async function setReferent(db: Knex, gerant: Gerant, id: number, referent: boolean): Promise<Fait> {
  if (!gerant.administrateur) return ADMINISTRATEUR;
  return changeRow(db, gerant, id, "actif", {
    fields: { referent },
    acte: "rattachement.referent",
    sinon: "Ce rattachement a pris fin.",
  });
}

async function changeRow(
  db: Knex,
  gerant: Gerant,
  id: number,
  etat: Rattachement["etat"],
  change: {
    readonly fields: Readonly<Record<string, unknown>>;
    readonly acte: string;
    readonly motif?: string | undefined;
    readonly sinon: string;
  },
): Promise<Fait> {
  return act(db, async (trx) => {
    const row = await trx("rattachement")
      .where({ id })
      .forUpdate()
      .first("structure", "profil", "compte_id", "etat");
    if (row === undefined || !(await peutGerer(trx, gerant, row.structure))) return DEMANDE_INCONNUE;
    if (row.etat !== etat) return { refus: change.sinon };
    const decided =
      "etat" in change.fields ? { decide_at: trx.raw("horloge()"), decide_par: gerant.acteur } : {};
    await trx("rattachement")
      .where({ id })
      .update({ ...change.fields, ...decided });
    const { identifiant } = await trx("compte").where({ id: row.compte_id }).first("identifiant");
    await trace(
      trx,
      gerant,
      change.acte,
      row.structure,
      { compte: identifiant, profil: row.profil, ...change.fields },
      change.motif,
    );
    return { fait: true };
  });
}

function refusDuProfil(
  found: Structure | undefined,
  structure: string,
  profil: ProfilDeStructure,
): Refus | undefined {
  if (found === undefined) return { refus: `Il n'y a pas de structure « ${structure} ».` };
  const permis = PROFILS_PAR_TYPE[found.type];
  if (permis.includes(profil)) return undefined;
  return {
    refus: `« ${LIBELLES_PROFILS[profil]} » n'est pas un profil d'une structure de type ${LIBELLES_TYPES[found.type]} : ${permis.map((one) => LIBELLES_PROFILS[one]).join(", ")}.`,
  };
}

async function trace(
  trx: Knex.Transaction,
  { acteur }: Pick<Gerant, "acteur">,
  acte: string,
  structure: string,
  detail: Readonly<Record<string, unknown>>,
  motif?: string,
): Promise<void> {
  await recordAct(trx, { acteur, acte, objet: { type: "structure", id: structure }, motif, detail });
}

const LIGNE = `r.id, r.structure, s.nom AS "nomStructure", s.type, s.siret, c.identifiant, c.nom, r.profil, r.referent,
  r.etat, r.demande_at, r.decide_at, r.decide_par, r.motif`;
const FROM = `FROM rattachement r JOIN structure s ON s.numero = r.structure JOIN compte c ON c.id = r.compte_id`;
/** Long enough for anyone to read why. */
const REFUS_MONTRES = "30 days";

const lignes = (rows: readonly Rattachement[]): readonly Rattachement[] =>
  rows.map((row) => ({ ...row, id: Number(row.id) }));

/** One's own requests that wait (S15), and those refused of late. */
export async function readMyRequests(db: Knex, compteId: number): Promise<readonly Rattachement[]> {
  const { rows } = await db.raw<{ rows: Rattachement[] }>(
    `SELECT ${LIGNE} ${FROM} WHERE r.compte_id = ? AND (r.etat = 'demande'
       OR (r.etat = 'refuse' AND r.decide_at > horloge() - interval '${REFUS_MONTRES}')) ORDER BY r.id`,
    [compteId],
  );
  return lignes(rows);
}

/** Requests that this person has to decide about, the oldest first. */
export async function readRequestsToDecide(
  db: Knex,
  { administrateur, compte = null }: { readonly administrateur: boolean; readonly compte?: number | null },
  limit = 100,
): Promise<readonly Rattachement[]> {
  const { rows } = await db.raw<{ rows: Rattachement[] }>(
    `SELECT ${LIGNE} ${FROM} WHERE r.etat = 'demande' AND c.disabled_at IS NULL AND s.disabled_at IS NULL
       AND (:administrateur OR EXISTS (SELECT FROM rattachement m
         WHERE m.compte_id = :compte AND m.structure = r.structure AND m.etat = 'actif' AND m.referent))
     ORDER BY r.id LIMIT :limit`,
    { administrateur, compte, limit },
  );
  return lignes(rows);
}

/** Who is attached to a structure, by name; nothing when it is not theirs to look after. */
export async function readRattachements(
  db: Knex,
  gerant: Gerant,
  structure: string,
): Promise<readonly Rattachement[] | Refus> {
  if (!(await peutGerer(db, gerant, structure))) return PAS_LA_VOTRE;
  const { rows } = await db.raw<{ rows: Rattachement[] }>(
    `SELECT ${LIGNE} ${FROM} WHERE r.structure = ? AND r.etat = 'actif' ORDER BY c.nom, r.profil`,
    [structure],
  );
  return lignes(rows);
}
