import { once } from "node:events";
import type { Knex } from "knex";
import { type AllInOne, startAllInOne } from "../../../workers/allInOne.ts";
import { type Context, openDatabase, readContext } from "../context.ts";
import { bytes, count, Failure, print, progress, say } from "../output.ts";
import { loadDemoShown, sentenceOfDemo } from "./demo.ts";

/** How long the summary waits for the first deliveries to arrive. */
const ARRIVAL_MS = 15_000;
const LOOK_MS = 200;

/** `offre-info start`: everything in one process, until Ctrl-C. */
export async function start(options: { demo?: true }): Promise<void> {
  const context = readContext();
  const stopped = new AbortController();
  const interrupt = () => {
    if (stopped.signal.aborted) process.exit(130);
    say("\nArrêt en cours… (Ctrl-C encore une fois pour tout quitter)");
    stopped.abort();
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  const opened = await openDatabase(context, "migrate");
  try {
    const { db, url, embedded } = opened;
    const demo = embedded || options.demo === true;
    if (demo && !(await hasRealOffer(db))) print(sentenceOfDemo(await loadDemoShown(db, "small")));
    const running = await startRunning(context, { db, url, demo });
    try {
      await tell(running, db, stopped.signal);
      if (!stopped.signal.aborted) await once(stopped.signal, "abort");
    } finally {
      await running.stop();
    }
  } finally {
    await opened.close();
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
  say("Tout est arrêté.");
}

async function startRunning(
  { config, log }: Context,
  { db, url, demo }: { db: Knex; url: string; demo: boolean },
): Promise<AllInOne> {
  try {
    return await startAllInOne({
      config,
      db,
      databaseUrl: url,
      log,
      demo,
      progress: progress("Édition, actions lues"),
    });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      throw new Failure(`Le port ${config.port} est déjà pris. Donnez-en un autre : PORT=3001 npm start`);
    }
    throw error;
  }
}

async function hasRealOffer(db: Knex): Promise<boolean> {
  return (await db("published_action").whereNot("origine", "demo").first("numero")) !== undefined;
}

/** Says what was done and where to look, once the deliveries that can leave now have had time to arrive. */
async function tell({ bilan, url, files }: AllInOne, db: Knex, signal: AbortSignal): Promise<void> {
  print(`\nÉdition n° ${bilan.edition} :`);
  for (const { profil, issue, snapshot, compte } of bilan.profils) {
    if (issue === "relais") continue;
    const made = issue === "inchange" ? "inchangé" : issue === "vide" ? "rien à diffuser" : "nouveau";
    print(
      `  ${profil.padEnd(14)} ${made} : ${count(compte.formations)} formations, ${count(compte.sessions)} sessions, ${count(compte.sessionsEcartees)} écartées` +
        (snapshot?.file ? `, ${bytes(snapshot.file.octets)}, sha256 ${snapshot.file.sha256}` : ""),
    );
  }
  print(`  fichiers dans ${files}`);
  await arrivals(db, signal);
  print("\nDiffusions :");
  for (const row of await deliveries(db)) {
    print(
      `  ${row.partner.padEnd(20)} ${row.etat}${row.receipts === null ? "" : ` (${row.receipts})`}, prévue le ${row.due}`,
    );
  }
  print(`\nÀ voir : ${url}/   ·   ${url}/flux/rco/offre-info.xml   ·   Ctrl-C pour arrêter\n`);
}

/** Waits until no delivery is due, or long enough. */
async function arrivals(db: Knex, signal: AbortSignal): Promise<void> {
  for (let waited = 0; waited < ARRIVAL_MS && !signal.aborted; waited += LOOK_MS) {
    const { rows } = await db.raw<{ rows: { left: boolean }[] }>(
      `SELECT EXISTS (SELECT 1 FROM outbox WHERE done_at IS NULL)
         OR EXISTS (SELECT 1 FROM delivery WHERE etat = 'in_flight' OR (etat = 'scheduled' AND due_at <= horloge())) AS left`,
    );
    if (rows[0]?.left !== true) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

interface DeliveryLine {
  readonly partner: string;
  readonly etat: string;
  readonly due: string;
  readonly receipts: string | null;
}

async function deliveries(db: Knex): Promise<readonly DeliveryLine[]> {
  const { rows } = await db.raw<{ rows: DeliveryLine[] }>(
    `SELECT d.partner, d.etat, to_char(d.due_at, 'DD/MM/YYYY HH24:MI') AS due,
       (SELECT string_agg(r.etape || ' ' || r.issue, ', ' ORDER BY r.id) FROM receipt r WHERE r.delivery_id = d.id) AS receipts
     FROM delivery d ORDER BY d.created_at DESC, d.partner LIMIT 10`,
  );
  return rows;
}
