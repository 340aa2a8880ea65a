import {
  type Adresse,
  type AsRead,
  attributeOf,
  type DomaineFormation,
  type Extras,
  type ResumeOffre,
  textOf,
} from "../../../lheo/index.ts";
import { departementOf, type Offre, type OffreLue } from "../../../snapshot/index.ts";

/** Where a reader finds the whole of what is summed up. */
export interface Liens {
  /** A page for people. */
  readonly href: string;
  /** The formation as LHEO. */
  readonly file: string;
}

/**
 * `resume-offre` of one offer, from the values of the feed. Its codes carry no `ref`: a known consumer skips an offer
 * whose `code-FORMACODE` has one.
 * @param departements asked for: the place that is shown is in one of them
 */
export function resumeOf(
  offre: Offre,
  { tete, action }: OffreLue,
  liens: Liens,
  departements: readonly string[] = [],
): AsRead<ResumeOffre> {
  const organisme = tete["organisme-formation-responsable"];
  const lieu = lieuOf(action["lieu-de-formation"] ?? [], departements);
  const adresse = lieu ?? organisme?.["coordonnees-organisme"]?.coordonnees?.adresse ?? {};
  const { datemaj, datecrea } = action["@"] ?? {};
  return {
    "@": { numero: numeroResume(offre), ...given({ datecrea, datemaj }), ...liens },
    "domaine-formation": domaineOf(tete["domaine-formation"]),
    "intitule-formation": textOf(tete["intitule-formation"]),
    "nom-organisme": textOf(organisme?.["nom-organisme"]),
    SIRET: textOf(organisme?.["SIRET-organisme-formation"]?.SIRET),
    codepostal: textOf(adresse.codepostal),
    "code-INSEE-commune": textOf(adresse["code-INSEE-commune"]),
    ville: textOf(adresse.ville) ?? UNKNOWN,
    departement: departementDe(adresse) || UNKNOWN.repeat(2),
    region: textOf(adresse.region),
    certifiante: textOf(tete.certifiante),
    "code-niveau-entree": textOf(tete["code-niveau-entree"]),
    "prise-en-charge-frais-possible": textOf(action["prise-en-charge-frais-possible"]),
    "modalites-enseignement": textOf(action["modalites-enseignement"]),
    "code-public-vise": texts(action["code-public-vise"]),
    "nombre-heures-total": textOf(action["nombre-heures-total"]),
    session: action.session,
    certification: tete.certification,
    extras: extrasOf(tete["code-niveau-sortie"], action.conventionnement, adresse),
  };
}

/** What the field writes for a text that it must give and does not know; a département has two characters at least. */
const UNKNOWN = "-";

/** Number of the formation, then that of the action without the base that both have in front. */
export function numeroResume({ formation, action }: Pick<Offre, "formation" | "action">): string {
  const base = /^[^_]+_/.exec(formation)?.[0] ?? "";
  return `${formation}_${base !== "" && action.startsWith(base) ? action.slice(base.length) : action}`;
}

type Lieux = NonNullable<OffreLue["action"]["lieu-de-formation"]>;
type AdresseLue = AsRead<Adresse>;

/** The place that was asked for, else the main one, else the first. */
function lieuOf(lieux: Lieux, departements: readonly string[]): AdresseLue | undefined {
  const adresses = lieux.map((lieu) => ({
    adresse: lieu.coordonnees?.adresse,
    principal: attributeOf(lieu, "tag") === "principal",
  }));
  const asked = adresses.find(
    ({ adresse }) => adresse !== undefined && departements.includes(departementDe(adresse)),
  );
  return (asked ?? adresses.find(({ principal }) => principal) ?? adresses[0])?.adresse;
}

const departementDe = (adresse: AdresseLue): string =>
  departementOf({
    departement: textOf(adresse.departement),
    insee: textOf(adresse["code-INSEE-commune"]),
    codePostal: textOf(adresse.codepostal),
  });

function domaineOf(domaine: AsRead<DomaineFormation> = {}): AsRead<DomaineFormation> {
  return {
    "code-FORMACODE": texts(domaine["code-FORMACODE"]),
    "code-NSF": texts(domaine["code-NSF"]),
    "code-ROME": texts(domaine["code-ROME"]),
  };
}

/** The texts of leaves, without what they carry beside. */
const texts = (leaves: readonly Parameters<typeof textOf>[0][] = []): readonly string[] =>
  leaves.map((leaf) => textOf(leaf) ?? "");

/** What real index documents say beyond the language, by the names under which they say it. */
function extrasOf(
  niveauDeSortie: Parameters<typeof textOf>[0],
  conventionnement: Parameters<typeof textOf>[0],
  { geolocalisation }: AdresseLue,
): readonly Extras[] {
  return [
    extrasNamed("geolocalisation", {
      latitude: textOf(geolocalisation?.latitude),
      longitude: textOf(geolocalisation?.longitude),
    }),
    extrasNamed("complements", { "code-niveau-sortie": textOf(niveauDeSortie) }),
    extrasNamed("lheo", { conventionnement: textOf(conventionnement) }),
  ].filter((extras) => extras["*"].length > 0);
}

/** `extras` of a name with an `extra` for each value that is given. */
export function extrasNamed(info: string, values: Readonly<Record<string, string | undefined>>): Extras {
  return {
    "@": { info },
    "*": Object.entries(given(values)).map(([name, text]) => ["extra", { "@": { info: name }, "#": text }]),
  };
}

function given(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, text]) =>
      text === undefined || text === "" ? [] : [[name, text]],
    ),
  );
}
