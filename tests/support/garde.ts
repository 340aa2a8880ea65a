import { readFile } from "node:fs/promises";
import type { Knex } from "knex";
import type { z } from "zod";
import { type Bilan, type BilanProfil, publish } from "../../src/edition/index.ts";
import { PROFILS, type Profil } from "../../src/feed/index.ts";
import type { RecordKind, zSession } from "../../src/published/contract/index.ts";
import { type WithdrawOptions, withdraw, writeVersions } from "../../src/published/index.ts";
import { heldSessions, openHolds, type Store } from "../../src/snapshot/index.ts";
import type { Xsd } from "../../src/validation/index.ts";
import { uneAction, uneSession, unOrganisme } from "./offre.ts";

/** Wednesday 14 October 2026, 8 h in Paris. */
export const T = new Date("2026-10-14T06:00:00Z");
const BEFORE = new Date("2026-09-01T06:00:00Z");

export interface Atelier {
  readonly db: Knex;
  readonly store: Store;
  readonly xsd: Xsd;
}

/** `n` numbers of sessions of an action: `A1-00`, `A1-01`… */
export const numeros = (action: string, n: number): string[] =>
  Array.from({ length: n }, (_, rank) => `${action}-${String(rank).padStart(2, "0")}`);

export const uneSessionDe = (action: string, fields: Partial<z.input<typeof zSession>> = {}) =>
  uneSession({
    action,
    fin: "20270618",
    lieux: [
      {
        principal: true,
        coordonnees: { adresse: { lignes: ["12 rue des Lilas"], code_postal: "33600", ville: "Pessac" } },
      },
    ],
    ...fields,
  });

export async function write(
  db: Knex,
  kind: RecordKind,
  rows: Readonly<Record<string, unknown>>,
  origine = "test",
  misEnLigneAt = BEFORE,
): Promise<void> {
  await db.transaction((trx) =>
    writeVersions(
      trx,
      kind,
      Object.entries(rows).map(([numero, contenu]) => ({ numero, contenu })),
      { origine, misEnLigneAt },
    ),
  );
}

/** An offer: sessions by action by OF. */
export async function writeOffre(
  db: Knex,
  offre: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
  fields: Partial<z.input<typeof zSession>> = {},
): Promise<void> {
  await write(
    db,
    "organisme",
    mapped(Object.keys(offre), () => unOrganisme()),
  );
  for (const [organisme, actions] of Object.entries(offre)) {
    await write(
      db,
      "action",
      mapped(Object.keys(actions), () => uneAction({ organisme, validation: "attestation" })),
    );
    for (const [action, sessions] of Object.entries(actions))
      await write(
        db,
        "session",
        mapped(sessions, () => uneSessionDe(action, fields)),
      );
  }
}

const mapped = (keys: readonly string[], value: () => unknown): Record<string, unknown> =>
  Object.fromEntries(keys.map((key) => [key, value()]));

export async function retire(
  db: Knex,
  kind: RecordKind,
  which: readonly string[],
  motif: WithdrawOptions["motif"],
): Promise<void> {
  await db.transaction((trx) => withdraw(trx, kind, which, { motif }));
}

export const edit = (
  { db, store, xsd }: Atelier,
  profils: readonly Profil[],
  maintenant = T,
): Promise<Bilan> => publish(db, { profils, base: "72", store, xsd, maintenant });

export function of({ profils }: Bilan, id: string): BilanProfil {
  const found = profils.find(({ profil }) => profil === id);
  if (found === undefined) throw new Error(`no ${id} in this édition`);
  return found;
}

export async function feedOf({ store }: Atelier, bilan: Bilan, id: string): Promise<string> {
  const file = of(bilan, id).snapshot?.file;
  return file ? readFile(store.pathOf(file.sha256, "xml"), "utf8") : "";
}

/** Sessions in a feed, by the numbers of their actions. */
export const sessionsOf = (feed: string): string[] =>
  [...feed.matchAll(/^<action numero="72_([^"]+)"/gm)].map(([, numero = ""]) => numero);

/** A feed as text, less the actions of these sessions and the formations that they leave empty. */
export function less(feed: string, sessions: readonly string[]): string {
  const gone = new Set(sessions);
  return feed
    .replace(/<action numero="72_([^"]+)"[\s\S]*?<\/action>\n/g, (whole, numero) =>
      gone.has(numero) ? "" : whole,
    )
    .replace(/<formation (?:(?!<\/formation>)(?!<action )[\s\S])*<\/formation>\n/g, "");
}

/** Numbers of the sessions that are held for a profile, in order; undefined when its feed is not. */
export async function heldOf(db: Knex, profil: string): Promise<string[] | undefined> {
  const hold = (await openHolds(db)).find((one) => one.profil === profil);
  if (hold === undefined) return undefined;
  return (await heldSessions(db, hold.id)).map(({ session }) => session).sort();
}

/** Twenty-one sessions of `rco` held by the guard, as an édition that found them absent would have left them. */
export async function holdFeed(db: Knex): Promise<void> {
  const [rco] = PROFILS;
  await db("profil").insert({ id: "rco", nom: "Réseau des Carif-Oref", definition: JSON.stringify(rco) });
  await write(db, "organisme", { OF1: unOrganisme({ nom: 'Dupont ; "Fils"' }) });
  await write(db, "action", { A1: uneAction({ intitule: "=1+1" }) });
  await write(db, "session", { "A1-00": uneSessionDe("A1") });
  await holdSessions(db, "rco");
}

/** The same, for a profile and an offer that are there: `A1-00` to `A1-20`. */
export async function holdSessions(db: Knex, profil: string): Promise<void> {
  const [edition] = await db("edition").insert({ etat: "faite", horloge: db.fn.now(), profils: [profil] }, [
    "id",
  ]);
  const raison = { niveau: "profil", avant: 30, sansCause: 21, seuil: { part: 0.05, sessions: 20 } };
  const [hold] = await db("feed_retenue").insert(
    {
      profil,
      edition_id: edition?.id,
      jugee_edition_id: edition?.id,
      raisons: JSON.stringify([raison]),
      avant: 30,
      sans_cause: 21,
    },
    ["id"],
  );
  const row = { retenue_id: hold?.id, action: "A1", organisme: "OF1", cause: "absent_de_la_source" };
  await db("feed_retenue_session").insert(numeros("A1", 21).map((session) => ({ ...row, session })));
}
