import type { Vue } from "../../../alert/index.ts";

export interface Lien {
  readonly vers: string;
  readonly texte: string;
}

/** Where to look for what an alert tells of. */
export function lienDe({ code, cle, detail }: Pick<Vue, "code" | "cle" | "detail">): Lien | undefined {
  const { diffusion, partenaire, etat } = detail;
  if (typeof diffusion === "string")
    return { vers: `/diffusions/${encodeURIComponent(diffusion)}`, texte: "La diffusion" };
  // Paused or disabled: it is resumed there.
  if (typeof partenaire === "string" && etat !== undefined)
    return { vers: `/partenaires/${encodeURIComponent(partenaire)}`, texte: "Le partenaire" };
  if (typeof partenaire === "string")
    return { vers: `/diffusions?partenaire=${encodeURIComponent(partenaire)}`, texte: "Ses diffusions" };
  if (code === "tache-en-echec") return { vers: "/planifications", texte: "Les tâches" };
  if (code === "flux-retenu") return { vers: "/garde", texte: "Ce qui est retenu" };
  if (code === "audit-rompu") return { vers: "/journal", texte: "Le journal" };
  if (cle === "retard:diffusions")
    return { vers: "/diffusions?etat=scheduled", texte: "Les diffusions qui attendent" };
  return undefined;
}
