import { beforeAll, describe } from "vitest";
import { useDatabase } from "../support/database.ts";
import { useGestionRemplie } from "../support/gestionRemplie.ts";
import { useNavigateur } from "../support/navigateur.ts";
import { useSite } from "../support/site.ts";
import { visiter } from "./visiter.ts";
import { type QuiGestion, VISITES_GESTION } from "./visitesGestion.ts";

/** The pages of the catalogue, as they are to those who see them, hear them, or have them in their hand. */
const database = useDatabase();
const remplie = useGestionRemplie(database);
const site = useSite(database);
const navigateur = useNavigateur(site);
const jetons = new Map<QuiGestion, string>();

beforeAll(async () => {
  jetons.set("of", await site.enter("anne", "membre", { structure: "OF1", profil: "general" }));
  jetons.set("controle", await site.enter("zoe", "membre", { structure: "AGENCE", profil: "controleur" }));
  jetons.set("administrateur", await site.enter("admin", "administrateur"));
  jetons.set("inconnu", await site.enter("nouveau", "membre"));
});

describe("is clear to everyone, by day and by night, on a desk and in the hand:", () => {
  visiter(remplie, VISITES_GESTION, (qui = "of") =>
    navigateur.open({ garde: true, jeton: jetons.get(qui) ?? "" }),
  );
});
