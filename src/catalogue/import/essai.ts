import type { Knex } from "knex";
import { horloge } from "../../db/index.ts";
import { ImportError, plainBytes } from "../../import/index.ts";
import { lastDay, parisDay } from "../../lheo/index.ts";
import type { Auteur } from "../auteur.ts";
import type { BrouillonSession } from "../contenu.ts";
import type { Cadre } from "../fiche.ts";
import type { Refus } from "../refus.ts";
import { findConnues } from "./connues.ts";
import { readCsv } from "./csv/lire.ts";
import type { FormationLue } from "./formation.ts";
import { readLheo } from "./lheo.ts";

/** Of one file: an OF that has more brings several. */
export const FORMATIONS_PAR_FICHIER = 2_000;
/** Bytes of a file as it is sent, and once gzip is undone. */
export const OCTETS_ENVOYES = 30_000_000;
const OCTETS_LHEO = 200_000_000;
const OCTETS_CSV = 10_000_000;

const LOT = 100;

export interface Fichier {
  readonly nom: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

export type Verdict = "creee" | "connue" | "refusee";

/**
 * Reads a file and says what would become of each of its formations; nothing of the catalogue changes (H9). What was read
 * waits for the agreement of the OF.
 */
export async function tryImport(
  db: Knex,
  auteur: Auteur,
  { nom, bytes }: Fichier,
  cadre: Cadre,
): Promise<{ readonly id: number } | Refus> {
  if (auteur.role !== "of")
    return {
      refus: "Un import crée les brouillons d'un organisme : choisissez d'abord la structure concernée.",
    };
  if (cadre === "conventionnee")
    return {
      refus: "Les formations conventionnées viennent de leur financeur : elles ne s'importent pas ici.",
    };
  const format = /\.csv$/i.test(nom) ? "csv" : "lheo";
  try {
    return await db.transaction(async (trx) => {
      const plain = new Octets(plainBytes(bytes, format === "csv" ? OCTETS_CSV : OCTETS_LHEO));
      await trx("catalogue_import")
        .where({ structure: auteur.structure, etat: "essai" })
        .whereRaw("created_at < horloge() - interval '1 day'")
        .delete();
      const [row] = await trx("catalogue_import")
        .insert({
          structure: auteur.structure,
          cadre,
          fichier: nom.slice(0, 200),
          format,
          octets: 0,
          created_by: auteur.acteur,
        })
        .returning("id");
      const essai = new Essai(trx, auteur.structure, Number(row.id), parisDay(await horloge(trx)));
      for await (const formation of format === "csv" ? readCsv(plain) : readLheo(plain))
        await essai.add(formation);
      await essai.write();
      await trx("catalogue_import").where({ id: row.id }).update({ octets: plain.octets });
      return { id: Number(row.id) };
    });
  } catch (error) {
    if (error instanceof ImportError) return { refus: error.message };
    throw error;
  }
}

/** Bytes that are counted as they go by. */
class Octets implements AsyncIterable<Uint8Array> {
  octets = 0;
  readonly #source: AsyncIterable<Uint8Array>;
  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source;
  }
  async *[Symbol.asyncIterator]() {
    for await (const bytes of this.#source) {
      this.octets += bytes.length;
      yield bytes;
    }
  }
}

interface Ligne extends FormationLue {
  readonly rang: number;
}

class Essai {
  readonly #trx: Knex.Transaction;
  readonly #structure: string;
  readonly #id: number;
  readonly #jour: string;
  #siens: ReadonlySet<string> | undefined;
  #lot: Ligne[] = [];
  #rang = 0;
  /** Line of each formation that would be created, by number and by title. */
  readonly #vues = new Map<string, number>();

  constructor(trx: Knex.Transaction, structure: string, id: number, jour: string) {
    this.#trx = trx;
    this.#structure = structure;
    this.#id = id;
    this.#jour = jour;
  }

