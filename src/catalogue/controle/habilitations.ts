import type { Knex } from "knex";
import { horloge } from "../../db/index.ts";
import { keyOfCertification } from "../../feed/index.ts";
import { parisDay } from "../../lheo/index.ts";
import type { CodesCertification, Organisme } from "../../published/contract/index.ts";
import type { FicheAction } from "../fiche.ts";
import { organismeOf } from "../structures/structure.ts";
import { readRegistre } from "../verification/registre.ts";

/** A certification of the action as the registers have it now. */
export interface CertificationExaminee {
  /** As it is known in the registers, or as typed. */
  readonly code: string;
  readonly intitule: string | undefined;
  /** `inconnue`: not in the register that we read. */
  readonly enregistrement: "active" | "echue" | "a_venir" | "inconnue";
  /** AAAAMMJJ. */
  readonly finValidite: string | undefined;
  /** `non_declaree`: others are, the organisme is not; `sans_declaration`: the register names nobody. */
  readonly habilitation: "habilite" | "echue" | "non_declaree" | "sans_declaration";
  readonly finHabilitation: string | undefined;
}

/** What the control verifies of who trains (S64, S81, S140). */
export interface Habilitations {
  readonly certifications: readonly CertificationExaminee[];
  readonly qualiopi: Organisme["qualiopi"];
  readonly compteKairos: boolean;
}

export async function readHabilitationsOf(db: Knex, fiche: FicheAction): Promise<Habilitations> {
  const codes = fiche.contenu.certifications ?? [];
  const maintenant = await horloge(db);
  const [registre, organisme] = await Promise.all([
    readRegistre(db, fiche.structure, codes, maintenant),
    organismeOf(db, fiche.structure),
  ]);
  const jour = parisDay(maintenant);
  return {
    certifications: codes.map((one) => {
      const cle = keyOfCertification(one) ?? "";
      const connue = registre.certifications.get(cle);
      const droit = registre.habilitations.get(cle);
      const etat = periode(droit, jour);
      return {
        code: cle === "" ? codeAsTyped(one) : cle,
        intitule: connue?.intitule,
        enregistrement:
          connue === undefined
            ? "inconnue"
            : periode({ debut: connue.debut_validite, fin: connue.fin_validite }, jour),
        finValidite: connue?.fin_validite ?? undefined,
        habilitation:
          droit === undefined
            ? registre.declarees.has(cle)
              ? "non_declaree"
              : "sans_declaration"
            : etat === "active"
              ? "habilite"
              : "echue",
        finHabilitation: droit?.fin ?? undefined,
      };
    }),
    qualiopi: organisme.qualiopi,
    compteKairos: organisme.compte_kairos,
  };
}

function periode(
  found: { readonly debut?: string | null | undefined; readonly fin?: string | null | undefined } | undefined,
  jour: string,
): "active" | "echue" | "a_venir" {
  if ((found?.debut ?? "") > jour) return "a_venir";
  return (found?.fin ?? "99999999") < jour ? "echue" : "active";
}

const codeAsTyped = (one: CodesCertification): string =>
  Object.values(one).find((code) => typeof code === "string" && code !== "") ?? "sans code";
