/** What a push brought back, before anything is decided of it. A partner's failure is a value, never an exception. */
export type Outcome = Answer | Dropped | Failure;

/** The partner answered. */
export interface Answer {
  readonly kind: "reponse";
  readonly status: number;
  /** Raw headers that matter. */
  readonly retryAfter?: string | undefined;
  readonly date?: string | undefined;
  readonly contentType?: string | undefined;
  /** At most 64 KB, as text. */
  readonly body: string;
  /** There was more. */
  readonly cut: boolean;
}

/** The file is in place under its final name: a drop has no one to answer. */
export interface Dropped {
  readonly kind: "depot";
  readonly nom: string;
}

/** Nothing usable came back. */
export interface Failure {
  readonly kind: "echec";
  readonly classe: Echec;
  /** For the operator, in French where it is ours. */
  readonly message: string;
  /** Status that came before the failure, if any. */
  readonly status?: number | undefined;
}

export const ECHECS = [
  "dns",
  "injoignable",
  "connexion_refusee",
  "connexion_coupee",
  "tls",
  "delai",
  "reponse_tronquee",
  "reponse_illisible",
  /** The partner's name leads to an inside address: nothing was sent. */
  "adresse_interdite",
  /** Our own file is not there, or not the one that was published. */
  "fichier_absent",
  "depot_impossible",
  /** A file that the partner left for us cannot be read: no attempt ends so. */
  "lecture_impossible",
  /** The partner, or who gives tokens for it, does not want of our credentials. */
  "acces_refuse",
  /** Who gives tokens for the partner gave none, and does not say that it is our fault. */
  "jeton_indisponible",
  /** The SSH server is not the one that was pinned: no credential was sent. */
  "hote_inconnu",
  /** The SSH connection could not be set up. */
  "ssh",
  /** A secret of ours is missing or cannot be read here: nothing was sent. */
  "secret_indisponible",
  /** We stopped: the process ends, or another worker took over. */
  "interrompue",
  /** The worker vanished during the attempt: the partner may have all, part or nothing. */
  "inconnue",
] as const;
export type Echec = (typeof ECHECS)[number];

/** What an attempt is remembered as. */
export type Issue =
  | Echec
  | "acceptee"
  | "deja_recue"
  | "temporaire"
  | "non_autorisee"
  | "disparue"
  | "redirection"
  | "refusee";

/** @param message says what happened, for the operator */
export function failure(classe: Echec, message: string, status?: number): Failure {
  return { kind: "echec", classe, message, status };
}
