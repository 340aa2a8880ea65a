import { type Calendrier, type Echeance, nextWindow } from "../../calendar/index.ts";
import { MOTS_RETENUE } from "../acts/index.ts";
import type { Etat, Retenue } from "../listing/index.ts";

/** A delivery asked for again. */
export interface Choisie {
  readonly id: string;
  readonly etat: Etat;
  /** Of the XML that it carried; null when it carried none. */
  readonly sha256: string | null;
  /** The last delivery already made for it, if any. */
  readonly rejeu: string | null;
}

/** A partner as a replay sees it. */
export interface Destinataire {
  readonly id: string;
  readonly nom: string;
  readonly etat: "actif" | "en_pause" | "desactive";
  readonly etatMotif: string | null;
  readonly calendrier: Calendrier;
  /** Nothing is sent before this instant: it failed too often of late, or that is its pace. */
  readonly pasAvant: Date | undefined;
  /** The offer is the demonstration, and this partner is not. */
  readonly horsDemo: boolean;
  /** What its profile shows now; `sha256` null: nothing in scope. */
  readonly courant:
    | {
        readonly snapshotId: number;
        readonly sha256: string | null;
        readonly contenu: string;
        readonly octets: number;
      }
    | undefined;
  readonly enAttente:
    | {
        readonly id: string;
        readonly etat: "scheduled" | "retry" | "held";
        readonly retenue: Retenue | null;
        readonly dueAt: Date;
        /** Its content is to come. */
        readonly annoncee: boolean;
        readonly vide: boolean;
      }
    | undefined;
  readonly enVol: { readonly id: string; readonly contenu: string } | undefined;
  /** Another replay that is being made for it. */
  readonly lot: number | undefined;
}

/** What a replay does for one partner, whatever the number of its deliveries that were asked for again. */
export type Ligne = {
  readonly partner: string;
  readonly nom: string;
  /** Asked for again, the latest first. */
  readonly diffusions: readonly string[];
  /** Made for them by earlier replays. */
  readonly deja: readonly string[];
  /** In French: what leaves, when, or why nothing does and what to do. */
  readonly phrase: string;
} & (
  | {
      /** A new delivery. */
      readonly sort: "cree";
      readonly contenu: Contenu;
      readonly snapshotId: number;
      readonly sha256: string;
      readonly octets: number;
      /** An announcement, or an empty feed held, whose place it takes. */
      readonly remplace: string | undefined;
      readonly echeance: Echeance;
      /** undefined: when the partner wakes. */
      readonly depart: Date | undefined;
    }
  | {
      /** One that leaves already takes it along; never a second one beside it. */
      readonly sort: "rejoint";
      readonly par: string;
      readonly octets: number;
      /** It waited after a failure and leaves sooner. */
      readonly avance: Echeance | undefined;
      readonly depart: Date | undefined;
    }
  | { readonly sort: "refuse" }
);

/** The very bytes that were asked for again, because they are still the current ones; else the latest. */
export type Contenu = "memes_octets" | "derniers";

/**
 * Says what replaying some deliveries of one partner does. Pure. Never more than one delivery waits, and nothing older
 * than the current content leaves.
 * @param choisies of this partner, the latest first; at least one
 */
export function ligneOf(partner: Destinataire, choisies: readonly Choisie[], maintenant: Date): Ligne {
  const base = {
    partner: partner.id,
    nom: partner.nom,
    diffusions: choisies.map(({ id }) => id),
    deja: [...new Set(choisies.flatMap(({ rejeu }) => (rejeu === null ? [] : [rejeu])))],
  };
  const { courant, enAttente, enVol } = partner;
  const refused = refusal(partner);
  if (refused !== undefined || courant === undefined || courant.sha256 === null)
    return { ...base, sort: "refuse", phrase: refused ?? "" };
  const { pasAvant, calendrier } = partner;
  const echeance = nextWindow(maintenant, calendrier);
  const open = pasAvant !== undefined && pasAvant > echeance.at ? nextWindow(pasAvant, calendrier) : echeance;
  const departOf = (at: Date): Date | undefined => (partner.etat === "actif" ? at : undefined);

  if (enAttente !== undefined && !isPlaceholder(enAttente)) {
    const sooner = enAttente.etat === "retry" && enAttente.dueAt > echeance.at;
    return {
      ...base,
      sort: "rejoint",
      par: enAttente.id,
      octets: courant.octets,
      avance: sooner ? echeance : undefined,
      depart: departOf(sooner || enAttente.dueAt < open.at ? open.at : enAttente.dueAt),
      phrase: `part déjà avec ${enAttente.id}${sooner ? ", avancée" : ""}`,
    };
  }
  if (enVol !== undefined && enVol.contenu === courant.contenu)
    return {
      ...base,
      sort: "rejoint",
      par: enVol.id,
      octets: courant.octets,
      avance: undefined,
      depart: maintenant,
      phrase: `part en ce moment avec ${enVol.id}`,
    };
  const same = choisies[0]?.sha256 === courant.sha256;
  return {
    ...base,
    sort: "cree",
    contenu: same ? "memes_octets" : "derniers",
    snapshotId: courant.snapshotId,
    sha256: courant.sha256,
    octets: courant.octets,
    remplace: enAttente?.id,
    echeance,
    depart: departOf(open.at),
    phrase: `${same ? "mêmes octets" : "dernier contenu (celui d'alors n'est plus actuel)"}${paused(partner)}`,
  };
}

/** It holds the place of a content that does not exist, yet or any more. */
const isPlaceholder = ({ annoncee, vide }: { annoncee: boolean; vide: boolean }): boolean => annoncee || vide;

function paused({ etat, etatMotif }: Destinataire): string {
  return etat === "actif"
    ? ""
    : ` ; destinataire en pause${etatMotif === null ? "" : ` (${etatMotif})`} : part à la reprise`;
}

function refusal({
  id,
  etat,
  etatMotif,
  horsDemo,
  courant,
  enAttente,
  lot,
}: Destinataire): string | undefined {
  if (etat === "desactive")
    return `destinataire désactivé${etatMotif === null ? "" : ` (${etatMotif})`} : d'abord offre-info deliveries resume ${id}`;
  if (horsDemo)
    return "l'offre est celle de démonstration : elle ne part qu'aux destinataires de démonstration";
  if (courant === undefined || courant.sha256 === null)
    return "plus rien dans son périmètre : un flux vide n'existe pas";
  if (lot !== undefined) return `déjà dans le rejeu n° ${lot}, en cours`;
  if (enAttente?.etat === "held" && !isPlaceholder(enAttente))
    return `${enAttente.id} est retenue (${MOTS_RETENUE[enAttente.retenue ?? "operateur"]}) : d'abord offre-info deliveries release ${enAttente.id}`;
  return undefined;
}
