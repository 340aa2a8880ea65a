import { type Echec, type Failure, failure } from "../outcome.ts";

const BY_CODE: Readonly<Record<string, readonly [Echec, string]>> = {
  ECONNREFUSED: [
    "connexion_refusee",
    "Le destinataire refuse la connexion : son service est arrêté ou le port est faux.",
  ],
  EHOSTUNREACH: ["injoignable", "La machine du destinataire est injoignable."],
  ENETUNREACH: ["injoignable", "Le réseau du destinataire est injoignable."],
  EADDRNOTAVAIL: ["injoignable", "Le réseau du destinataire est injoignable depuis cette machine."],
  ETIMEDOUT: ["delai", "Le destinataire ne répond pas à la connexion."],
  UND_ERR_CONNECT_TIMEOUT: ["delai", "Le destinataire ne répond pas à la connexion dans le délai."],
  ECONNRESET: ["connexion_coupee", "Le destinataire a coupé la connexion."],
  EPIPE: ["connexion_coupee", "Le destinataire a coupé la connexion pendant l'envoi."],
  UND_ERR_SOCKET: ["connexion_coupee", "Le destinataire a coupé la connexion avant de répondre."],
  UND_ERR_CLOSED: ["connexion_coupee", "La connexion a été fermée avant la réponse."],
  UND_ERR_DESTROYED: ["connexion_coupee", "La connexion a été fermée avant la réponse."],
  HTTPParserError: ["reponse_illisible", "La réponse du destinataire n'est pas du HTTP."],
  UND_ERR_HEADERS_OVERFLOW: ["reponse_illisible", "La réponse du destinataire a des en-têtes démesurés."],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: [
    "reponse_tronquee",
    "La réponse du destinataire n'a pas la longueur annoncée.",
  ],
  ENOENT: ["fichier_absent", "Le fichier publié a disparu pendant l'envoi."],
  EIO: ["fichier_absent", "Le fichier publié ne se lit plus : vérifiez le disque."],
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: ["fichier_absent", "Le fichier n'a plus la longueur publiée."],
};

const TLS =
  /^(ERR_TLS_|ERR_SSL_|CERT_|SSL_|EPROTO$|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA)/;

/** Why TLS stopped, in the operator's words; the first that matches. */
const TLS_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^CERT_HAS_EXPIRED$/, "le certificat du destinataire a expiré : à lui de le renouveler"],
  [/^CERT_NOT_YET_VALID$/, "le certificat du destinataire n'est pas encore valable : vérifiez les horloges"],
  [/ALTNAME_INVALID$|^HOSTNAME_MISMATCH$/, "le certificat présenté n'est pas celui de ce nom de machine"],
  [
    /^(UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA)/,
    "le certificat du destinataire vient d'une autorité inconnue : si elle est privée, enregistrez-la (secret « autorite »)",
  ],
  [
    /ALERT_(CERTIFICATE_|BAD_CERTIFICATE|NO_CERTIFICATE|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)/,
    "le destinataire refuse ou réclame notre certificat client : vérifiez « mtls » et le secret « certificat »",
  ],
  [/./, "certificat ou protocole refusé"],
];

/** Says what a network error was, for the record and for the operator. Total: an unknown one is a cut connection. */
export function networkFault(error: unknown): Failure {
  const codes = codesOf(error);
  for (const code of codes) {
    const known = BY_CODE[code];
    if (known !== undefined) return failure(known[0], `${known[1]} (${code})`);
    if (TLS.test(code))
      return failure(
        "tls",
        `La connexion sûre n'a pas pu s'établir : ${TLS_WORDS.find(([pattern]) => pattern.test(code))?.[1]} (${code}).`,
      );
  }
  const words = error instanceof Error ? error.message : String(error);
  return failure("connexion_coupee", `L'échange s'est interrompu : ${words}`);
}

/** The codes of an error, of its causes and of those it gathers. */
function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 5) return [];
  // Some errors are told apart by their name alone.
  const own = "code" in error && typeof error.code === "string" ? [error.code, error.name] : [error.name];
  const gathered = error instanceof AggregateError ? error.errors : [];
  return [...own, ...[error.cause, ...gathered].flatMap((inner) => codesOf(inner, depth + 1))];
}
