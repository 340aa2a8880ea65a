import type { Knex } from "knex";
import type { FicheAction, FicheSession } from "../../fiche.ts";
import { similarActions, similarSessions } from "../../semblables/index.ts";
import { Releve } from "./releve.ts";

const MEME = {
  certification: "prépare la même certification",
  intitule: "a presque le même intitulé",
} as const;

/** Likely duplicates: of an action that is not published yet (S53), and of each session. */
export async function checkSemblables(
  db: Knex,
  action: FicheAction,
  sessions: readonly FicheSession[],
): Promise<Releve["constats"]> {
  const { id, structure, contenu, etat } = action;
  const enEntrant = etat === "brouillon" || etat === "creee";
  const [actions, jumelles] = await Promise.all([
    enEntrant ? similarActions(db, { role: "of", structure }, { structure, contenu, sauf: id }) : [],
    similarSessions(db, sessions),
  ]);
  const deLAction = new Releve({ genre: "action", id });
  for (const found of actions)
    deLAction.add("action-semblable", "intitule", {
      value: found.intitule,
      attendu: found.reference,
      nom: found.meme.map((one) => MEME[one]).join(" et "),
      voir: { genre: "action", id: found.id },
    });
  return [
    ...deLAction.constats,
    ...jumelles.flatMap((twin) => {
      const releve = new Releve({ genre: "session", id: twin.de });
      releve.add("session-semblable", "debut", {
        value: twin.reference ?? "en brouillon",
        voir: { genre: "session", id: twin.id },
      });
      return releve.constats;
    }),
  ];
}
