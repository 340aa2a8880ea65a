import { type Ancre, readActs, type Verified, verifyAudit } from "../../audit/index.ts";
import { openDatabase, readContext, withDatabase } from "../context.ts";
import { count, EXIT, Failure, instant, print, printJson, say, table } from "../output.ts";

/** `offre-info audit verify`: exit 1 when the chain is broken. */
export async function verifyCommand(options: { from: string; ancre?: string; json?: true }): Promise<void> {
  const from = whole(options.from);
  const ancre = options.ancre === undefined ? undefined : ancreOf(options.ancre);
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const verified = await verifyAudit(db, { from, ancre });
    if (options.json === true) printJson(verified);
    else print(describe(verified));
    if (verified.rupture !== undefined) process.exitCode = EXIT.negative;
  });
}

function describe({ lignes, tete, rupture }: Verified): string {
  if (rupture !== undefined)
    return `Le journal est rompu à la ligne ${rupture.id} : ${rupture.raison}\nRien ne l'a rompu de soi-même : cherchez qui a eu accès à la base, et comparez avec une sauvegarde.`;
  const head = tete === undefined ? "" : `\nTête, à noter ailleurs : --ancre ${tete.id}:${tete.hash}`;
  return `${count(lignes)} ligne(s) vérifiée(s), rien n'a été touché.${head}`;
}

/** `offre-info audit list`. */
export async function listCommand(options: {
  objet?: string;
  acteur?: string;
  avant?: string;
  limit: string;
  json?: true;
}): Promise<void> {
  const limit = whole(options.limit);
  const avant = options.avant === undefined ? undefined : whole(options.avant);
  const objet = options.objet === undefined ? undefined : objetOf(options.objet);
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const rows = await readActs(db, { objet, acteur: options.acteur, avant, limit });
    if (options.json === true) return printJson(rows);
    if (rows.length === 0) return say("Aucun acte.");
    print(
      table(
        ["n°", "quand", "qui", "acte", "objet", "motif"],
        rows.map((row) => [
          String(row.id),
          instant(row.at),
          row.acteur,
          row.acte,
          `${row.objet_type}:${row.objet_id}`,
          row.motif ?? "",
        ]),
      ),
    );
    if (rows.length === limit) say(`Suite : --avant ${rows.at(-1)?.id}`);
  });
}

function whole(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new Failure(`Nombre « ${text} » refusé : un entier à partir de 1.`, EXIT.usage);
}

function objetOf(text: string): { type: string; id: string } {
  const [, type, id] = /^([a-z]+):(.+)$/.exec(text) ?? [];
  if (type !== undefined && id !== undefined) return { type, id };
  throw new Failure(`Objet « ${text} » refusé : attendu type:id, par exemple partenaire:kairos.`, EXIT.usage);
}

function ancreOf(text: string): Ancre {
  const [, id, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (id !== undefined && hash !== undefined) return { id: Number(id), hash };
  throw new Failure(`Ancre « ${text} » refusée : attendu ligne:hash, comme verify l'écrit.`, EXIT.usage);
}
