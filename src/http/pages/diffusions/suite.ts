import type { Detail } from "../../../delivery/index.ts";
import { duree, instant } from "../format.ts";

/** What happened after an attempt, in French: the next one, or what the delivery became. */
export function suiteDe({ tentatives, etat, dueAt, motif, liens }: Detail, rang: number): string {
  const tentative = tentatives[rang];
  const next = tentatives[rang + 1];
  if (next !== undefined) {
    const wait = next.started_at.getTime() - (tentative?.finished_at ?? next.started_at).getTime();
    return `Nouvel essai le ${instant(next.started_at)}, ${duree(wait)} après.`;
  }
  if (tentative === undefined || tentative.finished_at === null) return "L'envoi est en cours.";
  const why = motif === null ? "" : ` ${motif}`;
  switch (etat) {
    case "in_flight":
      return "Un nouvel essai commence.";
    case "retry":
    case "scheduled":
      return `Nouvel essai prévu à partir du ${instant(dueAt)}.`;
    case "accepted":
      return "La diffusion est arrivée.";
    case "rejected":
      return `Arrivée, puis refusée en entier par le destinataire.${why}`;
    case "dead":
      return `La diffusion est abandonnée.${why}`;
    case "held":
      return `La diffusion est retenue.${why}`;
    case "canceled":
      return `La diffusion est annulée.${why}`;
    case "superseded": {
      const by = liens.find(({ lien }) => lien === "remplacee_par");
      return by === undefined ? `Une autre part à sa place.${why}` : `Remplacée par ${by.id}.`;
    }
  }
}