  async add(formation: FormationLue): Promise<void> {
    this.#rang += 1;
    if (this.#rang > FORMATIONS_PAR_FICHIER)
      throw new ImportError(
        `Le fichier compte plus de ${FORMATIONS_PAR_FICHIER} formations : découpez-le en plusieurs fichiers.`,
      );
    this.#lot.push({ ...formation, rang: this.#rang });
    if (this.#lot.length >= LOT) await this.write();
  }

  async write(): Promise<void> {
    const lot = this.#lot;
    this.#lot = [];
    if (lot.length === 0) return;
    this.#siens ??= await nomsDe(this.#trx, this.#structure);
    const connues = await findConnues(this.#trx, this.#structure, lot);
    await this.#trx("catalogue_import_ligne").insert(
      lot.map((ligne) => {
        const { verdict, raisons, sessions } = this.#judge(ligne, connues.get(ligne.rang)?.phrase);
        return {
          import_id: this.#id,
          rang: ligne.rang,
          ligne: ligne.ligne,
          numero: ligne.numero.slice(0, 250),
          intitule: ligne.intitule.slice(0, 500),
          verdict,
          raisons: JSON.stringify(raisons),
          nombre_sessions: sessions.length,
          ...(verdict === "creee"
            ? { contenu: JSON.stringify(ligne.brouillon?.action), sessions: JSON.stringify(sessions) }
            : {}),
        };
      }),
    );
  }

  #judge(
    ligne: Ligne,
    connue: string | undefined,
  ): { verdict: Verdict; raisons: readonly string[]; sessions: readonly BrouillonSession[] } {
    const { brouillon, organismes, remarques } = ligne;
    if (brouillon === undefined) return { verdict: "refusee", raisons: remarques, sessions: [] };
    const [first] = organismes;
    if (first !== undefined && !organismes.some((one) => this.#siens?.has(plain(one))))
      return { verdict: "refusee", raisons: [AUTRE(first)], sessions: [] };
    if (connue !== undefined) return { verdict: "connue", raisons: [connue], sessions: [] };
    const double = this.#seen(ligne);
    if (double !== undefined)
      return {
        verdict: "refusee",
        raisons: [`La même formation est déjà à la ligne ${double} du fichier.`],
        sessions: [],
      };
    const sessions = brouillon.sessions.filter(({ fin }) => (lastDay(fin ?? "") ?? "99999999") >= this.#jour);
    return {
      verdict: "creee",
      raisons: [...remarques, ...dropped(brouillon.sessions.length - sessions.length), ...none(sessions)],
      sessions,
    };
  }

  /** Line of the one that is the same; else it is remembered. */
  #seen({ numero, intitule, ligne }: Ligne): number | undefined {
    const keys = [`numero ${numero}`, `titre ${intitule.toLowerCase()}`];
    const seen = keys.map((key) => this.#vues.get(key)).find((found) => found !== undefined);
    if (seen === undefined) for (const key of keys) this.#vues.set(key, ligne);
    return seen;
  }
}

const AUTRE = (organisme: string): string =>
  `Elle est de l'organisme « ${organisme} », qui n'est pas votre structure active : changez de structure pour l'importer.`;

const dropped = (n: number): readonly string[] =>
  n === 0
    ? []
    : [n === 1 ? "Une session terminée n'est pas reprise." : `${n} sessions terminées ne sont pas reprises.`];

const none = (sessions: readonly unknown[]): readonly string[] =>
  sessions.length === 0 ? ["Elle n'a pas de session à venir : ajoutez-en une avant de la valider."] : [];

const plain = (numero: string): string => numero.replaceAll(/[\s.]/g, "").toUpperCase();

/** Under what an organisme may be named in a file: its number, as a feed has it or not, and its SIRET. */
async function nomsDe(trx: Knex, numero: string): Promise<ReadonlySet<string>> {
  const row = await trx("structure")
    .where({ numero })
    .first("siret", trx.raw("contenu->>'numero_lheo' AS numero_lheo"));
  return new Set([numero, row?.siret, row?.numero_lheo].flatMap((one) => (one ? [plain(one)] : [])));
}
