import type {
  BrouillonAction,
  BrouillonSession,
  FicheAction,
  FicheSession,
} from "../../src/catalogue/index.ts";

/** Forms filled as the guide asks: nothing stops their validation. */
export function actionComplete(fields: Partial<BrouillonAction> = {}): BrouillonAction {
  return {
    intitule: "Conduire un chariot élévateur",
    objectif_general: "3",
    objectif: "Savoir conduire un chariot élévateur en sécurité.",
    contenu: "Théorie de la conduite, puis pratique sur la plateforme du centre.",
    validation: "attestation",
    formacodes: [{ code: "31768" }],
    contacts: [contact()],
    modalites: {
      conditions_acces: "RAS",
      prerequis: "Lire et compter",
      heures_par_modalite: [{ modalite: "jour", heures: 70 }],
    },
    ...fields,
  };
}

export function sessionComplete(fields: Partial<BrouillonSession> = {}): BrouillonSession {
  return {
    voie: "formation_continue",
    debut: "20270104",
    fin: "20270618",
    type_entree: "dates_fixes",
    lieux: [
      {
        principal: true,
        coordonnees: {
          ...COORDONNEES,
          adresse: { lignes: ["102 avenue de Canéjan"], code_postal: "33600", ville: "Pessac" },
        },
      },
    ],
    contacts: [contact()],
    ...fields,
  };
}

const COORDONNEES = { lignes: [], telfixe: [], portable: [], fax: [], web: [] };

function contact() {
  return {
    principal: true,
    coordonnees: { ...COORDONNEES, nom: "Larrieu", courriel: "accueil@garonne.exemple.fr" },
  };
}

/** Working copies as they are read, without a database. */
export function ficheAction(contenu: BrouillonAction, fields: Partial<FicheAction> = {}): FicheAction {
  return {
    id: 1,
    structure: "OF1",
    nomStructure: "Organisme OF1",
    reference: null,
    cadre: "non_conventionnee",
    financeur: null,
    etat: "brouillon",
    alerte: null,
    message: null,
    contenu,
    revision: 1,
    validee_revision: null,
    publiee_revision: null,
    publiee_at: null,
    soumise_at: null,
    echeance: null,
    updated_at: new Date(0),
    updated_by: "compte:anne",
    ...fields,
  };
}

export function ficheSession(contenu: BrouillonSession, id = 11): FicheSession {
  return {
    id,
    action_id: 1,
    reference: null,
    etat: "brouillon",
    contenu,
    revision: 1,
    validee_revision: null,
    publiee_revision: null,
    updated_at: new Date(0),
    updated_by: "compte:anne",
  };
}
