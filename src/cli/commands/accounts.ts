import {
  changePassword,
  createCompte,
  createKey,
  LIBELLES_ROLES,
  type Resultat,
  ROLES,
  type Role,
  readComptes,
  readKeys,
  revokeKey,
  setCompteOuvert,
} from "../../access/index.ts";
import { openDatabase, readContext, withDatabase } from "../context.ts";
import { acteur } from "../operateur.ts";
import { EXIT, Failure, instant, print, printJson, say } from "../output.ts";
import { readSecret } from "../saisie.ts";

/** `offre-info accounts create`. */
export async function createCommand(
  identifiant: string,
  options: { role: string; nom?: string },
): Promise<void> {
  const role = roleOf(options.role);
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const motDePasse = await readSecret(`Mot de passe de « ${identifiant} » : `);
    done(
      await createCompte(db, { identifiant, nom: options.nom ?? identifiant, role }, motDePasse, acteur()),
    );
    print(`Le compte « ${identifiant} » est créé : ${LIBELLES_ROLES[role]}.`);
  });
}

/** `offre-info accounts list`. */
export async function listCommand(options: { json?: true }): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const comptes = await readComptes(db);
    if (options.json === true) return printJson(comptes);
    if (comptes.length === 0)
      print("Il n'y a pas encore de compte : offre-info accounts create <identifiant>");
    for (const { identifiant, nom, role, disabled_at } of comptes)
      print(
        `${identifiant.padEnd(24)} ${LIBELLES_ROLES[role].padEnd(16)} ${nom}${disabled_at === null ? "" : " (fermé)"}`,
      );
  });
}

/** `offre-info accounts password`. */
export async function passwordCommand(identifiant: string): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const motDePasse = await readSecret(`Nouveau mot de passe de « ${identifiant} » : `);
    done(await changePassword(db, identifiant, motDePasse, acteur()));
    print(`Le mot de passe de « ${identifiant} » est changé ; ses connexions ouvertes sont fermées.`);
  });
}

/** `offre-info accounts close|open`. */
export async function openCommand(identifiant: string, ouvert: boolean): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    done(await setCompteOuvert(db, identifiant, ouvert, acteur()));
    print(`Le compte « ${identifiant} » est ${ouvert ? "ouvert" : "fermé"}.`);
  });
}

/** `offre-info keys create`: the key is on the standard output, alone, and nowhere else. */
export async function createKeyCommand(partner: string, options: { nom: string }): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const made = await createKey(db, { partner, nom: options.nom }, acteur());
    if ("refus" in made) throw new Failure(made.refus, EXIT.negative);
    say(
      `Clé de « ${partner} », montrée cette seule fois. À donner par Authorization: Bearer <clé>, ou Basic ${partner}:<clé>.`,
    );
    print(made.cle);
  });
}

/** `offre-info keys list`. */
export async function listKeysCommand(partner: string | undefined, options: { json?: true }): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const keys = await readKeys(db, partner);
    if (options.json === true) return printJson(keys);
    if (keys.length === 0) print("Aucune clé : offre-info keys create <destinataire>");
    for (const { id, partner: of, nom, last_used_at, revoked_at } of keys)
      print(
        `${String(id).padStart(5)}  ${of.padEnd(20)} ${nom.padEnd(24)} ${revoked_at === null ? (last_used_at === null ? "jamais utilisée" : `utilisée le ${instant(last_used_at)}`) : "révoquée"}`,
      );
  });
}

/** `offre-info keys revoke`. */
export async function revokeKeyCommand(id: string): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    done(await revokeKey(db, /^\d{1,9}$/.test(id) ? Number(id) : 0, acteur()));
    print(`La clé ${id} est révoquée : elle n'ouvre plus rien.`);
  });
}

function roleOf(text: string): Role {
  const role = ROLES.find((one) => one === text || LIBELLES_ROLES[one] === text);
  if (role !== undefined) return role;
  throw new Failure(
    `« ${text} » n'est pas un rôle. Les rôles : ${Object.values(LIBELLES_ROLES).join(", ")}.`,
    EXIT.usage,
  );
}

function done(result: Resultat): void {
  if ("refus" in result) throw new Failure(result.refus, EXIT.negative);
}
