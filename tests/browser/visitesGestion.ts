import type { GestionRemplie } from "../support/gestionRemplie.ts";
import type { Visites } from "./visiter.ts";

/** Who comes to the pages of the catalogue: someone of an OF, unless said. */
export type QuiGestion = "of" | "controle" | "administrateur" | "inconnu";

const une = (chemin: string) => ({ chemins: () => [chemin] });

/** Pages of the catalogue, by their routes as they are written. */
export const VISITES_GESTION: Readonly<Record<string, Visites<GestionRemplie, QuiGestion>>> = {
  "/gestion": une("/gestion"),
  "/gestion/formations": {
    chemins: () =>
      ["brouillons", "publiees", "modifiees", "alerte"].map(
        (onglet) => `/gestion/formations?onglet=${onglet}`,
      ),
  },
  "/gestion/formations/ajouter": une("/gestion/formations/ajouter"),
  "/gestion/actions/:id/historique": { chemins: ({ publiee }) => [`/gestion/actions/${publiee}/historique`] },
  "/gestion/controle": { qui: "controle", ...une("/gestion/controle") },
  "/gestion/controle/:id": { qui: "controle", chemins: ({ soumise }) => [`/gestion/controle/${soumise}`] },
  "/gestion/certifications": {
    chemins: () => ["/gestion/certifications", "/gestion/certifications?q=d%C3%A9veloppeur+web"],
  },
  "/gestion/formacodes": une("/gestion/formacodes?q=soudage"),
  "/gestion/formateurs": une("/gestion/formateurs?q=organisme"),
  "/gestion/importer": une("/gestion/importer"),
  "/gestion/importer/:id": { chemins: ({ essai }) => [`/gestion/importer/${essai}`] },
  "/gestion/structures": { chemins: () => ["/gestion/structures", "/gestion/structures?fait=demander"] },
  "/gestion/structures/absente": { qui: "inconnu", ...une("/gestion/structures/absente") },
  "/gestion/structures/demandes": { qui: "administrateur", ...une("/gestion/structures/demandes") },
  "/gestion/structures/nouvelle": { qui: "administrateur", ...une("/gestion/structures/nouvelle") },
  "/gestion/structures/toutes": { qui: "administrateur", ...une("/gestion/structures/toutes") },
  "/gestion/structure/:numero": {
    qui: "administrateur",
    chemins: () => ["/gestion/structure/OF1", "/gestion/structure/AGENCE"],
  },
  "/gestion/mon-catalogue": une("/gestion/mon-catalogue"),
  "/gestion/mon-catalogue/:action": { chemins: ({ reference }) => [`/gestion/mon-catalogue/${reference}`] },
  "/gestion/mon-catalogue/sessions/:session": {
    chemins: ({ referenceSession }) => [`/gestion/mon-catalogue/sessions/${referenceSession}`],
  },
  "/gestion/actions/nouvelle": une("/gestion/actions/nouvelle"),
  "/gestion/actions/:id": {
    chemins: ({ brouillon, publiee, soumise }) =>
      [brouillon, publiee, soumise].map((id) => `/gestion/actions/${id}`),
  },
  "/gestion/actions/:id/archiver": { chemins: ({ publiee }) => [`/gestion/actions/${publiee}/archiver`] },
  "/gestion/actions/:id/supprimer": {
    chemins: ({ brouillon }) => [`/gestion/actions/${brouillon}/supprimer`],
  },
  "/gestion/actions/:id/abandonner": { chemins: ({ publiee }) => [`/gestion/actions/${publiee}/abandonner`] },
  "/gestion/actions/:id/sessions/nouvelle": {
    chemins: ({ brouillon }) => [`/gestion/actions/${brouillon}/sessions/nouvelle`],
  },
  "/gestion/actions/:id/sessions/fabrique": {
    chemins: ({ publiee }) => [`/gestion/actions/${publiee}/sessions/fabrique`],
  },
  "/gestion/actions/:id/sessions/reconduire": {
    chemins: ({ publiee }) => [`/gestion/actions/${publiee}/sessions/reconduire`],
  },
  "/gestion/sessions/:id": { chemins: ({ session }) => [`/gestion/sessions/${session}`] },
  "/gestion/sessions/:id/retirer": { chemins: ({ session }) => [`/gestion/sessions/${session}/retirer`] },
};
