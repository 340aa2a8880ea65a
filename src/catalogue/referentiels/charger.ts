import path from "node:path";
import type { Knex } from "knex";
import { horloge } from "../../db/index.ts";
import { addDays, parisDay } from "../../lheo/index.ts";
import type { Bloc } from "../../published/contract/index.ts";
import {
  numeroHabilitation,
  ORIGINE_REFERENTIEL,
  type Row,
  withdraw,
  writeVersions,
} from "../../published/index.ts";
import { blocOf, diplomeOf, ficheOf, type Lu, numeroOf } from "./certification.ts";
import { type Rangee, readCsv } from "./csv.ts";
import type { LigneRefusee } from "./erreur.ts";
import { findFiles } from "./fichiers.ts";

export interface ChargerOptions {
  readonly onProgress?: (lignes: number) => void;
}

/** What a loading did. */
export interface BilanReferentiel {
  readonly certifications: { readonly lues: number; readonly ecrites: number; readonly inchangees: number };
  /** Of the structures and the published organismes, by their SIRET. */
  readonly habilitations: { readonly lues: number; readonly ecrites: number; readonly retirees: number };
  readonly refusees: readonly LigneRefusee[];
  readonly ignores: readonly string[];
}

const PROGRESS = 10_000;

/**
 * Loads certifications from the public files of France compétences and of Certif Info, and who of ours may prepare for them, into
 * the contract. All or nothing, in one transaction; loading the same files again changes nothing.
 * @param chemins files or folders, see {@link findFiles}
 * @throws {ReferentielError} files that cannot be taken; a line that cannot is left out and told
 */
export async function loadCertifications(
  db: Knex,
  chemins: readonly string[],
  { onProgress = () => {} }: ChargerOptions = {},
): Promise<BilanReferentiel> {
  const { fichiers, ignores } = await findFiles(chemins);
  const lecteur = new Lecteur(onProgress);
  const hier = addDays(parisDay(await horloge(db)), -1);
  const blocs = await lecteur.blocs(fichiers.blocs);
  const diplomes = await lecteur.diplomes(fichiers.certifinfo);
  return db.transaction(async (trx) => {
    const complements = { blocs, certifinfo: diplomes.premiers, finsConnues: await finsOf(trx), hier };
    const codes = new Set<string>();
    let lues = 0;
    async function* certifications(): AsyncGenerator<Row> {
      for await (const fiche of lecteur.lignes(fichiers.standard, (ligne) => ficheOf(ligne, complements))) {
        if (codes.has(fiche.numero)) continue;
        codes.add(fiche.numero);
        lues += 1;
        yield fiche;
      }
      for (const fiche of diplomes.autres) {
        lues += 1;
        yield fiche;
      }
    }
    const ecrites = await writeVersions(trx, "certification", certifications(), {
      origine: ORIGINE_REFERENTIEL,
    });
    const droits = new Map<string, Row>();
    const declarees = new Set<string>();
    const organismes = await organismesBySiret(trx);
    for (const forme of ["certificateurs", "partenaires"] as const)
      for await (const { siret, numero } of lecteur.lignes(fichiers[forme], droitOf)) {
        if (!codes.has(numero)) continue;
        if (forme === "partenaires") declarees.add(numero);
        for (const organisme of organismes.get(siret) ?? [])
          droits.set(numeroHabilitation(organisme, numero), {
            numero: numeroHabilitation(organisme, numero),
            contenu: { organisme, certification: numero },
          });
      }
    if (fichiers.partenaires !== undefined) await keepDeclarees(trx, declarees);
    const habilitations = await writeVersions(trx, "habilitation", droits.values(), {
      origine: ORIGINE_REFERENTIEL,
    });
    const complet = fichiers.certificateurs !== undefined && fichiers.partenaires !== undefined;
    const retirees = complet ? await withdrawGone(trx, droits) : 0;
    return {
      certifications: { lues, ecrites: ecrites.created, inchangees: ecrites.unchanged },
      habilitations: { lues: droits.size, ecrites: habilitations.created, retirees },
      refusees: lecteur.refusees,
      ignores,
    };
  });
}

/** Reads files line by line and keeps what was left out. */
class Lecteur {
  readonly refusees: LigneRefusee[] = [];
  readonly #progress: (lignes: number) => void;
  #lignes = 0;

  constructor(progress: (lignes: number) => void) {
    this.#progress = progress;
  }

