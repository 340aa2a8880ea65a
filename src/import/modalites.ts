import type * as lheo from "../lheo/index.ts";
import { type AsRead, attributeOf, type Extras, textOf } from "../lheo/index.ts";
import type { Modalites } from "../published/contract/index.ts";
import { readAdresseOuRien } from "./coordonnees.ts";
import { compact, readBooleen, readCodesRef, readEntier, readExtra, readTextes } from "./valeurs.ts";

type HeuresParModalite = NonNullable<Modalites["heures_par_modalite"]>;

/** The fields of an LHEO `action` that the guide asks once for the whole action. */
export function readModalites(action: AsRead<lheo.Action>): Modalites {
  return compact({
    rythme: textOf(action["rythme-formation"]),
    publics: readCodesRef(action["code-public-vise"]),
    info_public: textOf(action["info-public-vise"]),
    niveau_entree_obligatoire: readBooleen(action["niveau-entree-obligatoire"]),
    modalites_alternance: textOf(action["modalites-alternance"]),
    modalites_enseignement: textOf(action["modalites-enseignement"]),
    conditions_acces: textOf(action["conditions-specifiques"]),
    prise_en_charge_possible: readBooleen(action["prise-en-charge-frais-possible"]),
    detail_prise_en_charge: textOf(action["detail-conditions-prise-en-charge"]),
    urls_action: readTextes(action["url-action"]?.urlweb),
    ...readDurees(action),
    conventionnement: readBooleen(action.conventionnement),
    adresse_information: readAdresseOuRien(action["adresse-information"]?.adresse),
    dates_information: readTextes(action["date-information"]?.map(({ date }) => date)),
    restauration: textOf(action.restauration),
    hebergement: textOf(action.hebergement),
    transport: textOf(action.transport),
    acces_handicapes: textOf(action["acces-handicapes"]),
    langues: readTextes(action["langue-formation"]),
    modalites_recrutement: textOf(action["modalites-recrutement"]),
    modalites_pedagogiques: textOf(action["modalites-pedagogiques"]),
    codes_modalite_pedagogique: readCodesRef(action["code-modalite-pedagogique"]),
    frais_restants: textOf(action["frais-restants"]),
    perimetre_recrutement: textOf(action["code-perimetre-recrutement"]),
    infos_perimetre_recrutement: textOf(action["infos-perimetre-recrutement"]),
    prix_horaire_ttc: textOf(action["prix-horaire-TTC"]),
    prix_total_ttc: textOf(action["prix-total-TTC"]),
    financeurs: action["organisme-financeur"]?.map((financeur) =>
      compact({
        code: textOf(financeur["code-financeur"]) ?? "",
        nb_places: readEntier(financeur["nb-places-financees"]),
      }),
    ),
  });
}

const MODALITES: Readonly<Record<string, HeuresParModalite[number]["modalite"]>> = {
  jour: "jour",
  soir: "soir",
  foad: "foad",
  entreprise: "entreprise",
};

/** Our own `extras[@info="heures-par-modalite"]`; one that we would not have written is kept as it stands. */
function readHeuresParModalite(list: readonly Extras[] | undefined): HeuresParModalite | undefined {
  const found = list?.find((extras) => attributeOf(extras, "info") === "heures-par-modalite");
  const heures: HeuresParModalite = [];
  for (const [kind, extra] of found?.["*"] ?? []) {
    if (kind !== "extra" || (typeof extra === "object" && "<>" in extra)) return undefined;
    const modalite = MODALITES[attributeOf(extra, "info") ?? ""];
    const nombre = readEntier(extra);
    if (modalite === undefined || nombre === undefined) return undefined;
    heures.push({ modalite, heures: nombre });
  }
  return heures.length === 0 ? undefined : heures;
}

function readDurees(action: AsRead<lheo.Action>): Modalites {
  return {
    heures_par_modalite: readHeuresParModalite(action.extras),
    nombre_heures_centre: readEntier(action["nombre-heures-centre"]),
    nombre_heures_entreprise: readEntier(action["nombre-heures-entreprise"]),
    nombre_heures_total: readEntier(action["nombre-heures-total"]),
    duree_hebdo: readEntier(readExtra(action.extras, "duree-hebdo")),
    duree_indicative: textOf(action["duree-indicative"]),
    duree_cycle: readEntier(action["duree-cycle"]),
    duree_conventionnee: readEntier(action["duree-conventionnee"]),
  };
}
