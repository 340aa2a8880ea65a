import { attributeOf, textOf } from "../../lheo/index.ts";
import type { Notice } from "../../notices/index.ts";
import { checkAdresse } from "./adresse.ts";
import { checkAlternance } from "./alternance.ts";
import { checkBlocs, checkReferences, clesDeLaFormation } from "./certifications.ts";
import { LANGUES } from "./codes.ts";
import {
  type Action,
  Constats,
  type Contexte,
  chaque,
  cheminAction,
  type Formation,
  type Session,
  texte,
} from "./constats.ts";
import { checkContacts, checkUrls } from "./coordonnees.ts";
import { checkDate, checkPeriodeDeSession, checkSuivi } from "./dates.ts";
import { checkPublics } from "./domaine.ts";
import { checkDurees, checkPrix } from "./durees.ts";
import { checkBooleens, checkEligibiliteCpf } from "./extras.ts";
import { checkLieux } from "./lieux.ts";
import { checkNumero } from "./numeros.ts";
import { checkFormateurs } from "./organismes.ts";
import { checkRecrutements } from "./recrutement.ts";
import { checkTexte } from "./textes.ts";

/** Texts of an action where a filler or capitals are a fault. `-` is what the language writes for no alternance. */
const TEXTES = [
  "rythme-formation",
  "info-public-vise",
  "conditions-specifiques",
  "restauration",
  "hebergement",
  "transport",
  "acces-handicapes",
  "modalites-recrutement",
  "modalites-pedagogiques",
  "frais-restants",
  "duree-indicative",
  "detail-conditions-prise-en-charge",
] as const;

/**
 * The rules on one LHEO action and its sessions.
 *
 * @param formation what the formation says around it: the certifications that the sessions may aim at
 */
export function checkAction(action: Action, formation: Formation, contexte: Contexte = {}): Notice[] {
  const constats = new Constats(contexte, `${cheminAction(contexte)}/`);
  const annoncees = clesDeLaFormation(formation);
  checkNumero(constats, action, "", "numero-absent", "L'action");
  checkSuivi(constats, action, "", "00000000");
  for (const name of TEXTES) {
    const leaf = action[name];
    if (leaf !== undefined) checkTexte(constats, texte(leaf), name, name);
  }
  checkPublics(constats, action);
  checkLieux(constats, action);
  checkFormateurs(constats, action, annoncees);
  checkDurees(constats, action);
  checkPrix(constats, action);
  checkAlternance(constats, action);
  checkUrls(constats, action["url-action"]?.urlweb, "url-action/urlweb");
  checkAdresse(constats, action["adresse-information"]?.adresse, "adresse-information/adresse");
  chaque(action["date-information"], "date-information", ({ date }, path) =>
    checkDate(constats, textOf(date), `${path}/date`, "La date d'information"),
  );
  chaque(action["langue-formation"], "langue-formation", (leaf, path) => {
    if (!LANGUES.has(texte(leaf))) constats.add("langue-inconnue", path, { value: texte(leaf) });
  });
  chaque(action.session, "session", (session, path) => checkSession(constats, session, annoncees, path));
  return constats.notices;
}

function checkSession(
  constats: Constats,
  session: Session,
  annoncees: ReadonlySet<string>,
  path: string,
): void {
  constats.about(attributeOf(session, "numero"));
  checkNumero(constats, session, path, "numero-session-absent", "La session");
  checkSuivi(constats, session, `${path}/`, "00000000");
  checkPeriodeDeSession(constats, session.periode, `${path}/periode`);
  checkAdresse(constats, session["adresse-inscription"]?.adresse, `${path}/adresse-inscription/adresse`);
  if (session["modalites-inscription"] !== undefined) {
    checkTexte(
      constats,
      texte(session["modalites-inscription"]),
      `${path}/modalites-inscription`,
      "modalites-inscription",
    );
  }
  checkRecrutements(constats, session, path);
  checkUrls(constats, session["url-session"]?.urlweb, `${path}/url-session/urlweb`);
  checkContacts(constats, session["contact-session"], `${path}/contact-session`);
  checkReferences(constats, session["reference-certification"], annoncees, `${path}/reference-certification`);
  checkBlocs(constats, session, annoncees, path);
  checkBooleens(constats, session.extras, `${path}/extras`);
  checkEligibiliteCpf(constats, session.extras, path);
}
