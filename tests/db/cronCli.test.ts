import { expect, test } from "vitest";
import { openAlert } from "../../src/alert/index.ts";
import { JOBS } from "../../src/cron/index.ts";
import { runCli } from "../support/cli.ts";
import { useDatabase } from "../support/database.ts";
import { useFolder } from "../support/diffusion.ts";
import { startSmtp } from "../support/smtp.ts";

const database = useDatabase();
const folder = useFolder();
const run = (args: string, env: Record<string, string> = {}) =>
  runCli(args.split(" "), folder.dir, { DATABASE_URL: database.url, ...env });

test("jobs and alerts from the terminal", { timeout: 60_000 }, async () => {
  const smtp = await startSmtp();
  const mail = { ALERT_SMTP_URL: smtp.url, ALERT_MAIL_TO: "a@exemple.fr", ALERT_MAIL_FROM: "b@exemple.fr" };
  const [done, unknown, none, tested] = await Promise.all([
    run("cron run surveillance"),
    run("cron run rien"),
    run("alerts list"),
    run("alerts test", mail),
  ]);
  await smtp.close();
  expect([done.code, done.stderr]).toEqual([0, ""]);
  expect(done.stdout).toContain("La tâche « surveillance » est faite.");
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("alertes, ")]);
  expect([none.code, none.stdout]).toEqual([0, "Aucune alerte.\n"]);
  expect([tested.code, tested.stdout]).toEqual([0, "journal : envoyé\nmail : envoyé\n"]);
  expect(smtp.mails[0]?.source).toContain("Ceci est un essai");
  expect(await database.db("audit").pluck("objet_id")).toEqual(["surveillance"]);

  await database.db.transaction((trx) =>
    openAlert(trx, { cle: "audit", code: "audit-rompu", message: "La ligne 3 manque." }),
  );
  const [list, alerts] = await Promise.all([run("cron list"), run("alerts list")]);
  for (const { id } of JOBS) expect(list.stdout).toMatch(new RegExp(`^${id} `, "m"));
  expect(list.stdout).toMatch(
    /^surveillance +\d\d\/\d\d\/\d{4} \d\d:\d\d +faite \(à la main\) +\d\d\/\d\d\/\d{4} /m,
  );
  expect([alerts.code, alerts.stdout]).toEqual([
    1,
    expect.stringContaining("La ligne 3 manque.\n  Que faire : "),
  ]);
});
