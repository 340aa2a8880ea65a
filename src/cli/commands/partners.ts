import { readFile } from "node:fs/promises";
import {
  type Defined,
  definePartner,
  defineProfil,
  readPartner,
  readPartners,
  readProfils,
} from "../../partner/index.ts";
import { openDatabase, readContext, withDatabase } from "../context.ts";
import { acteur } from "../operateur.ts";
import { EXIT, Failure, print, printJson, table } from "../output.ts";

/** `offre-info partners list`. */
export async function listPartnersCommand(options: { json?: true }): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const partners = await readPartners(db);
    if (options.json === true) printJson(partners);
    else if (partners.length === 0) print("Aucun destinataire : offre-info partners set <fichier.json>");
    else
      print(
        table(
          ["destinataire", "nom", "profil", "par", "état"],
          partners.map(({ id, nom, profil, transport, etat, etatMotif }) => [
            id,
            nom,
            profil,
            transport.type,
            etatMotif === null ? etat.replace("_", " ") : `${etat.replace("_", " ")} : ${etatMotif}`,
          ]),
        ),
      );
  });
}

/** `offre-info partners show`: what `set` takes back. */
export async function showPartnerCommand(id: string): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const partner = await readPartner(db, id);
    if (partner === undefined) throw new Failure(`Aucun destinataire ne s'appelle « ${id} ».`, EXIT.negative);
    const { etat: _, etatMotif: __, ...definition } = partner;
    printJson(definition);
  });
}

/** `offre-info partners set`. */
export async function setPartnerCommand(file: string): Promise<void> {
  const given = await readJson(file);
  await withDatabase(openDatabase(readContext()), async ({ db }) =>
    tell(await definePartner(db, given, acteur()), "destinataire"),
  );
}

/** `offre-info profiles list`. */
export async function listProfilsCommand(options: { json?: true }): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const profils = await readProfils(db);
    if (options.json === true) return printJson(profils);
    print(
      table(
        ["profil", "nom", "servi", "attente", "visible", "accès"],
        profils.map(({ id, nom, mode, attente, visibilite, acces }) => [
          id,
          nom,
          Array.isArray(mode) ? mode.join(" et ") : `par ${mode.via}`,
          attente === 0 ? "aucune" : `${attente} j`,
          `${visibilite} j`,
          acces,
        ]),
      ),
    );
  });
}

/** `offre-info profiles show`: what `set` takes back. */
export async function showProfilCommand(id: string): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const profil = (await readProfils(db)).find((one) => one.id === id);
    if (profil === undefined) throw new Failure(`Aucun profil ne s'appelle « ${id} ».`, EXIT.negative);
    printJson(profil);
  });
}

/** `offre-info profiles set`. */
export async function setProfilCommand(file: string): Promise<void> {
  const given = await readJson(file);
  await withDatabase(openDatabase(readContext()), async ({ db }) =>
    tell(await defineProfil(db, given, acteur()), "profil"),
  );
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new Failure(`Le fichier « ${file} » est introuvable ou illisible.`, EXIT.usage);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(
      `« ${file} » n'est pas du JSON : ${error instanceof Error ? error.message : String(error)}`,
      EXIT.usage,
    );
  }
}

function tell(defined: Defined, what: string): void {
  if ("refus" in defined)
    throw new Failure(
      [`Ce ${what} est refusé, rien n'est changé :`, ...defined.refus.map((one) => `  - ${one}`)].join("\n"),
      EXIT.negative,
    );
  const words = { cree: "est créé", modifie: "est modifié", inchange: "était déjà ainsi" };
  print(`Le ${what} ${words[defined.fait]}.`);
}
