import type { Knex } from "knex";
import type { z } from "zod";
import { recordAct } from "../../audit/index.ts";
import type { Organisme } from "../../published/contract/index.ts";
import { numeroDefect, ORIGINE_CATALOGUE, readLast, writeVersions } from "../../published/index.ts";
import { act } from "../actes/act.ts";
import type { Refus } from "../refus.ts";
import { ADMINISTRATEUR, type Gerant, PAS_LA_VOTRE, peutGerer } from "./gerant.ts";
import type { TypeStructure } from "./profils.ts";
import {
  contenuOf,
  departementOf,
  type Erreurs,
  erreursOf,
  saisieOf,
  zCoordonneesOrganisme,
  zSaisieAutre,
  zSaisieOrganisme,
} from "./saisie.ts";
import { lockStructure, type Structure } from "./structure.ts";

/** Not done; with `erreurs` when it is about what was typed. */
export interface RefusDeSaisie extends Refus {
  readonly erreurs?: Erreurs;
}

interface Champs {
  readonly nom: string;
  readonly siret: string | null;
  readonly ville: string | null;
  readonly departement: string | null;
  readonly contenu: Organisme | null;
}

/**
 * Makes a structure. The record of an organisme is published at once, under the number of the structure.
 * @param numero its SIRET when blank
 */
export async function createStructure(
  db: Knex,
  gerant: Gerant,
  { type, numero = "", saisie }: { type: TypeStructure; numero?: string; saisie: unknown },
): Promise<{ readonly numero: string } | RefusDeSaisie> {
  if (!gerant.administrateur) return ADMINISTRATEUR;
  const champs = readChamps(type, saisie);
  if ("refus" in champs) return champs;
  const named = numero.trim() === "" ? (champs.siret ?? "") : numero.trim();
  if (named === "")
    return {
      refus: CORRIGEZ,
      erreurs: { numero: "Donnez un numéro : sans SIRET, il n'y en a pas par défaut." },
    };
  const defect = numeroDefect(named);
  if (defect !== undefined)
    return { refus: CORRIGEZ, erreurs: { numero: `Ce numéro ne convient pas : ${defect}.` } };
  return act(db, async (trx) => {
    const refus = await siretTaken(trx, champs.siret, named);
    if (refus !== undefined) return refus;
    const [made] = await trx("structure")
      .insert({ ...columnsOf(champs), numero: named, type })
      .onConflict("numero")
      .ignore()
      .returning("numero");
    if (made === undefined) return { refus: `La structure « ${named} » existe déjà.` };
    if (type === "organisme" && (await readLast(trx, "organisme", [named])).size > 0)
      return {
        refus: `« ${named} » est déjà publié et vient d'ailleurs : reprenez-le par « offre-info catalogue adopt », ou donnez un autre numéro.`,
      };
    await publish(trx, named, champs.contenu);
    await recordAct(trx, {
      acteur: gerant.acteur,
      acte: "structure.creer",
      objet: { type: "structure", id: named },
      detail: { type, nom: champs.nom },
    });
    return { numero: named };
  });
}

/**
 * Changes a structure; of an organisme, what is published changes with it. A referent changes how it is reached, an
 * administrator the rest too.
 * @param revision that was read: another one by now is refused
 */
export async function saveStructure(
  db: Knex,
  gerant: Gerant,
  numero: string,
  { revision, saisie }: { readonly revision: number; readonly saisie: unknown },
): Promise<{ readonly revision: number } | RefusDeSaisie> {
  if (!(await peutGerer(db, gerant, numero))) return PAS_LA_VOTRE;
  return act(db, async (trx) => {
    const avant = await lockStructure(trx, numero);
    if (avant === undefined) return PAS_LA_VOTRE;
    if (avant.revision !== revision)
      return { refus: "La structure a changé depuis que vous l'avez ouverte : rechargez la page." };
    const champs = gerant.administrateur
      ? readChamps(avant.type, saisie, avant.contenu ?? undefined)
      : readCoordonnees(avant.contenu, saisie);
    if ("refus" in champs) return champs;
    const refus = champs.siret === avant.siret ? undefined : await siretTaken(trx, champs.siret, numero);
    if (refus !== undefined) return refus;
    await trx("structure")
      .where({ numero })
      .update({ ...columnsOf(champs), revision: revision + 1 });
    await publish(trx, numero, champs.contenu);
    await recordAct(trx, {
      acteur: gerant.acteur,
      acte: "structure.modifier",
      objet: { type: "structure", id: numero },
      detail: { nom: champs.nom, revision: revision + 1 },
    });
    return { revision: revision + 1 };
  });
}

