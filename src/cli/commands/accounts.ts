import {
  type CleDePartenaire,
  type CleMontree,
  changePassword,
  changeRole,
  createCompte,
  createKey,
  LIBELLES_ROLES,
  type Resultat,
  ROLES,
  type Role,
  readComptes,
  readKeys,
  revokeKey,
  rotateKey,
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

/** `offre-info accounts role`. */
export async function roleCommand(identifiant: string, text: string): Promise<void> {
  const role = roleOf(text);
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    done(await changeRole(db, identifiant, role, acteur()));
    print(`Le compte « ${identifiant} » est maintenant ${LIBELLES_ROLES[role]}.`);
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
    tellKey(await createKey(db, { partner, nom: options.nom }, acteur()));
  });
}

/** `offre-info keys rotate`: the same, in the place of another key. */
export async function rotateKeyCommand(id: string, options: { jours: string }): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const jours = /^\d{1,3}$/.test(options.jours) ? Number(options.jours) : -1;
    tellKey(await rotateKey(db, { id: numberOf(id), jours }, acteur()));
    say(
      jours === 0
        ? "L'ancienne n'ouvre plus rien."
        : `L'ancienne ouvre encore ${jours} jours : prévenez le destinataire.`,
    );
  });
}

function tellKey(made: CleMontree): void {
  if ("refus" in made) throw new Failure(made.refus, EXIT.negative);
  say(
    "Clé montrée cette seule fois. À donner par Authorization: Bearer <clé>, ou Basic <destinataire>:<clé>.",
  );
  print(made.cle);
}

const numberOf = (id: string): number => (/^\d{1,9}$/.test(id) ? Number(id) : 0);

/** `offre-info keys list`. */
export async function listKeysCommand(partner: string | undefined, options: { json?: true }): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const keys = await readKeys(db, partner);
    if (options.json === true) return printJson(keys);
    if (keys.length === 0) print("Aucune clé : offre-info keys create <destinataire>");
    for (const key of keys)
      print(
        `${String(key.id).padStart(5)}  ${key.partner.padEnd(20)} ${key.nom.padEnd(24)} ${(key.debut ?? "").padEnd(9)} ${etatOf(key)}`,
      );
  });
}

/** `offre-info keys revoke`. */
export async function revokeKeyCommand(id: string): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    done(await revokeKey(db, numberOf(id), acteur()));
    print(`La clé ${id} est révoquée : elle n'ouvre plus rien.`);
  });
}

function etatOf({ last_used_at, revoked_at, expire_at }: CleDePartenaire): string {
  if (revoked_at !== null) return "révoquée";
  const used = last_used_at === null ? "jamais utilisée" : `utilisée le ${instant(last_used_at)}`;
  return expire_at === null ? used : `${used}, ouvre jusqu'au ${instant(expire_at)}`;
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
