/** Not done, and why: what is so, and what to do, in French. */
export interface Refus {
  readonly refus: string;
}

export const isRefus = (answer: object): answer is Refus => "refus" in answer;

/** Somebody saved since the form was read: nothing was overwritten. */
export interface Conflit<T> {
  readonly conflit: {
    readonly par: string;
    readonly at: Date;
    readonly revision: number;
    readonly contenu: T;
  };
}

export const INCONNUE: Refus = { refus: "Cette fiche n'existe pas, ou n'est pas de votre structure." };
