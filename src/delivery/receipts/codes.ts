import { z } from "zod";
import { isNoticeCode, ruleOf } from "../../notices/index.ts";
import { plain } from "./line.ts";

/** What a partner's code means, and what to do about it. */
export const zRemede = z.strictObject({ libelle: z.string().min(1), remede: z.string().min(1) });
export type Remede = z.output<typeof zRemede>;

/** A refusal in French; `connu`: it is ours, not the partner's own words. */
export interface RefusExplique extends Remede {
  readonly connu: boolean;
}

/** Codes that partners are known to send. */
const CODES: Readonly<Record<string, Remede>> = {
  "30056": {
    libelle: "Cette action fait double emploi avec une autre action de la même formation.",
    remede:
      "Réunissez les deux en une seule action, ou corrigez ce qui doit les distinguer : lieu, modalité, langue, durée, prix.",
  },
  "30057": {
    libelle: "La durée diffère de moins de 10 heures de celle d'une autre action de la même formation.",
    remede:
      "Vérifiez les deux durées : réunissez les actions, ou portez l'écart à 10 heures au moins s'il est réel.",
  },
};

interface Kind extends Remede {
  /** On the code and the message together, without case nor accents. */
  readonly match: RegExp;
}

/** What partners say in a hundred ways; the first kind that fits wins. */
const KINDS: readonly Kind[] = [
  {
    match: /siret.*(inconnu|introuvable|inexistant|non trouve|not found|unknown)/,
    libelle: "Le destinataire ne connaît pas ce SIRET.",
    remede:
      "Comparez-le à l'avis de situation INSEE de l'établissement. S'il est juste, demandez à l'organisme de se faire connaître de ce destinataire.",
  },
  {
    match: /siret.*(ferme|cesse|radie|closed)|etablissement.*(ferme|cesse)/,
    libelle: "L'établissement de ce SIRET est fermé.",
    remede:
      "Demandez à l'organisme le SIRET de l'établissement ouvert qui le remplace, et corrigez l'action.",
  },
  {
    match: /siret/,
    libelle: "Le destinataire refuse ce SIRET.",
    remede:
      "Recopiez les 14 chiffres de l'avis de situation INSEE, sans espace, et vérifiez que l'établissement est ouvert.",
  },
  {
    match: /\buai\b/,
    libelle: "Le destinataire ne reconnaît pas le code UAI de l'établissement ou du lieu.",
    remede:
      "Vérifiez le code (7 chiffres et une lettre) à l'annuaire de l'Éducation nationale, et qu'il va avec ce SIRET ; un code fermé doit être remplacé.",
  },
  {
    match: /kairos/,
    libelle: "L'organisme n'a pas de compte Kairos utilisable.",
    remede:
      "Demandez à l'organisme d'ouvrir ou de faire réactiver son compte Kairos auprès de France Travail, puis attendez l'envoi suivant.",
  },
  {
    match: /(rncp|rs\d|certif|diplome|titre).*(expire|perime|inacti|echu|plus active|date de fin)/,
    libelle: "La certification n'est plus active.",
    remede:
      "Remplacez-la par celle qui lui succède au répertoire de France compétences, ou retirez la session.",
  },
  {
    match: /(rncp|\brs ?\d|certif|diplome).*(inconnu|introuvable|inexistant|non trouve|unknown)/,
    libelle: "Le destinataire ne connaît pas cette certification.",
    remede:
      "Vérifiez le code au répertoire de France compétences. S'il est récent, le destinataire peut ne pas l'avoir encore chargé : signalez-le-lui.",
  },
  {
    match: /habilit|titulaire|certificateur/,
    libelle: "L'organisme n'est pas reconnu comme habilité pour cette certification.",
    remede:
      "Demandez à l'organisme de faire déclarer son habilitation par le certificateur à France compétences.",
  },
  {
    match: /formacode/,
    libelle: "Le FORMACODE manque ou n'est pas reconnu.",
    remede: "Choisissez de un à cinq FORMACODE de la version 14, le principal en premier.",
  },
  {
    match: /(code rome|\brome\b)/,
    libelle: "Le code ROME n'est pas reconnu.",
    remede: "Choisissez un code ROME en vigueur : une lettre et quatre chiffres.",
  },
  {
    match:
      /(numero|session|action|identifiant|reference).*(doublon|deja|existant|duplicate|double)|doublon|duplicate/,
    libelle: "Le destinataire a déjà cette session sous ce numéro, ou une autre toute pareille.",
    remede:
      "Cherchez l'autre session chez l'organisme : retirez celle qui est en trop, ou corrigez ce qui doit les distinguer.",
  },
  {
    match: /(session|date|periode).*(passe|termine|anterieur|echu|depasse|past|expired)/,
    libelle: "La session est déjà passée pour le destinataire.",
    remede:
      "Corrigez les dates si elles sont fausses. Sinon rien à faire : la session sortira du flux d'elle-même.",
  },
  {
    match: /(date|periode).*(incoheren|invalide|illisible|incorrect|format|invalid)/,
    libelle: "Les dates ne conviennent pas au destinataire.",
    remede: "Vérifiez que le début et la fin sont complets, et que la fin n'est pas avant le début.",
  },
  {
    match: /qualiopi/,
    libelle: "L'organisme n'est pas certifié Qualiopi pour ce type d'action aux yeux du destinataire.",
    remede:
      "Demandez à l'organisme son certificat pour cette catégorie, et vérifiez son NDA dans la liste publique des organismes.",
  },
  {
    match: /\bnda\b|declaration d.?activite|numero d.?activite/,
    libelle: "Le destinataire ne reconnaît pas le numéro de déclaration d'activité.",
    remede:
      "Recopiez les 11 chiffres du récépissé de la DREETS ; vérifiez que la déclaration n'est pas caduque.",
  },
  {
    match: /code postal|commune|insee|adresse|lieu/,
    libelle: "L'adresse ou le lieu de formation ne convient pas au destinataire.",
    remede:
      "Complétez le lieu de la session : voie, code postal et commune d'aujourd'hui, qui vont ensemble.",
  },
  {
    match: /not expected|schema|xsd|cvc-|facet|well.?formed|bien forme/,
    libelle: "Le destinataire ne peut pas lire la structure de cette fiche.",
    remede:
      "Vérifiez le fichier envoyé avec la commande « validate ». S'il est valide, le destinataire n'a pas la même version de LHEO : écrivez-lui.",
  },
  {
    match: /obligatoire|manquant|absent|non renseigne|required|missing/,
    libelle: "Il manque au destinataire une information qu'il exige.",
    remede: "Complétez ce que son message nomme, puis attendez l'envoi suivant.",
  },
];

