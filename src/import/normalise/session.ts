import type { Entree } from "../../feed/index.ts";
import type { Cycle, Formateur, Organisme, Session } from "../../published/contract/index.ts";
import type { Fiche } from "../offre.ts";
import { compact } from "../valeurs.ts";
import {
  normaliseAdresse,
  normaliseCodesRef,
  normaliseContacts,
  normaliseCoordonnees,
  normaliseReference,
  normaliseTextes,
} from "./valeurs.ts";
import { normaliseVisee } from "./visee.ts";

/** Without its numbers and its modalités. */
export function normaliseSession(
  session: Session,
  { certifications }: Entree,
  organisme: Fiche<Organisme>,
): Session {
  const contenu = normaliseTextes(session);
  return compact({
    ...contenu,
    lieux: contenu.lieux.map((lieu) => ({ ...lieu, coordonnees: normaliseCoordonnees(lieu.coordonnees) })),
    formateurs:
      contenu.formateurs.length > 0
        ? contenu.formateurs.map(normaliseFormateur)
        : [formateurParDefaut(organisme)],
    contacts: normaliseContacts(contenu.contacts),
    adresse_inscription: adresseInscription(contenu, organisme.contenu),
    recrutements: contenu.recrutements.map((recrutement) =>
      compact({
        ...recrutement,
        adresse: recrutement.adresse == null ? undefined : normaliseAdresse(recrutement.adresse),
      }),
    ),
    certifications: contenu.certifications
      .filter(
        ({ code_rncp, code_rs, code_certifinfo }) => (code_rncp ?? code_rs ?? code_certifinfo) !== undefined,
      )
      .map((visee) => normaliseVisee(visee, certifications)),
    cycle: normaliseCycle(contenu),
  });
}

function normaliseFormateur(formateur: Formateur): Formateur {
  return {
    ...formateur,
    contacts: normaliseContacts(formateur.contacts),
    potentiel: normaliseCodesRef(formateur.potentiel),
    certifications: formateur.certifications
      .map(normaliseReference)
      .filter((reference) => Object.keys(reference).length > 0),
  };
}

/** Without another one, the organisme responsable teaches itself. */
function formateurParDefaut({ numero, contenu: { siret, raison_sociale } }: Fiche<Organisme>): Formateur {
  return { numero, siret, raison_sociale, contacts: [], potentiel: [], certifications: [] };
}

/** As given, else where the organisme is, else where the training happens. */
function adresseInscription(
  { adresse_inscription, lieux }: Session,
  organisme: Organisme,
): Session["adresse_inscription"] {
  const lieu = (lieux.find(({ principal }) => principal) ?? lieux[0])?.coordonnees.adresse;
  const adresse = adresse_inscription ?? organisme.coordonnees.adresse ?? lieu;
  return adresse == null ? undefined : normaliseAdresse(adresse);
}

/** Its type is the voie's, which alone has one; only apprenticeship has an alternance in it. */
function normaliseCycle({ voie, cycle }: Session): Cycle | undefined {
  if (voie !== "apprentissage" && voie !== "formation_initiale") return undefined;
  const { rythme, type_alternance, ...reste } = cycle ?? { annees: [] };
  if (voie !== "apprentissage") return reste;
  return compact({
    ...reste,
    rythme,
    type_alternance: type_alternance === "1" ? undefined : type_alternance,
  });
}
