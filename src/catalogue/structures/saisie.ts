import { z } from "zod";
import { ELEMENTS, ndaDefect, siretDefect, uaiDefect } from "../../lheo/index.ts";
import { type Organisme, zOrganisme } from "../../published/contract/index.ts";

/** Qualiopi categories, as the certificate names them (S64). */
export const QUALIOPI = {
  formation: "Actions de formation",
  bilan: "Bilans de compétences",
  vae: "Validation des acquis de l'expérience",
  apprentissage: "Actions de formation par apprentissage",
} as const;

type Qualiopi = keyof typeof QUALIOPI;

/** No longer than the language lets it be. */
function court(element: "nom-organisme" | "raison-sociale" | "ligne" | "ville" | "numtel" | "courriel") {
  const { maxLength = 250 } = ELEMENTS[element];
  return z.string().trim().max(maxLength, `${maxLength} caractères au plus`);
}

const requis = (schema: z.ZodString, quoi: string) => schema.min(1, `Indiquez ${quoi}.`);
const sansEspace = z.string().transform((text) => text.replaceAll(/[\s.]/g, ""));
const COURRIEL = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/;
const mail = court("courriel").refine(
  (text) => text === "" || COURRIEL.test(text),
  "Ce n'est pas une adresse de courriel.",
);
const telephone = court("numtel").refine(
  (text) => text === "" || (text.match(/\d/g)?.length ?? 0) >= 6,
  "Ce n'est pas un numéro de téléphone.",
);

const SIRET = {
  vide: "Indiquez le SIRET.",
  forme: "Un SIRET s'écrit avec 14 chiffres.",
  zeros: "Ce SIRET est une valeur de remplissage : indiquez le vrai.",
  cle: "Ce SIRET est faux : sa clé ne tombe pas juste, un chiffre est sans doute erroné.",
} as const;

export const zSiret = sansEspace.superRefine((text, context) => {
  const defect = siretDefect(text);
  if (defect !== undefined) context.addIssue(SIRET[defect]);
});

/** Identity of an OF: what only an administrator changes. */
const identite = {
  nom: requis(court("nom-organisme"), "le nom affiché"),
  raison_sociale: requis(court("raison-sociale"), "la raison sociale"),
  siret: zSiret,
  numero_activite: sansEspace.refine(
    (text) => [undefined, "composition"].includes(ndaDefect(text)),
    "Le numéro de déclaration d'activité s'écrit avec 11 chiffres (2A ou 2B pour la Corse).",
  ),
  uai: sansEspace
    .transform((text) => text.toUpperCase())
    .refine(
      (text) => text === "" || uaiDefect(text) === undefined,
      "Le code UAI s'écrit avec 7 chiffres et la lettre qui en découle.",
    ),
  qualiopi: z.array(z.enum(Object.keys(QUALIOPI) as [Qualiopi, ...Qualiopi[]])),
};

/** How it is reached (S66): what its referent keeps up to date. */
const coordonnees = {
  voie: requis(court("ligne"), "le nom de la voie"),
  complement: court("ligne"),
  code_postal: z
    .string()
    .trim()
    .regex(/^\d{5}$/, "Un code postal s'écrit avec 5 chiffres."),
  ville: requis(court("ville"), "la ville"),
  telephone,
  courriel: mail,
  web: z
    .string()
    .trim()
    .max(ELEMENTS.urlweb.maxLength ?? 400, "adresse trop longue")
    .refine((text) => text === "" || /^https?:\/\/\S+$/.test(text), "Une adresse commence par https://."),
  compte_kairos: z.boolean(),
  contact_nom: requis(z.string().trim().max(50, "50 caractères au plus"), "le nom du contact"),
  contact_prenom: z.string().trim().max(50, "50 caractères au plus"),
  contact_telephone: telephone,
  contact_courriel: mail,
};

const JOIGNABLE = "Indiquez un téléphone ou un courriel : on doit pouvoir joindre cette personne.";
const joignable = {
  path: ["contact_courriel"],
  message: JOIGNABLE,
};

export const zCoordonneesOrganisme = z
  .object(coordonnees)
  .refine((saisie) => saisie.contact_telephone + saisie.contact_courriel !== "", joignable);

/** The form of an OF, whole. */
export const zSaisieOrganisme = z
  .object({ ...identite, ...coordonnees })
  .refine((saisie) => saisie.contact_telephone + saisie.contact_courriel !== "", joignable);

