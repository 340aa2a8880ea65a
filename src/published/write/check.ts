import type { z } from "zod";
import { RECORDS, type RecordKind } from "../contract/index.ts";
import { numeroDefect, numeroHabilitation } from "../numero.ts";
import { canonicalJson, sha256 } from "./canonical.ts";

/** A record checked against the contract, ready to be written. */
export interface CheckedRecord {
  readonly numero: string;
  /** Canonical JSON, defaults filled in. */
  readonly json: string;
  readonly sha256: string;
  /** Last day as written, of a session. */
  readonly fin?: string;
  /** Numbers of the records it belongs to, as far as its kind has them. */
  readonly parents: { readonly organisme?: string; readonly action?: string };
}

/** What the contract refuses in a record. */
export interface Refusal {
  /** `champ`, `champ.sous_champ`, `champ[2].sous_champ` (from 1); `numero` for the number. */
  readonly champ: string;
  /** What was seen, as JSON; empty when nothing was. */
  readonly valeur: string;
  /** What the contract wants, in French, as the end of « attendu : ». */
  readonly attendu: string;
}

export type Checked =
  | { readonly ok: true; readonly record: CheckedRecord }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

/** Checks one record against the schema of its kind. */
export function checkRecord(kind: RecordKind, numero: string, contenu: unknown): Checked {
  const defect = kind === "habilitation" ? undefined : numeroDefect(numero);
  const result = RECORDS[kind].safeParse(contenu);
  const refusals = [
    ...(defect === undefined
      ? []
      : [{ champ: "numero", valeur: JSON.stringify(numero), attendu: `un numéro, pas ${defect}` }]),
    ...(result.success ? [] : result.error.issues.map((issue) => refusalOf(issue, contenu))),
  ];
  if (!result.success || refusals.length > 0) return { ok: false, refusals };
  const json = canonicalJson(result.data);
  const unwritable = unwritableText(json);
  if (unwritable !== undefined) {
    return {
      ok: false,
      refusals: [{ champ: "", valeur: unwritable, attendu: "un texte sans ce caractère" }],
    };
  }
  const record = {
    numero,
    json,
    sha256: sha256(json),
    parents: parentsOf(result.data),
    ...finOf(result.data),
  };
  const named = kind === "habilitation" ? numeroOfHabilitation(result.data) : numero;
  if (named !== numero) {
    return {
      ok: false,
      refusals: [{ champ: "numero", valeur: JSON.stringify(numero), attendu: `« ${named} »` }],
    };
  }
  return { ok: true, record };
}

/** PostgreSQL keeps no NUL and no half of a character; every other one passes and is for the rules to judge. */
function unwritableText(json: string): string | undefined {
  if (!json.includes("\\u")) return undefined;
  return json.match(/(?<!\\)(?:\\\\)*(\\u(?:0000|d[89a-f][0-9a-f]{2}))/)?.[1];
}

function parentsOf(record: object): CheckedRecord["parents"] {
  return {
    ...("organisme" in record && typeof record.organisme === "string" ? { organisme: record.organisme } : {}),
    ...("action" in record && typeof record.action === "string" ? { action: record.action } : {}),
  };
}

function finOf(record: object): Pick<CheckedRecord, "fin"> {
  return "voie" in record && "fin" in record && typeof record.fin === "string" ? { fin: record.fin } : {};
}

function numeroOfHabilitation(record: object): string {
  const { organisme, certification } = record as { organisme: string; certification: string };
  return numeroHabilitation(organisme, certification);
}

const TYPES: Readonly<Record<string, string>> = {
  string: "un texte",
  number: "un nombre",
  int: "un nombre entier",
  boolean: "vrai ou faux",
  array: "une liste",
  object: "un objet",
  record: "un objet",
};

function refusalOf(issue: z.core.$ZodIssue, contenu: unknown): Refusal {
  const champ = issue.path.reduce<string>(
    (path, step) =>
      typeof step === "number" ? `${path}[${step + 1}]` : `${path}${path === "" ? "" : "."}${String(step)}`,
    "",
  );
  const seen = issue.path.reduce<unknown>(
    (value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
    contenu,
  );
  if (issue.code === "unrecognized_keys") {
    return {
      champ: [champ, issue.keys.join(", ")].filter(Boolean).join("."),
      valeur: "",
      attendu: "aucun champ de ce nom",
    };
  }
  const valeur = seen === undefined ? "" : JSON.stringify(seen);
  if (issue.code === "invalid_type")
    return { champ, valeur, attendu: TYPES[issue.expected] ?? issue.expected };
  if (issue.code === "invalid_value") return { champ, valeur, attendu: issue.values.map(String).join(", ") };
  return { champ, valeur, attendu: issue.message };
}
