import type { BrouillonAction, BrouillonSession } from "./contenu.ts";
import type { Alerte, EtatAction } from "./etats/action.ts";
import type { EtatSession } from "./etats/session.ts";

/** Whose market the action belongs to: the three accordions of the guide (S23). */
export const CADRES = ["non_conventionnee", "conventionnee", "initiale"] as const;
export type Cadre = (typeof CADRES)[number];

/** An action of the catalogue: its working copy and where it stands. */
export interface FicheAction {
  readonly id: number;
  readonly structure: string;
  readonly nomStructure: string;
  readonly reference: string | null;
  readonly cadre: Cadre;
  readonly financeur: string | null;
  readonly etat: EtatAction;
  readonly alerte: Alerte | null;
  /** What the control asks (S38). */
  readonly message: string | null;
  readonly contenu: BrouillonAction;
  /** Grows with each saving; who saves says which one was read. */
  readonly revision: number;
  readonly validee_revision: number | null;
  readonly publiee_revision: number | null;
  readonly publiee_at: Date | null;
  readonly soumise_at: Date | null;
  /** Last working day of the control, AAAA-MM-JJ. */
  readonly echeance: string | null;
  readonly updated_at: Date;
  readonly updated_by: string;
}

export interface FicheSession {
  readonly id: number;
  readonly action_id: number;
  readonly reference: string | null;
  readonly etat: EtatSession;
  readonly contenu: BrouillonSession;
  readonly revision: number;
  readonly validee_revision: number | null;
  readonly publiee_revision: number | null;
  readonly updated_at: Date;
  readonly updated_by: string;
}
