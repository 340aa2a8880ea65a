import { codeBloc, codeCertification, isFullDate } from "../../lheo/index.ts";
import type { Bloc, Certification } from "../../published/contract/index.ts";
import type { Rangee } from "./csv.ts";

/** A line of a register as a record of the contract, or why it is none. */
export type Lu<T> = T | { readonly raison: string };

export interface Fiche {
  readonly numero: string;
  readonly contenu: Certification;
}

/** What a line of the Standard file is completed by. */
interface Complements {
  readonly blocs: ReadonlyMap<string, readonly Bloc[]>;
  /** Code Certif Info by number of the certification. */
  readonly certifinfo: ReadonlyMap<string, string>;
  /** Last day that is known here of those that the register already says over. */
  readonly finsConnues: ReadonlyMap<string, string>;
  /** AAAAMMJJ. */
  readonly hier: string;
}

/** A line of the Standard file. */
export function ficheOf({ cellules }: Rangee, complements: Complements): Lu<Fiche> {
  const numero = numeroOf(cellules.Numero_Fiche);
  if (numero === undefined)
    return {
      raison: `« ${cellules.Numero_Fiche ?? ""} » n'est pas un numéro de fiche : il faut RNCP ou RS et des chiffres`,
    };
  const intitule = titleOf(cellules.Intitule, cellules.Abrege_Libelle, cellules.Abrege_Intitule);
  if (intitule === "") return { raison: `la fiche ${numero} n'a pas d'intitulé` };
  const debut = jourOf(cellules.Date_Effet) ?? jourOf(cellules.Date_Decision);
  const fin = jourOf(cellules.Date_Fin_Enregistrement);
  if (fin === undefined && (cellules.Date_Fin_Enregistrement ?? "") !== "")
    return {
      raison: `la fiche ${numero} a une date de fin illisible, « ${cellules.Date_Fin_Enregistrement} » : il faut JJ/MM/AAAA`,
    };
  const code = numero.startsWith("RNCP")
    ? ({ type: "rncp", code_rncp: numero } as const)
    : ({ type: "rs", code_rs: numero } as const);
  return {
    numero,
    contenu: {
      ...code,
      intitule,
      code_certifinfo: complements.certifinfo.get(numero),
      niveau: /\d/.exec(cellules.Nomenclature_Europe_Niveau ?? "")?.[0],
      debut_validite: debut,
      fin_validite: finOf(numero, fin, cellules.Actif, complements),
      blocs: [...(complements.blocs.get(numero) ?? [])],
    },
  };
}

/** One that is inactive before its time ended on a day that the file does not give: the day it was first seen so. */
function finOf(
  numero: string,
  fin: string | undefined,
  actif: string | undefined,
  { finsConnues, hier }: Complements,
): string | undefined {
  if (actif !== "INACTIVE" || (fin !== undefined && fin <= hier)) return fin;
  const connue = finsConnues.get(numero);
  return connue !== undefined && connue <= hier ? connue : hier;
}

/** A line of the file of blocs. */
export function blocOf({ cellules }: Rangee): Lu<{ readonly numero: string; readonly bloc: Bloc }> {
  const code = codeBloc(cellules.Bloc_Competences_Code ?? "");
  if (code === undefined)
    return {
      raison: `« ${cellules.Bloc_Competences_Code ?? ""} » n'est pas un code de bloc, comme RNCP35819BC01`,
    };
  return {
    numero: code.certification,
    bloc: { code: code.cle, libelle: cellules.Bloc_Competences_Libelle ?? "" },
  };
}

/** A line of Certif Info: its code, and the number of the certification that it is in the registers, when it is in one. */
export function diplomeOf({ cellules }: Rangee): Lu<{
  readonly code: string;
  readonly registre: string | undefined;
  readonly publie: boolean;
  readonly intitule: string;
  readonly niveau: string | undefined;
}> {
  const code = codeCertification("CERTIFINFO", cellules.Code_Diplome ?? "")?.numero;
  if (code === undefined)
    return {
      raison: `« ${cellules.Code_Diplome ?? ""} » n'est pas un code Certif Info : il faut des chiffres`,
    };
  const registre =
    codeCertification("RNCP", cellules.Code_RNCP ?? "")?.cle ??
    codeCertification("RS", cellules.Code_RS ?? "")?.cle;
  return {
    code,
    registre,
    publie: /^publi/i.test(cellules.Etat_Libelle ?? "publié"),
    intitule: titleOf(cellules.Libelle_Diplome, cellules.Libelle_Type_Diplome),
    niveau: /\d/.exec(cellules.Code_Niveau_Europeen ?? "")?.[0],
  };
}

export function numeroOf(text: string | undefined): string | undefined {
  return (codeCertification("RNCP", prefixed(text, "RNCP")) ?? codeCertification("RS", prefixed(text, "RS")))
    ?.cle;
}

/** Without its prefix a number would be of either register. */
const prefixed = (text: string | undefined, prefix: string): string =>
  text?.toUpperCase().startsWith(prefix) === true ? text : "";

/** « CAP » and « Boulanger »: as people look for it and as it is written on the diploma. */
function titleOf(intitule: string | undefined, type: string | undefined, typeEntier?: string): string {
  const titre = (intitule ?? "").replaceAll(/\s+/g, " ").trim();
  const abrege = (type ?? "").trim();
  const dit = [abrege, (typeEntier ?? "").trim()].some(
    (mot) => mot !== "" && titre.toLowerCase().startsWith(mot.toLowerCase()),
  );
  return titre === "" || abrege === "" || dit || abrege.toLowerCase() === "autre"
    ? titre
    : `${abrege} ${titre}`;
}

/** JJ/MM/AAAA or AAAA-MM-JJ, an hour after it or not. */
function jourOf(text: string | undefined): string | undefined {
  const [, day, month, year] = /^(\d\d)\/(\d\d)\/(\d{4})\b/.exec(text ?? "") ?? [];
  const [, isoYear, isoMonth, isoDay] = /^(\d{4})-(\d\d)-(\d\d)\b/.exec(text ?? "") ?? [];
  const jour =
    year === undefined ? `${isoYear ?? ""}${isoMonth ?? ""}${isoDay ?? ""}` : `${year}${month}${day}`;
  return isFullDate(jour) ? jour : undefined;
}
