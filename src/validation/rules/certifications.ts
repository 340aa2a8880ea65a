import {
  type AsRead,
  type BlocsCompetences,
  type Certification,
  codeBloc,
  codeCertification,
  labelOf,
  type ReferenceCertification,
  type Repertoire,
  textOf,
} from "../../lheo/index.ts";
import { type Constats, chaque, type Formation, type Session, texte } from "./constats.ts";

/** Codes of one certification, prefix and digits (`RNCP35819`). */
type Cles = readonly string[];

const FACTICE = /^[A-Z]*\s*0+$|^[A-Z]*\s*9{5,}$|^[A-Z]*\s*X+$/i;

/** The certifications of the formation, and what is said of it beside. */
export function checkCertifications(constats: Constats, formation: Formation): void {
  const { certification, certifiante } = formation;
  const seen = new Set<string>();
  chaque(certification, "certification", (item, path) => {
    const cles = checkCertification(constats, item, path);
    const double = cles.find((cle) => seen.has(cle));
    if (double !== undefined) constats.add("certification-en-double", path, { value: double });
    for (const cle of cles) seen.add(cle);
  });
  const nombre = certification?.length ?? 0;
  const dite = textOf(certifiante);
  const typee = (formation["code-type-formation"]?.length ?? 0) > 0;
  if (dite === "1" && nombre === 0 && !typee)
    constats.add("certifiante-sans-certification", "certifiante", { value: dite });
  if (dite === "0" && nombre > 0) {
    const attendu = nombre === 1 ? ([...seen][0] ?? "une certification") : `${nombre} certifications`;
    constats.add("certification-sans-certifiante", "certifiante", { value: dite, attendu });
  }
  const objectif = textOf(formation["objectif-general-formation"]);
  if (objectif === "6" && nombre === 0) {
    constats.add("objectif-certification", "objectif-general-formation", { value: objectif });
  }
}

function checkCertification(constats: Constats, item: AsRead<Certification>, path: string): Cles {
  const rncp = textOf(item["code-RNCP"]);
  const rs = textOf(item["code-RS"]);
  const certifinfo = textOf(item["code-CERTIFINFO"]);
  if (rncp === undefined && rs === undefined && certifinfo === undefined && item["code-CPF"] === undefined) {
    constats.add("certification-vide", path, { value: "vide" });
    return [];
  }
  checkCode(constats, "RNCP", rncp, `${path}/code-RNCP`);
  checkCode(constats, "RS", rs, `${path}/code-RS`);
  checkCode(constats, "CERTIFINFO", certifinfo, `${path}/code-CERTIFINFO`);
  if (rncp !== undefined && rs !== undefined) constats.add("rncp-et-rs", path, { value: `${rncp}, ${rs}` });
  return clesOf(rncp, rs, certifinfo);
}

const FORMES = { RNCP: "rncp-forme", RS: "rs-forme", CERTIFINFO: "certifinfo-forme" } as const;

function checkCode(
  constats: Constats,
  repertoire: keyof typeof FORMES,
  value: string | undefined,
  path: string,
): void {
  if (value === undefined) return;
  if (FACTICE.test(value)) constats.add("certification-factice", path, { value });
  else if (!bienForme(repertoire, value)) constats.add(FORMES[repertoire], path, { value });
  else if (repertoire === "RNCP" && value.startsWith("RNCP")) constats.add("rncp-prefixe", path, { value });
}

function bienForme(repertoire: Repertoire, value: string): boolean {
  if (repertoire === "CERTIFINFO") return /^\d{1,10}$/.test(value);
  return /^(?:[A-Z]+)?\d+$/.test(value) && codeCertification(repertoire, value) !== undefined;
}

function clesOf(rncp: string | undefined, rs: string | undefined, certifinfo: string | undefined): Cles {
  return [
    codeCertification("RNCP", rncp ?? ""),
    codeCertification("RS", rs ?? ""),
    codeCertification("CERTIFINFO", certifinfo ?? ""),
  ].flatMap((code) => (code === undefined ? [] : [code.cle]));
}

