import { keyOfCertification } from "../../../feed/index.ts";
import { codeBloc } from "../../../lheo/index.ts";
import type { CertificationProposee } from "../definition.ts";
import { asList, BLANC, type Codec, fieldOf, normal, type Textes, textOf } from "./codec.ts";

const CODES = ["code_rncp", "code_rs", "code_certifinfo", "code_cpf", "code_formacode"] as const;

/** What a certification is called in an input: its key in the registers, else the first code that it has. */
export function cleDe(certification: unknown): string {
  const [code_rncp, code_rs, code_certifinfo, ...others] = CODES.map((nom) =>
    textOf(fieldOf(certification, nom)),
  );
  const key = keyOfCertification({ code_rncp, code_rs, code_certifinfo });
  return (
    key ??
    [code_rncp, code_rs, code_certifinfo, ...others].find((code) => code !== "" && code !== undefined) ??
    ""
  );
}

/** The code that a typed text holds, whatever is around it: `RNCP35819`, `rs 5500 — Anglais`. */
function codesIn(texte: string): Readonly<Record<string, string>> | undefined {
  const [, prefixe = "", chiffres = ""] = /\b(RNCP|RS|CERTIF\s?INFO|CPF)\s*(\d+)/i.exec(texte) ?? [];
  const repertoire = prefixe.toUpperCase().replaceAll(/\s/g, "");
  const champ = { RNCP: "code_rncp", RS: "code_rs", CERTIFINFO: "code_certifinfo", CPF: "code_cpf" }[
    repertoire
  ];
  if (champ === undefined) return undefined;
  return { [champ]: repertoire === "CERTIFINFO" ? chiffres : `${repertoire}${chiffres}` };
}

/** Certifications of the action (S74–S83): one text each; each keeps its other codes. */
export function certifications(max: number): Codec {
  return {
    format: (valeur) => {
      const cles = asList(valeur).map(cleDe);
      return new Map([["", cles.length === 0 ? [""] : cles]]);
    },
    parse: (textes, avant) => {
      const typed = [...new Set(normal(textes.get("") ?? []))];
      if (typed.length === 0) return BLANC;
      if (typed.length > max)
        return {
          erreur: `Il y a ${typed.length} certifications ; une action en porte au plus ${max}, tous répertoires confondus. Retirez-en.`,
        };
      const known = asList(avant);
      const items: unknown[] = [];
      for (const texte of typed) {
        const codes = codesIn(texte);
        const cle = codes === undefined ? texte : cleDe(codes);
        const item = known.find((one) => cleDe(one) === cle) ?? codes;
        if (item === undefined) return { erreur: erreurDeCode(texte) };
        if (!items.some((one) => cleDe(one) === cle)) items.push(item);
      }
      return { valeur: items };
    },
  };
}

const erreurDeCode = (texte: string): string =>
  `« ${texte} » n'est pas le code d'une certification. Écrivez-le avec son répertoire (RNCP35819, RS5500, CertifInfo 83899), ou choisissez-la dans la recherche.`;

/**
 * Certifications that a session aims at (S99–S103): ticked among those of the action, each with its validation
 * (`[RNCP35819].validation`) and its blocs (`[RNCP35819].blocs`).
 */
export function visees(parmi: readonly CertificationProposee[]): Codec {
  return {
    format: (valeur) => {
      const known = asList(valeur);
      const chosen = known.map(cleDe);
      const cles = [...new Set([...chosen, ...parmi.map(({ cle }) => cle)])];
      return new Map([
        ["", chosen.length === 0 ? [""] : chosen],
        ...cles.flatMap((cle): [string, readonly string[]][] => {
          const one = known.find((item) => cleDe(item) === cle);
          return [
            [`[${cle}].validation`, [textOf(fieldOf(one, "validation"))]],
            [`[${cle}].blocs`, formatBlocs(asList(fieldOf(one, "blocs")), registreOf(parmi, cle))],
          ];
        }),
      ]);
    },
    parse: (textes, avant) => {
      const chosen = [...new Set(normal(textes.get("") ?? []))];
      if (chosen.length === 0) return BLANC;
      const known = asList(avant);
      const items: unknown[] = [];
      for (const cle of chosen) {
        const stored = known.find((one) => cleDe(one) === cle);
        const codes = stored ?? codesIn(cle);
        if (codes === undefined) return { erreur: erreurDeCode(cle) };
        const read = readVisee(cle, textes, stored, registreOf(parmi, cle));
        if ("erreur" in read) return read;
        items.push({ ...Object(codes), ...read });
      }
      return { valeur: items };
    },
  };
}

type Blocs = readonly { readonly code: string; readonly libelle: string }[];

const registreOf = (parmi: readonly CertificationProposee[], cle: string): Blocs =>
  parmi.find((one) => one.cle === cle)?.blocs ?? [];

/** Tiles to tick where the register has blocs, one line each otherwise. */
function formatBlocs(blocs: readonly unknown[], registre: Blocs): readonly string[] {
  const parts = blocs.map((bloc) => ({
    code: textOf(fieldOf(bloc, "code")),
    libelle: textOf(fieldOf(bloc, "libelle")).replaceAll(/\s+/g, " ").trim(),
  }));
  if (registre.length === 0)
    return [parts.map(({ code, libelle }) => `${code} ${libelle}`.trim()).join("\n")];
  return parts.length === 0 ? [""] : parts.map(({ code }) => code);
}

function readVisee(
  cle: string,
  textes: Textes,
  stored: unknown,
  registre: Blocs,
): { readonly validation?: string; readonly blocs: readonly unknown[] } | { readonly erreur: string } {
  const validation = normal(textes.get(`[${cle}].validation`) ?? [])[0];
  const typed = normal(textes.get(`[${cle}].blocs`) ?? []);
  const lines = registre.length === 0 ? typed.flatMap((text) => text.split("\n")) : typed;
  const known = asList(fieldOf(stored, "blocs"));
  const blocs: unknown[] = [];
  for (const line of lines) {
    const [code = "", ...words] = line.trim().split(/\s+/);
    if (code === "") continue;
    const libelle = words.join(" ");
    const before = known.find((one) => textOf(fieldOf(one, "code")) === code);
    const told = registre.find((one) => one.code === code)?.libelle ?? libelle;
    if (before === undefined && codeBloc(code) === undefined)
      return {
        erreur: `« ${code} » n'est pas le code d'un bloc. Écrivez par exemple RNCP35819BC01, suivi de son intitulé.`,
      };
    blocs.push(
      before !== undefined && (registre.length > 0 || sameLabel(before, libelle))
        ? before
        : { code, libelle: told },
    );
  }
  // S101: a whole validation has nothing to complete; a part of the blocs would say otherwise.
  const kept = validation === "totale" && blocs.length < registre.length ? [] : blocs;
  return { ...(validation === undefined ? {} : { validation }), blocs: kept };
}

const sameLabel = (bloc: unknown, libelle: string): boolean =>
  textOf(fieldOf(bloc, "libelle")).replaceAll(/\s+/g, " ").trim() === libelle;