/**
 * Puts a refusal in French, with what to do: the partner's own sentences first, then codes that we know, our own
 * notices, then the usual kinds. Otherwise what the partner wrote, as such.
 * @param propres of the partner, from its mapping
 */
export function explainRefusal(
  { code, message }: { readonly code: string; readonly message: string },
  propres: Readonly<Record<string, Remede>> = {},
): RefusExplique {
  const known = ownOf(propres, code) ?? ownOf(CODES, code);
  if (known !== undefined) return { ...known, connu: true };
  if (isNoticeCode(code))
    return {
      libelle: message === "" ? `${ruleOf(code).titre}.` : message,
      remede: "Corrigez-le à la source : l'envoi suivant portera la correction.",
      connu: true,
    };
  const said = plain(`${code} ${message}`);
  const kind = KINDS.find(({ match }) => match.test(said));
  if (kind !== undefined) return { libelle: kind.libelle, remede: kind.remede, connu: true };
  const words = [code, message].filter((text) => text !== "").join(" : ");
  return {
    libelle: words === "" ? "Refusée sans explication." : `Réponse du destinataire : « ${words} ».`,
    remede:
      "Demandez au destinataire ce que cela veut dire, puis donnez une phrase à ce code dans son accusé.",
    connu: false,
  };
}

function ownOf(codes: Readonly<Record<string, Remede>>, code: string): Remede | undefined {
  return Object.hasOwn(codes, code) ? codes[code] : undefined;
}
