import type { Role } from "../../access/index.ts";

/** What the pages offer, in the order of the menu; to `des` and the roles above it (`lecteur` when it says nothing). */
export const MENU: readonly { readonly vers: string; readonly texte: string; readonly des?: Role }[] = [
  { vers: "/", texte: "Vue d'ensemble" },
  { vers: "/ou", texte: "Où est ma session ?" },
  { vers: "/diffusions", texte: "Diffusions" },
  { vers: "/rejeux", texte: "Rejeux" },
  { vers: "/alertes", texte: "Alertes" },
  { vers: "/planifications", texte: "Planifications" },
  { vers: "/journal", texte: "Journal" },
  { vers: "/flux", texte: "Flux" },
  { vers: "/partenaires", texte: "Partenaires" },
  { vers: "/notices", texte: "Notices" },
  { vers: "/gestion", texte: "Catalogue", des: "membre" },
  { vers: "/comptes", texte: "Comptes", des: "administrateur" },
  { vers: "/file-attente", texte: "File d'attente", des: "administrateur" },
];