/** Asked for each action of a formation in turn. */
const annonces = new WeakMap<Formation, ReadonlySet<string>>();

/** What a formation announces, by key. */
export function clesDeLaFormation(formation: Formation): ReadonlySet<string> {
  let cles = annonces.get(formation);
  if (cles === undefined) {
    cles = new Set(
      formation.certification?.flatMap((item) =>
        clesOf(textOf(item["code-RNCP"]), textOf(item["code-RS"]), textOf(item["code-CERTIFINFO"])),
      ),
    );
    annonces.set(formation, cles);
  }
  return cles;
}

/** The certifications that a session, or who teaches it, aims at: among those that the formation announces (S99). */
export function checkReferences(
  constats: Constats,
  references: readonly AsRead<ReferenceCertification>[] | undefined,
  annoncees: ReadonlySet<string>,
  path: string,
): void {
  chaque(references, path, (reference, at) => checkReference(constats, reference, annoncees, at));
}

function checkReference(
  constats: Constats,
  reference: AsRead<ReferenceCertification>,
  annoncees: ReadonlySet<string>,
  path: string,
): Cles {
  const rncp = textOf(reference["reference-code-RNCP"]);
  const rs = textOf(reference["reference-code-RS"]);
  const certifinfo = textOf(reference["reference-code-CERTIFINFO"]);
  if (rncp === undefined && rs === undefined && certifinfo === undefined) {
    constats.add("reference-certification-vide", path, { value: "vide" });
    return [];
  }
  checkCode(constats, "RNCP", rncp, `${path}/reference-code-RNCP`);
  checkCode(constats, "RS", rs, `${path}/reference-code-RS`);
  checkCode(constats, "CERTIFINFO", certifinfo, `${path}/reference-code-CERTIFINFO`);
  const cles = clesOf(rncp, rs, certifinfo);
  if (cles.length > 0 && !cles.some((cle) => annoncees.has(cle))) {
    constats.add("reference-certification-inconnue", path, { value: cles.join(", ") });
  }
  return cles;
}

/** The blocks of skills of a session (S100 to S103). */
export function checkBlocs(
  constats: Constats,
  session: Session,
  annoncees: ReadonlySet<string>,
  path: string,
): void {
  chaque(session["blocs-competences"], `${path}/blocs-competences`, (blocs, at) =>
    checkBlocsDe(constats, blocs, annoncees, at),
  );
}

function checkBlocsDe(
  constats: Constats,
  blocs: AsRead<BlocsCompetences>,
  annoncees: ReadonlySet<string>,
  path: string,
): void {
  const reference = blocs["reference-certification"];
  const cles =
    reference === undefined
      ? []
      : checkReference(constats, reference, annoncees, `${path}/reference-certification`);
  const liste = blocs["bloc-competences"] ?? [];
  const validation = texte(blocs["validation-blocs"]);
  if (liste.length === 0 && validation !== "1") {
    const dite =
      labelOf("dict-type-validation-blocs", validation)?.split(":")[0]?.toLowerCase() ?? "« inconnue »";
    constats.add("blocs-absents", path, { value: dite });
  }
  const rs = cles.find((cle) => cle.startsWith("RS"));
  const rncp = cles.find((cle) => cle.startsWith("RNCP"));
  if (rs !== undefined && rncp === undefined && liste.length > 0)
    constats.add("bloc-rs", path, { value: rs });
  chaque(liste, `${path}/bloc-competences`, (bloc, at) => {
    if (bloc["code-bloc"] === undefined) return;
    const value = texte(bloc["code-bloc"]);
    const code = codeBloc(value);
    if (code === undefined) constats.add("bloc-forme", `${at}/code-bloc`, { value });
    else if (rncp !== undefined && code.certification !== rncp) {
      constats.add("bloc-autre-certification", `${at}/code-bloc`, { value, attendu: rncp });
    }
  });
}
