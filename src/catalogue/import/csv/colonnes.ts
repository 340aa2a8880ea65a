import { codeCertification } from "../../../lheo/index.ts";
import { TYPES_ENTREE, VOIES } from "../../../published/contract/index.ts";

/** Where a value goes: a field of the action or of the session, by its path in the record. */
export interface Colonne {
  readonly nom: string;
  /** In French, for the page that documents the file. */
  readonly description: string;
  readonly exemple: string;
  readonly fiche: "groupe" | "action" | "session";
  readonly champ: string;
  /** The value of the record; a string of the form `{ refus }` says what is wrong with it. */
  readonly lire: (texte: string) => unknown;
}

/** What stands in the file and cannot be read; `valeur` says what is allowed. */
export class ValeurRefusee {
  readonly attendu: string;
  constructor(attendu: string) {
    this.attendu = attendu;
  }
}

const texte = (value: string): string => value;
const liste = (value: string): readonly string[] => [value];

const heures = (value: string): number | ValeurRefusee =>
  /^\d{1,5}$/.test(value) ? Number(value) : new ValeurRefusee("un nombre entier d'heures, comme 35");

/** JJ/MM/AAAA or AAAA-MM-JJ → AAAAMMJJ, a day that exists. */
function jour(value: string): string | ValeurRefusee {
  const [, dayFr, monthFr, yearFr] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(value) ?? [];
  const [, yearIso, monthIso, dayIso] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) ?? [];
  const [year, month, day] = [yearFr ?? yearIso, monthFr ?? monthIso, dayFr ?? dayIso];
  if (year === undefined || month === undefined || day === undefined) return JOUR;
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${written}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day)
    ? JOUR
    : written.replaceAll("-", "");
}
const JOUR = new ValeurRefusee("une date comme 04/01/2027");

