import {
  type CodeCertification,
  clean,
  codeBloc,
  codeCertification,
  normaliseText,
  type Repertoire,
} from "../../lheo/index.ts";
import type {
  Adresse,
  CodeRef,
  CodesCertification,
  Contact,
  Coordonnees,
  TelQuel,
} from "../../published/contract/index.ts";
import { compact } from "../valeurs.ts";

/**
 * A content as a feed carries it: texts cleaned of what XML cannot hold and of the blanks at the ends of their lines,
 * blank ones and nulls gone, from fields and from lists.
 */
export function normaliseTextes<T>(value: T): T {
  return walk(value) as T;
}

function walk(value: unknown): unknown {
  if (value === null) return undefined;
  if (typeof value === "string") {
    const text = clean("objectif-formation", value).value;
    const written = typeof text === "string" ? normaliseText(text) : value;
    return written.trim() === "" ? undefined : written;
  }
  if (Array.isArray(value)) return value.map(walk).filter((item) => item !== undefined);
  if (typeof value !== "object") return value;
  return compact(Object.fromEntries(Object.entries(value).map(([name, field]) => [name, walk(field)])));
}

/** What stands beside a record is kept as it is, but for the blanks at the ends of its lines; raw XML is untouched. */
export function normaliseTelQuel(telQuel: TelQuel): TelQuel {
  return telQuel
    .filter(({ attributs = {}, elements = {} }) => Object.keys({ ...attributs, ...elements }).length > 0)
    .map(({ elements, ...entry }) =>
      elements === undefined ? entry : { ...entry, elements: lignesSansBlancs(elements) },
    )
    .toSorted((a, b) => (a.chemin < b.chemin ? -1 : 1));
}

function lignesSansBlancs<T>(value: T, name = ""): T {
  const walked: unknown =
    typeof value === "string"
      ? name === "<>"
        ? value
        : normaliseText(value)
      : Array.isArray(value)
        ? value.map((item) => lignesSansBlancs(item))
        : typeof value === "object" && value !== null
          ? Object.fromEntries(
              Object.entries(value).map(([key, field]) => [key, lignesSansBlancs(field, key)]),
            )
          : value;
  return walked as T;
}

/** A version of thesaurus that is not said is ours. */
export const normaliseCodesRef = <T extends CodeRef>(codes: readonly T[]): T[] =>
  codes.map((code) => ({ ...code, ref: code.ref ?? "V14" }));

/** One writing of each code: RNCP and CERTIFINFO are digits, RS, CPF and ELU have their prefix. */
export function normaliseCode(repertoire: Repertoire, code: string | null | undefined): string | undefined {
  if (code == null) return undefined;
  const form: keyof CodeCertification =
    repertoire === "RNCP" || repertoire === "CERTIFINFO" ? "numero" : "cle";
  return codeCertification(repertoire, code)?.[form] ?? code;
}

/** `reference-certification` has three codes only; none of them, and it refers to nothing. */
export function normaliseReference(codes: CodesCertification): CodesCertification {
  return compact({
    code_rncp: normaliseCode("RNCP", codes.code_rncp),
    code_certifinfo: normaliseCode("CERTIFINFO", codes.code_certifinfo),
    code_rs: normaliseCode("RS", codes.code_rs),
  });
}

export function normaliseCertification(codes: CodesCertification): CodesCertification {
  return compact({
    ...normaliseReference(codes),
    code_cpf: normaliseCode("CPF", codes.code_cpf),
    code_formacode: codes.code_formacode,
  });
}

/** `RNCP35819BC01`, from a bare `BC01` too. */
export function normaliseCodeBloc(code: string, rncp: string | null | undefined): string {
  const prefixed = codeBloc(`RNCP${normaliseCode("RNCP", rncp) ?? ""}${code}`);
  return (codeBloc(code) ?? prefixed)?.cle ?? code;
}

/** A position is two numbers or none. */
export function normaliseAdresse(adresse: Adresse): Adresse {
  const { latitude, longitude, ...reste } = adresse;
  return latitude === undefined || longitude === undefined ? reste : adresse;
}

export function normaliseCoordonnees(coordonnees: Coordonnees): Coordonnees {
  const { adresse } = coordonnees;
  return adresse == null ? coordonnees : { ...coordonnees, adresse: normaliseAdresse(adresse) };
}

export const normaliseContacts = (contacts: readonly Contact[]): Contact[] =>
  contacts.map((contact) => ({ ...contact, coordonnees: normaliseCoordonnees(contact.coordonnees) }));
