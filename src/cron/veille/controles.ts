import type { Knex } from "knex";
import { parisTime } from "../../calendar/index.ts";
import { JOURS_DE_CONTROLE, lateControls } from "../../catalogue/index.ts";
import { horloge } from "../../db/index.ts";
import type { Constat } from "./diffusions.ts";

const MOST_EXAMPLES = 5;

/** Actions that the control has had for longer than it may (S143): an OF waits for each of them. */
export async function controles(db: Knex): Promise<Constat[]> {
  const { nombre, premiers } = await lateControls(db, parisTime(await horloge(db)).jour, MOST_EXAMPLES);
  if (nombre === 0) return [];
  return [
    {
      cle: "controles",
      message: `${nombre} formation(s) attendent le contrôle depuis plus de ${JOURS_DE_CONTROLE} jours ouvrés. La plus ancienne : ${premiers[0]}.`,
      detail: { nombre, exemples: premiers },
    },
  ];
}
