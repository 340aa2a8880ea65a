import type { Notice } from "../notices/index.ts";
import type { FeedFile, PresenceRow } from "../snapshot/index.ts";
import { createUniqueness } from "../validation/index.ts";
import type { Choix, Ecrit } from "./choix.ts";
import { endOf, START } from "./enveloppe.ts";
import type { Part } from "./preparation.ts";
import type { Plan, Sortie } from "./sorties.ts";
import type { Unite } from "./unites.ts";
import { fragmentSha256, type Variante } from "./variante.ts";

/** Counts of one stream. */
export interface Compte {
  formations: number;
  actions: number;
  sessions: number;
  /** Formations with a session in scope and none that passes. */
  formationsEcartees: number;
  /** Sessions in scope of which no version passes. */
  sessionsEcartees: number;
  /** Sessions shown in an older version because the newest does not pass. */
  retenues: number;
  /** Sessions whose newest version waits. */
  enAttente: number;
  /** Sessions in scope. */
  dansLePerimetre: number;
  /** Sessions out of the stream, by coded cause. */
  readonly dehors: Record<string, number>;
  /** Values completed by default in what is written, by code. */
  readonly completees: Record<string, number>;
}

/** Codes of the values that the mapping completes. */
const COMPLETED = /-complete-par-defaut$/;

/** Takes the presence of each session; absent when nothing is recorded. */
export type Rows = ((row: PresenceRow) => void) | undefined;

/** One stream being written: what has been, what is open, what was counted. */
export class Ecriture {
  readonly sortie: Sortie;
  readonly file: FeedFile | undefined;
  readonly compte: Compte = {
    formations: 0,
    actions: 0,
    sessions: 0,
    formationsEcartees: 0,
    sessionsEcartees: 0,
    retenues: 0,
    enAttente: 0,
    dansLePerimetre: 0,
    dehors: {},
    completees: {},
  };
  private readonly uniqueness = createUniqueness();
  /** The formation that is open, over the parts of a very large action. */
  private open:
    | { readonly variante: Variante; readonly written: boolean; readonly refused: boolean }
    | undefined;
  private inScope = 0;
  private first: { readonly variante: Variante; readonly xml: Buffer } | undefined;

  constructor(sortie: Sortie, file: FeedFile | undefined) {
    this.sortie = sortie;
    this.file = file;
    file?.write(START);
  }

  /** The head that further parts of the current action have to keep. */
  get fixed(): Variante | undefined {
    return this.open?.written === true ? this.open.variante : undefined;
  }

  /** Counts a unit, and the sessions that are not in the stream. */
  count({ dedans, dehors, enAttente }: Part, { lot }: Unite, rows: Rows): void {
    if (lot.premier) this.open = undefined;
    if (lot.premier) this.inScope = 0;
    this.inScope += dedans.size;
    this.compte.dansLePerimetre += dedans.size;
    this.compte.enAttente += enAttente;
    for (const { session, motif } of dehors) {
      bump(this.compte.dehors, motif);
      rows?.(this.absent(session, lot.action.numero, motif));
    }
  }

  /**
   * Writes what was chosen for a unit, less what would repeat a number of the feed.
   * @returns the notices of the numbers met twice
   */
  async write(choix: Choix, rows: Rows): Promise<readonly Notice[]> {
    const { variante } = choix;
    const action = variante.entree.action.numero;
    for (const session of choix.ecartees) this.setAside(session, action, rows);
    const notices: Notice[] = [];
    if (choix.ecrits.length > 0 && this.open === undefined) {
      const twice = this.uniqueness.formation(variante.tete.numero, placeOf(variante));
      this.open = { variante, written: false, refused: twice.length > 0 };
      notices.push(...twice);
    }
    for (const ecrit of choix.ecrits) {
      const { session, numeroAction, numeroSession, piece } = ecrit.element;
      const place = { ...placeOf(variante), session: session.numero };
      const said =
        this.open?.refused === true ? [] : this.uniqueness.action(numeroAction, [numeroSession], place);
      notices.push(...said);
      if (this.open?.refused === true || said.some(({ severity }) => severity === "bloquant")) {
        this.setAside(session.numero, action, rows);
        continue;
      }
      if (this.open?.written !== true) await this.begin(variante);
      this.first ??= { variante, xml: piece.xml };
      await this.file?.write(piece.xml);
      this.countWritten(ecrit);
      rows?.(this.present(variante, ecrit));
    }
    return notices.map((one) => ({ ...one, partners: this.sortie.profils.map(({ id }) => id) }));
  }

  /** After the last part of an action. */
  async endOfAction(): Promise<void> {
    if (this.open?.written === true) await this.file?.write(this.open.variante.tete.after);
    else if (this.inScope > 0 && this.sortie.fichier) this.compte.formationsEcartees += 1;
    this.open = undefined;
    this.inScope = 0;
  }

  /** Ends the document; the hash is that of the offer alone, without the date of export. */
  async close(plan: Plan): Promise<string> {
    const contenu = this.file?.sha256SoFar() ?? "";
    await this.file?.write(endOf(plan));
    return contenu;
  }

  /** The envelope around the first formation: a whole document, small enough for the XSD. */
  sample(plan: Plan): Buffer | undefined {
    if (this.first === undefined) return undefined;
    const { variante, xml } = this.first;
    return Buffer.concat([START, variante.tete.before, xml, variante.tete.after, endOf(plan)]);
  }

  private async begin(variante: Variante): Promise<void> {
    this.open = { variante, written: true, refused: false };
    this.compte.formations += 1;
    this.complete(variante.tete.notices);
    await this.file?.write(variante.tete.before);
  }

  private countWritten({ element, retenue }: Ecrit): void {
    this.compte.actions += 1;
    this.compte.sessions += 1;
    if (retenue) this.compte.retenues += 1;
    this.complete(element.piece.notices);
  }

  private complete(notices: readonly Notice[]): void {
    for (const { code } of notices) if (COMPLETED.test(code)) bump(this.compte.completees, code);
  }

  private setAside(session: string, action: string, rows: Rows): void {
    this.compte.sessionsEcartees += 1;
    rows?.(this.absent(session, action, "ecartee"));
  }

  private absent(session: string, action: string, motif: string): PresenceRow {
    return {
      sortie: this.sortie.rang,
      session,
      action,
      sessionVersion: 0,
      actionVersion: 0,
      organismeVersion: 0,
      fragmentSha256: "",
      retenue: false,
      motif,
    };
  }

  private present({ entree, tete }: Variante, { element, retenue }: Ecrit): PresenceRow {
    const { session, piece } = element;
    return {
      sortie: this.sortie.rang,
      session: session.numero,
      action: entree.action.numero,
      sessionVersion: session.version,
      actionVersion: entree.action.version,
      organismeVersion: entree.organisme.version,
      fragmentSha256: fragmentSha256(tete, piece),
      retenue,
      motif: null,
    };
  }
}

function placeOf({ entree }: Variante): { readonly action: string; readonly organisme: string } {
  return { action: entree.action.numero, organisme: entree.organisme.numero };
}

function bump(counts: Record<string, number>, code: string): void {
  counts[code] = (counts[code] ?? 0) + 1;
}
