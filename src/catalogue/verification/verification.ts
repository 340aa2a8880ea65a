import type { Knex } from "knex";
import type { Notice } from "../../notices/index.ts";
import type { FicheAction, FicheSession } from "../fiche.ts";

/** A notice tied to the field of the form that it is about. */
export interface Constat extends Notice {
  /** Path in the record, as the inputs are named: `lieux[0].coordonnees.adresse.ville`. */
  readonly champ: string;
  readonly fiche: NomDeFiche;
  /** Another form to look at. */
  readonly voir?: NomDeFiche;
}

export interface NomDeFiche {
  readonly genre: "action" | "session";
  readonly id: number;
}

/** Will a destination show it, and if not, why. */
export interface VerdictPartenaire {
  readonly profil: string;
  readonly nom: string;
  /** At least one of the sessions given goes there. */
  readonly dans: boolean;
  /** How many of those given do. */
  readonly sessions: { readonly dedans: number; readonly total: number };
  /** French: why the others do not; empty when all do. */
  readonly raisons: readonly string[];
  /** AAAAMMJJ: expected day, when one goes. */
  readonly visibleLe?: string;
}

export interface Verification {
  readonly constats: readonly Constat[];
  /** At least one constat stops the validation. */
  readonly bloquante: boolean;
  readonly partenaires: readonly VerdictPartenaire[];
}

/** Checks working copies by the rules of the feed and those of the guide; only the sessions given are looked at. */
export interface Verificateur {
  verify(
    db: Knex,
    fiches: {
      readonly action: FicheAction;
      readonly sessions: readonly FicheSession[];
      /** The action has other sessions than those given: it is not without any (S47). */
      readonly autresSessions?: boolean;
    },
  ): Promise<Verification>;
  close(): Promise<void>;
}
