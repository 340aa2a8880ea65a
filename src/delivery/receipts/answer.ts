import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import type { Outcome } from "../outcome.ts";
import { type Ligne, LONGEST, tidy } from "./line.ts";

/** One step of the acknowledgement of a delivery. */
export interface Receipt {
  readonly etape: "reception" | "traitement";
  readonly issue: "recue" | "acceptee" | "partielle" | "refusee";
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Refusals kept; the counts tell the rest. */
const MOST_REFUSALS = 100;

const zCount = z
  .union([
    z.int().min(0),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ])
  .optional()
  .catch(undefined);
const zText = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);
const zRefus = z
  .object({ session: zText, code: zText, message: zText })
  .or(z.string().transform((message) => ({ session: undefined, code: undefined, message })));
const zAnswer = z.object({
  formations: zCount,
  sessions: zCount,
  acceptees: zCount,
  refusees: zCount,
  refuses: z.array(zRefus).optional().catch(undefined),
});
type Counts = z.output<typeof zAnswer>;

const MARKUP = new XMLParser({ ignoreAttributes: true, parseTagValue: false, processEntities: false });

/** What an answer says beside its receipts: of the sessions that it names, and of the others. */
export interface AnswerRead {
  readonly receipts: readonly Receipt[];
  readonly lignes: readonly Ligne[];
  readonly reste: "acquittee" | "rien";
}

/**
 * The receipts that an accepted push brought in the answer itself: that it was received, and what was made of it when
 * the answer says so, as `{formations, sessions, acceptees?, refusees?, refuses?: [{session, code, message}]}` in JSON or
 * as the same names in XML. An answer that says nothing readable is a reception and no more.
 */
export function receiptsOf(outcome: Outcome): Receipt[] {
  return [...readAnswer(outcome).receipts];
}

/** The same, with its lines. Those not named passed, provided that all that are refused are named. */
export function readAnswer(outcome: Outcome): AnswerRead {
  if (outcome.kind === "depot") {
    const detail = { fichier: outcome.nom };
    return { receipts: [{ etape: "reception", issue: "recue", detail }], lignes: [], reste: "rien" };
  }
  if (outcome.kind !== "reponse") return { receipts: [], lignes: [], reste: "rien" };
  const counts = countsOf(outcome.body);
  const { formations, sessions } = counts ?? {};
  const reception: Receipt = {
    etape: "reception",
    issue: "recue",
    detail: { status: outcome.status, formations, sessions },
  };
  const treated = counts === undefined ? undefined : treatment(counts);
  if (treated === undefined) return { receipts: [reception], lignes: [], reste: "rien" };
  const lignes = linesOf(counts?.refuses ?? []);
  const named = new Set(lignes.map(({ session }) => session)).size;
  const whole = !outcome.cut && named >= Number(treated.detail.refusees);
  return { receipts: [reception, treated], lignes, reste: whole ? "acquittee" : "rien" };
}

function linesOf(refuses: NonNullable<Counts["refuses"]>): readonly Ligne[] {
  return refuses.flatMap(({ session, code, message }, rank) => {
    const numero = tidy(session, LONGEST.numero);
    if (numero === "") return [];
    return {
      rang: rank + 1,
      session: numero,
      action: "",
      statut: "refusee",
      mot: "",
      code: tidy(code, LONGEST.code),
      message: tidy(message, LONGEST.message),
    } as const;
  });
}

function treatment({ sessions, acceptees, refusees, refuses }: Counts): Receipt | undefined {
  const refused = refusees ?? refuses?.length;
  if (refused === undefined && acceptees === undefined) return undefined;
  const all = sessions ?? (acceptees ?? 0) + (refused ?? 0);
  const lost = refused ?? all - (acceptees ?? 0);
  const detail = {
    acceptees: acceptees ?? Math.max(all - lost, 0),
    refusees: lost,
    refus: (refuses ?? []).slice(0, MOST_REFUSALS).map(storable),
  };
  if (lost === 0) return { etape: "traitement", issue: "acceptee", detail };
  return { etape: "traitement", issue: detail.acceptees === 0 ? "refusee" : "partielle", detail };
}

/** What a database refuses is left out; the answer itself is kept with its attempt. */
function storable(refus: NonNullable<Counts["refuses"]>[number]): NonNullable<Counts["refuses"]>[number] {
  const text = (value: string | undefined) =>
    value === undefined ? undefined : tidy(value, LONGEST.message);
  return { session: text(refus.session), code: text(refus.code), message: text(refus.message) };
}

function countsOf(body: string): Counts | undefined {
  const text = body.trim();
  if (text === "") return undefined;
  const read = text.startsWith("<") ? fromXml(text) : fromJson(text);
  const answer = zAnswer.safeParse(read);
  if (!answer.success) return undefined;
  return Object.values(answer.data).some((value) => value !== undefined) ? answer.data : undefined;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `<accuse><sessions>12</sessions><refuses><refus>…</refus></refuses></accuse>`, whatever the root is called. */
function fromXml(text: string): unknown {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return undefined;
  try {
    const document: Record<string, unknown> = MARKUP.parse(text);
    const root = Object.entries(document).find(([name]) => !name.startsWith("?"))?.[1];
    if (typeof root !== "object" || root === null) return undefined;
    const { refuses } = root as { refuses?: { refus?: unknown } | string };
    if (refuses === undefined) return root;
    const refus = typeof refuses === "object" ? refuses.refus : [];
    return { ...root, refuses: Array.isArray(refus) ? refus : refus === undefined ? [] : [refus] };
  } catch {
    return undefined;
  }
}
