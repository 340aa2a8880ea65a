import fc, { type Arbitrary } from "fast-check";
import type { TelQuel } from "../../../src/published/contract/index.ts";
import { code, date, digits, list, textePropre } from "./pieces.ts";

/** What the vocabularies of real feeds look like, under names that we do not write ourselves. */
const extra = fc.oneof(
  fc.tuple(
    fc.constant("extra" as const),
    fc.record({ "@": fc.record({ info: code("ACT_ID ONISEP", "code", "note") }), "#": textePropre(200) }),
  ),
  fc.tuple(fc.constant("extra" as const), textePropre(200)),
  fc.tuple(
    fc.constant("extra" as const),
    fc.constant({
      "@": { info: "contact-inscription" },
      "<>": "<coordonnees><nom>Accueil</nom></coordonnees>",
    }),
  ),
);

const extras = fc.record({
  "@": fc.record(
    { info: code("FLUX-CARIF", "ACTION ONISEP", "session-perimee", "eligibilite-cpf"), numero: digits(6) },
    { requiredKeys: ["info"] },
  ),
  "*": list(
    fc.oneof(
      extra,
      fc.tuple(
        fc.constant("extras" as const),
        fc.record({ "@": fc.constant({ info: "codes" }), "*": list(extra, 1, 2) }),
      ),
    ),
    1,
    3,
  ),
});

const enseignement = fc.record(
  {
    "libelle-enseignement": textePropre(255),
    "type-enseignement": code("4", "8"),
    obligatoire: code("0", "1"),
    commentaire: textePropre(500),
  },
  { requiredKeys: ["libelle-enseignement", "type-enseignement", "obligatoire"] },
);

const equipement = fc.record(
  { "type-equipement": code("0", "11"), "cout-indicatif-equipement": digits(3) },
  { requiredKeys: ["type-equipement"] },
);

const sousModules = fc.record({
  "sous-module": list(
    fc.record({ "reference-module": textePropre(50), "type-module": code("0", "1", "2") }),
    1,
    2,
  ),
});

const listeExtras = list(extras, 1, 2);

type Entry = TelQuel[number];

/** Some of the entries given, each with something in it. */
function some(entries: readonly Arbitrary<Entry>[]): Arbitrary<TelQuel> {
  return fc
    .tuple(...entries.map((entry) => fc.option(entry, { nil: undefined })))
    .map((kept) => kept.filter((entry) => entry !== undefined))
    .map((kept) =>
      kept.filter(
        ({ attributs = {}, elements = {} }) => Object.keys({ ...attributs, ...elements }).length > 0,
      ),
    );
}

const entry = (
  chemin: string,
  parts: { attributs?: Arbitrary<Record<string, string>>; elements?: Arbitrary<Record<string, unknown>> },
): Arbitrary<Entry> =>
  fc.record({
    chemin: fc.constant(chemin),
    ...(parts.attributs === undefined ? {} : { attributs: parts.attributs }),
    ...(parts.elements === undefined ? {} : { elements: parts.elements }),
  }) as Arbitrary<Entry>;

const onlyExtras = fc.record({ extras: listeExtras });

export const telQuelAction: Arbitrary<TelQuel> = some([
  entry("", {
    attributs: fc.record({ href: code("", "https://exemple.fr"), ref: digits(5) }),
    elements: fc.record({ "sous-modules": sousModules, extras: listeExtras }),
  }),
  entry("domaine-formation", { elements: onlyExtras }),
  entry("intitule-formation", { attributs: fc.constant({ ref: "x" }) }),
]);

export const telQuelOrganisme: Arbitrary<TelQuel> = some([
  entry("", { attributs: fc.record({ ref: digits(5) }), elements: onlyExtras }),
  entry("SIRET-organisme-formation", { elements: onlyExtras }),
  entry("coordonnees-organisme/coordonnees", { attributs: fc.record({ numero: digits(2) }) }),
]);

export const telQuelSession: Arbitrary<TelQuel> = some([
  entry("", {
    attributs: fc.record({ ref: digits(5), datemaj: date, datecrea: date }, { requiredKeys: ["ref"] }),
    elements: fc.record({
      equipement: list(equipement, 1, 2),
      enseignement: list(enseignement, 1, 2),
      extras: listeExtras,
    }),
  }),
  entry("session[1]", { attributs: fc.record({ tag: code("ouverte") }), elements: onlyExtras }),
  entry("session[1]/periode", { elements: onlyExtras }),
  entry("session[1]/periode/debut", { attributs: fc.constant({ tag: "prevu" }) }),
]);