/** Closes a structure: nobody acts for it any more, and no key of it opens. What it published stays. Or opens it again. */
export async function setStructureOuverte(
  db: Knex,
  gerant: Gerant,
  numero: string,
  ouverte: boolean,
): Promise<{ readonly fait: true } | Refus> {
  if (!gerant.administrateur) return ADMINISTRATEUR;
  return act(db, async (trx) => {
    const changed = await trx("structure")
      .where({ numero })
      .whereRaw(ouverte ? "disabled_at IS NOT NULL" : "disabled_at IS NULL")
      .update({ disabled_at: ouverte ? null : trx.raw("horloge()") });
    if (changed === 0)
      return {
        refus: `La structure « ${numero} » n'existe pas, ou est déjà ${ouverte ? "ouverte" : "fermée"}.`,
      };
    await recordAct(trx, {
      acteur: gerant.acteur,
      acte: ouverte ? "structure.rouvrir" : "structure.fermer",
      objet: { type: "structure", id: numero },
    });
    return { fait: true };
  });
}

const CORRIGEZ = "Rien n'est enregistré : corrigez les champs signalés.";

function readChamps(type: TypeStructure, saisie: unknown, avant?: Organisme): Champs | RefusDeSaisie {
  if (type === "organisme") {
    const read = zSaisieOrganisme.safeParse(saisie);
    return read.success ? champsOf(contenuOf(read.data, avant)) : refused(read.error);
  }
  const read = zSaisieAutre.safeParse(saisie);
  if (!read.success) return refused(read.error);
  const { nom, siret, ville, departement } = read.data;
  return { nom, siret: siret || null, ville: ville || null, departement: departement || null, contenu: null };
}

function readCoordonnees(contenu: Organisme | null, saisie: unknown): Champs | RefusDeSaisie {
  if (contenu === null) return ADMINISTRATEUR;
  const read = zCoordonneesOrganisme.safeParse(saisie);
  return read.success
    ? champsOf(contenuOf({ ...saisieOf(contenu), ...read.data }, contenu))
    : refused(read.error);
}

const refused = (error: z.ZodError): RefusDeSaisie => ({ refus: CORRIGEZ, erreurs: erreursOf(error) });

function champsOf(contenu: Organisme): Champs {
  const { nom, siret, coordonnees } = contenu;
  const { ville = null, code_postal = "" } = coordonnees.adresse ?? {};
  return { nom, siret, ville, departement: departementOf(code_postal) || null, contenu };
}

const columnsOf = ({ contenu, ...champs }: Champs) => ({
  ...champs,
  contenu: contenu === null ? null : JSON.stringify(contenu),
});

async function publish(trx: Knex.Transaction, numero: string, contenu: Organisme | null): Promise<void> {
  if (contenu !== null)
    await writeVersions(trx, "organisme", [{ numero, contenu }], { origine: ORIGINE_CATALOGUE });
}

/** Any number that nothing else uses for an advisory lock in this database. */
const LOCK_SIRET = 7_340_231_026;

async function siretTaken(
  trx: Knex.Transaction,
  siret: string | null,
  sauf: string,
): Promise<RefusDeSaisie | undefined> {
  if (siret === null) return undefined;
  // Two who type the same one at once are seen by each other.
  await trx.raw("SELECT pg_advisory_xact_lock(?)", [LOCK_SIRET]);
  const other = await trx<Structure>("structure").where({ siret }).whereNot({ numero: sauf }).first("nom");
  return other === undefined
    ? undefined
    : { refus: CORRIGEZ, erreurs: { siret: `Ce SIRET est déjà celui de « ${other.nom} ».` } };
}
