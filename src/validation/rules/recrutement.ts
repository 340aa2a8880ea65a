import { type AsRead, type Leaf, type Recrutement, textOf } from "../../lheo/index.ts";
import { checkAdresse } from "./adresse.ts";
import { type Constats, chaque, type Session, texte } from "./constats.ts";
import { checkUrl } from "./coordonnees.ts";
import { apresSession, checkPeriode } from "./dates.ts";
import { checkTexte } from "./textes.ts";

const INFORMATION_COLLECTIVE = "9";

/** Admission steps of a session (S109) and its enrolment. */
export function checkRecrutements(constats: Constats, session: Session, path: string): void {
  const inscription = session["periode-inscription"]?.periode;
  const at = `${path}/periode-inscription/periode`;
  checkPeriode(constats, inscription, at, "La période d'inscription");
  if (apresSession(inscription, session.periode)) {
    constats.add("inscription-apres-session", `${at}/debut`, {
      value: texte(inscription?.debut),
      attendu: texte(session.periode?.fin),
    });
  }
  chaque(session.recrutement, `${path}/recrutement`, (recrutement, item) =>
    checkRecrutement(constats, recrutement, session, item),
  );
}

function checkRecrutement(
  constats: Constats,
  recrutement: AsRead<Recrutement>,
  session: Session,
  path: string,
): void {
  const { periode, adresse, urlweb } = recrutement;
  checkPeriode(constats, periode, `${path}/periode`, "La période de recrutement");
  if (apresSession(periode, session.periode)) {
    constats.add("recrutement-apres-session", `${path}/periode/debut`, {
      value: texte(periode?.debut),
      attendu: texte(session.periode?.fin),
    });
  }
  checkAdresse(constats, adresse, `${path}/adresse`);
  if (urlweb !== undefined) checkUrl(constats, texte(urlweb), `${path}/urlweb`);
  if (recrutement.commentaire !== undefined) {
    checkTexte(constats, texte(recrutement.commentaire), `${path}/commentaire`, "commentaire");
  }
  checkHeures(constats, recrutement, path);
  if (textOf(recrutement["modalite-recrutement"]) !== INFORMATION_COLLECTIVE) return;
  const value = INFORMATION_COLLECTIVE;
  if (periode === undefined) constats.add("information-collective-sans-date", path, { value });
  if (adresse === undefined && urlweb === undefined && textOf(recrutement["a-distance"]) !== "1") {
    constats.add("information-collective-sans-lieu", path, { value });
  }
}

function checkHeures(constats: Constats, recrutement: AsRead<Recrutement>, path: string): void {
  const debut = checkHeure(constats, recrutement["heure-debut"], `${path}/heure-debut`);
  const fin = checkHeure(constats, recrutement["heure-fin"], `${path}/heure-fin`);
  const { periode } = recrutement;
  const memeJour = periode === undefined || texte(periode.debut) === texte(periode.fin);
  if (memeJour && debut !== undefined && fin !== undefined && fin < debut) {
    constats.add("heures-inversees", `${path}/heure-fin`, {
      value: texte(recrutement["heure-fin"]),
      attendu: texte(recrutement["heure-debut"]),
    });
  }
}

const HEURE = /^([01]?\d|2[0-4])\s?(?:h|H|:)([0-5]\d)?$/;

/** Minutes since midnight. */
function checkHeure(constats: Constats, leaf: Leaf | undefined, path: string): number | undefined {
  const value = textOf(leaf);
  if (value === undefined) return undefined;
  const [, heures, minutes = "0"] = HEURE.exec(value) ?? [];
  if (heures !== undefined) return Number(heures) * 60 + Number(minutes);
  constats.add("heure-forme", path, { value });
  return undefined;
}
