import { type AsRead, attributeOf, type DomaineFormation, type Leaf } from "../../lheo/index.ts";
import type { NoticeCode } from "../../notices/index.ts";
import { champ } from "../champs.ts";
import { type Action, type Constats, chaque, texte } from "./constats.ts";
import { checkPrincipal } from "./coordonnees.ts";

const FORMACODE = /^[1-9]\d{4}$/;

/** Subject codes of the formation: FORMACODE, NSF, ROME. */
export function checkDomaine(constats: Constats, domaine: AsRead<DomaineFormation> | undefined): void {
  if (domaine === undefined) return;
  const path = "domaine-formation";
  const formacodes = domaine["code-FORMACODE"] ?? [];
  if (formacodes.length === 0) constats.add("formacode-absent", path, { value: "vide" });
  chaque(formacodes, `${path}/code-FORMACODE`, (leaf, at, rank) => {
    const value = texte(leaf);
    if (!FORMACODE.test(value)) constats.add("formacode-forme", at, { value });
    if (sansRef(leaf)) constats.add("formacode-sans-ref", `${at}/@ref`, { value });
    if (
      rank > 0 &&
      attributeOf(leaf, "tag") === "principal" &&
      attributeOf(formacodes[0], "tag") !== "principal"
    ) {
      constats.add("formacode-principal", at, { value });
    }
  });
  checkPrincipal(constats, formacodes, `${path}/code-FORMACODE`);
  checkForme(constats, domaine["code-NSF"], /^[1-4]\d{2}$/, "nsf-forme", `${path}/code-NSF`);
  checkForme(constats, domaine["code-ROME"], /^[A-N]\d{4}$/, "rome-forme", `${path}/code-ROME`);
  checkDoubles(constats, formacodes, `${path}/code-FORMACODE`);
  checkDoubles(constats, domaine["code-NSF"], `${path}/code-NSF`);
  checkDoubles(constats, domaine["code-ROME"], `${path}/code-ROME`);
}

/** Who the action is for. */
export function checkPublics(constats: Constats, action: Action): void {
  const publics = action["code-public-vise"];
  chaque(publics, "code-public-vise", (leaf, at) => {
    const value = texte(leaf);
    if (!FORMACODE.test(value)) constats.add("public-forme", at, { value });
    const ref = attributeOf(leaf, "ref");
    if (sansRef(leaf)) constats.add("public-sans-ref", `${at}/@ref`, { value });
    else if (ref !== undefined && ref !== "V14")
      constats.add("public-ref-ancienne", `${at}/@ref`, { value: ref, attendu: value });
  });
  checkDoubles(constats, publics, "code-public-vise");
  checkForme(
    constats,
    action["code-modalite-pedagogique"],
    FORMACODE,
    "modalite-pedagogique-forme",
    "code-modalite-pedagogique",
  );
}

const sansRef = (leaf: Leaf): boolean => (attributeOf(leaf, "ref") ?? "").trim() === "";

function checkForme(
  constats: Constats,
  leaves: readonly Leaf[] | undefined,
  forme: RegExp,
  code: NoticeCode,
  path: string,
): void {
  chaque(leaves, path, (leaf, at) => {
    const value = texte(leaf);
    if (!forme.test(value)) constats.add(code, at, { value });
  });
}

function checkDoubles(constats: Constats, leaves: readonly Leaf[] | undefined, path: string): void {
  if (leaves === undefined || leaves.length < 2) return;
  const seen = new Set<string>();
  chaque(leaves, path, (leaf, at) => {
    const value = texte(leaf);
    if (seen.has(value))
      constats.add("code-en-double", at, { value, champ: champ(path.slice(path.lastIndexOf("/") + 1)) });
    seen.add(value);
  });
}
