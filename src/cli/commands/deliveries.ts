import { horloge } from "../../db/index.ts";
import {
  type Acted,
  actOnDelivery,
  listDeliveries,
  MOTS_ETAT,
  MOTS_RETENUE,
  pausePartner,
  type Resume,
  resumePartner,
  type Verb,
} from "../../delivery/index.ts";
import { type OpenDatabase, openDatabase, readContext, withDatabase } from "../context.ts";
import { acteur, agree, done } from "../operateur.ts";
import { count, EXIT, Failure, instant, print, printJson, say, table } from "../output.ts";
import { type FilterOptions, filtreOf } from "./deliveriesFilter.ts";

/** `offre-info deliveries list`: the latest first, a page at a time. */
export async function listCommand(
  options: FilterOptions & { limit: string; apres?: string; json?: true },
): Promise<void> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000)
    throw new Failure(`Nombre « ${options.limit} » refusé : de 1 à 1000.`, EXIT.usage);
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const filtre = filtreOf(options, [], await horloge(db));
    const rows = await listDeliveries(db, filtre, { limit, apres: options.apres });
    if (options.json === true) return printJson(rows);
    if (rows.length === 0) return say("Aucune diffusion.");
    print(
      table(
        ["diffusion", "état", "prévue le", "tentatives", "sessions", "remarque"],
        rows.map((row) => [
          row.id,
          wordOf(row),
          instant(row.due_at),
          row.epoch === 0
            ? "-"
            : `${row.epoch} (${row.issue ?? "en cours"}${row.http_status === null ? "" : ` ${row.http_status}`})`,
          row.sessions === null ? "-" : count(row.sessions),
          remarkOf(row),
        ]),
      ),
    );
    if (rows.length === limit) say(`Suite : --apres ${rows.at(-1)?.id}`);
  });
}

const wordOf = ({ etat, snapshot_id }: Resume): string =>
  etat === "scheduled" && snapshot_id === null ? "annoncée" : MOTS_ETAT[etat];

function remarkOf({ etat, retenue, motif, replay_of }: Resume): string {
  const why = etat === "held" && retenue !== null ? `retenue ${MOTS_RETENUE[retenue]}` : undefined;
  return [why, motif, replay_of === null ? undefined : `rejeu de ${replay_of}`]
    .filter((part) => part !== undefined && part !== null)
    .join(" ; ");
}

interface ActOptions {
  readonly motif: string;
  readonly yes?: true;
}

/** `offre-info deliveries cancel|hold|release`: says what it will do, asks, does it. */
export function actCommand(verb: Verb, id: string, options: ActOptions): Promise<void> {
  return perform(options, (db, essai) =>
    actOnDelivery(db, verb, { id, essai, motif: options.motif, acteur: acteur() }),
  );
}

/** `offre-info deliveries pause|resume`, on a partner. */
export function partnerCommand(verb: "pause" | "resume", id: string, options: ActOptions): Promise<void> {
  const act = verb === "pause" ? pausePartner : resumePartner;
  return perform(options, (db, essai) => act(db, { id, essai, motif: options.motif, acteur: acteur() }));
}

async function perform(
  { yes }: ActOptions,
  act: (db: OpenDatabase["db"], essai: boolean) => Promise<Acted>,
): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    say(done(await act(db, true)));
    if (!(await agree("Confirmez-vous ?", yes === true))) return;
    done(await act(db, false));
    print("Fait.");
  });
}
