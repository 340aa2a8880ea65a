import { createReadStream, existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Knex } from "knex";
import { z } from "zod";
import { recordAct } from "../../audit/index.ts";
import {
  type Comptes,
  type EtapeAccuse,
  ReceiptError,
  type ReceiptSummary,
  type ReceiptsSummary,
  type Remarque,
  readAccuses,
  receiptsSummary,
  setAccuses,
  type Taken,
  takeReceipt,
  zAccuse,
} from "../../delivery/index.ts";
import { readPartner } from "../../partner/index.ts";
import { openDatabase, readContext, withDatabase } from "../context.ts";
import { acteur } from "../operateur.ts";
import { count, EXIT, Failure, instant, plain, print, printJson, table } from "../output.ts";

/** `offre-info receipts show`: exit 1 when sessions or the whole file are refused. */
export async function showCommand(id: string, options: { max: string; json?: true }): Promise<void> {
  const max = Number(options.max);
  if (!Number.isInteger(max) || max < 0)
    throw new Failure(`--max « ${options.max} » : attendu un nombre.`, EXIT.usage);
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const summary = await receiptsSummary(db, id, max);
    if (summary === undefined)
      throw new Failure(
        `Aucune diffusion ne s'appelle « ${id} ». Voyez : offre-info deliveries list`,
        EXIT.negative,
      );
    if (options.json === true) printJson(summary);
    else print(plain(describe(summary)));
    if (summary.refusees.length > 0 || summary.etat === "rejected") process.exitCode = EXIT.negative;
  });
}

/** `offre-info receipts take`: exit 1 when nothing of it could be understood. */
export async function takeCommand(
  partner: string,
  file: string,
  options: { etape?: string; json?: true },
): Promise<void> {
  const etape = options.etape === undefined ? undefined : etapeOf(options.etape);
  if (!existsSync(file)) throw new Failure(`Le fichier « ${file} » n'existe pas.`, EXIT.usage);
  const context = readContext();
  await withDatabase(openDatabase(context), async ({ db }) => {
    const taken = await inFrench(
      takeReceipt(db, {
        partner,
        nom: path.basename(file),
        octets: createReadStream(file),
        source: "depose",
        base: context.config.base,
        etape,
        acteur: acteur(),
      }),
    );
    if (options.json === true) printJson(taken);
    else print(plain(describeTaken(taken)));
    if (!taken.deja && (taken.issue === "illisible" || taken.issue === "inconnue"))
      process.exitCode = EXIT.negative;
  });
}

function etapeOf(text: string): EtapeAccuse {
  if (text === "reception" || text === "traitement") return text;
  throw new Failure(`--etape « ${text} » : attendu reception ou traitement.`, EXIT.usage);
}

/** `offre-info receipts format`. */
export async function formatCommand(partner: string, file: string | undefined): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    if ((await readPartner(db, partner)) === undefined)
      throw new Failure(`Aucun partenaire ne s'appelle « ${partner} ».`, EXIT.negative);
    if (file === undefined) printJson(await readAccuses(db, partner));
    else await setFormat(db, partner, file);
  });
}

async function setFormat(db: Knex, partner: string, file: string): Promise<void> {
  const accuses = await readFormat(file);
  try {
    await db.transaction(async (trx) => {
      await setAccuses(trx, partner, accuses);
      await recordAct(trx, {
        acteur: acteur(),
        acte: "accuse.format",
        objet: { type: "partenaire", id: partner },
        detail: { accuses },
      });
    });
  } catch (error) {
    if (error instanceof TypeError) throw new Failure(error.message, EXIT.usage);
    throw error;
  }
  print(
    `Les accusés de « ${partner} » sont lus ainsi : ${accuses.map(({ etape }) => etape).join(" puis ") || "plus aucun"}.`,
  );
}

/** One mapping or a list of them. */
async function readFormat(file: string) {
  let given: unknown;
  try {
    given = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new Failure(
      `« ${file} » n'est pas un fichier JSON lisible : ${error instanceof Error ? error.message : String(error)}`,
      EXIT.usage,
    );
  }
  const read = z.array(zAccuse).safeParse(Array.isArray(given) ? given : [given], {
    error: z.locales.fr().localeError,
  });
  if (read.success) return read.data;
  throw new Failure(
    [
      `« ${file} » ne décrit pas un accusé :`,
      ...read.error.issues.map((one) => `  ${one.path.join(".") || "(entier)"} : ${one.message}`),
    ].join("\n"),
    EXIT.usage,
  );
}

