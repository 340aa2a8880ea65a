import { constants, mkdirSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { findBinaries, startEmbedded } from "../db/index.ts";
import { bad, type Check, good, reason } from "./check.ts";

const NODE = [20, 19] as const;
const FREE_BYTES = 2e9;

export function checkNode(version: string = process.versions.node): Check {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const enough = major > NODE[0] || (major === NODE[0] && minor >= NODE[1]);
  const what = "Version de Node";
  return enough
    ? good(what, version)
    : bad(what, version, `Installez Node ${NODE.join(".")} ou plus récent (nodejs.org).`);
}

/** The folder of files and of the embedded database: there or can be made, and open to this account. */
export async function checkDataDir(dir: string): Promise<Check> {
  const what = "Dossier des données";
  const full = path.resolve(dir);
  try {
    mkdirSync(full, { recursive: true });
    await access(full, constants.W_OK | constants.X_OK);
    return good(what, full);
  } catch (error) {
    return bad(
      what,
      `${full} : ${reason(error)}`,
      "Donnez à ce compte le droit d'y écrire, ou un autre dossier dans DATA_DIR.",
    );
  }
}

export function checkDisk(dir: string, wanted: number = FREE_BYTES): Check {
  const what = "Place sur le disque";
  try {
    const { bavail, bsize } = statfsSync(path.resolve(dir));
    const free = bavail * bsize;
    const seen = `${gigabytes(free)} libres`;
    if (free >= wanted) return good(what, seen);
    return bad(
      what,
      seen,
      `Libérez de la place : il en faut au moins ${gigabytes(wanted)} pour écrire les flux sans risque.`,
    );
  } catch (error) {
    return bad(what, reason(error), "Vérifiez DATA_DIR.");
  }
}

/** Does PostgreSQL from the npm packages really start here? Tried on a folder of its own. */
export async function checkEmbedded(): Promise<Check> {
  const what = "Base embarquée";
  const dir = mkdtempSync(path.join(tmpdir(), "offre-info-doctor-"));
  try {
    findBinaries();
    const server = await startEmbedded({ dir, ephemeral: true });
    await server.stop();
    return good(what, "démarre et s'arrête");
  } catch (error) {
    return bad(
      what,
      reason(error),
      "Suivez l'indication ci-dessus, ou donnez l'adresse d'un PostgreSQL dans DATABASE_URL.",
    );
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const XSD = new URL("../../xsd/lheo-2.3.xsd", import.meta.url);

export async function checkXsd(file: URL = XSD): Promise<Check> {
  const what = "Schéma LHEO 2.3";
  try {
    const text = await readFile(file, "utf8");
    if (text.includes('targetNamespace="http://lheo.gouv.fr/2.3"')) return good(what, file.pathname);
    return bad(what, `${file.pathname} n'est pas le schéma LHEO 2.3`, "Reprenez ce fichier du dépôt.");
  } catch (error) {
    return bad(what, reason(error), "Reprenez xsd/lheo-2.3.xsd du dépôt.");
  }
}

function gigabytes(count: number): string {
  return `${new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 1 }).format(count / 1e9)} Go`;
}
