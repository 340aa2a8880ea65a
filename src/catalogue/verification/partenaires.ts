import { addWorkingDays, parisInstant, visibleOn } from "../../calendar/index.ts";
import { estBloquante, type Profil, perimetre, sentenceOfMotif } from "../../feed/index.ts";
import { parisDay } from "../../lheo/index.ts";
import type { Session, Version } from "../../published/contract/index.ts";
import { CALENDRIER, JOURS_DE_CONTROLE } from "../actes/deadline.ts";
import type { FicheAction } from "../fiche.ts";
import type { FichesLues } from "./entree.ts";
import type { Constat, VerdictPartenaire } from "./verification.ts";

const SANS_SESSION = "L'action n'a pas encore de session : ajoutez-en une.";
const ERREURS = "La fiche comporte des erreurs : corrigez les champs signalés.";

/** Will each destination show these sessions, from when, and if not why. */
export function verdictsDesPartenaires(
  profils: readonly Profil[],
  lues: FichesLues,
  constats: readonly Constat[],
  fiche: FicheAction,
  maintenant: Date,
): VerdictPartenaire[] {
  const jour = parisDay(maintenant);
  const publication = publicationOf(fiche, maintenant);
  const sessions = lues.entree.sessions.flatMap((session) => {
    const one = lues.fiches.get(session.numero);
    return one === undefined ? [] : [{ session, siens: ofSession(constats, one.id) }];
  });
  return profils.map((profil) => {
    const reasons = sessions.map(({ session, siens }) =>
      raisonsOf(profil, session, lues, siens, jour, profils),
    );
    const dedans = reasons.filter((list) => list.length === 0).length;
    const raisons = sessions.length === 0 ? [SANS_SESSION] : [...new Set(reasons.flat())];
    return {
      profil: profil.id,
      nom: profil.nom,
      dans: dedans > 0,
      sessions: { dedans, total: sessions.length },
      raisons,
      ...(dedans > 0
        ? { visibleLe: visibleOn(publication, profil.visibilite, profil.calendrier).jour }
        : undefined),
    };
  });
}

/** What is said of its form, or of the action's. */
const ofSession = (constats: readonly Constat[], id: number): readonly Constat[] =>
  constats.filter(({ fiche }) => fiche.genre === "action" || fiche.id === id);

/** Why this session will not be in the feed of that profile; none when it will. */
function raisonsOf(
  profil: Profil,
  session: Version<Session>,
  { entree, absentsDesSessions }: FichesLues,
  siens: readonly Constat[],
  jour: string,
  profils: readonly Profil[],
): readonly string[] {
  // Nothing is said of a scope before what it depends on is typed.
  const verdict =
    absentsDesSessions.get(session.numero)?.size === 0
      ? perimetre(profil, entree, session, jour, profils)
      : undefined;
  return [
    ...(verdict?.dans === false ? [sentenceOfMotif(verdict.motif, profil)] : []),
    ...(siens.some(({ severity }) => severity === "bloquant") ? [ERREURS] : []),
    ...siens
      .filter((constat) => constat.severity !== "bloquant" && estBloquante(constat, profil))
      .map(({ message }) => message),
  ];
}

/** When it should be put online: at once for what is published, else on the last day of its control (S119, S143). */
function publicationOf({ etat, echeance }: FicheAction, maintenant: Date): Date {
  if (etat === "publiee") return maintenant;
  const jour =
    echeance?.replaceAll("-", "") ?? addWorkingDays(parisDay(maintenant), JOURS_DE_CONTROLE, CALENDRIER);
  const due = parisInstant(jour);
  return due < maintenant ? maintenant : due;
}
