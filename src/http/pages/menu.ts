/** What the pages offer, in the order of the menu. */
export const MENU: readonly { readonly vers: string; readonly texte: string }[] = [
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
];
