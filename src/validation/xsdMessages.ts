import { ELEMENTS, isElementName } from "../lheo/index.ts";
import { type Notice, type NoticeCode, notice } from "../notices/index.ts";
import { caracteres, champ, codesPossibles, pathOfSteps } from "./champs.ts";
import { malForme } from "./xmlMessages.ts";
import type { Cause } from "./xsdCause.ts";
import { contenu } from "./xsdContenu.ts";
import type { XsdDefect, XsdStep } from "./xsdProtocol.ts";

/** What the caller knows of the fragment that was checked. */
export interface LieuXsd {
  /** Numbers of the records, instead of those read in the fragment. */
  readonly action?: string | undefined;
  readonly session?: string | undefined;
  readonly organisme?: string | undefined;
  /** Line of the fragment's first line in its file; without it, notices have no line. */
  readonly line?: number | undefined;
  /** Actions of the formation that come before the fragment's, when it is a slice of it. */
  readonly avant?: number | undefined;
}

/**
 * Says in French what libxml2 says of a fragment, one notice per cause: a date that breaks two facets is one notice,
 * and so are six certifications, while two missing children are two.
 */
export function xsdNotices(defects: readonly XsdDefect[], lieu: LieuXsd = {}): Notice[] {
  const found = new Map<string, Notice>();
  for (const defect of defects) {
    const steps = withinFormation(defect.steps, lieu.avant ?? 0);
    for (const cause of causes(defect)) {
      const base = pathOfSteps(cause.parent === true ? steps.slice(0, -1) : steps);
      const path = placed(cause.parent === true && steps.length === 1 ? "" : base, cause.at);
      if (found.has(path)) continue;
      const { code, value, attendu } = cause;
      found.set(
        path,
        notice(code, {
          path: path.replace(/^formation(?:\[\d+\])?\/?/, ""),
          value,
          attendu,
          champ: cause.champ,
          ...who(defect, lieu),
        }),
      );
    }
  }
  return [...found.values()];
}

function who({ numbers, line }: XsdDefect, lieu: LieuXsd) {
  const action = lieu.action ?? numbers.formation;
  const session = lieu.session ?? numbers.session;
  return {
    ...(action === undefined ? undefined : { action }),
    ...(session === undefined ? undefined : { session }),
    ...(lieu.organisme === undefined ? undefined : { organisme: lieu.organisme }),
    ...(lieu.line === undefined || line === 0 ? undefined : { line: lieu.line + line - 1 }),
  };
}

/** From the formation when there is one, from the root otherwise; the ranks of a slice's actions made whole. */
function withinFormation(steps: readonly XsdStep[], avant: number): readonly XsdStep[] {
  const start = steps[2]?.name === "formation" ? 2 : 0;
  return steps
    .slice(start)
    .map((step, i) =>
      i === 1 && start === 2 && step.name === "action" ? { ...step, rank: step.rank + avant } : step,
    );
}

const placed = (base: string, at: string | undefined): string =>
  at === undefined ? base : base === "" ? at : `${base}/${at}`;

function causes(defect: XsdDefect): readonly Cause[] {
  if (defect.kind === "xml") return [malForme(defect.message)];
  for (const [pattern, read] of READERS) {
    const match = pattern.exec(defect.message);
    if (match !== null) return [read(match, defect)].flat();
  }
  return [unread(defect)];
}

const nameOf = ({ steps }: XsdDefect): string => steps.at(-1)?.name ?? "";
const specOf = (defect: XsdDefect) => {
  const name = nameOf(defect);
  return isElementName(name) ? ELEMENTS[name] : undefined;
};

const unread = (defect: XsdDefect): Cause => ({
  code: "xsd-autre",
  value: defect.value,
  attendu: defect.message,
  champ: champ(nameOf(defect)),
});

type Reader = (match: RegExpExecArray, defect: XsdDefect) => Cause | readonly Cause[];

/** Each form of message of libxml2, the narrow ones first. */
const READERS: readonly (readonly [RegExp, Reader])[] = [
  [/attribute '([^']*)': The attribute '[^']*' is not allowed/, attribut("xsd-attribut-inconnu")],
  [/attribute '([^']*)': '.*' is not a valid value/s, attribut("xsd-attribut-invalide")],
  [
    /The attribute '([^']*)' is required but missing/,
    ([, name = ""], defect) => ({
      code: "xsd-attribut-manquant",
      value: defect.value,
      attendu: name,
      champ: champ(nameOf(defect)),
      at: `@${name}`,
    }),
  ],
  [
    /: This element is not expected|: Missing child element/,
    (_, defect) => contenu(defect) ?? unread(defect),
  ],
  [
    /Character content other than whitespace is not allowed/,
    (_, defect) => ({ code: "xsd-texte-inattendu", value: defect.value, champ: champ(nameOf(defect)) }),
  ],
  [
    /Element content is not allowed/,
    (_, defect) => ({
      code: "xsd-element-dans-texte",
      value: defect.children[0] ?? "",
      champ: champ(nameOf(defect)),
    }),
  ],
  [/\[facet '(\w+)'\](?:.*length of '(\d+)'[^']*'(\d+)')?/s, facette],
  [/ is not a valid value of the (?:atomic|local atomic) type/, facette],
];

function attribut(code: NoticeCode): Reader {
  return ([, name = ""], defect) => ({
    code,
    value: defect.attributes[name.replace(/^\{.*\}/, "")] ?? "",
    attendu: code === "xsd-attribut-inconnu" ? name : (ATTRIBUTS[name] ?? "une valeur du bon type"),
    champ:
      code === "xsd-attribut-inconnu"
        ? champ(nameOf(defect))
        : `L'attribut « ${name} » de ${champ(nameOf(defect))}`,
    at: `@${name}`,
  });
}

const HORODATAGE = "une date et une heure, comme 2026-11-24T09:30:00+01:00";
const ATTRIBUTS: Readonly<Record<string, string>> = {
  id: "un identifiant unique dans le fichier, qui commence par une lettre",
  idref: "l'identifiant (« id ») d'un autre élément",
  uri: "une adresse (URI)",
  "horodatage-creation": HORODATAGE,
  "horodatage-modification": HORODATAGE,
  "horodatage-export": HORODATAGE,
};

/** A text that breaks a facet of its type, or is not of it at all: what is expected depends on the element. */
function facette([, facet, seen = "0", bound = "0"]: RegExpExecArray, defect: XsdDefect): Cause {
  const { value } = defect;
  const spec = specOf(defect);
  const named = { value, champ: champ(nameOf(defect)) };
  if (spec?.kind === "date") return { code: "xsd-date", ...named };
  if (spec?.kind === "key" && spec.dict !== undefined) {
    return { code: "xsd-code-inconnu", ...named, attendu: codesPossibles(spec.dict) };
  }
  if (spec?.kind === "int") {
    const { minValue = 0, maxValue = 99_999 } = spec;
    return { code: "xsd-nombre", ...named, attendu: `un nombre entier de ${minValue} à ${maxValue}` };
  }
  switch (facet) {
    case "maxLength":
      return { code: "xsd-texte-trop-long", ...named, attendu: `${caracteres(seen)} pour ${bound} au plus` };
    case "minLength":
      return { code: "xsd-texte-trop-court", ...named, attendu: `il faut au moins ${caracteres(bound)}` };
    case "length":
      return {
        code: value === "" ? "xsd-texte-trop-court" : "xsd-longueur",
        ...named,
        attendu: value === "" ? `il faut ${caracteres(bound)}` : `${caracteres(seen)} au lieu de ${bound}`,
      };
    default:
      return unread(defect);
  }
}
