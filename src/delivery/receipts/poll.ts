import type { Knex } from "knex";
import type { Logger } from "../../log/index.ts";
import { type RemoteFile, type Retrieval, RetrievalError } from "../transports/index.ts";
import { type Accuse, takesFile } from "./mapping.ts";
import { readAccuses } from "./mappings.ts";
import { takeReceipt } from "./take.ts";

/** Bytes of a file fetched at most, as it is on their side. */
const MOST_OCTETS = 128_000_000;

/** A mapping whose files are fetched. */
interface Fetched extends Accuse {
  readonly source: Extract<Accuse["source"], { dossier: string }>;
}

/** What one look into the folders of a partner brought. */
export interface Polled {
  /** Files taken, oldest first. */
  readonly pris: readonly string[];
  /** Files whose bytes had been taken already. */
  readonly deja: number;
  /** Files that did not come; they are asked for again next time. In French. */
  readonly echecs: readonly string[];
}

/** Does this partner leave files that are to be fetched? */
export async function hasReceiptsToPoll(db: Knex, partner: string): Promise<boolean> {
  return (await fetchedOf(db, partner)).length > 0;
}

/**
 * Takes what a partner left in its folders since the last time, oldest first. Safe to run again, at any time, in any
 * number of processes: a file is taken once.
 * @param given.retrieval stays open: who opened it closes it
 * @param given.base number of our base in the national feed, as for an édition
 * @throws RetrievalError when a folder cannot be listed
 */
export async function pollReceipts(
  db: Knex,
  given: {
    readonly partner: string;
    readonly retrieval: Pick<Retrieval, "list" | "read">;
    readonly base: string;
    readonly log: Logger;
    readonly signal?: AbortSignal;
  },
): Promise<Polled> {
  const { partner, retrieval, log } = given;
  const pris: string[] = [];
  const echecs: string[] = [];
  let deja = 0;
  for (const accuse of await fetchedOf(db, partner)) {
    const { dossier } = accuse.source;
    const files = (await retrieval.list(dossier)).filter(({ nom }) => takesFile(accuse, nom));
    for (const file of await unseen(db, partner, dossier, files)) {
      if (given.signal?.aborted === true) return { pris, deja, echecs };
      const chemin = pathOf(dossier, file.nom);
      try {
        const taken = await takeReceipt(db, {
          partner,
          nom: file.nom,
          octets: await retrieval.read(chemin, MOST_OCTETS),
          source: accuse.source.type,
          base: given.base,
          etape: accuse.etape,
        });
        await markSeen(db, partner, dossier, file);
        if (taken.deja) deja += 1;
        else pris.push(file.nom);
      } catch (error) {
        if (!(error instanceof RetrievalError)) throw error;
        echecs.push(error.message);
        log.warn({ partner, fichier: file.nom, err: error }, "receipts.unread");
      }
    }
  }
  if (pris.length > 0) log.info({ partner, pris, deja }, "receipts.taken");
  return { pris, deja, echecs };
}

async function fetchedOf(db: Knex, partner: string): Promise<Fetched[]> {
  return (await readAccuses(db, partner)).filter((one): one is Fetched => "dossier" in one.source);
}

function pathOf(dossier: string, nom: string): string {
  return dossier === "" || dossier === "." ? nom : `${dossier.replace(/\/+$/, "")}/${nom}`;
}

/** Files that are new, or that changed, since they were read. */
async function unseen(
  db: Knex,
  partner: string,
  dossier: string,
  files: readonly RemoteFile[],
): Promise<RemoteFile[]> {
  if (files.length === 0) return [];
  const rows: { nom: string; octets: number; modifie_le: Date }[] = await db("receipt_vu")
    .where({ partner })
    .whereIn(
      "nom",
      files.map(({ nom }) => pathOf(dossier, nom)),
    );
  const seen = new Set(rows.map((row) => keyOf(row.nom, row.octets, row.modifie_le)));
  return files
    .filter((file) => !seen.has(keyOf(pathOf(dossier, file.nom), file.octets, instantOf(file))))
    .sort((a, b) => instantOf(a).getTime() - instantOf(b).getTime() || (a.nom < b.nom ? -1 : 1));
}

/** A listing without dates: the size tells a file that changed. */
const instantOf = ({ modifieLe }: RemoteFile): Date => modifieLe ?? new Date(0);

const keyOf = (nom: string, octets: number, modifie: Date): string =>
  `${nom}\n${octets}\n${modifie.getTime()}`;

async function markSeen(db: Knex, partner: string, dossier: string, file: RemoteFile): Promise<void> {
  await db("receipt_vu")
    .insert({
      partner,
      nom: pathOf(dossier, file.nom),
      octets: file.octets,
      modifie_le: instantOf(file),
    })
    .onConflict()
    .ignore();
}
