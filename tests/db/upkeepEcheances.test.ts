import { beforeEach, expect, test } from "vitest";
import { journalChannel, sendAlerts } from "../../src/alert/index.ts";
import { certifications } from "../../src/cron/jobs/certifications.ts";
import { horloge } from "../../src/db/index.ts";
import { addDays, parisDay } from "../../src/lheo/index.ts";
import { createLogger } from "../../src/log/index.ts";
import type { RecordKind } from "../../src/published/contract/index.ts";
import { withdraw, writeVersions } from "../../src/published/index.ts";
import { useDatabase } from "../support/database.ts";
import { jobContext } from "../support/job.ts";
import { uneAction, uneCertification, uneHabilitation, unOrganisme } from "../support/offre.ts";

/** The watch of certifications and habilitations that are to end. */
const database = useDatabase();
let jour = "";

beforeEach(async () => {
  await database.clear();
  await database.db.raw("INSERT INTO alert_canal VALUES ('journal', '0', '0')");
  await database.shiftClock("0");
  jour = parisDay(await horloge(database.db));
  await write("organisme", "OF1", unOrganisme());
  await write("organisme", "OF2", unOrganisme());
  await write("action", "A1", uneAction({ certifications: [{ code_rncp: "35819" }] }));
  await write("action", "A2", uneAction({ organisme: "OF2", certifications: [{ code_rncp: "RNCP 35819" }] }));
  await write("action", "A3", uneAction());
});

async function write(kind: RecordKind, numero: string, contenu: unknown): Promise<void> {
  await database.db.transaction((trx) =>
    writeVersions(trx, kind, [{ numero, contenu }], { origine: "test" }),
  );
}

const certification = (fin_validite: string) =>
  write("certification", "RNCP35819", uneCertification({ fin_validite }));
const run = async () => certifications.run(await jobContext(database.db));
const open = () => database.db("alert").whereNull("closed_at").orderBy("cle");

test("12 weeks before its end a certification in use is told, with the actions and the OF concerned", async () => {
  await certification(addDays(jour, 85));
  expect(await run()).toEqual({ ouvertes: 0, rappels: 0, resolues: 0 });
  await database.shiftClock("1 day");
  expect(await run()).toEqual({ ouvertes: 1, rappels: 0, resolues: 0 });
  const fin = addDays(jour, 85);
  expect(await open()).toMatchObject([
    {
      cle: "certification-expire:RNCP35819",
      code: "certification-expire",
      message: `La certification RNCP35819 (Assistant de direction) se termine le ${fin.slice(6)}/${fin.slice(4, 6)}/${fin.slice(0, 4)} ; 2 actions de 2 organismes l'annoncent.`,
      detail: {
        semaines: 12,
        fin,
        actions: 2,
        exemples: { actions: ["A1", "A2"], organismes: ["OF1", "OF2"] },
      },
    },
  ]);
  expect(await run()).toEqual({ ouvertes: 0, rappels: 0, resolues: 0 });
});

test("each step is one reminder, the end is the last one, and nothing is told between", async () => {
  const told: string[] = [];
  const log = createLogger({ level: "silent" });
  const channel = {
    ...journalChannel(log),
    send: async ({ etat, alerte }: { etat: string; alerte: { message: string } }) => {
      told.push(`${etat} ${/se termine|est terminée/.exec(alerte.message)?.[0]}`);
    },
  };
  await certification(addDays(jour, 90));
  for (const [days, expected] of [
    [5, 0],
    [6, 1],
    [33, 1],
    [34, 2],
    [62, 3],
    [76, 4],
    [83, 5],
    [90, 5],
    [91, 6],
    [120, 6],
  ] as const) {
    await database.shiftClock(`${days} days`);
    await run();
    await sendAlerts(database.db, [channel], { log });
    expect(told).toHaveLength(expected);
  }
  expect(told).toEqual([...Array(5).fill("ouverte se termine"), "ouverte est terminée"]);
  expect(await open()).toHaveLength(1);
});

test("it is over when the certification is renewed, or when no action announces it any more", async () => {
  await certification(addDays(jour, 10));
  await run();
  await certification(addDays(jour, 1000));
  expect(await run()).toEqual({ ouvertes: 0, rappels: 0, resolues: 1 });
  await certification(addDays(jour, -3));
  expect(await run()).toMatchObject({ ouvertes: 1 });
  await write("action", "A1", uneAction());
  await database.db.transaction((trx) => withdraw(trx, "action", ["A2"], { motif: "archivage" }));
  expect(await run()).toMatchObject({ resolues: 1 });
  expect(await open()).toEqual([]);
});

test("the habilitation of an OF is watched for its own actions; unknown ends never come, partial ones end last", async () => {
  await certification("99999999");
  await write("habilitation", "OF1|RNCP35819", uneHabilitation({ fin: addDays(jour, 20) }));
  await write("habilitation", "OF2|RNCP35819", uneHabilitation({ organisme: "OF2", fin: "20200100" }));
  await write("habilitation", "OF3|RNCP35819", uneHabilitation({ organisme: "OF3", fin: addDays(jour, 20) }));
  expect(await run()).toMatchObject({ ouvertes: 2 });
  expect((await open()).map(({ cle, message }) => [cle, message.replace(/le \d.*? ;/, "le … ;")])).toEqual([
    [
      "habilitation-expire:OF1|RNCP35819",
      "L'habilitation de l'organisme OF1 pour RNCP35819 se termine le … ; 1 action l'annonce.",
    ],
    [
      "habilitation-expire:OF2|RNCP35819",
      "L'habilitation de l'organisme OF2 pour RNCP35819 est terminée depuis le … ; 1 action l'annonce.",
    ],
  ]);
});
