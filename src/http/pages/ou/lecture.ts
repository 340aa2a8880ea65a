import {
  type Attributes,
  ELEMENTS,
  type ElementName,
  isElementName,
  labelOf,
  type parse,
} from "../../../lheo/index.ts";

/** One element as people read it. */
export interface Lu {
  readonly nom: string;
  /** Its French title. */
  readonly titre: string;
  /** Of a leaf. */
  readonly texte: string | undefined;
  /** Of a code of a dictionary. */
  readonly libelle: string | undefined;
  readonly attributs: readonly (readonly [string, string])[];
  readonly enfants: readonly Lu[];
}

/** A formation as it was parsed, in the order of the language, each field named and each code with its label. Pure. */
export function lire(formation: ReturnType<typeof parse<"formation">>["value"]): Lu {
  return readElement("formation", formation);
}

function readElement(nom: ElementName, value: unknown): Lu {
  const { title, children, dict, kind } = ELEMENTS[nom];
  const texte = textIn(value);
  const libelle = dict === undefined || texte === undefined ? undefined : labelOf(dict, texte);
  const enfants =
    typeof value !== "object" || value === null
      ? []
      : "*" in value && Array.isArray(value["*"])
        ? value["*"].flatMap(readExtension)
        : children.flatMap(({ name }) => {
            const found: unknown = Reflect.get(value, name);
            if (found === undefined) return [];
            return (Array.isArray(found) ? found : [found]).map((one) => readElement(name, one));
          });
  return {
    nom,
    titre: title,
    texte: kind === "date" && texte !== undefined ? readDate(texte) : texte,
    libelle,
    attributs: attributesOf(value),
    enfants,
  };
}

function readExtension(pair: unknown): Lu[] {
  if (!Array.isArray(pair)) return [];
  const [nom, value]: unknown[] = pair;
  return typeof nom === "string" && isElementName(nom) ? [readElement(nom, value)] : [];
}

function textIn(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return undefined;
  if ("#" in value) return String(value["#"]);
  return "<>" in value ? String(value["<>"]) : undefined;
}

function attributesOf(value: unknown): [string, string][] {
  if (typeof value !== "object" || value === null || !("@" in value)) return [];
  return Object.entries((value["@"] ?? {}) as Attributes);
}

/** AAAAMMJJ → JJ/MM/AAAA; what is not a whole date stays as written. */
const readDate = (date: string): string =>
  /^\d{4}(?!00)\d\d(?!00)\d\d$/.test(date)
    ? `${date.slice(6)}/${date.slice(4, 6)}/${date.slice(0, 4)}`
    : date;
