import type * as lheo from "../lheo/index.ts";
import { type AsRead, attributeOf, textOf } from "../lheo/index.ts";
import type { Action } from "../published/contract/index.ts";
import { readCertification } from "./certifications.ts";
import { readContacts } from "./coordonnees.ts";
import { compact, type Feuille, readBooleen, readCodesRef, readExtra, readTextes } from "./valeurs.ts";

/**
 * What an LHEO `formation` says of the action of the catalogue, its organisme and its LHEO actions apart
 * (`conventionnee` and `modalites` are theirs to say).
 * @param organisme number of the organisme responsable
 */
export function readAction(formation: AsRead<lheo.Formation>, organisme: string): Action {
  const domaine = formation["domaine-formation"];
  return compact({
    numero_lheo: attributeOf(formation, "numero"),
    organisme,
    conventionnee: false,
    intitule: textOf(formation["intitule-formation"]) ?? "",
    le_plus: readExtra(formation.extras, "le-plus"),
    objectif_general: textOf(formation["objectif-general-formation"]),
    objectif: textOf(formation["objectif-formation"]) ?? "",
    contenu: textOf(formation["contenu-formation"]) ?? "",
    resultats_attendus: textOf(formation["resultats-attendus"]),
    certifiante: readBooleen(formation.certifiante),
    certifications: (formation.certification ?? []).map(readCertification),
    codes_type_formation: (formation["code-type-formation"] ?? []).map((codes) =>
      compact({ code_cpf: textOf(codes["code-CPF"]), code_elu: textOf(codes["code-ELU"]) }),
    ),
    formacodes: readFormacodes(domaine?.["code-FORMACODE"]),
    nsf: readTextes(domaine?.["code-NSF"]) ?? [],
    rome: readTextes(domaine?.["code-ROME"]) ?? [],
    contacts: readContacts(formation["contact-formation"]),
    parcours: textOf(formation["parcours-de-formation"]),
    niveau_entree: textOf(formation["code-niveau-entree"]),
    niveau_sortie: textOf(formation["code-niveau-sortie"]),
    urls: readTextes(formation["url-formation"]?.urlweb) ?? [],
    identifiant_module: textOf(formation["identifiant-module"]),
    positionnement: textOf(formation.positionnement),
    datecrea: attributeOf(formation, "datecrea"),
    datemaj: attributeOf(formation, "datemaj"),
    modalites: {},
    tel_quel: [],
  });
}

/** The feed writes `principal` on the first one unless it has another `tag`. */
function readFormacodes(leaves: readonly Feuille[] | undefined): Action["formacodes"] {
  const tag = attributeOf(leaves?.[0], "tag");
  return (readCodesRef(leaves) ?? []).map((code, rank) =>
    rank > 0 || tag === undefined || tag === "principal" ? code : { ...code, tag },
  );
}
