import { once } from "node:events";
import type { Knex } from "knex";
import { loadFiches, ORIGINE_DEMO } from "../../../fixtures/demo/index.ts";
import { type AllInOne, startAllInOne } from "../../../workers/allInOne.ts";
import { inviteFirstAdministrator, needsFirstAdministrator } from "../../access/index.ts";
import type { JourSaute } from "../../calendar/index.ts";
import { adoptPublished, createVerificateur } from "../../catalogue/index.ts";
import { announceDeliveries, type Etat, MOTS_ETAT } from "../../delivery/index.ts";
import type { Bilan } from "../../edition/index.ts";
import { EDITION_DEMANDEE } from "../../published/index.ts";
import { type Context, openDatabase, readContext } from "../context.ts";
import { bytes, count, day, Failure, instant, print, progress, say } from "../output.ts";
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
    if (demo && !(await hasRealOffer(db))) {
      const bilan = await loadDemoShown(db, "small");
      print(sentenceOfDemo(bilan));
      if (bilan.chargee) await loadDemoCatalogue(db, context.config.base);
    }
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

/** The demo offer in forms that can be changed, with something in each tab. */
async function loadDemoCatalogue(db: Knex, base: string): Promise<void> {
  const verificateur = createVerificateur({ base });
  try {
    await adoptPublished(db, [ORIGINE_DEMO]);
    await loadFiches(db, verificateur);
  } finally {
    await verificateur.close();
  }
}

async function hasRealOffer(db: Knex): Promise<boolean> {
  return (await db("published_action").whereNot("origine", "demo").first("numero")) !== undefined;
}

const ISSUES = {
  nouveau: "nouveau",
  inchange: "inchangé",
  vide: "rien à diffuser",
  retenu: "retenu par la garde (offre-info guard list)",
} as const;

/** What the édition made at start wrote, profile by profile. */
function tellEdition({ edition, profils }: Bilan): void {
  print(`\nÉdition n° ${edition} :`);
  for (const { profil, issue, snapshot, compte } of profils) {
    if (issue === "relais") continue;
    const made = ISSUES[issue];
    print(
      `  ${profil.padEnd(14)} ${made} : ${count(compte.formations)} formations, ${count(compte.sessions)} sessions, ${count(compte.sessionsEcartees)} écartées` +
        (snapshot?.file ? `, ${bytes(snapshot.file.octets)}, sha256 ${snapshot.file.sha256}` : ""),
    );
  }
}

/** Says what was done and where to look, once the deliveries that can leave now have had time to arrive. */
async function tell({ bilan, url, files }: AllInOne, db: Knex, signal: AbortSignal): Promise<void> {
  if (bilan instanceof Error)
    print(
      `\nL'édition n'a pas pu être faite : ${bilan.message}\nElle est reprise chaque minute ; voyez aussi : offre-info doctor`,
    );
  else tellEdition(bilan);
  print(`  fichiers dans ${files}`);
  await arrivals(db, signal);
  // What comes later is announced once the way is free, at the next sweep; nobody wants to wait for it here.
  await announceDeliveries(db);
  print("\nDiffusions :");
  for (const { nom, etat, accuses, dueAt, explain } of await deliveries(db)) {
    print(
      `  ${nom.padEnd(46)} ${etat}${accuses === null ? "" : ` (${accuses})`}, départ le ${instant(dueAt)}`,
    );
    for (const { jour, raison } of etat === ANNONCEE ? explain : [])
      print(`  ${"".padEnd(46)}   ${day(jour)} : ${raison}`);
  }
  if (process.stdout.isTTY && (await needsFirstAdministrator(db)))
    print(
      `\nPremier administrateur (lien valable 15 minutes) : ${url}/invitation/${await inviteFirstAdministrator(db)}`,
    );
  print(`\nÀ voir : ${url}/   ·   ${url}/flux/rco/offre-info.xml   ·   Ctrl-C pour arrêter\n`);
}

/** Waits until no delivery is due, or long enough. */
async function arrivals(db: Knex, signal: AbortSignal): Promise<void> {
  for (let waited = 0; waited < ARRIVAL_MS && !signal.aborted; waited += LOOK_MS) {
    const { rows } = await db.raw<{ rows: { left: boolean }[] }>(
      `SELECT EXISTS (SELECT 1 FROM outbox WHERE done_at IS NULL AND sujet <> ?)
         OR EXISTS (SELECT 1 FROM delivery WHERE etat = 'in_flight'
                    OR (etat = 'scheduled' AND snapshot_id IS NOT NULL AND due_at <= horloge())) AS left`,
      [EDITION_DEMANDEE],
    );
    if (rows[0]?.left !== true) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

interface DeliveryLine {
  readonly nom: string;
  readonly etat: string;
  readonly dueAt: Date;
  readonly explain: readonly JourSaute[];
  readonly accuses: string | null;
}

const ANNONCEE = "annoncée";

async function deliveries(db: Knex): Promise<readonly DeliveryLine[]> {
  const { rows } = await db.raw<{ rows: (DeliveryLine & { etat: Etat; aVenir: boolean })[] }>(
    `SELECT p.nom, d.etat, d.snapshot_id IS NULL AND d.etat = 'scheduled' AS "aVenir", d.due_at AS "dueAt",
       d.due_explain AS explain,
       (SELECT string_agg(CASE r.etape WHEN 'reception' THEN 'reçue' ELSE 'traitée : ' || r.issue END, ', ' ORDER BY r.id)
        FROM receipt r WHERE r.delivery_id = d.id) AS accuses
     FROM delivery d JOIN partner p ON p.id = d.partner ORDER BY d.created_at DESC, d.partner LIMIT 10`,
  );
  return rows.map((row) => ({ ...row, etat: row.aVenir ? ANNONCEE : MOTS_ETAT[row.etat] }));
}
