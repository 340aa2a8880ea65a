import type { Knex } from "knex";
import type { Outcome } from "../outcome.ts";
import { type AnswerRead, type Receipt, readAnswer } from "./answer.ts";
import type { Ligne } from "./line.ts";
import type { Accuse } from "./mapping.ts";
import { readAccuses } from "./mappings.ts";
import { deliveryById, stageLines } from "./match.ts";
import { once, openReceipt } from "./read.ts";
import { storeReceipt } from "./store.ts";

/** A delivery whose push was just accepted. */
export interface Accepted {
  readonly id: string;
  readonly partner: string;
}

/** An answer that tells of no session. */
export interface PlainAnswer {
  readonly receipts: readonly Receipt[];
  /** It says nothing that a mapping could read. */
  readonly muette: boolean;
}

/**
 * What an accepted push brought when it is only a receipt to write, unless the partner's mapping reads more in it;
 * undefined: {@link recordAnswer} has more to do.
 */
export function plainAnswer(outcome: Outcome): PlainAnswer | undefined {
  const read = readAnswer(outcome);
  const muette = !speaks(outcome);
  return muette || !namesSessions(read) ? { receipts: read.receipts, muette } : undefined;
}

/** Has it words in it, which a mapping could read? */
const speaks = (outcome: Outcome): outcome is Extract<Outcome, { kind: "reponse" }> =>
  outcome.kind === "reponse" && outcome.body.trim() !== "";

const namesSessions = ({ lignes, reste }: AnswerRead): boolean => lignes.length > 0 || reste !== "rien";

/**
 * Writes what an accepted push brought in its answer: by the partner's mapping when its answers have one, else as
 * {@link readAnswer} reads them. An answer that only says that the file came costs one statement.
 * @param trx holds the lock of the partner; the delivery is accepted
 */
export async function recordAnswer(
  trx: Knex.Transaction,
  accepted: Accepted,
  outcome: Outcome,
): Promise<void> {
  const read = readAnswer(outcome);
  if (!speaks(outcome)) return insertPlain(trx, accepted, read.receipts);
  const accuse = (await readAccuses(trx, accepted.partner)).find(({ source }) => source.type === "reponse");
  if (accuse === undefined) return recordUsual(trx, accepted, read);
  const [reception] = read.receipts;
  if (reception !== undefined && accuse.etape === "traitement") await insertPlain(trx, accepted, [reception]);
  await recordMapped(trx, accepted, accuse, outcome);
}

async function recordUsual(trx: Knex.Transaction, accepted: Accepted, read: AnswerRead): Promise<void> {
  const { receipts, lignes, reste } = read;
  const [reception, treated] = receipts;
  const delivery = namesSessions(read) ? await deliveryById(trx, accepted.partner, accepted.id) : undefined;
  if (reception === undefined || treated === undefined || delivery === undefined)
    return insertPlain(trx, accepted, receipts);
  await insertPlain(trx, accepted, [reception]);
  await storeReceipt(trx, {
    partner: accepted.partner,
    etape: treated.etape,
    source: "reponse",
    delivery,
    base: undefined,
    lecture: { entete: {}, coupee: false, remarques: [] },
    lignes: lignes.length === 0 ? 0 : await stageLines(trx, several(lignes)),
    reste,
    detail: treated.detail,
    issue: treated.issue,
  });
}

async function recordMapped(
  trx: Knex.Transaction,
  accepted: Accepted,
  accuse: Accuse,
  { body, cut }: Extract<Outcome, { kind: "reponse" }>,
): Promise<void> {
  const lecture = openReceipt(once(Buffer.from(body)), accuse);
  const lignes = await stageLines(trx, lecture.lignes);
  await storeReceipt(trx, {
    partner: accepted.partner,
    etape: accuse.etape,
    source: "reponse",
    delivery: await deliveryById(trx, accepted.partner, accepted.id),
    base: undefined,
    lecture: { entete: lecture.entete, coupee: lecture.coupee || cut, remarques: lecture.remarques },
    lignes,
    reste: accuse.reste,
  });
}

async function insertPlain(
  trx: Knex.Transaction,
  { id, partner }: Accepted,
  receipts: readonly Receipt[],
): Promise<void> {
  if (receipts.length === 0) return;
  await trx("receipt").insert(
    receipts.map((one) => ({ ...one, delivery_id: id, partner, detail: JSON.stringify(one.detail) })),
  );
}

async function* several(lignes: readonly Ligne[]): AsyncGenerator<Ligne> {
  yield* lignes;
}
