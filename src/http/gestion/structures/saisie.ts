import { z } from "zod";
import { QUALIOPI, type Structure, saisieOf, type TypeStructure } from "../../../catalogue/index.ts";
import type { Organisme } from "../../../published/contract/index.ts";
import { zTexte } from "../../pages/texte.ts";

/** Fields of the forms of a structure, as they are typed. */
const TEXTES_ORGANISME = [
  "nom",
  "raison_sociale",
  "siret",
  "numero_activite",
  "uai",
  "voie",
  "complement",
  "code_postal",
  "ville",
  "telephone",
  "courriel",
  "web",
  "contact_nom",
  "contact_prenom",
  "contact_telephone",
  "contact_courriel",
] as const;
const TEXTES_AUTRE = ["nom", "siret", "ville", "departement"] as const;

export interface Saisie {
  readonly textes: Readonly<Record<string, string>>;
  readonly qualiopi: readonly string[];
  readonly compte_kairos: boolean;
}

const zCases = z.preprocess(
  (given) => (given === undefined ? [] : [given].flat()),
  z.array(z.string()).transform((list) => list.filter((one) => one in QUALIOPI)),
);

/** What was sent, whatever it is. */
export function lireSaisie(body: unknown, type: TypeStructure): Saisie {
  const noms = type === "organisme" ? TEXTES_ORGANISME : TEXTES_AUTRE;
  const zTextes = z.object(Object.fromEntries(noms.map((nom) => [nom, zTexte])));
  const textes: Record<string, string> = zTextes.parse(body ?? {});
  const { qualiopi, compte_kairos } = z
    .object({ qualiopi: zCases.catch([]), compte_kairos: zTexte })
    .parse(body ?? {});
  return { textes, qualiopi, compte_kairos: compte_kairos === "oui" };
}

/** The form as the services take it. */
export const donneesOf = ({ textes, ...cases }: Saisie): Readonly<Record<string, unknown>> => ({
  ...textes,
  ...cases,
});

/** What the form of a structure shows at first. */
export function saisieDe({ contenu, nom, siret, ville, departement }: Structure): Saisie {
  if (contenu !== null) return saisieDeLOrganisme(contenu);
  const textes = { nom, siret: siret ?? "", ville: ville ?? "", departement: departement ?? "" };
  return { textes, qualiopi: [], compte_kairos: false };
}

function saisieDeLOrganisme(contenu: Organisme): Saisie {
  const { qualiopi, compte_kairos, ...textes } = saisieOf(contenu);
  return { textes, qualiopi, compte_kairos };
}

/** A blank form, with what is known of it. */
export const saisieVide = (textes: Readonly<Record<string, string>> = {}): Saisie => ({
  textes,
  qualiopi: [],
  compte_kairos: false,
});
