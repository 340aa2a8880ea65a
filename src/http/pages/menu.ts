/** What the pages offer, in the order of the menu. */
export const MENU: readonly { readonly vers: string; readonly texte: string }[] = [
  { vers: "/", texte: "Vue d'ensemble" },
];
