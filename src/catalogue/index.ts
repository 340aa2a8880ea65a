/**
 * The catalogue of the guide: forms that an OF fills (working copies), the control that checks them, and the passage to
 * what is published, which is the contract that the publisher reads. It writes nothing else of the contract's.
 *
 *   createAction ─▶ saveAction, createSessions, saveSession …   drafts and working copies (fiches/)
 *   validateAction ─▶ confirmAction                             the two validations (S116)
 *   publishAction, askComplement, restoreAction                 the control (actes/control.ts)
 *   withdrawSession, deleteSession, archiveAction, deleteAction leaving (S134–S138)
 *
 * What may happen when is in two pure state machines (etats/). Everything takes an {@link Auteur}: who acts, and on whose
 * actions. An act is one transaction, ends with its line in the history and in the audit, and answers `{ refus }` in French
 * when nothing was done.
 */

export { confirmAction } from "./actes/confirmAction.ts";
export { askComplement, publishAction, restoreAction } from "./actes/control.ts";
export { JOURS_DE_CONTROLE } from "./actes/deadline.ts";
export { discardChanges } from "./actes/discard.ts";
export { type EnRetard, lateControls } from "./actes/late.ts";
export { archiveAction, deleteAction } from "./actes/leaveAction.ts";
export { validateAction } from "./actes/validateAction.ts";
export { confirmSession, validateSession } from "./actes/validateSession.ts";
export { deleteSession, withdrawSession } from "./actes/withdrawSession.ts";
export { type Adoption, adoptPublished } from "./adopt.ts";
export { type Auteur, type RoleCatalogue, SYSTEME } from "./auteur.ts";
export {
  type BrouillonAction,
  type BrouillonSession,
  zBrouillonAction,
  zBrouillonSession,
} from "./contenu.ts";
// The control.
export * from "./controle/index.ts";
export { refusDEcrire, refusDEcrireLaSession } from "./droits.ts";
export {
  type Alerte,
  ETATS_ACTION,
  type EtatAction,
  EVENEMENTS_ACTION,
  type EvenementAction,
  passageAction,
  type SituationAction,
} from "./etats/action.ts";
export {
  ETATS_SESSION,
  type EtatSession,
  EVENEMENTS_SESSION,
  type EvenementSession,
  passageSession,
  type SituationSession,
} from "./etats/session.ts";
export { CADRES, type Cadre, type FicheAction, type FicheSession } from "./fiche.ts";
export {
  createAction,
  createSessions,
  duplicateSession,
  SESSIONS_EN_UNE_FOIS,
} from "./fiches/create.ts";
export { type PageDeSessions, readAction, readActions, readSession, readSessions } from "./fiches/read.ts";
export { type Enregistrement, saveAction, saveSession } from "./fiches/save.ts";
// Forms.
export * from "./formulaire/index.ts";
// Import.
export * from "./import/index.ts";
// Lists of the catalogue.
export * from "./listes/index.ts";
export { nomsDesActeurs } from "./noms.ts";
export { type PageDePassages, type Passage, readPassages } from "./passages.ts";
export { touchPresence } from "./presence.ts";
export { readOnlineAction } from "./publication/online.ts";
export { actionRecord, sessionRecord } from "./publication/records.ts";
// Registers, and what forms look up in them.
export * from "./recherches/index.ts";
export * from "./referentiels/index.ts";
export { type Conflit, isRefus, type Refus } from "./refus.ts";
// Likely duplicates.
export * from "./semblables/index.ts";
// Structures and attachments.
export * from "./structures/index.ts";
export { type Entretien, upkeepCatalogue } from "./upkeep.ts";
export {
  type Constat,
  createVerificateur,
  type VerdictPartenaire,
  type Verificateur,
  type Verification,
} from "./verification/index.ts";
