import { dayNumber } from "../../../calendar/index.ts";
import { heuresTotales } from "../../../feed/index.ts";
import { firstDay, lastDay } from "../../../lheo/index.ts";
import type { BrouillonAction } from "../../contenu.ts";
import { checkSessionObligatoire } from "./obligatoires.ts";
import { type ActionLue, Releve, type SessionLue } from "./releve.ts";
import { checkSigles } from "./sigles.ts";

/** S106. */
const HEURES_COURTES = 35;
/** dict-type-parcours 2, individualisé. */
const INDIVIDUALISE = "2";
/** A session of more days than that is no short one, however few its hours. */
const JOURS_COURTS = 92;

/** The rules of the guide on the form of a session. */
export function checkGuideSession(action: ActionLue, lue: SessionLue): Releve {
  const releve = new Releve(lue.fiche);
  const { contenu } = lue;
  checkSessionObligatoire(lue, releve);
  if (contenu.voie === "apprentissage" && !action.organisme.qualiopi.includes("apprentissage"))
    releve.add("apprentissage-sans-qualiopi", "voie", { value: action.organisme.nom });
  checkCourte(action.contenu, lue, releve);
  checkSigles(
    [
      { champ: "commentaire", nom: "Commentaire sur la session", text: contenu.commentaire },
      {
        champ: "modalites_inscription",
        nom: "Modalités d'inscription",
        text: contenu.modalites_inscription,
      },
    ],
    [],
    releve,
  );
  return releve;
}

/** S106, H10: short and frequent sessions, or individual ones, are one session of the year. */
function checkCourte(action: BrouillonAction, { contenu }: SessionLue, releve: Releve): void {
  const debut = firstDay(contenu.debut ?? "");
  const fin = lastDay(contenu.fin ?? "");
  if (contenu.type_entree !== "dates_fixes" || debut === undefined || fin === undefined || fin < debut)
    return;
  if (dayNumber(fin) - dayNumber(debut) > JOURS_COURTS) return;
  const heures = heuresTotales(contenu.modalites ?? {}) ?? heuresTotales(action.modalites ?? {});
  const courte = heures !== undefined && heures > 0 && heures < HEURES_COURTES;
  const value = courte ? `de ${heures} h` : action.parcours === INDIVIDUALISE ? "individualisée" : undefined;
  if (value === undefined) return;
  const year = debut.slice(0, 4);
  releve.add("session-courte", "type_entree", {
    value,
    attendu: `du 1er janvier au 31 décembre ${year}`,
  });
}
