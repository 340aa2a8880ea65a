import { keyOfCertification } from "../../../feed/index.ts";
import type { Adresse, Contact } from "../../../published/contract/index.ts";
import { isFilled } from "../champ.ts";
import type { ActionLue, Releve, SessionLue } from "./releve.ts";

type Obligatoire = readonly [champ: string, nom: string, attendu: string];

/** S62: the red dots of the action (S67 to S86), in the order of the form. */
const ACTION: readonly Obligatoire[] = [
  ["intitule", "Intitulé", "nommez la formation aussi explicitement que possible"],
  ["objectif_general", "Objectif général", "choisissez-le dans la liste"],
  ["objectif", "Objectif de la formation", "dites en quelques phrases ce que la personne saura faire"],
  ["contenu", "Programme", "résumez ce qui est enseigné"],
  ["validation", "Validation / fin de formation", "cochez ce que la formation délivre"],
  [
    "modalites.conditions_acces",
    "Conditions d'accès réglementaire",
    "indiquez-les, ou « RAS » s'il n'y en a pas",
  ],
];

/** The red dots of the session (S91, S105). */
const SESSION: readonly Obligatoire[] = [
  ["voie", "Voie d'accès", "choisissez-en une ; il faut une session par voie"],
  ["debut", "Date de début", "indiquez le premier jour de la session"],
  ["fin", "Date de fin", "indiquez le dernier jour de la session"],
  ["type_entree", "Type d'entrée", "choisissez dates fixes, permanentes ou séquencées"],
];

export function checkActionObligatoire({ contenu, organisme }: ActionLue, releve: Releve): void {
  for (const [champ, nom, attendu] of ACTION)
    if (!isFilled(contenu, champ)) releve.obligatoire(champ, nom, attendu);
  if (!HEURES.some((champ) => isFilled(contenu, champ)))
    releve.obligatoire(
      "modalites.heures_par_modalite",
      "Durées",
      "indiquez le nombre d'heures de chaque modalité",
    );
  const contacts = contenu.contacts ?? [];
  // Without a contact of its own, an action shows that of its organisme.
  if (contacts.length > 0) checkContacts(contacts, releve);
  else if (![...organisme.contacts, { coordonnees: organisme.coordonnees }].some(isJoignable))
    releve.obligatoire("contacts", "Contact", JOINDRE);
}

export function checkSessionObligatoire({ contenu }: SessionLue, releve: Releve): void {
  for (const [champ, nom, attendu] of SESSION)
    if (!isFilled(contenu, champ)) releve.obligatoire(champ, nom, attendu);
  const { lieux = [], contacts = [], certifications = [] } = contenu;
  if (lieux.length === 0)
    releve.obligatoire(
      "lieux",
      "Lieu de formation",
      "indiquez où elle se tient ; à distance, l'adresse de l'organisme",
    );
  for (const [rank, { coordonnees }] of lieux.entries())
    checkAdresse(coordonnees.adresse, `lieux[${rank}].coordonnees.adresse`, releve);
  if (contacts.length === 0) releve.obligatoire("contacts", "Contact de la session", JOINDRE);
  else checkContacts(contacts, releve);
  for (const [rank, visee] of certifications.entries()) {
    // Only the RNCP has blocs: of another certification there is nothing to say.
    if (!/^RNCP/.test(keyOfCertification(visee) ?? "")) continue;
    const champ = `certifications[${rank}]`;
    if (visee.validation === undefined || visee.validation === null)
      releve.obligatoire(
        `${champ}.validation`,
        "Type de validation des blocs",
        "choisissez totale, partielle ou mixte",
      );
    else if (visee.validation !== "totale" && visee.blocs.length === 0)
      releve.obligatoire(
        `${champ}.blocs`,
        "Blocs visés par la session",
        `la validation est ${visee.validation}, choisissez les blocs de compétences`,
      );
  }
}

const HEURES = ["modalites.heures_par_modalite", "modalites.nombre_heures_total"];
const JOINDRE = "donnez au moins un téléphone ou un courriel pour joindre quelqu'un";

/** S111: the street, the postal code and the town. */
function checkAdresse(adresse: Adresse | null | undefined, champ: string, releve: Releve): void {
  if (!(adresse?.lignes ?? []).some((ligne) => ligne.trim() !== ""))
    releve.obligatoire(
      `${champ}.lignes`,
      "Nom de la voie",
      "indiquez le numéro et la voie du lieu de formation",
    );
  if (!isFilled(adresse, "code_postal"))
    releve.obligatoire(`${champ}.code_postal`, "Code postal", "indiquez celui de la commune");
  if (!isFilled(adresse, "ville")) releve.obligatoire(`${champ}.ville`, "Ville", "indiquez la commune");
}

/** S66, S98. */
function checkContacts(contacts: readonly Contact[], releve: Releve): void {
  for (const [rank, contact] of contacts.entries())
    if (!isJoignable(contact))
      releve.obligatoire(`contacts[${rank}].coordonnees.courriel`, "Courriel ou téléphone", JOINDRE);
}

const isJoignable = ({ coordonnees }: Pick<Contact, "coordonnees">): boolean =>
  [coordonnees.courriel ?? "", ...coordonnees.telfixe, ...coordonnees.portable].some(
    (text) => text.trim() !== "",
  );
