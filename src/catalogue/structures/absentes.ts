import type { Knex } from "knex";
import { z } from "zod";
import { recordAct } from "../../audit/index.ts";
import { act, motifOf } from "../actes/act.ts";
import type { Refus } from "../refus.ts";
import { ADMINISTRATEUR, type Gerant } from "./gerant.ts";
import { give } from "./rattachements.ts";
import { erreursOf, zSiret } from "./saisie.ts";
import type { RefusDeSaisie } from "./save.ts";

/** A structure that somebody asks for and that is not here yet (S14). */
export interface StructureDemandee {
  readonly id: number;
  readonly nom: string;
  readonly siret: string;
  readonly ville: string;
  readonly message: string;
  readonly etat: "demande" | "creee" | "ecartee";
  readonly motif: string | null;
  readonly demande_at: Date;
  /** Who asks. */
  readonly identifiant: string;
  readonly demandeur: string;
}

/** Requests of one account that may wait at a time. */
const EN_ATTENTE = 5;

const zStructureDemandee = z.object({
  nom: z.string().trim().min(1, "Indiquez le nom de la structure.").max(250, "250 caractères au plus"),
  siret: zSiret,
  ville: z.string().trim().min(1, "Indiquez la ville.").max(50, "50 caractères au plus"),
  message: z.string().trim().max(1000, "1 000 caractères au plus"),
});

/** "Ma structure n'est pas dans la liste": asks the agency to make it. */
export async function requestStructure(
  db: Knex,
  compte: { readonly id: number; readonly identifiant: string },
  saisie: unknown,
): Promise<{ readonly id: number } | RefusDeSaisie> {
  const read = zStructureDemandee.safeParse(saisie);
  if (!read.success)
    return { refus: "Rien n'est envoyé : corrigez les champs signalés.", erreurs: erreursOf(read.error) };
  return act(db, async (trx) => {
    await trx("compte").where({ id: compte.id }).forNoKeyUpdate().first("id");
    const known = await trx("structure").where({ siret: read.data.siret, disabled_at: null }).first("nom");
    if (known !== undefined)
      return {
        refus: "Cette structure est déjà dans la liste.",
        erreurs: { siret: `C'est le SIRET de « ${known.nom} » : demandez votre affiliation.` },
      };
    const waiting = await trx("structure_demande")
      .where({ compte_id: compte.id, etat: "demande" })
      .select("siret");
    if (waiting.some(({ siret }) => siret === read.data.siret))
      return { refus: "Vous avez déjà demandé cette structure : l'agence n'a pas encore répondu." };
    if (waiting.length >= EN_ATTENTE)
      return { refus: `Vous avez ${EN_ATTENTE} demandes en attente : l'agence doit d'abord y répondre.` };
    const [row] = await trx("structure_demande")
      .insert({ ...read.data, compte_id: compte.id })
      .returning("id");
    const id = Number(row.id);
    await recordAct(trx, {
      acteur: `compte:${compte.identifiant}`,
      acte: "structure.demander",
      objet: { type: "structure", id: read.data.siret },
      detail: { nom: read.data.nom, demande: id },
    });
    return { id };
  });
}

/** The request became this structure: who asked is attached to it, as its referent. */
export async function fulfilStructureRequest(
  db: Knex,
  gerant: Gerant,
  id: number,
  structure: string,
): Promise<{ readonly fait: true } | Refus> {
  if (!gerant.administrateur) return ADMINISTRATEUR;
  return act(db, async (trx) => {
    const made = await trx("structure").where({ numero: structure, type: "organisme" }).first("numero");
    const [row] =
      made === undefined
        ? []
        : await trx("structure_demande")
            .where({ id, etat: "demande" })
            .update({ etat: "creee", structure, decide_at: trx.raw("horloge()"), decide_par: gerant.acteur })
            .returning("compte_id");
    if (row === undefined) return TRAITEE;
    await give(trx, gerant, { compte_id: row.compte_id, structure, profil: "general", referent: true });
    const { identifiant } = await trx("compte").where({ id: row.compte_id }).first("identifiant");
    await recordAct(trx, {
      acteur: gerant.acteur,
      acte: "rattachement.donner",
      objet: { type: "structure", id: structure },
      detail: { compte: identifiant, profil: "general", referent: true, demande: id },
    });
    return { fait: true };
  });
}

/** No structure is made of the request; who asked reads why. */
export async function dismissStructureRequest(
  db: Knex,
  gerant: Gerant,
  id: number,
  texte: string,
): Promise<{ readonly fait: true } | Refus> {
  if (!gerant.administrateur) return ADMINISTRATEUR;
  const read = motifOf(texte);
  if ("refus" in read) return read;
  return act(db, async (trx) => {
    const [row] = await trx("structure_demande")
      .where({ id, etat: "demande" })
      .update({
        etat: "ecartee",
        motif: read.motif,
        decide_at: trx.raw("horloge()"),
        decide_par: gerant.acteur,
      })
      .returning("siret");
    if (row === undefined) return TRAITEE;
    await recordAct(trx, {
      acteur: gerant.acteur,
      acte: "structure.ecarter",
      objet: { type: "structure", id: row.siret },
      motif: read.motif,
      detail: { demande: id },
    });
    return { fait: true };
  });
}

const TRAITEE: Refus = { refus: "Cette demande a déjà reçu une réponse." };

/** Requests that wait for the agency; or those of one account, answered ones of late included. */
export async function readStructureRequests(
  db: Knex,
  { compte = null }: { readonly compte?: number | null } = {},
): Promise<readonly StructureDemandee[]> {
  const { rows } = await db.raw<{ rows: StructureDemandee[] }>(
    `SELECT d.id, d.nom, d.siret, d.ville, d.message, d.etat, d.motif, d.demande_at, c.identifiant, c.nom AS demandeur
     FROM structure_demande d JOIN compte c ON c.id = d.compte_id
     WHERE CASE WHEN :compte::bigint IS NULL THEN d.etat = 'demande'
       ELSE d.compte_id = :compte AND (d.etat = 'demande'
         OR (d.etat = 'ecartee' AND d.decide_at > horloge() - interval '30 days')) END
     ORDER BY d.id LIMIT 200`,
    { compte },
  );
  return rows.map((row) => ({ ...row, id: Number(row.id) }));
}
