import { migrate, pendingMigrations } from "../../db/index.ts";
import { openDatabase, readContext, withDatabase } from "../context.ts";
import { print } from "../output.ts";

/** `offre-info migrate`. */
export async function migrateCommand(): Promise<void> {
  await withDatabase(openDatabase(readContext(), "migrate"), async ({ db }) => {
    await migrate(db);
    const left = await pendingMigrations(db);
    print(left.length === 0 ? "Le schéma de la base est à jour." : `Il manque encore : ${left.join(", ")}`);
  });
}
