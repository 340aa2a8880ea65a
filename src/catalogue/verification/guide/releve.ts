import { type NoticeCode, notice } from "../../../notices/index.ts";
import type { Organisme } from "../../../published/contract/index.ts";
import type { BrouillonAction, BrouillonSession } from "../../contenu.ts";
import type { Constat, NomDeFiche } from "../verification.ts";

/** What a rule of the guide has to say of a field. */
interface Dit {
  readonly value?: string;
  readonly attendu?: string | undefined;
  /** The field as people call it, when the sentence names it. */
  readonly nom?: string;
  readonly voir?: NomDeFiche;
}

/** Gathers what the rules of the guide find in one form. */
export class Releve {
  readonly constats: Constat[] = [];
  readonly #fiche: NomDeFiche;

  constructor(fiche: NomDeFiche) {
    this.#fiche = fiche;
  }

  add(code: NoticeCode, champ: string, { value, attendu, nom, voir }: Dit = {}): void {
    const said = notice(code, { path: champ, value, attendu, champ: nom });
    this.constats.push({
      ...said,
      champ,
      fiche: this.#fiche,
      ...(voir === undefined ? undefined : { voir }),
    });
  }

  /** A field of the guide that is blank. */
  obligatoire(champ: string, nom: string, attendu: string): void {
    this.add("champ-obligatoire", champ, { nom, attendu });
  }
}

/** A form as the rules of the guide read it. */
export interface ActionLue {
  readonly contenu: BrouillonAction;
  readonly organisme: Organisme;
  readonly fiche: NomDeFiche;
}

export interface SessionLue {
  readonly contenu: BrouillonSession;
  readonly fiche: NomDeFiche;
}