  async *lignes<T extends object>(
    fichier: string | undefined,
    read: (rangee: Rangee) => Lu<T> | undefined,
  ): AsyncGenerator<T> {
    if (fichier === undefined) return;
    for await (const rangee of readCsv(fichier)) {
      this.#lignes += 1;
      if (this.#lignes % PROGRESS === 0) this.#progress(this.#lignes);
      const found = read(rangee);
      if (found === undefined) continue;
      if ("raison" in found)
        this.refusees.push({ fichier: path.basename(fichier), ligne: rangee.ligne, raison: found.raison });
      else yield found;
    }
  }

  async blocs(fichier: string | undefined): Promise<ReadonlyMap<string, readonly Bloc[]>> {
    const found = new Map<string, Bloc[]>();
    for await (const { numero, bloc } of this.lignes(fichier, blocOf)) {
      const list = found.get(numero) ?? [];
      if (!list.some(({ code }) => code === bloc.code)) list.push(bloc);
      found.set(numero, list);
    }
    for (const list of found.values()) list.sort((a, b) => (a.code < b.code ? -1 : 1));
    return found;
  }

  /**
   * The diplomas of Certif Info: the first of each certification of a register gives it its code; the others, its options, and
   * those of no register are certifications of their own.
   */
  async diplomes(fichier: string | undefined) {
    const premiers = new Map<string, string>();
    const autres: Row[] = [];
    const seen = new Set<string>();
    for await (const { code, registre, publie, intitule, niveau } of this.lignes(fichier, diplomeOf)) {
      if (!publie || intitule === "" || seen.has(code)) continue;
      seen.add(code);
      if (registre !== undefined && !premiers.has(registre)) {
        premiers.set(registre, code);
        continue;
      }
      const rncp = registre?.startsWith("RNCP") === true;
      autres.push({
        numero: `CERTIFINFO${code}`,
        contenu: {
          type: registre === undefined ? "autre" : rncp ? "rncp" : "rs",
          intitule,
          code_certifinfo: code,
          ...(registre === undefined ? {} : rncp ? { code_rncp: registre } : { code_rs: registre }),
          niveau,
        },
      });
    }
    return { premiers, autres };
  }
}

/** Who may train: who only organises the exam may not. */
function droitOf({ cellules }: Rangee): { readonly siret: string; readonly numero: string } | undefined {
  const siret = cellules.Siret_Certificateur ?? cellules.Siret_Partenaire ?? "";
  const numero = numeroOf(cellules.Numero_Fiche);
  if (siret === "" || numero === undefined || cellules.Habilitation_Partenaire === "HABILITATION_ORGANISER")
    return undefined;
  return { siret: siret.replaceAll(/\s/g, ""), numero };
}

async function finsOf(trx: Knex.Transaction): Promise<ReadonlyMap<string, string>> {
  const { rows } = await trx.raw<{ rows: { numero: string; fin: string }[] }>(
    `SELECT DISTINCT ON (numero) numero, contenu->>'fin_validite' AS fin FROM published_certification
     WHERE retired_at IS NULL AND contenu->>'fin_validite' IS NOT NULL ORDER BY numero, version DESC`,
  );
  return new Map(rows.map(({ numero, fin }) => [numero, fin]));
}

/** Numbers of our bodies by SIRET: those that write here, and those that are published. */
async function organismesBySiret(trx: Knex.Transaction): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { rows } = await trx.raw<{ rows: { numero: string; siret: string }[] }>(
    `SELECT numero, siret FROM structure WHERE type = 'organisme' AND siret IS NOT NULL
     UNION SELECT numero, contenu->>'siret' FROM published_organisme WHERE retired_at IS NULL`,
  );
  const found = new Map<string, Set<string>>();
  for (const { numero, siret } of rows) found.set(siret, (found.get(siret) ?? new Set()).add(numero));
  return found;
}

/** What the file of partners says, no more and no less. */
async function keepDeclarees(trx: Knex.Transaction, numeros: ReadonlySet<string>): Promise<void> {
  await trx("certification_declaree").delete();
  await trx.raw("INSERT INTO certification_declaree SELECT unnest(?::text[])", [[...numeros]]);
}

/** Rights that the register gave and no longer gives. */
async function withdrawGone(trx: Knex.Transaction, droits: ReadonlyMap<string, Row>): Promise<number> {
  const { rows } = await trx.raw<{ rows: { numero: string }[] }>(
    `SELECT numero FROM (
       SELECT DISTINCT ON (numero) numero, origine FROM published_habilitation WHERE retired_at IS NULL
        ORDER BY numero, version DESC) h WHERE origine = ?`,
    [ORIGINE_REFERENTIEL],
  );
  const gone = rows.flatMap(({ numero }) => (droits.has(numero) ? [] : [numero]));
  const { numeros } = await withdraw(trx, "habilitation", gone, { motif: "absent_de_la_source" });
  return numeros.length;
}
