import type { Knex } from "knex";
import type { Changement } from "./changes.ts";
import { type ChampChange, comparerContenus } from "./fields.ts";

export type Fiche = "session" | "action" | "organisme";

/** Why a session reads otherwise: records with a new version, or something else that the feed is made from. */
export interface Cause {
  /** Records of which the feed shows another version. */
  readonly fiches: readonly { readonly fiche: Fiche; readonly champs: readonly ChampChange[] }[];
  /** Nothing has a new version: a register, the CPF mention, a setting, or the sessions beside it. */
  readonly registre: boolean;
}

/**
 * What changed in the records of these sessions, field by field, in the same order.
 * @param changements of one page: their contents are read at once
 */
export async function readCauses(db: Knex, changements: readonly Changement[]): Promise<Cause[]> {
  const wanted = changements.flatMap((one) =>
    FICHES.flatMap((fiche) => {
      const { avant, apres } = one;
      if (avant === null || apres === null || avant[fiche] === apres[fiche]) return [];
      const numero = one[fiche];
      return [
        { fiche, numero, version: avant[fiche] },
        { fiche, numero, version: apres[fiche] },
      ];
    }),
  );
  const contents = new Map<string, unknown>();
  for (const fiche of FICHES) {
    const keys = wanted.filter((one) => one.fiche === fiche);
    if (keys.length === 0) continue;
    const { rows } = await db.raw<{ rows: { numero: string; version: number; contenu: unknown }[] }>(
      `SELECT v.numero, v.version, v.contenu FROM published_${fiche} v
       JOIN (SELECT DISTINCT * FROM unnest(?::text[], ?::int[]) AS k(numero, version)) k USING (numero, version)`,
      [keys.map(({ numero }) => numero), keys.map(({ version }) => version)],
    );
    for (const { numero, version, contenu } of rows) contents.set(keyOf(fiche, numero, version), contenu);
  }
  return changements.map((one) => causeOf(one, contents));
}

const FICHES: readonly Fiche[] = ["session", "action", "organisme"];

const keyOf = (fiche: Fiche, numero: string, version: number): string => `${fiche}|${version}|${numero}`;

function causeOf(one: Changement, contents: ReadonlyMap<string, unknown>): Cause {
  const { avant, apres } = one;
  if (avant === null || apres === null) return { fiches: [], registre: false };
  const fiches = FICHES.filter((fiche) => avant[fiche] !== apres[fiche]).map((fiche) => ({
    fiche,
    champs: comparerContenus(
      contents.get(keyOf(fiche, one[fiche], avant[fiche])),
      contents.get(keyOf(fiche, one[fiche], apres[fiche])),
    ),
  }));
  return { fiches, registre: fiches.length === 0 };
}
