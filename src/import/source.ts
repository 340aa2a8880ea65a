import { createReadStream } from "node:fs";
import { LheoError, NAMESPACE, splitFormations } from "../lheo/index.ts";
import { ImportError } from "./erreur.ts";
import { gunzipIfNeeded } from "./gzip.ts";

type Evenement = ReturnType<typeof splitFormations> extends AsyncGenerator<infer E> ? E : never;
type Racine = Extract<Evenement, { kind: "root" }>;

/** A file as it is told in the report. */
export type EnTete = Pick<Racine, "version" | "encoding">;

const EDOF = /moncompteformation/i;

/** Refuses what is no LHEO offer, saying what it is taken for. */
function checkRoot({ root, namespace, version }: Racine): void {
  if (root !== "lheo") {
    const what =
      root === "lheo-index"
        ? "un fichier de résumés, sans le détail des formations"
        : "autre chose qu'une offre de formation";
    throw new ImportError(
      `L'élément racine est « ${root} » : c'est ${what}. Un fichier Offre Info commence par « lheo ».`,
      1,
    );
  }
  if (EDOF.test(namespace)) {
    throw new ImportError(
      `Ce fichier est au format EDOF de Mon Compte Formation (« ${namespace} ») : les noms ressemblent à ceux de LHEO mais le langage est un autre. Demandez à l'organisme un export LHEO 2.3.`,
      1,
    );
  }
  if (version === "inconnue") {
    const seen =
      namespace === "" ? "ne déclare aucun espace de noms" : `déclare l'espace de noms « ${namespace} »`;
    throw new ImportError(
      `Le fichier ${seen} : LHEO 2.3 est « ${NAMESPACE} », LHEO 2.2 « http://www.lheo.org/2.2 ». Corrigez l'attribut xmlns de l'élément « lheo ».`,
      1,
    );
  }
}

async function* readFile(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const bytes of createReadStream(path)) yield bytes;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    const reason = error.code === "ENOENT" ? "n'existe pas" : `ne se lit pas (${String(error.code)})`;
    throw new ImportError(`Le fichier « ${path} » ${reason}.`);
  }
}

/**
 * The bytes of a file that somebody gave, gzip undone where it is one: a small file can hold a very large one.
 * @param most bytes once gzip is undone
 * @throws {ImportError} a longer one, broken gzip
 */
export async function* plainBytes(
  source: AsyncIterable<Uint8Array>,
  most: number,
): AsyncGenerator<Uint8Array> {
  let octets = 0;
  for await (const bytes of gunzipIfNeeded(source)) {
    octets += bytes.length;
    if (octets > most)
      throw new ImportError(
        `Le fichier dépasse ${Math.floor(most / 1_000_000)} Mo une fois décompressé : découpez-le en plusieurs fichiers.`,
      );
    yield bytes;
  }
}

/**
 * What a file holds, formation by formation, one in memory at a time.
 * @param source its path, or its bytes; gzip is undone
 * @throws {ImportError} not LHEO 2.2 or 2.3, no formation, XML or gzip that cannot be read
 */
export async function* readSource(source: string | AsyncIterable<Uint8Array>): AsyncGenerator<Evenement> {
  const bytes = typeof source === "string" ? readFile(source) : source;
  try {
    for await (const event of splitFormations(gunzipIfNeeded(bytes))) {
      if (event.kind === "root") checkRoot(event);
      if (event.kind === "end" && event.formations === 0)
        throw new ImportError("Le fichier ne contient aucune formation : il n'y a rien à importer.");
      yield event;
    }
  } catch (error) {
    if (error instanceof LheoError) throw new ImportError(`${error.message}.`, error.line);
    throw error;
  }
}
