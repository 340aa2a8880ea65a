import type { Knex } from "knex";
import { checkAction } from "../actes/check.ts";
import type { Auteur } from "../auteur.ts";
import type { FicheAction } from "../fiche.ts";
import { A_PUBLIER } from "../fiches/read.ts";
import { type Suggestion, suggestFormacodes } from "../recherches/index.ts";
import type { Verificateur, Verification } from "../verification/index.ts";
import { type Changements, readChangementsSoumis } from "./changements.ts";
import { type AControler, readAControler } from "./file.ts";
import { type Habilitations, readHabilitationsOf } from "./habilitations.ts";

/** All that the control has before it when it decides (S139–S142). */
export interface Examen {
  readonly attente: AControler;
  readonly fiche: FicheAction;
  readonly changements: Changements;
  readonly habilitations: Habilitations;
  readonly verification: Verification;
  /** Subjects to index it by, when it leads to no certification (S141). */
  readonly suggestions: readonly Suggestion[];
}

/** Undefined when it does not wait for the control. */
export async function examineAction(
  db: Knex,
  verificateur: Verificateur,
  auteur: Auteur,
  id: number,
): Promise<Examen | undefined> {
  const attente = await readAControler(db, auteur, id);
  const controle =
    attente === undefined ? undefined : await checkAction(db, verificateur, auteur, id, A_PUBLIER);
  if (attente === undefined || controle === undefined) return undefined;
  const { action: fiche, sessions, verification } = controle;
  const certifiante = (fiche.contenu.certifications ?? []).length > 0;
  const [changements, habilitations, suggestions] = await Promise.all([
    readChangementsSoumis(db, fiche, sessions),
    readHabilitationsOf(db, fiche),
    certifiante ? [] : suggestFormacodes(db, fiche.contenu),
  ]);
  const had = new Set((fiche.contenu.formacodes ?? []).map(({ code }) => code));
  return {
    attente,
    fiche,
    changements,
    habilitations,
    verification,
    suggestions: suggestions.filter(({ code }) => !had.has(code)),
  };
}
