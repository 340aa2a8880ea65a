import type { Knex } from "knex";
import type { z } from "zod";
import { recordAct } from "../audit/index.ts";
import { type Profil, zProfils } from "../feed/index.ts";
import { demanderEdition } from "../published/index.ts";
import { announcePartner, readPartner, upsertPartner, zPartner } from "./partner.ts";
import { readProfils } from "./profils.ts";

/** Done, or each thing that is wrong, in French, with its place. */
export type Defined =
  | { readonly fait: "cree" | "modifie" | "inchange" }
  | { readonly refus: readonly string[] };

/**
 * Adds or changes a partner from what an operator wrote; who did it is in the audit, secrets are never part of it.
 * @param given as read from a file
 */
export async function definePartner(db: Knex, given: unknown, acteur: string): Promise<Defined> {
  const read = zPartner.safeParse(given);
  if (!read.success) return { refus: issuesOf(read.error) };
  const { id, profil } = read.data;
  const profils = await readProfils(db);
  const known = profils.find((one) => one.id === profil);
  if (known === undefined)
    return {
      refus: [
        `profil : « ${profil} » n'existe pas. Les profils : ${profils.map((one) => one.id).join(", ")}.`,
      ],
    };
  if (!Array.isArray(known.mode))
    return { refus: [`profil : « ${profil} » est servi par « ${known.mode.via} » : donnez celui-là.`] };
  const before = await readPartner(db, id);
  if (before !== undefined && sameDefinition(before, read.data)) return { fait: "inchange" };
  await db.transaction(async (trx) => {
    await upsertPartner(trx, read.data);
    await recordAct(trx, {
      acteur,
      acte: before === undefined ? "partenaire.creer" : "partenaire.modifier",
      objet: { type: "partenaire", id },
      detail: { avant: before ?? null, apres: read.data },
    });
  });
  return { fait: before === undefined ? "cree" : "modifie" };
}

/**
 * Changes a profile, or adds one: its scope, waits, calendar, thresholds. The next édition follows it.
 * @param given as read from a file
 */
export async function defineProfil(db: Knex, given: unknown, acteur: string): Promise<Defined> {
  const profils = await readProfils(db);
  const id = typeof given === "object" && given !== null && "id" in given ? given.id : undefined;
  const others = profils.filter((one) => one.id !== id);
  // Together, for one may be served by another.
  const read = zProfils.safeParse([...others, given]);
  if (!read.success) return { refus: issuesOf(read.error, others.length) };
  const profil = read.data.at(-1) as Profil;
  const before = profils.find((one) => one.id === profil.id);
  if (JSON.stringify(before) === JSON.stringify(profil)) return { fait: "inchange" };
  await db.transaction(async (trx) => {
    await trx("profil")
      .insert({ id: profil.id, nom: profil.nom, definition: JSON.stringify(profil) })
      .onConflict("id")
      .merge(["nom", "definition"]);
    await demanderEdition(trx, "profil-modifie", { profil: profil.id });
    for (const { id: partner } of await trx("partner")
      .where({ profil: profil.id })
      .orderBy("id")
      .select("id"))
      await announcePartner(trx, partner);
    await recordAct(trx, {
      acteur,
      acte: before === undefined ? "profil.creer" : "profil.modifier",
      objet: { type: "profil", id: profil.id },
      detail: { avant: before ?? null, apres: profil },
    });
  });
  return { fait: before === undefined ? "cree" : "modifie" };
}

function sameDefinition(before: object, after: Readonly<Record<string, unknown>>): boolean {
  const kept = Object.fromEntries(
    Object.entries(before).filter(([name]) => name !== "etat" && name !== "etatMotif"),
  );
  return JSON.stringify(sorted(kept)) === JSON.stringify(sorted(after));
}

const sorted = (of: Readonly<Record<string, unknown>>) =>
  Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1));

function issuesOf({ issues }: z.core.$ZodError, rank?: number): string[] {
  return issues.map(({ path, message }) => {
    const place = path.filter((step) => step !== rank).join(".");
    return place === "" ? message : `${place} : ${message}`;
  });
}
