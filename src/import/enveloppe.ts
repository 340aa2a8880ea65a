import { parse } from "../lheo/index.ts";
import { type Notice, notice, noticesDesDefauts } from "../notices/index.ts";
import { valuesOf } from "./valeursLheo.ts";

/**
 * What stands around the formations (date of export, marks of a flux) is of the file and not of the offer: each value
 * is told, none is kept.
 * @param envelope the document without its formations but the first, as `splitFormations` gives it
 */
export function noticesDeLEnveloppe(envelope: string): Notice[] {
  const { value, defauts } = parse("lheo", envelope);
  const { offres, ...lheo } = value;
  const autour = { ...lheo, offres: { "@": offres?.["@"], extras: offres?.extras } };
  const said = defauts.filter(
    ({ kind, path }) => !path.startsWith("offres/formation") && !(kind === "espace-de-noms" && path === ""),
  );
  return [
    ...noticesDesDefauts(said, { path: "lheo" }),
    ...valuesOf(autour).map(({ path, value: seen }) =>
      notice("import-enveloppe-non-reprise", { path: `lheo/${path}`, value: seen }),
    ),
  ];
}
