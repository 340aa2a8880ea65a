import { backoff, retryAfter, spread } from "./backoff.ts";
import type { Answer, Issue, Outcome } from "./outcome.ts";

/** What a partner's state becomes because of an answer. */
export interface PartnerChange {
  readonly etat: "en_pause" | "desactive";
  /** In French. */
  readonly motif: string;
}

/** What becomes of a delivery after an attempt. */
export type Decision =
  | { readonly etat: "accepted"; readonly issue: Issue }
  | {
      readonly etat: "retry";
      readonly issue: Issue;
      /** Milliseconds from now, on the clock of the database. */
      readonly delai: number;
      /** Does it count as a failure of the partner? */
      readonly compte: boolean;
      readonly partenaire?: PartnerChange;
    }
  /** An operator has to look first. */
  | { readonly etat: "held"; readonly issue: Issue; readonly motif: string }
  | {
      readonly etat: "dead";
      readonly issue: Issue;
      /** In French. */
      readonly motif: string;
      readonly partenaire?: PartnerChange;
    };

/** What is known when deciding; nothing else is looked at. */
export interface Circumstances {
  /** Failures before this attempt. */
  readonly echecs: number;
  /** Statuses by which the partner says that it already has these bytes. */
  readonly dejaRecu: readonly number[];
  /** What this partner wants when nobody knows whether it received the file. */
  readonly surInconnue: "renvoyer" | "retenir";
  /** Clock of the database. */
  readonly maintenant: Date;
  /** In [0, 1). */
  readonly hasard: number;
  /** Someone asked this process to stop: another one may go on at once. */
  readonly arret?: boolean | undefined;
}

/** Between two looks at a secret that is missing, milliseconds. */
const SECRET_WAIT = 15 * 60_000;

/** After an attempt that we could not carry through, milliseconds. */
const INTERRUPTED_WAIT = 30_000;

/** Statuses that say "not now". */
const TEMPORARY = new Set([408, 425, 429]);

/** Says what becomes of a delivery. Pure and total: every outcome has a decision. */
export function decide(outcome: Outcome, circumstances: Circumstances): Decision {
  switch (outcome.kind) {
    case "depot":
      return { etat: "accepted", issue: "acceptee" };
    case "reponse":
      return decideAnswer(outcome, circumstances);
    case "echec":
      if (outcome.classe === "inconnue" && circumstances.surInconnue === "retenir")
        return {
          etat: "held",
          issue: "inconnue",
          motif: `${outcome.message} Demandez au destinataire ce qu'il a reçu, puis relâchez ou annulez.`,
        };
      // Neither is the partner's fault, and the same key makes sending again harmless: at once, as often as needed.
      if (outcome.classe === "inconnue" || (outcome.classe === "interrompue" && circumstances.arret === true))
        return { etat: "retry", issue: outcome.classe, delai: 0, compte: false };
      // We were cut off by what cuts the next attempt off as well: a database that is away, a process without breath.
      if (outcome.classe === "interrompue")
        return {
          etat: "retry",
          issue: outcome.classe,
          delai: spread(INTERRUPTED_WAIT, circumstances.hasard),
          compte: false,
        };
      // Ours to mend, and nothing was asked of the partner: it waits, however long that takes.
      if (outcome.classe === "secret_indisponible")
        return { etat: "retry", issue: outcome.classe, delai: SECRET_WAIT, compte: false };
      if (outcome.classe === "acces_refuse")
        return refusedAccess(outcome.message, outcome.message, circumstances);
      return again(outcome.classe, circumstances, 0, outcome.message);
  }
}

function decideAnswer(answer: Answer, circumstances: Circumstances): Decision {
  const { status } = answer;
  if (status >= 200 && status < 300) return { etat: "accepted", issue: "acceptee" };
  if (circumstances.dejaRecu.includes(status)) return { etat: "accepted", issue: "deja_recue" };
  if (TEMPORARY.has(status) || status >= 500)
    return again("temporaire", circumstances, asked(answer, circumstances), said(answer));
  if (status === 401 || status === 403)
    return refusedAccess(`Le destinataire refuse notre accès (${status}).`, said(answer), circumstances);
  if (status === 410) {
    const motif =
      "Le destinataire répond que cette adresse n'existe plus (410). Demandez-lui la nouvelle adresse.";
    return { etat: "dead", issue: "disparue", motif, partenaire: { etat: "desactive", motif } };
  }
  if (status >= 300 && status < 400) {
    const motif = `Le destinataire renvoie vers une autre adresse (${status}), ce qui n'est jamais suivi. Corrigez l'adresse d'envoi.`;
    return { etat: "dead", issue: "redirection", motif };
  }
  return {
    etat: "dead",
    issue: "refusee",
    motif: `${said(answer)} Corrigez ce qu'il refuse : un nouvel envoi à l'identique serait refusé de même.`,
  };
}

/** Nothing more is sent until someone has looked at the credentials. */
function refusedAccess(what: string, words: string, circumstances: Circumstances): Decision {
  return {
    ...again("non_autorisee", circumstances, 0, words),
    partenaire: {
      etat: "en_pause",
      motif: `${what} Vérifiez les identifiants puis reprenez les envois.`,
    },
  };
}

/** What `Retry-After` asks for, on the partner's own clock where it gave it. */
function asked({ retryAfter: header, date }: Answer, { maintenant }: Circumstances): number {
  const theirs = date === undefined ? Number.NaN : Date.parse(date);
  return retryAfter(header, Number.isNaN(theirs) ? maintenant : new Date(theirs)) ?? 0;
}

function again(
  issue: Issue,
  { echecs, hasard }: Circumstances,
  atLeast: number,
  what: string,
): Extract<Decision, { etat: "retry" | "dead" }> {
  const wait = backoff(echecs + 1, hasard);
  if (wait === undefined)
    return { etat: "dead", issue, motif: `Abandonnée après ${echecs + 1} échecs. Dernier : ${what}` };
  return { etat: "retry", issue, delai: Math.max(wait, atLeast), compte: true };
}

function said({ status, body }: Answer): string {
  const words = body.replace(/\s+/g, " ").trim().slice(0, 200);
  return `Le destinataire a répondu ${status}${words === "" ? "." : ` : « ${words} ».`}`;
}
