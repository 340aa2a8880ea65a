/** The words under which coded states are shown, and how each is felt: it only chooses a colour. */
export type Ton = "bien" | "attente" | "souci" | "neutre";

interface Mot {
  readonly texte: string;
  readonly ton: Ton;
}

const ETATS: Readonly<Record<string, Mot>> = {
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
  bloquant: { texte: "bloquant", ton: "souci" },
  avertissement: { texte: "avertissement", ton: "attente" },
  information: { texte: "information", ton: "neutre" },
};

const ACCUSES: Readonly<Record<string, string>> = {
  "reception recue": "accusé de réception",
  "traitement acceptee": "traité : tout est accepté",
  "traitement partielle": "traité : accepté en partie",
  "traitement refusee": "traité : refusé",
};

export function motDe(code: string): Mot {
  return ETATS[code] ?? { texte: code, ton: "neutre" };
}

export function accuse({ etape, issue }: { readonly etape: string; readonly issue: string }): string {
  return ACCUSES[`${etape} ${issue}`] ?? `${etape} : ${issue}`;
}
