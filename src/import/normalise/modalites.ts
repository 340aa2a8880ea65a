import type { Action, Modalites, Session } from "../../published/contract/index.ts";
import { compact } from "../valeurs.ts";
import { normaliseAdresse, normaliseCodesRef, normaliseTextes } from "./valeurs.ts";

/** All the fields, each filled as the feed fills it when nobody says it. */
export function normaliseModalites(action: Action, session: Session): Modalites {
  const { voie } = session;
  const dites = effectives(action.modalites, session.modalites);
  const { prerequis, ...m } = dites;
  const adresse = m.adresse_information;
  return compact({
    ...m,
    rythme: rythme(m, voie),
    publics: normaliseCodesRef(m.publics ?? [{ code: "83056", ref: "V14" }]),
    niveau_entree_obligatoire: m.niveau_entree_obligatoire ?? false,
    modalites_alternance: m.modalites_alternance ?? ALTERNANCE[voie],
    modalites_enseignement: m.modalites_enseignement ?? enseignement(m, session),
    conditions_acces: conditions(m.conditions_acces, prerequis),
    prise_en_charge_possible:
      m.prise_en_charge_possible ?? (action.conventionnee || voie !== "formation_initiale"),
    ...heures(m),
    conventionnement: m.conventionnement ?? (action.conventionnee ? true : undefined),
    adresse_information: adresse == null ? undefined : normaliseAdresse(adresse),
    codes_modalite_pedagogique:
      m.codes_modalite_pedagogique == null ? undefined : normaliseCodesRef(m.codes_modalite_pedagogique),
  });
}

const ALTERNANCE: Readonly<Record<Session["voie"], string>> = {
  formation_continue: "Sans alternance",
  formation_initiale: "Sans alternance",
  professionnalisation: "Contrat de professionnalisation",
  apprentissage: "Contrat d'apprentissage",
};

const HEURES = [
  "heures_par_modalite",
  "nombre_heures_centre",
  "nombre_heures_entreprise",
  "nombre_heures_total",
] as const;

/** What the session says, blank or not, over what the action says; hours are said together. Then the blanks go. */
function effectives(action: Modalites, session: Modalites): Modalites {
  const propres = compact(session);
  const heuresPropres = HEURES.some((field) => propres[field] !== undefined);
  const generales = Object.entries(action).filter(
    ([field]) => !heuresPropres || !HEURES.some((heure) => heure === field),
  );
  const dites = normaliseTextes({ ...Object.fromEntries(generales), ...propres });
  return Object.fromEntries(
    Object.entries(dites).filter(([, value]) => !Array.isArray(value) || value.length > 0),
  );
}

const LIBELLES = {
  jour: "cours du jour",
  soir: "cours du soir",
  foad: "formation à distance",
  entreprise: "en entreprise",
} as const;

function rythme(m: Modalites, voie: Session["voie"]): string {
  if (m.rythme != null) return m.rythme;
  const dites = (m.heures_par_modalite ?? []).filter(({ heures }) => heures > 0);
  if (dites.length > 0)
    return dites.map(({ modalite, heures }) => `${LIBELLES[modalite]} : ${heures} h`).join(", ");
  if (m.duree_hebdo != null) return `${m.duree_hebdo} heures par semaine`;
  return voie === "apprentissage" || voie === "professionnalisation"
    ? "Alternance"
    : "Rythme à demander à l'organisme de formation";
}

/** From the hours, else on site where there is a place, else not said. */
function enseignement(m: Modalites, { lieux }: Session): string | undefined {
  const enseignees = (m.heures_par_modalite ?? []).filter(
    ({ modalite, heures }) => modalite !== "entreprise" && heures > 0,
  );
  if (enseignees.length === 0) return lieux.length > 0 ? "0" : undefined;
  const distance = enseignees.filter(({ modalite }) => modalite === "foad");
  if (distance.length === 0) return "0";
  return distance.length === enseignees.length ? "2" : "1";
}

/** Two fields, one element; `RAS` is `aucune`. */
function conditions(acces: string | null | undefined, requis: string | null | undefined): string {
  const [a, b] = [acces, requis].map((texte) =>
    texte == null || /^\s*r\.?\s*a\.?\s*s\.?\s*$/i.test(texte) ? undefined : texte,
  );
  if (a !== undefined && b !== undefined) return normaliseTextes(`${a}\nPrérequis : ${b}`);
  return a ?? b ?? "aucune";
}

/** Sums of the hours by modality, where the figure itself is not given. */
function heures(m: Modalites): Modalites {
  const somme = (keep: (modalite: string) => boolean): number | undefined => {
    const kept = (m.heures_par_modalite ?? []).filter(({ modalite }) => keep(modalite));
    return kept.length === 0 ? undefined : kept.reduce((total, { heures }) => total + heures, 0);
  };
  return {
    nombre_heures_centre: m.nombre_heures_centre ?? somme((modalite) => modalite !== "entreprise"),
    nombre_heures_entreprise: m.nombre_heures_entreprise ?? somme((modalite) => modalite === "entreprise"),
    nombre_heures_total: m.nombre_heures_total ?? somme(() => true),
  };
}
