import type { Auteur } from "./auteur.ts";
import { MODIFIABLES, refusDuProfil } from "./etats/action.ts";
import { SESSIONS_MODIFIABLES } from "./etats/session.ts";
import type { FicheAction, FicheSession } from "./fiche.ts";

/** Why this author does not write in this form; undefined when it may. */
export function refusDEcrire(
  auteur: Auteur,
  action: Pick<FicheAction, "cadre" | "etat">,
): string | undefined {
  const { role } = auteur;
  if (role === "systeme") return undefined;
  if (action.etat === "archivee" || action.etat === "supprimee") return SORTIE;
  if (role === "controle") return undefined;
  const duProfil = refusDuProfil(role, action.cadre === "conventionnee");
  if (duProfil !== undefined) return duProfil;
  return MODIFIABLES.has(action.etat) ? undefined : EN_CONTROLE;
}

/** The same for a session: while its action is `modifiee` the sessions may still change (H7). */
export function refusDEcrireLaSession(
  auteur: Auteur,
  { action, session }: { readonly action: FicheAction; readonly session?: FicheSession },
): string | undefined {
  if (session !== undefined && (session.etat === "retiree" || session.etat === "supprimee"))
    return "Cette session est retirée : dupliquez-la pour en ouvrir une autre.";
  const deLAction = refusDEcrire(auteur, action);
  if (deLAction === EN_CONTROLE && action.etat === "modifiee")
    return session === undefined || SESSIONS_MODIFIABLES.has(session.etat) ? undefined : SESSION_EN_CONTROLE;
  return deLAction;
}

const EN_CONTROLE =
  "Cette action est en cours de contrôle : elle pourra être modifiée ensuite. Un retrait reste possible.";
const SESSION_EN_CONTROLE =
  "Cette session attend le contrôle de son action : elle pourra être modifiée ensuite. Un retrait reste possible.";
const SORTIE =
  "Cette action n'est plus publiée et ne se modifie plus. Pour la remettre en ligne, écrivez à l'équipe de contrôle.";
