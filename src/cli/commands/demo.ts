import type { Knex } from "knex";
import {
  type BilanDemo,
  DEMO_SIZE_NAMES,
  DEMO_SIZES,
  DemoError,
  type DemoSize,
  loadDemo,
} from "../../../fixtures/demo/index.ts";
import { openDatabase, readContext, withDatabase } from "../context.ts";
import { count, EXIT, Failure, print, printJson, progress } from "../output.ts";

/** Reads a size given on the command line. */
export function readSize(text: string): DemoSize {
  const size = DEMO_SIZE_NAMES.find((name) => name === text);
  if (size !== undefined) return size;
  throw new Failure(
    `Taille « ${text} » inconnue. Tailles possibles : ${DEMO_SIZE_NAMES.join(", ")}.`,
    EXIT.usage,
  );
}

/** Loads the demo offer, with progress on stderr. */
export async function loadDemoShown(db: Knex, size: DemoSize): Promise<BilanDemo> {
  const { actions, sessions } = DEMO_SIZES[size];
  const show = progress(`Offre de démonstration (${size})`);
  try {
    return await loadDemo(db, size, {
      onProgress({ kind, fait }) {
        if (kind === "action") show(Math.min(fait, actions), actions + sessions);
        if (kind === "session") show(Math.min(actions + fait, actions + sessions), actions + sessions);
      },
    });
  } catch (error) {
    if (error instanceof DemoError) throw new Failure(error.message);
    throw error;
  }
}

/** One line on what the database holds. */
export function sentenceOfDemo({ chargee, nombres }: BilanDemo): string {
  const held = `${count(nombres.action)} actions, ${count(nombres.session)} sessions, ${count(nombres.organisme)} organismes`;
  return chargee
    ? `Offre de démonstration chargée : ${held}.`
    : `Offre de démonstration déjà présente : ${held}.`;
}

/** `offre-info demo`. Demonstration data never enter a real database unasked. */
export async function demo(options: { size: string; demo?: true; json?: true }): Promise<void> {
  const size = readSize(options.size);
  await withDatabase(openDatabase(readContext(), "migrate"), async ({ db, embedded }) => {
    if (!embedded && options.demo !== true) {
      throw new Failure(
        "DATABASE_URL désigne une vraie base : l'offre de démonstration n'y entre qu'avec --demo.",
        EXIT.usage,
      );
    }
    const bilan = await loadDemoShown(db, size);
    if (options.json === true) printJson(bilan);
    else print(sentenceOfDemo(bilan));
  });
}
