/** One delivery of a partner as planning sees it. */
export interface Waiting {
  readonly id: string;
  readonly etat: "scheduled" | "retry" | "held";
  readonly snapshotId: number;
  /** Content of what it would send, whatever the date of export. */
  readonly contenu: string;
  readonly vide: boolean;
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
}

/** What to do for one partner. */
export type Act =
  | { readonly do: "rien" }
  /** The waiting one takes the newer content; its date does not move. */
  | { readonly do: "viser"; readonly id: string }
  | { readonly do: "creer"; readonly etat: "scheduled" | "held"; readonly remplace: string | undefined }
  /** What waits has become useless. */
  | { readonly do: "remplacer"; readonly id: string; readonly par: string | undefined };

/**
 * Says what a partner is still to receive so that it ends with the current content: at most one delivery waits, the
 * newest wins, nothing is sent twice. Pure; run again it finds nothing left to do.
 */
export function planOf({ courant, enAttente, enVol, acquis }: Situation): Act {
  if (courant.vide) {
    if (enAttente?.etat === "held" && enAttente.vide) return keep(enAttente, courant.snapshotId);
    return { do: "creer", etat: "held", remplace: enAttente?.id };
  }
  const there = enVol === undefined ? acquis === courant.contenu : enVol.contenu === courant.contenu;
  if (there) {
    return enAttente === undefined ? { do: "rien" } : { do: "remplacer", id: enAttente.id, par: enVol?.id };
  }
  if (enAttente === undefined) return { do: "creer", etat: "scheduled", remplace: undefined };
  if (enAttente.etat === "scheduled") return keep(enAttente, courant.snapshotId);
  if (enAttente.contenu === courant.contenu) return { do: "rien" };
  return { do: "creer", etat: "scheduled", remplace: enAttente.id };
}

function keep({ id, snapshotId }: Waiting, courant: number): Act {
  return snapshotId === courant ? { do: "rien" } : { do: "viser", id };
}
