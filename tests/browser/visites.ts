import type { Role } from "../../src/access/index.ts";
import type { Rempli } from "../support/siteRempli.ts";
import type { Visites } from "./visiter.ts";

type Liste = Readonly<Record<string, Visites<Rempli, Role | "personne">>>;

const une = (chemin: string) => ({ chemins: () => [chemin] });

/** Pages of who runs the publisher, by their routes as they are written. An administrator comes, unless said. */
export const VISITES: Liste = {
  "/": une("/"),
  "/connexion": { qui: "personne", chemins: () => ["/connexion"] },
  "/invitation/:jeton": {
    qui: "personne",
    chemins: ({ invitation, premier }) => [
      `/invitation/${invitation}`,
      `/invitation/${premier}`,
      "/invitation/perdu",
    ],
  },
  "/ou": { chemins: () => ["/ou", "/ou?q=chariot", "/ou?q=A1-0", "/ou?organisme=OF1", "/ou?q=introuvable"] },
  "/ou/session/:numero": {
    chemins: () => ["A1-00", "A1-01", "A2-00", "A3-00"].map((numero) => `/ou/session/${numero}`),
  },
  "/ou/session/:numero/apercu/:profil": {
    chemins: () => ["/ou/session/A1-00/apercu/rco", "/ou/session/A2-00/apercu/rco"],
  },
  "/diffusions": { chemins: () => ["/diffusions", "/diffusions?partenaire=reseau&etat=inconnu"] },
  "/diffusions/:id": {
    chemins: ({ acceptee, abandonnee, enAttente }) =>
      [acceptee, abandonnee, enAttente].map((id) => `/diffusions/${id}`),
  },
  "/diffusions/:id/:acte": { chemins: ({ enAttente }) => [`/diffusions/${enAttente}/retenir`] },
  "/rejeux": une("/rejeux"),
  "/rejeux/:lot": { chemins: ({ lot }) => [`/rejeux/${lot}`] },
  "/alertes": une("/alertes"),
  "/planifications": une("/planifications"),
  "/journal": une("/journal"),
  "/flux": une("/flux"),
  "/historique/:profil": une("/historique/rco"),
  "/historique/:profil/:flux": { chemins: ({ flux }) => [`/historique/rco/${flux}`] },
  "/historique/:profil/:flux/changements": { chemins: ({ flux }) => [`/historique/rco/${flux}/changements`] },
  "/editions/:id": { chemins: ({ edition }) => [`/editions/${edition}`] },
  "/garde": une("/garde"),
  "/garde/:profil": une("/garde/kairos"),
  "/partenaires": une("/partenaires"),
  "/partenaires/:id": { chemins: () => ["/partenaires/reseau", "/partenaires/moteur"] },
  "/partenaires/:id/suspendre": une("/partenaires/reseau/suspendre"),
  "/partenaires/:id/reprendre": une("/partenaires/reseau/reprendre"),
  "/notices": une("/notices"),
  "/notices/:code": une("/notices/validation-manquante"),
  "/comptes": une("/comptes"),
  "/comptes/nouveau": une("/comptes/nouveau"),
  "/comptes/:id": { chemins: ({ compte }) => [`/comptes/${compte}`] },
  "/mon-compte": une("/mon-compte"),
  "/file-attente": une("/file-attente"),
};

/** Pages that routes for people do not declare: the public ones, and faults. */
export const AUTRES: Liste = {
  "la page publique d'une session": { qui: "personne", chemins: () => ["/offres/A1-00"] },
  "une session publique qui n'est plus là": {
    qui: "personne",
    chemins: () => ["/offres/A1-01", "/offres/jamais"],
  },
  "ce qui n'existe pas": { chemins: () => ["/nulle-part", "/ou/session/jamais"] },
  "ce qui n'est pas permis": { qui: "lecteur", chemins: () => ["/comptes", "/partenaires/reseau/suspendre"] },
};

/** Routes for people that answer something else than a page of ours. */
export const SANS_PAGE: readonly string[] = [
  "/style.css",
  "/direct",
  "/direct.js",
  "/gestion/formulaire.js",
  "/historique/:profil/:flux/offre-info.xml",
  "/historique/:profil/:flux/offre-info.xml.gz",
  // bull-board's own pages.
  "/file-attente/queue/*",
  "/file-attente/static/*",
  "/file-attente/api/*",
  "/gestion/importer/modele.csv",
  "/gestion/importer/:id/rapport.csv",
];
