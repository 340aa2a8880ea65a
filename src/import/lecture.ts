import type * as lheo from "../lheo/index.ts";
import { type AsRead, attributeOf, clean, type Defaut, parse } from "../lheo/index.ts";
import { type Notice, noticesDesDefauts } from "../notices/index.ts";
import { sansBlancs } from "./elagage.ts";
import { type Lecture, readFormation } from "./offre.ts";
import { ordonnerFormation } from "./ordre.ts";
import { attachTelQuel } from "./telQuel.ts";

/** The namespace of the file is said once for the file; lengths are the XSD's to say when the offer is written. */
const NON_DITS: readonly Defaut["kind"][] = ["trop-long", "trop-court"];
const isSaid = ({ kind, path }: Defaut): boolean =>
  !NON_DITS.includes(kind) && !(kind === "espace-de-noms" && path === "");

/**
 * One formation of a file → the records it becomes, whole. Pure: numbers are those of the file, and what must be
 * told from the other records (doubles, numbers taken) is told by `importFile`.
 * @param xml the element, as `splitFormations` gives it
 * @param line where it begins in its file, from 1
 * @throws {LheoError} XML that is not well-formed
 */
export function lireFormation(xml: string, line = 1): Lecture {
  const parsed = parse("formation", xml, line);
  const { value, defauts } = clean("formation", parsed.value);
  const formation: AsRead<lheo.Formation> = ordonnerFormation(sansBlancs(value));
  const action = attributeOf(formation, "numero");
  const where = { path: "", ...(action === undefined ? {} : { action }) };
  const dits = [
    ...noticesDesDefauts(parsed.defauts.filter(isSaid), where),
    ...noticesDesDefauts(defauts.filter(isSaid), where).map((notice) => ({ line, ...notice })),
  ];
  const { offre, notices } = readFormation(formation, line);
  const all = (more: readonly Notice[]): Notice[] => [
    ...dits,
    ...[...notices, ...more].map((n) => ({ ...n, line })),
  ];
  if (offre === undefined) return { offre, notices: all([]) };
  const attached = attachTelQuel(offre, formation);
  return { offre: attached.offre, notices: all(attached.notices) };
}
