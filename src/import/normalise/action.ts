import { type Entree, keyOfCertification } from "../../feed/index.ts";
import type { Action, Organisme } from "../../published/contract/index.ts";
import type { Fiche } from "../offre.ts";
import { compact } from "../valeurs.ts";
import {
  normaliseCertification,
  normaliseCode,
  normaliseCodesRef,
  normaliseContacts,
  normaliseTelQuel,
  normaliseTextes,
} from "./valeurs.ts";

/** Without what its sessions say; the ticked box (`validation`) goes into `resultats_attendus`. */
export function normaliseAction({ action, certifications }: Entree, organisme: Fiche<Organisme>): Action {
  const { validation, ...contenu } = normaliseTextes(action.contenu);
  const titres = contenu.certifications
    .map((codes) => certifications.get(keyOfCertification(codes) ?? "")?.intitule)
    .filter((titre) => titre !== undefined);
  const resultats =
    titres.length > 0 ? titres.join(" ; ") : validation == null ? undefined : VALIDATIONS[validation];
  return compact({
    ...contenu,
    organisme: organisme.numero,
    resultats_attendus: contenu.resultats_attendus ?? normaliseTextes(resultats),
    certifiante: contenu.certifiante ?? contenu.certifications.length > 0,
    certifications: contenu.certifications.map(normaliseCertification),
    codes_type_formation: contenu.codes_type_formation.map(({ code_cpf, code_elu }) =>
      compact({ code_cpf: normaliseCode("CPF", code_cpf), code_elu: normaliseCode("ELU", code_elu) }),
    ),
    formacodes: normaliseCodesRef(contenu.formacodes),
    contacts: contenu.contacts.length > 0 ? normaliseContacts(contenu.contacts) : organisme.contenu.contacts,
    parcours: contenu.parcours ?? "4",
    niveau_entree: contenu.niveau_entree ?? "0",
    tel_quel: normaliseTelQuel(action.contenu.tel_quel),
  });
}

const VALIDATIONS = {
  attestation: "Attestation de fin de formation",
  rncp: "Diplôme ou certification inscrit(e) au RNCP",
  autre: "Autre diplôme, certificat, habilitation",
} as const;
