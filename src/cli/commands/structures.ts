import { readFile } from "node:fs/promises";
import {
  attach,
  createStructure,
  createStructureKey,
  detach,
  type Gerant,
  LIBELLES_PROFILS,
  LIBELLES_TYPES,
  PROFILS,
  type ProfilDeStructure,
  type Refus,
  type RefusDeSaisie,
  readRattachements,
  readStructureKeys,
  revokeStructureKey,
  searchStructures,
  setStructureOuverte,
  TYPES_STRUCTURE,
  type TypeStructure,
} from "../../catalogue/index.ts";
import { openDatabase, readContext, withDatabase } from "../context.ts";
import { acteur } from "../operateur.ts";
import { EXIT, Failure, instant, print, printJson, say, table } from "../output.ts";

/** Who is at the terminal looks after all structures. */
const gerant = (): Gerant => ({ acteur: acteur(), administrateur: true });

/** `offre-info structures list [texte]`. */
export async function listCommand(texte: string | undefined, options: { json?: true }): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const structures = await searchStructures(db, { texte: texte ?? "", limit: 1000, fermees: true });
    if (options.json === true) return printJson(structures);
    if (structures.length === 0) return print("Aucune structure : offre-info structures create <type>");
    print(
      table(
        ["Numéro", "Type", "SIRET", "Comptes", "Nom"],
        structures.map(({ numero, type, siret, rattaches, nom, disabled_at }) => [
          numero,
          LIBELLES_TYPES[type],
          siret ?? "",
          String(rattaches),
          `${nom}${disabled_at === null ? "" : " (fermée)"}`,
        ]),
      ),
    );
  });
}

/** `offre-info structures create`: the fields of an organisme come from a JSON file. */
export async function createCommand(
  type: string,
  {
    numero,
    fichier,
    ...saisie
  }: {
    numero?: string;
    fichier?: string;
    nom?: string;
    siret?: string;
    ville?: string;
    departement?: string;
  },
): Promise<void> {
  const read = fichier === undefined ? {} : parse(await readFile(fichier, "utf8"), fichier);
  const vide = { siret: "", ville: "", departement: "" };
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const made = done(
      await createStructure(db, gerant(), {
        type: typeOf(type),
        ...(numero === undefined ? {} : { numero }),
        saisie: { ...vide, ...read, ...saisie },
      }),
    );
    print(`La structure « ${made.numero} » est créée.`);
  });
}

function parse(text: string, fichier: string): object {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read === "object" && read !== null) return read;
  } catch {
    // Said below, in French.
  }
  throw new Failure(`${fichier} ne contient pas un objet JSON.`, EXIT.usage);
}

/** `offre-info structures members`. */
export async function membersCommand(structure: string, options: { json?: true }): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const members = await readRattachements(db, gerant(), structure);
    if ("refus" in members) throw new Failure(members.refus, EXIT.negative);
    if (options.json === true) return printJson(members);
    if (members.length === 0) return print("Personne n'est rattaché à cette structure.");
    print(
      table(
        ["N°", "Compte", "Profil", "Référent"],
        members.map(({ id, identifiant, profil, referent }) => [
          String(id),
          identifiant,
          LIBELLES_PROFILS[profil],
          referent ? "oui" : "non",
        ]),
      ),
    );
  });
}

/** `offre-info structures attach`. */
export async function attachCommand(
  identifiant: string,
  structure: string,
  profil: string,
  options: { referent?: true },
): Promise<void> {
  const asked = { identifiant, structure, profil: profilOf(profil), referent: options.referent === true };
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    done(await attach(db, gerant(), asked));
    print(`« ${identifiant} » est rattaché à « ${structure} » : ${LIBELLES_PROFILS[asked.profil]}.`);
  });
}

/** `offre-info structures detach`. */
export async function detachCommand(id: string): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    done(await detach(db, gerant(), numberOf(id)));
    print(`Le rattachement ${id} a pris fin.`);
  });
}

/** `offre-info structures close|open`. */
export async function openCommand(structure: string, ouverte: boolean): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    done(await setStructureOuverte(db, gerant(), structure, ouverte));
    print(`La structure « ${structure} » est ${ouverte ? "ouverte" : "fermée"}.`);
  });
}

/** `offre-info structures keys`. */
export async function keysCommand(structure: string, options: { json?: true }): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const keys = await readStructureKeys(db, gerant(), structure);
    if ("refus" in keys) throw new Failure(keys.refus, EXIT.negative);
    if (options.json === true) return printJson(keys);
    if (keys.length === 0) return print("Aucune clé.");
    for (const { id, nom, debut, last_used_at, revoked_at } of keys)
      print(
        `${String(id).padStart(5)}  ${(debut ?? "").padEnd(9)} ${nom.padEnd(24)} ${
          revoked_at !== null
            ? "révoquée"
            : last_used_at === null
              ? "jamais utilisée"
              : `utilisée le ${instant(last_used_at)}`
        }`,
      );
  });
}

/** `offre-info structures key`: the key is on the standard output, alone, and nowhere else. */
export async function createKeyCommand(structure: string, options: { nom: string }): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const { cle } = done(await createStructureKey(db, gerant(), { structure, nom: options.nom }));
    say("Clé montrée cette seule fois, pour /api/v1. À donner par Authorization: Bearer <clé>.");
    print(cle);
  });
}

/** `offre-info structures revoke`. */
export async function revokeKeyCommand(id: string): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    done(await revokeStructureKey(db, gerant(), numberOf(id)));
    print(`La clé ${id} est révoquée : elle n'ouvre plus rien.`);
  });
}

const numberOf = (id: string): number => (/^\d{1,15}$/.test(id) ? Number(id) : 0);

function typeOf(text: string): TypeStructure {
  const type = TYPES_STRUCTURE.find((one) => one === text);
  if (type !== undefined) return type;
  throw new Failure(`« ${text} » n'est pas un type : ${TYPES_STRUCTURE.join(", ")}.`, EXIT.usage);
}

function profilOf(text: string): ProfilDeStructure {
  const profil = PROFILS.find((one) => one === text || LIBELLES_PROFILS[one] === text);
  if (profil !== undefined) return profil;
  throw new Failure(`« ${text} » n'est pas un profil : ${PROFILS.join(", ")}.`, EXIT.usage);
}

function done<T extends object>(result: T | RefusDeSaisie | Refus): T {
  if (!("refus" in result)) return result;
  const { refus, erreurs = {} } = result as RefusDeSaisie;
  const lines = Object.entries(erreurs).map(([champ, texte]) => `  ${champ} : ${texte}`);
  throw new Failure([refus, ...lines].join("\n"), EXIT.negative);
}
