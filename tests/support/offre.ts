import type { z } from "zod";
import type {
  zAction,
  zCertification,
  zHabilitation,
  zOrganisme,
  zSession,
} from "../../src/published/contract/index.ts";

/** The smallest records that the contract accepts; a test gives what it is about. */

export function unOrganisme(fields: Partial<z.input<typeof zOrganisme>> = {}): z.input<typeof zOrganisme> {
  return {
    numero_activite: "75331234533",
    siret: "21330063500017",
    nom: "Organisme d'essai",
    raison_sociale: "Organisme d'essai SARL",
    coordonnees: { courriel: "contact@exemple.fr" },
    ...fields,
  };
}

export function uneAction(fields: Partial<z.input<typeof zAction>> = {}): z.input<typeof zAction> {
  return {
    organisme: "OF1",
    intitule: "Conduire un chariot élévateur",
    objectif: "Savoir conduire un chariot élévateur",
    contenu: "Théorie puis pratique",
    ...fields,
  };
}

export function uneSession(fields: Partial<z.input<typeof zSession>> = {}): z.input<typeof zSession> {
  return {
    action: "A1",
    voie: "formation_continue",
    debut: "20260901",
    fin: "20261218",
    type_entree: "dates_fixes",
    ...fields,
  };
}

export function uneCertification(
  fields: Partial<z.input<typeof zCertification>> = {},
): z.input<typeof zCertification> {
  return { type: "rncp", intitule: "Assistant de direction", code_rncp: "RNCP35819", ...fields };
}

export function uneHabilitation(
  fields: Partial<z.input<typeof zHabilitation>> = {},
): z.input<typeof zHabilitation> {
  return { organisme: "OF1", certification: "RNCP35819", ...fields };
}
