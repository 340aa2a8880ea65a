import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { horloge } from "../../src/db/index.ts";
import { addDays, parisDay } from "../../src/lheo/index.ts";
import type { RecordKind } from "../../src/published/contract/index.ts";
import { writeVersions } from "../../src/published/index.ts";
import { runCli } from "../support/cli.ts";
import { useDatabase } from "../support/database.ts";
import { uneAction, uneCertification, uneSession, unOrganisme } from "../support/offre.ts";

const database = useDatabase();

async function write(kind: RecordKind, numero: string, contenu: unknown): Promise<void> {
  await database.db.transaction((trx) =>
    writeVersions(trx, kind, [{ numero, contenu }], { origine: "test" }),
  );
}

const LONG = 60_000;
const run = async (...args: string[]) => {
  const { stdout, stderr, code } = await runCli(["offre", "alertes", ...args], tmpdir(), {
    DATABASE_URL: database.url,
  });
  return { code, stderr, lines: stdout.split("\n").map((line) => line.replaceAll(/\s+/g, " ").trim()) };
};

test("offre alertes says what is left without session, what leaves soon and what ends", {
  timeout: LONG,
}, async () => {
  const calm = await run();
  expect(calm).toMatchObject({ code: 0, stderr: "" });
  expect(calm.lines).toContain("Aucune action sans session.");

  const jour = parisDay(await horloge(database.db));
  const fr = (day: string) => `${day.slice(6)}/${day.slice(4, 6)}/${day.slice(0, 4)}`;
  await write("organisme", "OF1", unOrganisme());
  await write("certification", "RNCP35819", uneCertification({ fin_validite: addDays(jour, -1) }));
  await write("action", "A1", uneAction({ certifications: [{ code_rncp: "35819" }] }));
  await write("action", "A2", uneAction({ intitule: "Sans\u001b[31m session" }));
  await write("session", "S1", uneSession({ debut: "20200101", fin: addDays(jour, -29) }));
  const { code, lines } = await run();
  expect(code).toBe(1);
  expect(lines).toEqual(
    expect.arrayContaining([
      "1 action sans session, donc hors des flux. Ajoutez une session, ou archivez l'action.",
      "A2 OF1 Sans�[31m session",
      `S1 A1 ${fr(addDays(jour, -29))} ${fr(addDays(jour, 2))} dernière session de l'action`,
      `${fr(addDays(jour, -1))} terminée RNCP35819 1 (OF1) 1 (A1)`,
    ]),
  );
  expect(JSON.parse((await run("--json")).lines.join("\n"))).toMatchObject({
    sansSession: { nombre: 1 },
    bientot: { nombre: 1 },
    echeances: [{ certification: "RNCP35819", actions: 1 }],
  });
  expect((await run("--jours", "0")).code).toBe(2);
});
