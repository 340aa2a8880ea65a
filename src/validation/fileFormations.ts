import {
  type AsRead,
  attributeOf,
  clean,
  type Formation,
  LheoError,
  NAMESPACE,
  NAMESPACES,
  parse,
} from "../lheo/index.ts";
import { type Notice, notice, noticesDesDefauts } from "../notices/index.ts";
import { fusionner } from "./fusion.ts";
import { type Contexte, checkAction, checkFormation, type Uniqueness } from "./rules/index.ts";
import type { Xsd } from "./xsd.ts";
import { xsdNotices } from "./xsdMessages.ts";

type FormationLheo = AsRead<Formation>;

/** A formation as it stands in a file. */
export interface FormationLue {
  readonly xml: string;
  readonly line: number;
}

/** What was found in one formation of a file. */
export interface Controle {
  readonly notices: readonly NoticeLue[];
  readonly actions: number;
  readonly sessions: number;
}

/** A notice, and whether the published XSD refuses the file for it. */
export interface NoticeLue {
  readonly notice: Notice;
  readonly publiee: boolean;
}

/** LHEO 2.2 is checked as 2.3, which only adds to it. */
export function enVersion23(xml: string): string {
  return xml.includes(NAMESPACES["2.2"]) ? xml.replaceAll(NAMESPACES["2.2"], NAMESPACE) : xml;
}

/** What the rules need beside the formation. */
export interface Regles {
  readonly uniqueness: Uniqueness;
  readonly latin1: boolean | undefined;
}

/** Checks a batch with the published XSD alone. */
export async function controlePublie(xsd: Xsd, lot: readonly FormationLue[]): Promise<readonly Controle[]> {
  const defects = await xsd.validate(
    lot.map(({ xml }) => xml),
    "publiee",
  );
  return lot.map(({ line }, i) => ({
    notices: xsdNotices(defects[i] ?? [], { line }).map((found) => ({ notice: found, publiee: true })),
    actions: 0,
    sessions: 0,
  }));
}

/**
 * Checks a batch with our XSD and the rules. The published XSD accepts what ours does, so that only what ours refuses
 * is shown to it.
 */
export async function controleComplet(
  xsd: Xsd,
  lot: readonly FormationLue[],
  regles: Regles,
): Promise<readonly Controle[]> {
  const strict = xsd.validate(lot.map(({ xml }) => xml));
  // The thread works while we read.
  const lues = lot.map((formation) => lire(formation, regles));
  const defects = await strict;
  const refused = lot.flatMap(({ xml }, i) => ((defects[i] ?? []).length > 0 ? [{ xml, i }] : []));
  const published = await xsd.validate(
    refused.map(({ xml }) => xml),
    "publiee",
  );
  const publies = new Map(
    refused.map(({ i }, rank) => [i, xsdNotices(published[rank] ?? []).map(({ path }) => path)]),
  );
  return lot.map(({ line }, i) => {
    const { ids, regles, lecture, ...counts } = lues[i] ?? VIDE;
    const stricts = xsdNotices(defects[i] ?? [], { line });
    const paths = publies.get(i) ?? [];
    const notices = fusionner(stricts, ids, regles, lecture).map((found) => ({
      notice: found,
      publiee: ids.includes(found) || (stricts.includes(found) && paths.includes(found.path)),
    }));
    // What the published XSD alone words otherwise is still its refusal.
    const said = paths.length === 0 || notices.some(({ publiee }) => publiee);
    return {
      ...counts,
      notices: said ? notices : notices.map((seen, n) => (n === 0 ? { ...seen, publiee: true } : seen)),
    };
  });
}

interface Lecture {
  readonly ids: readonly Notice[];
  readonly regles: readonly Notice[];
  readonly lecture: readonly Notice[];
  readonly actions: number;
  readonly sessions: number;
}
const VIDE: Lecture = { ids: [], regles: [], lecture: [], actions: 0, sessions: 0 };

/** Reads one formation and applies the rules to it. */
function lire({ xml, line }: FormationLue, { uniqueness, latin1 }: Regles): Lecture {
  let value: FormationLheo;
  try {
    ({ value } = parse("formation", xml, line));
  } catch (error) {
    if (!(error instanceof LheoError)) throw error;
    const lecture = [notice("xml-mal-forme", { path: "", value: error.message, line: error.line ?? line })];
    return { ...VIDE, lecture };
  }
  const action = attributeOf(value, "numero");
  const contexte: Contexte = { line, ...(action === undefined ? undefined : { action }) };
  const regles = [
    ...checkFormation(value, { ...contexte, latin1 }),
    ...uniqueness.formation(action ?? "", contexte),
  ];
  let sessions = 0;
  (value.action ?? []).forEach((item, i) => {
    const numeros = (item.session ?? []).map((session) => attributeOf(session, "numero") ?? "");
    const place = { ...contexte, rang: i + 1, ...sessionOf(item) };
    regles.push(...checkAction(item, value, place));
    regles.push(...uniqueness.action(attributeOf(item, "numero") ?? "", numeros, place));
    sessions += numeros.length;
  });
  // What the language has no place for is the XSD's business.
  const lecture = clean("formation", value).defauts.flatMap((defaut) =>
    noticesDesDefauts([defaut], { path: "", ...contexte, ...sessionAt(value, defaut.path) }),
  );
  const ids = / id\s*=/.test(xml)
    ? idsOf(value, "").flatMap(({ id, path }) => uniqueness.id(id, path, contexte))
    : [];
  return { ids, regles, lecture, actions: value.action?.length ?? 0, sessions };
}

/** Number of the session of an action that has one session: whatever is said of the action is said of it. */
function sessionOf(action: NonNullable<FormationLheo["action"]>[number] | undefined): { session?: string } {
  const numero = action?.session?.length === 1 ? attributeOf(action.session[0], "numero") : undefined;
  return numero === undefined || numero === "" ? {} : { session: numero };
}

function sessionAt({ action }: FormationLheo, path: string): { session?: string } {
  const [, rank] = /^action\[(\d+)\]/.exec(path) ?? [];
  return rank === undefined ? {} : sessionOf(action?.[Number(rank) - 1]);
}

/** Every `@id` of a value. */
function idsOf(value: unknown, path: string): readonly { id: string; path: string }[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => idsOf(item, `${path}[${i + 1}]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = path === "" ? key : `${path}/${key}`;
    if (key !== "@") return idsOf(inner, at);
    const { id } = inner as { readonly id?: unknown };
    return typeof id === "string" ? [{ id, path: `${path === "" ? "" : `${path}/`}@id` }] : [];
  });
}
