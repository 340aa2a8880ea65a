import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Knex } from "knex";
import { recordAct } from "../../audit/index.ts";
import { type Accuse, type EtapeAccuse, takesFile } from "./mapping.ts";
import { readAccuses } from "./mappings.ts";
import { findDelivery, stageLines } from "./match.ts";
import { once, openReceipt } from "./read.ts";
import type { Remarque } from "./remarques.ts";
import { type Stored, storeReceipt } from "./store.ts";

/** A receipt that cannot be taken at all; the message is in French. */
export class ReceiptError extends Error {
  override readonly name = "ReceiptError";
}

/** A file that a partner wrote about a delivery. */
export interface Depot {
  readonly partner: string;
  /** Name of the file, without folder. */
  readonly nom: string;
  readonly octets: Uint8Array | AsyncIterable<Uint8Array>;
  readonly source: "sftp" | "https" | "dossier" | "depose";
  /** Number of our base in the national feed, as for an édition. */
  readonly base: string;
  /** Which of the partner's two steps; by the name of the file when not given. */
  readonly etape?: EtapeAccuse | undefined;
  /** Who hands it over, for the audit; nobody when it was fetched. */
  readonly acteur?: string | undefined;
}

/** What became of a file. */
export type Taken =
  | { readonly deja: true; readonly receipt: number }
  | ({ readonly deja: false; readonly remarques: readonly Remarque[] } & Stored);

/** Bytes of a file that are kept, before compression. */
const KEPT = 8_000_000;

/**
 * Takes a receipt: reads it, finds its delivery and sessions, moves on where these stand. All or nothing, in one
 * transaction; a file that was already taken changes nothing. Whatever is in it, it is kept.
 * @throws ReceiptError when the partner is not known or has no such receipt; what the stream throws
 */
export async function takeReceipt(db: Knex, depot: Depot): Promise<Taken> {
  const accuse = await mappingFor(db, depot);
  const { partner, nom, source, base } = depot;
  const file = new Received(depot.octets instanceof Uint8Array ? once(depot.octets) : depot.octets);
  return db.transaction(async (trx) => {
    const lecture = openReceipt(file, accuse);
    const lignes = await stageLines(trx, lecture.lignes);
    const { sha256, octets } = await file.finish();
    await trx.raw("SELECT 1 FROM partner WHERE id = ? FOR NO KEY UPDATE", [partner]);
    const before = await trx("receipt").where({ partner, sha256 }).first("id");
    if (before !== undefined) return { deja: true, receipt: Number(before.id) };
    const { delivery, resolu } = await findDelivery(trx, partner, base, { entete: lecture.entete, nom });
    const stored = await storeReceipt(trx, {
      partner,
      etape: accuse.etape,
      source,
      delivery,
      base,
      resolu,
      lecture,
      lignes,
      reste: accuse.reste,
      fichier: { nom, sha256, octets },
    });
    await trx("receipt_fichier").insert({ receipt_id: stored.receipt, ...file.kept() });
    if (depot.acteur !== undefined)
      await recordAct(trx, {
        acteur: depot.acteur,
        acte: "accuse.deposer",
        objet: { type: "partenaire", id: partner },
        detail: { fichier: nom, sha256, diffusion: delivery?.id ?? null },
      });
    return { deja: false, ...stored, remarques: lecture.remarques };
  });
}

/** How to read this file: what its name follows, else the only way there is. */
async function mappingFor(db: Knex, { partner, nom, etape }: Depot): Promise<Accuse> {
  const known = await db("partner").where({ id: partner }).first("id");
  if (known === undefined) throw new ReceiptError(`Le partenaire « ${partner} » n'existe pas.`);
  const accuses = (await readAccuses(db, partner)).filter((one) => one.source.type !== "reponse");
  const [found = accuses.length === 1 ? accuses[0] : undefined] = accuses.filter((one) =>
    etape === undefined ? takesFile(one, nom) : one.etape === etape,
  );
  if (found !== undefined) return found;
  throw new ReceiptError(
    accuses.length === 0
      ? `On ne sait pas lire les accusés de « ${partner} » : donnez leur format avec « offre-info receipts format ${partner} ».`
      : `Le nom « ${nom} » ne correspond à aucun accusé de « ${partner} » : dites de quelle étape il s'agit (reception ou traitement).`,
  );
}

/** A file as it comes: hashed to its end even when the reading stops before, the beginning of it kept. */
class Received implements AsyncIterable<Uint8Array> {
  readonly #hash = createHash("sha256");
  readonly #pump: AsyncGenerator<Uint8Array>;
  readonly #start: Uint8Array[] = [];
  #octets = 0;
  #room = KEPT;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#pump = this.#read(source);
  }

  async *#read(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      this.#hash.update(chunk);
      this.#octets += chunk.length;
      if (this.#room > 0) this.#start.push(chunk.subarray(0, this.#room));
      this.#room -= Math.min(this.#room, chunk.length);
      yield chunk;
    }
  }

  /** Without `return`: who stops reading leaves the rest to `finish`. */
  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return { next: () => this.#pump.next() };
  }

  async finish(): Promise<{ readonly sha256: string; readonly octets: number }> {
    while ((await this.#pump.next()).done !== true);
    return { sha256: this.#hash.digest("hex"), octets: this.#octets };
  }

  kept(): { readonly contenu: Buffer; readonly coupe: boolean } {
    return { contenu: gzipSync(Buffer.concat(this.#start)), coupe: this.#octets > KEPT };
  }
}
