import type * as lheo from "../lheo/index.ts";
import { type AsRead, attributeOf, clean, type Defaut, parse } from "../lheo/index.ts";
import { type Notice, noticesDesDefauts } from "../notices/index.ts";
import { checkAction, checkFormation } from "../validation/index.ts";
import { sansBlancs } from "./elagage.ts";
import { type Lecture, readFormation } from "./offre.ts";
import { ordonnerFormation } from "./ordre.ts";
import { type Attachee, attachTelQuel } from "./telQuel.ts";

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
  const where = { path: "", line, ...(action === undefined ? {} : { action }) };
  const dits = [
    ...noticesDesDefauts(parsed.defauts.filter(isSaid), where),
    ...noticesDesDefauts(defauts.filter(isSaid), where),
  ];
  const { offre, notices } = readFormation(formation, line);
  const lus = [...dits, ...notices.map((notice) => ({ ...notice, line }))];
  if (offre === undefined) return { offre, notices: lus };
  const attached = attachTelQuel(offre, formation);
  const ecarts = attached.notices.map((notice) => ({ ...notice, line }));
  return { offre: attached.offre, notices: [...lus, ...ecarts, ...regles(attached)] };
}

/** What the rules say of the offer as the feed will write it: placeholders, dates, numbers that are none. */
function regles({ offre, formation, actions }: Attachee): Notice[] {
  const { action, line, sessions } = offre;
  const where = { action: action.numero, organisme: offre.organisme.numero, line };
  return [
    ...checkFormation(formation, where),
    ...actions.flatMap((lheo, rank) =>
      checkAction(lheo, formation, { ...where, session: sessions[rank]?.numero }),
    ),
  ];
}
