import path from "node:path";
import { type BuiltFeed, buildFeed, ProfilSansFlux } from "../../edition/index.ts";
import { PROFILS, type Profil } from "../../feed/index.ts";
import { readProfils, seedProfils } from "../../partner/index.ts";
import { StoreError } from "../../snapshot/index.ts";
import { startXsd } from "../../validation/index.ts";
import { openDatabase, openThrowaway, readContext, withDatabase } from "../context.ts";
import { describeCounts } from "../notices.ts";
import { bytes, count, EXIT, Failure, print, printJson, say } from "../output.ts";
import { loadDemoShown, readSize } from "./demo.ts";

interface Options {
  readonly profile: string;
  readonly out: string;
  readonly demo?: string;
  readonly json?: true;
}

const STEP = 5_000;

/** `offre-info feed`: one feed in a folder, nothing recorded. */
export async function feed(options: Options): Promise<void> {
  const size = options.demo === undefined ? undefined : readSize(options.demo);
  const context = readContext();
  const opening = size === undefined ? openDatabase(context) : openThrowaway();
  await withDatabase(opening, async ({ db }) => {
    if (size !== undefined) await loadDemoShown(db, size);
    await seedProfils(db, PROFILS);
    const profil = findProfil(await readProfils(db), options.profile);
    const xsd = startXsd();
    try {
      const built = await build(() =>
        buildFeed(db, {
          profil,
          base: context.config.base,
          xsd,
          dir: options.out,
          progress: everySo((actions) => say(`${count(actions)} actions écrites…`)),
        }),
      );
      if (options.json === true) printJson(summary(built, options.out));
      else print(describe(built, options.out));
    } finally {
      await xsd.close();
    }
  });
}

/** Tells each time that another so many are done. */
function everySo(tell: (done: number) => void): (done: number) => void {
  let next = STEP;
  return (done) => {
    if (done < next) return;
    tell(done);
    next = (Math.floor(done / STEP) + 1) * STEP;
  };
}

function findProfil(profils: readonly Profil[], id: string): Profil {
  const found = profils.find((profil) => profil.id === id);
  if (found !== undefined) return found;
  const known = profils.map((profil) => profil.id).join(", ");
  throw new Failure(`Profil « ${id} » inconnu. Profils : ${known}.`, EXIT.usage);
}

async function build(run: () => Promise<BuiltFeed>): Promise<BuiltFeed> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ProfilSansFlux) throw new Failure(error.message, EXIT.usage);
    if (error instanceof StoreError) throw new Failure(error.message);
    throw error;
  }
}

function summary({ snapshot, compte, notices, durees }: BuiltFeed, dir: string) {
  return {
    profil: snapshot.profil,
    fichier: snapshot.file === null ? null : path.join(dir, "offre-info.xml"),
    sha256: snapshot.file?.sha256 ?? null,
    octets: snapshot.file?.octets ?? 0,
    ...compte,
    notices,
    durees,
  };
}

function describe({ snapshot, compte, notices }: BuiltFeed, dir: string): string {
  const aside = `${count(compte.formationsEcartees)} formations et ${count(compte.sessionsEcartees)} sessions écartées`;
  if (snapshot.file === null) {
    return `Profil ${snapshot.profil} : rien à diffuser (${aside}), donc pas de fichier. Voir ${path.join(dir, "notices.json")}.`;
  }
  return [
    `Profil ${snapshot.profil} : ${count(compte.formations)} formations, ${count(compte.actions)} actions, ${count(compte.sessions)} sessions ; ${aside}.`,
    `${path.join(dir, "offre-info.xml")} : ${bytes(snapshot.file.octets)} (gzip : ${bytes(snapshot.file.octetsGz)})`,
    `sha256 : ${snapshot.file.sha256}`,
    `Notices par code (le détail est dans ${path.join(dir, "notices.json")}) :`,
    ...describeCounts(
      Object.fromEntries(Object.entries(notices).map(([code, { nombre }]) => [code, nombre])),
    ),
  ].join("\n");
}