async function inFrench<T>(taking: Promise<T>): Promise<T> {
  try {
    return await taking;
  } catch (error) {
    if (error instanceof ReceiptError) throw new Failure(error.message, EXIT.negative);
    throw error;
  }
}

const ETAPES: Readonly<Record<EtapeAccuse, string>> = {
  reception: "accusé de réception",
  traitement: "accusé de traitement",
};

const ISSUES: Readonly<Record<ReceiptSummary["issue"], string>> = {
  recue: "reçue",
  acceptee: "acceptée",
  partielle: "acceptée en partie",
  refusee: "refusée",
  inconnue: "ne parle d'aucune session que l'on ait envoyée",
  illisible: "illisible",
};

function describe(summary: ReceiptsSummary): string {
  const { delivery, partner, sessions, receipts, refusees, inconnues } = summary;
  const head = `Diffusion ${delivery} à « ${partner} », ${count(sessions)} sessions`;
  return [
    summary.motif === null ? `${head} :` : `${head}. ${summary.motif}`,
    ...(receipts.length === 0 ? ["  Aucun accusé pour l'instant."] : receipts.flatMap(describeReceipt)),
    ...(refusees.length === 0 ? [] : ["", "Sessions refusées :", describeRefusees(refusees)]),
    ...(inconnues.length === 0
      ? []
      : ["", `Numéros qui ne sont pas dans cet envoi : ${inconnues.map(({ ecrit }) => ecrit).join(", ")}`]),
  ].join("\n");
}

function describeReceipt({ etape, issue, recuLe, nom, comptes, reste, remarques }: ReceiptSummary): string[] {
  const from = nom === null ? "en réponse" : `fichier « ${nom} »`;
  return [
    `  ${instant(recuLe)}  ${ETAPES[etape]}, ${from} : ${ISSUES[issue]}`,
    ...sentencesOfLines(comptes, reste),
    ...remarques.map(sentenceOfRemarque),
  ];
}

function sentencesOfLines(comptes: Comptes, reste: ReceiptSummary["reste"]): string[] {
  const others = reste === "visible" ? "visibles" : "acquittées";
  if (comptes.lignes === 0) return reste === null ? [] : [`    toutes les sessions sont ${others}`];
  return [`    ${sentenceOf(comptes)}${reste === null ? "" : ` ; les autres sont ${others}`}`];
}

function describeRefusees(refusees: ReceiptsSummary["refusees"]): string {
  return table(
    ["session", "code", "ce que cela veut dire", "que faire"],
    refusees.map(({ session, ecrit, code, refus }) => [session ?? ecrit, code, refus.libelle, refus.remede]),
  );
}

const WORDS: readonly (readonly [keyof Comptes, string, string])[] = [
  ["acquittees", "acquittée", "acquittées"],
  ["visibles", "visible", "visibles"],
  ["refusees", "refusée", "refusées"],
  ["inconnues", "inconnue de cet envoi", "inconnues de cet envoi"],
  ["illisibles", "illisible", "illisibles"],
];

function sentenceOf(comptes: Comptes): string {
  const many = (value: number, one: string, several: string) =>
    `${count(value)} ${value > 1 ? several : one}`;
  const parts = WORDS.flatMap(([name, one, several]) =>
    comptes[name] === 0 ? [] : [many(comptes[name], one, several)],
  );
  return `${many(comptes.lignes, "ligne", "lignes")}${parts.length === 0 ? "" : ` : ${parts.join(", ")}`}`;
}

const sentenceOfRemarque = ({ lieu, message }: Remarque): string => `    ${lieu} : ${message}`;

function describeTaken(taken: Taken): string {
  if (taken.deja) return `Ce fichier a déjà été lu (accusé n° ${taken.receipt}) : rien n'a changé.`;
  const about =
    taken.delivery === undefined ? "sans diffusion qui lui corresponde" : `diffusion ${taken.delivery}`;
  return [
    `Accusé n° ${taken.receipt}, ${about} : ${ISSUES[taken.issue]}`,
    ...(taken.rejetee ? ["  Tout le fichier envoyé est refusé : la diffusion est rejetée."] : []),
    `  ${sentenceOf(taken.comptes)}`,
    ...taken.remarques.map(sentenceOfRemarque),
    ...(taken.delivery === undefined ? [] : [`À voir : offre-info receipts show ${taken.delivery}`]),
  ].join("\n");
}
