import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import type { Outcome } from "./outcome.ts";

/** One step of the acknowledgement of a delivery. */
export interface Receipt {
  readonly etape: "reception" | "traitement";
  /** `recue`; then `acceptee`, `partielle` or `refusee`. */
  readonly issue: string;
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

/**
 * The receipts that an accepted push brought in the answer itself: that it was received, and what was made of it when
 * the answer says so, as `{formations, sessions, acceptees?, refusees?, refuses?: [{session, code, message}]}` in JSON or
 * as the same names in XML. An answer that says nothing readable is a reception and no more.
 */
export function receiptsOf(outcome: Outcome): Receipt[] {
  if (outcome.kind === "depot")
    return [{ etape: "reception", issue: "recue", detail: { fichier: outcome.nom } }];
  if (outcome.kind !== "reponse") return [];
  const counts = countsOf(outcome.body);
  const { formations, sessions } = counts ?? {};
  const reception: Receipt = {
    etape: "reception",
    issue: "recue",
    detail: { status: outcome.status, formations, sessions },
  };
  const treated = counts === undefined ? undefined : treatment(counts);
  return treated === undefined ? [reception] : [reception, treated];
}

function treatment({ sessions, acceptees, refusees, refuses }: Counts): Receipt | undefined {
  const refused = refusees ?? refuses?.length;
  if (refused === undefined && acceptees === undefined) return undefined;
  const all = sessions ?? (acceptees ?? 0) + (refused ?? 0);
  const lost = refused ?? all - (acceptees ?? 0);
  const detail = {
    acceptees: acceptees ?? Math.max(all - lost, 0),
    refusees: lost,
    refus: (refuses ?? []).slice(0, MOST_REFUSALS),
  };
  if (lost === 0) return { etape: "traitement", issue: "acceptee", detail };
  return { etape: "traitement", issue: detail.acceptees === 0 ? "refusee" : "partielle", detail };
}

function countsOf(body: string): Counts | undefined {
  const text = body.trim();
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
