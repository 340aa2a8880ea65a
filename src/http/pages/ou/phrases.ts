import { parisTime, visibleOn } from "../../../calendar/index.ts";
import type { DiffusionDeSession } from "../../../delivery/index.ts";
import type { EtatDeDiffusion } from "../../../edition/index.ts";
import { type Profil, sentenceOfMotif } from "../../../feed/index.ts";
import { CAUSES } from "../../../snapshot/index.ts";
import { dateLheo, instant, jourEnLettres } from "../format.ts";
import type { Ton } from "../words.ts";
import type { ChezPartenaire } from "./data.ts";

/** A state in a few words, how it feels, and the sentence that says it all. */
export interface Dit {
  readonly mot: string;
  readonly ton: Ton;
  readonly phrase: string;
}

/** Where a session stands for a profile, in plain French. */
export function direEtat({ etat, nom, via }: EtatDeDiffusion): Dit {
  const par = via === undefined ? "" : `, servi par le profil « ${via} »`;
  switch (etat.code) {
    case "dans":
      return {
        mot: "dans le flux",
        ton: "bien",
        phrase: `Sa dernière version est dans le flux de ${nom}${par}.`,
      };
    case "prochaine-edition":
      return {
        mot: "à la prochaine édition",
        ton: "attente",
        phrase: `Rien ne l'empêche : elle entre dans le flux de ${nom} à la prochaine édition${par}.`,
      };
    case "attente":
      return {
        mot: "en attente",
        ton: "attente",
        phrase: `Peut partir vers ${nom} à partir du ${instant(etat.at)}${par} ; visible vers le ${jourEnLettres(etat.visible)}.`,
      };
    case "hors-perimetre":
      return {
        mot: "hors du périmètre",
        ton: "neutre",
        phrase: sentenceOfMotif(etat.motif, { nom }),
      };
    case "ecartee":
      return {
        mot: "écartée",
        ton: "souci",
        phrase: etat.notices.map(({ message }) => message).join(" "),
      };
    case "retiree":
      return {
        mot: "retirée",
        ton: "neutre",
        phrase: `Retirée le ${instant(etat.at)} : ${CAUSES[etat.motif].libelle}.`,
      };
    case "garde":
      return {
        mot: "retenue par la garde",
        ton: "souci",
        phrase: `Le flux de ${nom} est retenu depuis le ${instant(etat.depuis)}${par} : ${
          etat.cause === undefined
            ? "la session y entre, ou y change, quand il repart"
            : `la session en disparaîtrait (${CAUSES[etat.cause].libelle})`
        }. Un opérateur doit le libérer ou le refuser.`,
      };
    case "incomplete":
      return {
        mot: "incomplète",
        ton: "souci",
        phrase:
          etat.manque === "action"
            ? "Son action n'est pas publiée : publiez-la, la session suivra."
            : "Son organisme n'est pas publié : publiez-le, la session suivra.",
      };
  }
}

/** What is to happen next at a partner's, and when; undefined when there is nothing to wait for. */
export function prochaineEtape(
  chez: ChezPartenaire,
  {
    etat,
    profil,
    misEnLigneAt,
  }: { readonly etat: EtatDeDiffusion; readonly profil: Profil; readonly misEnLigneAt: Date },
): string | undefined {
  const { partner, accuse, enAttente } = chez;
  if (partner.etat !== "actif")
    return `Les envois à ${partner.nom} sont ${partner.etat === "en_pause" ? "suspendus" : "arrêtés"}${
      partner.etatMotif === null ? "" : ` (${partner.etatMotif})`
    } : rien ne part avant leur reprise.`;
  const received = accuse?.accuse;
  const sentNow = accuse !== undefined && accuse.envoi.version === etat.presence?.version;
  // What it says of a version of before tells nothing of the one that is about to leave.
  if (sentNow && received?.actuel === true) {
    if (received.etat === "visible") return undefined;
    if (received.etat === "refusee")
      return "À corriger, puis à publier de nouveau : la correction repart d'elle-même.";
  }
  if (sentNow && !accuse.envoi.rejetee)
    return `Visible chez ${partner.nom} vers le ${jourEnLettres(expected(profil, misEnLigneAt, accuse.envoi.at))}. Passé ce jour, appelez ${partner.nom}.`;
  if (enAttente !== undefined && (etat.presence !== undefined || etat.etat.code === "attente"))
    return departOf(enAttente);
  return undefined;
}

/** States from which nothing leaves any more by itself, and nothing arrived. */
const PERDUES: readonly DiffusionDeSession["etat"][] = ["dead", "rejected", "canceled"];

/** What should have brought a partner what its feed shows, did not, and has no other behind it; it may be replayed. */
export function diffusionPerdue(
  { partner, accuse, enAttente, dernieres }: ChezPartenaire,
  { presence }: EtatDeDiffusion,
): DiffusionDeSession | undefined {
  const [last] = dernieres;
  if (last === undefined || !PERDUES.includes(last.etat) || enAttente !== undefined) return undefined;
  if (partner.etat !== "actif" || presence === undefined) return undefined;
  const there = accuse?.envoi.version === presence.version && accuse.envoi.delivery !== last.id;
  return there ? undefined : last;
}

/** AAAAMMJJ: counted from the mise en ligne, and never before the day of the sending, for an offer taken over late. */
function expected({ visibilite, calendrier }: Profil, misEnLigneAt: Date, envoyeeAt: Date): string {
  const { jour } = visibleOn(misEnLigneAt, visibilite, calendrier);
  const sent = parisTime(envoyeeAt).jour;
  return jour < sent ? sent : jour;
}

function departOf({ etat, due_at, due_explain, motif, snapshot_id }: DiffusionDeSession): string {
  switch (etat) {
    case "in_flight":
      return "L'envoi est en cours.";
    case "held":
      return `La diffusion est retenue${motif === null ? "" : ` : ${motif}`}. Un opérateur doit la libérer.`;
    default: {
      const days = due_explain.map(({ jour, raison }) => `${dateLheo(jour)} (${raison})`).join(", ");
      const what =
        etat === "retry" ? "Nouvel essai prévu" : snapshot_id === null ? "Envoi annoncé" : "Envoi prévu";
      return `${what} le ${instant(due_at)}${days === "" ? "" : ` ; jours passés : ${days}`}.`;
    }
  }
}
