/** One delivery of a partner as planning sees it. */
export interface Waiting {
  readonly id: string;
  readonly etat: "scheduled" | "retry" | "held";
  /** What it would send; undefined: announced, its content is still to come. */
  readonly snapshotId: number | undefined;
  /** Of what it would send, whatever the date of export. */
  readonly contenu: string | undefined;
  readonly vide: boolean;
  /** It was attempted: its bytes are bound. */
  readonly liee: boolean;
  /** An operator asked for it to be sent again. */
  readonly rejeu: boolean;
  /** An operator holds it: whatever takes its place is held as well. */
  readonly parOperateur: boolean;
  /** When it was to be tried again, if it failed. */
  readonly reprise?: Date | undefined;
}

/** All that decides what a partner is to receive. */
export interface Situation {
  /** The current snapshot of its profile; `vide`: nothing in scope, so there is no file. */
  readonly courant: { readonly snapshotId: number; readonly contenu: string; readonly vide: boolean };
  readonly enAttente: Waiting | undefined;
  /** Content now on its way. */
  readonly enVol: { readonly id: string; readonly contenu: string } | undefined;
  /** Content that the partner accepted last, when no later attempt may have given it another. */
  readonly acquis: string | undefined;
  /** Content that an operator canceled, or that the partner refused as a whole: it is not planned again by itself. */
  readonly annule: string | undefined;
  /** Versions are published that may leave later. */
  readonly aVenir: boolean;
}

/** What to do for one partner. */
export type Act =
  | { readonly do: "rien" }
  /** The waiting one takes the newer content; its date does not move, but for one that was only announced. */
  | { readonly do: "viser"; readonly id: string }
  | {
      readonly do: "creer";
      readonly etat: "scheduled" | "held";
      readonly retenue: "vide" | "operateur" | undefined;
      readonly remplace: string | undefined;
    }
  /** What waits has become useless. */
  | { readonly do: "remplacer"; readonly id: string; readonly par: string | undefined };

/**
 * Says what a partner is still to receive so that it ends with the current content: at most one delivery waits, the
 * newest wins, nothing is sent twice unless an operator asks for it. Pure; run again it finds nothing left to do.
 */
export function planOf(situation: Situation): Act {
  const { courant, enAttente, enVol, acquis, annule } = situation;
  if (courant.vide) return planEmpty(situation);
  const there = enVol === undefined ? acquis === courant.contenu : enVol.contenu === courant.contenu;
  if (enAttente === undefined)
    return there || annule === courant.contenu ? { do: "rien" } : create("scheduled", undefined, undefined);
  // What is announced is for content to come: it waits for it, or leaves with what is new already.
  if (enAttente.snapshotId === undefined)
    return there || annule === courant.contenu ? { do: "rien" } : { do: "viser", id: enAttente.id };
  // A replay leaves though the partner has that content, but never an older one.
  const asked = enAttente.rejeu && (!enAttente.liee || enAttente.contenu === courant.contenu);
  if (there && !asked) return { do: "remplacer", id: enAttente.id, par: enVol?.id };
  if (enAttente.contenu === courant.contenu) return keep(enAttente, courant.snapshotId);
  if (!enAttente.liee && !enAttente.vide) return keep(enAttente, courant.snapshotId);
  return enAttente.parOperateur
    ? create("held", "operateur", enAttente.id)
    : create("scheduled", undefined, enAttente.id);
}

/**
 * An empty feed does not exist: the partner is held, once, until there is one again. One that never had anything and is
 * to receive something later simply waits for it.
 */
function planEmpty({ courant, enAttente, enVol, acquis, aVenir }: Situation): Act {
  if (enAttente?.etat === "held" && (enAttente.vide || enAttente.parOperateur))
    return enAttente.vide ? keep(enAttente, courant.snapshotId) : { do: "rien" };
  const first = acquis === undefined && enVol === undefined;
  const announced = enAttente === undefined || enAttente.snapshotId === undefined;
  if (first && announced && aVenir) return { do: "rien" };
  return create("held", "vide", enAttente?.id);
}

function create(
  etat: "scheduled" | "held",
  retenue: "vide" | "operateur" | undefined,
  remplace: string | undefined,
): Act {
  return { do: "creer", etat, retenue, remplace };
}

/** Bound bytes never move; the rest takes the snapshot of the same or newer content. */
function keep({ id, snapshotId, liee }: Waiting, courant: number): Act {
  return liee || snapshotId === courant ? { do: "rien" } : { do: "viser", id };
}
