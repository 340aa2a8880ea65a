import { addDays, codeCertification, lastDay } from "../../lheo/index.ts";
import type { Session, Version } from "../../published/contract/index.ts";
import type { Entree } from "../entree.ts";
import type { MotifHorsPerimetre } from "./motif.ts";
import { type Perimetre, type Profil, viaOf } from "./profil.ts";
import { PROFILS } from "./profils.ts";

/** In the scope, through which other profile if any; or out of it, and why. */
export type VerdictPerimetre =
  | { readonly dans: true; readonly via: string | undefined }
  | { readonly dans: false; readonly motif: MotifHorsPerimetre };

/**
 * Is a published session in the scope of a profile on this day? Pure and total: every session has an answer. Delays are
 * not its business, but the content alone.
 *
 * @param jour civil day in Paris, AAAAMMJJ
 * @param profils where the profile that serves this one is found, for a `via`
 */
export function perimetre(
  profil: Profil,
  entree: Omit<Entree, "sessions">,
  session: Version<Session>,
  jour: string,
  profils: readonly Profil[] = PROFILS,
): VerdictPerimetre {
  const via = viaOf(profil);
  const motif =
    motifRetrait(entree, session) ??
    motifPropre(profil.perimetre, entree, session.contenu, jour) ??
    motifDuRelais(via, entree, session, jour, profils);
  return motif === undefined ? { dans: true, via } : { dans: false, motif };
}

/** The sessions of an entry on either side of the scope of a profile. */
export interface Partage {
  readonly dedans: readonly Version<Session>[];
  readonly dehors: readonly { readonly session: Version<Session>; readonly motif: MotifHorsPerimetre }[];
}

/**
 * The sessions of an action by {@link perimetre}. With none inside, the action leaves the feed of that profile (H6):
 * LHEO has no formation without a session.
 */
export function partageDuPerimetre(
  profil: Profil,
  entree: Entree,
  jour: string,
  profils: readonly Profil[] = PROFILS,
): Partage {
  const dedans: Version<Session>[] = [];
  const dehors: { session: Version<Session>; motif: MotifHorsPerimetre }[] = [];
  for (const session of entree.sessions) {
    const verdict = perimetre(profil, entree, session, jour, profils);
    if (verdict.dans) dedans.push(session);
    else dehors.push({ session, motif: verdict.motif });
  }
  return { dedans, dehors };
}

/** Withdrawals are the same for everyone, and at once. */
function motifRetrait(
  { retraits }: Pick<Entree, "retraits">,
  { numero }: Pick<Version<unknown>, "numero">,
): MotifHorsPerimetre | undefined {
  if (retraits === undefined) return undefined;
  const session = retraits.sessions?.get(numero);
  if (session !== undefined) return { code: "session-retiree", retrait: session };
  if (retraits.action !== undefined) return { code: "action-retiree", retrait: retraits.action };
  if (retraits.organisme !== undefined) return { code: "organisme-retire", retrait: retraits.organisme };
  return undefined;
}

function motifPropre(
  regle: Perimetre,
  entree: Omit<Entree, "sessions">,
  session: Session,
  jour: string,
): MotifHorsPerimetre | undefined {
  const { voie } = session;
  const { qualiopi, compte_kairos } = entree.organisme.contenu;
  const terminee = motifTerminee(session.fin, regle.jours_apres_fin, jour);
  if (terminee !== undefined) return terminee;
  if (!regle.voies.includes(voie)) return { code: "voie-exclue", voie, voies: regle.voies };
  if (regle.compte_kairos && !compte_kairos) return { code: "sans-compte-kairos" };
  if (regle.qualiopi_apprentissage && voie === "apprentissage" && !qualiopi.includes("apprentissage"))
    return { code: "sans-qualiopi-apprentissage" };
  if (regle.uai_du_lieu && !session.lieux.some(({ uai }) => (uai ?? "").trim() !== ""))
    return { code: "sans-uai-du-lieu" };
  if (regle.certification_rncp && !viseLeRncp(entree, session)) return { code: "sans-certification-rncp" };
  return undefined;
}

/** S136, H4. An unknown end never comes; a partial one is its last possible day. */
function motifTerminee(date: string, jours: number, jour: string): MotifHorsPerimetre | undefined {
  // As a text no date is after its last possible day, so most sessions are answered here.
  if (date >= jour) return undefined;
  const fin = lastDay(date);
  if (fin === undefined || addDays(fin, jours) >= jour) return undefined;
  return { code: "session-terminee", fin, jours };
}

/** Those of the session; of the action when the session names none. */
function viseLeRncp({ action }: Pick<Entree, "action">, { certifications }: Session): boolean {
  const visees = certifications.length > 0 ? certifications : action.contenu.certifications;
  return visees.some(({ code_rncp }) => codeCertification("RNCP", code_rncp ?? "") !== undefined);
}

function motifDuRelais(
  via: string | undefined,
  entree: Omit<Entree, "sessions">,
  session: Version<Session>,
  jour: string,
  profils: readonly Profil[],
): MotifHorsPerimetre | undefined {
  const relais = via === undefined ? undefined : profils.find(({ id }) => id === via);
  if (via === undefined || relais === undefined) return undefined;
  const motif = motifPropre(relais.perimetre, entree, session.contenu, jour);
  return motif === undefined ? undefined : { code: "hors-du-relais", via, motif };
}