const parmi =
  (codes: readonly string[], mots: Readonly<Record<string, string>> = {}) =>
  (value: string): string | ValeurRefusee => {
    const plain = value
      .toLowerCase()
      .normalize("NFD")
      .replaceAll(/\p{M}/gu, "")
      .replaceAll(/[\s'-]+/g, "_");
    const code = mots[plain] ?? plain;
    return codes.includes(code) ? code : new ValeurRefusee(codes.join(", "));
  };

function certifications(value: string): unknown {
  const codes = value.split(/[\s,;|]+/).filter((one) => one !== "");
  const read = codes.map((code) => {
    const rncp = /^rncp/i.test(code) ? codeCertification("RNCP", code) : undefined;
    if (rncp !== undefined) return { code_rncp: rncp.cle };
    const rs = /^rs/i.test(code) ? codeCertification("RS", code) : undefined;
    if (rs !== undefined) return { code_rs: rs.cle };
    const certifInfo = codeCertification("CERTIFINFO", code);
    return certifInfo === undefined ? undefined : { code_certifinfo: certifInfo.numero };
  });
  return read.includes(undefined)
    ? new ValeurRefusee("des codes comme RNCP35819, RS5500 ou 83899 (Certif Info), séparés par des espaces")
    : read;
}

const OBJECTIFS: Readonly<Record<string, string>> = {
  certification: "6",
  professionnalisation: "7",
  preparation_a_la_qualification: "8",
  remise_a_niveau: "5",
  mobilisation: "9",
  perfectionnement: "2",
};

const MODALITES = ["jour", "soir", "foad", "entreprise"] as const;

/** The columns of the file that an OF prepares, in the order of the template. */
export const COLONNES: readonly Colonne[] = [
  {
    nom: "formation",
    description: "Repère de la formation, au choix : les lignes qui le partagent sont ses sessions",
    exemple: "F1",
    fiche: "groupe",
    champ: "formation",
    lire: texte,
  },
  {
    nom: "siret",
    description: "SIRET de l'organisme responsable ; vide : la structure active",
    exemple: "",
    fiche: "groupe",
    champ: "siret",
    lire: texte,
  },
  action("intitule", "Intitulé de la formation", "Conduire un chariot élévateur"),
  action("objectif_general", `Un de : ${Object.keys(OBJECTIFS).join(", ")}`, "certification", {
    lire: (value) => {
      const mot = parmi(Object.keys(OBJECTIFS))(value);
      return typeof mot === "string" ? OBJECTIFS[mot] : mot;
    },
  }),
  action("objectif", "Objectif de la formation", "Conduire en sécurité et obtenir le certificat"),
  action("programme", "Programme", "Réglementation ; conduite ; évaluation", { champ: "contenu" }),
  action("resultats_attendus", "Ce qui est obtenu à la fin", "Attestation de fin de formation"),
  action("validation", "attestation, rncp ou autre", "autre", {
    lire: parmi(["attestation", "rncp", "autre"]),
  }),
  action(
    "certifications",
    "Codes RNCP, RS ou Certif Info, séparés par des espaces ; cinq au plus",
    "RS5500",
    {
      lire: certifications,
    },
  ),
  action("prerequis", "Prérequis pédagogiques", "Aucun", { champ: "modalites.prerequis" }),
  action("conditions_acces", "Conditions d'accès réglementaires, ou RAS", "RAS", {
    champ: "modalites.conditions_acces",
  }),
  ...MODALITES.map((modalite) =>
    action(
      `heures_${modalite}`,
      `Heures « ${modalite} », pour toute la formation`,
      modalite === "jour" ? "35" : "",
      {
        champ: `modalites.heures_par_modalite.${modalite}`,
        lire: heures,
      },
    ),
  ),
  session("voie", `Un de : ${VOIES.join(", ")}`, "formation_continue", {
    lire: parmi(VOIES, {
      contrat_de_professionnalisation: "professionnalisation",
      contrat_d_apprentissage: "apprentissage",
    }),
  }),
  session("debut", "Premier jour, JJ/MM/AAAA", "04/01/2027", { lire: jour }),
  session("fin", "Dernier jour, JJ/MM/AAAA", "08/01/2027", { lire: jour }),
  session("type_entree", `Un de : ${TYPES_ENTREE.join(", ")}`, "dates_fixes", { lire: parmi(TYPES_ENTREE) }),
  lieu("lieu_nom", "Nom du lieu", "Centre de Pessac", "adresse.denomination"),
  lieu("lieu_rue", "Numéro et nom de la voie", "12 rue des Lilas", "adresse.lignes", liste),
  lieu("lieu_code_postal", "Code postal du lieu", "33600", "adresse.code_postal"),
  lieu("lieu_ville", "Ville du lieu", "Pessac", "adresse.ville"),
  contact("contact_nom", "Nom du contact", "Durand", "nom"),
  contact("contact_telephone", "Téléphone du contact", "05 56 00 00 00", "telfixe", liste),
  contact("contact_courriel", "Courriel du contact", "contact@exemple.fr", "courriel"),
  session("commentaire", "Précision sur la session", ""),
];

type Options = Partial<Pick<Colonne, "champ" | "lire">>;

function action(
  nom: string,
  description: string,
  exemple: string,
  { champ = nom, lire = texte }: Options = {},
): Colonne {
  return { nom, description, exemple, fiche: "action", champ, lire };
}

function session(
  nom: string,
  description: string,
  exemple: string,
  { champ = nom, lire = texte }: Options = {},
): Colonne {
  return { nom, description, exemple, fiche: "session", champ, lire };
}

function lieu(
  nom: string,
  description: string,
  exemple: string,
  champ: string,
  lire: Colonne["lire"] = texte,
): Colonne {
  return session(nom, description, exemple, { champ: `lieux.0.coordonnees.${champ}`, lire });
}

function contact(
  nom: string,
  description: string,
  exemple: string,
  champ: string,
  lire: Colonne["lire"] = texte,
): Colonne {
  return session(nom, description, exemple, { champ: `contacts.0.coordonnees.${champ}`, lire });
}
