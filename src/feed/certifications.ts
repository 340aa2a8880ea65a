import { codeCertification, type Repertoire } from "../lheo/index.ts";
import type { CodesCertification } from "../published/contract/index.ts";
import { optionnel } from "./valeurs.ts";

/** The way each code is written in the feed: with its prefix or without (DESIGN "LHEO profile"). */
const ECRITURES = {
  /** A reader takes it for a whole number, so the prefix goes. */
  RNCP: "numero",
  CERTIFINFO: "numero",
  /** The language wants the prefix on the three others. */
  RS: "cle",
  CPF: "cle",
  ELU: "cle",
} as const satisfies Record<Repertoire, "numero" | "cle">;

/** A code as the feed writes it; one that cannot be read is left as given, for the rules to say. */
export function ecrireCode(repertoire: Repertoire, code: string | null | undefined): string | undefined {
  const texte = optionnel(code);
  if (texte === undefined) return undefined;
  return codeCertification(repertoire, texte)?.[ECRITURES[repertoire]] ?? texte;
}

/** How a certification is known in the registers: its RNCP code, else RS, else CERTIFINFO. */
export function keyOfCertification(
  codes: Pick<CodesCertification, "code_rncp" | "code_rs" | "code_certifinfo">,
): string | undefined {
  return (
    codeCertification("RNCP", codes.code_rncp ?? "")?.cle ??
    codeCertification("RS", codes.code_rs ?? "")?.cle ??
    codeCertification("CERTIFINFO", codes.code_certifinfo ?? "")?.cle
  );
}

/** Certifications with the instant of a mise en ligne → the first one of each, by key, as `Entree` wants them. */
export function premieresParCle(
  list: readonly { readonly codes: CodesCertification; readonly depuis: Date }[],
): ReadonlyMap<string, Date> {
  const premieres = new Map<string, Date>();
  for (const { codes, depuis } of list) {
    const key = keyOfCertification(codes);
    const known = key === undefined ? undefined : premieres.get(key);
    if (key !== undefined && (known === undefined || depuis < known)) premieres.set(key, depuis);
  }
  return premieres;
}
