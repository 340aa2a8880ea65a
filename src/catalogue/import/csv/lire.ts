import { type CsvError, parse } from "csv-parse/sync";
import { ImportError } from "../../../import/index.ts";
import { zBrouillonAction, zBrouillonSession } from "../../contenu.ts";
import { encodageDe, separateurDe } from "../../csv.ts";
import { type Objet, put } from "../../objet.ts";
import type { FormationLue } from "../formation.ts";
import { COLONNES, type Colonne, ValeurRefusee } from "./colonnes.ts";

/** One line of the file: its number, and its cells that hold something, by column. */
interface Rangee {
  readonly ligne: number;
  readonly cellules: ReadonlyMap<string, string>;
}

/**
 * The formations of a CSV file, whole: its lines come in any order. UTF-8 or Windows-1252; commas, semicolons or tabs.
 * @throws {ImportError} a file that is not such a table
 */
export async function* readCsv(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<FormationLue> {
  const groups = new Map<string, Rangee[]>();
  for (const rangee of rowsOf(await textOf(bytes))) {
    const key =
      rangee.cellules.get("formation") ?? rangee.cellules.get("intitule") ?? `ligne ${rangee.ligne}`;
    // All the lines of a file may be of one formation.
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [rangee]);
    else group.push(rangee);
  }
  if (groups.size === 0)
    throw new ImportError("Le fichier ne contient aucune ligne : il n'y a rien à importer.");
  for (const [key, rows] of groups) yield formationOf(key, rows);
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  const whole = Buffer.concat(chunks);
  if (whole.includes(0))
    throw new ImportError("Ce n'est pas un fichier texte : enregistrez-le au format CSV.");
  return new TextDecoder(encodageDe(whole)).decode(whole);
}

function rowsOf(texte: string): Rangee[] {
  const records = parsed(texte);
  const header = (records[0]?.record ?? []).map((nom) => nom.trim().toLowerCase());
  const unknown = header.filter((nom) => nom !== "" && !COLONNES.some((colonne) => colonne.nom === nom));
  const names = COLONNES.map(({ nom }) => nom).join(", ");
  if (unknown.length > 0)
    throw new ImportError(
      `Colonne inconnue : ${unknown.map((nom) => `« ${nom.slice(0, 40)} »`).join(", ")}. Colonnes permises : ${names}.`,
      1,
    );
  if (!header.includes("intitule"))
    throw new ImportError(
      `La première ligne doit nommer les colonnes, dont « intitule ». Colonnes permises : ${names}.`,
      1,
    );
  return records.slice(1).map(({ record, info }) => ({
    ligne: info.lines,
    cellules: new Map(
      header.flatMap((nom, rank) => {
        const value = (record[rank] ?? "").trim();
        return nom === "" || value === "" ? [] : [[nom, value] as const];
      }),
    ),
  }));
}

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function parsed(texte: string): readonly Parsed[] {
  try {
    return parse(texte, {
      bom: true,
      delimiter: separateurDe(texte),
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    }) as never;
  } catch (error) {
    const { lines } = error as CsvError;
    throw new ImportError(
      `La ligne ${String(lines ?? "?")} n'est pas du CSV : un guillemet n'est pas refermé, ou un texte qui en contient n'est pas entre guillemets.`,
    );
  }
}

function formationOf(key: string, rows: readonly Rangee[]): FormationLue {
  const [first] = rows;
  const remarques: string[] = [];
  const action = readAction(rows, remarques);
  const sessions = rows.flatMap((row) => readSession(row, remarques));
  const siret = first?.cellules.get("siret");
  const intitule = first?.cellules.get("intitule") ?? "";
  const refusees = remarques.length > 0;
  return {
    ligne: first?.ligne ?? 1,
    numero: key,
    intitule,
    organismes: siret === undefined ? [] : [siret],
    brouillon: intitule === "" || refusees ? undefined : { action, sessions },
    remarques: intitule === "" ? ["L'intitulé manque.", ...remarques] : remarques,
  };
}

const DE_L_ACTION = COLONNES.filter(({ fiche }) => fiche === "action");
const DE_LA_SESSION = COLONNES.filter(({ fiche }) => fiche === "session");

/** Values of the action are given on any of its lines; two that differ are a mistake. */
function readAction(rows: readonly Rangee[], remarques: string[]) {
  const values = DE_L_ACTION.flatMap((colonne) => {
    const given = rows.flatMap(({ ligne, cellules }) => {
      const texte = cellules.get(colonne.nom);
      return texte === undefined ? [] : [{ ligne, texte }];
    });
    const [first] = given;
    if (first === undefined) return [];
    const other = given.find(({ texte }) => texte !== first.texte);
    if (other !== undefined)
      remarques.push(
        `« ${colonne.nom} » n'est pas le même aux lignes ${first.ligne} et ${other.ligne}, qui sont d'une même formation : écrivez-le une fois.`,
      );
    return readCell(colonne, first.texte, first.ligne, remarques);
  });
  const { modalites, ...contenu } = nested(values);
  return zBrouillonAction.parse({ ...contenu, ...withHeures(modalites) });
}

function readSession({ ligne, cellules }: Rangee, remarques: string[]) {
  const values = DE_LA_SESSION.flatMap((colonne) => {
    const texte = cellules.get(colonne.nom);
    return texte === undefined ? [] : readCell(colonne, texte, ligne, remarques);
  });
  if (values.length === 0) return [];
  const { lieux, contacts, ...contenu } = nested(values);
  return [
    zBrouillonSession.parse({
      ...contenu,
      ...(lieux === undefined ? {} : { lieux: [{ principal: true, ...firstOf(lieux, ADRESSE) }] }),
      ...(contacts === undefined ? {} : { contacts: [firstOf(contacts, {})] }),
    }),
  ];
}

type Value = readonly [champ: string, value: unknown];

function readCell({ nom, champ, lire }: Colonne, texte: string, ligne: number, remarques: string[]): Value[] {
  const value = lire(texte);
  if (!(value instanceof ValeurRefusee)) return [[champ, value]];
  remarques.push(
    `Ligne ${ligne}, « ${nom} » : « ${texte.slice(0, 60)} » ne se lit pas ; attendu : ${value.attendu}.`,
  );
  return [];
}

/** Ranks are keys like others. */
const nested = (values: readonly Value[]): Objet =>
  values.reduce<Objet>((whole, [champ, value]) => put(whole, champ, value), {});

function withHeures(modalites: unknown): Objet {
  if (modalites === undefined) return {};
  const { heures_par_modalite, ...rest } = modalites as Objet;
  const heures = Object.entries((heures_par_modalite ?? {}) as Record<string, number>);
  return {
    modalites: {
      ...rest,
      ...(heures.length === 0
        ? {}
        : { heures_par_modalite: heures.map(([modalite, n]) => ({ modalite, heures: n })) }),
    },
  };
}

/** What an address has in any case; the form asks for it. */
const ADRESSE = { code_postal: "", ville: "" } as const;

function firstOf(list: unknown, adresse: Objet): Objet {
  const { coordonnees } = (list as Record<string, { coordonnees: Objet }>)["0"] ?? { coordonnees: {} };
  const own = coordonnees.adresse as Objet | undefined;
  return {
    coordonnees: { ...coordonnees, ...(own === undefined ? {} : { adresse: { ...adresse, ...own } }) },
  };
}
