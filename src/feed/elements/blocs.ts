import { codeBloc } from "../../lheo/index.ts";
import type { Bloc, Certification, CertificationVisee } from "../../published/contract/index.ts";
import { ecrireCode, keyOfCertification } from "../certifications.ts";
import type { Completions } from "../completions.ts";
import type { Bati } from "../entree.ts";
import { buildReferenceCertification } from "./referenceCertification.ts";

/** dict-type-validation-blocs: not the order of the form. */
const VALIDATIONS = { partielle: "0", totale: "1", mixte: "2" } as const;
type Validation = keyof typeof VALIDATIONS;

/** What the register knows, what is said of the session it is built for. */
export interface ContexteBlocs {
  readonly certifications: ReadonlyMap<string, Certification>;
  readonly completions: Completions;
  readonly session: string;
}

const PATH = "action/session[1]/blocs-competences";

/**
 * LHEO `blocs-competences` of one certification aimed at (S100–S103). A `totale` says nothing more (S101), because
 * LHEO wants at least one bloc there, unless all of them are listed. A `partielle` or `mixte` without its blocs is
 * built without them: S102 asks for them, and the XSD says so.
 */
export function buildBlocs(
  visee: CertificationVisee,
  contexte: ContexteBlocs,
): Bati<"blocs-competences"> | undefined {
  const reference = buildReferenceCertification(visee);
  if (reference === undefined) return undefined;
  const { blocs } = visee;
  // Only the RNCP has blocs: of another certification there is nothing to list.
  if (blocs.length === 0 && (visee.validation === "totale" || reference["reference-code-RNCP"] === undefined))
    return undefined;
  const connus = contexte.certifications.get(keyOfCertification(visee) ?? "")?.blocs ?? [];
  const validation = visee.validation ?? deduire(visee, connus, contexte);
  if (validation === undefined) return undefined;
  if (validation === "totale" && signalerManquants(blocs, connus, contexte)) return undefined;
  const rncp = ecrireCode("RNCP", visee.code_rncp);
  return {
    "validation-blocs": VALIDATIONS[validation],
    "reference-certification": reference,
    "bloc-competences": blocs.map((bloc) => buildBloc(bloc, rncp, connus)),
  };
}

/** Those of a session; undefined when no certification has any to write. */
export function buildListeBlocs(
  visees: readonly CertificationVisee[],
  contexte: ContexteBlocs,
): readonly Bati<"blocs-competences">[] | undefined {
  if (visees.length === 0) return undefined;
  const blocs = visees.map((visee) => buildBlocs(visee, contexte)).filter((bloc) => bloc !== undefined);
  return blocs.length === 0 ? undefined : blocs;
}

/** LHEO `bloc-competences`. */
function buildBloc(bloc: Bloc, rncp: string | undefined, connus: readonly Bloc[]): Bati<"bloc-competences"> {
  const code = ecrireCodeBloc(bloc.code, rncp);
  const libelle =
    bloc.libelle.trim() === "" ? connus.find((connu) => cle(connu) === code)?.libelle : undefined;
  return { "libelle-bloc": libelle ?? bloc.libelle, "code-bloc": code };
}

/** `RNCP35819BC01`; a bare `BC01` is completed with its certification, anything else is left for the rules. */
function ecrireCodeBloc(code: string, rncp: string | undefined): string {
  return codeBloc(code)?.cle ?? (rncp === undefined ? code : (codeBloc(`RNCP${rncp}${code}`)?.cle ?? code));
}

const cle = ({ code }: Bloc): string => codeBloc(code)?.cle ?? code;

/** Blocs are listed and nobody said how they are validated: all of those of the register, or some of them. */
function deduire(
  { blocs, code_rncp }: CertificationVisee,
  connus: readonly Bloc[],
  { completions, session }: ContexteBlocs,
): Validation | undefined {
  if (blocs.length === 0) return undefined;
  const rncp = ecrireCode("RNCP", code_rncp);
  const listes = new Set(blocs.map(({ code }) => ecrireCodeBloc(code, rncp)));
  const validation =
    connus.length > 0 && connus.every((connu) => listes.has(cle(connu))) ? "totale" : "partielle";
  completions.say("validation-blocs-complete-par-defaut", { path: PATH, value: validation, session });
  return validation;
}

/** Says that a `totale` lists some of the blocs of the register only. */
function signalerManquants(
  blocs: readonly Bloc[],
  connus: readonly Bloc[],
  { completions, session }: ContexteBlocs,
): boolean {
  if (blocs.length >= connus.length) return false;
  completions.say("blocs-validation-totale-incomplets", {
    path: PATH,
    value: blocs.map(({ code }) => code).join(", "),
    attendu: `${connus.length} dans le registre`,
    session,
  });
  return true;
}
