import type { Notice } from "../notices/index.ts";
import { type Xsd, type XsdDefect, xsdNotices } from "../validation/index.ts";
import { type Element, merge, type Variante } from "./variante.ts";

/** Sessions validated in one fragment: any run of valid actions is valid, so a slice answers for all profiles. */
const SLICE = 50;

/** Some sessions of a variant, in one `formation`. */
interface Slice {
  readonly variante: Variante;
  readonly elements: readonly Element[];
}

/**
 * Adds to the notices of these variants what the XSD says of them. Each piece is asked once, whatever the variants
 * and the profiles that share it.
 */
export async function judge(xsd: Xsd, variantes: readonly Variante[]): Promise<void> {
  const slices = variantes.flatMap(slicesOf);
  const verdicts = await xsd.validate(slices.map(fragment));
  for (const [rank, defects] of verdicts.entries()) {
    const slice = slices[rank];
    if (slice !== undefined && defects.length > 0) await blame(xsd, slice, defects);
  }
}

function slicesOf(variante: Variante): Slice[] {
  const slices: Slice[] = [];
  const pending = variante.elements.filter(({ piece }) => !piece.soumise);
  for (const { piece } of pending) piece.soumise = true;
  for (let at = 0; at < pending.length; at += SLICE)
    slices.push({ variante, elements: pending.slice(at, at + SLICE) });
  return slices;
}

function fragment({ variante: { tete }, elements }: Slice): Buffer {
  return Buffer.concat([tete.before, ...elements.map(({ piece }) => piece.xml), tete.after]);
}

/** Finds whose fault it is, and goes on with the others until nothing is left to say. */
async function blame(xsd: Xsd, slice: Slice, defects: readonly XsdDefect[]): Promise<void> {
  const { variante, elements } = slice;
  const ofHead = defects.filter((defect) => rankOf(defect) === undefined);
  const guilty = new Set<Element>();
  for (const [rank, element] of elements.entries()) {
    const own = defects.filter((defect) => rankOf(defect) === rank + 1).map(alone);
    if (own.length === 0) continue;
    guilty.add(element);
    accuse(variante, element, own);
  }
  if (ofHead.some(({ kind }) => kind === "xml") && elements.length > 1) {
    // Nothing tells where broken XML comes from: each action is asked by itself.
    for (const element of elements) await blameAlone(xsd, { variante, elements: [element] });
    return;
  }
  if (ofHead.length > 0) {
    // With its head refused, nothing sure is said of the actions.
    variante.tete.notices = merge(xsdNotices(ofHead, placeOf(variante)), variante.tete.notices);
    return;
  }
  const rest = { variante, elements: elements.filter((element) => !guilty.has(element)) };
  if (rest.elements.length > 0) await blameAlone(xsd, rest);
}

async function blameAlone(xsd: Xsd, slice: Slice): Promise<void> {
  const [defects = []] = await xsd.validate([fragment(slice)]);
  if (defects.length > 0) await blame(xsd, slice, defects);
}

function accuse(variante: Variante, { session, piece }: Element, defects: readonly XsdDefect[]): void {
  const found: readonly Notice[] = xsdNotices(defects, { ...placeOf(variante), session: session.numero });
  piece.notices = merge(found, piece.notices);
}

function placeOf({ entree }: Variante): { readonly action: string; readonly organisme: string } {
  return { action: entree.action.numero, organisme: entree.organisme.numero };
}

/** Rank, from 1, of the action that a defect is in; undefined for the head of the formation. */
function rankOf({ steps }: XsdDefect): number | undefined {
  return steps[3]?.name === "action" ? steps[3].rank : undefined;
}

/** The rank in a slice means nothing to anyone: as the rules do, the action is the first. */
function alone(defect: XsdDefect): XsdDefect {
  return { ...defect, steps: defect.steps.map((step, at) => (at === 3 ? { ...step, rank: 1 } : step)) };
}
