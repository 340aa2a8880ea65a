import type { Issue } from "../../delivery/index.ts";

/** The words under which coded states are shown, and how each is felt: it only chooses a colour. */
export type Ton = "bien" | "attente" | "souci" | "neutre";

interface Mot {
  readonly texte: string;
  readonly ton: Ton;
}

const ETATS: Readonly<Record<string, Mot>> = {
  annoncee: { texte: "annoncée", ton: "attente" },
  scheduled: { texte: "programmée", ton: "attente" },
  in_flight: { texte: "envoi en cours", ton: "attente" },
  accepted: { texte: "arrivée", ton: "bien" },
  retry: { texte: "nouvel essai prévu", ton: "attente" },
  dead: { texte: "abandonnée", ton: "souci" },
  held: { texte: "retenue", ton: "souci" },
  superseded: { texte: "remplacée par une plus récente", ton: "neutre" },
  canceled: { texte: "annulée", ton: "neutre" },
  rejected: { texte: "refusée par le destinataire", ton: "souci" },
  en_cours: { texte: "en cours", ton: "attente" },
  faite: { texte: "faite", ton: "bien" },
  echouee: { texte: "échouée", ton: "souci" },
  nouveau: { texte: "nouveau flux", ton: "bien" },
  inchange: { texte: "inchangé", ton: "neutre" },
  vide: { texte: "rien à diffuser", ton: "neutre" },
  relais: { texte: "servi par un autre", ton: "neutre" },
  retenu: { texte: "retenu par la garde", ton: "souci" },
  bloquant: { texte: "bloquant", ton: "souci" },
  avertissement: { texte: "avertissement", ton: "attente" },
  information: { texte: "information", ton: "neutre" },
  a_reprendre: { texte: "à reprendre", ton: "attente" },
  a_valider: { texte: "attend un second accord", ton: "attente" },
  fini: { texte: "fini", ton: "bien" },
  abandonne: { texte: "abandonné", ton: "neutre" },
  a_envoyer: { texte: "à envoyer", ton: "attente" },
  envoye: { texte: "envoyé", ton: "bien" },
  actif: { texte: "actif", ton: "bien" },
  en_pause: { texte: "en pause", ton: "souci" },
  desactive: { texte: "désactivé", ton: "souci" },
  certification_active: { texte: "active", ton: "bien" },
  certification_a_venir: { texte: "à venir", ton: "attente" },
  certification_echue: { texte: "échue", ton: "souci" },
};

/** How an attempt to send ended. */
const ISSUES: Readonly<Record<Issue, Mot>> = {
  acceptee: { texte: "acceptée", ton: "bien" },
  deja_recue: { texte: "déjà reçue", ton: "bien" },
  temporaire: { texte: "« pas maintenant »", ton: "attente" },
  non_autorisee: { texte: "accès refusé", ton: "souci" },
  disparue: { texte: "adresse disparue", ton: "souci" },
  redirection: { texte: "renvoi vers une autre adresse", ton: "souci" },
  refusee: { texte: "refusée", ton: "souci" },
  dns: { texte: "nom introuvable", ton: "attente" },
  injoignable: { texte: "injoignable", ton: "attente" },
  connexion_refusee: { texte: "connexion refusée", ton: "attente" },
  connexion_coupee: { texte: "connexion coupée", ton: "attente" },
  tls: { texte: "TLS impossible", ton: "attente" },
  delai: { texte: "délai dépassé", ton: "attente" },
  reponse_tronquee: { texte: "réponse tronquée", ton: "attente" },
  reponse_illisible: { texte: "réponse illisible", ton: "attente" },
  adresse_interdite: { texte: "adresse interdite", ton: "souci" },
  fichier_absent: { texte: "fichier absent chez nous", ton: "souci" },
  depot_impossible: { texte: "dépôt impossible", ton: "attente" },
  lecture_impossible: { texte: "lecture impossible", ton: "attente" },
  acces_refuse: { texte: "identifiants refusés", ton: "souci" },
  jeton_indisponible: { texte: "jeton indisponible", ton: "attente" },
  hote_inconnu: { texte: "serveur SSH inattendu", ton: "souci" },
  ssh: { texte: "SSH impossible", ton: "attente" },
  secret_indisponible: { texte: "identifiants absents chez nous", ton: "souci" },
  interrompue: { texte: "interrompue", ton: "attente" },
  inconnue: { texte: "issue inconnue", ton: "souci" },
};

const MOTS: Readonly<Record<string, Mot>> = { ...ISSUES, ...ETATS };

/** What a filter by how an attempt ended offers: code and word. */
export const ISSUES_EN_MOTS: readonly (readonly [string, string])[] = Object.entries(ISSUES).map(
  ([code, { texte }]) => [code, texte],
);

const ACCUSES: Readonly<Record<string, string>> = {
  "reception recue": "accusé de réception",
  "traitement acceptee": "traité : tout est accepté",
  "traitement partielle": "traité : accepté en partie",
  "traitement refusee": "traité : refusé",
};

export function motDe(code: string): Mot {
  return MOTS[code] ?? { texte: code, ton: "neutre" };
}

export function accuse({ etape, issue }: { readonly etape: string; readonly issue: string }): string {
  return ACCUSES[`${etape} ${issue}`] ?? `${etape} : ${issue}`;
}
