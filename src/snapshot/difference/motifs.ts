import type { CodeHorsPerimetre } from "../../feed/index.ts";
import type { MotifDeRetrait } from "../../published/contract/index.ts";

type Souligne<T extends string> = T extends `${infer A}-${infer B}` ? `${A}_${Souligne<B>}` : T;

const MOTIFS: Readonly<
  Record<MotifDeRetrait | Exclude<Souligne<CodeHorsPerimetre>, MotifDeRetrait>, string>
> = {
  session_terminee: "session terminée",
  retrait_organisme: "retirée à la demande de l'organisme",
  retrait_controle: "retirée au contrôle",
  archivage: "archivée",
  suppression: "supprimée",
  absent_de_la_source: "absente de la base source",
  organisme_retire: "organisme retiré",
  action_retiree: "action retirée",
  session_retiree: "session retirée",
  voie_exclue: "voie d'accès que ce destinataire ne prend pas",
  sans_compte_kairos: "l'organisme n'a plus de compte Kairos",
  sans_qualiopi_apprentissage: "l'organisme n'a plus Qualiopi apprentissage",
  sans_uai_du_lieu: "le lieu n'a plus de code UAI",
  sans_certification_rncp: "plus de certification du RNCP",
  hors_du_relais: "hors du périmètre du profil qui la sert",
};

const AUTRES: Readonly<Record<string, string>> = {
  attente: "sa nouvelle version attend sa date",
  ecartee: "écartée par la validation",
  absente: "plus dans l'offre publiée",
  organisme_absent: "son organisme n'est plus publié",
};

/** Why a session left a feed, in French; an unknown cause keeps its code. */
export function libelleDeSortie(motif: string): string {
  const known: Readonly<Record<string, string>> = { ...AUTRES, ...MOTIFS };
  return known[motif] ?? motif.replaceAll("_", " ");
}
