import { adoptPublished } from "../../catalogue/index.ts";
import { openDatabase, readContext, withDatabase } from "../context.ts";
import { count, print, printJson } from "../output.ts";

/** `offre-info catalogue adopt`: what was published by other ways can then be changed in the forms. */
export async function adopt(options: { origine: string[]; json?: true }): Promise<void> {
  await withDatabase(openDatabase(readContext(), "migrate"), async ({ db }) => {
    const adoption = await adoptPublished(db, options.origine);
    if (options.json === true) return printJson(adoption);
    const { structures, actions, sessions } = adoption;
    print(
      actions + structures + sessions === 0
        ? `Rien à reprendre : aucune formation publiée d'origine « ${options.origine.join(", ")} » n'est sans fiche.`
        : `Fiches ouvertes : ${count(structures)} structures, ${count(actions)} formations, ${count(sessions)} sessions.`,
    );
  });
}
