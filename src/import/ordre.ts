import { isDeepStrictEqual } from "node:util";
import type * as lheo from "../lheo/index.ts";
import { type AsRead, type Extras, textOf } from "../lheo/index.ts";
import type { Voie } from "../published/contract/index.ts";
import { keyOfReference } from "./certifications.ts";
import { isPrincipal } from "./valeurs.ts";

/**
 * The received value in the order in which we write the same things, so that the two can be compared rank by rank.
 * Nothing is taken away; what is added is what the writer adds in any case.
 */

type Formation = AsRead<lheo.Formation>;
type Session = AsRead<lheo.Session>;

/** The first FORMACODE is the main one: the one that says so goes first. */
export function ordonnerFormation(formation: Formation): Formation {
  const domaine = formation["domaine-formation"];
  const codes = domaine?.["code-FORMACODE"];
  const rank = codes?.findIndex(isPrincipal) ?? -1;
  if (domaine === undefined || codes === undefined || rank <= 0) return formation;
  const ordered = [...codes.slice(rank, rank + 1), ...codes.toSpliced(rank, 1)];
  return { ...formation, "domaine-formation": { ...domaine, "code-FORMACODE": ordered } };
}

/** dict-type-cycle of the voies that are said by a `cycle`. */
export const TYPES_DE_CYCLE: Readonly<Partial<Record<Voie, string>>> = {
  formation_initiale: "0",
  apprentissage: "1",
};

/** First the `cycle` that says the voie, made up when the extras alone say it, then the others. */
function ordonnerCycles(cycles: Session["cycle"], voie: Voie): Session["cycle"] {
  const type = TYPES_DE_CYCLE[voie];
  if (type === undefined || cycles === undefined) return cycles;
  const rank = cycles.findIndex((cycle) => textOf(cycle["type-cycle"]) === type);
  const first = rank === -1 ? { "type-cycle": type } : cycles[rank];
  const others = rank === -1 ? cycles : cycles.toSpliced(rank, 1);
  return first === undefined ? others : [first, ...others];
}

/** First one `reference-certification` per certification, blocs alone included, then those said again or empty. */
function ordonnerReferences({
  "reference-certification": references = [],
  "blocs-competences": groupes = [],
}: Session): Pick<Session, "reference-certification" | "blocs-competences"> {
  const [firsts, others] = firstOfEach(references);
  const ofGroupes = groupes.map((groupe) => groupe["reference-certification"] ?? {});
  const keys = new Set(firsts.map(keyOfReference));
  const added = firstOfEach(ofGroupes)[0].filter((reference) => !keys.has(keyOfReference(reference)));
  const order = [...firsts, ...added].map(keyOfReference);
  const [firstGroupes, otherGroupes] = firstOfEach(
    groupes,
    (groupe) => groupe["reference-certification"] ?? {},
  );
  firstGroupes.sort(
    (a, b) =>
      order.indexOf(keyOfReference(a["reference-certification"] ?? {})) -
      order.indexOf(keyOfReference(b["reference-certification"] ?? {})),
  );
  return {
    "reference-certification": [...firsts, ...added.map(({ extras: _, ...codes }) => codes), ...others],
    "blocs-competences": [...firstGroupes, ...otherGroupes],
  };
}

type Reference = AsRead<lheo.ReferenceCertification>;

/** The first of each certification, and the rest: said again, or of no certification. */
function firstOfEach<T extends object>(
  items: readonly T[],
  reference: (item: T) => Reference = (item) => item,
): [T[], T[]] {
  const met = new Set<string>();
  const firsts: T[] = [];
  const others: T[] = [];
  for (const item of items) {
    const key = keyOfReference(reference(item));
    if (key === undefined || met.has(key)) others.push(item);
    else firsts.push(item);
    if (key !== undefined) met.add(key);
  }
  return [firsts, others];
}

/** References that name a certification first, as they are the ones that are written. */
export function ordonnerFormateurs(action: AsRead<lheo.Action>): AsRead<lheo.Action> {
  const formateurs = action["organisme-formateur"]?.map((formateur) => {
    const references = formateur["reference-certification"] ?? [];
    const named = references.filter((reference) => keyOfReference(reference) !== undefined);
    if (named.length === references.length) return formateur;
    const others = references.filter((reference) => keyOfReference(reference) === undefined);
    return { ...formateur, "reference-certification": [...named, ...others] };
  });
  return formateurs === undefined ? action : { ...action, "organisme-formateur": formateurs };
}

/** One session; see the file. */
export function ordonnerSession(session: Session, voie: Voie): Session {
  const lists = {
    ...ordonnerReferences(session),
    cycle: ordonnerCycles(session.cycle, voie),
  };
  const filled = Object.entries(lists).filter(([, list]) => list !== undefined && list.length > 0);
  return { ...session, ...Object.fromEntries(filled) };
}

/**
 * The extras received without those that we write ourselves, whose fields the contract has. Of a container that says
 * more than ours, what is left of it stays: nothing is written twice.
 */
export function sansExtrasEcrits(
  received: readonly Extras[] | undefined,
  written: readonly Extras[] | undefined,
): readonly Extras[] | undefined {
  if (received === undefined) return undefined;
  let left = received;
  for (const ours of written ?? []) {
    const rank = left.findIndex((extras) => contains(extras, ours));
    const found = left[rank];
    if (found === undefined) continue;
    const rest = found["*"].filter((entry) => !ours["*"].some((other) => isDeepStrictEqual(entry, other)));
    left = left.toSpliced(rank, 1, ...(rest.length === 0 ? [] : [{ ...found, "*": rest }]));
  }
  return left;
}

function contains(extras: Extras, part: Extras): boolean {
  return (
    isDeepStrictEqual(extras["@"], part["@"]) &&
    part["*"].every((entry) => extras["*"].some((other) => isDeepStrictEqual(entry, other)))
  );
}
