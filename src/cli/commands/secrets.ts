import type { Knex } from "knex";
import { recordAct } from "../../audit/index.ts";
import type { Config } from "../../config/index.ts";
import {
  isSecretName,
  type Keyring,
  KeyringError,
  listSecrets,
  openKeyring,
  readPartner,
  removeSecret,
  rotateSecrets,
  SECRETS,
  type SecretName,
  writeSecret,
} from "../../partner/index.ts";
import { openDatabase, readContext, withDatabase } from "../context.ts";
import { acteur } from "../operateur.ts";
import { EXIT, Failure, instant, print, printJson, say } from "../output.ts";
import { readSecret } from "../saisie.ts";

/** `offre-info secrets set`: the value never is an argument, which every process of the machine could read. */
export async function setCommand(partner: string, nom: string): Promise<void> {
  const context = readContext();
  await withDatabase(openDatabase(context), async ({ db }) => {
    const name = nameOf(nom);
    await refuseUnknown(db, partner);
    const keyring = await keyringOf(context.config);
    if (keyring.length === 0)
      throw new Failure(
        "Aucune clé pour chiffrer : donnez SECRETS_KEY, 32 octets en base64 (openssl rand -base64 32), aux mêmes machines que les diffusions.",
      );
    const texte = await readSecret(`${name} de « ${partner} » : `);
    await db.transaction(async (trx) => {
      await writeSecret(trx, keyring, { partner, nom: name, texte });
      await record(trx, "secret.ecrire", partner, { nom: name });
    });
    print(`Le secret « ${name} » du destinataire « ${partner} » est enregistré.`);
  });
}

/** `offre-info secrets list`. */
export async function listCommand(partner: string | undefined, options: { json?: true }): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    if (partner !== undefined) await refuseUnknown(db, partner);
    const found = await listSecrets(db, partner);
    if (options.json === true) printJson(found);
    else if (found.length === 0) print("Aucun secret n'est enregistré.");
    else
      for (const { partner: id, nom, cleId, updatedAt } of found)
        print(`${id.padEnd(20)} ${nom.padEnd(24)} clé ${cleId}  ${instant(updatedAt)}`);
  });
}

/** `offre-info secrets remove`. */
export async function removeCommand(partner: string, nom: string): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    await db.transaction(async (trx) => {
      if (!(await removeSecret(trx, partner, nom)))
        throw new Failure(
          `Le destinataire « ${partner} » n'a pas de secret « ${nom} ». Voyez : offre-info secrets list ${partner}`,
          EXIT.negative,
        );
      await record(trx, "secret.effacer", partner, { nom });
    });
    print(`Le secret « ${nom} » du destinataire « ${partner} » est effacé.`);
  });
}

/** `offre-info secrets rotate`: exit 1 when some could not be read. */
export async function rotateCommand(): Promise<void> {
  const context = readContext();
  await withDatabase(openDatabase(context), async ({ db }) => {
    const keyring = await keyringOf(context.config);
    const [first] = keyring;
    if (first === undefined)
      throw new Failure(
        "Aucune clé : donnez SECRETS_KEY, la nouvelle clé d'abord, puis l'ancienne après une virgule.",
      );
    const { rechiffres, illisibles } = await rotateSecrets(db, keyring);
    if (rechiffres > 0)
      await db.transaction((trx) =>
        recordAct(trx, {
          acteur: acteur(),
          acte: "secret.rechiffrer",
          objet: { type: "cle", id: first.id },
          detail: { rechiffres },
        }),
      );
    print(`${rechiffres} secret(s) chiffré(s) de nouveau avec la clé ${first.id}.`);
    for (const phrase of illisibles) say(phrase);
    if (illisibles.length > 0) process.exitCode = EXIT.negative;
    else print("Les anciennes clés peuvent être retirées de SECRETS_KEY.");
  });
}

function nameOf(nom: string): SecretName {
  if (isSecretName(nom)) return nom;
  const known = Object.entries(SECRETS).map(([name, use]) => `  ${name.padEnd(16)} ${use}`);
  throw new Failure(
    [
      `« ${nom} » n'est pas un nom de secret. Les noms :`,
      ...known,
      "  entete.<nom>     valeur d'un en-tête HTTP secret",
    ].join("\n"),
    EXIT.usage,
  );
}

async function refuseUnknown(db: Knex, partner: string): Promise<void> {
  if ((await readPartner(db, partner)) !== undefined) return;
  throw new Failure(`Aucun destinataire ne s'appelle « ${partner} ».`, EXIT.negative);
}

async function keyringOf(config: Config): Promise<Keyring> {
  try {
    return await openKeyring(config);
  } catch (error) {
    if (error instanceof KeyringError) throw new Failure(error.message);
    throw error;
  }
}

async function record(
  trx: Knex.Transaction,
  acte: string,
  partner: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  await recordAct(trx, { acteur: acteur(), acte, objet: { type: "partenaire", id: partner }, detail });
}
