import type { Perdu } from "../feed/index.ts";
import { codeBloc, codeCertification, type Repertoire } from "../lheo/index.ts";
import { type Notice, notice } from "../notices/index.ts";
import { missingFrom, type Valeur, valuesOf } from "./valeursLheo.ts";

/** Elements whose codes are written in one way whatever the way received. */
const REPERTOIRES: Readonly<Record<string, Repertoire>> = {
  "code-RNCP": "RNCP",
  "reference-code-RNCP": "RNCP",
  "code-CERTIFINFO": "CERTIFINFO",
  "reference-code-CERTIFINFO": "CERTIFINFO",
  "code-RS": "RS",
  "reference-code-RS": "RS",
  "code-CPF": "CPF",
  "code-ELU": "ELU",
};

/** What two writings of one datum have in common; none when a writing is the datum. */
function sameAs({ path, value }: Valeur): string | undefined {
  const element = path.slice(path.lastIndexOf("/") + 1);
  const repertoire = REPERTOIRES[element];
  if (repertoire !== undefined) return codeCertification(repertoire, value)?.cle;
  if (element === "code-bloc") return codeBloc(value)?.cle;
  return undefined;
}

/** S86: the form takes `RAS` for no condition, LHEO writes `aucune`. */
const isRas = ({ path, value }: Valeur): boolean =>
  path.endsWith("conditions-specifiques") && /^\s*r\.?\s*a\.?\s*s\.?\s*$/i.test(value);

/** What the notices of a record say of it. */
export interface Where {
  /** Of the element compared, from the formation. */
  readonly path: string;
  readonly action: string;
  readonly session?: string;
  readonly organisme?: string;
}

/**
 * Says each value received that is not written again, and why: another writing of it is, or something else stands in
 * its place.
 * @param received every value of it has to be in `written`, as many times
 * @param perdus places where something else is written, as the comparison rank by rank found them
 */
export function noticesDesPertes(
  received: object,
  written: object,
  perdus: readonly Perdu[],
  where: Where,
): Notice[] {
  const [before, after] = [valuesOf(received), valuesOf(written)];
  const missing = missingFrom(before, after);
  if (missing.length === 0 && perdus.length === 0) return [];
  const added = missingFrom(after, before);
  const ailleurs = perdus.filter(
    (perdu) => perdu.value.trim() !== "" && !missing.some((valeur) => isSame(valeur, perdu)),
  );
  return [
    ...missing.map((valeur) => noticeDe(valeur, added, where)),
    ...ailleurs.map((perdu) =>
      notice("import-valeur-non-reprise", {
        ...placeOf(perdu, where),
        attendu: "elle est aussi à une autre place, la seule où le flux l'écrit",
      }),
    ),
  ];
}

const sansRangs = (path: string): string => path.replace(/\[\d+\]/g, "");
const isSame = (valeur: Valeur, perdu: Perdu): boolean =>
  valeur.value === perdu.value && valeur.path === sansRangs(perdu.path);

const placeOf = ({ path, value }: Valeur, where: Where): Where & { readonly value: string } => ({
  ...where,
  path: [where.path, path].filter(Boolean).join("/"),
  value,
});

function noticeDe(valeur: Valeur, added: readonly Valeur[], where: Where): Notice {
  const place = placeOf(valeur, where);
  const instead = added.filter(({ path }) => path === valeur.path);
  const key = sameAs(valeur);
  const rewritten = instead.find((other) => (key === undefined ? isRas(valeur) : sameAs(other) === key));
  if (rewritten !== undefined)
    return notice("import-valeur-reecrite", { ...place, attendu: rewritten.value });
  const [other] = instead;
  return notice("import-valeur-non-reprise", {
    ...place,
    ...(other === undefined ? {} : { attendu: `le flux écrit « ${other.value} » à cette place` }),
  });
}
