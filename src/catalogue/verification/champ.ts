import type { BrouillonAction, BrouillonSession } from "../contenu.ts";
import { at } from "../objet.ts";
import { type Lignes, XPATHS_ACTION, XPATHS_DERIVES, XPATHS_MODALITES, XPATHS_SESSION } from "./xpaths.ts";

/** A field of one of the two forms. */
export interface Champ {
  readonly genre: "action" | "session";
  /** As its input is named: `lieux[0].coordonnees.adresse.ville`. */
  readonly champ: string;
}

/** What the forms hold: tells which of two fields that share a place is meant. */
export interface Contenus {
  readonly action: BrouillonAction;
  readonly session: BrouillonSession | undefined;
}

type Genre = "action" | "session" | "modalites";

/** Fields by place without ranks. */
const EXACTS: ReadonlyMap<string, readonly { readonly genre: Genre; readonly champ: string }[]> = byXpath({
  session: [...XPATHS_SESSION, ...XPATHS_DERIVES.session],
  modalites: [...XPATHS_MODALITES, ...XPATHS_DERIVES.modalites],
  action: XPATHS_ACTION,
});
const PLACES = [...EXACTS.keys()];

function byXpath(tables: Readonly<Record<Genre, Lignes>>) {
  const found = new Map<string, { genre: Genre; champ: string }[]>();
  for (const genre of ["session", "modalites", "action"] as const)
    for (const [champ, xpath] of tables[genre]) {
      const place = xpath.replaceAll("[]", "");
      found.set(place, [...(found.get(place) ?? []), { genre, champ: marked(champ, xpath) }]);
    }
  return found;
}

/** Ranks are told apart by their step: `telfixe[]` is at the one of `numtel`. */
function marked(champ: string, xpath: string): string {
  const steps = xpath.split("/");
  const ranked = steps.flatMap((step, at) => (step.endsWith("[]") ? [at] : []));
  let next = 0;
  return champ.replaceAll("[]", () => `[${ranked[next++] ?? ""}]`);
}

const RANG = /\[(\d+)\]$/;

/**
 * The field of the form that a notice is about.
 * @param path where the notice was found, from the `formation`
 */
export function champOf(path: string, contenus: Contenus): Champ {
  const steps = path.split("/").filter((step) => step !== "");
  const ranks = steps.map((step) => RANG.exec(step)?.[1]);
  const bare = steps.map((step) => step.replace(RANG, ""));
  const root = bare[0] !== "action" ? 0 : bare[1] !== "session" ? 1 : 2;
  for (let length = bare.length; length > root; length--) {
    const place = bare.slice(0, length).join("/");
    const known =
      EXACTS.get(place) ?? EXACTS.get(PLACES.find((other) => other.startsWith(`${place}/`)) ?? "");
    if (known !== undefined) return chosen(known, ranks, contenus);
  }
  // What the contract does not model was laid over the record as it came.
  return { genre: root === 0 ? "action" : "session", champ: bare.length > root ? "tel_quel" : "" };
}

function chosen(
  known: readonly { readonly genre: Genre; readonly champ: string }[],
  ranks: readonly (string | undefined)[],
  contenus: Contenus,
): Champ {
  const candidates = known.map(({ genre, champ }) => placed(genre, ranked(champ, ranks), contenus));
  const filled = candidates.find(({ genre, champ }) =>
    isFilled(genre === "session" ? contenus.session : contenus.action, champ),
  );
  return filled ?? candidates.at(-1) ?? { genre: "action", champ: "" };
}

/** `lieux[1].coordonnees` and the ranks of the path give `lieux[0].coordonnees`; without a rank the list itself is meant. */
function ranked(champ: string, ranks: readonly (string | undefined)[]): string {
  let whole = "";
  let rest = champ;
  for (let mark = /\[(\d*)\]/.exec(rest); mark !== null; mark = /\[(\d*)\]/.exec(rest)) {
    whole += rest.slice(0, mark.index);
    const rank = ranks[Number(mark[1])];
    if (mark[1] === "" || rank === undefined) return whole;
    whole += `[${Number(rank) - 1}]`;
    rest = rest.slice(mark.index + mark[0].length);
  }
  return whole + rest;
}

/** A modality is the action's, unless the session has its own. */
function placed(genre: Genre, champ: string, { session }: Contenus): Champ {
  if (genre !== "modalites") return { genre, champ };
  const path = `modalites.${champ}`;
  return { genre: isOwn(session, champ) ? "session" : "action", champ: path };
}

const HEURES = /^(?:nombre_heures|heures_par_modalite)/;

/** Hours are one: a session that gives some takes none of the action's. */
function isOwn(session: BrouillonSession | undefined, champ: string): boolean {
  const own = Object.entries(session?.modalites ?? {}).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  const [field = ""] = champ.split(/[.[]/);
  return own.some(([name]) => name === field || (HEURES.test(name) && HEURES.test(field)));
}

/** Is something there? A text of spaces alone and an empty list are nothing. */
export function isFilled(record: unknown, champ: string): boolean {
  const value = at(record, champ);
  if (typeof value === "string") return value.trim() !== "";
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}
