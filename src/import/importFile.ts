import type { Knex } from "knex";
import { horloge } from "../db/index.ts";
import { parisDay } from "../lheo/index.ts";
import { type Notice, notice } from "../notices/index.ts";
import type { Action } from "../published/contract/index.ts";
import { readLast, writeVersions } from "../published/index.ts";
import { donnerCles } from "./cles.ts";
import { noticesDeLEnveloppe } from "./enveloppe.ts";
import { lireFormation } from "./lecture.ts";
import type { Fiche, OffreImportee } from "./offre.ts";
import { Organismes } from "./organismes.ts";
import { RapportEnCours, type RapportImport } from "./rapport.ts";
import { noticeDeRetour } from "./retour.ts";
import { readSource } from "./source.ts";
import { noticesDesTerminees } from "./terminees.ts";

export interface ImportOptions {
  /** A trial run: everything is read and checked against the base, nothing is kept. */
  readonly essai?: boolean;
  /** Called after each lot with the number of formations read so far. */
  readonly onProgress?: (formations: number) => void;
  /** Every notice as it comes; the report keeps the first of each code. */
  readonly onNotice?: (notice: Notice) => void;
}

/** Written in one go; bounds memory. */
const FORMATIONS = 100;
const SESSIONS = 500;

/**
 * Imports an LHEO 2.2 or 2.3 file into the contract: all of it or, on an error, none. What the same file brought
 * before is left as it is, so it may be imported again after any failure. Records that the file does not have are
 * left alone. Memory does not depend on the size of the file.
 * @param source path of the file, gzip or not, or its bytes
 * @throws {ImportError} a file that is no offer in LHEO 2.2 or 2.3, or cannot be read
 */
export async function importFile(
  db: Knex,
  source: string | AsyncIterable<Uint8Array>,
  { essai = false, onProgress, onNotice }: ImportOptions = {},
): Promise<RapportImport> {
  const rapport = new RapportEnCours(onNotice);
  const trx = await db.transaction();
  try {
    await importer(trx, source, rapport, onProgress);
    if (essai) await trx.rollback();
    else await trx.commit();
  } catch (error) {
    await trx.rollback();
    throw error;
  }
  return rapport.finir(essai);
}

async function importer(
  trx: Knex.Transaction,
  source: string | AsyncIterable<Uint8Array>,
  rapport: RapportEnCours,
  onProgress: ImportOptions["onProgress"],
): Promise<void> {
  const lots = new Lots(trx, rapport, await horloge(trx));
  // Takes the turn among the writers of the contract before anything is read from it.
  await writeVersions(trx, "organisme", [], { origine: ORIGINE });
  await trx.raw("CREATE TEMPORARY TABLE import_formation (numero text PRIMARY KEY) ON COMMIT DROP");
  for await (const event of readSource(source)) {
    if (event.kind === "root") rapport.enTete = { version: event.version, encoding: event.encoding };
    else if (event.kind === "end") rapport.dire(noticesDeLEnveloppe(event.envelope));
    else if (await lots.ajouter(event.xml, event.line)) onProgress?.(rapport.formations);
  }
  await lots.ecrire();
  rapport.dire(lots.aCompleter());
  onProgress?.(rapport.formations);
}

const ORIGINE = "import";

class Lots {
  readonly #trx: Knex.Transaction;
  readonly #rapport: RapportEnCours;
  /** One mise en ligne for the whole file, which is seen as a whole when it is committed. */
  readonly #at: Date;
  readonly #organismes = new Organismes();
  #offres: OffreImportee[] = [];
  #sessions = 0;

  constructor(trx: Knex.Transaction, rapport: RapportEnCours, at: Date) {
    this.#trx = trx;
    this.#rapport = rapport;
    this.#at = at;
  }

  /** @returns whether a lot was written */
  async ajouter(xml: string, line: number): Promise<boolean> {
    const { offre, notices } = lireFormation(xml, line);
    this.#rapport.formations += 1;
    this.#rapport.dire(notices);
    if (offre === undefined) {
      this.#rapport.formationsRefusees += 1;
      return false;
    }
    this.#offres.push(offre);
    this.#sessions += offre.sessions.length;
    if (this.#offres.length < FORMATIONS && this.#sessions < SESSIONS) return false;
    await this.ecrire();
    return true;
  }

  async ecrire(): Promise<void> {
    const trx = this.#trx;
    const offres = await this.#sansDoubles(this.#offres);
    this.#offres = [];
    this.#sessions = 0;
    const options = { origine: ORIGINE, misEnLigneAt: this.#at };
    const jour = parisDay(this.#at);
    this.#rapport.dire(offres.flatMap((offre) => noticesDesTerminees(offre, jour)));
    const organismes = await this.#organismes.nouveaux(trx, offres);
    const actions = await garderValidation(trx, offres);
    const { sessions, notices } = await donnerCles(trx, offres);
    this.#rapport.dire([...organismes.notices, ...actions.notices, ...notices]);
    this.#rapport.compter("organismes", await writeVersions(trx, "organisme", organismes.fiches, options));
    this.#rapport.compter("actions", await writeVersions(trx, "action", actions.fiches, options));
    this.#rapport.compter("sessions", await writeVersions(trx, "session", sessions, options));
  }

  /** What LHEO cannot say of the organismes that were not known: without it some partners get nothing of them. */
  aCompleter(): Notice[] {
    const { inconnus } = this.#organismes;
    return inconnus === 0
      ? []
      : [
          notice("import-organismes-a-completer", {
            path: "organisme-formation-responsable",
            value: String(inconnus),
          }),
        ];
  }

  /** The first of each number in the file. */
  async #sansDoubles(offres: readonly OffreImportee[]): Promise<OffreImportee[]> {
    const { rows } = await this.#trx.raw<{ rows: { numero: string }[] }>(
      "INSERT INTO import_formation SELECT unnest(?::text[]) ON CONFLICT DO NOTHING RETURNING numero",
      [offres.map(({ action }) => action.numero)],
    );
    const nouvelles = new Set(rows.map(({ numero }) => numero));
    return offres.filter(({ action: { numero }, line }) => {
      if (nouvelles.delete(numero)) return true;
      this.#rapport.formationsRefusees += 1;
      this.#rapport.dire([
        notice("import-formation-double", { path: "@numero", value: numero, action: numero, line }),
      ]);
      return false;
    });
  }
}

interface Actions {
  readonly fiches: readonly Fiche<Action>[];
  readonly notices: readonly Notice[];
}

/** S73: the box ticked for the end of the training, which LHEO cannot say, stays as it was published. */
async function garderValidation(trx: Knex.Transaction, offres: readonly OffreImportee[]): Promise<Actions> {
  const publiees = await readLast(
    trx,
    "action",
    offres.map(({ action }) => action.numero),
  );
  const notices = offres.flatMap(({ action: { numero }, line }) =>
    noticeDeRetour(publiees.get(numero), { path: "@numero", value: numero, action: numero, line }),
  );
  const fiches = offres.map(({ action }) => {
    const validation = publiees.get(action.numero)?.contenu.validation;
    return validation == null ? action : { ...action, contenu: { ...action.contenu, validation } };
  });
  return { fiches, notices };
}
