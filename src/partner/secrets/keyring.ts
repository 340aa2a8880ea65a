import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Config } from "../../config/index.ts";
import { type Key, keyOf } from "./cipher.ts";

/** The keys of this installation: the first encrypts, all decrypt. */
export type Keyring = readonly Key[];

/** No key: what was encrypted cannot be read, nothing can be written. */
export const NO_KEY: Keyring = [];

const FILE = "secrets.key";

/** A key that is not one; the message is in French. */
export class KeyringError extends Error {
  override readonly name = "KeyringError";
}

/**
 * The keys of the settings. On the embedded database, which has no administrator, one is kept in a file beside the data,
 * made at the first call.
 * @throws KeyringError when that file cannot be read as a key
 */
export async function openKeyring({
  secretsKeys,
  databaseUrl,
  dataDir,
}: Pick<Config, "secretsKeys" | "databaseUrl" | "dataDir">): Promise<Keyring> {
  const given = secretsKeys.map(keyOf);
  if (databaseUrl !== undefined) return given;
  const file = path.join(dataDir, FILE);
  // Once there it goes on decrypting, so that `secrets rotate` can move to keys of the settings.
  const kept = (await readKey(file)) ?? (given.length > 0 ? undefined : await makeKey(file));
  return kept === undefined ? given : [...given, kept];
}

async function readKey(file: string): Promise<Key | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new KeyringError(`La clé des secrets « ${file} » ne se lit pas : vérifiez ses droits d'accès.`);
  }
  const bytes = Buffer.from(text.trim(), "base64");
  if (bytes.length !== 32)
    throw new KeyringError(
      `Le fichier « ${file} » n'est pas une clé de secrets (32 octets en base64). Remettez celle de la sauvegarde.`,
    );
  return keyOf(bytes);
}

/** Whole or not at all, and the same for all processes that start at once. */
async function makeKey(file: string): Promise<Key | undefined> {
  const draft = `${file}.${randomBytes(4).toString("hex")}`;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(draft, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600, flag: "wx", flush: true });
  try {
    await link(draft, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    await rm(draft);
  }
  return readKey(file);
}
