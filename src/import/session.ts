import type * as lheo from "../lheo/index.ts";
import { type AsRead, attributeOf, textOf } from "../lheo/index.ts";
import type {
  Cycle,
  Formateur,
  Lieu,
  Periode,
  Recrutement,
  Session,
  Voie,
} from "../published/contract/index.ts";
import { keyOfReference, readCertificationsVisees, readReference } from "./certifications.ts";
import { readAdresseOuRien, readContacts, readCoordonnees } from "./coordonnees.ts";
import { TYPES_DE_CYCLE } from "./ordre.ts";
import {
  compact,
  isPrincipal,
  readBooleen,
  readCodesRef,
  readEntier,
  readExtra,
  readTextes,
} from "./valeurs.ts";
import { readTypeEntree, readVoie } from "./voie.ts";

function readLieu(lieu: AsRead<lheo.LieuDeFormation>): Lieu {
  return compact({
    siret: textOf(lieu["SIRET-lieu-formation"]?.SIRET),
    uai: textOf(lieu["code-UAI-lieu-formation"]?.["code-UAI"]),
    principal: isPrincipal(lieu),
    coordonnees: readCoordonnees(lieu.coordonnees),
  });
}

function readFormateur(formateur: AsRead<lheo.OrganismeFormateur>): Formateur {
  return compact({
    numero: attributeOf(formateur, "numero"),
    siret: textOf(formateur["SIRET-formateur"]?.SIRET) ?? "",
    raison_sociale: textOf(formateur["raison-sociale-formateur"]) ?? "",
    contacts: readContacts(formateur["contact-formateur"]),
    potentiel: readCodesRef(formateur.potentiel?.["code-FORMACODE"]) ?? [],
    uai: textOf(formateur["code-UAI-formateur"]?.["code-UAI"]),
    certifications: (formateur["reference-certification"] ?? [])
      .filter((reference) => keyOfReference(reference) !== undefined)
      .map(readReference),
  });
}

function readPeriode(periode: AsRead<lheo.Periode> | undefined): Periode | undefined {
  if (periode === undefined) return undefined;
  return { debut: textOf(periode.debut) ?? "", fin: textOf(periode.fin) ?? "" };
}

function readRecrutement(recrutement: AsRead<lheo.Recrutement>): Recrutement {
  return compact({
    modalite: textOf(recrutement["modalite-recrutement"]) ?? "",
    perimetre: textOf(recrutement["code-perimetre-recrutement"]),
    infos_perimetre: textOf(recrutement["infos-perimetre-recrutement"]),
    a_distance: readBooleen(recrutement["a-distance"]),
    adresse: readAdresseOuRien(recrutement.adresse),
    url: textOf(recrutement.urlweb),
    nb_places: readEntier(recrutement["nb-places"]),
    periode: readPeriode(recrutement.periode),
    heure_debut: textOf(recrutement["heure-debut"]),
    heure_fin: textOf(recrutement["heure-fin"]),
    commentaire: textOf(recrutement.commentaire),
  });
}

/** The `cycle` that says the voie; those of another type are kept as they stand. */
function readCycle(cycles: readonly AsRead<lheo.Cycle>[] | undefined, voie: Voie): Cycle | undefined {
  const type = TYPES_DE_CYCLE[voie];
  const cycle = cycles?.find((candidate) => textOf(candidate["type-cycle"]) === type);
  if (type === undefined || cycle === undefined) return undefined;
  const annees = (cycle["annee-cycle"] ?? []).map(readEntier);
  const alternance = voie === "apprentissage" ? cycle.alternance : undefined;
  const rythme = alternance?.["rythme-alternance"];
  const type_alternance = textOf(alternance?.["type-alternance"]);
  const unites_entreprise = readEntier(rythme?.["unites-entreprise"]);
  const unites_centre = readEntier(rythme?.["unites-centre"]);
  return compact({
    // One that is no plain number would shift the others: then all are kept as they stand.
    annees: annees.includes(undefined) ? [] : annees.filter((annee) => annee !== undefined),
    effectif_minimal: readEntier(cycle["effectif-minimal"]),
    capacite_simultanee: readEntier(cycle["capacite-simultanee"]),
    capacite_cumulee: readEntier(cycle["capacite-cumulee"]),
    type_alternance: type_alternance === "1" ? undefined : type_alternance,
    rythme:
      unites_entreprise === undefined || unites_centre === undefined
        ? undefined
        : { unite: textOf(rythme?.["unite-rythme-alternance"]) ?? "", unites_entreprise, unites_centre },
  });
}

/**
 * A session with what the LHEO `action` around it says of it alone (places, trainers, entry); its `modalites` are
 * read apart.
 * @param numeroAction number of the action of the catalogue it belongs to
 */
export function readSession(
  action: AsRead<lheo.Action>,
  session: AsRead<lheo.Session>,
  numeroAction: string,
): Session {
  const periode = readPeriode(session.periode);
  const voie = readVoie(action, session);
  return compact({
    numero_lheo: attributeOf(session, "numero"),
    numero_action_lheo: attributeOf(action, "numero"),
    action: numeroAction,
    voie,
    debut: periode?.debut ?? "",
    fin: periode?.fin ?? "",
    type_entree: readTypeEntree(action),
    lieux: (action["lieu-de-formation"] ?? []).map(readLieu),
    formateurs: (action["organisme-formateur"] ?? []).map(readFormateur),
    contacts: readContacts(session["contact-session"]),
    adresse_inscription: readAdresseOuRien(session["adresse-inscription"]?.adresse),
    modalites_inscription: textOf(session["modalites-inscription"]),
    periode_inscription: readPeriode(session["periode-inscription"]?.periode),
    etat_recrutement: textOf(session["etat-recrutement"]),
    recrutements: (session.recrutement ?? []).map(readRecrutement),
    urls: readTextes(session["url-session"]?.urlweb) ?? [],
    certifications: readCertificationsVisees(session),
    commentaire: readExtra(session.extras, "specificites-session", "commentaire"),
    cycle: readCycle(session.cycle, voie),
    datecrea: attributeOf(session, "datecrea"),
    datemaj: attributeOf(session, "datemaj"),
    modalites: {},
    tel_quel: [],
  });
}
