import { keyOfCertification } from "../../feed/index.ts";
import {
  type Action,
  type CodesCertification,
  type Session,
  zAction,
  zSession,
} from "../../published/contract/index.ts";
import { canonicalJson } from "../../published/index.ts";
import type { BrouillonAction } from "../contenu.ts";
import type { FicheAction, FicheSession } from "../fiche.ts";
import type { Refus } from "../refus.ts";

/** The working copy of an action as a record of the contract, or what it still lacks. */
export function actionRecord({
  contenu,
  structure: organisme,
  cadre,
}: Pick<FicheAction, "contenu" | "structure" | "cadre">): Action | Refus {
  const read = zAction.safeParse({ ...contenu, organisme, conventionnee: cadre === "conventionnee" });
  return read.success ? read.data : manques(read.error.issues);
}

/** The same for a session; `action` is the reference of its action. */
export function sessionRecord({ contenu }: Pick<FicheSession, "contenu">, action: string): Session | Refus {
  const read = zSession.safeParse({ ...contenu, action });
  return read.success ? read.data : manques(read.error.issues);
}

function manques(issues: readonly { readonly path: readonly PropertyKey[] }[]): Refus {
  const champs = [...new Set(issues.map(({ path }) => path.join(".")))];
  return { refus: `Il manque à la fiche : ${champs.join(", ")}.` };
}

/** The working copy that a published action came from. */
export function brouillonOf({ organisme: _, conventionnee: __, ...contenu }: Action): BrouillonAction {
  return contenu;
}

type Codes = readonly CodesCertification[] | undefined;

/** Do the two name the same certifications, in whatever order and however their codes are written? */
export function sameCertifications(a: Codes, b: Codes): boolean {
  const [left, right] = [keysOf(a), keysOf(b)];
  return left.size === right.size && [...left].every((key) => right.has(key));
}

/** Are all these certifications among those? */
export function amongCertifications(some: Codes, all: Codes): boolean {
  const known = keysOf(all);
  return [...keysOf(some)].every((key) => known.has(key));
}

const keysOf = (codes: Codes): ReadonlySet<string> =>
  new Set((codes ?? []).map((one) => keyOfCertification(one) ?? canonicalJson(one)));
