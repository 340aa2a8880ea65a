import { textOf } from "../../lheo/index.ts";
import { type Action, type Constats, chaque, texte } from "./constats.ts";
import { checkCoordonnees, checkPrincipal } from "./coordonnees.ts";
import { checkSiret, checkUai } from "./identifiants.ts";

/** A place whose postal code is not one cannot be put on the national map. */
const SANS_CODE_POSTAL = ["rco"];

/** Where it happens (S110, S111): a national reader drops an action that does not say it. */
export function checkLieux(constats: Constats, action: Action): void {
  const lieux = action["lieu-de-formation"] ?? [];
  if (lieux.length === 0) constats.add("lieu-absent", "lieu-de-formation");
  if (lieux.length > 1) constats.add("lieu-multiple", "lieu-de-formation", { value: String(lieux.length) });
  checkPrincipal(constats, lieux, "lieu-de-formation");
  chaque(lieux, "lieu-de-formation", (lieu, path) => {
    const siret = textOf(lieu["SIRET-lieu-formation"]?.SIRET);
    if (siret !== undefined) checkSiret(constats, siret, `${path}/SIRET-lieu-formation/SIRET`);
    checkUai(
      constats,
      textOf(lieu["code-UAI-lieu-formation"]?.["code-UAI"]),
      `${path}/code-UAI-lieu-formation/code-UAI`,
    );
    const { coordonnees } = lieu;
    if (coordonnees === undefined) return;
    if (coordonnees.adresse === undefined) {
      constats.add("lieu-sans-adresse", `${path}/coordonnees`, { value: texte(coordonnees.nom) });
    }
    checkCoordonnees(constats, coordonnees, `${path}/coordonnees`, SANS_CODE_POSTAL);
  });
}