/** The form of a funder or of the agency. */
export const zSaisieAutre = z.object({
  nom: requis(court("nom-organisme"), "le nom"),
  siret: sansEspace.pipe(z.union([z.literal(""), zSiret])),
  ville: court("ville"),
  departement: z
    .string()
    .trim()
    .regex(/^(\d{2,3}|2[AB])?$/, "Un département s'écrit 33, 2A ou 974."),
});

type SaisieOrganisme = z.output<typeof zSaisieOrganisme>;
export type CoordonneesOrganisme = z.output<typeof zCoordonneesOrganisme>;

/** What the form of an OF shows. */
export function saisieOf(contenu: Organisme): SaisieOrganisme {
  const { coordonnees: c, contacts } = contenu;
  const contact = contacts[0]?.coordonnees;
  return {
    nom: contenu.nom,
    raison_sociale: contenu.raison_sociale,
    siret: contenu.siret,
    numero_activite: contenu.numero_activite,
    uai: contenu.uai ?? "",
    qualiopi: contenu.qualiopi,
    voie: c.adresse?.lignes[0] ?? "",
    complement: c.adresse?.lignes[1] ?? "",
    code_postal: c.adresse?.code_postal ?? "",
    ville: c.adresse?.ville ?? "",
    telephone: c.telfixe[0] ?? "",
    courriel: c.courriel ?? "",
    web: c.web[0] ?? "",
    compte_kairos: contenu.compte_kairos,
    contact_nom: contact?.nom ?? "",
    contact_prenom: contact?.prenom ?? "",
    contact_telephone: contact?.telfixe[0] ?? "",
    contact_courriel: contact?.courriel ?? "",
  };
}

const orNull = (text: string): string | null => (text === "" ? null : text);
/** The first of a list, as it was typed; those that the form does not show stay. */
const first = (text: string, list: readonly string[] = []): string[] =>
  text === "" ? list.slice(1) : [text, ...list.slice(1)];

/** The record of the contract: what was typed, over what stood before and that the form does not show. */
export function contenuOf(saisie: SaisieOrganisme, avant?: Organisme): Organisme {
  const { coordonnees: c, contacts = [] } = avant ?? {};
  const [contact, ...autres] = contacts;
  const { lignes = [], ...adresse } = c?.adresse ?? { code_postal: "", ville: "" };
  const moved = adresse.code_postal !== saisie.code_postal || adresse.ville !== saisie.ville;
  return zOrganisme.parse({
    ...avant,
    nom: saisie.nom,
    raison_sociale: saisie.raison_sociale,
    siret: saisie.siret,
    numero_activite: saisie.numero_activite,
    uai: orNull(saisie.uai),
    qualiopi: saisie.qualiopi,
    compte_kairos: saisie.compte_kairos,
    coordonnees: {
      ...c,
      telfixe: first(saisie.telephone, c?.telfixe),
      courriel: orNull(saisie.courriel),
      web: first(saisie.web, c?.web),
      adresse: {
        // What describes another place would be wrong here.
        ...(moved ? {} : adresse),
        lignes: [saisie.voie, ...first(saisie.complement, lignes.slice(1))],
        code_postal: saisie.code_postal,
        ville: saisie.ville,
        departement: departementOf(saisie.code_postal),
      },
    },
    contacts: [
      {
        type_contact: "4",
        principal: true,
        ...contact,
        coordonnees: {
          ...contact?.coordonnees,
          nom: saisie.contact_nom,
          prenom: orNull(saisie.contact_prenom),
          telfixe: first(saisie.contact_telephone, contact?.coordonnees.telfixe),
          courriel: orNull(saisie.contact_courriel),
        },
      },
      ...autres,
    ],
  });
}

/** Department of a postal code: `33`, `2A`, `974`. */
export function departementOf(codePostal: string): string {
  if (/^9[78]/.test(codePostal)) return codePostal.slice(0, 3);
  if (codePostal.startsWith("20")) return codePostal < "20200" ? "2A" : "2B";
  return codePostal.slice(0, 2);
}

/** French sentences by field. */
export type Erreurs = Readonly<Record<string, string>>;

export function erreursOf({ issues }: z.ZodError): Erreurs {
  const erreurs: Record<string, string> = {};
  for (const { path, message } of issues) erreurs[path.join(".")] ??= message;
  return erreurs;
}
