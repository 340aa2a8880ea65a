import { type Failure, failure } from "../outcome.ts";
import { networkFault } from "./networkFault.ts";
import { MissingFile } from "./publishedFile.ts";

/** Status codes of SFTP version 3 (draft-ietf-secsh-filexfer-02, section 7), and those of later versions in use. */
export const SFTP_STATUS = { fin: 1, absent: 2, refuse: 3, echec: 4, inconnue: 8, existe: 11 } as const;

const WORDS: Readonly<Record<number, string>> = {
  2: "le dossier ou le fichier n'existe pas",
  3: "le compte n'a pas le droit d'écrire ou de renommer à cet endroit",
  4: "le serveur refuse sans dire pourquoi : espace ou quota épuisé, nom déjà pris",
  8: "le serveur ne sait pas faire cette opération",
  14: "le disque du serveur est plein",
  15: "le quota du compte est épuisé",
};

/** The status that an SFTP server answered, if that is what this error is. */
export function statusOf(error: unknown): number | undefined {
  const code = markOf(error, "code");
  return typeof code === "number" ? code : undefined;
}

/** The server acknowledged every byte and does not have them all. */
export class Incomplete extends Error {
  constructor(seen: number, octets: number) {
    super(`le serveur tient ${seen} octets au lieu de ${octets} : espace ou quota épuisé`);
  }
}

/** Says what an error of the SSH connection was, before or after it was set up. Total, like `networkFault`. */
export function sshFault(error: unknown): Failure {
  const words = error instanceof Error ? error.message : String(error);
  if (markOf(error, "level") === "client-authentication" || /authentication failures/i.test(words))
    return failure("acces_refuse", "Le serveur SFTP refuse le compte, le mot de passe ou la clé.");
  if (/privateKey/.test(words))
    return failure(
      "secret_indisponible",
      "La clé privée SSH enregistrée est illisible, ou sa phrase de passe est fausse. Enregistrez-les de nouveau : offre-info secrets set <destinataire> cle_privee",
    );
  if (words.startsWith("Connection lost"))
    return failure("connexion_coupee", "Le serveur a coupé la connexion avant de dire qu'il parle SSH.");
  // A code of the network is a word; a number is what the server gave as its reason to leave.
  if (typeof markOf(error, "code") === "string") return networkFault(error);
  return failure("ssh", `La connexion SSH n'a pas pu s'établir ou s'est arrêtée : ${words}.`);
}

function markOf(error: unknown, mark: "level" | "code"): unknown {
  return error instanceof Error ? Reflect.get(error, mark) : undefined;
}

/** Says what an error of an SFTP request was. Total, like `networkFault`. */
export function sftpFault(error: unknown, use: "depot" | "lecture" = "depot"): Failure {
  if (error instanceof MissingFile) return error.failure;
  const classe = use === "depot" ? "depot_impossible" : "lecture_impossible";
  const what = use === "depot" ? "Dépôt impossible" : "Lecture impossible";
  if (error instanceof Incomplete) return failure(classe, `${what} : ${error.message}.`);
  const status = statusOf(error);
  if (status === undefined) return networkFault(error);
  const words = error instanceof Error ? error.message : String(error);
  return failure(
    classe,
    `${what} : ${WORDS[status] ?? `erreur SFTP ${status}`} (réponse du serveur : « ${words} »).`,
  );
}
